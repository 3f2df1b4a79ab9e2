import { requireOpenProbability, requireSampleWithinLot, requireWhole } from '../arguments.ts';
import { hypergeometricCdf, hypergeometricUpperTail } from '../distributions/index.ts';
import { firstWhole } from '../estimation/intervals.ts';
import type { DeclaredQualityDecision, DeclaredQualityPlan } from './large-population.ts';
import { sampleStatement } from './statement.ts';

const CLAUSE = 'GB/T 2828.11-2008';

/**
 * Audit of a small population (N ≤ 250 typically) whose declared number of nonconforming units is D0: more than L
 * nonconforming among n units drawn without replacement contradict the declaration. When n = N nothing is left to
 * chance: L is then the declared number itself.
 */
export interface SmallPopulationPlan extends DeclaredQualityPlan {
  readonly populationSize: number;
}

function requirePlan(plan: SmallPopulationPlan): void {
  requireSampleWithinLot(plan.n, plan.populationSize, CLAUSE);
  requireWhole(plan.limit, 'limit', CLAUSE);
}

/**
 * Decision after inspecting n of N units, or all of them. `declared` is D0. Throws range errors on d > n.
 * Source: GB/T 2828.11-2008 (d ≤ L does not contradict, d > L contradicts; census compared with D0 directly).
 */
export function decideSmallPopulation(
  plan: SmallPopulationPlan,
  declared: number,
  nonconforming: number,
): DeclaredQualityDecision & { readonly census: boolean } {
  requirePlan(plan);
  requireWhole(declared, 'declared', CLAUSE, 0, plan.populationSize);
  requireWhole(nonconforming, 'nonconforming', CLAUSE, 0, plan.n);
  const census = plan.n === plan.populationSize;
  const limit = census ? declared : plan.limit;
  const contradicted = nonconforming > limit;
  return { census, contradicted, statement: sampleStatement({ n: plan.n, limit }, nonconforming, contradicted) };
}

/**
 * Risk of contradicting a true declaration of D0 nonconforming units: P(X > L), X hypergeometric; 0 when L ≥ D0.
 * Throws `sample-larger-than-lot`, range errors.
 */
export function smallPopulationFalseContradiction(plan: SmallPopulationPlan, declared: number): number {
  requirePlan(plan);
  requireWhole(declared, 'declared', CLAUSE, 0, plan.populationSize);
  return hypergeometricUpperTail(plan.limit, plan.populationSize, declared, plan.n);
}

/** Probability of not contradicting when the population really holds `actual` nonconforming units. Throws as above. */
export function smallPopulationMiss(plan: SmallPopulationPlan, actual: number): number {
  requirePlan(plan);
  requireWhole(actual, 'actual', CLAUSE, 0, plan.populationSize);
  return hypergeometricCdf(plan.limit, plan.populationSize, actual, plan.n);
}

/**
 * Largest n > L with risk of false contradiction ≤ alpha; the whole population when L ≥ D0; null when no n qualifies
 * (small populations often have none at 5 %). Throws range errors.
 */
export function largestSmallPopulationSample(
  populationSize: number,
  declared: number,
  limit: number,
  alpha = 0.05,
): number | null {
  requireWhole(populationSize, 'populationSize', CLAUSE, 1);
  requireWhole(declared, 'declared', CLAUSE, 0, populationSize);
  requireWhole(limit, 'limit', CLAUSE);
  requireOpenProbability(alpha, 'alpha', CLAUSE);
  if (limit >= declared) {
    return populationSize;
  }
  const exceeds = (n: number): boolean => hypergeometricUpperTail(limit, populationSize, declared, n) > alpha;
  // L < D0 ≤ N: at n = N the D0 > L units are all found, so the condition holds at the end of the range.
  const first = firstWhole(limit + 1, populationSize, exceeds);
  return first === limit + 1 ? null : first - 1;
}

/**
 * Smallest number of nonconforming units that escapes contradiction with probability ≤ beta; null when even a wholly
 * nonconforming population escapes (n ≤ L). Throws `sample-larger-than-lot`, range errors.
 */
export function smallPopulationLimitingCount(plan: SmallPopulationPlan, beta = 0.1): number | null {
  requirePlan(plan);
  requireOpenProbability(beta, 'beta', CLAUSE);
  if (plan.n <= plan.limit) {
    return null;
  }
  return firstWhole(
    0,
    plan.populationSize,
    (D) => hypergeometricCdf(plan.limit, plan.populationSize, D, plan.n) <= beta,
  );
}
