import {
  type Actor,
  dayInChina,
  type Kernel,
  type Lifecycle,
  Problem,
  type Row,
  searchQuery,
  type Transaction,
} from '@hengjian/kernel';
import { z } from 'zod';
import { columnsAsked, readColumns, sortableColumns } from './columns.ts';
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
  /** `-updated`, `updated`, `due`, `number`, `title`, or a declared field of the entity; descending with a leading minus. */
  sort: z
    .string()
    .regex(/^-?[a-zA-Z]{1,60}$/)
    .default('-updated'),
  /** Declared fields that the rows carry, with commas between; without it those that the lifecycle declares. */
  fields: z.string().max(2000).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});
export type ListInput = z.infer<typeof listInput>;

/** Columns of the register by which every list may be sorted; indexed, and never null in the form given here. */
const sorts: Record<string, { column: string; type: string }> = {
  updated: { column: 'r.updated_at', type: 'timestamptz' },
  due: { column: `coalesce(r.due, 'infinity')`, type: 'date' },
  number: { column: `coalesce(r.number, '')`, type: 'text' },
  title: { column: 'r.title', type: 'text' },
};

interface Order {
  column: string;
  type: string;
  direction: 'asc' | 'desc';
  /** What must be joined for it. */
  join: string;
  /** Rows without a value come last. */
  nullable: boolean;
}

/**
 * The order asked for. A declared field sorts only those rows of which the actor reads every field; what is open to him
 * only as a party stands at the end, so that no order tells a value that the row does not show.
 */
function orderOf(
  lifecycle: Lifecycle | undefined,
  actor: Actor,
  sort: string,
  bind: (value: unknown) => string,
): Order {
  const name = sort.replace(/^-/, '');
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const register = sorts[name];
  if (register !== undefined) return { ...register, direction, join: '', nullable: false };
  if (lifecycle === undefined || !sortableColumns(lifecycle, actor).includes(name))
    throw new Problem(400, 'unknown-sort', '不能按这一列排序。', 'The list cannot be sorted by that column.');
  const { column, meta } = lifecycle.entity.fields.find((field) => field.name === name)!;
  return {
    column: `case when r.office = any(${bind(actor.claim.offices)}::text[]) then s.${column} end`,
    type: meta.column,
    direction,
    join: `join ${lifecycle.entity.table} s on s.id = r.id`,
    nullable: true,
  };
}

/** A page of records that the actor may see, in the order and under the filters asked for. */
export async function listRecords(
  kernel: Kernel,
  actor: Actor,
  sql: Transaction,
  input: ListInput,
): Promise<{ rows: RecordView[]; next: string | null }> {
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const lifecycle = input.entity === undefined ? undefined : kernel.register.lifecycles.get(input.entity);
  const columns = lifecycle === undefined ? [] : columnsAsked(lifecycle, input.fields);
  const order = orderOf(lifecycle, actor, input.sort, bind);
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
  if (input.cursor !== undefined) filters.push(after(order, input.cursor, bind));
  const where = filters.length === 0 ? '' : `where ${filters.join(' and ')}`;
  const rows = await sql.query(
    `select ${registerColumns}, (${order.column})::text as sorted from kernel.record r ${order.join} ${where}
     order by ${order.column} ${order.direction}${order.nullable ? ' nulls last' : ''}, r.id ${order.direction} limit ${bind(input.limit + 1)}`,
    parameters,
  );
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const next = rows.length > input.limit && last !== undefined ? writeCursor(last) : null;
  const views = await viewRecords(kernel, sql, page);
  if (lifecycle === undefined || columns.length === 0) return { rows: views, next };
  const fields = await readColumns(lifecycle, actor, sql, page, columns);
  return { rows: views.map((view) => ({ ...view, fields: fields.get(view.id) ?? {} })), next };
}

/** The condition for what comes after a cursor, in the order of the list. */
function after(order: Order, cursor: string, bind: (value: unknown) => string): string {
  const [value, id] = readCursor(cursor, order.type);
  const than = order.direction === 'asc' ? '>' : '<';
  if (!order.nullable) {
    if (value === null) throw badCursor();
    return `(${order.column}, r.id) ${than} (${bind(value)}::${order.type}, ${bind(id)}::uuid)`;
  }
  const later = `r.id ${than} ${bind(id)}::uuid`;
  if (value === null) return `(${order.column} is null and ${later})`;
  const at = `${bind(value)}::${order.type}`;
  return `(${order.column} ${than} ${at} or (${order.column} = ${at} and ${later}) or ${order.column} is null)`;
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

function writeCursor(row: Row): string {
  return Buffer.from(JSON.stringify([row.sorted, row.id])).toString('base64url');
}

const badCursor = (): Problem =>
  new Problem(
    400,
    'bad-cursor',
    '翻页标记无效，请从第一页开始。',
    'The page token is not valid; start from the first page.',
  );

/** How a value of each type looks in a cursor; what looks otherwise was not written by a list. */
const shapes: Record<string, RegExp> = {
  timestamptz: /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d){0,2}$/,
  date: /^(?:\d{4,6}-\d\d-\d\d|infinity)$/,
  integer: /^-?\d{1,9}$/,
  numeric: /^-?\d{1,40}(?:\.\d{1,40})?$/,
};

function readCursor(cursor: string, type: string): [string | null, string] {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw badCursor();
  }
  const parsed = z.tuple([z.string().nullable(), z.uuid()]).safeParse(read);
  if (!parsed.success) throw badCursor();
  const [value] = parsed.data;
  if (value !== null && (value.includes('\0') || shapes[type]?.test(value) === false)) throw badCursor();
  return parsed.data;
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
