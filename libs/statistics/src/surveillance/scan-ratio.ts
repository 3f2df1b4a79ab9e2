import { requireWhole, requireWithin } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';

const CLAUSE = 'Kulldorff 1997';

/** x ln(x/y) with 0 ln 0 = 0. */
function weighted(x: number, y: number): number {
  return x === 0 ? 0 : x * Math.log(x / y);
}

/** The logarithm of the Poisson likelihood ratio for c > e, unchecked. */
export function excessRatio(c: number, e: number, total: number): number {
  return weighted(c, e) + weighted(total - c, total - e);
}

/**
 * Logarithm of Kulldorff's Poisson likelihood ratio of a zone with `cases` of `totalCases`, where `expected` (on the scale on
 * which all expectations add up to the total) was due; 0 where there is no excess. Whole counts, 0 < expected ≤ totalCases.
 * Throws `StatisticsError` on other input.
 */
export function poissonScanRatio(cases: number, expected: number, totalCases: number): number {
  requireWhole(totalCases, 'totalCases', CLAUSE);
  requireWhole(cases, 'cases', CLAUSE, 0, totalCases);
  requireWithin(expected, 'expected', CLAUSE, 0, totalCases);
  if (cases <= expected) return 0;
  if (expected === 0) {
    refuse(
      'expected-zero',
      'expected',
      CLAUSE,
      '期望数为零的区域出现了病例，似然比无定义。',
      'Cases where none can be expected have no likelihood ratio.',
    );
  }
  return excessRatio(cases, expected, totalCases);
}

/**
 * Logarithm of the Bernoulli likelihood ratio of a zone with `cases` among its `size` units, of `totalCases` among `total`;
 * 0 where the zone's rate is not above the rate outside. Whole counts. Throws `StatisticsError` on other input.
 */
export function bernoulliScanRatio(cases: number, size: number, totalCases: number, total: number): number {
  requireWhole(total, 'total', CLAUSE, 1);
  requireWhole(totalCases, 'totalCases', CLAUSE, 0, total);
  requireWhole(size, 'size', CLAUSE, 0, total);
  requireWhole(cases, 'cases', CLAUSE, Math.max(0, totalCases - (total - size)), Math.min(size, totalCases));
  const outside = total - size;
  if (cases * outside <= (totalCases - cases) * size) return 0;
  const logLikelihood = (x: number, n: number): number => weighted(x, n) + weighted(n - x, n);
  return logLikelihood(cases, size) + logLikelihood(totalCases - cases, outside) - logLikelihood(totalCases, total);
}

/** p-value (R + 1)/(S + 1) when R of S simulated maxima reach the observed one. Whole 0 ≤ R ≤ S, S ≥ 1. */
export function monteCarloP(reached: number, replicates: number): number {
  requireWhole(replicates, 'replicates', 'Dwass 1957', 1);
  requireWhole(reached, 'reached', 'Dwass 1957', 0, replicates);
  return (reached + 1) / (replicates + 1);
}
