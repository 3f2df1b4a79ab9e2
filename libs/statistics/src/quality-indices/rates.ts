import { Decimal } from 'decimal.js';
import {
  requireFinite,
  requireList,
  requirePositive,
  requireRepresentable,
  requireWhole,
  requireWithin,
} from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';

/** Percentage of a whole; null of nothing. */
function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100;
}

/** Batches of one cell with the value of the goods it stands for. */
export interface ValuedCell {
  /** Output value or sales in any one unit, ≥ 0. */
  readonly value: number;
  readonly inspected: number;
  readonly passed: number;
}

/**
 * Pass rate in per cent, weighted by value: Σ vᵢpᵢ / Σ vᵢ. Null when a cell with value was not inspected, or there is no
 * value. Throws `StatisticsError` on passed > inspected or counts that are not whole.
 */
export function valueWeightedPassRate(cells: readonly ValuedCell[]): number | null {
  const clause = '制造业产品质量合格率';
  requireList(cells, 'cells', clause);
  let passing = 0;
  let total = 0;
  for (const [i, { value, inspected, passed }] of cells.entries()) {
    requireWithin(value, `cells[${i}].value`, clause, 0, Number.MAX_VALUE);
    requireWhole(inspected, `cells[${i}].inspected`, clause);
    requireWhole(passed, `cells[${i}].passed`, clause, 0, inspected);
    if (value === 0) continue;
    if (inspected === 0) return null;
    passing += value * (passed / inspected);
    total += value;
  }
  return percent(requireRepresentable(passing, 'cells', clause), requireRepresentable(total, 'cells', clause));
}

/** How much of a frame was sampled. */
export interface SamplingCoverage {
  /** Enterprises (or other units) sampled at least once, in per cent of the frame; null without a frame. */
  readonly unitsPercent: number | null;
  /** Batches per unit of the frame; null without a frame. */
  readonly batchesPerUnit: number | null;
}

/** Coverage of a frame of `units`, `sampled` of them at least once, with `batches` batches ≥ sampled. */
export function samplingCoverage(units: number, sampled: number, batches: number): SamplingCoverage {
  const clause = '抽查覆盖率';
  requireWhole(units, 'units', clause);
  requireWhole(sampled, 'sampled', clause, 0, units);
  requireWhole(batches, 'batches', clause, sampled);
  return { unitsPercent: percent(sampled, units), batchesPerUnit: units === 0 ? null : batches / units };
}

/** Batches per thousand persons and year, the measure of food sampling; null without population. */
export function batchesPerThousandPersons(batches: number, persons: number): number | null {
  requireWhole(batches, 'batches', '每千人抽检批次');
  requireWhole(persons, 'persons', '每千人抽检批次');
  return persons === 0 ? null : batches / (persons / 1000);
}

/**
 * Satisfaction index 0 to 100 from mean answers on a scale and weights: 100 (Σwx̄ − min Σw) / ((max − min) Σw); null when all
 * weights are 0. Means within the scale. Throws `StatisticsError` on other input. Source: ACSI; GB/T 19038, 19039.
 */
export function satisfactionIndex(
  means: readonly number[],
  weights: readonly number[],
  scale: { readonly min: number; readonly max: number } = { min: 1, max: 10 },
): number | null {
  const clause = 'GB/T 19038-2009';
  requireList(means, 'means', clause);
  requireList(weights, 'weights', clause, means.length);
  requireFinite(scale.min, 'scale.min', clause);
  requireFinite(scale.max, 'scale.max', clause);
  if (scale.min >= scale.max) {
    refuse('range-reversed', 'scale', clause, '量表下限必须小于上限。', 'The scale must rise.');
  }
  let sum = 0;
  let total = 0;
  means.forEach((mean, i) => {
    requireWithin(mean, `means[${i}]`, clause, scale.min, scale.max);
    requireWithin(weights[i]!, `weights[${i}]`, clause, 0, Number.MAX_VALUE);
    sum += weights[i]! * (mean - scale.min);
    total += weights[i]!;
  });
  return percent(
    requireRepresentable(sum, 'weights', clause),
    requireRepresentable((scale.max - scale.min) * total, 'weights', clause),
  );
}

/** Growth of a series. */
export interface ChainIndex {
  /** Change against the period before, in per cent; null after a zero. */
  readonly changePercent: readonly (number | null)[];
  /** Mean growth a period (geometric), in per cent; null when the first value is 0. */
  readonly meanGrowthPercent: number | null;
}

