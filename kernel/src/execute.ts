import { createHash } from 'node:crypto';
import { canonicalJson } from '@hengjian/transparency';
import { v7 as uuid } from 'uuid';
import type { Act, Actor, Hand } from './act.ts';
import { admit, type Place } from './admission.ts';
import { submitForApproval } from './approval.ts';
import { type ClockRow, clockFromRow, dueOf, turnClocks } from './clocks.ts';
import { databaseCode, isTransient, type Row, type Transaction } from './database/database.ts';
import type { RecordColumns } from './declare/entity.ts';
import type { Action, Lifecycle } from './declare/lifecycle.ts';
import { parseInput } from './input.ts';
import type { Kernel } from './kernel.ts';
import { notFound, notYourOffice, Problem, valueRefused } from './problem.ts';
import { getAction, getLifecycle } from './register.ts';
import { type Step, writeStep } from './write.ts';

/** What somebody asks to be done. The id makes a repetition happen once. */
export interface Command {
  id: string;
  entity: string;
  action: string;
  record?: string;
  /** Version of the record that the actor saw; a change since then is a conflict. */
  version?: number;
  input: Record<string, unknown>;
  occurredAt?: string;
  documents?: { kind: string; upload: string }[];
  note?: string;
  /** Office of a new record when it is not the actor's own, and the record it belongs to. */
  office?: string;
  parent?: string;
}

export interface Outcome {
  record: string;
  event: string;
  /** Records created on the way, the approval sheet among them. */
  created: string[];
  state: string;
  version: number;
  replayed: boolean;
  /** The action waits for signatures on this sheet. */
  sheet: string | null;
}

/** One command in one transaction; shared by an action and the actions that its handler takes. */
export interface Work {
  kernel: Kernel;
  actor: Actor;
  sql: Transaction;
  command: Command;
  recordedAt: string;
  occurredAt: string;
  parts: number;
  created: string[];
  /** What the events of this command open to everybody, and the public entries that carry it; by event. */
  opened: Map<string, { fields: Record<string, string>; entries: string[] }>;
}

/**
 * The one way to change a record: replay → parse → load → role → version → state → separation → documents → conditions →
 * run → save → clocks → event, in one transaction. Throws a {@link Problem} and leaves nothing behind when any of it fails.
 */
export async function execute(kernel: Kernel, actor: Actor, command: Command): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await kernel.database.transaction(
        'hengjian_app',
        actor.claim,
        (sql) => perform(kernel, actor, command, sql),
        actor.kind === 'person' ? 'interactive' : 'jobs',
        command.id,
      );
    } catch (error) {
      if (attempt < 5 && isTransient(error)) continue;
      throw asProblem(error);
    }
  }
}

/** What an action would do: every check, and nothing written. */
export async function rehearse(kernel: Kernel, actor: Actor, command: Command): Promise<void> {
  const done = new Error('rehearsed');
  await kernel.database
    .transaction('hengjian_app', actor.claim, async (sql) => {
      await perform(kernel, actor, command, sql);
      throw done;
    })
    .catch((error: unknown) => {
      if (error !== done) throw asProblem(error);
    });
}

async function perform(kernel: Kernel, actor: Actor, command: Command, sql: Transaction): Promise<Outcome> {
  const now = kernel.now();
  const recordedAt = now.toISOString();
  const occurredAt = command.occurredAt === undefined ? recordedAt : new Date(command.occurredAt).toISOString();
  if (occurredAt > recordedAt)
    throw new Problem(422, 'in-the-future', '发生时间不能晚于现在。', 'The act cannot have happened in the future.');
  const lifecycle = getLifecycle(kernel.register, command.entity);
  const action = getAction(lifecycle, command.action);
  const digest = digestOf(command);
  const work: Work = { kernel, actor, sql, command, recordedAt, occurredAt, parts: 0, created: [], opened: new Map() };
  const loaded = await load(work, lifecycle, command.record ?? null);
  if (loaded.replay !== null) return replay(loaded.replay, actor, digest);
  const input = parseInput(action, command.input);
  if (action.approval !== undefined) {
    const target = await admit(work, lifecycle, action, loaded, input, []);
    const sheet = await submitForApproval(work, lifecycle, action, target.row, digest, input);
    const { version, state } = await present(sql, target.row.id);
    return {
      record: target.row.id,
      event: sheet.event,
      created: work.created,
      state,
      version,
      replayed: false,
      sheet: sheet.id,
    };
  }
  const step = await take(work, lifecycle, action, loaded, input, digest, [], {
    ...(command.parent === undefined ? {} : { parent: command.parent }),
  });
  const { row, event, version } = step;
  return { record: row.id, event, created: work.created, state: row.state, version, replayed: false, sheet: null };
}

