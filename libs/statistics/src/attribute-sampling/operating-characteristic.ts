import {
  requireFinite,
  requireOpenProbability,
  requireProbability,
  requireSampleWithinLot,
  requireWhole,
  requireWithin,
} from '../arguments.ts';
import {
  betaQuantile,
  binomialCdf,
  binomialUpperTail,
  gammaQuantile,
  hypergeometricCdf,
  hypergeometricUpperTail,
  poissonCdf,
  poissonUpperTail,
} from '../distributions/index.ts';
import { StatisticsError } from '../errors.ts';

const CLAUSE = 'GB/T 2828.1-2012 12 (operating characteristic curves)';

/** What is assumed about the lot: its quality, and hence the distribution of the count found. */
export type LotQuality =
  /** A stream of lots with fraction nonconforming p (type B curve). */
  | { readonly model: 'binomial'; readonly p: number }
  /** One lot of `lotSize` units holding exactly `nonconforming` (type A curve). */
  | { readonly model: 'hypergeometric'; readonly lotSize: number; readonly nonconforming: number }
  /** Nonconformities: `per100Units` of them on average per 100 units. */
  | { readonly model: 'poisson'; readonly per100Units: number };

/** A single plan: n units, accept up to `ac` nonconforming. */
export interface AcceptancePlan {
  readonly n: number;
  readonly ac: number;
}

function requirePlan(plan: AcceptancePlan): void {
  requireWhole(plan.n, 'n', CLAUSE, 1);
  requireWhole(plan.ac, 'ac', CLAUSE);
}

/** Checks the quality and the sample against it; throws `out-of-range`, `sample-larger-than-lot` and the like. */
export function requireQuality(quality: LotQuality, n: number): void {
  switch (quality.model) {
    case 'binomial':
      requireProbability(quality.p, 'p', CLAUSE);
      return;
    case 'poisson':
      requireWithin(quality.per100Units, 'per100Units', CLAUSE, 0, Number.MAX_VALUE);
      return;
    case 'hypergeometric':
      requireSampleWithinLot(n, quality.lotSize, CLAUSE);
      requireWhole(quality.nonconforming, 'nonconforming', CLAUSE, 0, quality.lotSize);
      return;
    default:
      throw new StatisticsError({
        code: 'unknown-model',
        argument: 'model',
        clause: CLAUSE,
        zh: '分布模型应为二项、超几何或泊松',
        en: 'the model must be binomial, hypergeometric or poisson',
      });
  }
}

/** P(count in n units ≤ k) under the assumed quality. */
function countAtMost(k: number, n: number, quality: LotQuality): number {
  switch (quality.model) {
    case 'binomial':
      return binomialCdf(k, n, quality.p);
    case 'poisson':
      return poissonCdf(k, (n * quality.per100Units) / 100);
    default:
      return hypergeometricCdf(k, quality.lotSize, quality.nonconforming, n);
  }
}

/**
 * P(more than k nonconforming among n units), accurate in the far tail: the power of a sample to find more than k.
 * Throws `StatisticsError` on n > N, NaN, negative values.
 */
export function probabilityOfMoreThan(k: number, n: number, quality: LotQuality): number {
  requireWhole(k, 'k', CLAUSE);
  requireWhole(n, 'n', CLAUSE, 1);
  requireQuality(quality, n);
  switch (quality.model) {
    case 'binomial':
      return binomialUpperTail(k, n, quality.p);
    case 'poisson':
      return poissonUpperTail(k, (n * quality.per100Units) / 100);
    default:
      return hypergeometricUpperTail(k, quality.lotSize, quality.nonconforming, n);
  }
}

/**
 * Probability that the plan accepts a lot of the given quality: the ordinate of the OC curve.
 * Throws `StatisticsError` on n > N, NaN, negative values. Source: ISO 2859-1:1999 12; ISO 28590 (type A, type B).
 */
export function probabilityOfAcceptance(plan: AcceptancePlan, quality: LotQuality): number {
  requirePlan(plan);
  requireQuality(quality, plan.n);
  return countAtMost(plan.ac, plan.n, quality);
}

/**
 * Quality that the plan accepts with probability `pa` (0 < pa < 1): the abscissa of the OC curve.
 * Binomial: fraction nonconforming, qbeta(1−pa; c+1, n−c), the exact inverse of the binomial sum.
 * Poisson: nonconformities per 100 units, 100·qgamma(1−pa; c+1)/n.
 * Throws `never-rejects` when c ≥ n under the binomial model.
 */
