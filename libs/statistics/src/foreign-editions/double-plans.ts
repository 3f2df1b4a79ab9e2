import { requireOneOf } from '../arguments.ts';
import { codeLetter, type InspectionLevel, type Severity } from '../attribute-sampling/index.ts';
import type { Stage } from '../attribute-sampling/multistage.ts';
import { columnOfAql, rowOfLetter } from '../attribute-sampling/tables.ts';

/** Sizes of either sample by row of the code letter (A has no double plan), and letter S of tightened inspection. */
const SIZES = [0, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000] as const;
const ROW_OF_R = 15;
const ROW_OF_E = 4;
/** Under reduced inspection a letter takes the size of the letter two before it, and A to C have no plan. */
const REDUCED_SHIFT = 2;

type Numbers = readonly [ac1: number, ac2: number, re1: number, re2: number];

/** Numbers by diagonal (row of the letter plus column of the AQL), from `first` on. */
interface Diagonals {
  readonly first: number;
  readonly numbers: readonly Numbers[];
}

/** MIL-STD-105E (1989), Tables III-A, III-B and III-C. */
const TABLES: Readonly<Record<Severity, Diagonals>> = {
  normal: {
    first: 17,
    numbers: [
      [0, 1, 2, 2],
      [0, 3, 3, 4],
      [1, 4, 4, 5],
      [2, 6, 5, 7],
      [3, 8, 7, 9],
      [5, 12, 9, 13],
      [7, 18, 11, 19],
      [11, 26, 16, 27],
      [17, 37, 22, 38],
      [25, 56, 31, 57],
    ],
  },
  tightened: {
    first: 18,
    numbers: [
      [0, 1, 2, 2],
      [0, 3, 3, 4],
      [1, 4, 4, 5],
      [2, 6, 5, 7],
      [3, 11, 7, 12],
      [6, 15, 10, 16],
      [9, 23, 14, 24],
      [15, 34, 20, 35],
      [23, 52, 29, 53],
    ],
  },
  reduced: {
    first: 17,
    numbers: [
      [0, 0, 2, 2],
      [0, 0, 3, 4],
      [0, 1, 4, 5],
      [0, 3, 4, 6],
      [1, 4, 5, 7],
      [2, 6, 7, 9],
      [3, 8, 8, 12],
      [5, 12, 10, 16],
      [7, 18, 12, 22],
      [11, 26, 17, 30],
    ],
  },
};

/** Last diagonal with a plan: the two largest pairs of numbers occur up to letter E only. */
function lastDiagonal(row: number): number {
  return row <= ROW_OF_E ? 26 : 24;
}

/** The row whose plan an arrow leads to, or null where the table has no double plan. */
function rowAfterArrows(row: number, column: number, severity: Severity): number | null {
  const { first } = TABLES[severity];
  const lowest = severity === 'reduced' ? REDUCED_SHIFT + 1 : 1;
  const highest = severity === 'tightened' ? ROW_OF_R + 1 : ROW_OF_R;
  const acceptOnZero = severity === 'tightened' ? 15 : 14;
  // The diagonal of single plans with Ac 0, and the arrow up to it; 105E has a plan below A at AQL 10 tightened.
  const single = row + column <= (severity === 'tightened' ? acceptOnZero : acceptOnZero + 1);
  if (single && !(severity === 'tightened' && row === 0 && column === 15)) return null;
  let found = row;
  while (found + column < first) found += 1;
  while (found > lowest && found + column > lastDiagonal(found)) found -= 1;
  const exists = found >= lowest && found <= highest && found + column <= lastDiagonal(found);
  return exists ? found : null;
}

/** A double plan of MIL-STD-105E with the edition that it must not be taken out of. */
export interface ForeignDoublePlan {
  readonly edition: 'MIL-STD-105E (1989)';
  readonly stages: readonly Stage[];
}

/**
 * Double sampling plan of MIL-STD-105E, for comparison and for contracts that name that standard. GB/T 2828.1-2012 has other
 * numbers: never use one for the other. Null where the table has no double plan (use its single plan). Throws range errors.
 * Source: MIL-STD-105E Tables I, III-A to III-C (public domain).
 */
export function foreignDoublePlan(
  lotSize: number,
  level: InspectionLevel,
  aql: number,
  severity: Severity,
): ForeignDoublePlan | null {
  requireOneOf(severity, ['normal', 'tightened', 'reduced'], 'severity', 'MIL-STD-105E');
  const column = columnOfAql(aql);
  const row = rowAfterArrows(rowOfLetter(codeLetter(lotSize, level)), column, severity);
  if (row === null) return null;
  const [ac1, ac2, re1, re2] = TABLES[severity].numbers[row + column - TABLES[severity].first]!;
  const n = SIZES[severity === 'reduced' ? row - REDUCED_SHIFT : row]!;
  return {
    edition: 'MIL-STD-105E (1989)',
    stages: [
      { n, ac: ac1, re: re1 },
      { n, ac: ac2, re: re2 },
    ],
  };
}
