import { type Actor, execute, type Kernel, Problem, rehearse } from '@hengjian/kernel';
import { v7 as uuid } from 'uuid';
import { locate } from '../place/find-region.ts';
import { csvRows } from './csv.ts';
import { type FileSource, openLedger } from './file.ts';
import { xlsxRows } from './xlsx.ts';

export type LedgerFormat = 'csv' | 'xlsx';

/** Columns of a ledger with the headings by which each is known, our own template's first. */
export interface LedgerShape<Column extends string> {
  columns: Readonly<Record<Column, readonly string[]>>;
  /** A row that has these is the header. */
  marks: readonly Column[];
  /** A header that lacks one of these is refused as a whole. */
  required: readonly Column[];
}

/** What is wrong with a row, or what should be known of it. */
export interface LedgerFault {
  row: number;
  column: string | null;
  code: string;
  zh: string;
  en: string;
  value: string | null;
}

/** One row behind the header. */
export interface LedgerCells<Column extends string> {
  row: number;
  get(column: Column): string;
  /** Whether the row said anything wrong so far. */
  faulty(): boolean;
  fault(column: Column, code: string, zh: string, en: string): void;
}

const headerWithin = 10;
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_()（）*]/g, '');

function readHeader<Column extends string>(
  cells: readonly string[],
  { columns, marks }: LedgerShape<Column>,
): Map<Column, number> | undefined {
  const found = new Map<Column, number>();
  for (const [column, names] of Object.entries(columns) as [Column, readonly string[]][]) {
    const at = cells.findIndex((cell) => names.some((name) => plain(name) === plain(cell)));
    if (at >= 0) found.set(column, at);
  }
  return marks.every((mark) => found.has(mark)) ? found : undefined;
}

/**
 * Reads a ledger row by row; what cannot be read is reported by row and column and stops no other.
 * @param read makes an entry of a row, or says what is wrong with it and answers undefined
 * @throws Problem 422 `header-missing`, `columns-missing`, `not-this-format`
 */
export async function readLedger<Column extends string, Entry>(
  source: FileSource,
  format: LedgerFormat,
  shape: LedgerShape<Column>,
  read: (cells: LedgerCells<Column>) => Entry | undefined,
): Promise<{ entries: Entry[]; faults: LedgerFault[] }> {
  const file = await openLedger(source, format);
  const entries: Entry[] = [];
  const faults: LedgerFault[] = [];
  try {
    let header: Map<Column, number> | undefined;
    let seen = 0;
    for await (const { row, cells, broken } of format === 'csv' ? csvRows(file, () => 0) : xlsxRows(file, () => 0)) {
      if (header === undefined) {
        seen += 1;
        if (seen > headerWithin) break;
        header = readHeader(cells, shape);
        if (header !== undefined) requireColumns(header, shape);
        continue;
      }
      if (cells.every((cell) => cell.trim() === '')) continue;
      if (broken) {
        const zh = '引号不成对，这一行无法读取。';
        faults.push({ row, column: null, code: 'row-broken', zh, en: 'Quotation marks do not match.', value: null });
        continue;
      }
      const told = faults.length;
      const get = (column: Column): string => (cells[header!.get(column) ?? -1] ?? '').trim();
      const entry = read({
        row,
        get,
        faulty: () => faults.length > told,
        fault: (column, code, zh, en) =>
          faults.push({ row, column: shape.columns[column][0]!, code, zh, en, value: get(column) || null }),
      });
      if (entry !== undefined && faults.length === told) entries.push(entry);
    }
    if (header === undefined) throw headerMissing(shape);
    return { entries, faults };
  } finally {
    await file.close();
  }
}

function requireColumns<Column extends string>(header: Map<Column, number>, shape: LedgerShape<Column>): void {
  const missing = shape.required.filter((column) => !header.has(column));
  if (missing.length > 0)
    throw new Problem(
      422,
      'columns-missing',
      `表头缺少：${missing.map((column) => shape.columns[column][0]).join('、')}。`,
      `The header lacks: ${missing.map((column) => shape.columns[column].at(-1)).join(', ')}.`,
    );
}

