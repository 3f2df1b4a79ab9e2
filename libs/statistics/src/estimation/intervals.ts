import {
  requireOpenProbability,
  requirePositive,
  requireRepresentable,
  requireSampleWithinLot,
  requireWhole,
  requireWithin,
} from '../arguments.ts';
import {
  betaQuantile,
  binomialPmf,
  binomialUpperTail,
  chiSquareQuantile,
  hypergeometricCdf,
  hypergeometricUpperTail,
  normalQuantile,
} from '../distributions/index.ts';
import { monotoneRoot } from '../distributions/special.ts';

const CLAUSE = 'confidence interval for a proportion';

/** Confidence limits, fractions in [0, 1] unless stated otherwise. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

function requireCount(x: number, n: number, confidence: number): void {
  requireWhole(n, 'n', CLAUSE, 1);
  requireWhole(x, 'x', CLAUSE, 0, n);
  requireOpenProbability(confidence, 'confidence', CLAUSE);
}

function twoSidedNormal(confidence: number): number {
  return normalQuantile(0.5 + confidence / 2);
}

/**
 * Wilson score interval for x of n units, the default of published rates. x whole, 0 ≤ x ≤ n, n ≥ 1; confidence in
 * (0, 1). Throws `StatisticsError` on other input. Source: Wilson 1927; Newcombe 1998 method 3.
 */
export function wilsonInterval(x: number, n: number, confidence = 0.95): Interval {
  requireCount(x, n, confidence);
  return wilsonFromEffectiveSize(x / n, n, twoSidedNormal(confidence));
}

/** Wilson interval for proportion p with a possibly fractional effective sample size and quantile z (> 0). */
export function wilsonFromEffectiveSize(p: number, n: number, z: number): Interval {
  requireWithin(p, 'p', CLAUSE, 0, 1);
  requirePositive(n, 'n', CLAUSE);
  requirePositive(z, 'z', CLAUSE);
  const square = z * z;
  const centre = p + square / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + square / (4 * n * n));
  const scale = 1 + square / n;
  return {
    lower: p === 0 ? 0 : Math.max(0, (centre - half) / scale),
    upper: p === 1 ? 1 : Math.min(1, (centre + half) / scale),
  };
}

/** Wilson interval with continuity correction. Input as {@link wilsonInterval}. Source: Newcombe 1998 method 4. */
export function wilsonContinuityInterval(x: number, n: number, confidence = 0.95): Interval {
  requireCount(x, n, confidence);
  const z = twoSidedNormal(confidence);
  const square = z * z;
  const p = x / n;
  const scale = 2 * (n + square);
  const lowerRoot = square - 2 - 1 / n + 4 * p * (n * (1 - p) + 1);
  const upperRoot = square + 2 - 1 / n + 4 * p * (n * (1 - p) - 1);
  return {
    lower: x === 0 ? 0 : Math.max(0, (2 * x + square - 1 - z * Math.sqrt(lowerRoot)) / scale),
    upper: x === n ? 1 : Math.min(1, (2 * x + square + 1 + z * Math.sqrt(upperRoot)) / scale),
  };
}

/**
 * Clopper–Pearson "exact" interval: at least the stated coverage for every p; the conservative choice where rights
 * depend on it. Input as {@link wilsonInterval}. Source: Clopper & Pearson 1934.
 */
export function clopperPearsonInterval(x: number, n: number, confidence = 0.95): Interval {
  requireCount(x, n, confidence);
  return clopperPearsonFromEffectiveSize(x, n, confidence);
}

/** The same for a possibly fractional count 0 ≤ x ≤ n, as effective sample sizes give. */
export function clopperPearsonFromEffectiveSize(x: number, n: number, confidence: number): Interval {
  requirePositive(n, 'n', CLAUSE);
  requireWithin(x, 'x', CLAUSE, 0, n);
  requireOpenProbability(confidence, 'confidence', CLAUSE);
  const tail = (1 - confidence) / 2;
  return {
    lower: x === 0 ? 0 : betaQuantile(tail, x, n - x + 1),
    upper: x === n ? 1 : 1 - betaQuantile(tail, n - x, x + 1),
  };
}

