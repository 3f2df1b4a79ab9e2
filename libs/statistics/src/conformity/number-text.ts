import type { Decimal } from 'decimal.js';
import { decimalsWritten, Exact } from './decimal.ts';

/**
 * Regular-expression source of a number as limits and reports write it: `-18`, `0.20`, `14×100`, `1.0×10^4`.
 * The looks to either side keep a pattern from splitting one number into two, and `1e-3` from being 1 in the unit “e-3”.
 */
export const NUMBER = String.raw`(?<![\d.])[+-]?(?:10\^-?\d{1,2}|\d+(?:\.\d+)?(?:[×x*](?:10\^-?\d{1,2}|10{1,9}))?)(?![\d.^×*]|[eE][+-]?\d)`;

/** Regular-expression source of what may stand as a unit behind a number, optional; whether it is one is checked later. */
export const UNIT_TEXT = String.raw`([^\d\s≤<>≥±~+,;:/×*.()-][^\s≤<>≥±~,;()]*?)?`;

const PARTS = /^([+-]?)(\d+(?:\.\d+)?)(?:[×x*]10(?:\^(-?\d+)|(0*)))?$/;
const POWER_ALONE = /^([+-]?)10\^(-?\d{1,2})$/;
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * One spelling for the many of scans and spreadsheets: full-width forms, operators, dashes; powers of ten keep their meaning
 * (`10⁴` becomes `10^4` before compatibility folding would make it 104). Blanks vanish except between two digits,
 * where joining would invent a number; groups of three digits are joined.
 */
export function tidyText(text: string): string {
  return text
    .replace(/10([⁻]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, minus: string, digits: string) => {
      return `10^${minus === '' ? '' : '-'}${[...digits].map((digit) => SUPERSCRIPT.indexOf(digit)).join('')}`;
    })
    .normalize('NFKC')
    .replace(/µ/g, 'μ')
    .replace(/[−‐‑]/g, '-')
    .replace(/[〜∼]/g, '~')
    .replace(/<=|[≦⩽≯]/g, '≤')
    .replace(/>=|[≧⩾≮]/g, '≥')
    .replace(/\+\/?-/g, '±')
    .replace(/[【〔]/g, '(')
    .replace(/[】〕]/g, ')')
    .replace(/(?<=(?<![\d.])\d{1,3}(?:\s\d{3})*)\s(?=\d{3}(?!\d))/g, '')
    .replace(/(?<!\d)\s+|\s+(?!\d)/g, '')
    .trim();
}

/** A written number: its value and the decimal place of its last digit. */
export interface WrittenNumber {
  readonly value: Decimal;
  readonly decimals: number;
}

/** Reads text that matched {@link NUMBER} or a bare power of ten; undefined when it is neither. */
export function readNumber(text: string): WrittenNumber | undefined {
  const power = POWER_ALONE.exec(text);
  if (power !== null) {
    const exponent = Number(power[2]);
    return { value: new Exact(`${power[1] ?? ''}1e${exponent}`), decimals: -exponent };
  }
  const parts = PARTS.exec(text);
  if (parts === null) return undefined;
  const [whole, sign = '', mantissa = '', exponentText, zeros] = parts;
  const scaled = /[×x*]/.test(whole);
  const exponent = exponentText !== undefined ? Number(exponentText) : scaled ? 1 + (zeros ?? '').length : 0;
  return {
    value: new Exact(`${sign}${mantissa}`).times(new Exact(10).pow(exponent)),
    decimals: decimalsWritten(mantissa) - exponent,
  };
}
