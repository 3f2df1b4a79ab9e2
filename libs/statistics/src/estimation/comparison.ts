import { requireWhole } from '../arguments.ts';
import { hypergeometricPmf } from '../distributions/index.ts';
import { wilsonInterval } from './intervals.ts';

const CLAUSE = 'comparison of two proportions';
/** Tables as probable as the observed one up to rounding count as equally extreme. */
const TIE = 1 + 1e-7;

/** Comparison of x1 of n1 with x2 of n2. */
export interface ProportionComparison {
  /** Two-sided p-value of Fisher's exact test (tables no more probable than the observed one). */
  readonly fisherP: number;
  /** p1 − p2. */
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Compares two independent samples: Fisher's exact test and Newcombe's hybrid score interval for p1 − p2.
 * Whole counts, 0 ≤ x ≤ n, n ≥ 1. Throws `StatisticsError` on other input. Source: Fisher 1935; Newcombe 1998 method 10.
 */
export function compareProportions(
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  confidence = 0.95,
): ProportionComparison {
  requireWhole(n1, 'n1', CLAUSE, 1);
  requireWhole(n2, 'n2', CLAUSE, 1);
  requireWhole(x1, 'x1', CLAUSE, 0, n1);
  requireWhole(x2, 'x2', CLAUSE, 0, n2);
  const first = wilsonInterval(x1, n1, confidence);
  const second = wilsonInterval(x2, n2, confidence);
  const p1 = x1 / n1;
  const p2 = x2 / n2;
  const difference = p1 - p2;
  return {
    fisherP: fisherTwoSided(x1, n1, x1 + x2, n1 + n2),
    difference,
    lower: difference - Math.hypot(p1 - first.lower, second.upper - p2),
    upper: difference + Math.hypot(first.upper - p1, p2 - second.lower),
  };
}

function fisherTwoSided(x: number, n: number, having: number, total: number): number {
  const observed = hypergeometricPmf(x, total, having, n) * TIE;
  let p = 0;
  for (let k = Math.max(0, n + having - total); k <= Math.min(n, having); k += 1) {
    const probability = hypergeometricPmf(k, total, having, n);
    p += probability <= observed ? probability : 0;
  }
  return Math.min(1, p);
}
