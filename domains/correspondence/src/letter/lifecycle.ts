import { type Act, field, lifecycle, notFound, on, optional, type Paper, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { issueShape, Letter, type LetterRow } from './entity.ts';
import { type LetterKindName, letterKinds } from './kinds.ts';
import { answersDue, asksNothing, assistanceRule, kindOf, meets, namedDayRule, refuseLetter } from './rules.ts';

const Issue = z.strictObject(issueShape);
type Issue = z.infer<typeof Issue>;
const senders = ['section-chief', 'bureau-head', 'organiser', 'result-handler'];
const basis = '《党政机关公文处理工作条例》；各机关内部制度';

/** What the letter is about is something that its writer sees; the letter names it and opens nothing. */
async function issue(kind: LetterKindName, input: Issue, act: Act): Promise<Partial<LetterRow>> {
  const named = input.toOffice ? act.offices.get(input.toOffice)?.label.zh : input.toName;
  const row = { kind, toName: named ?? null, issuedOn: act.occurredOn };
  if (!input.about) return row;
  const [about] = await act.sql.query<{ entity: string; title: string }>(
    'select entity, title from kernel.record where id = $1',
    [input.about],
  );
  if (about === undefined) throw notFound();
  return { ...row, aboutEntity: about.entity, aboutTitle: about.title };
}

const checkIssue =
  (kind: LetterKindName) =>
  (row: LetterRow, input: Issue, act: Act): true | Refusal => {
    if (input.toOffice && !act.offices.has(input.toOffice))
      return refuse('unknown-office', '没有这个机关。', 'There is no such office.', 'toOffice');
    return refuseLetter(kind, input, { office: row.office, today: act.occurredOn });
  };

const paper = (row: LetterRow): Paper => ({
  template: `letter-${row.kind}`,
  title: kindOf(row.kind).paper.zh,
  content: {
    to: row.toName,
    paragraphs: [row.matter, row.demand],
    facts: [
      ['所涉事项', row.aboutTitle ?? null],
      ['回复期限', row.deadline ?? (kindOf(row.kind).answer === 'term' ? '收到之日起十五个工作日' : null)],
      ['日期', row.meetingOn ?? null],
      ['地点', row.place ?? null],
    ].filter(([, value]) => value !== null),
    signatures: kindOf(row.kind).meeting ? ['参加人签名', '日期'] : [],
  },
});

const names = Object.keys(letterKinds) as LetterKindName[];
const camel = (name: string): string =>
  name.replaceAll(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase());

/** Each kind begins by an action of its own, so that its paper has its own number. */
const issuing = Object.fromEntries(
  names.map((name) => {
    const kind = kindOf(name);
    return [
      `issue${camel(name)}`,
      on({
        label: kind.issue,
        from: null,
        to: 'issued',
        by: kind.by,
        basis: kind.basis,
        input: Issue,
        papers: [name],
        check: checkIssue(name),
        run: (_row: LetterRow, input: Issue, act: Act) => issue(name, input, act),
      }),
    ] as const;
  }),
);
const papers = Object.fromEntries(names.map((name) => [name, { ...kindOf(name).paper, paper }] as const));

const Meeting = z.strictObject({
  heldOn: field.date('召开日期', { en: 'Held on' }),
  attended: field.longText('参加人员', { en: 'Who was there', max: 2000 }),
  outcome: field.longText('结论和后续', { en: 'Outcome', max: 4000 }),
});
const Reply = z.strictObject({
  reply: field.longText('回复', { en: 'Answer', max: 4000 }),
  repliedOn: optional(
    field.date('回复日期', {
      en: 'Answered on',
      help: { zh: '代录纸质回复时填写。', en: 'When a paper answer is entered.' },
    }),
  ),
});
const Postponement = z.strictObject({
  postponedTo: field.date('延期至', { en: 'Postponed to' }),
  postponement: field.longText('延期说明', { en: 'Why it takes longer', max: 2000 }),
});
const Verdict = z.strictObject({ verdict: field.longText('核实意见', { en: 'Verification', max: 2000 }) });

const notAhead = (day: string | null | undefined, row: LetterRow, act: Act, path: string): true | Refusal =>
  !day ||
  (day <= act.occurredOn && day >= row.issuedOn!) ||
  refuse('day-out-of-range', '日期应在发文之后、今天之前。', 'The day lies between issue and today.', path);

/** 函件: issued with its number, signed for, answered or met about, verified, closed. */
export const letterLifecycle = lifecycle(Letter, {
  editions: [{ name: '2026', basis, inForce: '2000-01-01' }],
  states: {
    issued: { zh: '已发文，待签收', en: 'Issued, to be signed for' },
    received: { zh: '已签收', en: 'Signed for' },
    replied: { zh: '已回复，待核实', en: 'Answered, to be verified' },
    closed: { zh: '已办结', en: 'Closed', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: ['section-chief', 'bureau-head', 'organiser', 'result-handler', 'planner', 'auditor'],
  columns: ['kind', 'toName', 'issuedOn', 'repliedOn'],
  documents: {
    ...papers,
    minutes: { zh: '笔录或者纪要', en: 'Record or minutes' },
    replyLetter: { zh: '回复材料', en: 'Answer' },
    receipt: { zh: '签收或者送达凭证', en: 'Proof of receipt' },
  },
  parties: {
    receiver: {
      label: { zh: '收文单位', en: 'Receiver' },
      of: (row) => [row.toOffice ? `office:${row.toOffice}` : null, row.toSubject ? `org:${row.toSubject}` : null],
      sees: 'all',
      from: 'issued',
    },
  },
  actions: {
    ...issuing,
    receive: on({
      label: { zh: '签收', en: 'Sign for' },
      from: 'issued',
      to: 'received',
      by: ['receiver'],
      basis,
      run: (_row: LetterRow, _input, act) => ({ receivedOn: act.occurredOn }),
    }),
    recordReceipt: on({
      label: { zh: '登记收文（纸质）', en: 'Record receipt (on paper)' },
      from: 'issued',
      to: 'received',
      by: senders,
      aside: true,
      basis,
      input: z.strictObject({ receivedOn: field.date('收文日期', { en: 'Received on' }) }),
      needs: ['receipt'],
      check: (row: LetterRow, input, act) => notAhead(input.receivedOn, row, act, 'receivedOn'),
    }),
    postpone: on({
      label: { zh: '告知延期', en: 'Say that it takes longer' },
      from: 'received',
      to: 'same',
      by: ['receiver'],
      aside: true,
      basis: '《市场监督管理行政处罚程序规定》第四十五条第二款',
      input: Postponement,
      when: answersDue,
      check: (row: LetterRow, input, act) =>
        (input.postponedTo > act.occurredOn && !row.postponedTo) ||
        refuse(
          'postponed-to',
          '延期只告知一次，日期应晚于今天。',
          'It is postponed once, to a day ahead.',
          'postponedTo',
        ),
    }),
    reply: on({
      label: { zh: '回复', en: 'Answer' },
      from: ['issued', 'received'],
      to: 'replied',
      by: ['receiver', ...senders],
      basis,
      input: Reply,
      needs: ['replyLetter'],
      when: answersDue,
      check: (row: LetterRow, input, act) => notAhead(input.repliedOn, row, act, 'repliedOn'),
      run: (row: LetterRow, input, act) => ({
        repliedOn: input.repliedOn ?? act.occurredOn,
        receivedOn: row.receivedOn ?? act.occurredOn,
      }),
    }),
    hold: on({
      label: { zh: '登记召开情况', en: 'Record what was held' },
      from: ['issued', 'received'],
      to: 'closed',
      by: senders,
      basis,
      input: Meeting,
      needs: ['minutes'],
      when: meets,
      check: (row: LetterRow, input, act) => notAhead(input.heldOn, row, act, 'heldOn'),
    }),
    sendBack: on({
      label: { zh: '退回重报', en: 'Ask again' },
      from: 'replied',
      to: 'received',
      by: senders,
      aside: true,
      basis,
      input: Verdict,
    }),
    close: on({
      label: { zh: '核实办结', en: 'Verify and close' },
      from: 'replied',
      to: 'closed',
      by: senders,
      basis,
      input: Verdict,
    }),
    file: on({
      label: { zh: '办结归档', en: 'File' },
      from: ['issued', 'received'],
      to: 'closed',
      by: senders,
      basis,
      when: asksNothing,
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: ['issued', 'received'],
      to: 'withdrawn',
      by: senders,
      aside: true,
      basis,
      input: z.strictObject({ reason: field.longText('撤回理由', { en: 'Why', max: 2000 }) }),
    }),
  },
  clocks: {
    answer: {
      label: { zh: '回复期限', en: 'Time to answer' },
      rule: namedDayRule,
      starts: { at: names.map((name) => `issue${camel(name)}`), on: 'deadline' },
      stops: ['reply', 'postpone'],
    },
    assistance: {
      label: { zh: '协查期限', en: 'Time for assistance' },
      rule: assistanceRule,
      starts: {
        at: ['receive', 'recordReceipt'],
        from: (row: LetterRow) => (row.kind === 'assistance' ? (row.receivedOn ?? null) : null),
      },
      stops: ['reply', 'postpone'],
    },
    postponed: {
      label: { zh: '延期后的期限', en: 'Postponed term' },
      rule: namedDayRule,
      starts: { at: ['postpone'], on: 'postponedTo' },
      stops: ['reply'],
    },
    meeting: {
      label: { zh: '召开日期', en: 'Day of the meeting' },
      rule: namedDayRule,
      starts: { at: names.map((name) => `issue${camel(name)}`), on: 'meetingOn' },
      stops: ['hold'],
    },
  },
});
