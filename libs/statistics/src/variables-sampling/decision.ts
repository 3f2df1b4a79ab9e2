import {
  requireFinite,
  requireList,
  requirePositive,
  requireProbability,
  requireRepresentable,
  requireWhole,
} from '../arguments.ts';
import { StatisticsError } from '../errors.ts';
import { fractionFromQuality, type SigmaMethod } from './operating-characteristic.ts';

const CLAUSE = 'GB/T 6378.1 (ISO 3951-1)';

/** Specification limits in the unit of the measurements; at least one is given. */
export interface SpecificationLimits {
  readonly lower?: number;
  readonly upper?: number;
}

/** What is known of the sample: size, mean, and the standard deviation (of the process when σ is known). */
export interface VariablesSample {
  readonly n: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and sample standard deviation (divisor n−1) of at least two measurements. Throws `empty-list`, `not-a-number`. */
export function summariseMeasurements(values: readonly number[]): VariablesSample {
  requireList(values, 'values', CLAUSE);
  requireWhole(values.length, 'values.length', CLAUSE, 2);
  values.forEach((value, index) => {
    requireFinite(value, `values[${index}]`, CLAUSE);
  });
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = requireRepresentable(Math.sqrt(squares / (n - 1)), 'values', CLAUSE);
  return { n, mean, deviation };
}

/** Quality statistics; undefined where no limit is given. */
export interface QualityStatistics {
  /** (U − x̄)/s. */
  readonly upper: number | undefined;
  /** (x̄ − L)/s. */
  readonly lower: number | undefined;
}

/**
 * Q_U = (U − x̄)/s and Q_L = (x̄ − L)/s; with σ known the sample's `deviation` is σ.
 * Throws `no-limit`, `limits-crossed`, `not-positive` when the deviation is 0 (identical readings need a look).
 */
export function qualityStatistics(sample: VariablesSample, limits: SpecificationLimits): QualityStatistics {
  requireWhole(sample.n, 'n', CLAUSE, 1);
  requireFinite(sample.mean, 'mean', CLAUSE);
  requirePositive(sample.deviation, 'deviation', CLAUSE);
  const { lower, upper } = limits;
  if (lower === undefined && upper === undefined) {
    throw new StatisticsError({
      code: 'no-limit',
      argument: 'limits',
      clause: CLAUSE,
      zh: '至少应给出一个规范限',
      en: 'at least one specification limit is needed',
    });
  }
  if (lower !== undefined && upper !== undefined && !(lower < upper)) {
    throw new StatisticsError({
      code: 'limits-crossed',
      argument: 'limits',
      clause: CLAUSE,
      zh: `下规范限 ${lower} 应小于上规范限 ${upper}`,
      en: `the lower limit ${lower} must be below the upper limit ${upper}`,
    });
  }
  return {
    upper: upper === undefined ? undefined : (requireFinite(upper, 'upper', CLAUSE) - sample.mean) / sample.deviation,
    lower: lower === undefined ? undefined : (sample.mean - requireFinite(lower, 'lower', CLAUSE)) / sample.deviation,
  };
}

/** Decision of form k. */
export interface FormKDecision {
  readonly statistics: QualityStatistics;
  readonly accepted: boolean;
}

/**
 * Form k: accept when every given limit has Q ≥ k. Two limits given are controlled separately with the same k; use
 * {@link decideByFraction} for combined control. Throws as {@link qualityStatistics}. Source: ISO 3951-1 form k.
 */
export function decideByConstant(sample: VariablesSample, limits: SpecificationLimits, k: number): FormKDecision {
  requireFinite(k, 'k', CLAUSE);
  const statistics = qualityStatistics(sample, limits);
  const accepted = [statistics.upper, statistics.lower].every((q) => q === undefined || q >= k);
  return { statistics, accepted };
}

/** Estimated fractions nonconforming. */
export interface FractionEstimate {
  /** Beyond the upper limit; 0 without one. */
  readonly upper: number;
  /** Below the lower limit; 0 without one. */
  readonly lower: number;
  readonly total: number;
}

/** Estimated fractions beyond the limits, from exact Q (never rounded first). Throws as {@link qualityStatistics}. */
export function estimateFractions(
  sample: VariablesSample,
  limits: SpecificationLimits,
  sigma: SigmaMethod,
): FractionEstimate {
  const statistics = qualityStatistics(sample, limits);
  const fraction = (q: number | undefined): number => (q === undefined ? 0 : fractionFromQuality(q, sample.n, sigma));
  const upper = fraction(statistics.upper);
  const lower = fraction(statistics.lower);
  return { upper, lower, total: upper + lower };
}

/**
 * Combined control of two limits, or form p*: accept when p̂_U + p̂_L ≤ p* (0 ≤ p* ≤ 1).
 * Throws as {@link qualityStatistics}. Source: ISO 3951-1 combined control; MIL-STD-414 form 2.
 */
export function decideByFraction(
  sample: VariablesSample,
  limits: SpecificationLimits,
  maximum: number,
  sigma: SigmaMethod,
): { readonly estimate: FractionEstimate; readonly accepted: boolean } {
  requireProbability(maximum, 'maximum', CLAUSE);
  const estimate = estimateFractions(sample, limits, sigma);
  return { estimate, accepted: estimate.total <= maximum };
}
