import { requireOneOf, requireWhole } from '../arguments.ts';
import type { Severity } from '../attribute-sampling/index.ts';
import { refuse } from '../conformity/refuse.ts';
import { acceptabilityConstant } from '../variables-sampling/index.ts';

const CLAUSE = 'ANSI/ASQ Z1.9 (MIL-STD-414), s method';

/** Inspection levels of the foreign variables tables; S-1 and S-2 do not exist there. */
export type ForeignVariablesLevel = 'S-3' | 'S-4' | 'I' | 'II' | 'III';

const LEVELS: readonly ForeignVariablesLevel[] = ['S-3', 'S-4', 'I', 'II', 'III'];

/** Largest lot of each band, and its letters for the levels in order. */
const LETTERS: readonly (readonly [largest: number, letters: string])[] = [
  [8, 'BBBBC'],
  [15, 'BBBBD'],
  [25, 'BBBCE'],
  [50, 'BBCDF'],
  [90, 'BBDEG'],
  [150, 'BCEFH'],
  [280, 'BDFGI'],
  [400, 'CEGHJ'],
  [500, 'CEGIJ'],
  [1200, 'DFHJK'],
  [3200, 'EGIKL'],
  [10_000, 'FHJLM'],
  [35_000, 'GIKMN'],
  [150_000, 'HJLNP'],
  [500_000, 'HKMPP'],
  [Number.MAX_SAFE_INTEGER, 'HKNPP'],
];

const ROWS = 'BCDEFGHIJKLMNP';
const NORMAL_SIZES = [3, 4, 5, 7, 10, 15, 20, 25, 35, 50, 75, 100, 150, 200];
const REDUCED_SIZES = [3, 3, 3, 3, 4, 5, 7, 10, 15, 20, 25, 30, 50, 75];

/** A column of M in per cent: the row of its first plan (an arrow leads there from the rows above) and the values from it. */
type Column = readonly [first: number, ...values: readonly number[]];

/** Tightened inspection at AQL 0.10 is the first column; normal inspection at the same AQL the next one. */
const NORMAL: readonly Column[] = [
  [4, 0.077, 0.186, 0.228, 0.25, 0.253, 0.243, 0.225, 0.218, 0.202, 0.204],
  [3, 0.005, 0.179, 0.311, 0.356, 0.378, 0.373, 0.355, 0.326, 0.315, 0.292, 0.294],
  [3, 0.087, 0.349, 0.491, 0.531, 0.551, 0.534, 0.503, 0.461, 0.444, 0.412, 0.414],
  [3, 0.421, 0.714, 0.839, 0.864, 0.874, 0.833, 0.778, 0.711, 0.684, 0.636, 0.637],
  [2, 0.041, 1.05, 1.27, 1.33, 1.33, 1.32, 1.24, 1.16, 1.06, 1.02, 0.946, 0.945],
  [2, 1.34, 2.13, 2.14, 2.09, 2.03, 2, 1.87, 1.73, 1.59, 1.52, 1.42, 1.42],
  [1, 1.49, 3.33, 3.54, 3.27, 3.06, 2.93, 2.86, 2.66, 2.47, 2.27, 2.18, 2.05, 2.04],
  [1, 5.46, 5.82, 5.34, 4.72, 4.32, 4.1, 3.97, 3.7, 3.44, 3.17, 3.06, 2.88, 2.86],
  [0, 7.59, 10.88, 9.8, 8.4, 7.26, 6.55, 6.18, 5.98, 5.58, 5.21, 4.83, 4.67, 4.42, 4.39],
  [0, 18.86, 16.41, 14.37, 12.19, 10.53, 9.48, 8.95, 8.65, 8.11, 7.61, 7.1, 6.88, 6.56, 6.52],
  [0, 26.94, 22.84, 20.19, 17.34, 15.17, 13.74, 13.01, 12.6, 11.89, 11.23, 10.58, 10.29, 9.86, 9.8],
  [0, 33.69, 29.43, 26.55, 23.3, 20.73, 18.97, 18.07, 17.55, 16.67, 15.87, 15.07, 14.71, 14.18, 14.11],
];

