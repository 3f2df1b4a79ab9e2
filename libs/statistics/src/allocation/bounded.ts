import { requireFinite, requireList, requireWithin } from '../arguments.ts';
import { StatisticsError } from '../errors.ts';

const CLAUSE = 'bounded allocation (Wesołowski, Wieczorkowski & Wójciak 2022; stratallo)';

/** Least and greatest sample size of each stratum; `max` may be Infinity. */
export interface Bounds {
  readonly min: readonly number[];
  readonly max: readonly number[];
}

/** Refuses n outside [Σ min, Σ max] or a minimum above its maximum; throws `allocation-infeasible`. */
export function requireFeasible(n: number, bounds: Bounds, clause: string): void {
  const least = bounds.min.reduce((sum, value) => sum + value, 0);
  const most = bounds.max.reduce((sum, value) => sum + value, 0);
  const crossed = bounds.min.findIndex((value, h) => value > bounds.max[h]!);
  if (n < least || n > most || crossed >= 0) {
    throw new StatisticsError({
      code: 'allocation-infeasible',
      argument: crossed >= 0 ? `min[${crossed}]` : 'n',
      clause,
      zh: `总样本量 ${n} 无法满足各层下限之和 ${least} 与上限之和 ${most}`,
      en: `a total of ${n} cannot satisfy minimum quotas of ${least} and maximum quotas of ${most}`,
    });
  }
}

/**
 * Real allocation that minimises Σ A_h²/n_h subject to Σ n_h = n and min_h ≤ n_h ≤ max_h, where A_h = N_h S_h (or
 * N_h S_h/√c_h). The solution is n_h = clamp(t·A_h, min_h, max_h); t is found exactly on the piecewise linear sum.
 * A stratum at its maximum (census) frees its share for the others. Units that only strata with A_h = 0 can take are
 * spread over these in proportion to their room.
 * Throws `allocation-infeasible`, `length-mismatch`, range errors on negative or NaN input.
 */
export function boundedAllocation(n: number, importance: readonly number[], bounds: Bounds): number[] {
  requireFinite(n, 'n', CLAUSE);
  requireList(importance, 'importance', CLAUSE);
  requireList(bounds.min, 'min', CLAUSE, importance.length);
  requireList(bounds.max, 'max', CLAUSE, importance.length);
  importance.forEach((value, h) => {
    requireWithin(value, `importance[${h}]`, CLAUSE, 0, Number.MAX_VALUE);
    requireWithin(bounds.min[h]!, `min[${h}]`, CLAUSE, 0, Number.MAX_VALUE);
    if (bounds.max[h] !== Number.POSITIVE_INFINITY) requireFinite(bounds.max[h]!, `max[${h}]`, CLAUSE);
  });
  requireFeasible(n, bounds, CLAUSE);
  const at = (t: number): number[] =>
    importance.map((value, h) => Math.min(Math.max(t * value, bounds.min[h]!), bounds.max[h]!));
  const total = (t: number): number => at(t).reduce((sum, value) => sum + value, 0);
  const breakpoints = importance
    .flatMap((value, h) => (value > 0 ? [bounds.min[h]! / value, bounds.max[h]! / value] : []))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const next = breakpoints.find((t) => total(t) >= n);
  const from = breakpoints.filter((t) => total(t) <= n).at(-1) ?? 0;
  const growing = growthAfter(from, importance, bounds);
  if (next === undefined && growing === 0) {
    return spreadOverUnimportant(n, at(breakpoints.at(-1) ?? 0), importance, bounds);
  }
  return at(growing === 0 ? from : from + (n - total(from)) / growing);
}

/** Slope of the total just above t: the importance of the strata that are strictly between their bounds there. */
function growthAfter(t: number, importance: readonly number[], bounds: Bounds): number {
  return importance.reduce(
    (sum, value, h) => (value > 0 && t >= bounds.min[h]! / value && t < bounds.max[h]! / value ? sum + value : sum),
    0,
  );
}

function spreadOverUnimportant(
  n: number,
  filled: readonly number[],
  importance: readonly number[],
  bounds: Bounds,
): number[] {
  const left = n - filled.reduce((sum, value) => sum + value, 0);
  const room = importance.map((value, h) => (value === 0 ? bounds.max[h]! - bounds.min[h]! : 0));
  const unbounded = room.filter((value) => value === Number.POSITIVE_INFINITY).length;
  if (unbounded > 0) {
    return filled.map((value, h) => (room[h] === Number.POSITIVE_INFINITY ? value + left / unbounded : value));
  }
  const space = room.reduce((sum, value) => sum + value, 0);
  return filled.map((value, h) => (space > 0 ? value + (left * room[h]!) / space : value));
}
