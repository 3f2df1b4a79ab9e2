import {
  requireFinite,
  requireList,
  requireOpenProbability,
  requirePositive,
  requireRepresentable,
  requireWhole,
  requireWithin,
} from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';
import { tQuantile } from '../distributions/index.ts';
import { monotoneRoot } from '../distributions/special.ts';
import { invert } from '../linear-algebra.ts';

const CLAUSE = 'Castrup 2005, calibration intervals from variables data';

/** Changes of an instrument's error between calibrations: time since the former one, and the change. */
export interface DriftData {
  readonly times: readonly number[];
  readonly changes: readonly number[];
  /** Order of the polynomial without intercept, 1 to 4. */
  readonly order: number;
}

/** Fitted drift b₁t + b₂t² + … */
export interface DriftFit {
  readonly coefficients: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  /** Standard error of the fit. */
  readonly syx: number;
  readonly degreesOfFreedom: number;
}

function powers(t: number, order: number): number[] {
  return Array.from({ length: order }, (_, i) => t ** (i + 1));
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, i) => sum + value * right[i]!, 0);
}

/**
 * Least squares through the origin. Times > 0, more points than coefficients, and as many different times as coefficients
 * (`design-singular`). Throws `StatisticsError` on other input. Source: NASA-HDBK-8739.19-5.
 */
export function fitDrift({ times, changes, order }: DriftData): DriftFit {
  requireWhole(order, 'order', CLAUSE, 1, 4);
  requireList(times, 'times', CLAUSE);
  requireList(changes, 'changes', CLAUSE, times.length);
  requireWhole(times.length, 'number of points', CLAUSE, order + 1);
  times.forEach((time, i) => {
    requirePositive(time, `times[${i}]`, CLAUSE);
    requireFinite(changes[i]!, `changes[${i}]`, CLAUSE);
  });
  // Times in units of the longest, so that high powers stay comparable.
  const unit = Math.max(...times);
  const rows = times.map((time) => powers(time / unit, order));
  const inverse = invert(
    Array.from({ length: order }, (_, a) =>
      Array.from({ length: order }, (__, b) =>
        dot(
          rows.map((row) => row[a]!),
          rows.map((row) => row[b]!),
        ),
      ),
    ),
  );
  if (inverse === null) {
    refuse(
      'design-singular',
      'times',
      CLAUSE,
      '不同的间隔太少，无法拟合该阶次。',
      'There are too few different intervals to fit this order.',
    );
  }
  const moments = Array.from({ length: order }, (_, a) =>
    dot(
      rows.map((row) => row[a]!),
      changes,
    ),
  );
  const scaled = inverse.map((row) => dot(row, moments));
  const degreesOfFreedom = times.length - order;
  const squares = rows.reduce((sum, row, i) => sum + (changes[i]! - dot(row, scaled)) ** 2, 0);
  const variance = requireRepresentable(squares / degreesOfFreedom, 'changes', CLAUSE);
  return {
    coefficients: scaled.map((value, i) => value / unit ** (i + 1)),
    covariance: inverse.map((row, i) => row.map((value, j) => (value * variance) / unit ** (i + j + 2))),
    syx: Math.sqrt(variance),
    degreesOfFreedom,
  };
}

/** Where an instrument has to stay. */
export interface ReliabilityTarget {
  /** Value at calibration. */
  readonly start: number;
  /** Standard uncertainty at calibration. */
  readonly u0: number;
  /** Null where there is no limit; not both. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly confidence: number;
}

/**
 * Time until the value predicted from the drift, widened by its uncertainty times Student's t, first leaves the limits: two
 * limits take the two-sided t, one limit the one-sided. 0 when it already does, null when it stays within for a hundred times the
 * longest interval seen. Throws as {@link fitDrift}, and `range-reversed`, `limit-missing`.
 */
export function reliabilityTargetInterval(data: DriftData, target: ReliabilityTarget): number | null {
  const fit = fitDrift(data);
  const { start, u0, lower, upper, confidence } = target;
  requireFinite(start, 'start', CLAUSE);
  requireWithin(u0, 'u0', CLAUSE, 0, Number.MAX_VALUE);
  requireOpenProbability(confidence, 'confidence', CLAUSE);
  if (lower === null && upper === null) {
    refuse('limit-missing', 'lower', CLAUSE, '至少需要一个限值。', 'At least one limit is needed.');
  }
  if (lower !== null && upper !== null && lower >= upper) {
    refuse('range-reversed', 'lower', CLAUSE, '下限必须小于上限。', 'The lower limit must lie below the upper one.');
  }
  const twoSided = lower !== null && upper !== null;
  const k = tQuantile(twoSided ? 0.5 + confidence / 2 : confidence, fit.degreesOfFreedom);
  const room = (time: number): number => {
    const t = powers(time, data.order);
    const value = start + dot(t, fit.coefficients);
    const spread = dot(
      t,
      fit.covariance.map((row) => dot(row, t)),
    );
    const half = k * Math.sqrt(u0 ** 2 + fit.syx ** 2 + spread);
    return Math.min(
      upper === null ? Number.POSITIVE_INFINITY : upper - value - half,
      lower === null ? Number.POSITIVE_INFINITY : value - half - lower,
    );
  };
  if (room(0) <= 0) return 0;
  const longest = Math.max(...data.times);
  const step = longest / 200;
  for (let time = step; time <= 100 * longest; time += step) {
    if (room(time) <= 0) return monotoneRoot(room, time - step, time);
  }
  return null;
}
