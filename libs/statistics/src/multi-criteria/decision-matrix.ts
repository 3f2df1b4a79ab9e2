import { requireFinite, requireList, requireRepresentable, requireWhole, requireWithin } from '../arguments.ts';

/** Alternatives in rows, criteria in columns. */
export type DecisionMatrix = readonly (readonly number[])[];

function columnsOf(matrix: DecisionMatrix, clause: string, least: number): number[][] {
  requireList(matrix, 'matrix', clause);
  requireWhole(matrix.length, 'number of alternatives', clause, least);
  const width = requireList(matrix[0]!, 'matrix[0]', clause).length;
  matrix.forEach((row, i) => {
    requireList(row, `matrix[${i}]`, clause, width);
    row.forEach((value, j) => {
      requireFinite(value, `matrix[${i}][${j}]`, clause);
    });
  });
  return Array.from({ length: width }, (_, j) => matrix.map((row) => row[j]!));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Weights in proportion to parts ≥ 0; null when all are 0. */
function shares(parts: readonly number[]): number[] | null {
  const total = sum(parts);
  return total > 0 ? parts.map((part) => part / total) : null;
}

/** Entropy of each criterion, 1 where it does not tell the alternatives apart, and the weights that follow. */
export interface EntropyWeights {
  readonly entropy: readonly number[];
  /** Sum 1; null when no criterion tells the alternatives apart. */
  readonly weights: readonly number[] | null;
}

/**
 * Entropy weights: e = −Σ p ln p / ln n over the shares p of the n ≥ 2 alternatives, 0 ln 0 = 0; weights ∝ 1 − e. Values ≥ 0
 * (shift others first). Throws `out-of-range` on negative values. Source: Shannon 1948; Zeleny 1982.
 */
export function entropyWeights(matrix: DecisionMatrix): EntropyWeights {
  const clause = 'entropy weights';
  const entropy = columnsOf(matrix, clause, 2).map((column, j) => {
    column.forEach((value, i) => {
      requireWithin(value, `matrix[${i}][${j}]`, clause, 0, Number.MAX_VALUE);
    });
    const total = requireRepresentable(sum(column), `matrix[][${j}]`, clause);
    if (column.every((value) => value === column[0])) return 1;
    const parts = column.map((value) => value / total);
    return (0 - sum(parts.map((part) => (part === 0 ? 0 : part * Math.log(part))))) / Math.log(column.length);
  });
  return { entropy, weights: shares(entropy.map((value) => Math.max(0, 1 - value))) };
}

function deviation(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
}

/** Pearson correlation; 0 with a constant. */
function correlation(left: readonly number[], right: readonly number[]): number {
  const meanLeft = sum(left) / left.length;
  const meanRight = sum(right) / right.length;
  const product = sum(left.map((value, i) => (value - meanLeft) * (right[i]! - meanRight)));
  const scale = Math.sqrt(
    sum(left.map((value) => (value - meanLeft) ** 2)) * sum(right.map((value) => (value - meanRight) ** 2)),
  );
  return scale === 0 ? 0 : product / scale;
}

/**
 * CRITIC weights of criteria, by spread and by conflict with the others: sd·Σ(1 − r) of the columns scaled to [0, 1], which
 * `benefit` false turns round. A constant criterion weighs 0; null when all are constant or none conflicts. Two or more
 * alternatives. Throws `StatisticsError` on other input. Source: Diakoulaki et al. 1995.
 */
export function criticWeights(matrix: DecisionMatrix, benefit?: readonly boolean[]): readonly number[] | null {
  const columns = columnsOf(matrix, 'CRITIC', 2);
  if (benefit !== undefined) requireList(benefit, 'benefit', 'CRITIC', columns.length);
  const scaled = columns.map((column, j) => {
    const low = Math.min(...column);
    const range = Math.max(...column) - low;
    const up = column.map((value) => (range === 0 ? 0 : (value - low) / range));
    return benefit?.[j] === false && range > 0 ? up.map((value) => 1 - value) : up;
  });
  return shares(scaled.map((column) => deviation(column) * sum(scaled.map((other) => 1 - correlation(column, other)))));
}

/** Closeness to the ideal, 0 to 1, and ranks from 1 (equal closeness, equal rank). */
export interface IdealRanking {
  /** Null for every alternative when all are alike: there is no ideal to be close to. */
  readonly closeness: readonly (number | null)[];
  readonly rank: readonly number[];
}

/**
 * TOPSIS: closeness of the alternatives to the best and away from the worst values of weighted, vector-normalised criteria;
 * `benefit` is false where less is better. Weights ≥ 0 in any scale, not all 0 (`out-of-range`).
 * Throws `StatisticsError` on other input. Source: Hwang & Yoon 1981.
 */
export function idealRanking(
  matrix: DecisionMatrix,
  weights: readonly number[],
  benefit: readonly boolean[],
): IdealRanking {
  const clause = 'TOPSIS';
  const columns = columnsOf(matrix, clause, 1);
  requireList(weights, 'weights', clause, columns.length);
  requireList(benefit, 'benefit', clause, columns.length);
  weights.forEach((weight, j) => {
    requireWithin(weight, `weights[${j}]`, clause, 0, Number.MAX_VALUE);
  });
  requireWithin(sum(weights), 'sum of weights', clause, Number.MIN_VALUE, Number.MAX_VALUE);
  const weighted = columns.map((column, j) => {
    const norm = Math.hypot(...column);
    return column.map((value) => (norm === 0 ? 0 : (weights[j]! * value) / norm));
  });
  const best = weighted.map((column, j) => (benefit[j] ? Math.max(...column) : Math.min(...column)));
  const worst = weighted.map((column, j) => (benefit[j] ? Math.min(...column) : Math.max(...column)));
  const closeness = matrix.map((_, i) => {
    const toBest = Math.hypot(...weighted.map((column, j) => column[i]! - best[j]!));
    const toWorst = Math.hypot(...weighted.map((column, j) => column[i]! - worst[j]!));
    return toBest + toWorst === 0 ? null : toWorst / (toBest + toWorst);
  });
  return {
    closeness,
    rank: closeness.map((value) => 1 + closeness.filter((other) => (other ?? 0) > (value ?? 0)).length),
  };
}
