import { Decimal } from 'decimal.js';
import { refuse } from './refuse.ts';

/**
 * Decimal arithmetic wide enough that sums, products and roundings of the values admitted here are exact.
 * Quotients are exact only when they terminate; callers that divide must check.
 */
export const Exact = Decimal.clone({
  precision: 900,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});

const PLAIN = /^[+-]?\d+(?:\.\d+)?$/;
const LONGEST = 200;
const CLAUSE = 'GB/T 8170-2008 3';

/**
 * Reads a plain decimal string such as `-0.0365`.
 * No exponent, no thousands mark, no binary float: the digits written are the digits meant.
 * Throws `not-a-decimal` or `too-many-digits`.
 */
export function parseDecimal(text: unknown, argument: string): Decimal {
  if (typeof text !== 'string' || !PLAIN.test(text)) {
    refuse(
      'not-a-decimal',
      argument,
      CLAUSE,
      `“${String(text)}”不是十进制数字，例如应写作 0.205。`,
      `"${String(text)}" is not a plain decimal number such as 0.205.`,
    );
  }
  if (text.length > LONGEST) {
    refuse(
      'too-many-digits',
      argument,
      CLAUSE,
      `数字超过 ${LONGEST} 个字符。`,
      `The number is longer than ${LONGEST} characters.`,
    );
  }
  return new Exact(text);
}

/** Digits written after the decimal point: `10.0` has one. */
export function decimalsWritten(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/** Prints with exactly `decimals` places (none when negative); a zero carries no minus sign. */
export function printDecimal(value: Decimal, decimals: number): string {
  const places = Math.max(0, decimals);
  return value.isZero() ? new Exact(0).toFixed(places) : value.toFixed(places);
}

/** Prints all digits of the value and nothing more. */
export function printExact(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed();
}

/** The decimal a finite number is written as, for callers that hold measured data as numbers. */
export function decimalOf(value: number): Decimal {
  return new Exact(value);
}
