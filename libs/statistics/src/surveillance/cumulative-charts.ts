import {
  requireFinite,
  requireList,
  requireOpenProbability,
  requirePositive,
  requireWhole,
  requireWithin,
} from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';

const CLAUSE = 'ISO 7870-4:2021 cumulative sum charts';
const EWMA_CLAUSE = 'ISO 7870-6:2016 EWMA charts';

/** Settings of a tabular CUSUM, in the unit of the data. */
export interface CusumDesign {
  readonly target: number;
  /** Reference value K ≥ 0, usually half the shift to be found. */
  readonly reference: number;
  /** Decision interval H > 0; a sum beyond it signals. */
  readonly decision: number;
  /** Where the sums start and restart (fast initial response), 0 ≤ start < H; 0 by default. */
  readonly headStart?: number;
  /** Whether a sum goes back to its head start after it has signalled. Default false: it goes on. */
  readonly restart?: boolean;
}

/** Both sums; `signals` are positions counted from 1. */
export interface CusumChart {
  readonly upper: readonly number[];
  readonly lower: readonly number[];
  readonly upperSignals: readonly number[];
  readonly lowerSignals: readonly number[];
}

function accumulate(increments: readonly number[], limit: number, start: number, restart: boolean) {
  const sums: number[] = [];
  const signals: number[] = [];
  let current = start;
  increments.forEach((increment, i) => {
    current = Math.max(0, current + increment);
    sums.push(current);
    if (current > limit) {
      signals.push(i + 1);
      current = restart ? start : current;
    }
  });
  return { sums, signals };
}

function requireSeries(values: readonly number[], argument: string, clause: string): void {
  requireList(values, argument, clause);
  values.forEach((value, i) => {
    requireFinite(value, `${argument}[${i}]`, clause);
  });
}

/**
 * Two-sided tabular CUSUM: C⁺ᵢ = max(0, xᵢ − (target + K) + C⁺ᵢ₋₁), C⁻ᵢ = max(0, (target − K) − xᵢ + C⁻ᵢ₋₁); a sum above H
 * signals. Throws `StatisticsError` on NaN, K < 0, H ≤ 0 or a head start outside [0, H).
 * Source: Page 1954; Lucas & Crosier 1982 (head start); ISO 7870-4.
 */
export function tabularCusum(x: readonly number[], design: CusumDesign): CusumChart {
  requireSeries(x, 'x', CLAUSE);
  const { target, reference, decision, headStart = 0, restart = false } = design;
  requireFinite(target, 'target', CLAUSE);
  requireWithin(reference, 'reference', CLAUSE, 0, Number.MAX_VALUE);
  requirePositive(decision, 'decision', CLAUSE);
  requireWithin(headStart, 'headStart', CLAUSE, 0, decision);
  if (headStart === decision) {
    refuse(
      'out-of-range',
      'headStart',
      CLAUSE,
      '起始值应小于决策区间 H。',
      'The head start must lie below the decision interval H.',
    );
  }
  const high = target + reference;
  const low = target - reference;
  const upper = accumulate(
    x.map((value) => value - high),
    decision,
    headStart,
    restart,
  );
  const lower = accumulate(
    x.map((value) => low - value),
    decision,
    headStart,
    restart,
  );
  return { upper: upper.sums, lower: lower.sums, upperSignals: upper.signals, lowerSignals: lower.signals };
}

/** Sums of a likelihood-ratio CUSUM; `signals` are positions counted from 1, empty without a limit. */
export interface LikelihoodCusum {
  readonly sums: readonly number[];
  readonly signals: readonly number[];
}

function likelihoodCusum(increments: readonly number[], limit: number | undefined): LikelihoodCusum {
  if (limit !== undefined) {
    requirePositive(limit, 'limit', CLAUSE);
  }
  return accumulate(increments, limit ?? Number.POSITIVE_INFINITY, 0, false);
}

/**
 * Likelihood-ratio CUSUM for nonconforming counts in samples of `sizes` units (one number or one per sample): acceptable
 * fraction p0, unacceptable p1, 0 < p0 ≠ p1 < 1. S = max(0, S + x ln(p1/p0) + (n−x) ln((1−p1)/(1−p0))).
 * Throws `StatisticsError` on other input. Source: Moustakides 1986; Steiner et al. 2000.
 */
