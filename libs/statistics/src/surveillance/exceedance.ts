import { requireList, requireOneOf, requirePositive, requireProbability, requireWhole } from '../arguments.ts';
import { poissonUpperTail } from '../distributions/index.ts';

/** P(X ≥ x), X ~ Poisson(expected): whole x ≥ 0, expected > 0. Throws `StatisticsError` on other input. */
export function poissonExceedance(x: number, expected: number): number {
  requireWhole(x, 'x', 'Poisson exceedance');
  requirePositive(expected, 'expected', 'Poisson exceedance');
  return x === 0 ? 1 : poissonUpperTail(x - 1, expected);
}

/** How p-values are adjusted for the number of tests. */
export type MultiplicityMethod = 'bonferroni' | 'holm' | 'benjamini-hochberg';

/**
 * p-values adjusted for the number of tests, in the order given: Bonferroni and Holm bound the probability of any false
 * signal, Benjamini–Hochberg the expected share of false signals. Throws `StatisticsError` on values outside [0, 1].
 * Source: Holm 1979; Benjamini & Hochberg 1995.
 */
export function adjustForMultiplicity(p: readonly number[], method: MultiplicityMethod): number[] {
  requireList(p, 'p', 'multiple testing');
  requireOneOf(method, ['bonferroni', 'holm', 'benjamini-hochberg'], 'method', 'multiple testing');
  p.forEach((value, i) => {
    requireProbability(value, `p[${i}]`, 'multiple testing');
  });
  const n = p.length;
  if (method === 'bonferroni') {
    return p.map((value) => Math.min(1, n * value));
  }
  const ascending = p.map((_, i) => i).sort((a, b) => p[a]! - p[b]!);
  const adjusted = new Array<number>(n).fill(1);
  let running = method === 'holm' ? 0 : 1;
  for (let step = 0; step < n; step += 1) {
    const rank = method === 'holm' ? step : n - 1 - step;
    const index = ascending[rank]!;
    running =
      method === 'holm' ? Math.max(running, (n - rank) * p[index]!) : Math.min(running, (n / (rank + 1)) * p[index]!);
    adjusted[index] = Math.min(1, running);
  }
  return adjusted;
}
