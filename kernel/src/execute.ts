import { createHash } from 'node:crypto';
import { canonicalJson } from '@hengjian/transparency';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Act, Actor, Hand } from './act.ts';
import { submitForApproval } from './approval.ts';
import { type ClockRow, clockFromRow, dueOf, turnClocks } from './clocks.ts';
import { databaseCode, isTransient, type Row, type Transaction } from './database/database.ts';
import type { RecordColumns } from './declare/entity.ts';
import type { Action, Lifecycle } from './declare/lifecycle.ts';
import { makeAct } from './handling.ts';
import type { Kernel } from './kernel.ts';
import { notFound, Problem, type Refusal } from './problem.ts';
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
}

/**
 * The one way to change a record: replay → parse → load → role → version → state → separation → documents → conditions →
 * run → save → clocks → event, in one transaction. Throws a {@link Problem} and leaves nothing behind when any of it fails.
 */
export async function execute(kernel: Kernel, actor: Actor, command: Command): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await kernel.database.transaction('hengjian_app', actor.claim, (sql) => perform(kernel, actor, command, sql));
    } catch (error) {
      const raced = databaseCode(error) === '23505' && `${(error as { constraint?: string }).constraint}`.includes('command');
      if (attempt < 5 && (raced || isTransient(error))) continue;
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
  const work: Work = { kernel, actor, sql, command, recordedAt, occurredAt, parts: 0, created: [] };
  const loaded = await load(work, lifecycle, command.record ?? null);
  if (loaded.replay !== null) return replay(loaded.replay, actor, digest);
  const input = parseInput(action, command.input);
  if (action.approval !== undefined) {
    const target = await admit(work, lifecycle, action, loaded, input, []);
    const sheet = await submitForApproval(work, lifecycle, action, target.row, digest, input);
    const { version, state } = await present(sql, target.row.id);
    return { record: target.row.id, event: sheet.event, created: work.created, state, version, replayed: false, sheet: sheet.id };
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
  const row: Row = { id: columns.id, home: columns.home, office: columns.office, parties: columns.parties, state: columns.state };
  for (const { name, column } of lifecycle.entity.fields) row[name] = columns[column] ?? null;
  return row;
}

function replay(event: Row, actor: Actor, digest: string): Outcome {
  if (event.actor !== actor.person || event.input_digest !== digest)
    throw new Problem(409, 'already-different', '这个操作编号已经用于另一项操作。', 'This command id was already used for something else.');
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

/** Where a new record belongs. `vouched`: another action's handler takes this one, so the role was checked there. */
export interface Place {
  office?: string;
  parent?: string;
  id?: string;
  vouched?: boolean;
}

/** Every check that stands between a command and its handler; returns the row to act on. */
export async function admit(
  work: Work,
  lifecycle: Lifecycle,
  action: Action,
  loaded: Loaded,
  input: Record<string, unknown>,
  hands: Hand[],
  place: Place = {},
): Promise<{ row: Held; act: Act }> {
  const { actor, command } = work;
  const row = (loaded.row ?? newRow(work, lifecycle, place)) as Held;
  if (!place.vouched) checkRole(work, lifecycle, action, row);
  if (work.parts === 0 && command.version !== undefined && loaded.register !== null && loaded.register.version !== command.version)
    throw new Problem(409, 'version-conflict', '这条记录在您打开之后被改动过，请核对后再办。', 'The record was changed after you opened it.');
  checkState(lifecycle, action, loaded, row);
  checkSeparation(lifecycle, action, loaded, [{ person: actor.person, organisation: actor.organisation }, ...hands]);
  checkDocuments(lifecycle, action, loaded, work.parts === 0 ? command.documents : undefined);
  if (loaded.register?.sheet && !place.vouched && actor.kind === 'person')
    throw new Problem(409, 'in-approval', '这条记录正在审批，审批结束前不能办理其他事项。', 'The record is with an approval sheet; nothing else can be done until that ends.');
  const act = makeAct(work, lifecycle, row, loaded, hands);
  accept(action.when?.(row as never));
  if (action.check) accept(await action.check(row as never, input as never, act));
  return { row, act };
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
    work, lifecycle, action, loaded, row, input, digest, hands, part, event, act,
    version: ((loaded.register?.version as number | undefined) ?? 0) + 1,
    parent: place.parent ?? (loaded.register?.parent as string | null | undefined) ?? null,
    edition: editionOf(lifecycle, loaded, act.occurredOn),
    reservations: action.reserves?.(row as never, input as never, act) ?? [],
    before: { ...row }, clocks: [], due: null,
  };
  if (loaded.row === null) work.created.push(row.id);
  const change = (await action.run?.(row as never, input as never, withEvent(act, step))) as Row | undefined;
  const { to, ...fields } = change ?? {};
  Object.assign(row, sameNamed(lifecycle, input), fields);
  row.state = nextState(action, step.before.state as string, to as string | undefined, lifecycle);
  step.clocks = turnClocks(
    lifecycle,
    loaded.clocks,
    { action, event, occurredOn: act.occurredOn, occurredAt: act.occurredAt, input, row, closes: lifecycle.states[row.state]!.closed },
    work.kernel.calendar,
  );
  step.due = dueOf([...loaded.clocks.filter(({ id }) => !step.clocks.some((turned) => turned.id === id)), ...step.clocks]);
  await writeStep(step);
  return step;
}

/** The act during `run`, when what it publishes or attaches must name the event that is being made. */
function withEvent(act: Act, step: Step): Act {
  return Object.assign(act, { event: step.event });
}

function newRow(work: Work, lifecycle: Lifecycle, place: Place): Row {
  const { actor, command, kernel } = work;
  const code = place.office ?? (work.parts === 0 ? command.office : undefined) ?? actor.office;
  const office = code === null || code === undefined ? undefined : kernel.offices.get(code);
  if (office === undefined || !(place.vouched || actor.claim.writes.includes(office.code)))
    throw new Problem(403, 'not-your-office', '您不能在这个机关登记记录。', 'You may not enter records at this office.');
  const row: Row = { id: place.id ?? uuid(), home: office.home, office: office.code, parties: [], state: '' };
  for (const { name } of lifecycle.entity.fields) row[name] = null;
  return row;
}

function checkRole(work: Work, lifecycle: Lifecycle, action: Action, row: Held): void {
  const { actor } = work;
  if (action.by.includes(actor.role) && mayWrite(actor, row.office as string)) return;
  if (actor.kind === 'machine' && action.by.includes('system')) return;
  for (const name of action.by) {
    const party = lifecycle.parties[name];
    if (party?.of(row as never).some((token) => token && actor.claim.parties.includes(token))) return;
  }
  throw new Problem(
    403,
    'not-your-role',
    `“${action.label.zh}”由${whoMay(work.kernel, lifecycle, action, 'zh').join('、')}办理。`,
    `"${action.label.en}" is done by: ${whoMay(work.kernel, lifecycle, action, 'en').join(', ')}.`,
  );
}

function mayWrite(actor: Actor, office: string): boolean {
  return actor.claim.writes.includes(office);
}

/** Those who may take an action, in words. */
export function whoMay(kernel: Kernel, lifecycle: Lifecycle, action: Action, language: 'zh' | 'en'): string[] {
  return action.by.map((name) =>
    name === 'system'
      ? { zh: '系统', en: 'the system' }[language]
      : (lifecycle.parties[name]?.label ?? kernel.register.roles[name] ?? { zh: name, en: name })[language],
  );
}

function checkState(lifecycle: Lifecycle, action: Action, loaded: Loaded, row: Row): void {
  if (loaded.row === null) {
    if (action.from === null) return;
    throw new Problem(422, 'record-missing', '没有指明要办理的记录。', 'The command names no record.');
  }
  if (action.from?.includes(row.state as string)) return;
  const state = lifecycle.states[row.state as string]!;
  throw new Problem(
    422,
    'not-allowed-now',
    `当前状态为“${state.zh}”，不能“${action.label.zh}”。`,
    `The state is "${state.en}"; "${action.label.en}" is not possible now.`,
  );
}

function checkSeparation(
  lifecycle: Lifecycle,
  action: Action,
  loaded: Loaded,
  acting: { person: string; organisation: string | null }[],
): void {
  for (const rule of action.notBy ?? [])
    for (const past of loaded.hands) {
      if (!rule.actions.includes(past.action)) continue;
      const earlier = [{ person: past.person, organisation: past.organisation }, ...(past.hands ?? [])];
      const clash = acting.some((now) =>
        earlier.some((then) =>
          rule.same === 'person' ? then.person === now.person : now.organisation !== null && then.organisation === now.organisation,
        ),
      );
      if (!clash) continue;
      const other = lifecycle.actions[past.action]!.label;
      const [zh, en] = rule.same === 'person' ? ['人', 'person'] : ['机构', 'organisation'];
      throw new Problem(
        403,
        'separation',
        `“${action.label.zh}”不得由办理过“${other.zh}”的同一${zh}办理。`,
        `"${action.label.en}" may not be done by the same ${en} as "${other.en}".`,
      );
    }
}

function checkDocuments(lifecycle: Lifecycle, action: Action, loaded: Loaded, coming: Command['documents'] = []): void {
  for (const { kind } of coming)
    if (!Object.hasOwn(lifecycle.documents, kind))
      throw new Problem(422, 'unknown-document', `没有“${kind}”这种材料。`, `There is no document of the kind ${kind}.`);
  const held = new Set([...loaded.held, ...coming.map(({ kind }) => kind), ...(action.papers ?? [])]);
  const missing = (action.needs ?? []).filter((kind) => !held.has(kind)).map((kind) => lifecycle.documents[kind]!);
  if (missing.length > 0)
    throw new Problem(
      422,
      'document-missing',
      `缺少材料：${missing.map(({ zh }) => `《${zh}》`).join('、')}。`,
      `Missing: ${missing.map(({ en }) => en).join(', ')}.`,
    );
}

function accept(verdict: true | Refusal | undefined): void {
  if (verdict === undefined || verdict === true) return;
  const { code, zh, en, path } = verdict;
  throw new Problem(422, code, zh, en, path === undefined ? [] : [{ path: `input.${path}`, code, zh, en }]);
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
  const current = lifecycle.editions.findLast(({ inForce, until }) => inForce <= day && (until === undefined || day < until));
  if (current === undefined)
    throw new Problem(422, 'no-edition', '该日没有有效的办理规则。', 'No edition of this procedure was in force on that day.');
  return current.name;
}

/** Parses an input; every fault is named by its path. */
export function parseInput(action: Action, raw: Record<string, unknown>): Record<string, unknown> {
  const parsed = action.input.safeParse(raw ?? {});
  if (parsed.success) return parsed.data;
  throw new Problem(
    422,
    'invalid-input',
    '填写的内容有误，请逐项更正。',
    'Some of what was entered is wrong; please correct each item.',
    parsed.error.issues.map((issue) => {
      const path = ['input', ...issue.path.map(String)].join('.');
      return { path, code: issue.code, ...sentence(issue as z.core.$ZodIssue) };
    }),
  );
}

function sentence(issue: z.core.$ZodIssue): { zh: string; en: string } {
  const { message } = issue;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? { zh: '此项必填。', en: 'This is required.' } : { zh: '类型不对。', en: message };
    case 'too_small':
      return { zh: `不得小于（少于）${issue.minimum}。`, en: message };
    case 'too_big':
      return { zh: `不得大于（多于）${issue.maximum}。`, en: message };
    case 'invalid_format':
      return { zh: '格式不对。', en: message };
    case 'invalid_value':
      return { zh: `只能是：${issue.values.join('、')}。`, en: message };
    case 'unrecognized_keys':
      return { zh: `多出了不认识的项目：${issue.keys.join('、')}。`, en: message };
    default:
      return { zh: /[\u4e00-\u9fff]/.test(message) ? message : '此项有误。', en: message };
  }
}

export function digestOf(command: Command): string {
  const { entity, action, record, input, documents, office, parent } = command;
  const value = { entity, action, record: record ?? null, input, documents: documents ?? [], office: office ?? null, parent: parent ?? null };
  return createHash('sha256').update(canonicalJson(JSON.parse(JSON.stringify(value)))).digest('hex');
}

async function present(sql: Transaction, id: string): Promise<{ version: number; state: string }> {
  const [row] = await sql.query<{ version: number; state: string }>('select version, state from kernel.record where id = $1', [id]);
  return row!;
}

/** What the database refused, in words; anything else is passed on. */
function asProblem(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const code = databaseCode(error);
  if (code === '42501')
    return new Problem(403, 'not-your-office', '您不能在这个机关登记或更改记录。', 'You may not enter or change records at this office.');
  if (code === '23505')
    return new Problem(409, 'already-exists', '同样的记录已经存在。', 'The same record exists already.');
  return error;
}
