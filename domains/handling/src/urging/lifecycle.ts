import { type Act, field, lifecycle, on, type Paper, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { handlers, overseers } from '../clauses.ts';
import { namedDayRule } from '../clocks.ts';
import { issueShape, Urging, type UrgingRow } from './entity.ts';

const Issue = z.strictObject(issueShape);
type Issue = z.infer<typeof Issue>;
const Reply = z.strictObject({ reply: field.longText('回复', { en: 'Reply', max: 4000 }) });
const Verdict = z.strictObject({ verdict: field.longText('核实意见', { en: 'Verification', max: 2000 }) });

interface Urged {
  id: string;
  office: string;
  subject: string;
  handover: string | null;
  closed: boolean;
}

const urgedBy = (loops: readonly string[], act: Act): Promise<Urged[]> =>
  act.sql.query<Urged>(
    `select l.id, l.office, l.subject_name as subject, l.handover, r.closed_at is not null as closed
     from handling.loop l join kernel.record r on r.id = l.id where l.id = any($1::uuid[]) order by l.id`,
    [loops],
  );

/** One letter goes to one authority, about loops that are open there. */
async function checkIssue(row: UrgingRow, input: Issue, act: Act): Promise<true | Refusal> {
  if (input.deadline <= act.occurredOn)
    return refuse('due-in-past', '回复期限应晚于今天。', 'The deadline must lie ahead.', 'deadline');
  const found = await urgedBy(input.loops, act);
  if (found.length === 0 || found.length !== new Set(input.loops).size || found.some(({ closed }) => closed))
    return refuse('loops-unknown', '请选择未办结的结果处理。', 'Choose open loops.', 'loops');
  const offices = new Set(found.map(({ office }) => office));
  if (offices.size > 1)
    return refuse('several-offices', '一份督办函只发给一个机关。', 'One letter goes to one authority.', 'loops');
  return (
    !offices.has(row.office) ||
    refuse('own-loop', '不能督办本机关自己的事项。', 'An authority does not urge itself.', 'loops')
  );
}

async function issue(_row: UrgingRow, input: Issue, act: Act): Promise<Partial<UrgingRow>> {
  const found = await urgedBy(input.loops, act);
  for (const { handover } of found) {
    if (handover === null) continue;
    const [held] = await act.sql.query<{ state: string }>('select state from kernel.handover where id = $1', [
      handover,
    ]);
    if (held?.state === 'sent' || held?.state === 'received')
      await act.perform('kernel.handover', handover, 'urge', {});
  }
  return {
    toOffice: found[0]!.office,
    subjects: [...new Set(found.map(({ subject }) => subject))].join('、').slice(0, 4000),
    issuedOn: act.occurredOn,
  };
}

const paper = (row: UrgingRow, act: Act): Paper => ({
  template: 'urging-letter',
  title: '督办函',
  content: {
    to: act.offices.get(row.toOffice!)?.label.zh ?? row.toOffice,
    paragraphs: [`下列单位的不合格产品结果处理尚未办结：${row.subjects}。`, row.demand],
    facts: [['回复期限', row.deadline]],
  },
});

/** 督办: issued, replied to by the authority urged, verified. */
export const urgingLifecycle = lifecycle(Urging, {
  editions: [{ name: '2020', basis: '督查督办制度；《产品质量监督抽查管理暂行办法》第五条', inForce: '2000-01-01' }],
  states: {
    issued: { zh: '待回复', en: 'To be answered' },
    replied: { zh: '已回复，待核实', en: 'Answered, to be verified' },
    closed: { zh: '已销号', en: 'Closed', closed: true },
  },
  readers: overseers,
  columns: ['toOffice', 'issuedOn', 'deadline', 'repliedOn'],
  documents: {
    letter: { zh: '督办函', en: 'Letter', number: '督', paper },
    replyLetter: { zh: '回复材料', en: 'Reply' },
  },
  parties: {
    urged: {
      label: { zh: '被督办机关', en: 'Authority urged' },
      of: (row) => (row.toOffice ? [`office:${row.toOffice}`] : []),
      sees: 'all',
      from: 'issued',
    },
  },
  actions: {
    issue: on({
      label: { zh: '发督办函', en: 'Urge' },
      from: null,
      to: 'issued',
      by: ['section-chief', 'organiser'],
      basis: '督查督办制度',
      input: Issue,
      papers: ['letter'],
      check: checkIssue,
      run: issue,
    }),
    reply: on({
      label: { zh: '回复', en: 'Reply' },
      from: 'issued',
      to: 'replied',
      by: ['urged'],
      basis: '督查督办制度',
      input: Reply,
      needs: ['replyLetter'],
      run: (_row: UrgingRow, _input, act) => ({ repliedOn: act.occurredOn }),
    }),
    sendBack: on({
      label: { zh: '退回重报', en: 'Ask again' },
      from: 'replied',
      to: 'issued',
      by: ['section-chief', ...handlers],
      aside: true,
      basis: '督查督办制度',
      input: Verdict,
    }),
    close: on({
      label: { zh: '核实销号', en: 'Verify and close' },
      from: 'replied',
      to: 'closed',
      by: ['section-chief', ...handlers],
      basis: '督查督办制度',
      input: Verdict,
    }),
  },
  clocks: {
    reply: {
      label: { zh: '回复期限', en: 'Time to answer' },
      rule: namedDayRule,
      starts: { at: ['issue'], on: 'deadline' },
      stops: ['reply'],
    },
  },
});
