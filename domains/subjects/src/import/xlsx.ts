import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import type { SheetRow } from './csv.ts';
import type { OpenFile } from './file.ts';
import { cellText } from './text.ts';

/** Reads the rows of the first worksheet that has any, one at a time. @param width how many cells every row is given, 0 for as many as it has */
export async function* xlsxRows(file: OpenFile, width: () => number): AsyncGenerator<SheetRow> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from(file.read(), { objectMode: false }) as never, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  for await (const sheet of workbook) {
    let rows = 0;
    for await (const row of sheet) {
      const values = row.values as unknown[];
      const cells = Array.from({ length: width() || Math.max(values.length - 1, 0) }, (_, at) =>
        cellText(values[at + 1]),
      );
      if (cells.every((text) => text.trim() === '')) continue;
      rows += 1;
      yield { row: row.number, cells, broken: false };
    }
    if (rows > 0) return;
  }
}
