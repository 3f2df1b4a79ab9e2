import { requireFinite, requireOneOf, requireOpenProbability, requireWhole, requireWithin } from '../arguments.ts';
import {
  betaCdf,
  betaQuantile,
  noncentralTQuantile,
  noncentralTUpperTail,
  normalCdf,
  normalQuantile,
} from '../distributions/index.ts';
import { firstWhole } from '../estimation/intervals.ts';
import { requirePoints, type TwoPoints, tooLarge } from '../plan-design/single.ts';

const CLAUSE = 'GB/T 6378.1 (ISO 3951-1)';
const LARGEST_PLAN = 1_000_000;

/** Whether the process standard deviation is known (σ method) or estimated from the sample (s method). */
export type SigmaMethod = 'known' | 'unknown';

/** A variables plan of form k: accept when Q ≥ k. */
export interface VariablesPlan {
  readonly n: number;
  readonly k: number;
}

function requireSize(n: number, sigma: SigmaMethod, least: number): void {
  requireOneOf(sigma, ['known', 'unknown'], 'sigma', CLAUSE);
  requireWhole(n, 'n', CLAUSE, sigma === 'known' ? 1 : least);
}

/**
 * Probability that a normal process with fraction p beyond one specification limit (0 < p < 1) is accepted.
 * σ known: Φ(√n (z_{1−p} − k)); σ unknown: P(T > k√n), T noncentral t with n−1 degrees of freedom and noncentrality
 * √n z_{1−p}. n ≥ 1 (known) or ≥ 2 (unknown). Throws range errors. Source: ISO 3951-1 annex; Resnikoff & Lieberman 1957.
 */
export function variablesAcceptance(plan: VariablesPlan, p: number, sigma: SigmaMethod): number {
  requireSize(plan.n, sigma, 2);
  requireFinite(plan.k, 'k', CLAUSE);
  requireOpenProbability(p, 'p', CLAUSE);
  const root = Math.sqrt(plan.n);
  // z_{1−p} as −z_p keeps the digits of small p.
  const z = -normalQuantile(p);
  return sigma === 'known' ? normalCdf(root * (z - plan.k)) : noncentralTUpperTail(plan.k * root, plan.n - 1, root * z);
}

/**
 * Smallest variables plan through two points: k is set so that the producer's point holds exactly, n is the smallest
 * for which the consumer's point holds too. Throws `points-inconsistent`, `plan-too-large`, range errors.
 * Source: ISO 3951-1; same construction as R AcceptanceSampling find.plan.
 */
export function findVariablesPlan(points: TwoPoints, sigma: SigmaMethod): VariablesPlan {
  requireOneOf(sigma, ['known', 'unknown'], 'sigma', CLAUSE);
  requirePoints(points, CLAUSE);
  requireOpenProbability(points.producer.p, 'producer.p', CLAUSE);
  requireOpenProbability(points.consumer.p, 'consumer.p', CLAUSE);
  const acceptableZ = -normalQuantile(points.producer.p);
  const constant = (n: number): number => {
    const root = Math.sqrt(n);
    return sigma === 'known'
      ? acceptableZ - normalQuantile(points.producer.pa) / root
      : noncentralTQuantile(1 - points.producer.pa, n - 1, root * acceptableZ) / root;
  };
  const meets = (n: number): boolean =>
    variablesAcceptance({ n, k: constant(n) }, points.consumer.p, sigma) <= points.consumer.pa;
  const least = sigma === 'known' ? 1 : 2;
  let high = least;
  while (!meets(high)) {
    high *= 2;
    if (high > LARGEST_PLAN) {
      throw tooLarge(CLAUSE);
    }
  }
  const n = firstWhole(Math.max(least, Math.floor(high / 2)), high, meets);
  return { n, k: constant(n) };
}

/**
 * Estimated fraction beyond one limit from the quality statistic Q (negative when the mean lies beyond the limit).
 * σ known: Φ(−Q √(n/(n−1))), n ≥ 2; σ unknown: I_x(n/2−1, n/2−1), x = ½ − Q√n/(2(n−1)) held to [0, 1], n ≥ 3.
 * Throws range errors. Source: Lieberman & Resnikoff 1955; ISO 3951-2 annex (minimum-variance unbiased estimate).
 */
export function fractionFromQuality(q: number, n: number, sigma: SigmaMethod): number {
  requireFinite(q, 'q', CLAUSE);
  requireOneOf(sigma, ['known', 'unknown'], 'sigma', CLAUSE);
  requireWhole(n, 'n', CLAUSE, sigma === 'known' ? 2 : 3);
  if (sigma === 'known') {
    return normalCdf(-q * Math.sqrt(n / (n - 1)));
  }
  const x = Math.min(1, Math.max(0, 0.5 - (q * Math.sqrt(n)) / (2 * (n - 1))));
  return betaCdf(x, n / 2 - 1, n / 2 - 1);
}

/**
 * Acceptability constant k that corresponds to the maximum allowable fraction M (s method, n ≥ 3, 0 < M < 1):
 * k = (1 − 2·qbeta(M; n/2−1, n/2−1))(n−1)/√n. Throws range errors. Source: MIL-STD-414; ISO 3951-2.
 */
export function acceptabilityConstant(maximumFraction: number, n: number): number {
  requireOpenProbability(maximumFraction, 'maximumFraction', CLAUSE);
  requireWhole(n, 'n', CLAUSE, 3);
  return ((1 - 2 * betaQuantile(maximumFraction, n / 2 - 1, n / 2 - 1)) * (n - 1)) / Math.sqrt(n);
}

/**
 * Maximum allowable fraction M that corresponds to the acceptability constant k (s method): the inverse of
 * {@link acceptabilityConstant}; 0 once k ≥ (n−1)/√n. Throws range errors.
 */
export function maximumFraction(k: number, n: number): number {
  requireWithin(k, 'k', CLAUSE, -Number.MAX_VALUE, Number.MAX_VALUE);
  return fractionFromQuality(k, n, 'unknown');
}
