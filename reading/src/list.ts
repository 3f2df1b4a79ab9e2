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

/** Columns of the register by which every list may be sorted, with the type of their values: `kernel.page` knows them. */
const sorts: Record<string, string> = { updated: 'timestamptz', due: 'date', number: 'text', title: 'text' };

interface Order {
  /** The value to sort by; `$` stands for the offices. */
  column: string;
  offices: readonly string[];
  type: string;
  /** What must be joined for it. */
  join: string;
}

/**
 * A declared field sorts only those rows of which the actor reads every field; what is open to him only as a party stands at
 * the end, so that no order tells a value that the row does not show.
 */
function orderOf(lifecycle: Lifecycle | undefined, actor: Actor, name: string): Order {
  if (lifecycle === undefined || !sortableColumns(lifecycle, actor).includes(name))
    throw new Problem(400, 'unknown-sort', '不能按这一列排序。', 'The list cannot be sorted by that column.');
  const { column, meta } = lifecycle.entity.fields.find((field) => field.name === name)!;
  return {
    column: `case when r.office = any($::text[]) then s.${column} end`,
    offices: actor.claim.offices,
    type: meta.column,
    join: `join ${lifecycle.entity.table} s on s.id = r.id`,
  };
}

/** A page of records that the actor may see, in the order and under the filters asked for. */
export async function listRecords(
  kernel: Kernel,
  actor: Actor,
  sql: Transaction,
  input: ListInput,
): Promise<{ rows: RecordView[]; next: string | null }> {
  const lifecycle = input.entity === undefined ? undefined : kernel.register.lifecycles.get(input.entity);
  const columns = lifecycle === undefined ? [] : columnsAsked(lifecycle, input.fields);
  const query = input.q === undefined ? null : searchQuery(input.q);
  if (input.q !== undefined && query === null) return { rows: [], next: null };
  const asked: Asked = {
    entity: input.entity,
    states: input.state?.split(','),
    subject: input.subject,
    parent: input.parent,
    offices:
      input.office === undefined
        ? undefined
        : [...kernel.offices.values()].filter(({ place }) => place.includes(input.office!)).map(({ code }) => code),
    handler: input.mine ? actor.person : undefined,
    open: input.open || input.overdue,
    dueBefore: input.overdue ? dayInChina(kernel.now()) : undefined,
    words: query ?? undefined,
  };
  const name = input.sort.replace(/^-/, '');
  const type = sorts[name];
  if (input.entity === undefined && type === 'text')
    throw new Problem(
      400,
      'sort-needs-kind',
      '按这一列排序须先选定一类记录。',
      'Choose a kind of record first; only then can the list be sorted by that column.',
    );
  const rows =
    type === undefined
      ? await byDeclaredField(sql, asked, orderOf(lifecycle, actor, name), input)
      : await pageOfRegister(sql, asked, name, input.sort.startsWith('-'), input.limit + 1, cursorOf(input, type));
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const next = rows.length > input.limit && last !== undefined ? writeCursor(last) : null;
  const shown = page.filter(({ entity }) => entity !== null);
  const views = await viewRecords(kernel, sql, shown);
  if (lifecycle === undefined || columns.length === 0) return { rows: views, next };
  const fields = await readColumns(lifecycle, actor, sql, shown, columns);
  return { rows: views.map((view) => ({ ...view, fields: fields.get(view.id) ?? {} })), next };
}

/** What a list is asked of the register. */
interface Asked {
  entity?: string;
  states?: string[];
  subject?: string;
  parent?: string;
  offices?: string[];
  handler?: string | null;
  open?: boolean;
  dueBefore?: string;
  /** Text of a tsquery. */
  words?: string;
}

/**
 * Rows by a column of the register: the function names them, and they are read under the reader's own claim. A row that he may not read after
 * all keeps its place with nothing but its id, so that the list goes on behind it.
 */
async function pageOfRegister(
  sql: Transaction,
  asked: Asked,
  sort: string,
  descending: boolean,
  most: number,
  after?: [string | null, string],
): Promise<Row[]> {
  if (after !== undefined && after[0] === null) throw badCursor();
  const rows = await sql.query(
    `select ${registerColumns}, p.sorted, p.id as named
     from kernel.page($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::tsquery) with ordinality p (id, sorted, at)
     left join kernel.record r on r.id = p.id order by p.at`,
    [
      sort,
      descending,
      most,
      after?.[0] ?? null,
      after?.[1] ?? null,
      asked.entity ?? null,
      asked.states ?? null,
      asked.subject ?? null,
      asked.parent ?? null,
      asked.offices ?? null,
      asked.handler ?? null,
      asked.open ?? null,
      asked.dueBefore ?? null,
      asked.words ?? null,
    ],
  );
  return rows.map(({ named, ...row }) => ({ ...row, id: named }));
}

/** Rows by a field of their own table, which row security lets the reader join. */
async function byDeclaredField(sql: Transaction, asked: Asked, order: Order, input: ListInput): Promise<Row[]> {
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const filters: string[] = [];
  if (asked.entity !== undefined) filters.push(`r.entity = ${bind(asked.entity)}`);
  if (asked.states !== undefined) filters.push(`r.state = any(${bind(asked.states)}::text[])`);
  if (asked.subject !== undefined) filters.push(`r.subject = ${bind(asked.subject)}`);
  if (asked.parent !== undefined) filters.push(`r.parent = ${bind(asked.parent)}`);
  if (asked.offices !== undefined) filters.push(`r.office = any(${bind(asked.offices)}::text[])`);
  if (asked.handler !== undefined) filters.push(`r.handler = ${bind(asked.handler)}`);
  if (asked.open) filters.push('r.closed_at is null');
  if (asked.dueBefore !== undefined) filters.push(`r.due < ${bind(asked.dueBefore)}`);
  if (asked.words !== undefined)
    filters.push(
      `r.id in (select id from kernel.page('updated', true, 2000, of_entity => ${bind(asked.entity)}, with_words => ${bind(asked.words)}::tsquery))`,
    );
  const column = order.column.replace('$', bind(order.offices));
  const direction = input.sort.startsWith('-') ? 'desc' : 'asc';
  const after = cursorOf(input, order.type);
  if (after !== undefined) filters.push(following(column, order.type, direction, after, bind));
  return sql.query(
    `select ${registerColumns}, (${column})::text as sorted from kernel.record r ${order.join} where ${filters.join(' and ')}
     order by ${column} ${direction} nulls last, r.id ${direction} limit ${bind(input.limit + 1)}`,
    parameters,
  );
}

/** The condition for what comes after a cursor; rows without a value come last. */
function following(
  column: string,
  type: string,
  direction: 'asc' | 'desc',
  [value, id]: [string | null, string],
  bind: (value: unknown) => string,
): string {
  const than = direction === 'asc' ? '>' : '<';
  const later = `r.id ${than} ${bind(id)}::uuid`;
  if (value === null) return `(${column} is null and ${later})`;
  const at = `${bind(value)}::${type}`;
  return `(${column} ${than} ${at} or (${column} = ${at} and ${later}) or ${column} is null)`;
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

function cursorOf({ cursor }: ListInput, type: string): [string | null, string] | undefined {
  if (cursor === undefined) return undefined;
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
  const found = await pageOfRegister(sql, { words: query }, 'updated', true, 40);
  const views = await viewRecords(kernel, sql, found);
  const groups = Map.groupBy(views, ({ entity }) => entity);
  return [...groups].map(([entity, rows]) => ({
    entity,
    label: kernel.register.lifecycles.get(entity)!.entity.label,
    rows: rows.slice(0, 8),
    more: rows.length > 8,
  }));
}
