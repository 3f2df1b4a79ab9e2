import { type CodeLetter, columnOfAql, rowOfLetter, type Severity } from '../attribute-sampling/tables.ts';
import { rowsOf, type SlotColumn, type StandardTable, type TableSlot } from '../table-slots.ts';
import type { SigmaMethod, VariablesPlan } from './operating-characteristic.ts';

const KEY_COLUMNS: readonly SlotColumn[] = [
  {
    name: 'sigma',
    kind: 'text',
    meaning: { zh: '标准差 known/unknown', en: 'known (σ method) or unknown (s method)' },
  },
  {
    name: 'severity',
    kind: 'text',
    meaning: { zh: '严格度 normal/tightened/reduced', en: 'normal, tightened or reduced' },
  },
  { name: 'code', kind: 'text', meaning: { zh: '样本量字码', en: 'code letter before arrows' } },
  { name: 'aql', kind: 'decimal', meaning: { zh: '接收质量限，%', en: 'AQL, percent nonconforming' } },
  { name: 'n', kind: 'whole', meaning: { zh: '样本量', en: 'sample size' } },
];

/** GB/T 6378.1 (ISO 3951-1) form k master tables. Editions differ from each other and from ANSI Z1.9: never mix. */
export const FORM_K_SLOT: TableSlot = {
  id: 'gbt-6378.1-form-k',
  standard: 'GB/T 6378.1',
  table: 'form k master tables',
  title: { zh: '计量一次抽样方案 k 法主表', en: 'single sampling by variables, form k' },
  columns: [...KEY_COLUMNS, { name: 'k', kind: 'decimal', meaning: { zh: '接收常数', en: 'acceptability constant' } }],
};

/** GB/T 6378.1 (ISO 3951-1) form p* tables for combined control of two limits. */
export const FORM_P_SLOT: TableSlot = {
  id: 'gbt-6378.1-form-p',
  standard: 'GB/T 6378.1',
  table: 'form p* master tables',
  title: { zh: '计量一次抽样方案 p* 法主表', en: 'single sampling by variables, form p*' },
  columns: [
    ...KEY_COLUMNS,
    { name: 'maximumFraction', kind: 'decimal', meaning: { zh: '最大允许不符合率 p*', en: 'maximum fraction p*' } },
  ],
};

function rowFor(
  slot: TableSlot,
  table: StandardTable | undefined,
  key: { sigma: SigmaMethod; severity: Severity; code: CodeLetter; aql: number },
) {
  rowOfLetter(key.code);
  columnOfAql(key.aql);
  return rowsOf(slot, table, key)[0]!;
}

/** Form k plan from an imported table. Throws `table-not-imported`, `not-in-table`, `aql-not-in-standard`. */
export function formKPlan(
  table: StandardTable | undefined,
  sigma: SigmaMethod,
  code: CodeLetter,
  aql: number,
  severity: Severity,
): VariablesPlan {
  const row = rowFor(FORM_K_SLOT, table, { sigma, severity, code, aql });
  return { n: Number(row.n), k: Number(row.k) };
}

/** Form p* plan from an imported table. Throws as {@link formKPlan}. */
export function formPPlan(
  table: StandardTable | undefined,
  sigma: SigmaMethod,
  code: CodeLetter,
  aql: number,
  severity: Severity,
): { n: number; maximumFraction: number } {
  const row = rowFor(FORM_P_SLOT, table, { sigma, severity, code, aql });
  return { n: Number(row.n), maximumFraction: Number(row.maximumFraction) };
}
