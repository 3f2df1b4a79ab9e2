import { createHash } from 'node:crypto';
import { canonicalJson } from '@hengjian/transparency';
import { Decimal } from 'decimal.js';
import type { Message } from '../counterpart/index.ts';
import type { PackedLine } from './entity.ts';

/** How an item is called in files and calls: the dispatch and its version, so that an answer names what it answers. */
export const keyOf = (dispatch: string, version: number): string => `${dispatch}-${version}`;

/** The dispatch and version that a key names, or undefined for a key that is none of ours. */
export function findKey(key: string): { dispatch: string; version: number } | undefined {
  const parts = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{1,6})$/.exec(key);
  return parts === null ? undefined : { dispatch: parts[1]!, version: Number(parts[2]) };
}

/** What an item holds: foreign field → text. */
export const valuesOf = (line: Pick<PackedLine, 'values'>): Record<string, string> =>
  line.values as Record<string, string>;

/** Count aside, each field that is a number is summed: the counterpart compares them with what it read. */
export function controlTotals(
  message: Message,
  lines: readonly PackedLine[],
): { field: string; label: string; total: string }[] {
  return message.fields
    .filter((field) => field.number !== undefined)
    .map(({ name, label }) => ({
      field: name,
      label: label.zh,
      total: lines.reduce((sum, line) => sum.plus(valuesOf(line)[name] ?? 0), new Decimal(0)).toFixed(),
    }));
}

/** SHA-256 over keys and contents in their order: the same package, the same digest. */
export const digestOf = (lines: readonly PackedLine[]): string =>
  createHash('sha256')
    .update(canonicalJson(lines.map((line) => [line.key, valuesOf(line)])))
    .digest('hex');

/** One line of a receipt, read. */
export interface ReceiptRow {
  key: string;
  outcome: 'accepted' | 'rejected';
  foreignNumber?: string | null | undefined;
  code?: string | null | undefined;
  reason?: string | null | undefined;
}

export interface ReceiptFault {
  /** Place of the line in what was handed over, from 0. */
  index: number;
  column: 'key' | 'foreignNumber' | 'reason';
  code: string;
  zh: string;
  en: string;
}

/** Everything that keeps a receipt from being taken. Any fault refuses the whole: nothing is half imported. */
export function receiptFaults(
  rows: readonly ReceiptRow[],
  lines: readonly Pick<PackedLine, 'key'>[],
  answered: ReadonlySet<string>,
): ReceiptFault[] {
  const known = new Set(lines.map(({ key }) => key));
  const seen = new Set<string>();
  return rows.flatMap((row, index): ReceiptFault[] => {
    const fault = (column: ReceiptFault['column'], code: string, zh: string, en: string): ReceiptFault[] => [
      { index, column, code, zh, en },
    ];
    const again = seen.has(row.key);
    seen.add(row.key);
    if (!known.has(row.key))
      return fault('key', 'not-in-package', '报送编号不在这个报送包里。', 'The key is not in this package.');
    if (again) return fault('key', 'twice', '同一报送编号出现两次。', 'The key stands twice.');
    if (answered.has(row.key)) return fault('key', 'answered-already', '这一条已经有回执。', 'It was answered before.');
    if (row.outcome === 'accepted' && !row.foreignNumber)
      return fault(
        'foreignNumber',
        'number-missing',
        '接收的没有国家系统编号。',
        'It was accepted and bears no number.',
      );
    if (row.outcome === 'rejected' && !row.reason)
      return fault('reason', 'reason-missing', '退回的没有写明原因。', 'It was rejected and no reason is given.');
    return [];
  });
}
