import { Decimal } from 'decimal.js';
import {
  requireFinite,
  requireList,
  requireOpenProbability,
  requirePositive,
  requireProbability,
  requireRepresentable,
  requireWhole,
  requireWithin,
} from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';
import { binomialCdf, binomialPmf } from '../distributions/index.ts';
import { clopperPearsonInterval } from '../estimation/index.ts';

const A3_CLAUSE = 'NCSLI RP-1 method A3';

/** Results of the calibrations made at one interval. */
export interface IntervalTest {
  /** Found in tolerance, of `n`. */
  readonly inTolerance: number;
  readonly n: number;
  /** Present interval, in any unit of time. */
  readonly interval: number;
  /** Reliability aimed at, in (0, 1). */
  readonly target: number;
  /** Confidence from which the interval is changed, and of the reliability limits; 0.5 by default. */
  readonly confidence?: number;
  /** Largest factor of change; 2 by default. */
  readonly mostChange?: number;
}

/** What the evidence says of the present interval, and the interval to use from now on. */
export interface IntervalTestResult {
  /** The present interval where the evidence does not suffice to change it. */
  readonly interval: number;
  readonly changed: boolean;
  /** Confidence with which the present interval is rejected, never below 0. */
  readonly rejectionConfidence: number;
  readonly observed: number;
  /** Two-sided limits of the true reliability. */
  readonly lower: number;
  readonly upper: number;
}

function rejection(k: number, n: number, target: number): number {
  if (k === 0 || k === n) return 1 - binomialPmf(k, n, target);
  const below = binomialCdf(k, n, target);
  return k / n > target ? below - 1 : 1 - 2 * below;
}

/**
 * Tests an interval against the reliability target and shortens or lengthens it: Q = 1 − 2F(k; n, target) below the target,
 * new interval I·10^{(R−target)Q} but not under I/mostChange; above it only when all were in tolerance,
 * I·10^{(R−target)/(1−Q)} up to I·mostChange. Throws `StatisticsError` on impossible counts or settings.
 */
export function testInterval(test: IntervalTest): IntervalTestResult {
  const { inTolerance, n, interval, target, confidence = 0.5, mostChange = 2 } = test;
  requireWhole(n, 'n', A3_CLAUSE, 1);
  requireWhole(inTolerance, 'inTolerance', A3_CLAUSE, 0, n);
  requirePositive(interval, 'interval', A3_CLAUSE);
  requireOpenProbability(target, 'target', A3_CLAUSE);
  requireOpenProbability(confidence, 'confidence', A3_CLAUSE);
  requireWithin(mostChange, 'mostChange', A3_CLAUSE, 1, 100);
  const observed = inTolerance / n;
  const q = rejection(inTolerance, n, target);
  const factor =
    observed > target
      ? Math.min(mostChange, q === 1 ? mostChange : 10 ** ((observed - target) / (1 - q)))
      : Math.max(1 / mostChange, 10 ** ((observed - target) * q));
  const changed = q > confidence;
  return {
    interval: changed ? factor * interval : interval,
    changed,
    rejectionConfidence: Math.max(0, q),
    observed,
    ...clopperPearsonInterval(inTolerance, n, confidence),
  };
}

/**
 * Interval at which an exponential reliability R(t) = exp(−λt), observed at the present interval, reaches the target:
 * t ln(target)/ln(R). Null when everything was in tolerance: the data set no bound. R in (0, 1], target in (0, 1).
 */
export function exponentialInterval(interval: number, observed: number, target: number): number | null {
  const clause = 'ILAC-G24, exponential reliability';
  requirePositive(interval, 'interval', clause);
  requirePositive(observed, 'observed', clause);
  requireProbability(observed, 'observed', clause);
  requireOpenProbability(target, 'target', clause);
  return observed === 1 ? null : (interval * Math.log(target)) / Math.log(observed);
}

/** A laboratory's policy of automatic adjustment; the document leaves the numbers to it. */
export interface StaircasePolicy {
  /** Factor ≥ 1 after a calibration in tolerance. */
  readonly increase: number;
  /** Factor in (0, 1] after one out of tolerance. */
  readonly decrease: number;
  readonly min: number;
  readonly max: number;
}

/** Interval after a history of calibrations, each step kept within the limits. Source: ILAC-G24 method 1. */
export function staircaseInterval(
  interval: number,
  history: readonly ('in' | 'out')[],
  policy: StaircasePolicy,
): number {
  const clause = 'ILAC-G24:2022 method 1';
  requirePositive(interval, 'interval', clause);
  requireList(history, 'history', clause);
  requireWithin(policy.increase, 'increase', clause, 1, 100);
  requirePositive(policy.decrease, 'decrease', clause);
  requireWithin(policy.decrease, 'decrease', clause, 0, 1);
  requirePositive(policy.min, 'min', clause);
  requireWithin(policy.max, 'max', clause, policy.min, Number.MAX_VALUE);
  return history.reduce((current, result, i) => {
    if (result !== 'in' && result !== 'out') {
      refuse('result-unknown', `history[${i}]`, clause, '结果应为 in 或 out。', 'A result is "in" or "out".');
    }
    const next = current * (result === 'in' ? policy.increase : policy.decrease);
    return Math.min(policy.max, Math.max(policy.min, next));
  }, interval);
}

/** An instrument that drifts steadily, in the unit of the measurand. */
export interface SteadyDrift {
  /** Error at calibration. */
  readonly error: number;
  /** Drift per unit of time. */
  readonly slope: number;
  /** Standard uncertainty. */
  readonly u: number;
  /** Maximum permissible error, > 0. */
  readonly mpe: number;
  /** Coverage factor; 2 by default. */
  readonly k?: number;
}

/** Time until |error + slope·t| reaches MPE − k·u; 0 when it already does, null when it never will. */
export function driftInterval({ error, slope, u, mpe, k = 2 }: SteadyDrift): number | null {
  const clause = 'ILAC-G24:2022, drift';
  requireFinite(error, 'error', clause);
  requireFinite(slope, 'slope', clause);
  requireWithin(u, 'u', clause, 0, Number.MAX_VALUE);
  requirePositive(mpe, 'mpe', clause);
  requirePositive(k, 'k', clause);
  const room = mpe - k * u;
  if (Math.abs(error) >= room) return 0;
  if (slope === 0) return null;
  return requireRepresentable((room - Math.sign(slope) * error) / Math.abs(slope), 'slope', clause);
}

/** Uncertainty against the permissible error; adequate up to a third. U ≥ 0, MPE > 0. Source: JJF 1094-2002 5.3.1. */
export function uncertaintyRatio(mpe: number, expandedUncertainty: number): { ratio: number; adequate: boolean } {
  const clause = 'JJF 1094-2002 5.3.1';
  requirePositive(mpe, 'mpe', clause);
  requireWithin(expandedUncertainty, 'expandedUncertainty', clause, 0, Number.MAX_VALUE);
  // In decimals, so that 0.1 is a third of 0.3
  const ratio = requireRepresentable(expandedUncertainty / mpe, 'mpe', clause);
  return { ratio, adequate: new Decimal(expandedUncertainty).times(3).lte(mpe) };
}
