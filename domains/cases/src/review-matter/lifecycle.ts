import {
  type Act,
  entity,
  field,
  lifecycle,
  on,
  optional,
  type RecordRow,
  type Refusal,
  refuse,
} from '@hengjian/kernel';
import { z } from 'zod';
import { edition, penaltyLaw, readers, reconsiderationLaw } from '../clauses.ts';

export const matterKinds = {
  reconsideration: { zh: '行政复议', en: 'Reconsideration' },
  suit: { zh: '行政诉讼', en: 'Suit' },
} as const;
export const outcomes = {
  upheld: { zh: '维持、驳回', en: 'Upheld or dismissed' },
  changed: { zh: '变更', en: 'Changed' },
  revoked: { zh: '撤销', en: 'Revoked' },
  illegal: { zh: '确认违法、无效', en: 'Found unlawful or void' },
  withdrawn: { zh: '撤回、终止', en: 'Withdrawn' },
} as const;
const Begun = z.strictObject({
  penaltyCase: field.reference('案件', 'cases.case', { en: 'Case' }),
  kind: field.choice('种类', matterKinds, { en: 'Kind' }),
  organ: field.text('复议机关或者人民法院', { en: 'Organ or court' }),
  number: field.text('案号', { en: 'Number' }),
  acceptedOn: field.date('受理日期', { en: 'Accepted on' }),
  copyOn: field.date('收到副本日期', { en: 'Copy received on' }),
  claim: field.longText('请求和理由', { en: 'What is asked and why', max: 6000 }),
});

/** 复议、应诉: a decision before the government of the same level or a court, until its outcome. */
const Matter = entity(
  'cases.review-matter',
  { zh: '行政复议、诉讼', en: 'Reconsideration or suit' },
  {
    fields: {
      ...Begun.shape,
      answer: optional(field.longText('答复、答辩', { en: 'Answer', max: 10_000 })),
      outcome: optional(field.choice('结果', outcomes, { en: 'Outcome' })),
      decidedOn: optional(field.date('裁决日期', { en: 'Decided on' })),
      ruling: optional(field.longText('裁决要点', { en: 'What was ruled', max: 6000 })),
    },
    title: (row) => `${matterKinds[row.kind].zh}：${row.number}`,
    words: (row) => [row.number, row.organ],
    purpose: { zh: '对处罚决定的复议和诉讼：答复、结果、执行。', en: 'Reconsiderations and suits against decisions.' },
  },
);
type MatterRow = RecordRow<typeof Matter>;
const by = ['case-officer', 'case-reviewer'];
const open = ['decided', 'served', 'court', 'performed'];

async function caseOf(id: string, act: Act): Promise<{ state: string; decided: boolean } | undefined> {
  const [held] = await act.sql.query<{ state: string; decided: boolean }>(
    'select state, decided_on is not null as decided from cases.case where id = $1',
    [id],
  );
  return held;
}

async function checkBegun(_row: MatterRow, input: z.infer<typeof Begun>, act: Act): Promise<true | Refusal> {
  const held = await caseOf(input.penaltyCase, act);
  if (held === undefined || !held.decided)
    return refuse('no-decision', '没有这件已作出决定的案件。', 'There is no such case with a decision.', 'penaltyCase');
  return (
    (input.acceptedOn <= act.occurredOn && input.copyOn <= act.occurredOn && input.copyOn >= input.acceptedOn) ||
    refuse(
      'in-the-future',
      '日期应先受理、后收到副本，不晚于今天。',
      'Accepted first, then the copy, not in the future.',
      'copyOn',
    )
  );
}
async function begin(_row: MatterRow, input: z.infer<typeof Begun>, act: Act): Promise<void> {
  if (open.includes((await caseOf(input.penaltyCase, act))!.state))
    await act.perform('cases.case', input.penaltyCase, 'reviewBegan', { since: input.acceptedOn });
}
const Outcome = z.strictObject({
  outcome: field.choice('结果', outcomes, { en: 'Outcome' }),
  decidedOn: field.date('裁决日期', { en: 'Decided on' }),
  ruling: field.longText('裁决要点', { en: 'What was ruled', max: 4000 }),
});
const falls = new Set<keyof typeof outcomes>(['changed', 'revoked', 'illegal']);

async function decide(row: MatterRow, input: z.infer<typeof Outcome>, act: Act): Promise<void> {
  const held = await caseOf(row.penaltyCase, act);
  if (held !== undefined && open.includes(held.state)) {
    await act.perform('cases.case', row.penaltyCase, 'reviewEnded', {});
    if (falls.has(input.outcome))
      await act.perform('cases.case', row.penaltyCase, 'overturn', { reason: input.ruling });
  }
}

export const reviewMatterLifecycle = lifecycle(Matter, {
  editions: [edition],
  states: {
    answering: { zh: '待答复', en: 'To be answered' },
    answered: { zh: '审理中', en: 'Being heard' },
    decided: { zh: '已裁决', en: 'Decided', closed: true },
  },
  readers,
  columns: ['kind', 'organ', 'number', 'acceptedOn', 'outcome'],
  documents: {
    copy: { zh: '申请书、起诉状副本', en: 'Copy of the application' },
    reply: { zh: '书面答复、答辩状和证据目录', en: 'Written answer with evidence' },
    ruling: { zh: '复议决定书、裁判文书', en: 'Ruling' },
  },
  actions: {
    begin: on({
      label: { zh: '登记复议、诉讼', en: 'Register' },
      from: null,
      to: 'answering',
      by,
      basis: `${reconsiderationLaw('第二十条、第二十四条、第三十条')}；《行政诉讼法》第四十六条`,
      needs: ['copy'],
      input: Begun,
      check: checkBegun,
      run: begin,
    }),
    answer: on({
      label: { zh: '提交答复和证据', en: 'Answer' },
      from: 'answering',
      to: 'answered',
      by,
      basis: `${reconsiderationLaw('第四十八条、第七十条')}：不答复的，视为没有证据`,
      needs: ['reply'],
      input: z.strictObject({ answer: field.longText('答复、答辩', { en: 'Answer', max: 10_000 }) }),
    }),
    decide: on({
      label: { zh: '登记裁决', en: 'Record the ruling' },
      from: ['answering', 'answered'],
      to: 'decided',
      by,
      basis: `${reconsiderationLaw('第六十二条至第七十四条')}；${penaltyLaw('第七十三条')}`,
      needs: ['ruling'],
      input: Outcome,
      run: decide,
    }),
  },
  clocks: {
    answer: {
      label: { zh: '答复期限', en: 'To be answered' },
      rule: { kind: 'within', unit: 'working-day', amount: 10, basis: reconsiderationLaw('第四十八条、第八十八条') },
      starts: { at: ['begin'], from: (row: MatterRow) => (row.kind === 'reconsideration' ? row.copyOn : null) },
      stops: ['answer', 'decide'],
    },
    suitAnswer: {
      label: { zh: '答辩期限', en: 'Defence to be filed' },
      rule: { kind: 'within', unit: 'day', amount: 15, basis: '《行政诉讼法》第六十七条' },
      starts: { at: ['begin'], from: (row: MatterRow) => (row.kind === 'suit' ? row.copyOn : null) },
      stops: ['answer', 'decide'],
    },
  },
});
