import { StatisticsError } from '../errors.ts';

/**
 * GB/T 2828.1-2012 (identical to ISO 2859-1:1999) Tables 1 and 2-A, 2-B, 2-C as versioned data. The single sampling
 * tables are diagonal: with row index k (code letter) and column index j (AQL), the entry depends on s = k + j only,
 * except rows A and B of Table 2-C.
 */
export const ATTRIBUTE_EDITION = {
  standard: 'GB/T 2828.1-2012',
  identicalTo: 'ISO 2859-1:1999',
  inForce: '2013-02-15',
  source: 'GB/T 2828.1-2012 Table 1, Table 2-A, Table 2-B, Table 2-C',
} as const;

/** Sample size code letter; S exists in tightened inspection alone. */
export type CodeLetter =
  | 'A'
  | 'B'
  | 'C'
  | 'D'
  | 'E'
  | 'F'
  | 'G'
  | 'H'
  | 'J'
  | 'K'
  | 'L'
  | 'M'
  | 'N'
  | 'P'
  | 'Q'
  | 'R'
  | 'S';
/** Inspection level of Table 1: special S-1 to S-4, general I to III; II is usual. */
export type InspectionLevel = 'S-1' | 'S-2' | 'S-3' | 'S-4' | 'I' | 'II' | 'III';
export type Severity = 'normal' | 'tightened' | 'reduced';

/** Rows of Tables 2-A to 2-C. Letter S has a single entry, in Table 2-B only. */
export const CODE_LETTERS: readonly CodeLetter[] = [
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
  'G',
  'H',
  'J',
  'K',
  'L',
  'M',
  'N',
  'P',
  'Q',
  'R',
];

/** The 26 preferred AQL values: percent nonconforming up to 10, nonconformities per 100 units throughout. */
export const PREFERRED_AQL: readonly number[] = [
  0.01, 0.015, 0.025, 0.04, 0.065, 0.1, 0.15, 0.25, 0.4, 0.65, 1, 1.5, 2.5, 4, 6.5, 10, 15, 25, 40, 65, 100, 150, 250,
  400, 650, 1000,
];

/** Above this AQL (percent) only nonconformities per 100 units are meaningful (clause 5.1, Table 2 headings). */
export const LARGEST_PERCENT_AQL = 10;

/** Upper end of each lot-size band of Table 1; the first band starts at 2. */
const LOT_BAND_ENDS: readonly number[] = [
  8,
  15,
  25,
  50,
  90,
  150,
  280,
  500,
  1200,
  3200,
  10_000,
  35_000,
  150_000,
  500_000,
  Number.POSITIVE_INFINITY,
];

const LETTERS_BY_LEVEL: Readonly<Record<InspectionLevel, string>> = {
  'S-1': 'AAAABBBBCCCCDDD',
  'S-2': 'AAABBBCCCDDDEEE',
  'S-3': 'AABBCCDDEEFFGGH',
  'S-4': 'AABCCDEEFGGHJJK',
  I: 'AABCCDEFGHJKLMN',
  II: 'ABCDEFGHJKLMNPQ',
  III: 'BCDEFGHJKLMNPQR',
};

const NORMAL_SIZES: readonly number[] = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000];

const SAMPLE_SIZES: Readonly<Record<Severity, readonly number[]>> = {
  normal: NORMAL_SIZES,
  tightened: NORMAL_SIZES,
  reduced: [2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800],
};

/** Acceptance number by s = k + j, and the greatest letter index for which the entries beyond s = 24 are printed. */
const DIAGONALS: Readonly<Record<Severity, Readonly<Record<number, number>>>> = {
  normal: { 14: 0, 17: 1, 18: 2, 19: 3, 20: 5, 21: 7, 22: 10, 23: 14, 24: 21, 25: 30, 26: 44 },
  tightened: { 15: 0, 18: 1, 19: 2, 20: 3, 21: 5, 22: 8, 23: 12, 24: 18, 25: 27, 26: 41 },
  reduced: { 14: 0, 18: 1, 19: 2, 20: 3, 21: 5, 22: 6, 23: 8, 24: 10, 25: 14, 26: 21 },
};
const LAST_SHARED_DIAGONAL = 24;
const LAST_LETTER_WITH_LARGE_ACCEPTANCE = 4;

/** Diagonal of the acceptance number 0 and of 1: the arrow next to 0 points up, the other arrows between point down. */
const ZERO_DIAGONAL: Readonly<Record<Severity, number>> = { normal: 14, tightened: 15, reduced: 14 };

