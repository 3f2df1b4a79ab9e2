import { Problem } from '@hengjian/kernel';
import { csvRows, type FileSource, openLedger, xlsxRows } from '@hengjian/subjects';

/** A field of a table under the headings by which it is known, and whether the table must have it. */
export type Headings<Field extends string> = Record<Field, { called: readonly string[]; required: boolean }>;

export type Line<Field extends string> = { line: number } & Record<Field, string>;

/**
 * Reads a table (CSV in UTF-8 or GB 18030, or the first sheet of an XLSX workbook) whose first line names its columns in Chinese or
 * English. A column that the file does not have is an empty text in every line; lines without anything are left out.
 * @throws Problem 422 `columns-missing`, `quotes-open`, `too-many-lines`, `not-this-format`
 */
export async function readTable<Field extends string>(
  source: FileSource,
  headings: Headings<Field>,
  format: 'csv' | 'xlsx' = 'csv',
): Promise<Line<Field>[]> {
  const file = await openLedger(source, format);
  const fields = Object.keys(headings) as Field[];
  let columns: Map<Field, number> | undefined;
  const lines: Line<Field>[] = [];
  try {
    for await (const { row, cells, broken } of (format === 'csv' ? csvRows : xlsxRows)(file, () => 0)) {
      if (broken)
        throw new Problem(
          422,
          'quotes-open',
          `第${row}行的引号没有成对。`,
          `The quotation marks of line ${row} do not match.`,
        );
      const texts = cells.map((cell) => cell.trim());
      if (texts.every((text) => text === '')) continue;
      if (columns === undefined) {
        columns = findColumns(texts, headings, fields);
        continue;
      }
      if (lines.length >= 100_000)
        throw new Problem(422, 'too-many-lines', '文件超过十万行。', 'The file has more than 100,000 lines.');
      const known = columns;
      const values = Object.fromEntries(fields.map((field) => [field, texts[known.get(field) ?? -1] ?? '']));
      lines.push({ line: row, ...values } as Line<Field>);
    }
  } finally {
    await file.close();
  }
  return lines;
}

function findColumns<Field extends string>(
  header: readonly string[],
  headings: Headings<Field>,
  fields: readonly Field[],
): Map<Field, number> {
  const columns = new Map<Field, number>();
  for (const field of fields) {
    const at = header.findIndex((text) => headings[field].called.includes(text.toLowerCase()));
    if (at >= 0) columns.set(field, at);
  }
  const missing = fields.filter((field) => headings[field].required && !columns.has(field));
  if (missing.length > 0) {
    const named = missing.map((field) => headings[field].called.join(' / '));
    throw new Problem(
      422,
      'columns-missing',
      `第一行缺少列：${named.join('；')}。`,
      `The first line lacks: ${named.join('; ')}.`,
    );
  }
  return columns;
}
