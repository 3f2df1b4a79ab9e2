import {
  type Actor,
  dayInChina,
  type Kernel,
  Problem,
  type Row,
  searchQuery,
  type Transaction,
} from '@hengjian/kernel';
import { z } from 'zod';
import { type RecordView, registerColumns, viewRecords } from './view.ts';

const flag = z.enum(['0', '1', 'true', 'false']).transform((text) => text === '1' || text === 'true');

/** What a list may be asked: every list is an address. */
export const listInput = z.object({
  entity: z.string().max(80).optional(),
  state: z.string().max(400).optional(),
  office: z.string().max(40).optional(),
  subject: z.uuid().optional(),
  parent: z.uuid().optional(),
  q: z.string().max(200).optional(),
  mine: flag.optional(),
  open: flag.optional(),
  overdue: flag.optional(),
  sort: z.enum(['-updated', 'updated', 'due', 'number', 'title']).default('-updated'),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});
export type ListInput = z.infer<typeof listInput>;

const sorts = {
  '-updated': { column: 'r.updated_at', direction: 'desc', key: 'updated_at', type: 'timestamptz' },
  updated: { column: 'r.updated_at', direction: 'asc', key: 'updated_at', type: 'timestamptz' },
  due: { column: `coalesce(r.due, 'infinity')`, direction: 'asc', key: 'due', type: 'date' },
  number: { column: `coalesce(r.number, '')`, direction: 'asc', key: 'number', type: 'text' },
  title: { column: 'r.title', direction: 'asc', key: 'title', type: 'text' },
} as const;

/** A page of records that the actor may see, in the order and under the filters asked for. */
export async function listRecords(
  kernel: Kernel,
  actor: Actor,
  sql: Transaction,
  input: ListInput,
): Promise<{ rows: RecordView[]; next: string | null }> {
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const filters: string[] = [];
  if (input.entity !== undefined) filters.push(`r.entity = ${bind(input.entity)}`);
  if (input.state !== undefined) filters.push(`r.state = any(${bind(input.state.split(','))}::text[])`);
  if (input.subject !== undefined) filters.push(`r.subject = ${bind(input.subject)}`);
  if (input.parent !== undefined) filters.push(`r.parent = ${bind(input.parent)}`);
  if (input.office !== undefined) {
    const below = [...kernel.offices.values()]
      .filter(({ place }) => place.includes(input.office!))
      .map(({ code }) => code);
    filters.push(`r.office = any(${bind(below)}::text[])`);
  }
  if (input.mine) filters.push(`r.handler = ${bind(actor.person)}`);
  if (input.open) filters.push('r.closed_at is null');
  if (input.overdue) filters.push(`r.closed_at is null and r.due < ${bind(dayInChina(kernel.now()))}`);
  const query = input.q === undefined ? null : searchQuery(input.q);
  if (input.q !== undefined && query === null) return { rows: [], next: null };
  if (query !== null)
    filters.push(
      `r.id in (select id from kernel.search(${bind(query)}::tsquery, ${bind(input.entity ?? null)}, 2000))`,
    );
  const sort = sorts[input.sort];
  if (input.cursor !== undefined) {
    const [value, id] = readCursor(input.cursor);
    const than = sort.direction === 'asc' ? '>' : '<';
    filters.push(`(${sort.column}, r.id) ${than} (${bind(value)}::${sort.type}, ${bind(id)}::uuid)`);
  }
  const where = filters.length === 0 ? '' : `where ${filters.join(' and ')}`;
  const rows = await sql.query(
    `select ${registerColumns} from kernel.record r ${where} order by ${sort.column} ${sort.direction}, r.id ${sort.direction} limit ${bind(input.limit + 1)}`,
    parameters,
  );
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const next = rows.length > input.limit && last !== undefined ? writeCursor(last, sort.key) : null;
  return { rows: await viewRecords(kernel, sql, page), next };
}

/** How many records a list has, counted up to a bound so that the count never costs more than the page. */
export async function countRecords(
  kernel: Kernel,
  sql: Transaction,
  entity: string,
): Promise<{ open: number; overdue: number }> {
  const [row] = await sql.query<{ open: number; overdue: number }>(
    `select count(*) as open, count(*) filter (where due < $2) as overdue from
       (select due from kernel.record where entity = $1 and closed_at is null limit 10000) as bounded`,
    [entity, dayInChina(kernel.now())],
  );
  return { open: Number(row!.open), overdue: Number(row!.overdue) };
}

function writeCursor(row: Row, key: string): string {
  const value = row[key] ?? (key === 'due' ? 'infinity' : '');
  return Buffer.from(JSON.stringify([value, row.id])).toString('base64url');
}

function readCursor(cursor: string): [string, string] {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return z.tuple([z.string(), z.uuid()]).parse(read);
  } catch (cause) {
    throw Object.assign(
      new Problem(
        400,
        'bad-cursor',
        '翻页标记无效，请从第一页开始。',
        'The page token is not valid; start from the first page.',
      ),
      { cause },
    );
  }
}

/** One box for everything: names, codes, numbers, pinyin initials; grouped by kind, newest first. */
export async function searchRecords(
  kernel: Kernel,
  sql: Transaction,
  typed: string,
): Promise<{ entity: string; label: { zh: string; en: string }; rows: RecordView[]; more: boolean }[]> {
  const query = searchQuery(typed);
  if (query === null) return [];
  const found = await sql.query(
    `select ${registerColumns} from kernel.record r join kernel.search($1::tsquery, null, 200) s on s.id = r.id order by r.updated_at desc`,
    [query],
  );
  const views = await viewRecords(kernel, sql, found);
  const groups = Map.groupBy(views, ({ entity }) => entity);
  return [...groups].map(([entity, rows]) => ({
    entity,
    label: kernel.register.lifecycles.get(entity)!.entity.label,
    rows: rows.slice(0, 8),
    more: rows.length > 8,
  }));
}
