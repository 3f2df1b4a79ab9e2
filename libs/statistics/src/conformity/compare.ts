import type { Decimal } from 'decimal.js';
import { parseDecimal, printDecimal } from './decimal.ts';
import type { Bound } from './limit.ts';
import { refuse } from './refuse.ts';
import { type Mark, place, roundedAt, roundedWithMark } from './rounding.ts';

/** 全数值比较法 compares the value as it is; 修约值比较法 rounds it to the limit's last digit first. */
export type ComparisonMethod = 'full' | 'rounded';

/** Where a value lies relative to the allowed range. */
export type Side = 'below' | 'inside' | 'above';

/** A value and whether its digits were reached by dropping or raising. */
export interface Reading {
  readonly value: Decimal;
  readonly mark: Mark;
}

/** Order of a reading against a bound; a mark settles what only looks equal. */
function order(reading: Reading, bound: Decimal): number {
  const plain = reading.value.comparedTo(bound);
  if (plain !== 0 || reading.mark === '') return plain;
  const larger = reading.value.isNegative() ? reading.mark === '-' : reading.mark === '+';
  return larger ? 1 : -1;
}

function brought(reading: Reading, bound: Bound, method: ComparisonMethod): Reading {
  if (method === 'full') return reading;
  if (bound.decimals === null) {
    refuse(
      'rounding-place-unknown',
      'limit',
      'GB/T 8170-2008 4.3.3',
      '该极限数值由百分数算得，未写明修约位数，不能用修约值比较法。',
      'This bound was computed from a percentage and shows no last digit, so the rounded-value method cannot be used.',
    );
  }
  return { value: roundedWithMark(reading.value, reading.mark, bound.decimals), mark: '' };
}

/** Tells on which side of the allowed range a reading lies. Source: GB/T 8170-2008 4.3.2, 4.3.3. */
export function sideOf(reading: Reading, lower: Bound | null, upper: Bound | null, method: ComparisonMethod): Side {
  if (lower !== null) {
    const result = order(brought(reading, lower, method), parseDecimal(lower.value, 'limit'));
    if (result < 0 || (result === 0 && !lower.inclusive)) return 'below';
  }
  if (upper !== null) {
    const result = order(brought(reading, upper, method), parseDecimal(upper.value, 'limit'));
    if (result > 0 || (result === 0 && !upper.inclusive)) return 'above';
  }
  return 'inside';
}

/** A comparison by both methods at once, to show where they differ. */
export interface LimitComparison {
  /** The value rounded to `limitDecimals`. */
  readonly rounded: string;
  readonly fullValueMethod: boolean;
  readonly roundedValueMethod: boolean;
}

/**
 * Compares a value with a limit by both methods.
 * All values are decimal strings in one unit; `limitDecimals` is the last place the limit shows (-2 = hundreds).
 * Throws `not-a-decimal`, `rounding-place`, `limit-empty` when neither bound is given. Source: GB/T 8170-2008 4.3, Table 4.
 */
export function compareWithLimit(
  x: string,
  bounds: {
    readonly lower: string | null;
    readonly upper: string | null;
    readonly lowerExclusive?: boolean;
    readonly upperExclusive?: boolean;
    readonly limitDecimals: number;
  },
): LimitComparison {
  if (bounds.lower === null && bounds.upper === null) {
    refuse('limit-empty', 'bounds', 'GB/T 8170-2008 4.1', '上限和下限至少填写一个。', 'Give at least one bound.');
  }
  const limitDecimals = place(bounds.limitDecimals, 'limitDecimals');
  const bound = (text: string | null, exclusive: boolean | undefined, argument: string): Bound | null => {
    if (text === null) return null;
    parseDecimal(text, argument);
    return { value: text, decimals: limitDecimals, inclusive: exclusive !== true };
  };
  const lower = bound(bounds.lower, bounds.lowerExclusive, 'lower');
  const upper = bound(bounds.upper, bounds.upperExclusive, 'upper');
  const reading: Reading = { value: parseDecimal(x, 'x'), mark: '' };
  return {
    rounded: printDecimal(roundedAt(reading.value, limitDecimals), limitDecimals),
    fullValueMethod: sideOf(reading, lower, upper, 'full') === 'inside',
    roundedValueMethod: sideOf(reading, lower, upper, 'rounded') === 'inside',
  };
}