const REDUCED: readonly Column[] = [
  [6, 0.087, 0.349, 0.491, 0.531, 0.551, 0.567, 0.503, 0.461],
  [6, 0.421, 0.714, 0.839, 0.864, 0.874, 0.885, 0.778, 0.711],
  [5, 0.041, 1.06, 1.27, 1.33, 1.33, 1.32, 1.32, 1.16, 1.06],
  [5, 1.34, 2.13, 2.14, 2.09, 2.03, 2, 1.98, 1.73, 1.59],
  [4, 1.49, 3.33, 3.54, 3.27, 3.06, 2.93, 2.86, 2.82, 2.47, 2.27],
  [4, 5.46, 5.82, 5.34, 4.72, 4.32, 4.1, 3.97, 3.91, 3.44, 3.17],
  [3, 7.59, 10.88, 9.8, 8.4, 7.26, 6.55, 6.18, 5.98, 5.87, 5.21, 4.83],
  [3, 18.86, 16.41, 14.37, 12.19, 10.53, 9.48, 8.95, 8.65, 8.48, 7.61, 7.1],
  [3, 26.94, 22.84, 20.19, 17.34, 15.17, 13.74, 13.01, 12.6, 12.37, 11.23, 10.58],
  [3, 33.69, 29.43, 26.55, 23.3, 20.73, 18.97, 18.07, 17.55, 17.25, 15.87, 15.07],
  [3, 40.47, 36.79, 33.94, 30.5, 27.65, 25.63, 24.58, 23.97, 23.61, 21.99, 21.05],
];

const AQLS = [0.1, 0.15, 0.25, 0.4, 0.65, 1, 1.5, 2.5, 4, 6.5, 10];

/** A plan of Z1.9 with the edition that it must not be taken out of. `maximumPercent` is M, `k` follows from it. */
export interface ForeignVariablesPlan {
  readonly edition: 'ANSI/ASQ Z1.9 (MIL-STD-414)';
  readonly n: number;
  readonly k: number;
  readonly maximumPercent: number;
}

/**
 * Plan for variables of ANSI/ASQ Z1.9, standard deviation unknown, for comparison and for contracts that name that standard.
 * ISO 3951-1:2022 and GB/T 6378.1 have other letters and constants: never use one for the other. AQL one of 0.10 to 10.
 * Throws `aql-not-preferred`, `level-unknown`, range errors. Source: MIL-STD-414 tables A-2, B-3, B-4 as converted to Z1.9.
 */
export function foreignVariablesPlan(
  lotSize: number,
  level: ForeignVariablesLevel,
  aql: number,
  severity: Severity,
): ForeignVariablesPlan {
  requireWhole(lotSize, 'lotSize', CLAUSE, 2);
  requireOneOf(severity, ['normal', 'tightened', 'reduced'], 'severity', CLAUSE);
  const position = LEVELS.indexOf(level);
  if (position === -1) {
    refuse('level-unknown', 'level', CLAUSE, `没有检验水平“${level}”。`, `There is no inspection level "${level}".`);
  }
  const column = AQLS.indexOf(aql);
  if (column === -1) {
    refuse('aql-not-preferred', 'aql', CLAUSE, `表中没有接收质量限 ${aql}。`, `The table has no AQL of ${aql}.`);
  }
  const [, letters] = LETTERS.find(([largest]) => lotSize <= largest)!;
  const [first, ...values] =
    severity === 'reduced' ? REDUCED[column]! : NORMAL[severity === 'normal' ? column + 1 : column]!;
  const row = Math.max(first, ROWS.indexOf(letters[position]!));
  const n = (severity === 'reduced' ? REDUCED_SIZES : NORMAL_SIZES)[row]!;
  const maximumPercent = values[row - first]!;
  return {
    edition: 'ANSI/ASQ Z1.9 (MIL-STD-414)',
    n,
    k: acceptabilityConstant(maximumPercent / 100, n),
    maximumPercent,
  };
}
