import type { Row } from './database.ts';

/** Parameters of a statement as it is put together. */
export class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** `insert into table (columns) values ($…)`, with the values added to the parameters. */
export function insertInto(table: string, row: Row, parameters: Parameters): string {
  const values = Object.values(row).map((value) => parameters.add(value));
  return `insert into ${table} (${Object.keys(row).join(', ')}) values (${values.join(', ')})`;
}

/** `update table set … where id = $…`, with the values added to the parameters. */
export function updateById(table: string, id: string, row: Row, parameters: Parameters): string {
  const sets = Object.entries(row).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  return `update ${table} set ${sets.join(', ')} where id = ${parameters.add(id)}`;
}

/** One row by itself. */
export async function insertRow(
  sql: { query: (text: string, values: readonly unknown[]) => Promise<unknown> },
  table: string,
  row: Row,
): Promise<void> {
  const parameters = new Parameters();
  await sql.query(insertInto(table, row, parameters), parameters.values);
}
