import type { Counterpart } from '../counterpart/index.ts';
import { getMessage } from '../counterpart/index.ts';
import type { PackageRow } from './entity.ts';
import type { ReceiptRow } from './rules.ts';
import { receiptFaults, valuesOf } from './rules.ts';
import { columnsOf, type Format, readTable, writeTable } from './table.ts';

export const mediaTypes: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
};

/** What of a package its file needs. */
export type Packed = Pick<PackageRow, 'system' | 'message' | 'mapping' | 'total' | 'control' | 'digest' | 'lines'>;

/** The package as the file that goes to the counterpart: one row an item, at the end count, totals and digest. */
export async function renderPackage(packed: Packed, counterpart: Counterpart, format: Format): Promise<Buffer> {
  const { fields } = getMessage(counterpart, packed.message);
  if (format === 'json')
    return Buffer.from(
      JSON.stringify(
        {
          system: packed.system,
          message: packed.message,
          mapping: packed.mapping,
          control: { count: packed.total, totals: packed.control, digest: packed.digest },
          items: packed.lines.map((line) => ({ KEY: line.key, ...valuesOf(line) })),
        },
        null,
        1,
      ),
    );
  const sums = new Map(packed.control.map(({ field, total }) => [field, total]));
  return writeTable(
    ['KEY', ...fields.map(({ name }) => name)],
    packed.lines.map((line) => [line.key, ...fields.map(({ name }) => valuesOf(line)[name] ?? '')]),
    format,
    [`#${packed.total}/${packed.digest}`, ...fields.map(({ name }) => sums.get(name) ?? '')],
  );
}

/** A fault of a receipt file by row and column of the file. */
export interface FileFault {
  row: number | null;
  column: string | null;
  code: string;
  zh: string;
  en: string;
  value: string | null;
}

/**
 * Reads a counterpart's receipt for one package. Every fault is named by row and column; with any there are no rows to take.
 * @throws Problem when the file cannot be read at all
 */
export async function readReceipt(
  content: Uint8Array,
  format: Format,
  counterpart: Counterpart,
  packed: Pick<PackageRow, 'lines'>,
  answered: ReadonlySet<string>,
): Promise<{ rows: ReceiptRow[]; faults: FileFault[] }> {
  const { headings, rows } = await readTable(content, format);
  const { columns, accepted, rejected } = counterpart.receipt;
  const at = columnsOf(headings, columns);
  const missing = (['key', 'outcome'] as const).filter((name) => at[name] < 0);
  if (missing.length > 0)
    return {
      rows: [],
      faults: missing.map((name) => ({
        row: null,
        column: columns[name][0]!,
        code: 'column-missing',
        zh: `回执缺少“${columns[name][0]}”一列。`,
        en: `The receipt has no column ${columns[name].at(-1)}.`,
        value: null,
      })),
    };
  const faults: FileFault[] = [];
  const read: { row: number; taken: ReceiptRow }[] = [];
  for (const { row, cells } of rows) {
    const get = (name: keyof typeof at): string => cells[at[name]] ?? '';
    const word = get('outcome');
    const outcome = accepted.includes(word) ? 'accepted' : rejected.includes(word) ? 'rejected' : undefined;
    if (outcome === undefined)
      faults.push({
        row,
        column: columns.outcome[0]!,
        code: 'outcome-unknown',
        zh: `看不懂处理状态“${word}”，应为${[...accepted, ...rejected].join('、')}。`,
        en: `The outcome "${word}" is none of ${[...accepted, ...rejected].join(', ')}.`,
        value: word,
      });
    else
      read.push({
        row,
        taken: {
          key: get('key'),
          outcome,
          foreignNumber: get('foreignNumber') || null,
          code: get('code') || null,
          reason: get('reason') || null,
        },
      });
  }
  const taken = read.map((one) => one.taken);
  for (const { index, column, ...fault } of receiptFaults(taken, packed.lines, answered))
    faults.push({ row: read[index]!.row, column: columns[column][0]!, ...fault, value: taken[index]![column] ?? null });
  faults.sort((one, other) => (one.row ?? 0) - (other.row ?? 0));
  return { rows: faults.length > 0 ? [] : taken, faults };
}