/** Table 2-C rows A and B, by AQL. */
const REDUCED_FIRST_ROWS: Readonly<Record<number, number>> = {
  25: 1,
  40: 2,
  65: 3,
  100: 5,
  150: 7,
  250: 10,
  400: 14,
  650: 21,
  1000: 30,
};
const REDUCED_ZERO_IN_FIRST_ROWS: readonly number[] = [6.5, 4];

const TIGHTENED_S = { row: 16, aql: 0.025, n: 3150, ac: 1 } as const;

export type Cell =
  | { readonly kind: 'plan'; readonly n: number; readonly ac: number }
  | { readonly kind: 'up' | 'down' };

function reducedFirstRows(row: number, aql: number): Cell {
  const zeroAt = REDUCED_ZERO_IN_FIRST_ROWS[row]!;
  if (aql === zeroAt) {
    return { kind: 'plan', n: 2, ac: 0 };
  }
  const ac = REDUCED_FIRST_ROWS[aql];
  if (ac !== undefined) {
    return { kind: 'plan', n: 2, ac };
  }
  return { kind: row === 1 && aql === REDUCED_ZERO_IN_FIRST_ROWS[0] ? 'up' : 'down' };
}

/** One printed cell of Table 2-A/B/C: a plan, or an arrow to the first plan above or below in the same column. */
export function tableCell(severity: Severity, row: number, column: number): Cell {
  const aql = PREFERRED_AQL[column]!;
  if (row === TIGHTENED_S.row) {
    return severity === 'tightened' && aql === TIGHTENED_S.aql
      ? { kind: 'plan', n: TIGHTENED_S.n, ac: TIGHTENED_S.ac }
      : { kind: 'up' };
  }
  if (severity === 'reduced' && row < REDUCED_ZERO_IN_FIRST_ROWS.length) {
    return reducedFirstRows(row, aql);
  }
  const diagonal = row + column;
  const ac = DIAGONALS[severity][diagonal];
  if (ac !== undefined && (diagonal <= LAST_SHARED_DIAGONAL || row <= LAST_LETTER_WITH_LARGE_ACCEPTANCE)) {
    return { kind: 'plan', n: SAMPLE_SIZES[severity][row]!, ac };
  }
  const zero = ZERO_DIAGONAL[severity];
  const pointsUp = diagonal > LAST_SHARED_DIAGONAL || (severity !== 'tightened' && diagonal === zero + 1);
  return { kind: pointsUp ? 'up' : 'down' };
}

/** Row letter by index; row 16 is letter S of Table 2-B. */
export function letterOfRow(row: number): CodeLetter {
  return row === TIGHTENED_S.row ? 'S' : CODE_LETTERS[row]!;
}

/** Row index of a code letter; throws `unknown-code-letter`. */
export function rowOfLetter(code: CodeLetter): number {
  const row = CODE_LETTERS.indexOf(code);
  if (row < 0) {
    throw new StatisticsError({
      code: 'unknown-code-letter',
      argument: 'code',
      clause: 'GB/T 2828.1-2012 Table 1',
      zh: `样本量字码“${code}”不在 A 至 R 之列（无 I、O）`,
      en: `sample size code letter "${code}" is not one of A to R (there is no I or O)`,
    });
  }
  return row;
}

/** Column index of an AQL; throws `aql-not-in-standard`, because interpolation is not allowed. */
export function columnOfAql(aql: number): number {
  const column = PREFERRED_AQL.indexOf(aql);
  if (column < 0) {
    throw new StatisticsError({
      code: 'aql-not-in-standard',
      argument: 'aql',
      clause: 'GB/T 2828.1-2012 Table 2-A to 2-C',
      zh: `接收质量限 ${aql} 不是标准规定的 26 个优先值之一，不得内插`,
      en: `AQL ${aql} is not one of the 26 preferred values; interpolation is not allowed`,
    });
  }
  return column;
}

/** Code letter of the band that holds the lot size (≥ 2, checked by the caller); throws `unknown-inspection-level`. */
export function letterOfBand(lotSize: number, level: InspectionLevel): CodeLetter {
  const letters = Object.hasOwn(LETTERS_BY_LEVEL, level) ? LETTERS_BY_LEVEL[level] : undefined;
  if (letters === undefined) {
    throw new StatisticsError({
      code: 'unknown-inspection-level',
      argument: 'level',
      clause: 'GB/T 2828.1-2012 Table 1',
      zh: `检验水平“${level}”不存在，应为 S-1 至 S-4 或 I、II、III`,
      en: `inspection level "${level}" does not exist; use S-1 to S-4, I, II or III`,
    });
  }
  return letters[LOT_BAND_ENDS.findIndex((end) => lotSize <= end)] as CodeLetter;
}
