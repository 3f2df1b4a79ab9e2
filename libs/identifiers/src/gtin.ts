import { modulus10 } from './check-digits.ts';
import { type Checked, IdentifierError, type IssuerOption, type Problem, settle } from './result.ts';
import { digits, examineShape, type Subject, wrongCheckDigit, wrongLength } from './shape.ts';

/** Global trade item number (商品条码), GB 12904 and the GS1 General Specifications. */
export interface Gtin {
  /** As written: 8, 12, 13 or 14 digits. */
  readonly gtin: string;
  readonly length: 8 | 12 | 13 | 14;
  /** Padded to 14 digits: the form to store and compare. */
  readonly gtin14: string;
  /** GS1 prefix of three digits; absent for GTIN-8, whose prefix has its own list. */
  readonly prefix?: string;
  /** Who allots numbers under the prefix, as far as the prefix tells. */
  readonly allotment: 'china' | 'restricted' | 'elsewhere';
  /** Packaging level of a GTIN-14 (1–8 packs, 9 variable measure, 0 the item itself). */
  readonly indicator?: string;
  readonly checkDigit: string;
}

const SUBJECT: Subject = { code: 'gtin', zh: '商品条码', en: 'GTIN' };
const LENGTHS = [8, 12, 13, 14] as const;

/** Reads a GTIN of any of the four lengths. */
export function parseGtin(text: string, options: IssuerOption = {}): Checked<Gtin> {
  const size = Array.from(text).length;
  const length = LENGTHS.find((candidate) => candidate === size);
  const problems: Problem[] = examineShape(SUBJECT, text, [digits(size)]);
  if (length === undefined) problems.unshift(wrongLength(SUBJECT, size, LENGTHS));
  const warnings: Problem[] = [];
  const checkDigit = text.slice(-1);
  if (problems.length === 0) {
    const expected = modulus10(text.slice(0, -1));
    if (expected !== checkDigit) {
      const target = options.issuedBy === 'others' ? warnings : problems;
      target.push(wrongCheckDigit(SUBJECT, text.length, checkDigit, expected));
    }
  }
  return settle(problems, warnings, () => {
    const gtin14 = text.padStart(14, '0');
    const prefix = gtin14.slice(1, 4);
    return {
      gtin: text,
      length: length!,
      gtin14,
      ...(length === 8 ? {} : { prefix }),
      allotment: length === 8 ? eightDigitAllotment(text) : allotmentOf(prefix),
      ...(length === 14 ? { indicator: text[0]! } : {}),
      checkDigit,
    };
  });
}

// GS1 China holds 690–699; 020–029, 040–049 and 200–299 are for use inside one company (variable weight and the like).
function allotmentOf(prefix: string): Gtin['allotment'] {
  if (prefix.startsWith('69')) return 'china';
  return /^(?:02|04|2)/.test(prefix) ? 'restricted' : 'elsewhere';
}

// In GTIN-8 the first three digits are the prefix; 0 and 2 are for use inside one company.
function eightDigitAllotment(gtin: string): Gtin['allotment'] {
  if (gtin.startsWith('69')) return 'china';
  return gtin.startsWith('0') || gtin.startsWith('2') ? 'restricted' : 'elsewhere';
}

/**
 * Bulk check of length and check digit; equal to `parseGtin(code).ok`, without building an explanation. Meant for imports of
 * millions of rows.
 */
export function isGtin(code: string): boolean {
  const { length } = code;
  if (length !== 13 && length !== 14 && length !== 12 && length !== 8) return false;
  let sum = 0;
  for (let index = length - 2, weight = 3; index >= 0; index--, weight = 4 - weight) {
    const digit = code.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return false;
    sum += digit * weight;
  }
  return code.charCodeAt(length - 1) - 48 === (10 - (sum % 10)) % 10;
}

/**
 * Appends the check digit to 12 digits, for demonstrations.
 * @throws IdentifierError when the prefix is not 12 digits
 */
export function composeGtin13(prefix12: string): string {
  const problems = examineShape({ code: 'gtin-body', zh: '商品条码前12位', en: 'GTIN-13 body' }, prefix12, [
    digits(12),
  ]);
  if (problems.length > 0) throw new IdentifierError(problems);
  return prefix12 + modulus10(prefix12);
}