export function binomialCusum(
  x: readonly number[],
  sizes: number | readonly number[],
  p0: number,
  p1: number,
  limit?: number,
): LikelihoodCusum {
  requireList(x, 'x', CLAUSE);
  const n = typeof sizes === 'number' ? x.map(() => sizes) : requireList(sizes, 'sizes', CLAUSE, x.length);
  requireOpenProbability(p0, 'p0', CLAUSE);
  requireOpenProbability(p1, 'p1', CLAUSE);
  if (p0 === p1) {
    refuse('hypotheses-equal', 'p1', CLAUSE, '两个不合格率相同，无从区分。', 'The two fractions are equal.');
  }
  const bad = Math.log(p1 / p0);
  const good = Math.log1p(-p1) - Math.log1p(-p0);
  const increments = x.map((count, i) => {
    const size = requireWhole(n[i]!, `sizes[${i}]`, CLAUSE, 1);
    requireWhole(count, `x[${i}]`, CLAUSE, 0, size);
    return count * bad + (size - count) * good;
  });
  return likelihoodCusum(increments, limit);
}

/**
 * Likelihood-ratio CUSUM for counts with known expectations: `ratio` > 0 (≠ 1) is the rate ratio to be found.
 * S = max(0, S + x ln ratio − expected (ratio − 1)). Throws `StatisticsError` on counts that are not whole or
 * expectations that are not positive. Source: Lucas 1985; Rossi et al. 1999.
 */
export function poissonCusum(
  x: readonly number[],
  expected: readonly number[],
  ratio: number,
  limit?: number,
): LikelihoodCusum {
  requireList(x, 'x', CLAUSE);
  requireList(expected, 'expected', CLAUSE, x.length);
  requirePositive(ratio, 'ratio', CLAUSE);
  if (ratio === 1) {
    refuse('hypotheses-equal', 'ratio', CLAUSE, '率比为 1，无从区分。', 'A ratio of 1 is no change.');
  }
  const log = Math.log(ratio);
  const increments = x.map((count, i) => {
    requireWhole(count, `x[${i}]`, CLAUSE);
    return count * log - requirePositive(expected[i]!, `expected[${i}]`, CLAUSE) * (ratio - 1);
  });
  return likelihoodCusum(increments, limit);
}

/** Settings of an EWMA chart, in the unit of the data. */
export interface EwmaDesign {
  readonly target: number;
  /** Standard deviation of one observation, > 0. */
  readonly sigma: number;
  /** Weight of the newest observation, 0 < λ ≤ 1. */
  readonly lambda: number;
  /** Width of the limits in standard deviations of the average, > 0. */
  readonly width: number;
}

/** Averages with exact limits; `signals` are positions counted from 1. */
export interface EwmaChart {
  readonly average: readonly number[];
  readonly lcl: readonly number[];
  readonly ucl: readonly number[];
  readonly signals: readonly number[];
}

/**
 * EWMA chart from the target: zᵢ = λxᵢ + (1−λ)zᵢ₋₁ with the exact variance σ² λ/(2−λ) (1 − (1−λ)^{2i}).
 * Throws `StatisticsError` on NaN, σ ≤ 0, λ outside (0, 1] or width ≤ 0. Source: Roberts 1959; ISO 7870-6.
 */
export function ewmaChart(x: readonly number[], design: EwmaDesign): EwmaChart {
  requireSeries(x, 'x', EWMA_CLAUSE);
  const { target, sigma, lambda, width } = design;
  requireFinite(target, 'target', EWMA_CLAUSE);
  requirePositive(sigma, 'sigma', EWMA_CLAUSE);
  requirePositive(lambda, 'lambda', EWMA_CLAUSE);
  requireWithin(lambda, 'lambda', EWMA_CLAUSE, 0, 1);
  requirePositive(width, 'width', EWMA_CLAUSE);
  let previous = target;
  const average = x.map((value) => {
    previous = lambda * value + (1 - lambda) * previous;
    return previous;
  });
  const half = x.map(
    (_, i) => width * sigma * Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * (i + 1)))),
  );
  return {
    average,
    lcl: half.map((distance) => target - distance),
    ucl: half.map((distance) => target + distance),
    signals: x.map((_, i) => i + 1).filter((at) => Math.abs(average[at - 1]! - target) > half[at - 1]!),
  };
}
