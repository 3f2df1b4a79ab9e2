import { type Act, field, on, type Refusal, refuse } from '@hengjian/kernel';
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { o2, penaltyLaw } from '../clauses.ts';
import { benchmarkOn, exemptionFor, placeOf, rangeOf } from '../discretion/rules.ts';
import { evidenceOf } from '../evidence/lifecycle.ts';
import { Case, type CaseRow, penaltyShape } from './entity.ts';
import { isBarredByTime } from './rules.ts';

const { shape } = Case;
const factorList = field.list('裁量情节', field.text('情节', { en: 'Factor' }), { en: 'Factors', max: 30 });
/** The final report (order 2 art. 48): facts, evidence, nature, proposal, and the reasons of discretion. */
export const Conclusion = z.strictObject({
  findings: field.longText('调查认定的事实', { en: 'Facts found', max: 10_000 }),
  evidenceText: field.longText('主要证据', { en: 'Evidence', max: 10_000 }),
  violation: field.text('违法行为（裁量基准）', { en: 'Violation (benchmark)' }),
  goodsValue: field.money('货值金额', { en: 'Value of the goods' }),
  factors: factorList,
  proposal: shape.proposal.unwrap().unwrap(),
  ...penaltyShape,
  discretionText: field.longText('自由裁量的理由', { en: 'Reasons of discretion', max: 4000 }),
  deviationReason: shape.deviationReason,
  reviewGrounds: shape.reviewGrounds,
});
export type Conclusion = z.infer<typeof Conclusion>;

/** The day whose benchmark applies: that of the act, where it is known. */
const dayOf = (row: CaseRow, act: Act): string => row.violatedOn ?? act.occurredOn;

/** Whether the party was penalised for the same within so many years before. */
export async function penalisedBefore(row: CaseRow, violation: string, years: number, act: Act): Promise<boolean> {
  const since = `${Number(act.occurredOn.slice(0, 4)) - years}${act.occurredOn.slice(4)}`;
  const found = await act.sql.query(
    `select 1 from cases.case where id <> $1 and violation = $2 and proposal = 'penalise' and decided_on >= $3::date
       and (party_name = $4 or (party_code is not null and party_code = $5)) limit 1`,
    [row.id, violation, since, row.partyName, row.partyCode ?? null],
  );
  return found.length > 0;
}

/** The fine against benchmark and law; what lies outside the range needs a written reason (the head decides on it later). */
export function refuseFine(
  violation: string,
  day: string,
  figures: { goodsValue: string; factors: readonly string[]; fine?: string | null; deviationReason?: string | null },
): true | Refusal {
  const benchmark = benchmarkOn(violation, day);
  if (benchmark === undefined)
    return refuse(
      'no-benchmark',
      '这类违法行为在该日没有裁量基准，请先维护基准。',
      'There is no benchmark for this violation on that day.',
      'violation',
    );
  const range = rangeOf(benchmark, figures);
  if (range.unknown.length > 0)
    return refuse(
      'unknown-factor',
      `没有这些裁量情节：${range.unknown.join('、')}。`,
      `There are no such factors: ${range.unknown.join(', ')}.`,
      'factors',
    );
  if (!figures.fine) return true;
  const place = placeOf(figures.fine, range);
  const told = `${range.from} 元至 ${range.to} 元`;
  if (place === 'above-law' || place === 'below-law')
    return refuse(
      'outside-the-law',
      `罚款应在法定幅度 ${range.statutory.from} 元至 ${range.statutory.to} 元之内${place === 'below-law' ? '；没有减轻处罚的情节' : ''}（${benchmark.basis}；${penaltyLaw('第三十二条')}）。`,
      `The law allows ${range.statutory.from} to ${range.statutory.to} yuan (${benchmark.basis}; ${penaltyLaw('第三十二条')}).`,
      'fine',
    );
  return (
    place === 'inside' ||
    Boolean(figures.deviationReason) ||
    refuse(
      'deviation-reason',
      `罚款不在裁量幅度 ${told} 之内，请写明理由，由负责人决定（${penaltyLaw('第三十四条')}）。`,
      `The fine is outside the range ${range.from} to ${range.to} yuan: give the reason; the head decides on it (${penaltyLaw('第三十四条')}).`,
      'deviationReason',
    )
  );
}