/** Jeffreys interval, limits 0 and 1 kept at the boundaries. Input as {@link wilsonInterval}. Source: Brown et al. 2001. */
export function jeffreysInterval(x: number, n: number, confidence = 0.95): Interval {
  requireCount(x, n, confidence);
  const tail = (1 - confidence) / 2;
  return {
    lower: x === 0 ? 0 : betaQuantile(tail, x + 0.5, n - x + 0.5),
    upper: x === n ? 1 : 1 - betaQuantile(tail, n - x + 0.5, x + 0.5),
  };
}

/** Mid-P interval: half the probability of x counts in each tail. Input as {@link wilsonInterval}. Source: Lancaster 1961. */
export function midPInterval(x: number, n: number, confidence = 0.95): Interval {
  requireCount(x, n, confidence);
  const tail = (1 - confidence) / 2;
  const above = (p: number): number => binomialUpperTail(x, n, p) + 0.5 * binomialPmf(x, n, p);
  return {
    lower: x === 0 ? 0 : monotoneRoot((p) => above(p) - tail, 0, 1),
    upper: x === n ? 1 : monotoneRoot((p) => above(p) - (1 - tail), 0, 1),
  };
}

/** Limits of a finite lot, as counts of units and as fractions of the lot. */
export interface LotInterval extends Interval {
  readonly lowerCount: number;
  readonly upperCount: number;
}

/**
 * Exact interval for the number of units with the property in a lot of `lotSize`, x of n drawn without replacement
 * having it: all D whose two one-sided tails both exceed (1−confidence)/2. Throws `sample-larger-than-lot` and range
 * errors. Source: hypergeometric test inversion (Katz 1953; Buonaccorsi 1987).
 */
export function hypergeometricInterval(x: number, n: number, lotSize: number, confidence = 0.95): LotInterval {
  requireSampleWithinLot(n, lotSize, CLAUSE);
  requireCount(x, n, confidence);
  const tail = (1 - confidence) / 2;
  const most = lotSize - n + x;
  // P(X ≥ x) rises and P(X ≤ x) falls with D.
  const lowerCount = x === 0 ? 0 : firstWhole(x, most, (D) => hypergeometricUpperTail(x - 1, lotSize, D, n) > tail);
  const beyond = firstWhole(x, most + 1, (D) => D > most || hypergeometricCdf(x, lotSize, D, n) <= tail);
  const upperCount = beyond - 1;
  return { lowerCount, upperCount, lower: lowerCount / lotSize, upper: upperCount / lotSize };
}

/** Smallest whole number in [from, to] at which a condition holds that stays true once true and is true at `to`. */
export function firstWhole(from: number, to: number, holds: (value: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/**
 * Exact interval for a rate of events per unit of exposure (for example per 10,000 units of equipment): whole events
 * ≥ 0, exposure > 0; limits in events per unit of exposure. Throws `StatisticsError` on other input.
 * Source: Garwood 1936.
 */
export function poissonRateInterval(
  events: number,
  exposure: number,
  confidence = 0.95,
): Interval & { readonly rate: number } {
  const clause = 'confidence interval for a rate (Garwood 1936)';
  requireWhole(events, 'events', clause);
  requirePositive(exposure, 'exposure', clause);
  requireOpenProbability(confidence, 'confidence', clause);
  const tail = (1 - confidence) / 2;
  return {
    rate: requireRepresentable(events / exposure, 'exposure', clause),
    lower: events === 0 ? 0 : chiSquareQuantile(tail, 2 * events) / 2 / exposure,
    upper: requireRepresentable(chiSquareQuantile(1 - tail, 2 * events + 2) / 2 / exposure, 'exposure', clause),
  };
}
