import { requireList, requirePositive, requireWhole } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';

const CLAUSE = 'Saaty 1980, analytic hierarchy process';

/** Mean consistency index of random matrices of order 1 to 10. Source: Saaty 1980. */
const RANDOM_INDEX = [0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49] as const;
const ACCEPTABLE = 0.1;
/** How far a judgement and its reciprocal may be off, so that 0.333 beside 3 is read as a third. */
const RECIPROCAL_TOLERANCE = 2e-3;

/** Weights with the consistency of the judgements behind them. */
export interface PairwiseWeights {
  /** Sum 1. */
  readonly weights: readonly number[];
  readonly lambdaMax: number;
  /** (λ_max − n)/(n − 1); 0 for one criterion. */
  readonly consistencyIndex: number;
  /** Index over the random index; 0 up to two criteria, which cannot contradict each other. */
  readonly consistencyRatio: number;
  /** Ratio below 0.1; otherwise the judgements have to be revised before the weights are used. */
  readonly consistent: boolean;
}

function requireReciprocal(matrix: readonly (readonly number[])[]): void {
  requireList(matrix, 'matrix', CLAUSE);
  requireWhole(matrix.length, 'order of the matrix', CLAUSE, 1, RANDOM_INDEX.length);
  matrix.forEach((row, i) => {
    requireList(row, `matrix[${i}]`, CLAUSE, matrix.length);
    row.forEach((value, j) => {
      requirePositive(value, `matrix[${i}][${j}]`, CLAUSE);
      if (Math.abs(value * matrix[j]![i]! - 1) > RECIPROCAL_TOLERANCE || (i === j && value !== 1)) {
        refuse(
          'not-reciprocal',
          `matrix[${i}][${j}]`,
          CLAUSE,
          `第 ${i + 1} 项对第 ${j + 1} 项的判断与其倒数不一致。`,
          `The judgement of ${i + 1} over ${j + 1} is not the reciprocal of its counterpart.`,
        );
      }
    });
  });
}

function normalised(values: readonly number[]): number[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value / total);
}

function consistency(matrix: readonly (readonly number[])[], weights: readonly number[]): PairwiseWeights {
  const n = matrix.length;
  const lambdaMax =
    matrix.reduce(
      (sum, row, i) => sum + row.reduce((total, value, j) => total + value * weights[j]!, 0) / weights[i]!,
      0,
    ) / n;
  const consistencyIndex = n > 2 ? (lambdaMax - n) / (n - 1) : 0;
  const consistencyRatio = n > 2 ? consistencyIndex / RANDOM_INDEX[n - 1]! : 0;
  return { weights, lambdaMax, consistencyIndex, consistencyRatio, consistent: consistencyRatio < ACCEPTABLE };
}

/**
 * Weights of criteria from pairwise judgements: principal eigenvector of a positive reciprocal matrix of order 1 to 10, by
 * power iteration to the last digits. Throws `not-reciprocal`, `not-positive`, `length-mismatch`, `out-of-range`.
 */
export function pairwiseWeights(matrix: readonly (readonly number[])[]): PairwiseWeights {
  requireReciprocal(matrix);
  let weights = normalised(matrix.map(() => 1));
  for (let iteration = 0; iteration < 10_000; iteration += 1) {
    const next = normalised(matrix.map((row) => row.reduce((sum, value, j) => sum + value * weights[j]!, 0)));
    const moved = Math.max(...next.map((value, i) => Math.abs(value - weights[i]!) / value));
    weights = next;
    if (moved < 1e-15) break;
  }
  return consistency(matrix, weights);
}

/** The same by the geometric means of the rows (logarithmic least squares); equal to the former only when consistent. */
export function geometricMeanWeights(matrix: readonly (readonly number[])[]): PairwiseWeights {
  requireReciprocal(matrix);
  const means = matrix.map((row) => Math.exp(row.reduce((sum, value) => sum + Math.log(value), 0) / row.length));
  return consistency(matrix, normalised(means));
}
