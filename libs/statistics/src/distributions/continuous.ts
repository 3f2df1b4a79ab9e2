import betaCdfStdlib from '@stdlib/stats-base-dists-beta-cdf';
import betaQuantileStdlib from '@stdlib/stats-base-dists-beta-quantile';
import normalCdfStdlib from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantileStdlib from '@stdlib/stats-base-dists-normal-quantile';
import {
  requireFinite,
  requireOpenProbability,
  requirePositive,
  requireProbability,
  requireRepresentable,
} from '../arguments.ts';
import { incompleteGamma, logGamma, monotoneRoot } from './special.ts';

const CLAUSE = 'GB/T 3358.1 (ISO 3534-1) continuous distributions';

/** ln of about the smallest number a double holds. */
const LEAST_LOGARITHM = -744;

/** Φ(z), the standard normal distribution function; finite z. The upper tail is Φ(−z). Throws on other input. */
export function normalCdf(z: number): number {
  requireFinite(z, 'z', CLAUSE);
  return normalCdfStdlib(z, 0, 1);
}

/** Standard normal density at z. */
export function normalDensity(z: number): number {
  requireFinite(z, 'z', CLAUSE);
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** z with Φ(z) = p, 0 < p < 1. Throws `StatisticsError` on other input. */
export function normalQuantile(p: number): number {
  requireOpenProbability(p, 'p', CLAUSE);
  return p <= 0.5 ? lowerNormalQuantile(p) : -lowerNormalQuantile(1 - p);
}

/** Quantile for p ≤ ½. The library's value loses digits below 1e-4 and is NaN below 1e-16: corrected in ln Φ. */
function lowerNormalQuantile(p: number): number {
  if (p > 1e-3) {
    return normalQuantileStdlib(p, 0, 1);
  }
  if (p > 1e-8) {
    const z = normalQuantileStdlib(p, 0, 1);
    return z - (normalCdfStdlib(z, 0, 1) - p) / normalDensity(z);
  }
  const target = Math.log(p);
  return monotoneRoot((z) => Math.log(normalCdfStdlib(z, 0, 1)) - target, -38.4, -5);
}

/** I_x(a, b), the distribution function of Beta(a, b); x in [0, 1], a, b > 0. Throws on other input. */
export function betaCdf(x: number, a: number, b: number): number {
  requireProbability(x, 'x', CLAUSE);
  requirePositive(a, 'a', CLAUSE);
  requirePositive(b, 'b', CLAUSE);
  return requireRepresentable(betaCdfStdlib(x, a, b), 'a, b', CLAUSE);
}

/** x with I_x(a, b) = p; p in [0, 1], a, b > 0. Throws `StatisticsError` on other input. */
export function betaQuantile(p: number, a: number, b: number): number {
  requireProbability(p, 'p', CLAUSE);
  requirePositive(a, 'a', CLAUSE);
  requirePositive(b, 'b', CLAUSE);
  return requireRepresentable(betaQuantileStdlib(p, a, b), 'a, b', CLAUSE);
}

/** P(T ≤ t), Student's t with df > 0 degrees of freedom (may be fractional). Throws on other input. */
export function tCdf(t: number, df: number): number {
  requireFinite(t, 't', CLAUSE);
  requirePositive(df, 'df', CLAUSE);
  const square = t * t;
  if (square < 1) {
    const central = requireRepresentable(0.5 * betaCdfStdlib(square / (df + square), 0.5, df / 2), 'df', CLAUSE);
    return t < 0 ? 0.5 - central : 0.5 + central;
  }
  const tail = requireRepresentable(0.5 * betaCdfStdlib(df / (df + square), df / 2, 0.5), 'df', CLAUSE);
  return t < 0 ? tail : 1 - tail;
}

/** t with P(T ≤ t) = p, 0 < p < 1, df > 0 (may be fractional). Throws `StatisticsError` on other input. */
export function tQuantile(p: number, df: number): number {
  requireOpenProbability(p, 'p', CLAUSE);
  requirePositive(df, 'df', CLAUSE);
  if (p === 0.5) {
    return 0;
  }
  const sign = p < 0.5 ? -1 : 1;
  const tail = p < 0.5 ? p : 1 - p;
  if (tail < 0.25) {
    const x = betaQuantileStdlib(2 * tail, df / 2, 0.5);
    return requireRepresentable(sign * Math.sqrt((df * (1 - x)) / x), 'df', CLAUSE);
  }
  const y = betaQuantileStdlib(1 - 2 * tail, 0.5, df / 2);
  return requireRepresentable(sign * Math.sqrt((df * y) / (1 - y)), 'df', CLAUSE);
}

/** P(X ≤ x), Gamma(shape, rate); x ≥ 0, shape, rate > 0. Throws `StatisticsError` on other input. */
export function gammaCdf(x: number, shape: number, rate: number): number {
  requireFinite(x, 'x', CLAUSE);
  requirePositive(shape, 'shape', CLAUSE);
  requirePositive(rate, 'rate', CLAUSE);
  return incompleteGamma(shape, x * rate).lower;
}

/** P(X > x), Gamma(shape, rate). Input as {@link gammaCdf}. */
export function gammaUpperTail(x: number, shape: number, rate: number): number {
  requireFinite(x, 'x', CLAUSE);
  requirePositive(shape, 'shape', CLAUSE);
  requirePositive(rate, 'rate', CLAUSE);
  return incompleteGamma(shape, x * rate).upper;
}

/**
 * x with P(X ≤ x) = p, Gamma(shape, rate), 0 ≤ p < 1; 0 where it lies below the smallest number, as it does for p = 1e-10 and
 * shape 0.001. Throws `StatisticsError` on other input.
 */
export function gammaQuantile(p: number, shape: number, rate: number): number {
  requirePositive(shape, 'shape', CLAUSE);
  requirePositive(rate, 'rate', CLAUSE);
  if (p === 0) {
    return 0;
  }
  requireOpenProbability(p, 'p', CLAUSE);
  // Solved in ln x, because small shapes put the quantile hundreds of powers of ten below 1.
  const byLower = p < 0.5;
  const target = byLower ? Math.log(p) : Math.log1p(-p);
  const distance = (logX: number): number => {
    const tails = incompleteGamma(shape, Math.exp(logX));
    const reached = Math.log(byLower ? tails.lower : tails.upper);
    return byLower ? reached - target : target - reached;
  };
  // P(shape, x) ≤ x^shape / Γ(shape+1) bounds the root from below.
  const low = Math.max(Math.min((Math.log(p) + logGamma(shape + 1)) / shape, Math.log(shape)) - 1, LEAST_LOGARITHM);
  if (distance(low) >= 0) return 0;
  let high = Math.log(shape + 1) + 1;
  while (distance(high) < 0) {
    high += 1;
  }
  return requireRepresentable(Math.exp(monotoneRoot(distance, low, high)) / rate, 'rate', CLAUSE);
}

/** P(X ≤ x), χ² with df > 0 degrees of freedom. Throws `StatisticsError` on other input. */
export function chiSquareCdf(x: number, df: number): number {
  requirePositive(df, 'df', CLAUSE);
  return gammaCdf(x, df / 2, 0.5);
}

/** P(X > x), χ² with df > 0 degrees of freedom. Throws `StatisticsError` on other input. */
export function chiSquareUpperTail(x: number, df: number): number {
  requirePositive(df, 'df', CLAUSE);
  return gammaUpperTail(x, df / 2, 0.5);
}

/** x with P(X ≤ x) = p, χ² with df > 0 degrees of freedom, 0 ≤ p < 1. Throws `StatisticsError` on other input. */
export function chiSquareQuantile(p: number, df: number): number {
  requirePositive(df, 'df', CLAUSE);
  return gammaQuantile(p, df / 2, 0.5);
}

/** P(X ≤ x), F with df1, df2 > 0 degrees of freedom. Throws `StatisticsError` on other input. */
export function fCdf(x: number, df1: number, df2: number): number {
  requireFinite(x, 'x', CLAUSE);
  requirePositive(df1, 'df1', CLAUSE);
  requirePositive(df2, 'df2', CLAUSE);
  if (x <= 0) return 0;
  return requireRepresentable(betaCdfStdlib((df1 * x) / (df1 * x + df2), df1 / 2, df2 / 2), 'df1, df2', CLAUSE);
}

/** P(X > x), F with df1, df2 > 0 degrees of freedom. Throws `StatisticsError` on other input. */
export function fUpperTail(x: number, df1: number, df2: number): number {
  requireFinite(x, 'x', CLAUSE);
  requirePositive(df1, 'df1', CLAUSE);
  requirePositive(df2, 'df2', CLAUSE);
  if (x <= 0) return 1;
  return requireRepresentable(betaCdfStdlib(df2 / (df1 * x + df2), df2 / 2, df1 / 2), 'df1, df2', CLAUSE);
}

/** x with P(X ≤ x) = p, F with df1, df2 > 0 degrees of freedom, 0 < p < 1. Throws `StatisticsError` otherwise. */
export function fQuantile(p: number, df1: number, df2: number): number {
  requireOpenProbability(p, 'p', CLAUSE);
  requirePositive(df1, 'df1', CLAUSE);
  requirePositive(df2, 'df2', CLAUSE);
  const x = betaQuantileStdlib(p, df1 / 2, df2 / 2);
  if (x < 0.5) {
    return requireRepresentable((df2 * x) / (df1 * (1 - x)), 'df1, df2', CLAUSE);
  }
  const y = betaQuantileStdlib(1 - p, df2 / 2, df1 / 2);
  return requireRepresentable((df2 * (1 - y)) / (df1 * y), 'df1, df2', CLAUSE);
}
