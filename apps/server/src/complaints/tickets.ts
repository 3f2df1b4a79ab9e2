import { type Actor, Problem } from '@hengjian/kernel';
import { csvRows, openLedger, xlsxRows } from '@hengjian/subjects';
import { v5 as uuidFrom } from 'uuid';
import { type TicketMapping, ticketMapping } from '../../../../data/complaints/index.ts';
import type { Platform } from '../platform.ts';
import { Incoming, takeIn } from './take-in.ts';

const namespace = '0c5d64fd-77ea-4f8e-8c5f-0cf6f9b6d1b7';
const mostRows = 20_000;

export interface TicketReport {
  system: string;
  mapping: string;
  rows: number;
  entered: number;
  /** Their number → ours. */
  numbers: { foreignNumber: string; kind: string; number: string | null }[];
  known: number;
  faults: { row: number; foreignNumber: string | null; code: string; zh: string; en: string }[];
}

/**
 * Takes in a file of tickets of a platform (order 121 arts 8, 40): each row once, by its number there. A row that is wrong is named with
 * its reason and keeps no other from being entered. Columns and codes come from the mapping of the platform.
 */
export async function takeTickets(
  platform: Platform,
  by: Actor,
  system: TicketMapping['system'],
  filename: string,
  content: Uint8Array,
): Promise<TicketReport> {
  const mapping = ticketMapping(system);
  const report: TicketReport = {
    system,
    mapping: mapping.edition,
    rows: 0,
    entered: 0,
    numbers: [],
    known: 0,
    faults: [],
  };
  const fault = (row: number, foreignNumber: string | null, code: string, zh: string, en: string) =>
    report.faults.push({ row, foreignNumber, code, zh, en });
  for await (const { row, cells } of rowsOf(filename, content)) {
    report.rows += 1;
    const values = valuesOf(mapping, cells);
    if (isFault(values)) {
      fault(row, cells.get(mapping.columns.foreignNumber!) ?? null, 'value-unknown', ...values.wrong);
      continue;
    }
    const foreignNumber = String(values.foreignNumber ?? '');
    const parsed = Incoming.safeParse({
      ...values,
      id: uuidFrom(`${system}/${foreignNumber}`, namespace),
      channel: 'exchange',
      foreignSystem: system,
    });
    if (!parsed.success || foreignNumber === '') {
      const where = parsed.success ? 'foreignNumber' : parsed.error.issues.map(({ path }) => path.join('.')).join('、');
      fault(
        row,
        foreignNumber || null,
        'row-wrong',
        `这一行有误：${where}。`,
        `Something in this row is wrong: ${where}.`,
      );
      continue;
    }
    try {
      for (const taken of await takeIn(platform, by, parsed.data)) {
        if (taken.replayed) report.known += 1;
        else report.entered += 1;
        report.numbers.push({ foreignNumber, kind: taken.kind, number: taken.number });
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'ticket-known' || error.code === 'already-different') report.known += 1;
      else fault(row, foreignNumber, error.code, error.zh, error.en);
    }
  }
  return report;
}

type Values = Record<string, unknown>;
interface Fault {
  wrong: [zh: string, en: string];
}
const isFault = (read: Values | Fault): read is Fault => Array.isArray(read.wrong);

/** A row by the mapping: columns to fields, their codes to ours; a code that is not in the mapping is a fault, never passed through. */
function valuesOf(mapping: TicketMapping, cells: ReadonlyMap<string, string>): Values | Fault {
  const values: Values = {};
  const person: Values = {};
  for (const [name, column] of Object.entries(mapping.columns)) {
    const text = cells.get(column) ?? '';
    const codes = mapping.codes[name];
    if (codes !== undefined && text !== '' && codes[text] === undefined)
      return { wrong: [`“${column}”没有“${text}”这个代码。`, `The column ${column} has no code ${text}.`] };
    const value = codes === undefined || text === '' ? text : codes[text];
    if (name.startsWith('person.')) person[name.slice(7)] = value;
    else if (value !== '') values[name] = value === 'yes' ? true : value === 'no' ? false : value;
  }
  // A single text is what the platform sends; which of the two it is says its kind.
  if (values.kind !== 'complaint') values.facts = values.text;
  if (values.kind !== 'report') values.matter = values.text;
  return { ...values, person };
}

async function* rowsOf(
  filename: string,
  content: Uint8Array,
): AsyncGenerator<{ row: number; cells: ReadonlyMap<string, string> }> {
  const format = /\.csv$/i.test(filename) ? 'csv' : /\.xlsx$/i.test(filename) ? 'xlsx' : undefined;
  if (format === undefined)
    throw new Problem(415, 'file-kind-refused', '只能导入 CSV 或 XLSX 文件。', 'Only CSV and XLSX files are taken in.');
  const file = await openLedger(content, format);
  try {
    let headings: string[] | undefined;
    let count = 0;
    for await (const { row, cells, broken } of format === 'csv' ? csvRows(file, () => 0) : xlsxRows(file, () => 0)) {
      if (broken)
        throw new Problem(422, 'row-broken', `第${row}行的引号不成对。`, `Quotation marks of row ${row} do not match.`);
      const texts = cells.map((cell) =>
        cell
          .normalize('NFKC')
          .replace(/^\uFEFF/, '')
          .trim(),
      );
      if (texts.every((text) => text === '')) continue;
      if (headings === undefined) headings = texts;
      else {
        count += 1;
        if (count > mostRows)
          throw new Problem(
            422,
            'too-many-rows',
            `文件超过${mostRows}行。`,
            `The file has more than ${mostRows} rows.`,
          );
        yield { row, cells: new Map(headings.map((heading, at) => [heading, texts[at] ?? ''])) };
      }
    }
    if (headings === undefined) throw new Problem(422, 'file-empty', '文件是空的。', 'The file is empty.');
  } finally {
    await file.close();
  }
}
