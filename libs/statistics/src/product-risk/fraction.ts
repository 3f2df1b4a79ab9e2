import { refuse } from '../conformity/refuse.ts';

/** An exact fraction in lowest terms; the denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}

export function fraction(numerator: bigint, denominator: bigint): Fraction {
  const common = divisor(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / common, denominator: denominator / common };
}

const PATTERN = /^\s*(\d+)(?:\.(\d+))?\s*(?:(%)|\/\s*(\d+))?\s*$/;

/**
 * Reads a probability as written: `1/50`, `0.02`, `2%`, `1`. Throws `probability-unreadable`, and `out-of-range` above 1 or for
 * a denominator of 0. Source: the steps of 2010/15/EU part IV 6 are written so.
 */
export function parseProbability(text: string, argument: string, clause: string): Fraction {
  const match = typeof text === 'string' ? PATTERN.exec(text) : null;
  if (match === null || (match[2] !== undefined && match[4] !== undefined)) {
    refuse(
      'probability-unreadable',
      argument,
      clause,
      `“${String(text)}”不是概率，应写作 1/50、0.02 或 2%。`,
      `"${String(text)}" is no probability; write 1/50, 0.02 or 2%.`,
    );
  }
  const [, whole = '0', decimals = '', percent, below] = match;
  const numerator = BigInt(whole + decimals);
  const denominator = BigInt(below ?? '1') * 10n ** BigInt(decimals.length) * (percent === undefined ? 1n : 100n);
  if (denominator === 0n || numerator > denominator) {
    refuse(
      'out-of-range',
      argument,
      clause,
      `概率“${text}”不在 0 到 1 之间。`,
      `The probability "${text}" does not lie between 0 and 1.`,
    );
  }
  return fraction(numerator, denominator);
}

export function times(left: Fraction, right: Fraction): Fraction {
  return fraction(left.numerator * right.numerator, left.denominator * right.denominator);
}

/** Whether left > right. */
export function exceeds(left: Fraction, right: Fraction): boolean {
  return left.numerator * right.denominator > right.numerator * left.denominator;
}

/** `27/40`, or `1` and `0` for whole numbers. */
export function printFraction({ numerator, denominator }: Fraction): string {
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}
