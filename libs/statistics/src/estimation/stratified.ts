import {
  requireList,
  requireOneOf,
  requireOpenProbability,
  requirePositive,
  requireRepresentable,
  requireWhole,
  requireWithin,
} from '../arguments.ts';
import { betaQuantile, normalQuantile, tQuantile } from '../distributions/index.ts';
import { StatisticsError } from '../errors.ts';
import { clopperPearsonFromEffectiveSize, type Interval, wilsonFromEffectiveSize } from './intervals.ts';

const CLAUSE = 'stratified estimation (Cochran 1977 ch. 5; Korn & Graubard 1999)';

/** One stratum: N units in the frame, n drawn by simple random sampling, x of them with the property. */
export interface Stratum {
  readonly population: number;
  readonly n: number;
  readonly x: number;
}

/** Estimate of a population proportion from a stratified sample. */
export interface StratifiedEstimate {
  readonly estimate: number;
  /** Standard error with finite population correction; null when a stratum with n = 1 < N leaves it undefined. */
  readonly se: number | null;
  /** Indices of the strata that must be collapsed with a neighbour before a variance exists. */
  readonly collapse: readonly number[];
  /** n − H, degrees of freedom of the standard error. */
  readonly df: number;
  /** Total sample size. */
  readonly n: number;
  /** Ratio to the variance of a simple random sample of the same size; null when either is zero or undefined. */
  readonly designEffect: number | null;
}

function requireStrata(strata: readonly Stratum[]): void {
  requireList(strata, 'strata', CLAUSE);
  strata.forEach((stratum, h) => {
    requireWhole(stratum.population, `strata[${h}].population`, CLAUSE, 1);
    requireWhole(stratum.n, `strata[${h}].n`, CLAUSE, 1);
    if (stratum.n > stratum.population) {
      throw new StatisticsError({
        code: 'sample-larger-than-lot',
        argument: `strata[${h}].n`,
        clause: CLAUSE,
        zh: `第 ${h + 1} 层样本量 ${stratum.n} 大于层内总数 ${stratum.population}`,
        en: `stratum ${h + 1}: sample size ${stratum.n} exceeds its ${stratum.population} units`,
      });
    }
    requireWhole(stratum.x, `strata[${h}].x`, CLAUSE, 0, stratum.n);
  });
}

/**
 * p = Σ W_h p_h, v = Σ W_h² (1 − f_h) p_h q_h / (n_h − 1), with W_h = N_h/N and f_h = n_h/N_h.
 * A stratum inspected completely contributes no variance; one with a single sampled unit makes it undefined.
 * Throws `StatisticsError` on an empty list, n_h > N_h, x_h > n_h. Source: Cochran 1977 (5.52)–(5.57).
 */
export function stratifiedProportion(strata: readonly Stratum[]): StratifiedEstimate {
  requireStrata(strata);
  const population = strata.reduce((sum, stratum) => sum + stratum.population, 0);
  const n = strata.reduce((sum, stratum) => sum + stratum.n, 0);
  let estimate = 0;
  let variance = 0;
  const collapse: number[] = [];
  strata.forEach((stratum, h) => {
    const weight = stratum.population / population;
    const p = stratum.x / stratum.n;
    estimate += weight * p;
    if (stratum.n === stratum.population) {
      return;
    }
    if (stratum.n === 1) {
      collapse.push(h);
      return;
    }
    const unsampled = 1 - stratum.n / stratum.population;
    variance += (weight * weight * unsampled * p * (1 - p)) / (stratum.n - 1);
  });
  if (strata.every((stratum) => stratum.x === stratum.n)) {
    estimate = 1;
  }
  const simple = n > 1 ? ((estimate * (1 - estimate)) / (n - 1)) * (1 - n / population) : 0;
  const se = collapse.length > 0 ? null : Math.sqrt(variance);
  return {
    estimate,
    se,
    collapse,
    df: n - strata.length,
    n,
    designEffect: se === null || simple <= 0 ? null : variance / simple,
  };
}

/** Wald interval estimate ± z·se, not clipped to [0, 1]; only for comparison with other programs. Null without se. */
export function waldInterval(estimate: StratifiedEstimate, confidence = 0.95): Interval | null {
  requireOpenProbability(confidence, 'confidence', CLAUSE);
  if (estimate.se === null) {
    return null;
  }
  const half = normalQuantile(0.5 + confidence / 2) * estimate.se;
  return { lower: estimate.estimate - half, upper: estimate.estimate + half };
}

/** How the interval of a stratified proportion is made. */
export type StratifiedIntervalMethod = 'logit' | 'beta' | 'wilson';

/** Interval of a stratified proportion and the method really used. */
export interface StratifiedInterval extends Interval {
  /** `census` when every unit was inspected; `clopper-pearson` when a sample showed no variance at all. */
  readonly method: StratifiedIntervalMethod | 'clopper-pearson' | 'census';
  readonly effectiveN: number;
}

/**
 * Confidence interval for a stratified proportion.
 * logit: p ± t·se on the logit scale; beta: Korn–Graubard, n_eff = (pq/v)(t_{n−1}/t_df)²; wilson: score interval with
 * n_eff = pq/v and the t quantile. With zero variance (all strata pass, or all fail) falls back to Clopper–Pearson with
 * n_eff = n / `priorDesignEffect`: never [1, 1].
 * Throws `variance-undefined` when a stratum has a single unit, `out-of-range` and `no-degrees-of-freedom`.
 * Source: R survey svyciprop; Korn & Graubard 1998; Dean & Pagano 2015.
 */
