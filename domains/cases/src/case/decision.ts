import { computeDeadline } from '@hengjian/calendar';
import { type Act, field, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { hearingRules, o2, penaltyLaw } from '../clauses.ts';
import { benchmarkOn, placeOf, rangeOf } from '../discretion/rules.ts';
import { barDecision } from './bars.ts';
import { refuseFine } from './conclusion.ts';
import { decisionContent } from './documents.ts';
import type { CaseRow } from './entity.ts';
import { refuseUnlessApart } from './people.ts';
import { inHearingScope, paymentRule, refuseHeavier, remediesEnd } from './rules.ts';

const Statement = z.strictObject({
  statement: field.longText('陈述、申辩意见', { en: 'Statement', max: 10_000 }),
});
const inTime = (row: CaseRow, act: Act): true | Refusal =>
  act.occurredOn <= row.statementUntil! ||
  refuse(
    'statement-late',
    `陈述、申辩和要求听证的期限已于 ${row.statementUntil} 届满，视为放弃（${o2('第五十七条第二款')}）。`,
    `The time ended on ${row.statementUntil}; the right counts as given up (${o2('第五十七条第二款')}).`,
  );

const Reexamination = z.strictObject({
  reexamination: field.longText('复核意见（采纳情况和理由）', { en: 'Re-examination', max: 4000 }),
  fine: optional(field.money('复核后的罚款', { en: 'Fine after re-examination' })),
  deviationReason: optional(field.longText('超出幅度的理由', { en: 'Why outside the range', max: 4000 })),
});
const told = (row: CaseRow) => ({ fine: row.toldFine, total: row.toldTotal, licence: row.toldLicence });

/** The figures after a re-examination: never heavier than told, inside the law, and the range anew. */
function checkReexamination(row: CaseRow, input: z.infer<typeof Reexamination>, act: Act): true | Refusal {
  if (input.fine == null) return true;
  const heavier = refuseHeavier(told(row), { ...row, fine: input.fine });
  if (heavier !== true) return heavier;
  return refuseFine(row.violation!, row.violatedOn ?? act.occurredOn, {
    goodsValue: row.goodsValue!,
    factors: row.factors ?? [],
    fine: input.fine,
    deviationReason: input.deviationReason ?? row.deviationReason ?? null,
  });
}

function reexamined(row: CaseRow, input: z.infer<typeof Reexamination>, act: Act): Partial<CaseRow> {
  if (input.fine == null) return { fine: row.fine ?? null, deviationReason: row.deviationReason ?? null };
  const range = rangeOf(benchmarkOn(row.violation!, row.violatedOn ?? act.occurredOn)!, {
    goodsValue: row.goodsValue!,
    factors: row.factors ?? [],
  });
  return {
    deviates: placeOf(input.fine, range) !== 'inside',
    deviationReason: input.deviationReason ?? row.deviationReason ?? null,
  };
}

const Decision = z.strictObject({
  deviationOpinion: optional(
    field.longText('对超出裁量幅度的决定', {
      en: 'Decision on leaving the range',
      max: 4000,
      help: { zh: '罚款不在裁量幅度之内的，由负责人写明。', en: 'Where the fine is outside the range.' },
    }),
  ),
});

async function checkDecision(row: CaseRow, input: z.infer<typeof Decision>, act: Act): Promise<true | Refusal> {
  const heavier = refuseHeavier(told(row), row);
  if (heavier !== true) return heavier;
  if (row.deviates && !input.deviationOpinion)
    return refuse(
      'deviation-undecided',
      `罚款不在裁量幅度之内，须由负责人写明决定（${penaltyLaw('第三十四条')}）。`,
      `The fine is outside the range; the head says in writing why (${penaltyLaw('第三十四条')}).`,
      'deviationOpinion',
    );
  return refuseUnlessApart(
    row.id,
    ['investigation', 'review', 'hearing'],
    act,
    `${penaltyLaw('第五十七条')}；调查、审核、决定分离`,
  );
}

async function decide(row: CaseRow, input: z.infer<typeof Decision>, act: Act): Promise<Partial<CaseRow>> {
  const decided = { ...row, deviationOpinion: input.deviationOpinion ?? null };
  const paper = await act.create('cases.paper', 'issueDecision', {
    penaltyCase: row.id,
    addressee: row.partyName,
    addresseeCode: row.partyCode,
    party: row.party,
    address: row.address,
    content: decisionContent(decided, act),
  });
  const [written] = await act.sql.query<{ number: string }>(
    `select number from kernel.document where record = $1 and kind = 'decision' and superseded_by is null`,
    [paper.id],
  );
  return {
    decidedOn: act.occurredOn,
    decisionNumber: written?.number ?? null,
    deviationOpinion: decided.deviationOpinion,
  };
}

const beforeDecision = [
  'investigating',
  'under-review',
  'reviewed',
  'noticing',
  'notified',
  'hearing',
  'weighing',
  'legal-review',
] as const;

/** What the party says, the hearing, the deliberation, and the decision (order 2 arts 57–62). */
export const decisionActions = {
  state: on({
    label: { zh: '陈述、申辩', en: 'Statement of the party' },
    from: 'notified',
    to: 'same',
    by: ['party', 'officer'],
    basis: `${penaltyLaw('第四十五条')}；${o2('第五十七条')}`,
    input: Statement,
    papers: ['statementRecord'],
    check: (row: CaseRow, _input, act) => inTime(row, act),
    run: (row: CaseRow, input: z.infer<typeof Statement>) => ({
      statement: [row.statement, input.statement].filter(Boolean).join('\n').slice(0, 10_000),
      reexamination: null,
    }),
  }),
  askHearing: on({
    label: { zh: '要求听证', en: 'Ask for a hearing' },
    from: 'notified',
    to: 'hearing',
    by: ['party', 'officer'],
    aside: true,
    basis: `${penaltyLaw('第六十三条、第六十四条第一项')}；${hearingRules('第五条、第七条')}`,
    when: (row: CaseRow) =>
      inHearingScope(row.partyKind, row, row.noticeServedOn ?? row.foundOn) ||
      refuse(
        'no-hearing',
        `拟作出的处罚不属于听证范围，可以陈述、申辩（${penaltyLaw('第六十三条')}；${hearingRules('第五条')}）。`,
        `The intended penalty is outside the scope of a hearing (${penaltyLaw('第六十三条')}; ${hearingRules('第五条')}).`,
      ),
    check: (row: CaseRow, _input, act) => inTime(row, act),
    run: async (row: CaseRow, _input, act): Promise<Partial<CaseRow>> => {
      await act.create('cases.hearing', 'open', {
        penaltyCase: row.id,
        partyName: row.partyName,
        partyCode: row.partyCode,
        party: row.party,
        address: row.address,
        cause: row.cause,
        askedOn: act.occurredOn,
      });
      return { hearingOn: act.occurredOn };
    },
  }),
  waive: on({
    label: { zh: '当事人明确放弃陈述、申辩和听证', en: 'The party waives' },
    from: 'notified',
    to: 'weighing',
    by: ['party', 'officer'],
    aside: true,
    basis: penaltyLaw('第六十二条'),
    needs: ['waiver'],
  }),
  lapse: on({
    label: { zh: '五个工作日届满，视为放弃', en: 'The time ends' },
    from: 'notified',
    to: 'weighing',
    by: ['system'],
    basis: o2('第五十七条第二款'),
  }),
  hearingDone: on({
    label: { zh: '听证结束', en: 'The hearing is over' },
    from: 'hearing',
    to: 'weighing',
    by: ['system'],
    basis: penaltyLaw('第六十五条'),
    input: z.strictObject({ hearingText: optional(field.longText('听证意见', { en: 'Outcome', max: 6000 })) }),
    // After a hearing the legal review is done anew (order 2 art. 50(2)).
    run: (row: CaseRow, input: { hearingText?: string | null | undefined }) => ({
      hearingText: input.hearingText ?? null,
      legalPassedOn: input.hearingText ? null : (row.legalPassedOn ?? null),
    }),
  }),
  reexamine: on({
    label: { zh: '复核意见', en: 'Re-examine' },
    from: 'weighing',
    to: 'same',
    by: ['officer'],
    aside: true,
    basis: `${o2('第五十八条')}；${penaltyLaw('第四十五条第二款')}`,
    input: Reexamination,
    when: (row: CaseRow) =>
      Boolean(row.statement ?? row.hearingText) ||
      refuse('no-statement', '当事人没有陈述、申辩。', 'The party made no statement.'),
    check: checkReexamination,
    run: reexamined,
  }),
  deliberate: on({
    label: { zh: '登记集体讨论', en: 'Record the deliberation' },
    from: 'weighing',
    to: 'same',
    by: ['bureau-head', 'section-chief'],
    aside: true,
    basis: `${o2('第六十条第二款')}；${penaltyLaw('第五十七条第二款')}`,
    needs: ['deliberationSigned'],
    papers: ['deliberationRecord'],
    input: z.strictObject({ deliberation: field.longText('讨论意见', { en: 'What was concluded', max: 6000 }) }),
    run: (_row: CaseRow, _input, act) => ({ deliberatedOn: act.occurredOn }),
  }),
  proposeDecision: on({
    label: { zh: '提请作出处罚决定', en: 'Propose the decision' },
    from: beforeDecision,
    to: 'proposed',
    by: ['officer'],
    basis: o2('第六十条'),
    approval: ['section-chief'],
    papers: ['decisionSheet'],
    when: barDecision,
  }),
  sendBack: on({
    label: { zh: '退回办案机构', en: 'Send back' },
    from: 'proposed',
    to: 'weighing',
    by: ['bureau-head'],
    aside: true,
    basis: o2('第六十条'),
    input: z.strictObject({ answer: field.longText('理由', { en: 'Reason', max: 4000 }) }),
  }),
  decide: on({
    label: { zh: '作出行政处罚决定', en: 'Decide' },
    from: [...beforeDecision, 'proposed'],
    to: 'decided',
    by: ['bureau-head'],
    danger: true,
    basis: `${o2('第六十条、第六十二条')}；${penaltyLaw('第五十七条、第五十九条')}`,
    input: Decision,
    when: (row: CaseRow) => {
      const bar = barDecision(row);
      if (bar !== true || row.state === 'proposed') return bar;
      return refuse(
        'not-proposed',
        `办案机构还没有提请决定（${o2('第六十条第一款')}）。`,
        `The decision was not proposed (${o2('第六十条第一款')}).`,
      );
    },
    check: checkDecision,
    run: decide,
  }),
  decisionServed: on({
    label: { zh: '处罚决定书送达', en: 'The decision was served' },
    from: 'decided',
    to: 'served',
    by: ['system'],
    basis: o2('第七十二条、第八十一条'),
    input: z.strictObject({ servedOn: field.date('送达日期', { en: 'Served on' }) }),
    run: (row: CaseRow, { servedOn }: { servedOn: string }, act) => ({
      decisionServedOn: servedOn,
      paymentDueOn: computeDeadline(paymentRule, servedOn, act.calendar).dueOn,
      remedyUntil: remediesEnd(servedOn, row.violation, act.calendar),
    }),
  }),
};
