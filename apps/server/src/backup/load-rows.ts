import { Problem, type Transaction } from '@hengjian/kernel';
import { readCopyLine } from './copy-text.ts';
import { listTables, quoted, type Table } from './tables.ts';

const batch = 1_000;

/**
 * Prepares tables that the migrations have just made for the rows of an archive: what migrations entered is taken out,
 * foreign keys and triggers rest until `finish`, so that the order of rows does not matter and nothing is derived twice.
 * @throws Problem 422 `archive-does-not-fit` when the tables are not those of the archive
 */
export async function beginLoading(
  tx: Transaction,
  tables: readonly Table[],
): Promise<{ load: (table: string, content: Buffer) => Promise<number>; finish: () => Promise<void> }> {
  const own = await listTables(tx);
  const ownByName = new Map(own.map((table) => [table.name, table]));
  for (const table of tables) {
    const wanted = new Map(ownByName.get(table.name)?.columns.map(({ name, type }) => [name, type]));
    if (wanted.size !== table.columns.length || table.columns.some(({ name, type }) => wanted.get(name) !== type))
      throw new Problem(
        422,
        'archive-does-not-fit',
        `备份中的表 ${table.name} 与本版本的结构不一致。`,
        `The table ${table.name} in the archive is not built as this release builds it.`,
      );
  }
  const constraints = await tx.query<{ place: string; name: string; text: string }>(
    `select c.conrelid::regclass::text as place, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as text
     from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
     where c.contype = 'f' and c.conparentid = 0 and n.nspname || '.' || t.relname = any ($1::text[])`,
    [own.map(({ name }) => name)],
  );
  for (const { place, name } of constraints) await tx.query(`alter table ${place} drop constraint ${name}`);
  for (const { name } of own) await tx.query(`alter table ${quoted(name)} disable trigger user`);
  await tx.query(`truncate ${own.map(({ name }) => quoted(name)).join(', ')}`);

  const statements = new Map(tables.map((table) => [table.name, insertStatement(table)]));
  const columns = new Map(tables.map((table) => [table.name, table.columns.length]));
  return {
    async load(table, content) {
      const statement = statements.get(table);
      if (statement === undefined) throw new Error(`The archive has rows of ${table}, which its header does not name.`);
      const width = columns.get(table)!;
      const lines = content.toString('utf8').split('\n').slice(0, -1);
      for (let at = 0; at < lines.length; at += batch) {
        const rows = lines.slice(at, at + batch).map((line) => readCopyLine(line, width));
        await tx.query(
          statement,
          Array.from({ length: width }, (_, index) => rows.map((row) => row[index] ?? null)),
        );
      }
      return lines.length;
    },
    async finish() {
      for (const { name } of own) await tx.query(`alter table ${quoted(name)} enable trigger user`);
      for (const { place, name, text } of constraints)
        await tx.query(`alter table ${place} add constraint ${name} ${text}`);
    },
  };
}

function insertStatement({ name, columns }: Table): string {
  const names = columns.map((_, index) => `c${index}`);
  return `insert into ${quoted(name)} (${columns.map((column) => quoted(column.name)).join(', ')}) overriding system value
    select ${columns.map(({ type }, index) => `c${index}::${type}`).join(', ')}
    from unnest(${names.map((_, index) => `$${index + 1}::text[]`).join(', ')}) as given (${names.join(', ')})`;
}
