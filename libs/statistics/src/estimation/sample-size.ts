import {
  requireOpenProbability,
  requirePositive,
  requireProbability,
  requireRepresentable,
  requireWhole,
} from '../arguments.ts';
import { normalQuantile } from '../distributions/index.ts';

const CLAUSE = 'sample size for a proportion (Cochran 1977 4.4)';

/** Sample size before and after the finite population correction, and the whole number to draw. */
export interface ProportionSampleSize {
  readonly infinite: number;
  readonly finite: number;
  /** Units to draw: `finite` rounded up, never more than the population. */
  readonly n: number;
}

/**
 * Sample size to estimate a proportion near p within ± `margin` (absolute, as a fraction) at the given confidence:
 * n0 = z² p q / e², n = n0 / (1 + (n0 − 1)/N). z is the exact normal quantile, not 1.96. `population` N in units,
 * absent for a very large one. Throws `StatisticsError` on margin ≤ 0, p outside [0, 1], N < 1.
 */
export function sampleSizeForProportion(
  p: number,
  margin: number,
  confidence = 0.95,
  population?: number,
): ProportionSampleSize {
  requireProbability(p, 'p', CLAUSE);
  requirePositive(margin, 'margin', CLAUSE);
  requireOpenProbability(confidence, 'confidence', CLAUSE);
  const z = normalQuantile(0.5 + confidence / 2);
  const infinite = requireRepresentable((z * z * p * (1 - p)) / (margin * margin), 'margin', CLAUSE);
  if (population === undefined) {
    return { infinite, finite: infinite, n: roundUp(infinite) };
  }
  requireWhole(population, 'population', CLAUSE, 1);
  // A population of one unit leaves 0/0 where nothing varies.
  const finite = infinite === 0 ? 0 : infinite / (1 + (infinite - 1) / population);
  return { infinite, finite, n: Math.min(roundUp(finite), population) };
}

/** Rounds up, but not because of the last digits of the division; at least one unit. */
function roundUp(value: number): number {
  return Math.max(1, Math.ceil(value - 1e-9 * Math.max(1, value)));
}
