import { StatisticsError } from './errors.ts';

/**
 * Tables of standards that this library knows how to use but does not carry, because no authentic copy was available
 * when it was built. A person holding the standard transcribes the table into the import format below and a second
 * person compares it; nothing is ever guessed or interpolated.
 */

/** A column of the import format. Whole numbers and decimals may be null only where `nullable` is set. */
export interface SlotColumn {
  readonly name: string;
  readonly kind: 'whole' | 'decimal' | 'text';
  readonly nullable?: true;
  readonly meaning: { readonly zh: string; readonly en: string };
}

/** An empty place for one table of a standard. */
export interface TableSlot {
  readonly id: string;
  readonly standard: string;
  readonly table: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly columns: readonly SlotColumn[];
}

/** One row of a transcribed table, by name of column; null where the column may be empty. */
export type TableRow = Readonly<Record<string, string | number | null>>;

/** A transcribed table: the import format (JSON). */
export interface StandardTable {
  /** Must equal the slot's id. */
  readonly slot: string;
  /** Edition transcribed, for example "GB/T 2828.1-2012". */
  readonly edition: string;
  /** Where the transcriber read it: publisher, printing, pages. */
  readonly source: string;
  readonly transcribedBy: string;
  /** A second person; must differ from `transcribedBy`. */
  readonly verifiedBy: string;
  readonly rows: readonly TableRow[];
}

function refuse(slot: TableSlot, argument: string, zh: string, en: string): never {
  throw new StatisticsError({
    code: 'table-import-refused',
    argument,
    clause: `${slot.standard} ${slot.table}`,
    zh: `《${slot.title.zh}》导入被拒：${zh}`,
    en: `import of "${slot.title.en}" refused: ${en}`,
  });
}

function fits(column: SlotColumn, value: unknown): boolean {
  if (value === null) {
    return column.nullable === true;
  }
  if (column.kind === 'text') {
    return typeof value === 'string' && value !== '';
  }
  return typeof value === 'number' && (column.kind === 'whole' ? Number.isInteger(value) : Number.isFinite(value));
}

/**
 * Checks a transcribed table against its slot and returns it. Throws `table-import-refused` naming the row and column:
 * wrong slot, missing provenance, the same person as transcriber and verifier, missing or ill-typed cells, no rows.
 */
export function importStandardTable(slot: TableSlot, document: StandardTable): StandardTable {
  if (document.slot !== slot.id) {
    refuse(slot, 'slot', `表号应为 ${slot.id}`, `slot must be ${slot.id}`);
  }
  for (const field of ['edition', 'source', 'transcribedBy', 'verifiedBy'] as const) {
    if (typeof document[field] !== 'string' || document[field].trim() === '') {
      refuse(slot, field, `缺少 ${field}`, `${field} is missing`);
    }
  }
  if (document.transcribedBy.trim() === document.verifiedBy.trim()) {
    refuse(slot, 'verifiedBy', '录入人与核对人不得为同一人', 'transcriber and verifier must be two persons');
  }
  if (!Array.isArray(document.rows) || document.rows.length === 0) {
    refuse(slot, 'rows', '没有数据行', 'there are no rows');
  }
  document.rows.forEach((row, index) => {
    for (const column of slot.columns) {
      if (!fits(column, row[column.name])) {
        const where = `rows[${index}].${column.name}`;
        refuse(slot, where, `${where} 缺失或类型不符`, `${where} is missing or of the wrong type`);
      }
    }
  });
  return document;
}

/** The imported table, or throws `table-not-imported` saying which standard a person has to supply. */
export function requireImported(slot: TableSlot, table: StandardTable | undefined): StandardTable {
  if (table === undefined) {
    throw new StatisticsError({
      code: 'table-not-imported',
      argument: 'table',
      clause: `${slot.standard} ${slot.table}`,
      zh: `尚未导入 ${slot.standard}《${slot.title.zh}》：须由持有标准的人员录入并核对，系统不作推测`,
      en: `${slot.standard} "${slot.title.en}" has not been imported: a person holding the standard must transcribe and verify it; nothing is guessed`,
    });
  }
  return importStandardTable(slot, table);
}

/** Rows whose named cells equal the key exactly; throws `not-in-table` when there are none. */
export function rowsOf(slot: TableSlot, table: StandardTable | undefined, key: TableRow): readonly TableRow[] {
  const rows = requireImported(slot, table).rows.filter((row) =>
    Object.entries(key).every(([name, value]) => row[name] === value),
  );
  if (rows.length === 0) {
    const wanted = Object.entries(key)
      .map(([name, value]) => `${name}=${value}`)
      .join(', ');
    throw new StatisticsError({
      code: 'not-in-table',
      argument: Object.keys(key).join(', '),
      clause: `${slot.standard} ${slot.table}`,
      zh: `《${slot.title.zh}》中没有 ${wanted} 的数据，不得内插`,
      en: `"${slot.title.en}" has no entry for ${wanted}; interpolation is not allowed`,
    });
  }
  return rows;
}
