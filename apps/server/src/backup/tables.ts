import { Problem, type Transaction } from '@hengjian/kernel';
import type { ArchiveHeader } from './manifest.ts';

export type Table = ArchiveHeader['tables'][number];

/** Who leads the sealing at this moment is nothing to keep: on another machine it would only be waited for. */
const passing = ['kernel.lease'];

/** Tables outside the schema `public`, without system tables, extensions' tables and generated columns. */
export async function listTables(tx: Transaction): Promise<Table[]> {
  const rows = await tx.query<{ place: string; name: string; type: string }>(
    `select n.nspname || '.' || c.relname as place, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname <> all ($1::text[]) and n.nspname not like 'pg\\_%'
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     order by n.nspname collate "C", c.relname collate "C", a.attnum`,
    [['information_schema', 'public']],
  );
  const tables = Map.groupBy(rows, ({ place }) => place);
  return [...tables]
    .filter(([place]) => !passing.includes(place))
    .map(([name, columns]) => ({ name, columns: columns.map((column) => ({ name: column.name, type: column.type })) }));
}

export const quoted = (name: string): string =>
  name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');

/** Where each sequence stands; null for one that was never used. */
export function listSequences(tx: Transaction): Promise<{ name: string; last: string | null }[]> {
  return tx.query(
    `select schemaname || '.' || sequencename as name, last_value::text as last from pg_sequences
     where schemaname not like 'pg\\_%' and schemaname not in ('information_schema', 'public') order by 1`,
  );
}

/**
 * The database user must see and write every row whatever the policies say, or a backup would silently be empty.
 * @throws Problem 422 `owner-bound-by-policies`
 */
export async function requireUnbound(tx: Transaction): Promise<void> {
  const [user] = await tx.query<{ unbound: boolean }>(
    'select rolsuper or rolbypassrls as unbound from pg_roles where rolname = current_user',
  );
  if (user?.unbound !== true)
    throw new Problem(
      422,
      'owner-bound-by-policies',
      '数据库所有者受行级安全约束，看不到全部数据。备份和恢复请使用具有 BYPASSRLS 的账号。',
      'Row security binds the owner of the database, who does not see every row. Back up and restore as a user with BYPASSRLS.',
    );
  await tx.query('set local row_security = off');
}

/** Fixes how values are written as text, so that any installation reads what any other wrote. */
export async function fixTextForms(tx: Transaction): Promise<void> {
  for (const setting of [
    "timezone = 'UTC'",
    "datestyle = 'ISO, YMD'",
    "intervalstyle = 'postgres'",
    "bytea_output = 'hex'",
    'extra_float_digits = 1',
    'statement_timeout = 0',
  ])
    await tx.query(`set local ${setting}`);
}

/** Reads a statement through a cursor, some rows at a time, as many as make about four megabytes. */
export async function* readByCursor<T extends Record<string, unknown>>(
  tx: Transaction,
  statement: string,
  sizeOf: (row: T) => number = () => 200,
): AsyncGenerator<T[]> {
  await tx.query(`declare reading no scroll cursor for ${statement}`);
  let count = 100;
  for (;;) {
    const rows = await tx.query<T>(`fetch ${count} from reading`);
    if (rows.length > 0) yield rows;
    if (rows.length < count) break;
    const average = Math.max(1, rows.reduce((sum, row) => sum + sizeOf(row), 0) / rows.length);
    count = Math.min(5_000, Math.max(1, Math.floor(4_000_000 / average)));
  }
  await tx.query('close reading');
}
