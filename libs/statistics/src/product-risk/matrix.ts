import { requireWhole } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';
import { isDate } from '../dates.ts';
import { requireImported, rowsOf, type StandardTable, type TableSlot } from '../table-slots.ts';
import { exceeds, type Fraction, parseProbability } from './fraction.ts';

/** Levels from the lowest to the highest. */
export const RISK_LEVELS = ['low', 'medium', 'high', 'serious'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** A row of a matrix: probabilities strictly above `above`, and the level at each severity from 1 on. */
export interface MatrixRow {
  /** Lower edge, not included, as a fraction; null for the last row, which takes everything that is left. */
  readonly above: string | null;
  /** As the source prints the band. */
  readonly band: string;
  readonly levels: readonly RiskLevel[];
}

/** A severity × probability matrix as versioned data; dates YYYY-MM-DD, both included, null where unlimited or unknown. */
export interface RiskMatrix {
  readonly edition: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly source: string;
  /** Whether the text itself was at hand. */
  readonly confirmed: boolean;
  readonly rows: readonly MatrixRow[];
}

const CODES: Readonly<Record<string, RiskLevel>> = { L: 'low', M: 'medium', H: 'high', S: 'serious' };

function row(above: string | null, band: string, codes: string): MatrixRow {
  return { above, band, levels: [...codes].map((code) => CODES[code]!) };
}

/**
 * The matrix of the European rapid alert system. It is transcribed from knowledge of the decisions and agrees with the rows
 * that their printed example shows; it was not compared with the printed table.
 */
export const RAPEX_MATRIX: RiskMatrix = {
  edition: '(EU) 2019/417',
  from: '2010-01-26',
  to: '2024-12-12',
  source: 'Decision 2010/15/EU part IV table 4, kept by Implementing Decision (EU) 2019/417 part IV',
  confirmed: false,
  rows: [
    row('1/2', '>50%', 'HSSS'),
    row('1/10', '>1/10', 'MSSS'),
    row('1/100', '>1/100', 'MSSS'),
    row('1/1000', '>1/1000', 'LHSS'),
    row('1/10000', '>1/10000', 'LMHS'),
    row('1/100000', '>1/100000', 'LLMH'),
    row('1/1000000', '>1/1000000', 'LLLM'),
    row(null, '<1/1000000', 'LLLL'),
  ],
};

const CELL_COLUMNS: TableSlot['columns'] = [
  {
    name: 'above',
    kind: 'text',
    nullable: true,
    meaning: { zh: '概率下限（不含），如 1/100；最后一档为空', en: 'lower edge, not included; null for the last band' },
  },
  { name: 'band', kind: 'text', meaning: { zh: '概率档的原文', en: 'the band as printed' } },
  { name: 'severity', kind: 'whole', meaning: { zh: '伤害程度，从 1 起', en: 'severity, from 1' } },
  { name: 'level', kind: 'text', meaning: { zh: 'low/medium/high/serious', en: 'low, medium, high or serious' } },
];

/** The matrix in force in the European Union since 13 December 2024. Not at hand: an empty slot. */
export const SAFETY_GATE_SLOT: TableSlot = {
  id: 'eu-2024-3173-annex-2',
  standard: '(EU) 2024/3173',
  table: 'Annex II',
  title: { zh: '欧盟安全门风险等级矩阵', en: 'Safety Gate risk level matrix' },
  columns: CELL_COLUMNS,
};

/** The matrix of GB/T 22760-2020. Not at hand: an empty slot. */
export const GBT_22760_SLOT: TableSlot = {
  id: 'gbt-22760-2020-matrix',
  standard: 'GB/T 22760-2020',
  table: '风险等级矩阵',
  title: { zh: '消费品安全风险等级矩阵', en: 'risk level matrix of consumer product safety' },
  columns: CELL_COLUMNS,
};

/** Severities of GB/T 22760, as the literature quotes the 2008 edition; the 2020 edition has to be compared. */
export const GBT_22760_SEVERITIES: readonly { readonly severity: number; readonly zh: string; readonly en: string }[] =
  [
    { severity: 1, zh: '微弱', en: 'slight' },
    { severity: 2, zh: '一般', en: 'moderate' },
    { severity: 3, zh: '严重', en: 'serious' },
    { severity: 4, zh: '非常严重', en: 'very serious' },
  ];

function invalidMatrix(slot: TableSlot, zh: string, en: string): never {
  refuse('matrix-invalid', 'table', `${slot.standard} ${slot.table}`, zh, en);
}

/**
 * The matrix of an imported table. Throws `table-not-imported` while the slot is empty, `table-import-refused`, and
 * `matrix-invalid` when a cell is missing or repeated, a level unknown, the edges do not fall, or a greater severity or
 * probability would lower the level.
 */
export function matrixOf(slot: TableSlot, table: StandardTable | undefined): RiskMatrix {
  const { edition, source, rows } = requireImported(slot, table);
  const severities = Math.max(...rows.map((cell) => cell.severity as number));
  const bands = [...new Set(rows.map((cell) => cell.band as string))];
  const matrix = bands.map((band): MatrixRow => {
    const cells = rowsOf(slot, table, { band });
    const levels = Array.from({ length: severities }, (_, index) => {
      const found = cells.filter((cell) => cell.severity === index + 1);
      const level = RISK_LEVELS.find((known) => known === found[0]?.level);
      if (found.length !== 1 || level === undefined) {
        invalidMatrix(
          slot,
          `${band} 档伤害程度 ${index + 1} 缺失、重复或等级不明`,
          `cell ${band}, ${index + 1} is wrong`,
        );
      }
      return level;
    });
    return { above: cells[0]!.above as string | null, band, levels };
  });
  requireMonotone(slot, matrix);
  return { edition, from: null, to: null, source, confirmed: true, rows: matrix };
}

function requireMonotone(slot: TableSlot, rows: readonly MatrixRow[]): void {
  const rank = (level: RiskLevel): number => RISK_LEVELS.indexOf(level);
  const edges = rows.map(({ above }) => (above === null ? null : parseProbability(above, 'above', slot.standard)));
  const falling = edges.every((edge, i) => {
    if (i === edges.length - 1) return edge === null;
    const next = edges[i + 1];
    return edge !== null && (next === null || next === undefined || exceeds(edge, next));
  });
  const ordered = rows.every((current, i) =>
    current.levels.every(
      (level, s) =>
        (s === 0 || rank(level) >= rank(current.levels[s - 1]!)) &&
        (i === 0 || rank(level) <= rank(rows[i - 1]!.levels[s]!)),
    ),
  );
  if (!falling || !ordered) {
    invalidMatrix(
      slot,
      '概率档应由高到低且末档不设下限，等级不得随概率或伤害程度升高而降低',
      'edges must fall, the last be open, and levels must not fall with probability or severity',
    );
  }
}

/**
 * The European matrix in force on a date (YYYY-MM-DD). From 13 December 2024 it is that of (EU) 2024/3173, which has to be
 * imported. Throws `table-not-imported`, `date-unreadable`, and `edition-unknown` before 26 January 2010.
 */
export function europeanMatrixOn(date: string, safetyGate?: StandardTable): RiskMatrix {
  if (!isDate(date)) {
    refuse('date-unreadable', 'date', RAPEX_MATRIX.source, '日期应写作 YYYY-MM-DD。', 'Write the date as YYYY-MM-DD.');
  }
  if (date < RAPEX_MATRIX.from!) {
    refuse(
      'edition-unknown',
      'date',
      RAPEX_MATRIX.source,
      `${RAPEX_MATRIX.from} 以前的矩阵未收录。`,
      `No matrix before ${RAPEX_MATRIX.from} is recorded.`,
    );
  }
  return date <= RAPEX_MATRIX.to! ? RAPEX_MATRIX : { ...matrixOf(SAFETY_GATE_SLOT, safetyGate), from: '2024-12-13' };
}

/** The row of a probability. */
export function rowOf(matrix: RiskMatrix, probability: Fraction): MatrixRow {
  return matrix.rows.find(
    ({ above }) => above === null || exceeds(probability, parseProbability(above, 'above', matrix.edition)),
  )!;
}

/** Level of a row at a severity; throws `out-of-range` for a severity that the matrix does not have. */
export function levelAt(matrix: RiskMatrix, found: MatrixRow, severity: number): RiskLevel {
  return found.levels[requireWhole(severity, 'severity', matrix.edition, 1, found.levels.length) - 1]!;
}