const takesSomething = (input: Conclusion): boolean =>
  input.warning === true ||
  input.businessStop === true ||
  Boolean(input.licenceMeasure) ||
  [input.fine, input.confiscatedGains, input.confiscatedGoods].some((one) => new Decimal(one ?? 0).gt(0));

async function checkConclusion(row: CaseRow, input: Conclusion, act: Act): Promise<true | Refusal> {
  const { confirmed, waiting } = await evidenceOf(row.id, act);
  if (confirmed === 0 || waiting > 0)
    return refuse(
      'evidence',
      `应当有核对无误的证据，且没有待核对的证据（${o2('第二十三条、第四十八条')}）。`,
      `There must be confirmed evidence, and none that waits (${o2('第二十三条、第四十八条')}).`,
    );
  const day = dayOf(row, act);
  const figures = { ...input, fine: input.fine ?? null, deviationReason: input.deviationReason ?? null };
  const fine = refuseFine(input.violation, day, figures);
  if (fine !== true) return fine;
  if (input.proposal === 'first') {
    const before = await penalisedBefore(row, input.violation, 2, act);
    const listed = exemptionFor(input.violation, day, { goodsValue: input.goodsValue, penalisedBefore: before });
    if (listed === undefined || !input.factors.includes('corrected'))
      return refuse(
        'not-exempt',
        `不符合首违不罚清单：须在清单之内、两年内没有同类处罚并已改正（${penaltyLaw('第三十三条第一款')}）。`,
        `Not on the list of first violations, penalised before, or not corrected (${penaltyLaw('第三十三条第一款')}).`,
        'proposal',
      );
  }
  if (input.proposal !== 'penalise')
    return (
      !takesSomething(input) ||
      refuse('penalty-without', '不予处罚的，不填写处罚内容。', 'Without a penalty nothing is taken.', 'proposal')
    );
  if (!takesSomething(input))
    return refuse('nothing-proposed', '请填写拟给予的处罚。', 'Say what the penalty is.', 'proposal');
  if (input.licenceMeasure === 'suspend' && !input.suspendedUntil)
    return refuse('until-missing', '暂扣许可证件须写明期限。', 'A suspension has a last day.', 'suspendedUntil');
  return (
    !isBarredByTime(day, row.foundOn, row.endangers === true, act.calendar) ||
    refuse(
      'barred-by-time',
      `已超过给予行政处罚的期限（${penaltyLaw('第三十六条')}）。`,
      `The act is too old for a penalty (${penaltyLaw('第三十六条')}).`,
    )
  );
}

function conclude(row: CaseRow, input: Conclusion, act: Act): Partial<CaseRow> {
  const benchmark = benchmarkOn(input.violation, dayOf(row, act))!;
  const range = rangeOf(benchmark, input);
  return {
    rangeFrom: range.from,
    rangeTo: range.to,
    benchmark: benchmark.edition,
    deviates: input.fine ? placeOf(input.fine, range) !== 'inside' : false,
    // A case that was sent back is reviewed and told anew.
    reviewedOn: null,
    legalPassedOn: null,
    noticeServedOn: null,
    statement: null,
    reexamination: null,
    hearingText: null,
    deliberatedOn: null,
    deviationOpinion: null,
    warning: input.warning ?? null,
    fine: input.fine ?? null,
    confiscatedGains: input.confiscatedGains ?? null,
    confiscatedGoods: input.confiscatedGoods ?? null,
    licenceMeasure: input.licenceMeasure ?? null,
    licence: input.licence ?? null,
    suspendedUntil: input.suspendedUntil ?? null,
    businessStop: input.businessStop ?? null,
    deviationReason: input.deviationReason ?? null,
    reviewGrounds: input.reviewGrounds ?? null,
  };
}

/** 调查终结: with two officers still assigned, on confirmed evidence, inside the law. */
export const conclusionActions = {
  conclude: on({
    label: { zh: '调查终结，送审', en: 'Conclude and submit to review' },
    from: 'investigating',
    to: 'under-review',
    by: ['officer'],
    basis: `${o2('第四十八条、第四十九条第一款')}；${penaltyLaw('第四十条')}`,
    papers: ['report'],
    input: Conclusion,
    when: (row: CaseRow) =>
      (row.officers ?? []).length >= 2 ||
      refuse(
        'two-officers',
        `办案人员不足两人，请先补足（${penaltyLaw('第四十二条')}）。`,
        `Fewer than two officers are left (${penaltyLaw('第四十二条')}).`,
      ),
    check: checkConclusion,
    run: conclude,
  }),
};
