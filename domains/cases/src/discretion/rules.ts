import { Decimal } from 'decimal.js';
import {
  type Benchmark,
  benchmarks,
  discretionFactors,
  type Exemption,
  exemptions,
} from '../../../../data/penalties/index.ts';

const inForceOn =
  (day: string) =>
  ({ inForce, until }: { inForce: string; until: string | null }): boolean =>
    inForce <= day && (until === null || day < until);

/** The edition of a violation's benchmark in force on a day; undefined for what has none. */
export const benchmarkOn = (violation: string, day: string): Benchmark | undefined =>
  benchmarks().find((one) => one.violation === violation && inForceOn(day)(one));

/** What was found of a case, as far as its range turns on it. Amounts in yuan. */
export interface Found {
  goodsValue: string;
  factors: readonly string[];
}

/** A range of fines in yuan, two decimals, with its arithmetic in the order in which it was done. */
export interface Range {
  grade: { grade: string; zh: string; en: string };
  from: string;
  to: string;
  statutory: { from: string; to: string };
  /** A ground to go below the range is among the factors. */
  mitigates: boolean;
  unknown: string[];
  steps: { zh: string; en: string }[];
}

const yuan = (value: Decimal): string => value.toFixed(2, Decimal.ROUND_HALF_UP);

/**
 * The range within which a fine lies: the statutory range of the benchmark, of which the factors choose the lower, middle or upper
 * part. Weights add up: below zero lenient, above zero severe.
 */
export function rangeOf(benchmark: Benchmark, { goodsValue, factors }: Found): Range {
  const table = discretionFactors();
  const known = table.factors.filter(({ factor }) => factors.includes(factor));
  const weight = known.reduce((sum, one) => sum + one.weight, 0);
  const grade = table.grades[weight < 0 ? 0 : weight > 0 ? 2 : 1]!;
  const base = new Decimal(benchmark.unit === 'yuan' ? 1 : goodsValue);
  const low = base.mul(benchmark.statutory.from);
  const high = base.mul(benchmark.statutory.to);
  const at = (part: string): Decimal => low.plus(high.minus(low).mul(part));
  const unit = benchmark.unit === 'yuan' ? '' : `货值 ${goodsValue} 元 × `;
  return {
    grade: { grade: grade.grade, zh: grade.zh, en: grade.en },
    from: yuan(at(grade.from)),
    to: yuan(at(grade.to)),
    statutory: { from: yuan(low), to: yuan(high) },
    mitigates: known.some(({ mitigates }) => mitigates),
    unknown: factors.filter((factor) => !table.factors.some((one) => one.factor === factor)),
    steps: [
      {
        zh: `法定幅度（${benchmark.basis}）：${unit}${benchmark.statutory.from} 至 ${benchmark.statutory.to}，即 ${yuan(low)} 元至 ${yuan(high)} 元`,
        en: `Statutory range (${benchmark.basis}): ${yuan(low)} to ${yuan(high)} yuan`,
      },
      {
        zh: `情节合计 ${weight}（${known.map((one) => `${one.zh} ${one.weight}`).join('，') || '无'}）：${grade.zh}`,
        en: `Factors add up to ${weight} (${known.map((one) => `${one.en} ${one.weight}`).join(', ') || 'none'}): ${grade.en}`,
      },
      {
        zh: `取幅度的 ${grade.from} 至 ${grade.to}：${yuan(at(grade.from))} 元至 ${yuan(at(grade.to))} 元`,
        en: `From ${grade.from} to ${grade.to} of the range: ${yuan(at(grade.from))} to ${yuan(at(grade.to))} yuan`,
      },
    ],
  };
}

/** Where a fine lies: inside the range; outside it with the statutory range kept; or outside the law. */
export function placeOf(fine: string, range: Range): 'inside' | 'outside' | 'below-law' | 'above-law' {
  const amount = new Decimal(fine);
  if (amount.gt(range.statutory.to)) return 'above-law';
  if (amount.lt(range.statutory.from)) return range.mitigates ? 'outside' : 'below-law';
  return amount.gte(range.from) && amount.lte(range.to) ? 'inside' : 'outside';
}

/** The item of the list of first violations that fits, for a violation found on a day; undefined when none does. */
export function exemptionFor(
  violation: string,
  day: string,
  { goodsValue, penalisedBefore }: { goodsValue: string; penalisedBefore: boolean },
): Exemption | undefined {
  if (penalisedBefore) return undefined;
  return exemptions().find(
    (one) =>
      one.violation === violation &&
      inForceOn(day)(one) &&
      (one.goodsBelow === null || new Decimal(goodsValue).lt(one.goodsBelow)),
  );
}
