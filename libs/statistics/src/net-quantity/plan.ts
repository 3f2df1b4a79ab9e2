import { requireOpenProbability, requireWhole } from '../arguments.ts';
import { parseDecimal, printExact } from '../conformity/decimal.ts';
import { refuse } from '../conformity/refuse.ts';
import { isDate } from '../dates.ts';
import { tQuantile } from '../distributions/continuous.ts';
import { requireImported, type StandardTable, type TableSlot } from '../table-slots.ts';

/** One row of a sampling table. */
export interface PlanRow {
  readonly lotFrom: number;
  /** Largest lot of the row; null for "and above". */
  readonly lotTo: number | null;
  readonly sampleSize: number | 'whole lot';
  /** Printed correction factor λ; null where the average is not tested. */
  readonly correction: string | null;
  /** Packages that may be short by more than T and at most 2T. */
  readonly allowedT1: number;
}

/** A rule for testing the net quantity of a lot, in one edition. None allows a shortage above 2T. */
export interface PrepackageEdition {
  readonly id: string;
  /** First and last day in force (YYYY-MM-DD); null when not known here or still in force. */
  readonly from: string | null;
  readonly to: string | null;
  /** The table, or the empty slot into which a person holding the standard transcribes it. */
  readonly table: readonly PlanRow[] | TableSlot;
}

/** Slot of the sampling table of JJF 1070-2023, which was not available to this library. */
export const JJF_1070_2023_SLOT: TableSlot = {
  id: 'jjf-1070-2023-sampling',
  standard: 'JJF 1070-2023',
  table: '计量检验抽样方案表',
  title: { zh: '定量包装商品净含量计量检验抽样方案', en: 'sampling plans for the net quantity of prepackages' },
  columns: [
    { name: 'lotFrom', kind: 'whole', meaning: { zh: '批量下限', en: 'smallest lot' } },
    {
      name: 'lotTo',
      kind: 'whole',
      nullable: true,
      meaning: { zh: '批量上限，空为以上', en: 'largest lot, null: above' },
    },
    {
      name: 'sampleSize',
      kind: 'whole',
      nullable: true,
      meaning: { zh: '样本量，空为全检', en: 'sample, null: whole lot' },
    },
    { name: 'correction', kind: 'text', nullable: true, meaning: { zh: '修正因子 λ，按印刷数字', en: 'λ as printed' } },
    { name: 'allowedT1', kind: 'whole', meaning: { zh: '允许大于 T 的件数', en: 'packages allowed beyond T' } },
  ],
};

const LARGE_LOTS: readonly PlanRow[] = [
  { lotFrom: 100, lotTo: 500, sampleSize: 50, correction: '0.379', allowedT1: 3 },
  { lotFrom: 501, lotTo: 3200, sampleSize: 80, correction: '0.295', allowedT1: 5 },
  { lotFrom: 3201, lotTo: null, sampleSize: 125, correction: '0.234', allowedT1: 7 },
];

/** JJF 1070-2005 annex table 4. The printed 0.848 for n = 13 is used although t gives 0.8472. */
const JJF_1070_2005: PrepackageEdition = {
  id: 'JJF 1070-2005',
  from: null,
  to: '2024-10-11',
  table: [
    { lotFrom: 1, lotTo: 10, sampleSize: 'whole lot', correction: null, allowedT1: 0 },
    { lotFrom: 11, lotTo: 50, sampleSize: 10, correction: '1.028', allowedT1: 0 },
    { lotFrom: 51, lotTo: 99, sampleSize: 13, correction: '0.848', allowedT1: 1 },
    ...LARGE_LOTS,
  ],
};

const JJF_1070_2023: PrepackageEdition = {
  id: 'JJF 1070-2023',
  from: '2024-10-12',
  to: null,
  table: JJF_1070_2023_SLOT,
};

const OIML_R87_2016: PrepackageEdition = { id: 'OIML R 87:2016', from: null, to: null, table: LARGE_LOTS };

/** Editions known here, also those whose table is still an empty slot. */
export const PREPACKAGE_EDITIONS: readonly PrepackageEdition[] = [JJF_1070_2005, JJF_1070_2023, OIML_R87_2016];

/** The edition with this id; throws `edition-unknown`. */
export function getPrepackageEdition(id: string): PrepackageEdition {
  return (
    PREPACKAGE_EDITIONS.find((edition) => edition.id === id) ??
    refuse('edition-unknown', 'edition', 'JJF 1070', `没有“${id}”这一版本。`, `No edition "${id}" is known.`)
  );
}

/**
 * The Chinese edition in force on a day (YYYY-MM-DD); throws `not-a-date`, and `edition-unknown` before 2006, for which no
 * edition is recorded here.
 */
