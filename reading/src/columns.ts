import {
  type Actor,
  type FieldType,
  type Lifecycle,
  Problem,
  type Row,
  rowFromColumns,
  type Transaction,
} from '@hengjian/kernel';
import { openedFields, show, titlesOf, visibleFields } from './page.ts';

/** What a reference in a row points to; the title is null when the reader may not see that record. */
export interface Pointed {
  id: string;
  title: string | null;
}

/** Types whose values fit into one cell. */
const inOneCell: ReadonlySet<FieldType> = new Set<FieldType>([
  'text',
  'number',
  'decimal',
  'money',
  'date',
  'instant',
  'boolean',
  'choice',
  'region',
  'office',
  'reference',
]);
/** Of these, the types whose order says something: the code of a choice does not. */
const ordered: ReadonlySet<FieldType> = new Set<FieldType>(['text', 'number', 'decimal', 'money', 'date', 'instant']);

/** Fields that a list of these records can show, the declared columns first. */
export function offeredColumns(lifecycle: Lifecycle): string[] {
  const fitting = lifecycle.entity.fields.filter(({ meta }) => inOneCell.has(meta.type)).map(({ name }) => name);
  return [...new Set([...lifecycle.columns, ...fitting])];
}

/**
 * Fields by which the actor may sort: only a reader of these records may, because an order tells values, and never by
 * what is shown masked.
 */
export function sortableColumns(lifecycle: Lifecycle, actor: Actor): string[] {
  if (!actor.claim.entities.includes(lifecycle.entity.name)) return [];
  return lifecycle.entity.fields
    .filter(({ meta }) => ordered.has(meta.type) && meta.personal === undefined)
    .map(({ name }) => name);
}

/** The names asked for, or the declared columns. Throws 400 for a name that a list cannot show. */
export function columnsAsked(lifecycle: Lifecycle, asked: string | undefined): string[] {
  if (asked === undefined) return [...lifecycle.columns];
  const offered = offeredColumns(lifecycle);
  const names = asked.split(',').filter(Boolean);
  const strange = names.find((name) => !offered.includes(name));
  if (strange !== undefined)
    throw new Problem(
      400,
      'unknown-column',
      `“${lifecycle.entity.label.zh}”的列表没有“${strange}”这一列。`,
      `A list of ${lifecycle.entity.label.en} has no column ${strange}.`,
    );
  return names;
}

/**
 * The columns of one page of a list, by record: exactly what the record's own page would show to the same reader, personal
 * information masked, what is not open to him left out. References come with the title of what they point to.
 */
export async function readColumns(
  lifecycle: Lifecycle,
  actor: Actor,
  sql: Transaction,
  registers: readonly Row[],
  names: readonly string[],
): Promise<Map<string, Record<string, unknown>>> {
  const found = new Map<string, Record<string, unknown>>();
  if (names.length === 0 || registers.length === 0) return found;
  const byId = new Map(registers.map((register) => [register.id as string, register]));
  const rows = await sql.query(`select * from ${lifecycle.entity.table} where id = any($1)`, [[...byId.keys()]]);
  const opened = await openedFields(lifecycle, actor, sql, registers);
  for (const columns of rows) {
    const row = rowFromColumns(lifecycle, columns);
    const id = row.id as string;
    const open = new Set(visibleFields(lifecycle, actor, byId.get(id)!, row, opened.get(id)));
    found.set(
      id,
      Object.fromEntries(
        names.filter((name) => open.has(name)).map((name) => [name, show(lifecycle, name, row[name] ?? null, [])]),
      ),
    );
  }
  await nameReferences(lifecycle, sql, found, names);
  return found;
}

async function nameReferences(
  lifecycle: Lifecycle,
  sql: Transaction,
  found: ReadonlyMap<string, Record<string, unknown>>,
  names: readonly string[],
): Promise<void> {
  const references = lifecycle.entity.fields.filter(
    ({ name, meta }) => meta.type === 'reference' && names.includes(name),
  );
  const ids = [...found.values()].flatMap((fields) =>
    references.map(({ name }) => fields[name]).filter((id): id is string => typeof id === 'string'),
  );
  const titles = await titlesOf(sql, ids);
  for (const fields of found.values())
    for (const { name } of references) {
      const id = fields[name];
      if (typeof id === 'string') fields[name] = { id, title: titles[id] ?? null } satisfies Pointed;
    }
}
