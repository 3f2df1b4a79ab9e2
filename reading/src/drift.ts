import type { Database, Register } from '@hengjian/kernel';

const columnTypes: Record<string, string> = {
  text: 'text',
  integer: 'int4',
  numeric: 'numeric',
  boolean: 'bool',
  date: 'date',
  timestamptz: 'timestamptz',
  uuid: 'uuid',
  jsonb: 'jsonb',
  'double precision': 'float8',
};
const recordColumns: Record<string, string> = {
  id: 'uuid',
  home: 'int2',
  office: 'text',
  parties: '_text',
  state: 'text',
};

/**
 * Where declarations and database disagree: a column missing, of another type or left over, a table without forced row
 * security, an edition that open records still follow but nobody declares. Empty when they agree.
 */
export async function findDrift(register: Register, database: Database): Promise<string[]> {
  const found: string[] = [];
  const { columns, secured, editions } = await database.asOwner(async (tx) => ({
    columns: await tx.query<{ place: string; name: string; type: string }>(
      `select table_schema || '.' || table_name as place, column_name as name, udt_name as type from information_schema.columns
       where table_schema not in ('pg_catalog', 'information_schema')`,
    ),
    secured: await tx.query<{ place: string; ok: boolean }>(
      `select n.nspname || '.' || c.relname as place, c.relrowsecurity and c.relforcerowsecurity as ok from pg_class c
       join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%'
         and n.nspname not in ('information_schema', 'public')`,
    ),
    editions: await tx.query<{ entity: string; edition: string }>(
      'select distinct entity, edition from kernel.record where closed_at is null',
    ),
  }));
  for (const { place, ok } of secured) if (!ok) found.push(`${place}: row security is not enabled and forced`);
  const tables = Map.groupBy(columns, ({ place }) => place);
  for (const { entity } of register.lifecycles.values()) {
    const table = tables.get(entity.table);
    if (table === undefined) {
      found.push(`${entity.name}: there is no table ${entity.table}`);
      continue;
    }
    const types = new Map(table.map(({ name, type }) => [name, type]));
    const wanted = new Map([
      ...Object.entries(recordColumns),
      ...entity.fields.map(({ column, meta }): [string, string] => [column, columnTypes[meta.column]!]),
    ]);
    for (const [name, type] of wanted)
      if (types.get(name) !== type)
        found.push(`${entity.table}.${name}: declared ${type}, in the database ${types.get(name) ?? 'missing'}`);
    for (const name of types.keys())
      if (!wanted.has(name)) found.push(`${entity.table}.${name}: in the database, but not declared`);
  }
  for (const { entity, edition } of editions)
    if (!register.lifecycles.get(entity)?.editions.some(({ name }) => name === edition))
      found.push(`${entity}: open records follow the edition ${edition}, which is not declared`);
  return found;
}
