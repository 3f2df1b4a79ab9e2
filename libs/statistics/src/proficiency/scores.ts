import { requireFinite, requirePositive, requireRepresentable, requireWithin } from '../arguments.ts';
import { decimalOf } from '../conformity/decimal.ts';

const CLAUSE = 'ISO 13528:2022 9';

/** How a score is read. */
export type ScoreClass = 'acceptable' | 'warning' | 'action';

/** What a participant and the organiser state; numbers in one unit. */
export interface ScoreInput {
  /** Participant's result. */
  readonly x: number;
  /** Assigned value. */
  readonly assigned: number;
  /** Standard deviation for proficiency assessment, above 0. */
  readonly sigma: number;
  /** Standard uncertainty of the assigned value, 0 or more. */
  readonly uAssigned: number;
  /** Expanded uncertainty of the assigned value, for E_n. */
  readonly expandedAssigned?: number;
  /** Participant's expanded uncertainty with its coverage factor, for ζ and E_n. */
  readonly expanded?: number;
  readonly coverageFactor?: number;
}

/** All scores that the input allows; null where an uncertainty is missing. */
export interface Scores {
  readonly D: number;
  /** D in percent of the assigned value; null when that is 0. */
  readonly Dpercent: number | null;
  readonly z: number;
  readonly zPrime: number;
  readonly zeta: number | null;
  readonly En: number | null;
  /** Whether u(x_pt) is small enough for z; otherwise z′ is the score to use. */
  readonly uncertaintyNegligible: boolean;
}

/**
 * Scores of a participant: D, D %, z, z′, ζ (with u = U/k) and E_n.
 * Throws `not-a-number`, `not-positive` (sigma, U, k), `out-of-range` (negative uncertainty).
 * Source: ISO 13528:2022 9.3–9.7.
 */
export function scores(input: ScoreInput): Scores {
  const x = requireFinite(input.x, 'x', CLAUSE);
  const assigned = requireFinite(input.assigned, 'assigned', CLAUSE);
  const sigma = requirePositive(input.sigma, 'sigma', CLAUSE);
  const uAssigned = requireWithin(input.uAssigned, 'uAssigned', CLAUSE, 0, Number.MAX_VALUE);
  const D = x - assigned;
  const { expanded, coverageFactor, expandedAssigned } = input;
  if (expanded !== undefined) requirePositive(expanded, 'expanded', CLAUSE);
  if (coverageFactor !== undefined) requirePositive(coverageFactor, 'coverageFactor', CLAUSE);
  if (expandedAssigned !== undefined) {
    requireWithin(expandedAssigned, 'expandedAssigned', CLAUSE, 0, Number.MAX_VALUE);
  }
  requireRepresentable((100 * D) / (assigned || 1), 'x', CLAUSE);
  return {
    D,
    Dpercent: assigned === 0 ? null : (100 * D) / assigned,
    z: requireRepresentable(D / sigma, 'sigma', CLAUSE),
    zPrime: D / Math.hypot(sigma, uAssigned),
    zeta:
      expanded === undefined || coverageFactor === undefined
        ? null
        : D / Math.hypot(expanded / coverageFactor, uAssigned),
    En: expanded === undefined || expandedAssigned === undefined ? null : D / Math.hypot(expanded, expandedAssigned),
    uncertaintyNegligible: uncertaintyNegligible(uAssigned, sigma),
  };
}

/** Reads z, z′ or ζ: |z| up to 2 acceptable, from 3 action, between a warning. Source: ISO 13528:2022 9.4.2. */
export function classifyZ(z: number): ScoreClass {
  const size = Math.abs(requireFinite(z, 'z', 'ISO 13528:2022 9.4.2'));
  return size <= 2 ? 'acceptable' : size < 3 ? 'warning' : 'action';
}

/** Reads E_n: action from 1.0 in either direction. Source: ISO 13528:2022 9.7. */
export function classifyEn(En: number): ScoreClass {
  return Math.abs(requireFinite(En, 'En', 'ISO 13528:2022 9.7')) < 1 ? 'acceptable' : 'action';
}

/**
 * Whether u(x_pt) < 0.3 σ_pt, so that z may be used; compared in decimal. Both in one unit.
 * Throws `out-of-range`, `not-positive`. Source: ISO 13528:2022 9.2.1.
 */
export function uncertaintyNegligible(uAssigned: number, sigma: number): boolean {
  requireWithin(uAssigned, 'uAssigned', 'ISO 13528:2022 9.2.1', 0, Number.MAX_VALUE);
  requirePositive(sigma, 'sigma', 'ISO 13528:2022 9.2.1');
  return decimalOf(uAssigned).lessThan(decimalOf(sigma).times('0.3'));
}

/**
 * Reproducibility standard deviation expected by the Horwitz function as modified by Thompson, as a mass fraction.
 * `massFraction` in (0, 1], for example 1.2e-6 for 1.2 mg/kg. Throws `not-positive`, `out-of-range`.
 * Source: ISO 13528:2022 8.4, formula (8).
 */
export function horwitz(massFraction: number): number {
  requirePositive(massFraction, 'massFraction', 'ISO 13528:2022 8.4');
  requireWithin(massFraction, 'massFraction', 'ISO 13528:2022 8.4', 0, 1);
  if (massFraction < 1.2e-7) return 0.22 * massFraction;
  return massFraction <= 0.138 ? 0.02 * massFraction ** 0.8495 : 0.01 * Math.sqrt(massFraction);
}

/**
 * σ_pt from the reproducibility and repeatability of a method for means of `m` replicates: √(sR² − sr²(1−1/m)).
 * Throws `not-positive`, `out-of-range` when sr is negative or above sR, or m is below 1. Source: ISO 13528:2022 8.5.
 */
export function sigmaFromPrecision(sR: number, sr: number, m: number): number {
  requirePositive(sR, 'sR', 'ISO 13528:2022 8.5');
  requireWithin(sr, 'sr', 'ISO 13528:2022 8.5', 0, sR);
  requireWithin(m, 'm', 'ISO 13528:2022 8.5', 1, Number.MAX_SAFE_INTEGER);
  return requireRepresentable(Math.sqrt(sR * sR - sr * sr * (1 - 1 / m)), 'sR', 'ISO 13528:2022 8.5');
}