function headerMissing<Column extends string>({ columns, marks }: LedgerShape<Column>): Problem {
  const named = (at: 0 | -1): string[] => marks.map((mark) => columns[mark].at(at)!);
  return new Problem(
    422,
    'header-missing',
    `没有找到表头，至少应有${named(0)
      .map((name) => `“${name}”`)
      .join('和')}两列。`,
    `No header was found; it must name: ${named(-1).join(', ')}.`,
  );
}

/** Says of every column that must be filled and is not. */
export function requireCells<Column extends string>(
  cells: LedgerCells<Column>,
  { columns, required }: Pick<LedgerShape<Column>, 'columns' | 'required'>,
): void {
  for (const column of required)
    if (cells.get(column) === '')
      cells.fault(column, 'cell-empty', `“${columns[column][0]}”没有填写。`, 'This cell must not be empty.');
}

/** A code of two to nine digits as it stands, or the place that an address names. */
export function regionFrom(text: string): string | undefined {
  if (/^\d{2}(?:\d{2}){0,2}(?:\d{3})?$/.test(text)) return text;
  return locate(text)?.code;
}

/** 2026/3/2 and 20260302 as 2026-03-02; anything else as it stands, to be refused by the field. */
export function dayFrom(text: string): string {
  const parts = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(text);
  return parts === null ? text : `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`;
}

export interface LedgerFile {
  sha256: string;
  size: number;
  fileName: string;
  format: LedgerFormat;
}

/**
 * Takes one entry of a ledger by an action, with the ledger itself as its document; `preview` only looks whether it could be taken.
 * @returns what is wrong with it; nothing when it was taken
 */
export async function takeEntry(
  kernel: Kernel,
  actor: Actor,
  file: LedgerFile,
  { row, input }: { row: number; input: Record<string, unknown> },
  how: { entity: string; action: string; preview?: boolean },
): Promise<LedgerFault[]> {
  const upload = uuid();
  const mediaType =
    file.format === 'csv' ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const forget = (): Promise<unknown> =>
    kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
      sql.query('delete from desk.upload where id = $1', [upload]),
    );
  await kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
    sql.query(
      'insert into desk.upload (id, person, name, media_type, size, sha256, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [upload, actor.person, file.fileName, mediaType, file.size, file.sha256, kernel.now().toISOString()],
    ),
  );
  const { entity, action } = how;
  const command = { id: uuid(), entity, action, input, documents: [{ kind: 'ledger', upload }] };
  try {
    if (how.preview === true) {
      await rehearse(kernel, actor, command);
      await forget();
    } else await execute(kernel, actor, command);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await forget();
    const { code, zh, en } = error;
    const parts = error.errors.length > 0 ? error.errors : [{ path: '', code, zh, en }];
    return parts.map((part) => ({
      row,
      column: null,
      code: part.code,
      zh: part.zh,
      en: part.en,
      value: part.path || null,
    }));
  }
}

/** What became of a ledger: matters taken and not, and each row that somebody should look at. */
export interface LedgerReport {
  /** Matters of the file; several rows of one matter are one. */
  total: number;
  good: number;
  bad: number;
  rows: (LedgerFault & { level: 'error' | 'warning' })[];
}

export function ledgerReport(
  good: number,
  faults: readonly LedgerFault[],
  remarks: readonly LedgerFault[] = [],
): LedgerReport {
  const bad = new Set(faults.map(({ row }) => row)).size;
  const rows = [
    ...faults.map((fault) => ({ ...fault, level: 'error' as const })),
    ...remarks.map((fault) => ({ ...fault, level: 'warning' as const })),
  ];
  return { total: good + bad, good, bad, rows };
}
