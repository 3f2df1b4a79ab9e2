import { type Refusal, refuse } from '@hengjian/kernel';
import ExcelJS from 'exceljs';

/** One row of a sheet by its lower-case headings; `row` counts as a spreadsheet does. */
export interface FormRow {
  row: number;
  cells: Record<string, string>;
}
export type FormSheets = Record<'survey' | 'choices' | 'settings', FormRow[]>;

const largestFile = 5 * 1024 * 1024;
const largestContent = 60 * 1024 * 1024;
const mostRows = 5_000;

/** How large the parts of an archive would be unpacked, by its own directory; a file that claims more is not opened. */
function unpackedSize(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size = 0;
  for (let at = 0; at + 46 <= bytes.length; at += 1)
    if (view.getUint32(at, true) === 0x02014b50) size += view.getUint32(at + 24, true);
  return size;
}

const textOf = (value: ExcelJS.CellValue): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value).trim();
  if ('richText' in value)
    return value.richText
      .map(({ text }) => text)
      .join('')
      .trim();
  if ('result' in value) return textOf(value.result as ExcelJS.CellValue);
  if ('text' in value) return textOf(value.text as ExcelJS.CellValue);
  return '';
};

function rowsOf(sheet: ExcelJS.Worksheet | undefined): FormRow[] {
  if (sheet === undefined) return [];
  const headings: string[] = [];
  const rows: FormRow[] = [];
  sheet.eachRow((line, row) => {
    const cells: Record<string, string> = {};
    line.eachCell((cell, column) => {
      const text = textOf(cell.value);
      if (headings.length === 0 || row === 1) return;
      const heading = headings[column];
      if (heading && text !== '') cells[heading] = text;
    });
    if (row === 1)
      line.eachCell((cell, column) => {
        headings[column] = textOf(cell.value)
          .normalize('NFKC')
          .replaceAll(/\s*::\s*/g, '::')
          .toLowerCase();
      });
    else if (Object.keys(cells).length > 0) rows.push({ row, cells });
  });
  return rows;
}

/** The three sheets of an XLSForm, or why the file is none. */
export async function readFormSheets(bytes: Uint8Array): Promise<FormSheets | Refusal> {
  const unreadable = refuse(
    'not-a-form',
    '这个文件不是可以读取的 XLSX。',
    'This file is no XLSX that can be read.',
    'upload',
  );
  if (bytes.length > largestFile || unpackedSize(bytes) > largestContent)
    return refuse('form-too-large', '文件太大，检查表不应超过 5 MB。', 'The file is too large for a form.', 'upload');
  const book = new ExcelJS.Workbook();
  try {
    await book.xlsx.load(bytes.slice().buffer);
  } catch {
    return unreadable;
  }
  const find = (name: string) => book.worksheets.find((sheet) => sheet.name.trim().toLowerCase() === name);
  const survey = find('survey');
  if (survey === undefined)
    return refuse(
      'survey-missing',
      '文件中没有名为 survey 的工作表，不是 XLSForm。',
      'There is no sheet named survey; this is no XLSForm.',
      'upload',
    );
  const sheets = { survey: rowsOf(survey), choices: rowsOf(find('choices')), settings: rowsOf(find('settings')) };
  return sheets.survey.length + sheets.choices.length > mostRows
    ? refuse('form-too-large', `超过 ${mostRows} 行。`, `It has more than ${mostRows} rows.`, 'upload')
    : sheets;
}
