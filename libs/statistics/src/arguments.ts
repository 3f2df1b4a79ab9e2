import { StatisticsError } from './errors.ts';

/**
 * Argument checks shared by all methods: each returns the value unchanged or throws a {@link StatisticsError}
 * naming the argument and the clause whose precondition it breaks.
 */

function invalid(code: string, argument: string, clause: string, zh: string, en: string): StatisticsError {
  return new StatisticsError({ code, argument, clause, zh, en });
}

/** A whole number in [min, max]; throws `not-a-whole-number` or `out-of-range`. */
export function requireWhole(
  value: number,
  argument: string,
  clause: string,
  min = 0,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  if (!Number.isInteger(value)) {
    throw invalid(
      'not-a-whole-number',
      argument,
      clause,
      `“${argument}”必须是整数，实际为 ${value}`,
      `"${argument}" must be a whole number but is ${value}`,
    );
  }
  return requireWithin(value, argument, clause, min, max);
}

/** A finite number in [min, max]; throws `not-a-number` or `out-of-range`. */
export function requireWithin(value: number, argument: string, clause: string, min: number, max: number): number {
  requireFinite(value, argument, clause);
  if (value < min || value > max) {
    throw invalid(
      'out-of-range',
      argument,
      clause,
      `“${argument}”应在 ${min} 到 ${max} 之间，实际为 ${value}`,
      `"${argument}" must lie between ${min} and ${max} but is ${value}`,
    );
  }
  return value;
}

/** A finite number; throws `not-a-number`. */
export function requireFinite(value: number, argument: string, clause: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw invalid(
      'not-a-number',
      argument,
      clause,
      `“${argument}”不是有效数字：${value}`,
      `"${argument}" is not a finite number: ${value}`,
    );
  }
  return value;
}

/** A finite number > 0; throws `not-a-number` or `not-positive`. */
export function requirePositive(value: number, argument: string, clause: string): number {
  requireFinite(value, argument, clause);
  if (value <= 0) {
    throw invalid(
      'not-positive',
      argument,
      clause,
      `“${argument}”必须大于 0，实际为 ${value}`,
      `"${argument}" must be greater than 0 but is ${value}`,
    );
  }
  return value;
}

/** One of the given words; throws `not-offered` naming them, so that a misspelt choice is never read as another. */
export function requireOneOf<const T extends string>(
  value: T,
  choices: readonly T[],
  argument: string,
  clause: string,
): T {
  if (!choices.includes(value)) {
    const list = choices.join(', ');
    throw invalid(
      'not-offered',
      argument,
      clause,
      `“${argument}”应为 ${list} 之一，实际为“${String(value)}”`,
      `"${argument}" must be one of ${list} but is "${String(value)}"`,
    );
  }
  return value;
}

/** A result that a double can hold; throws `not-representable` where huge or tiny input carries it out of range. */
export function requireRepresentable(value: number, argument: string, clause: string): number {
  if (!Number.isFinite(value)) {
    throw invalid(
      'not-representable',
      argument,
      clause,
      `“${argument}”过大或过小，结果超出可表示的范围`,
      `"${argument}" is too large or too small: the result cannot be represented`,
    );
  }
  return value;
}

/** A probability or fraction in [0, 1]; throws `not-a-number` or `out-of-range`. */
export function requireProbability(value: number, argument: string, clause: string): number {
  return requireWithin(value, argument, clause, 0, 1);
}

/** A probability strictly between 0 and 1 (confidence levels, risks); throws `not-strictly-between-0-and-1`. */
export function requireOpenProbability(value: number, argument: string, clause: string): number {
  requireFinite(value, argument, clause);
  if (value <= 0 || value >= 1) {
    throw invalid(
      'not-strictly-between-0-and-1',
      argument,
      clause,
      `“${argument}”必须大于 0 且小于 1，实际为 ${value}`,
      `"${argument}" must be greater than 0 and less than 1 but is ${value}`,
    );
  }
  return value;
}

/** Sample size 1 ≤ n ≤ N; throws `sample-larger-than-lot` when the lot holds fewer units than the sample. */
export function requireSampleWithinLot(n: number, lotSize: number, clause: string): void {
  requireWhole(lotSize, 'lotSize', clause, 1);
  requireWhole(n, 'n', clause, 1);
  if (n > lotSize) {
    throw invalid(
      'sample-larger-than-lot',
      'n',
      clause,
      `样本量 ${n} 大于批量 ${lotSize}`,
      `sample size ${n} exceeds the lot size ${lotSize}`,
    );
  }
}

/** A non-empty list whose length equals `length` when given; throws `empty-list` or `length-mismatch`. */
export function requireList<T>(list: readonly T[], argument: string, clause: string, length?: number): readonly T[] {
  if (!Array.isArray(list) || list.length === 0) {
    throw invalid('empty-list', argument, clause, `“${argument}”不能为空`, `"${argument}" must not be empty`);
  }
  if (length !== undefined && list.length !== length) {
    throw invalid(
      'length-mismatch',
      argument,
      clause,
      `“${argument}”应有 ${length} 项，实际为 ${list.length} 项`,
      `"${argument}" must have ${length} items but has ${list.length}`,
    );
  }
  return list;
}
