import { requireWhole } from '../arguments.ts';
import { StatisticsError } from '../errors.ts';
import {
  ATTRIBUTE_EDITION,
  CODE_LETTERS,
  type CodeLetter,
  columnOfAql,
  type InspectionLevel,
  LARGEST_PERCENT_AQL,
  letterOfBand,
  letterOfRow,
  PREFERRED_AQL,
  rowOfLetter,
  type Severity,
  tableCell,
} from './tables.ts';

/** A single sampling plan as resolved in Tables 2-A to 2-C (arrows followed). */
export interface SinglePlan {
  /** Letter of the row that the arrow leads to; the plan's n belongs to it. */
  readonly code: CodeLetter;
  readonly n: number;
  readonly ac: number;
  readonly re: number;
}

/** A single plan for a lot of known size. */
export interface SingleLotPlan extends SinglePlan {
  /** Letter that Table 1 gives, before any arrow. */
  readonly initialCode: CodeLetter;
  /** True when n ≥ N: every unit of the lot is inspected. `n` and `ac` stay as the table prints them. */
  readonly fullInspection: boolean;
  /** Units to inspect: min(n, N). */
  readonly inspect: number;
  readonly edition: string;
}

/**
 * Sample size code letter for a lot of `lotSize` units (whole, ≥ 2).
 * Throws `lot-of-one` for a single unit, which the standard does not cover. Source: GB/T 2828.1-2012 10.1, Table 1.
 */
export function codeLetter(lotSize: number, level: InspectionLevel): CodeLetter {
  requireWhole(lotSize, 'lotSize', 'GB/T 2828.1-2012 Table 1', 1);
  if (lotSize === 1) {
    throw new StatisticsError({
      code: 'lot-of-one',
      argument: 'lotSize',
      clause: 'GB/T 2828.1-2012 Table 1',
      zh: '批量为 1 没有样本量字码，应逐件检验',
      en: 'a lot of one unit has no code letter: inspect the unit itself',
    });
  }
  return letterOfBand(lotSize, level);
}

/** Follows arrows within one column; a direction without any plan is answered by the other direction. */
function resolve(severity: Severity, row: number, column: number): SinglePlan {
  const lastRow = severity === 'tightened' ? CODE_LETTERS.length : CODE_LETTERS.length - 1;
  const start = tableCell(severity, row, column);
  const step = start.kind === 'up' ? -1 : 1;
  for (const direction of [step, -step]) {
    for (let r = row; r >= 0 && r <= lastRow; r += direction) {
      const cell = tableCell(severity, r, column);
      if (cell.kind === 'plan') {
        return { code: letterOfRow(r), n: cell.n, ac: cell.ac, re: cell.ac + 1 };
      }
    }
  }
  throw new RangeError(`no plan in column ${PREFERRED_AQL[column]} of the ${severity} table`);
}

/**
 * Single sampling plan for a code letter and AQL (percent nonconforming up to 10, else nonconformities per 100
 * units), with arrows followed: the plan's n is the n of the row reached. Re = Ac + 1.
 * Throws `unknown-code-letter`, `aql-not-in-standard`. Source: GB/T 2828.1-2012 10.3, Tables 2-A, 2-B, 2-C.
 */
export function singlePlanByCode(code: CodeLetter, aql: number, severity: Severity): SinglePlan {
  if (severity !== 'normal' && severity !== 'tightened' && severity !== 'reduced') {
    throw new StatisticsError({
      code: 'unknown-severity',
      argument: 'severity',
      clause: 'GB/T 2828.1-2012 9',
      zh: `检验严格度“${String(severity)}”不存在，应为正常、加严或放宽`,
      en: `inspection severity "${String(severity)}" does not exist: use normal, tightened or reduced`,
    });
  }
  return resolve(severity, rowOfLetter(code), columnOfAql(aql));
}

/**
 * Single sampling plan for a lot. `lotSize` in units (≥ 2). When the plan's n reaches the lot size the whole lot is
 * inspected (`fullInspection`). Throws as {@link codeLetter} and {@link singlePlanByCode}.
 * Source: GB/T 2828.1-2012 10.1–10.3.
 */
export function singlePlanForLot(
  lotSize: number,
  level: InspectionLevel,
  aql: number,
  severity: Severity = 'normal',
): SingleLotPlan {
  const initialCode = codeLetter(lotSize, level);
  const plan = singlePlanByCode(initialCode, aql, severity);
  return {
    ...plan,
    initialCode,
    fullInspection: plan.n >= lotSize,
    inspect: Math.min(plan.n, lotSize),
    edition: ATTRIBUTE_EDITION.standard,
  };
}

/** The next smaller preferred AQL, or undefined for the smallest, 0.010. Throws `aql-not-in-standard`. */
export function findNextTighterAql(aql: number): number | undefined {
  return PREFERRED_AQL[columnOfAql(aql) - 1];
}

/**
 * Whether an AQL may be stated in percent nonconforming (≤ 10) or only in nonconformities per 100 units.
 * Throws `aql-not-in-standard`. Source: GB/T 2828.1-2012 5.1 and Table 2 headings.
 */
export function isPercentNonconformingAql(aql: number): boolean {
  columnOfAql(aql);
  return aql <= LARGEST_PERCENT_AQL;
}