/** A row of any entity, types erased. */
export type Held = RecordColumns & Row;

/** What is known of a record before an action; locked against others. */
export interface Loaded {
  row: Held | null;
  register: Row | null;
  clocks: ClockRow[];
  held: string[];
  hands: { action: string; person: string; organisation: string | null; hands: Hand[] }[];
  replay: Row | null;
}

const loadStatements = new Map<string, string>();

/** Loads and locks the record, with its clocks, its papers and who had a hand in it, in one round trip. */
export async function load(work: Work, lifecycle: Lifecycle, id: string | null): Promise<Loaded> {
  const first = work.parts === 0;
  if (id === null) {
    const [replay] = first
      ? await work.sql.query('select * from kernel.event where command = $1 and part = 0', [work.command.id])
      : [];
    return { row: null, register: null, clocks: [], held: [], hands: [], replay: replay ?? null };
  }
  const { table } = lifecycle.entity;
  let text = loadStatements.get(table);
  if (text === undefined) {
    text = `select t.*, to_jsonb(r) - 'words' as register,
      (select to_jsonb(e) - 'leaf' from kernel.event e where e.command = $2 and e.part = 0) as replay,
      (select jsonb_agg(to_jsonb(c)) from kernel.clock c where c.record = r.id and c.status in ('running', 'suspended')) as clocks,
      (select array_agg(d.kind) from kernel.document d where d.record = r.id and d.superseded_by is null) as held,
      (select jsonb_agg(jsonb_build_object('action', e.action, 'person', e.actor, 'organisation', e.organisation, 'hands', e.hands))
        from kernel.event e where e.record = r.id) as hands
      from kernel.record r join ${table} t on t.id = r.id where r.id = $1 and r.entity = '${lifecycle.entity.name}' for update of r`;
    loadStatements.set(table, text);
  }
  const [found] = await work.sql.query(text, [id, first ? work.command.id : uuid()]);
  if (found === undefined) throw notFound();
  const { register, replay, clocks, held, hands, ...columns } = found;
  return {
    row: rowFromColumns(lifecycle, columns) as never,
    register: register as Row,
    clocks: ((clocks ?? []) as Row[]).map(clockFromRow),
    held: (held ?? []) as string[],
    hands: (hands ?? []) as Loaded['hands'],
    replay: (replay ?? null) as Row | null,
  };
}

/** The columns of a state table as the fields that the domain declared. */
export function rowFromColumns(lifecycle: Lifecycle, columns: Row): Row {
  const row: Row = {
    id: columns.id,
    home: columns.home,
    office: columns.office,
    parties: columns.parties,
    state: columns.state,
  };
  for (const { name, column } of lifecycle.entity.fields) row[name] = columns[column] ?? null;
  return row;
}

function replay(event: Row, actor: Actor, digest: string): Outcome {
  if (event.actor !== actor.person || event.input_digest !== digest)
    throw new Problem(
      409,
      'already-different',
      '这个操作编号已经用于另一项操作。',
      'This command id was already used for something else.',
    );
  return {
    record: event.record as string,
    event: event.id as string,
    created: [],
    state: event.to_state as string,
    version: event.version as number,
    replayed: true,
    sheet: event.entity === 'kernel.approval' ? (event.record as string) : null,
  };
}

