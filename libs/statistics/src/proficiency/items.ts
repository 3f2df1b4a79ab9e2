import { requirePositive, requireWhole, requireWithin } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';
import { chiSquareQuantile, fQuantile } from '../distributions/continuous.ts';
import { algorithmA } from './robust.ts';
import { mean, measurements, standardDeviation } from './sample.ts';

const HOMOGENEITY = 'ISO 13528:2022 B.2, B.3';

/** Homogeneity of proficiency test items; all in the unit of the results. */
export interface Homogeneity {
  readonly mean: number;
  /** Standard deviation of the item means. */
  readonly sx: number;
  /** Within-item standard deviation. */
  readonly sw: number;
  /** Between-item standard deviation, 0 when its estimate is negative. */
  readonly ss: number;
  /** 0.3 σ_pt. */
  readonly criterion: number;
  readonly sufficient: boolean;
  /** Criterion that allows for the sampling error of the check; null when the items were not measured in duplicate. */
  readonly expandedCriterion: number | null;
  readonly sufficientExpanded: boolean | null;
}

/**
 * Factors F1 and F2 of the expanded homogeneity criterion for `g` items measured in duplicate (g at least 2), unrounded; the
 * standard prints two decimals. Source: ISO 13528:2022 B.2.3, Table B.1.
 */
export function homogeneityFactors(g: number): { readonly F1: number; readonly F2: number } {
  requireWhole(g, 'g', 'ISO 13528:2022 B.2.3', 2);
  return { F1: chiSquareQuantile(0.95, g - 1) / (g - 1), F2: (fQuantile(0.95, g - 1, g) - 1) / 2 };
}

/**
 * Homogeneity check of `results`: one row per item, all rows of the same length m ≥ 2, at least 2 items; `sigma` is σ_pt > 0.
 * Throws `too-few-values`, `replicates-differ`, `not-a-number`, `not-positive`. Source: ISO 13528:2022 B.2, B.3.
 */
export function homogeneity(results: readonly (readonly number[])[], sigma: number): Homogeneity {
  requirePositive(sigma, 'sigma', HOMOGENEITY);
  const m = results[0]?.length ?? 0;
  if (results.length < 2 || m < 2) {
    refuse(
      'too-few-values',
      'results',
      HOMOGENEITY,
      '至少两件样品，各测两次。',
      'At least two items, each measured twice.',
    );
  }
  if (results.some((row) => row.length !== m)) {
    refuse(
      'replicates-differ',
      'results',
      HOMOGENEITY,
      '各样品重复次数应相同。',
      'All items need the same replicates.',
    );
  }
  const rows = results.map((row) => measurements(row, 2, 'results', HOMOGENEITY));
  const means = rows.map(mean);
  const sx = standardDeviation(means);
  const within = mean(rows.map((row) => standardDeviation(row) ** 2));
  const ss = Math.sqrt(Math.max(0, sx * sx - within / m));
  const criterion = 0.3 * sigma;
  const factors = m === 2 ? homogeneityFactors(rows.length) : null;
  const expanded = factors === null ? null : Math.sqrt(factors.F1 * criterion * criterion + factors.F2 * within);
  return {
    mean: mean(means),
    sx,
    sw: Math.sqrt(within),
    ss,
    criterion,
    sufficient: ss <= criterion,
    expandedCriterion: expanded,
    sufficientExpanded: expanded === null ? null : ss <= expanded,
  };
}

/** Stability of items between two times, in the unit of the results. */
export interface Stability {
  readonly mean1: number;
  readonly mean2: number;
  /** Absolute difference of the means. */
  readonly difference: number;
  readonly stable: boolean;
}

/**
 * Compares the mean of results `before` the round with the mean `after`; stable when they differ by at most 0.3 `sigma`.
 * Throws `too-few-values`, `not-a-number`, `not-positive`. Source: ISO 13528:2022 B.5.
 */
export function stability(before: readonly number[], after: readonly number[], sigma: number): Stability {
  const clause = 'ISO 13528:2022 B.5';
  requirePositive(sigma, 'sigma', clause);
  const mean1 = mean(measurements(before, 1, 'before', clause));
  const mean2 = mean(measurements(after, 1, 'after', clause));
  const difference = Math.abs(mean1 - mean2);
  return { mean1, mean2, difference, stable: difference <= 0.3 * sigma };
}

/** An assigned value with its standard uncertainty, in the unit of the results. */
export interface AssignedValue {
  readonly assigned: number;
  readonly u: number;
}

/**
 * Assigned value from a certified reference material measured beside the items: certified value plus mean difference.
 * `differences` (at least 2) and `certified`, `uCertified` ≥ 0 in one unit. Throws `too-few-values`, `out-of-range`.
 * Source: ISO 13528:2022 7.5.
 */
export function assignedFromReferenceMaterial(
  differences: readonly number[],
  certified: number,
  uCertified: number,
): AssignedValue & { readonly meanDifference: number } {
  const clause = 'ISO 13528:2022 7.5';
  const values = measurements(differences, 2, 'differences', clause);
  const [centre] = measurements([certified], 1, 'certified', clause);
  requireWithin(uCertified, 'uCertified', clause, 0, Number.MAX_VALUE);
  const meanDifference = mean(values);
  return {
    meanDifference,
    assigned: (centre ?? certified) + meanDifference,
    u: Math.hypot(uCertified, standardDeviation(values) / Math.sqrt(values.length)),
  };
}

/**
 * Assigned value by consensus of the participants: Algorithm A with u = 1.25 s*∕√p. At least 3 results.
 * Throws `degenerate-scale` when more than half agree exactly, and the errors of Algorithm A. Source: ISO 13528:2022 7.7.
 */
export function assignedByConsensus(x: readonly number[]): AssignedValue & { readonly scale: number } {
  const estimate = algorithmA(x);
  if (estimate.degenerate) {
    refuse(
      'degenerate-scale',
      'x',
      'ISO 13528:2022 C.3.1',
      '一半以上的结果相同，稳健标准差为零，请改用其他方法。',
      'More than half of the results agree and the robust scale is zero; use another method.',
    );
  }
  return { assigned: estimate.location, u: estimate.u, scale: estimate.scale };
}

/**
 * Compares the consensus of the participants with a reference value; all in one unit, `uReference` ≥ 0.
 * `difference` is absolute; above 2 `uDifference` the reason must be looked for. Source: ISO 13528:2022 7.8.
 */
export function compareConsensus(
  x: readonly number[],
  reference: number,
  uReference: number,
): {
  readonly consensus: AssignedValue & { readonly scale: number };
  readonly difference: number;
  readonly uDifference: number;
  readonly agrees: boolean;
} {
  const clause = 'ISO 13528:2022 7.8';
  measurements([reference], 1, 'reference', clause);
  requireWithin(uReference, 'uReference', clause, 0, Number.MAX_VALUE);
  const consensus = assignedByConsensus(x);
  const difference = Math.abs(reference - consensus.assigned);
  const uDifference = Math.hypot(uReference, consensus.u);
  return { consensus, difference, uDifference, agrees: difference <= 2 * uDifference };
}
