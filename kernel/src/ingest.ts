import { v7 as uuid } from 'uuid';
import type { Actor } from './act.ts';
import { databaseCode, type Row, type Transaction } from './database/database.ts';
import { insertRow } from './database/statement.ts';
import { type RecordColumns, snakeCase } from './declare/entity.ts';
import type { Lifecycle } from './declare/lifecycle.ts';
import type { Kernel } from './kernel.ts';
import { commitEvent } from './leaf.ts';
import { notFound, notYourOffice, Problem } from './problem.ts';
import { getLifecycle } from './register.ts';
import { vectorOf } from './words.ts';
import { nextRoles } from './write.ts';

export interface Ingestion {
  entity: string;
  /** A state that the lifecycle declares `ingestible`. */
  state: string;
  /** Office of each record. */
  office: string | ((row: Row) => string);
  rows: AsyncIterable<Row> | Iterable<Row>;
  /** SHA-256 of the file that the rows come from; the same file is taken once. */
  contentHash: string;
  onProgress?: (done: number) => void;
}

/** Rows that hang on a record without being records: results, readings, frame entries. */
export interface ChildIngestion {
  record: string;
  table: string;
  /** Columns in the order of each row's values. */
  columns: readonly string[];
  rows: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>;
  contentHash: string;
  action: string;
  onProgress?: (done: number) => void;
}

const chunk = 20_000;

/**
 * Creates records in bulk by COPY, in one transaction, with their register rows and one event for the whole batch that carries
 * the file's hash. Makes no transition, starts no clock, publishes nothing. A file that was taken before is refused (409).
 */
export async function ingest(
  kernel: Kernel,
  actor: Actor,
  ingestion: Ingestion,
): Promise<{ batch: string; good: number }> {
  const lifecycle = getLifecycle(kernel.register, ingestion.entity);
  const { entity } = lifecycle;
  if (!lifecycle.ingestible.includes(ingestion.state))
    throw new Problem(
      422,
      'not-ingestible',
      '这类记录不能批量写入。',
      'Records of this kind cannot be entered in bulk.',
    );
  const batch = uuid();
  const now = kernel.now().toISOString();
  const edition = lifecycle.editions.at(-1)!.name;
  const columns = ['id', 'home', 'office', 'parties', 'state', ...entity.fields.map(({ column }) => column)].join(', ');
  let good = 0;
  let sample: Held | undefined;
  await guarded(() =>
    kernel.database.copy('hengjian_app', actor.claim, async (sql, copy) => {
      await stage(sql, 'staged_state', entity.table);
      await stage(sql, 'staged_register', 'kernel.record');
      await overlapped(
        inChunks(ingestion.rows),
        (rows) => {
          const held = rows.map((row) => prepare(kernel, lifecycle, ingestion, row));
          sample ??= held[0];
          return {
            count: rows.length,
            states: [...lines(held, (row) => stateValues(lifecycle, row))],
            registers: [...lines(held, (row) => registerValues(lifecycle, row, actor, now, edition))],
          };
        },
        async ({ count, states, registers }) => {
          await copy(`staged_state (${columns})`, states);
          await copy(`staged_register (${registerColumns})`, registers);
          await sql.query(`insert into ${entity.table} (${columns}) select ${columns} from staged_state`);
          await sql.query(
            `insert into kernel.record (${registerColumns}) select ${registerColumns} from staged_register`,
          );
          await sql.query('truncate staged_state, staged_register;');
          good += count;
          ingestion.onProgress?.(good);
        },
      );
      const office = sample?.office ?? actor.office ?? '';
      await writeBatchEvent(sql, actor, {
        batch,
        entity: entity.name,
        record: batch,
        office,
        action: 'ingest',
        state: ingestion.state,
        now,
        edition,
        good,
        contentHash: ingestion.contentHash,
      });
    }),
  );
  return { batch, good };
}

/** Appends children of one record by COPY, with one event on that record. The record must be visible and of the actor's office. */
export async function ingestChildren(
  kernel: Kernel,
  actor: Actor,
  ingestion: ChildIngestion,
): Promise<{ batch: string; good: number }> {
  const batch = uuid();
  const now = kernel.now().toISOString();
  const columns = ingestion.columns.map(snakeCase).join(', ');
  let good = 0;
  await guarded(() =>
    kernel.database.copy('hengjian_app', actor.claim, async (sql, copy) => {
      const [parent] = await sql.query<{ entity: string; office: string; state: string; edition: string }>(
        'select entity, office, state, edition from kernel.record where id = $1 for update',
        [ingestion.record],
      );
      if (parent === undefined) throw notFound();
      await stage(sql, 'staged_child', ingestion.table);
      await overlapped(
        inChunks(ingestion.rows),
        (rows) => ({ count: rows.length, texts: [...lines(rows, (row) => row)] }),
        async ({ count, texts }) => {
          await copy(`staged_child (${columns})`, texts);
          await sql.query(`insert into ${ingestion.table} (${columns}) select ${columns} from staged_child`);
          await sql.query('truncate staged_child;');
          good += count;
          ingestion.onProgress?.(good);
        },
      );
      await writeBatchEvent(sql, actor, {
        batch,
        entity: parent.entity,
        record: ingestion.record,
        office: parent.office,
        action: ingestion.action,
        state: parent.state,
        now,
        edition: parent.edition,
        good,
        contentHash: ingestion.contentHash,
      });
    }),
  );
  return { batch, good };
}

type Held = RecordColumns & Row;