/** Takes an action whose input is parsed: checks, handler, and everything that is written for it. */
export async function take(
  work: Work,
  lifecycle: Lifecycle,
  action: Action,
  loaded: Loaded,
  input: Record<string, unknown>,
  digest: string,
  hands: Hand[],
  place: Place = {},
): Promise<Step> {
  const { row, act } = await admit(work, lifecycle, action, loaded, input, hands, place);
  const part = work.parts;
  work.parts += 1;
  const event = uuid();
  const step: Step = {
    work,
    lifecycle,
    action,
    loaded,
    row,
    input,
    digest,
    hands,
    part,
    event,
    act,
    version: ((loaded.register?.version as number | undefined) ?? 0) + 1,
    parent: place.parent ?? (loaded.register?.parent as string | null | undefined) ?? null,
    edition: editionOf(lifecycle, loaded, act.occurredOn),
    reservations: action.reserves?.(row as never, input as never, act) ?? [],
    before: { ...row },
    clocks: [],
    due: null,
  };
  if (loaded.row === null) work.created.push(row.id);
  const change = (await action.run?.(row as never, input as never, withEvent(act, step))) as Row | undefined;
  const { to, ...fields } = change ?? {};
  Object.assign(row, sameNamed(lifecycle, input), fields);
  row.state = nextState(action, step.before.state as string, to as string | undefined, lifecycle);
  step.clocks = turnClocks(
    lifecycle,
    loaded.clocks,
    {
      action,
      event,
      occurredOn: act.occurredOn,
      occurredAt: act.occurredAt,
      input,
      row,
      closes: lifecycle.states[row.state]!.closed,
    },
    work.kernel.calendar,
  );
  step.due = dueOf([
    ...loaded.clocks.filter(({ id }) => !step.clocks.some((turned) => turned.id === id)),
    ...step.clocks,
  ]);
  await writeStep(step);
  return step;
}

/** The act during `run`, when what it publishes or attaches must name the event that is being made. */
function withEvent(act: Act, step: Step): Act {
  return Object.assign(act, { event: step.event });
}

function sameNamed(lifecycle: Lifecycle, input: Record<string, unknown>): Row {
  const fields: Row = {};
  for (const { name } of lifecycle.entity.fields) if (Object.hasOwn(input, name)) fields[name] = input[name];
  return fields;
}

function nextState(action: Action, from: string, chosen: string | undefined, lifecycle: Lifecycle): string {
  const target = chosen ?? (action.to.length === 1 ? action.to[0]! : undefined);
  if (target === undefined || !(action.to.includes(target) || (target === from && action.to.includes('same'))))
    throw new Error(`${lifecycle.entity.name}.${action.name} chose the state ${chosen}, which it did not declare.`);
  return target === 'same' ? from : target;
}

function editionOf(lifecycle: Lifecycle, loaded: Loaded, day: string): string {
  if (loaded.register !== null) return loaded.register.edition as string;
  const current = lifecycle.editions.findLast(
    ({ inForce, until }) => inForce <= day && (until === undefined || day < until),
  );
  if (current === undefined)
    throw new Problem(
      422,
      'no-edition',
      '该日没有有效的办理规则。',
      'No edition of this procedure was in force on that day.',
    );
  return current.name;
}

export function digestOf(command: Command): string {
  const { entity, action, record, input, documents, office, parent } = command;
  const value = {
    entity,
    action,
    record: record ?? null,
    input,
    documents: documents ?? [],
    office: office ?? null,
    parent: parent ?? null,
  };
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(value))))
    .digest('hex');
}

async function present(sql: Transaction, id: string): Promise<{ version: number; state: string }> {
  const [row] = await sql.query<{ version: number; state: string }>(
    'select version, state from kernel.record where id = $1',
    [id],
  );
  return row!;
}

/** What the database refused, in words; anything else is passed on. */
function asProblem(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const code = databaseCode(error);
  if (code === '42501') return notYourOffice();
  if (code === '23505')
    return new Problem(409, 'already-exists', '同样的记录已经存在。', 'The same record exists already.');
  if (code?.startsWith('22')) return valueRefused();
  return error;
}
