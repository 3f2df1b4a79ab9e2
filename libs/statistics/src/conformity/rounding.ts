import type { Decimal } from 'decimal.js';
import { decimalsWritten, Exact, parseDecimal, printDecimal } from './decimal.ts';
import { refuse } from './refuse.ts';

/** Whether the reported digits were reached by dropping (`+`: true magnitude larger) or raising (`-`: smaller). */
export type Mark = '+' | '-' | '';

const WIDEST = 150;

/** A rounding place from −150 to 150; throws `rounding-place`. */
export function place(decimals: unknown, argument: string): number {
  if (typeof decimals !== 'number' || !Number.isInteger(decimals) || Math.abs(decimals) > WIDEST) {
    refuse(
      'rounding-place',
      argument,
      'GB/T 8170-2008 2.2',
      `修约位数必须是 -${WIDEST} 到 ${WIDEST} 之间的整数。`,
      `The rounding place must be a whole number between -${WIDEST} and ${WIDEST}.`,
    );
  }
  return decimals;
}

/** Nearest multiple of `interval`, a tie going to the even multiple; exact, without division. */
export function nearestMultiple(value: Decimal, interval: Decimal): Decimal {
  const size = value.abs();
  const quotient = size.divToInt(interval);
  const doubled = size.minus(quotient.times(interval)).times(2);
  const order = doubled.comparedTo(interval);
  const up = order > 0 || (order === 0 && !quotient.mod(2).isZero());
  const rounded = (up ? quotient.plus(1) : quotient).times(interval);
  return value.isNegative() ? rounded.negated() : rounded;
}

/** Value rounded half to even at a decimal place; `decimals` -2 means hundreds. */
export function roundedAt(value: Decimal, decimals: number): Decimal {
  return nearestMultiple(value, new Exact(10).pow(-decimals));
}

/**
 * Rounds a decimal string once to a decimal place, ties to the even digit, negatives by their magnitude.
 * `decimals` may be negative: -2 rounds to hundreds. Returns the printed decimal string.
 * Throws `not-a-decimal`, `rounding-place`. Source: GB/T 8170-2008 3.2, 3.3.1.
 */
export function roundDecimals(x: string, decimals: number): string {
  const at = place(decimals, 'decimals');
  return printDecimal(roundedAt(parseDecimal(x, 'x'), at), at);
}

/**
 * Rounds a decimal string to a number of significant digits (at least 1).
 * Throws `not-a-decimal`, `significant-digits`, and `significant-digits-of-zero` because zero has none.
 * Source: GB/T 8170-2008 3.2.
 */
export function roundSignificant(x: string, digits: number): string {
  const value = parseDecimal(x, 'x');
  if (!Number.isInteger(digits) || digits < 1 || digits > WIDEST) {
    refuse(
      'significant-digits',
      'digits',
      'GB/T 8170-2008 3.2',
      '有效位数必须是正整数。',
      'The number of significant digits must be a positive whole number.',
    );
  }
  if (value.isZero()) {
    refuse(
      'significant-digits-of-zero',
      'x',
      'GB/T 8170-2008 3.2',
      '零没有有效数字，请改按小数位修约。',
      'Zero has no significant digits; round it to a decimal place.',
    );
  }
  const decimals = digits - 1 - value.e;
  const rounded = roundedAt(value, decimals);
  // 0.09995 to three digits carries into a new leading digit; one place less keeps the digit count.
  return printDecimal(rounded, rounded.e > value.e ? decimals - 1 : decimals);
}

/**
 * Rounds to multiples of 0.5 of the unit at `unitDecimals` (0 = ones, -2 = hundreds).
 * Source: GB/T 8170-2008 3.4.1 (double, round, halve).
 */
export function roundHalfUnit(x: string, unitDecimals: number): string {
  const at = place(unitDecimals, 'unitDecimals');
  const interval = new Exact(10).pow(-at).times('0.5');
  return printDecimal(nearestMultiple(parseDecimal(x, 'x'), interval), at + 1);
}

/**
 * Rounds to multiples of 0.2 of the unit at `unitDecimals` (0 = ones, -2 = hundreds).
 * Source: GB/T 8170-2008 3.4.2 (five times, round, a fifth).
 */
export function roundFifthUnit(x: string, unitDecimals: number): string {
  const at = place(unitDecimals, 'unitDecimals');
  const interval = new Exact(10).pow(-at).times('0.2');
  return printDecimal(nearestMultiple(parseDecimal(x, 'x'), interval), at + 1);
}

/**
 * Rounds to the nearest multiple of any positive interval, a tie to the even multiple; prints the interval's decimals.
 * Throws `not-a-decimal`, `interval-not-positive`. Source: GB/T 8170-2008 2.2, 3.2.4.
 */
export function roundInterval(x: string, interval: string): string {
  const step = parseDecimal(interval, 'interval');
  if (!step.isPositive() || step.isZero()) {
    refuse(
      'interval-not-positive',
      'interval',
      'GB/T 8170-2008 2.2',
      '修约间隔必须大于零。',
      'The interval must be above zero.',
    );
  }
  return printDecimal(nearestMultiple(parseDecimal(x, 'x'), step), decimalsWritten(interval));
}

/**
 * Rounds a value that may already have been rounded once, using its mark to settle what only looks like a tie.
 * Source: GB/T 8170-2008 3.3.2.
 */
export function roundedWithMark(value: Decimal, mark: Mark, decimals: number): Decimal {
  const interval = new Exact(10).pow(-decimals);
  const size = value.abs();
  const quotient = size.divToInt(interval);
  const tie = size.minus(quotient.times(interval)).times(2).equals(interval);
  if (!tie || mark === '') return nearestMultiple(value, interval);
  const rounded = (mark === '+' ? quotient.plus(1) : quotient).times(interval);
  return value.isNegative() ? rounded.negated() : rounded;
}

/** A value reported with one or more extra digits, its mark, and the value finally rounded from both. */
export interface MarkedReport {
  /** Printed value without its mark. */
  readonly value: string;
  readonly mark: Mark;
  readonly final: string;
}

/**
 * Reports `x` at `reportDecimals` with the mark a second rounding needs, and does that second rounding.
 * The mark is given only when the last non-zero digit reported is 5, the one case in which it matters.
 * Throws `not-a-decimal`, `rounding-place`, and `report-too-coarse` when the report has fewer places than the final value.
 * Source: GB/T 8170-2008 3.3.2.
 */
export function reportWithMark(x: string, reportDecimals: number, finalDecimals: number): MarkedReport {
  const reportAt = place(reportDecimals, 'reportDecimals');
  const finalAt = place(finalDecimals, 'finalDecimals');
  if (reportAt <= finalAt) {
    refuse(
      'report-too-coarse',
      'reportDecimals',
      'GB/T 8170-2008 3.3.2',
      '报出位数应比最终修约位数多一位或几位。',
      'The reported value must carry at least one place more than the final one.',
    );
  }
  const value = parseDecimal(x, 'x');
  const reported = roundedAt(value, reportAt);
  const order = value.abs().comparedTo(reported.abs());
  const endsInFive = /5[0.]*$/.test(printDecimal(reported, reportAt));
  const mark: Mark = !endsInFive || order === 0 ? '' : order > 0 ? '+' : '-';
  return {
    value: printDecimal(reported, reportAt),
    mark,
    final: printDecimal(roundedWithMark(reported, mark, finalAt), finalAt),
  };
}