export function stratifiedInterval(
  strata: readonly Stratum[],
  confidence = 0.95,
  method: StratifiedIntervalMethod = 'logit',
  priorDesignEffect = 1,
): StratifiedInterval {
  requireOpenProbability(confidence, 'confidence', CLAUSE);
  requireOneOf(method, ['logit', 'beta', 'wilson'], 'method', CLAUSE);
  requirePositive(priorDesignEffect, 'priorDesignEffect', CLAUSE);
  const result = stratifiedProportion(strata);
  const se = requireVariance(result);
  const p = result.estimate;
  if (strata.every((stratum) => stratum.n === stratum.population)) {
    return { lower: p, upper: p, method: 'census', effectiveN: result.n };
  }
  if (se === 0) {
    const effectiveN = result.n / priorDesignEffect;
    const interval = clopperPearsonFromEffectiveSize(effectiveN * p, effectiveN, confidence);
    return { ...interval, method: 'clopper-pearson', effectiveN };
  }
  if (result.df < 1) {
    throw new StatisticsError({
      code: 'no-degrees-of-freedom',
      argument: 'strata',
      clause: CLAUSE,
      zh: '样本量不大于层数，没有自由度，不能给出区间',
      en: 'the sample is not larger than the number of strata: no degrees of freedom, no interval',
    });
  }
  const t = tQuantile(0.5 + confidence / 2, result.df);
  const effectiveN = (p * (1 - p)) / (se * se);
  switch (method) {
    case 'logit':
      return { ...logitInterval(p, se, t), method, effectiveN };
    case 'wilson':
      return { ...wilsonFromEffectiveSize(p, effectiveN, t), method, effectiveN };
    default: {
      const n = effectiveN * (tQuantile(0.5 + confidence / 2, result.n - 1) / t) ** 2;
      const tail = (1 - confidence) / 2;
      return {
        lower: betaQuantile(tail, n * p, n * (1 - p) + 1),
        upper: 1 - betaQuantile(tail, n * (1 - p), n * p + 1),
        method: 'beta',
        effectiveN: n,
      };
    }
  }
}

function requireVariance(result: StratifiedEstimate): number {
  if (result.se === null) {
    const which = result.collapse.map((h) => h + 1).join('、');
    throw new StatisticsError({
      code: 'variance-undefined',
      argument: 'strata',
      clause: CLAUSE,
      zh: `第 ${which} 层只抽取 1 个单元，方差无定义：请与相邻层合并`,
      en: `only one unit was drawn in stratum ${which}: the variance is undefined, collapse it with a neighbour`,
    });
  }
  return result.se;
}

function logitInterval(p: number, se: number, t: number): Interval {
  const logit = Math.log(p / (1 - p));
  const half = (t * se) / (p * (1 - p));
  const back = (value: number): number => 1 / (1 + Math.exp(-value));
  return { lower: back(logit - half), upper: back(logit + half) };
}

/**
 * Kish effective sample size (Σw)²/Σw² and design effect of unequal weights n·Σw²/(Σw)², n counting w > 0.
 * Weights ≥ 0, not all zero. Throws `StatisticsError` on other input. Source: Kish 1965, 1992.
 */
export function kishEffectiveSize(weights: readonly number[]): { effectiveN: number; designEffect: number } {
  requireList(weights, 'weights', CLAUSE);
  let sum = 0;
  let squares = 0;
  let used = 0;
  weights.forEach((weight, index) => {
    requireWithin(weight, `weights[${index}]`, CLAUSE, 0, Number.MAX_VALUE);
    sum += weight;
    squares += weight * weight;
    used += weight > 0 ? 1 : 0;
  });
  requirePositive(sum, 'Σ weights', CLAUSE);
  requireRepresentable(squares, 'weights', CLAUSE);
  requirePositive(squares, 'Σ weights²', CLAUSE);
  return { effectiveN: (sum * sum) / squares, designEffect: (used * squares) / (sum * sum) };
}

/** A sampled unit: whether it has the property, and its weight (for example batch value, or 1/π). */
export interface WeightedUnit {
  readonly has: boolean;
  readonly weight: number;
}

/**
 * Weighted proportion Σ w·y / Σ w with a Wilson interval on the Kish effective sample size. For value-weighted rates
 * and for samples drawn with unequal probabilities. Throws `StatisticsError` on an empty list or invalid weights.
 */
export function weightedProportion(
  units: readonly WeightedUnit[],
  confidence = 0.95,
): Interval & { readonly estimate: number; readonly effectiveN: number; readonly designEffect: number } {
  requireOpenProbability(confidence, 'confidence', CLAUSE);
  const kish = kishEffectiveSize(units.map((unit) => unit.weight));
  const total = units.reduce((sum, unit) => sum + unit.weight, 0);
  const having = units.reduce((sum, unit) => sum + (unit.has ? unit.weight : 0), 0);
  const lacking = units.some((unit) => !unit.has && unit.weight > 0);
  const estimate = lacking ? Math.min(1, having / total) : 1;
  const interval = wilsonFromEffectiveSize(estimate, kish.effectiveN, normalQuantile(0.5 + confidence / 2));
  return { estimate, ...interval, ...kish };
}