export function prepackageEditionOn(date: string): PrepackageEdition {
  if (!isDate(date)) {
    refuse('not-a-date', 'date', 'JJF 1070', '日期应写作 2024-10-12。', 'Write the date as 2024-10-12.');
  }
  if (date < '2006-01-01') {
    refuse('edition-unknown', 'date', 'JJF 1070', '2006 年以前的版本未收录。', 'No edition before 2006 is recorded.');
  }
  return date >= '2024-10-12' ? JJF_1070_2023 : JJF_1070_2005;
}

/** What to sample and what to allow for one lot. */
export interface PrepackagePlan {
  readonly edition: string;
  readonly sampleSize: number;
  /** λ as printed; null where the average is not tested. */
  readonly correction: string | null;
  readonly allowedT1: number;
  readonly allowedT2: 0;
  readonly averageTest: boolean;
}

function rowsOfEdition(edition: PrepackageEdition, imported: StandardTable | undefined): readonly PlanRow[] {
  if (!('id' in edition.table)) return edition.table;
  return requireImported(edition.table, imported).rows.map((row) => ({
    lotFrom: row.lotFrom as number,
    lotTo: row.lotTo as number | null,
    sampleSize: row.sampleSize === null ? 'whole lot' : (row.sampleSize as number),
    correction: row.correction === null ? null : printExact(parseDecimal(row.correction, 'correction')),
    allowedT1: row.allowedT1 as number,
  }));
}

/**
 * Sampling plan for a lot of `lotSize` packages under an edition; `imported` is the transcribed table of an edition whose
 * slot is empty (JJF 1070-2023). Throws `not-a-whole-number`, `out-of-range`, `edition-unknown`, `lot-not-covered`
 * (OIML R 87 below 100), `table-not-imported`, `table-import-refused`.
 * Sources: JJF 1070-2005 annex table 4; OIML R 87:2016 table of sampling plans.
 */
export function prepackagePlan(lotSize: number, editionId: string, imported?: StandardTable): PrepackagePlan {
  const edition = getPrepackageEdition(editionId);
  requireWhole(lotSize, 'lotSize', edition.id, 1);
  const rows = rowsOfEdition(edition, imported);
  const row = rows.find((one) => lotSize >= one.lotFrom && (one.lotTo === null || lotSize <= one.lotTo));
  if (row === undefined) {
    refuse(
      'lot-not-covered',
      'lotSize',
      edition.id,
      `${edition.id} 没有批量 ${lotSize} 的抽样方案。`,
      `${edition.id} has no sampling plan for a lot of ${lotSize}.`,
    );
  }
  return {
    edition: edition.id,
    sampleSize: row.sampleSize === 'whole lot' ? lotSize : row.sampleSize,
    correction: row.correction,
    allowedT1: row.allowedT1,
    allowedT2: 0,
    averageTest: row.correction !== null,
  };
}

/**
 * Correction factor λ = t(confidence; n-1)/√n of the mean test, unrounded; the tables print it to three places.
 * `n` at least 2, `confidence` one-sided (0.995 in JJF 1070 and OIML R 87). Throws `out-of-range`,
 * `not-strictly-between-0-and-1`.
 */
export function correctionFactor(n: number, confidence: number): number {
  requireWhole(n, 'n', 'JJF 1070-2005 annex table 4', 2);
  requireOpenProbability(confidence, 'confidence', 'JJF 1070-2005 annex table 4');
  return tQuantile(confidence, n - 1) / Math.sqrt(n);
}

/** Sample correction factor t(0.975; n-1)/√n of the American rule, unrounded; n at least 2. Source: NIST Handbook 133. */
export function handbook133Factor(n: number): number {
  requireWhole(n, 'n', 'NIST Handbook 133 table 2-1', 2);
  return correctionFactor(n, 0.975);
}

/** European test of the mean of a batch. */
export interface MeanTestPlan {
  readonly n: number;
  readonly factor: number;
}

/**
 * Sample size and printed factor of the European test of the mean; `batchSize` at least 100.
 * Throws `out-of-range` below 100, where the directive prescribes no sampling plan.
 * Source: Directive 76/211/EEC annex II 2.3 (UK SI 2006/659 schedule 2).
 */
export function europeanMeanPlan(batchSize: number, destructive: boolean): MeanTestPlan {
  requireWhole(batchSize, 'batchSize', '76/211/EEC annex II 2.3', 100);
  if (destructive) return { n: 20, factor: 0.64 };
  return batchSize <= 500 ? { n: 30, factor: 0.503 } : { n: 50, factor: 0.379 };
}