export function qualityAtAcceptance(plan: AcceptancePlan, pa: number, model: 'binomial' | 'poisson'): number {
  requirePlan(plan);
  requireOpenProbability(pa, 'pa', CLAUSE);
  if (model === 'poisson') {
    return (100 * gammaQuantile(1 - pa, plan.ac + 1, 1)) / plan.n;
  }
  requireRejectable(plan);
  return betaQuantile(1 - pa, plan.ac + 1, plan.n - plan.ac);
}

function requireRejectable(plan: AcceptancePlan): void {
  if (plan.ac >= plan.n) {
    throw new StatisticsError({
      code: 'never-rejects',
      argument: 'ac',
      clause: CLAUSE,
      zh: `接收数 ${plan.ac} 不小于样本量 ${plan.n}，该方案永不拒收`,
      en: `acceptance number ${plan.ac} is not below the sample size ${plan.n}: the plan never rejects`,
    });
  }
}

/**
 * Producer's risk 1 − Pa at the acceptable quality and consumer's risk Pa at the limiting quality.
 * Throws `StatisticsError` on an invalid plan or quality.
 */
export function samplingRisks(
  plan: AcceptancePlan,
  acceptable: LotQuality,
  limiting: LotQuality,
): { producerRisk: number; consumerRisk: number } {
  requirePlan(plan);
  return {
    producerRisk: probabilityOfMoreThan(plan.ac, plan.n, acceptable),
    consumerRisk: probabilityOfAcceptance(plan, limiting),
  };
}

/** Distribution behind an OC curve; the type A curve of a small lot needs the lot size. */
export type CurveModel =
  | { readonly model: 'binomial' }
  | { readonly model: 'poisson' }
  | { readonly model: 'hypergeometric'; readonly lotSize: number };

/** One point of the OC curve. */
export interface CurvePoint {
  /** Fraction nonconforming, or nonconformities per 100 units under the Poisson model. */
  readonly quality: number;
  readonly pa: number;
}

/** Where the first term of a sum is smaller, the sum is taken on a scale on which it does not underflow. */
const LEAST_LOG_TERM = -650;
/** Up to this acceptance number the sum is faster than the incomplete beta function and cannot overflow. */
const LARGEST_SUM = 64;

/** Binomial P(count ≤ ac) as a function of p, by its sum, term after term; relative error below 1e-12. */
function binomialSum({ n, ac }: AcceptancePlan): (p: number) => number {
  if (ac >= n) return () => 1;
  const ratios = Float64Array.from({ length: ac }, (_, k) => (n - k) / (k + 1));
  return (p) => {
    if (p === 1) return 0;
    const logFirst = n * Math.log1p(-p);
    const logTerm = Math.max(logFirst, LEAST_LOG_TERM);
    const odds = p / (1 - p);
    let term = Math.exp(logTerm);
    let sum = term;
    for (let k = 0; k < ac; k += 1) {
      term *= ratios[k]! * odds;
      sum += term;
    }
    return Math.min(1, logFirst < LEAST_LOG_TERM ? sum * Math.exp(logFirst - LEAST_LOG_TERM) : sum);
  };
}

/**
 * OC curve at the given abscissae. For small lots use the type A curve: `qualities` are then whole numbers of
 * nonconforming units in the lot divided by N, and others are refused (`not-a-whole-number`).
 */
export function operatingCharacteristic(
  plan: AcceptancePlan,
  qualities: readonly number[],
  model: CurveModel,
): CurvePoint[] {
  if (model.model === 'binomial' && plan.ac <= LARGEST_SUM) {
    requirePlan(plan);
    const accept = binomialSum(plan);
    return qualities.map((quality) => ({ quality, pa: accept(requireProbability(quality, 'p', CLAUSE)) }));
  }
  return qualities.map((quality) => ({ quality, pa: probabilityOfAcceptance(plan, at(quality, model)) }));
}

function at(quality: number, model: CurveModel): LotQuality {
  requireFinite(quality, 'qualities', CLAUSE);
  switch (model.model) {
    case 'binomial':
      return { model: 'binomial', p: quality };
    case 'poisson':
      return { model: 'poisson', per100Units: quality };
    default:
      return { model: 'hypergeometric', lotSize: model.lotSize, nonconforming: wholeCount(quality, model.lotSize) };
  }
}

/** N·p as a whole number of units, forgiving only the rounding of the division that made p. */
export function wholeCount(fraction: number, lotSize: number): number {
  const count = fraction * lotSize;
  const nearest = Math.round(count);
  return Math.abs(count - nearest) <= 1e-9 * Math.max(1, nearest)
    ? nearest
    : requireWhole(count, 'lotSize × p', CLAUSE);
}
