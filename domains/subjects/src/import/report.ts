import type { Finding } from '../quality/rules.ts';
import type { ImportField, MappedHeader } from './columns.ts';
import type { RowError } from './row.ts';

/** One remark about one cell. `error`: the row was not taken; `issue`: taken and queued; `remark`: taken, for information. */
export interface ReportRow {
  row: number;
  column: string | null;
  level: 'error' | 'issue' | 'remark';
  code: string;
  zh: string;
  en: string;
  value: string | null;
}

export interface ImportReport {
  /** Record of the import. */
  import: string;
  total: number;
  good: number;
  bad: number;
  added: number;
  amended: number;
  unchanged: number;
  /** Quality issues opened. */
  issues: number;
  /** How often each code occurred, also beyond the rows listed. */
  counts: Record<string, number>;
  rows: ReportRow[];
  /** Rows of the report that are only counted. */
  unlisted: number;
}

/** Remarks of one kind are listed this often and only counted after that; errors and issues up to the report's length. */
const remarksListed = 50;

/** Collects what there is to say about a file, row by row, within bounds. */
export function startReport(header: MappedHeader, most: number) {
  const rows: ReportRow[] = [];
  const counts: Record<string, number> = {};
  let unlisted = 0;
  const columnOf = (field: string | null): string | null =>
    header.columns.find((column) => column.field === field)?.heading ?? null;
  const add = (row: ReportRow): void => {
    counts[row.code] = (counts[row.code] ?? 0) + 1;
    if (rows.length >= most || (row.level === 'remark' && counts[row.code]! > remarksListed)) unlisted += 1;
    else rows.push({ ...row, value: row.value?.slice(0, 100) ?? null });
  };
  return {
    rows,
    counts,
    unlisted: () => unlisted,
    error: (row: number, error: RowError): void =>
      add({
        row,
        column: columnOf(error.field),
        level: 'error',
        code: error.code,
        zh: error.zh,
        en: error.en,
        value: error.value,
      }),
    found: (row: number, { rule, property, zh, en, value, repaired }: Finding): void =>
      add({ row, column: columnOf(property), level: repaired ? 'remark' : 'issue', code: rule, zh, en, value }),
    remark: (
      row: number,
      code: string,
      zh: string,
      en: string,
      field: ImportField | null = null,
      value: string | null = null,
    ): void => add({ row, column: columnOf(field), level: 'remark', code, zh, en, value }),
  };
}
export type Report = ReturnType<typeof startReport>;
