import { requireFinite, requireList, requireRepresentable } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';

/** Checks a list of at least `least` finite numbers; throws `too-few-values`, `not-a-number`, `not-representable`. */
export function measurements(
  values: readonly number[],
  least: number,
  argument: string,
  clause: string,
): readonly number[] {
  requireList(values, argument, clause);
  if (values.length < least) {
    refuse(
      'too-few-values',
      argument,
      clause,
      `“${argument}”至少需要 ${least} 个数据，只有 ${values.length} 个。`,
      `"${argument}" needs at least ${least} values and has ${values.length}.`,
    );
  }
  const checked = values.map((value) => requireFinite(value, argument, clause));
  // A sum of squares that overflows would make every statistic of the list infinite or undefined.
  const size = checked.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  requireRepresentable(size * size * 4 * checked.length, argument, clause);
  return checked;
}

/** Arithmetic mean of a non-empty list. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation (divisor n-1); the list has at least two values. */
export function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/** A sorted copy. */
export function sorted(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b);
}

/** Median of a non-empty list. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Quantile by linear interpolation between order statistics at 1 + (n-1)p. */
export function quantile(values: readonly number[], p: number): number {
  const ordered = sorted(values);
  const position = (ordered.length - 1) * p;
  const below = Math.floor(position);
  const low = ordered[below] ?? 0;
  const high = ordered[Math.min(below + 1, ordered.length - 1)] ?? low;
  return low + (position - below) * (high - low);
}
