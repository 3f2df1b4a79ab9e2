import { requireOpenProbability, requireProbability, requireSampleWithinLot, requireWhole } from '../arguments.ts';
import { type LotQuality, probabilityOfMoreThan } from '../attribute-sampling/operating-characteristic.ts';
import { betaQuantile, binomialUpperTail, hypergeometricUpperTail } from '../distributions/index.ts';
import { firstWhole } from './intervals.ts';

const CLAUSE = 'detection power of a sample';

/**
 * Probability that n units contain more than `moreThan` (default 0: at least one) nonconforming units at the assumed
 * quality. Throws `sample-larger-than-lot` and range errors. Source: binomial, hypergeometric or Poisson tail.
 */
export function probabilityOfDetection(n: number, quality: LotQuality, moreThan = 0): number {
  return probabilityOfMoreThan(moreThan, n, quality);
}

/**
 * Smallest fraction nonconforming that n units reveal with probability `power` (0 < power < 1), that is
 * P(X > moreThan) = power: qbeta(power; c+1, n−c). Null when n ≤ moreThan and nothing can be revealed.
 */
export function minimumDetectableRate(n: number, power: number, moreThan = 0): number | null {
  requireWhole(n, 'n', CLAUSE, 1);
  requireWhole(moreThan, 'moreThan', CLAUSE);
  requireOpenProbability(power, 'power', CLAUSE);
  return n <= moreThan ? null : betaQuantile(power, moreThan + 1, n - moreThan);
}

/**
 * Smallest number of nonconforming units in a lot that n units drawn from it reveal with probability ≥ `power`;
 * null when even a wholly nonconforming lot cannot (n ≤ moreThan). Throws `sample-larger-than-lot`.
 */
export function minimumDetectableCount(n: number, lotSize: number, power: number, moreThan = 0): number | null {
  requireSampleWithinLot(n, lotSize, CLAUSE);
  requireWhole(moreThan, 'moreThan', CLAUSE);
  requireOpenProbability(power, 'power', CLAUSE);
  if (n <= moreThan) {
    return null;
  }
  return firstWhole(0, lotSize, (D) => hypergeometricUpperTail(moreThan, lotSize, D, n) >= power);
}

/**
 * Smallest n with P(X > moreThan) ≥ `power` at fraction nonconforming p in a large population; null when p = 0.
 * For moreThan = 0 this is ⌈ln(1−power)/ln(1−p)⌉, settled by the exact tail. Throws range errors.
 */
export function sampleSizeForDetection(p: number, power: number, moreThan = 0): number | null {
  requireProbability(p, 'p', CLAUSE);
  requireOpenProbability(power, 'power', CLAUSE);
  requireWhole(moreThan, 'moreThan', CLAUSE);
  if (p === 0) {
    return null;
  }
  let high = moreThan + 1;
  while (binomialUpperTail(moreThan, high, p) < power) {
    high *= 2;
  }
  return firstWhole(moreThan + 1, high, (n) => binomialUpperTail(moreThan, n, p) >= power);
}

/**
 * The same for a lot of `lotSize` units holding `nonconforming`; null when the lot does not hold more than
 * `moreThan`. Throws `out-of-range` when nonconforming > lotSize.
 */
export function sampleSizeForDetectionInLot(
  nonconforming: number,
  lotSize: number,
  power: number,
  moreThan = 0,
): number | null {
  requireWhole(lotSize, 'lotSize', CLAUSE, 1);
  requireWhole(nonconforming, 'nonconforming', CLAUSE, 0, lotSize);
  requireWhole(moreThan, 'moreThan', CLAUSE);
  requireOpenProbability(power, 'power', CLAUSE);
  if (nonconforming <= moreThan) {
    return null;
  }
  return firstWhole(1, lotSize, (n) => hypergeometricUpperTail(moreThan, lotSize, nonconforming, n) >= power);
}
