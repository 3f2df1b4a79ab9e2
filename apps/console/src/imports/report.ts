/** The errors of an import as a file that a spreadsheet opens, so that only the bad rows need another look. */
import type { RowProblem } from '../api.ts';
import type { Language } from '../preferences.ts';

function cell(value: unknown): string {
  const text =
    value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  // A leading formula sign would run in a spreadsheet: a cell of foreign content is never a formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** CSV with a byte-order mark, for spreadsheets that would otherwise misread Chinese. */
export function problemsAsCsv(problems: RowProblem[], headings: string[], language: Language): string {
  const lines = problems.map((problem) => [
    problem.row,
    problem.column,
    problem.value,
    problem[language],
    problem.code,
  ]);
  return `\ufeff${[headings, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