/** Chain index and mean growth of two or more values ≥ 0. Throws `StatisticsError` on other input. */
export function chainIndex(series: readonly number[]): ChainIndex {
  requireList(series, 'series', 'chain index');
  requireWhole(series.length, 'series', 'chain index', 2);
  series.forEach((value, i) => {
    requireWithin(value, `series[${i}]`, 'chain index', 0, Number.MAX_VALUE);
  });
  const first = series[0]!;
  return {
    changePercent: series
      .slice(1)
      .map((value, i) =>
        series[i] === 0 ? null : requireRepresentable((value / series[i]! - 1) * 100, 'series', 'chain index'),
      ),
    meanGrowthPercent:
      first === 0
        ? null
        : requireRepresentable(
            ((series.at(-1)! / first) ** (1 / (series.length - 1)) - 1) * 100,
            'series',
            'chain index',
          ),
  };
}

/** Change of counts in per cent of the former ones; null where that was 0. */
export function changePercent(current: readonly number[], previous: readonly number[]): (number | null)[] {
  requireList(current, 'current', 'change');
  requireList(previous, 'previous', 'change', current.length);
  return current.map((value, i) => {
    requireWithin(value, `current[${i}]`, 'change', 0, Number.MAX_VALUE);
    const former = requireWithin(previous[i]!, `previous[${i}]`, 'change', 0, Number.MAX_VALUE);
    return former === 0 ? null : requireRepresentable(((value - former) / former) * 100, `current[${i}]`, 'change');
  });
}

/** What a published index and its stated change and lead say about the value before and the other's value; exact decimals. */
export function beforeChange(current: number, change: number): number {
  requireFinite(current, 'current', 'change');
  requireFinite(change, 'change', 'change');
  return new Decimal(current).minus(change).toNumber();
}

/** Verification or inspection that was due. */
export interface DueWork {
  readonly due: number;
  /** Exempted from it; 0 by default. */
  readonly exempt?: number;
  readonly done: number;
  /** Of those done, after the date; 0 by default. */
  readonly late?: number;
  /** Of those done, not passed; 0 by default. */
  readonly failed?: number;
}

/** Percentages; null where the base is nothing. */
export interface DueWorkCoverage {
  /** Done of due less exempt. */
  readonly coveragePercent: number | null;
  /** Done in time of due less exempt. */
  readonly timelyPercent: number | null;
  /** Passed of done. */
  readonly passPercent: number | null;
}

/**
 * Coverage of what was due: instruments to verify (计量法 art. 9), special equipment to inspect (特种设备安全法 art. 40).
 * Whole counts; done ≤ due − exempt, late and failed ≤ done. Throws `StatisticsError` on other input.
 */
export function dueWorkCoverage({ due, exempt = 0, done, late = 0, failed = 0 }: DueWork): DueWorkCoverage {
  const clause = '计量法 第九条; 特种设备安全法 第四十条';
  requireWhole(due, 'due', clause);
  requireWhole(exempt, 'exempt', clause, 0, due);
  requireWhole(done, 'done', clause, 0, due - exempt);
  requireWhole(late, 'late', clause, 0, done);
  requireWhole(failed, 'failed', clause, 0, done);
  return {
    coveragePercent: percent(done, due - exempt),
    timelyPercent: percent(done - late, due - exempt),
    passPercent: percent(done - failed, done),
  };
}

/** Sum of counts given in one unit (万台), in exact decimals. Values ≥ 0. */
export function totalOf(parts: Readonly<Record<string, number>>): number {
  const entries = Object.entries(parts);
  requireList(entries, 'parts', 'total');
  return entries
    .reduce(
      (sum, [name, value]) => sum.plus(requireWithin(value, `parts.${name}`, 'total', 0, Number.MAX_VALUE)),
      new Decimal(0),
    )
    .toNumber();
}

/** Events per 10,000 units: whole events ≥ 0, `unitsTenThousand` > 0 in units of 10,000 (万台). Throws otherwise. */
export function ratePerTenThousand(events: number, unitsTenThousand: number): number {
  requireWhole(events, 'events', '万台特种设备死亡率');
  const clause = '万台特种设备死亡率';
  const units = requirePositive(unitsTenThousand, 'unitsTenThousand', clause);
  return requireRepresentable(events / units, 'unitsTenThousand', clause);
}
