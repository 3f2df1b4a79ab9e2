import { Problem } from '@hengjian/kernel';
import { csvRows, openLedger, xlsxRows } from '@hengjian/subjects';
import ExcelJS from 'exceljs';

export type Format = 'csv' | 'xlsx' | 'json';

/** A file as rows of cells under headings; `row` is the place in the file, from 1. */
export interface ReadTable {
  headings: string[];
  rows: { row: number; cells: string[] }[];
}

const most = 20_000;
const tooLong = (): Problem =>
  new Problem(422, 'too-many-rows', `文件超过${most}行。`, `The file has more than ${most} rows.`);
const plain = (text: string): string => text.normalize('NFKC').trim();

/**
 * Reads CSV, XLSX or a JSON array of flat objects. A row that begins with `#` is a trailer and is left out.
 * @throws Problem when the file is not of its format, is empty, or a row is broken
 */
export async function readTable(content: Uint8Array, format: Format): Promise<ReadTable> {
  if (format === 'json') return readJson(content);
  const file = await openLedger(content, format);
  try {
    const rows: ReadTable['rows'] = [];
    let headings: string[] | undefined;
    for await (const { row, cells, broken } of format === 'csv' ? csvRows(file, () => 0) : xlsxRows(file, () => 0)) {
      if (broken)
        throw new Problem(422, 'row-broken', `第${row}行的引号不成对。`, `Quotation marks of row ${row} do not match.`);
      const texts = cells.map((cell) => plain(cell).replace(/^\uFEFF/, ''));
      if (texts.every((text) => text === '') || texts[0]!.startsWith('#')) continue;
      if (headings === undefined) headings = texts;
      else if (rows.push({ row, cells: texts }) > most) throw tooLong();
    }
    if (headings === undefined) throw new Problem(422, 'file-empty', '文件是空的。', 'The file is empty.');
    return { headings, rows };
  } finally {
    await file.close();
  }
}

function readJson(content: Uint8Array): ReadTable {
  const refused = (): Problem =>
    new Problem(422, 'not-this-format', 'JSON 应为对象的数组。', 'The JSON must be an array of objects.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    throw refused();
  }
  if (!Array.isArray(parsed) || parsed.some((row) => typeof row !== 'object' || row === null || Array.isArray(row)))
    throw refused();
  if (parsed.length > most) throw tooLong();
  const objects = parsed as Record<string, unknown>[];
  const headings = [...new Set(objects.flatMap((row) => Object.keys(row)))];
  return {
    headings,
    rows: objects.map((row, index) => ({
      row: index + 1,
      cells: headings.map((name) => (row[name] === null || row[name] === undefined ? '' : plain(String(row[name])))),
    })),
  };
}

/** Where each wanted column stands, by any of the names it is known under; -1 where it is missing. */
export function columnsOf<Name extends string>(
  headings: readonly string[],
  wanted: Readonly<Record<Name, readonly string[]>>,
): Record<Name, number> {
  return Object.fromEntries(
    Object.entries<readonly string[]>(wanted).map(([name, names]) => [
      name,
      headings.findIndex((heading) => names.includes(heading)),
    ]),
  ) as Record<Name, number>;
}

/** Writes headings and rows, and a trailer that begins with `#` where there is one. */
export async function writeTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  format: 'csv' | 'xlsx',
  trailer?: readonly string[],
): Promise<Buffer> {
  const all = [headings, ...rows, ...(trailer ? [trailer] : [])];
  if (format === 'csv') return Buffer.from(`\uFEFF${all.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`);
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('报送');
  for (const row of all) sheet.addRow([...row]);
  sheet.getRow(1).font = { bold: true };
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** A cell that a spreadsheet will not take for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
