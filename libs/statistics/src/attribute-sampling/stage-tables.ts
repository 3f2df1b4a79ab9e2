import { StatisticsError } from '../errors.ts';
import { rowsOf, type SlotColumn, type StandardTable, type TableSlot } from '../table-slots.ts';
import type { Stage } from './multistage.ts';
import { type CodeLetter, columnOfAql, rowOfLetter, type Severity } from './tables.ts';

const KEY_COLUMNS: readonly SlotColumn[] = [
  {
    name: 'severity',
    kind: 'text',
    meaning: { zh: '严格度 normal/tightened/reduced', en: 'normal, tightened or reduced' },
  },
  { name: 'code', kind: 'text', meaning: { zh: '样本量字码', en: 'code letter before arrows' } },
  { name: 'aql', kind: 'decimal', meaning: { zh: '接收质量限', en: 'AQL' } },
];

const STAGE_COLUMNS: readonly SlotColumn[] = [
  ...KEY_COLUMNS,
  { name: 'stage', kind: 'whole', meaning: { zh: '第几次抽样，从 1 起', en: 'stage, from 1' } },
  { name: 'n', kind: 'whole', meaning: { zh: '该次样本量', en: 'units drawn at the stage' } },
  {
    name: 'ac',
    kind: 'whole',
    nullable: true,
    meaning: { zh: '累计接收数；不允许接收时为空', en: 'cumulative Ac; null where acceptance is not permitted' },
  },
  { name: 're', kind: 'whole', meaning: { zh: '累计拒收数', en: 'cumulative Re' } },
];

/** GB/T 2828.1-2012 Tables 3-A to 3-C. The 1999/2012 edition differs from MIL-STD-105E: never fill it from there. */
export const DOUBLE_SAMPLING_SLOT: TableSlot = {
  id: 'gbt-2828.1-2012-double',
  standard: 'GB/T 2828.1-2012',
  table: 'Table 3-A to 3-C',
  title: { zh: '二次抽样方案主表', en: 'double sampling plans, master tables' },
  columns: STAGE_COLUMNS,
};

/** GB/T 2828.1-2012 Tables 4-A to 4-C (five stages in this edition). */
export const MULTIPLE_SAMPLING_SLOT: TableSlot = {
  id: 'gbt-2828.1-2012-multiple',
  standard: 'GB/T 2828.1-2012',
  table: 'Table 4-A to 4-C',
  title: { zh: '多次抽样方案主表', en: 'multiple sampling plans, master tables' },
  columns: STAGE_COLUMNS,
};

/** GB/T 2828.1-2012 Tables 11-A to 11-C, fractional acceptance numbers 1/5, 1/3 and 1/2. */
export const FRACTIONAL_SAMPLING_SLOT: TableSlot = {
  id: 'gbt-2828.1-2012-fractional',
  standard: 'GB/T 2828.1-2012',
  table: 'Table 11-A to 11-C',
  title: { zh: '分数接收数一次抽样方案主表', en: 'fractional acceptance number plans, master tables' },
  columns: [
    ...KEY_COLUMNS,
    { name: 'n', kind: 'whole', meaning: { zh: '样本量', en: 'sample size' } },
    {
      name: 'ac',
      kind: 'text',
      meaning: { zh: '接收数，如 0、1/3、1/2、1', en: 'acceptance number such as 0, 1/3, 1/2, 1' },
    },
  ],
};

/**
 * Double or multiple plan for a code letter (arrows already followed by the transcriber: one entry per letter and
 * AQL), from an imported table. The result feeds the exact engine `multistageCharacteristic`.
 * Throws `table-not-imported` while the table is missing, `not-in-table`, `unknown-code-letter`,
 * `aql-not-in-standard`, `stages-incomplete`.
 */
export function stagePlanByCode(
  slot: TableSlot,
  table: StandardTable | undefined,
  code: CodeLetter,
  aql: number,
  severity: Severity,
): Stage[] {
  rowOfLetter(code);
  columnOfAql(aql);
  const rows = [...rowsOf(slot, table, { severity, code, aql })].sort((a, b) => Number(a.stage) - Number(b.stage));
  if (rows.some((row, index) => row.stage !== index + 1)) {
    throw new StatisticsError({
      code: 'stages-incomplete',
      argument: 'table',
      clause: `${slot.standard} ${slot.table}`,
      zh: `字码 ${code}、接收质量限 ${aql} 的各次抽样不连续`,
      en: `the stages of code ${code}, AQL ${aql} are not numbered 1, 2, 3 …`,
    });
  }
  return rows.map((row) => ({ n: Number(row.n), ac: row.ac === null ? null : Number(row.ac), re: Number(row.re) }));
}

/** Fractional-Ac plan of a code letter from an imported table. Throws as {@link stagePlanByCode}. */
export function fractionalPlanByCode(
  table: StandardTable | undefined,
  code: CodeLetter,
  aql: number,
  severity: Severity,
): { n: number; ac: string } {
  rowOfLetter(code);
  columnOfAql(aql);
  const row = rowsOf(FRACTIONAL_SAMPLING_SLOT, table, { severity, code, aql })[0]!;
  return { n: Number(row.n), ac: String(row.ac) };
}