function prepare(kernel: Kernel, lifecycle: Lifecycle, ingestion: Ingestion, row: Row): Held {
  const code = typeof ingestion.office === 'string' ? ingestion.office : ingestion.office(row);
  const office = kernel.offices.get(code);
  if (office === undefined)
    throw new Problem(422, 'unknown-office', `没有机关“${code}”。`, `There is no office ${code}.`);
  const held: Held = {
    id: (row.id as string | undefined) ?? uuid(),
    home: office.home,
    office: code,
    parties: [],
    state: ingestion.state,
  };
  for (const { name } of lifecycle.entity.fields) held[name] = row[name] ?? null;
  const order = lifecycle.states[ingestion.state]!.order;
  for (const party of Object.values(lifecycle.parties))
    if (order >= lifecycle.states[party.from]!.order)
      for (const token of party.of(held)) if (token) held.parties.push(token);
  return held;
}

function stateValues(lifecycle: Lifecycle, row: Held): unknown[] {
  const fields = lifecycle.entity.fields.map(({ name, meta }) =>
    meta.column === 'jsonb' && row[name] !== null ? JSON.stringify(row[name]) : row[name],
  );
  return [row.id, row.home, row.office, row.parties, row.state, ...fields];
}

const registerColumns =
  'id, entity, home, office, number, title, state, subject, subject_name, handler, parent, due, opened_at, updated_at, closed_at, version, edition, next_roles, parties, doors, words';

function registerValues(lifecycle: Lifecycle, row: Held, actor: Actor, now: string, edition: string): unknown[] {
  const { entity } = lifecycle;
  const subject = entity.subject?.(row as never) ?? null;
  const title = entity.title(row as never).slice(0, 300);
  const closed = lifecycle.states[row.state]!.closed ? now : null;
  return [
    row.id,
    entity.name,
    row.home,
    row.office,
    null,
    title,
    row.state,
    subject?.id ?? null,
    subject?.name ?? null,
    actor.kind === 'person' ? actor.person : null,
    null,
    null,
    now,
    now,
    closed,
    1,
    edition,
    nextRoles(lifecycle, row),
    row.parties,
    [],
    vectorOf([title, ...(entity.words?.(row as never) ?? [])]),
  ];
}

async function stage(sql: Transaction, name: string, like: string): Promise<void> {
  await sql.query(`create temp table ${name} (like ${like}) on commit drop;`);
}

interface BatchEvent {
  batch: string;
  entity: string;
  record: string;
  office: string;
  action: string;
  state: string;
  now: string;
  edition: string;
  good: number;
  contentHash: string;
}

async function writeBatchEvent(sql: Transaction, actor: Actor, event: BatchEvent): Promise<void> {
  const input = { rows: event.good, contentHash: event.contentHash };
  const told = {
    act: {
      id: event.batch,
      entity: event.entity,
      record: event.record,
      action: event.action,
      office: event.office,
      recordedAt: event.now,
    },
    actor: { person: actor.person, role: actor.role },
    input,
  };
  const { salts, leaf } = commitEvent(told);
  // The command id of a batch is made from the file's content, so the same file cannot be taken twice.
  const command = `${event.contentHash.slice(0, 8)}-${event.contentHash.slice(8, 12)}-8${event.contentHash.slice(13, 16)}-8${event.contentHash.slice(17, 20)}-${event.contentHash.slice(20, 32)}`;
  await insertRow(sql, 'kernel.event', {
    id: event.batch,
    record: event.record,
    entity: event.entity,
    action: event.action,
    office: event.office,
    actor: actor.person,
    actor_name: actor.name,
    role: actor.role,
    acting_for: actor.actingFor,
    organisation: actor.organisation,
    command,
    part: 0,
    input_digest: event.contentHash,
    occurred_at: event.now,
    recorded_at: event.now,
    to_state: event.state,
    edition: event.edition,
    version: 1,
    input: JSON.stringify(input),
    changes: '{}',
    salts: JSON.stringify(salts),
    leaf,
  });
}

async function* inChunks<T>(rows: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T[]> {
  let held: T[] = [];
  for await (const row of rows) {
    held.push(row);
    if (held.length === chunk) {
      yield held;
      held = [];
    }
  }
  if (held.length > 0) yield held;
}

/** While the database takes one chunk, the next is read and made ready. */
async function overlapped<T, R>(
  chunks: AsyncIterable<T>,
  ready: (chunk: T) => R,
  write: (made: R) => Promise<void>,
): Promise<void> {
  let writing: Promise<unknown> = Promise.resolve();
  try {
    for await (const chunk of chunks) {
      const made = ready(chunk);
      await writing;
      writing = write(made);
      // Whoever awaits it below hears of a failure; until then it must not count as unheard.
      writing.catch(() => undefined);
    }
  } finally {
    await writing;
  }
}

/** Rows as COPY text, a few thousand lines at a time. */
function* lines<T>(rows: readonly T[], values: (row: T) => readonly unknown[]): Generator<string> {
  for (let at = 0; at < rows.length; at += 4_000) {
    let text = '';
    for (const row of rows.slice(at, at + 4_000)) text += `${values(row).map(copyText).join('\t')}\n`;
    yield text;
  }
}

/** One value in COPY's text format: \N for null, arrays in braces, backslash escapes. */
export function copyText(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString('hex')}`;
  const text = Array.isArray(value)
    ? `{${value.map((item) => `"${String(item).replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`
    : String(value);
  return /[\\\t\n\r]/.test(text)
    ? text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : text;
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { constraint } = error as { constraint?: string };
    if (databaseCode(error) === '23505' && constraint?.includes('command'))
      throw new Problem(409, 'already-ingested', '这个文件已经导入过。', 'This file has been taken before.');
    if (databaseCode(error) === '42501') throw notYourOffice();
    throw error;
  }
}
