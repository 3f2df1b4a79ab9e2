import { computeDeadline } from '@hengjian/calendar';
import { type Act, field, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { coercionLaw, o2, penaltyLaw } from '../clauses.ts';
import { caseRules } from './clocks.ts';
import { deferralContent, demandContent } from './documents.ts';
import type { CaseRow, closings } from './entity.ts';
import { Reason } from './opening.ts';
import { owed, paid, surchargeOf } from './rules.ts';

const by = ['officer'] as const;
const Payment = z.strictObject({
  paidOn: field.date('缴款日期', { en: 'Paid on' }),
  amount: field.money('金额', { en: 'Amount' }),
});
const Deferral = z.strictObject({
  instalments: field.list(
    '期限和数额',
    z.object({ until: field.date('期限', { en: 'Until' }), amount: field.money('金额', { en: 'Amount' }) }),
    { en: 'Instalments', max: 60 },
  ),
  reason: field.longText('经济困难的情况', { en: 'Hardship', max: 4000 }),
});

/** Days under review that count for a surcharge today: those that ended, and those that run. */
const reviewDays = (row: CaseRow, on: string): number =>
  (row.reviewDays ?? 0) +
  (row.underReview && row.reviewSince
    ? Math.max(0, Math.round((Date.parse(on) - Date.parse(row.reviewSince)) / 86_400_000))
    : 0);

/** The surcharge on a day: of the fine, while it is not paid. */
export const surchargeOn = (row: CaseRow, on: string): string =>
  row.fine && row.paymentDueOn ? surchargeOf(row.fine, row.paymentDueOn, on, reviewDays(row, on)).surcharge : '0.00';

function checkPayment(row: CaseRow, input: z.infer<typeof Payment>, act: Act): true | Refusal {
  if (input.paidOn > act.occurredOn || input.paidOn < row.decidedOn!)
    return refuse('paid-on', '缴款日期应在决定之后、今天之前。', 'It is paid after the decision.', 'paidOn');
  const left = owed(row)
    .plus(row.surcharge ?? surchargeOn(row, input.paidOn))
    .minus(paid(row));
  return (
    left.gte(input.amount) ||
    refuse('too-much', `应缴余额为 ${left.toFixed(2)} 元。`, `${left.toFixed(2)} yuan are left to be paid.`, 'amount')
  );
}

function pay(row: CaseRow, input: z.infer<typeof Payment>): Partial<CaseRow> {
  const payments = [...(row.payments ?? []), { on: input.paidOn, amount: input.amount }];
  // The fine stops growing on the day on which what was decided is paid in full.
  const whole = row.surcharge == null && paid({ payments }).gte(owed(row));
  return { payments, ...(whole ? { surcharge: surchargeOn(row, input.paidOn) } : {}) };
}

const settled = (row: CaseRow, _input: unknown, act: Act): true | Refusal => {
  const due = owed(row).plus(row.surcharge ?? surchargeOn(row, act.occurredOn));
  return (
    paid(row).gte(due) ||
    refuse(
      'not-performed',
      `还有 ${due.minus(paid(row)).toFixed(2)} 元没有缴纳（含加处罚款；${o2('第七十五条、第七十七条')}）。`,
      `${due.minus(paid(row)).toFixed(2)} yuan are not paid, surcharge included (${o2('第七十五条、第七十七条')}).`,
    )
  );
};

function checkDeferral(row: CaseRow, input: z.infer<typeof Deferral>, act: Act): true | Refusal {
  const days = input.instalments.map(({ until }) => until);
  if (days.length === 0 || days.some((day, index) => day <= act.occurredOn || (index > 0 && day <= days[index - 1]!)))
    return refuse(
      'instalment-days',
      '各期期限应在今天之后，依次后延。',
      'Each day lies after today and after the one before.',
      'instalments',
    );
  const sum = input.instalments.reduce((total, { amount }) => total.plus(amount), new Decimal(0));
  const left = owed(row).minus(paid(row));
  return (
    sum.eq(left) ||
    refuse(
      'instalment-sum',
      `各期合计 ${sum.toFixed(2)} 元，应为 ${left.toFixed(2)} 元。`,
      `The instalments add up to ${sum.toFixed(2)}, not ${left.toFixed(2)} yuan.`,
      'instalments',
    )
  );
}

/** The demand comes when the remedies have ended, or the last ruling upheld the decision (coercion law arts 53, 54). */
const barDemand = (row: CaseRow, _input: unknown, act: Act): true | Refusal => {
  if (row.underReview)
    return refuse(
      'under-review',
      `复议、诉讼尚未终结，不申请强制执行（${coercionLaw('第五十三条')}）。`,
      `Reconsideration or a suit is pending (${coercionLaw('第五十三条')}).`,
    );
  if (act.occurredOn <= row.paymentDueOn!)
    return refuse(
      'not-due',
      `履行期限到 ${row.paymentDueOn}（${o2('第七十二条、第七十四条')}）。`,
      `It may be performed until ${row.paymentDueOn} (${o2('第七十二条、第七十四条')}).`,
    );
  return (
    act.occurredOn > row.remedyUntil! ||
    refuse(
      'remedies-run',
      `申请复议、提起诉讼的期限到 ${row.remedyUntil} 届满，之后才能催告（${o2('第七十六条')}；${coercionLaw('第五十三条、第五十四条')}）。`,
      `The remedies run until ${row.remedyUntil}; the demand comes after (${o2('第七十六条')}; ${coercionLaw('第五十三条、第五十四条')}).`,
    )
  );
};

/** The three months run from the end of the remedies, or of the deferral where that is later. */
export const courtFrom = (row: Pick<CaseRow, 'remedyUntil' | 'paymentDueOn' | 'instalments'>): string =>
  [row.remedyUntil!, ...(row.instalments?.length ? [row.paymentDueOn!] : [])].sort().at(-1)!;

function barCourt(row: CaseRow, _input: unknown, act: Act): true | Refusal {
  if (!row.demandServedOn)
    return refuse(
      'demand-first',
      `申请强制执行前应当催告（${coercionLaw('第五十四条')}；${o2('第七十六条')}）。`,
      `The demand comes first (${coercionLaw('第五十四条')}; ${o2('第七十六条')}).`,
    );
  const until = computeDeadline(caseRules.court, courtFrom(row), act.calendar).dueOn!;
  return (
    act.occurredOn <= until ||
    refuse(
      'court-late',
      `申请人民法院强制执行的三个月已于 ${until} 届满（${coercionLaw('第五十三条')}）。`,
      `The three months to apply to the court ended on ${until} (${coercionLaw('第五十三条')}).`,
    )
  );
}

const addressed = (row: CaseRow) => ({
  penaltyCase: row.id,
  addressee: row.partyName,
  addresseeCode: row.partyCode,
  party: row.party,
  address: row.address,
});
const endings: Record<string, keyof typeof closings> = {
  performed: 'performed',
  'court-ended': 'court-ended',
  terminated: 'terminated',
  'not-penalised': 'not-penalised',
  transferred: 'transferred',
};

async function checkClosing(row: CaseRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const [open] = await act.sql.query<{ papers: number; goods: number }>(
    `select (select count(*)::int from cases.paper where penalty_case = $1 and state not in ('served', 'withdrawn')) as papers,
       (select count(*)::int from cases.measure where penalty_case = $1 and state in ('proposed', 'urgent', 'in-force', 'testing', 'lapsed')) as goods`,
    [row.id],
  );
  if (open!.papers > 0)
    return refuse('papers-open', `还有 ${open!.papers} 份文书没有送达。`, `${open!.papers} papers are not served.`);
  return (
    open!.goods === 0 ||
    refuse(
      'goods-open',
      `还有 ${open!.goods} 项保存、查封扣押的财物没有处理（${o2('第四十二条')}）。`,
      `${open!.goods} measures on goods are still open (${o2('第四十二条')}).`,
    )
  );
}

/** 执行与结案: payment, instalments, demand, court, closing (order 2 arts 71–77). */
export const performanceActions = {
  pay: on({
    label: { zh: '登记缴款', en: 'Record a payment' },
    from: ['served', 'court'],
    to: 'same',
    by,
    basis: `${o2('第七十二条')}；${penaltyLaw('第六十七条')}：罚缴分离`,
    needs: ['paymentReceipt'],
    input: Payment,
    check: checkPayment,
    run: pay,
  }),
  forgoSurcharge: on({
    label: { zh: '不加处罚款', en: 'Forgo the surcharge' },
    from: ['served', 'court'],
    to: 'same',
    by,
    aside: true,
    basis: `${o2('第七十五条')}：可以加处`,
    approval: ['bureau-head'],
    input: Reason,
    run: (_row: CaseRow) => ({ surcharge: '0' }),
  }),
  defer: on({
    label: { zh: '延期、分期缴纳', en: 'Defer or pay in instalments' },
    from: 'served',
    to: 'same',
    by,
    aside: true,
    basis: `${o2('第七十四条')}；${penaltyLaw('第六十六条第二款')}`,
    approval: ['bureau-head'],
    needs: ['deferralRequest'],
    input: Deferral,
    when: (row: CaseRow) =>
      !row.instalments?.length || refuse('deferred', '已经批准延期、分期。', 'It was deferred already.'),
    check: checkDeferral,
    run: async (row: CaseRow, input: z.infer<typeof Deferral>, act): Promise<Partial<CaseRow>> => {
      await act.create('cases.paper', 'issueDeferral', { ...addressed(row), content: deferralContent(row, input) });
      return { paymentDueOn: input.instalments.at(-1)!.until };
    },
  }),
  demand: on({
    label: { zh: '催告履行', en: 'Demand' },
    from: 'served',
    to: 'same',
    by,
    aside: true,
    basis: `${o2('第七十六条')}；${coercionLaw('第五十四条')}`,
    check: barDemand,
    run: async (row: CaseRow, _input, act) => {
      await act.create('cases.paper', 'issueDemand', {
        ...addressed(row),
        content: demandContent(row, surchargeOn(row, act.occurredOn)),
      });
    },
  }),
  demandServed: on({
    label: { zh: '催告书送达', en: 'The demand was served' },
    from: 'served',
    to: 'same',
    by: ['system'],
    basis: coercionLaw('第五十四条'),
    input: z.strictObject({ servedOn: field.date('送达日期', { en: 'Served on' }) }),
    run: (_row: CaseRow, { servedOn }: { servedOn: string }) => ({ demandServedOn: servedOn }),
  }),
  applyCourt: on({
    label: { zh: '申请人民法院强制执行', en: 'Apply to the court' },
    from: 'served',
    to: 'court',
    by,
    aside: true,
    basis: `${o2('第七十六条')}；${coercionLaw('第五十三条至第五十五条')}`,
    approval: ['bureau-head'],
    papers: ['courtApplication'],
    input: z.strictObject({ reason: field.longText('当事人意见和催告情况', { en: 'What the party said', max: 4000 }) }),
    check: barCourt,
    run: (row: CaseRow, _input, act) => ({ surcharge: row.surcharge ?? surchargeOn(row, act.occurredOn) }),
  }),
  courtEnds: on({
    label: { zh: '人民法院裁定终结执行', en: 'The court ends the enforcement' },
    from: 'court',
    to: 'court-ended',
    by,
    basis: o2('第七十七条第二项'),
    needs: ['courtRuling'],
    input: z.strictObject({ courtCase: field.text('裁定文号', { en: 'Ruling' }) }),
  }),
  settle: on({
    label: { zh: '履行完毕', en: 'Performed' },
    from: ['served', 'court'],
    to: 'performed',
    by,
    basis: o2('第七十一条、第七十七条第一项'),
    check: settled,
    run: (_row: CaseRow, _input, act) => ({ performedOn: act.occurredOn }),
  }),
  reviewBegan: on({
    label: { zh: '复议、诉讼已受理', en: 'Reconsideration or a suit began' },
    from: ['decided', 'served', 'court', 'performed'],
    to: 'same',
    by: ['system'],
    basis: penaltyLaw('第七十三条'),
    input: z.strictObject({ since: field.date('受理日期', { en: 'Since' }) }),
    run: (_row: CaseRow, { since }: { since: string }) => ({ underReview: true, reviewSince: since }),
  }),
  reviewEnded: on({
    label: { zh: '复议、诉讼终结', en: 'Reconsideration or the suit ended' },
    from: ['decided', 'served', 'court', 'performed'],
    to: 'same',
    by: ['system'],
    basis: penaltyLaw('第七十三条第三款'),
    run: (row: CaseRow, _input, act) => ({
      reviewDays: reviewDays(row, act.occurredOn),
      underReview: false,
      reviewSince: null,
    }),
  }),
  overturn: on({
    label: { zh: '决定被撤销、变更或者确认违法', en: 'The decision fell' },
    from: ['decided', 'served', 'court', 'performed'],
    to: 'overturned',
    by: ['system'],
    basis: `${penaltyLaw('第七十五条第二款')}；《行政复议法》第六十三条至第六十五条`,
    input: Reason,
  }),
  revokeDecision: on({
    label: { zh: '自行撤销、改变处罚决定', en: 'Revoke the decision' },
    from: ['decided', 'served', 'court', 'performed'],
    to: 'overturned',
    by,
    aside: true,
    danger: true,
    basis: `${penaltyLaw('第七十五条第二款')}：发现有错误的，应当主动改正`,
    approval: ['section-chief', 'bureau-head'],
    papers: ['mattersSheet'],
    input: Reason,
  }),
  close: on({
    label: { zh: '结案', en: 'Close' },
    from: ['performed', 'court-ended', 'terminated', 'not-penalised', 'transferred', 'overturned'],
    to: 'closed',
    by,
    basis: o2('第七十七条'),
    approval: ['section-chief', 'bureau-head'],
    papers: ['closingSheet'],
    input: z.strictObject({ reason: optional(field.longText('结案说明', { en: 'Remark', max: 4000 })) }),
    check: checkClosing,
    run: (row: CaseRow) => ({ closing: endings[row.state] ?? 'overturned' }),
  }),
};
