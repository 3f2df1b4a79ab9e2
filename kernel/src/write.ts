import { createHash } from 'node:crypto';
import { formatDocumentNumber } from '@hengjian/identifiers';
import { canonicalJson } from '@hengjian/transparency';
import { v7 as uuid } from 'uuid';
import type { Act, Hand } from './act.ts';
import { type ClockRow, clockToRow } from './clocks.ts';
import type { Row } from './database/database.ts';
import { insertInto, insertRow, Parameters, updateById } from './database/statement.ts';
import type { Action, Lifecycle } from './declare/lifecycle.ts';
import type { Held, Loaded, Work } from './execute.ts';
import { commitEvent } from './leaf.ts';
import { notYourOffice, Problem } from './problem.ts';
import { vectorOf } from './words.ts';

/** One action taken, ready to be written. */
export interface Step {
  work: Work;
  lifecycle: Lifecycle;
  action: Action;
  loaded: Loaded;
  /** The record as it is now. */
  row: Held;
  before: Row;
  input: Record<string, unknown>;
  digest: string;
  hands: Hand[];
  part: number;
  event: string;
  act: Act;
  version: number;
  parent: string | null;
  edition: string;
  reservations: { key: string; until?: string; refusal: { code: string; zh: string; en: string } }[];
  clocks: ClockRow[];
  due: string | null;
}

/**
 * Writes state, register row, clocks, papers and event of one action. State, register, clocks and event go in one statement;
 * numbers are taken just before it so that the row they come from is locked as briefly as possible.
 */
export async function writeStep(step: Step): Promise<void> {
  const { work, row } = step;
  const tokens = partiesOf(step);
  row.parties = [...new Set([...tokens, ...((step.loaded.register?.doors as string[] | undefined) ?? [])])];
  validateFields(step);
  await reserve(step);
  const number = step.action.numbers === undefined ? null : await takeNumber(step, step.action.numbers);
  const documents = await writeDocuments(step);
  const event = commitStep(step, documents);
  const parameters = new Parameters();
  const parts = [
    stateStatement(step, parameters),
    registerStatement(step, number, parameters),
    event.statement(parameters),
  ];
  for (const clock of step.clocks) parts.push(clockStatement(step, clock, parameters));
  const names = parts.map((text, index) => `w${index} as (${text})`);
  const counted = await work.sql.query<{ n: number }>(
    `with ${names.join(', ')} select (select count(*) from w0) + (select count(*) from w1) as n`,
    parameters.values,
  );
  if (Number(counted[0]!.n) !== 2) throw notYourOffice();
  for (const entry of work.opened.get(step.event)?.entries ?? [])
    await work.sql.query('update public_record.entry set committed = $2 where id = $1', [
      entry,
      JSON.stringify(event.record),
    ]);
}

function stateStatement({ lifecycle, row, loaded, before }: Step, parameters: Parameters): string {
  const { table, fields } = lifecycle.entity;
  const { id, home, office, parties, state } = row;
  const written: Row = loaded.row === null ? { id, home, office, parties, state } : { parties, state };
  for (const { name, column, meta } of fields) {
    const held = row[name] ?? null;
    if (loaded.row === null || row[name] !== before[name])
      written[column] = meta.column === 'jsonb' && held !== null ? JSON.stringify(held) : held;
  }
  const statement =
    loaded.row === null ? insertInto(table, written, parameters) : updateById(table, id, written, parameters);
  return `${statement} returning 1`;
}

function registerStatement(step: Step, number: string | null, parameters: Parameters): string {
  const { work, lifecycle, row, loaded, version, due } = step;
  const { entity } = lifecycle;
  const state = lifecycle.states[row.state]!;
  const subject = entity.subject?.(row as never) ?? null;
  const title = entity.title(row as never).slice(0, 300);
  const official = number ?? (loaded.register?.number as string | null | undefined) ?? null;
  const values: Record<string, unknown> = {
    number: official,
    title,
    state: row.state,
    subject: subject?.id ?? null,
    subject_name: subject?.name ?? null,
    handler:
      step.hands.find(({ part }) => part === 'proposed')?.person ??
      (work.actor.kind === 'person'
        ? work.actor.person
        : ((loaded.register?.handler as string | null | undefined) ?? null)),
    due,
    updated_at: work.recordedAt,
    closed_at: state.closed ? work.recordedAt : null,
    version,
    next_roles: nextRoles(lifecycle, row),
    parties: row.parties,
  };
  const changed =
    title !== loaded.register?.title ||
    number !== null ||
    (subject?.name ?? null) !== loaded.register?.subject_name ||
    entity.words;
  if (changed) values.words = vectorOf([title, official, subject?.name, ...(entity.words?.(row as never) ?? [])]);
  if (loaded.row !== null) return `${updateById('kernel.record', row.id, values, parameters)} returning 1`;
  const { id, home, office } = row;
  const born = { id, entity: entity.name, home, office, parent: step.parent, edition: step.edition, doors: [] };
  const all = { ...born, opened_at: work.recordedAt, ...values };
  return `${insertInto('kernel.record', all, parameters)} returning 1`;
}

/** The event of a step: the statement that writes it, and the record that the log commits to, its open fields alone readable. */
function commitStep(
  step: Step,
  documents: EventDocument[],
): { statement: (parameters: Parameters) => string; record: Record<string, unknown> } {
  const { work, lifecycle, action, row, before, hands } = step;
  const { actor } = work;
  const input = { ...step.input };
  for (const name of action.sealed) if (Object.hasOwn(input, name)) input[name] = { sealed: true };
  const changes: Record<string, [unknown, unknown]> = {};
  for (const { name } of lifecycle.entity.fields)
    if (step.loaded.row !== null && row[name] !== before[name])
      changes[name] = [before[name] ?? null, row[name] ?? null];
  const note = work.command.note ?? null;
  const opened = work.opened.get(step.event)?.fields ?? {};
  const told = {
    ...opened,
    act: {
      id: step.event,
      entity: lifecycle.entity.name,
      record: row.id,
      action: action.name,
      office: row.office,
      occurredAt: work.occurredAt,
      recordedAt: work.recordedAt,
      from: before.state || null,
      to: row.state,
      edition: step.edition,
      version: step.version,
    },
    actor: { person: actor.person, role: actor.role, hands },
    input,
    changes,
    documents,
    note,
  };
  const { salts, leaf, digests } = commitEvent(JSON.parse(JSON.stringify(told)) as Record<string, unknown>);
  const values: Record<string, unknown> = {
    id: step.event,
    record: row.id,
    entity: told.act.entity,
    action: action.name,
    office: row.office,
    actor: actor.person,
    actor_name: actor.name,
    role: actor.role,
    acting_for: actor.actingFor,
    organisation: actor.organisation,
    hands: JSON.stringify(hands),
    command: work.command.id,
    part: step.part,
    input_digest: step.digest,
    occurred_at: work.occurredAt,
    recorded_at: work.recordedAt,
    from_state: told.act.from,
    to_state: row.state,
    edition: step.edition,
    version: step.version,
    note,
    input: JSON.stringify(input),
    changes: JSON.stringify(changes),
    opened: JSON.stringify(opened),
    salts: JSON.stringify(salts),
    leaf,
  };
  const fields = Object.entries(digests).map(([name, digest]): [string, Record<string, string>] => [
    name,
    Object.hasOwn(opened, name) ? { digest, salt: salts[name]!, value: opened[name]! } : { digest },
  ]);
  return {
    statement: (parameters) => insertInto('kernel.event', values, parameters),
    record: { hash: 'sha256', fields: Object.fromEntries(fields) },
  };
}

function clockStatement({ row, loaded }: Step, clock: ClockRow, parameters: Parameters): string {
  const { id, record, ...values } = clockToRow(row.id, clock);
  if (!loaded.clocks.some((known) => known.id === id))
    return insertInto('kernel.clock', { id, record, ...values }, parameters);
  return updateById('kernel.clock', clock.id, values, parameters);
}

/** From whom the next step is awaited: names of roles, and tokens of the parties. What the inbox looks for. */
export function nextRoles(lifecycle: Lifecycle, row: Held): string[] {
  const awaited = new Set<string>();
  for (const action of Object.values(lifecycle.actions)) {
    if (action.aside || !action.from?.includes(row.state)) continue;
    for (const name of action.by) {
      const party = lifecycle.parties[name];
      if (party !== undefined) for (const token of party.of(row as never)) if (token) awaited.add(token);
      if (party === undefined && name !== 'system') awaited.add(name);
    }
  }
  return [...awaited];
}

function partiesOf({ lifecycle, row }: Step): string[] {
  const order = lifecycle.states[row.state]!.order;
  return Object.values(lifecycle.parties)
    .filter(({ from }) => order >= lifecycle.states[from]!.order)
    .flatMap(({ of }) => of(row as never))
    .filter((token): token is string => typeof token === 'string' && token !== '');
}

/** What a handler sets must still be what the domain declared; a wrong value is the program's mistake, not the officer's. */
function validateFields({ lifecycle, row, before, loaded }: Step): void {
  for (const { name, schema } of lifecycle.entity.fields) {
    if (loaded.row !== null && row[name] === before[name]) continue;
    const parsed = schema.safeParse(row[name] ?? undefined);
    if (!parsed.success)
      throw new Error(
        `${lifecycle.entity.name}.${name} would hold what it does not declare: ${parsed.error.issues[0]?.message}`,
      );
  }
}

async function reserve({ work, row, event, reservations, act }: Step): Promise<void> {
  for (const { key, until, refusal } of reservations) {
    const [answer] = await work.sql.query<{ taken: boolean }>(
      'select kernel.take_reservation($1, $2, $3, $4, $5) as taken',
      [key, row.id, event, until ?? null, act.occurredOn],
    );
    if (!answer!.taken) throw new Problem(422, refusal.code, refusal.zh, refusal.en);
  }
}

/** The next official number of an office's series for the year of the act, e.g. 湘市监抽检告〔2026〕12号. */
async function takeNumber({ work, row, event, act }: Step, kind: string): Promise<string> {
  const office = work.kernel.offices.get(row.office)!;
  const year = Number(act.occurredOn.slice(0, 4));
  const [taken] = await work.sql.query<{ last: number }>(
    `insert into kernel.number (authority, kind, year, last) values ($1, $2, $3, 1)
     on conflict (authority, kind, year) do update set last = kernel.number.last + 1 returning last`,
    [office.code, kind, year],
  );
  await work.sql.query(
    'insert into kernel.number_issued (authority, kind, year, sequence, record, event) values ($1, $2, $3, $4, $5, $6)',
    [office.code, kind, year, taken!.last, row.id, event],
  );
  return formatDocumentNumber({ organ: office.short, kind, year, sequence: taken!.last });
}

interface EventDocument {
  kind: string;
  sha256: string;
  number: string | null;
}

/** Binds uploads to the record and freezes the content of generated papers. */
async function writeDocuments(step: Step): Promise<EventDocument[]> {
  const { work, lifecycle, action, row, event, act } = step;
  const written: EventDocument[] = [];
  for (const { kind, upload } of step.part === 0 ? (work.command.documents ?? []) : []) {
    const sha256 = await bindUpload(step, row.id, kind, lifecycle.documents[kind]!.zh, upload);
    written.push({ kind, sha256, number: null });
  }
  for (const kind of action.papers ?? []) {
    const declared = lifecycle.documents[kind]!;
    const number = declared.number === undefined ? null : await takeNumber(step, declared.number);
    const paper = await declared.paper!(row, act);
    const content = {
      ...paper.content,
      number,
      office: work.kernel.offices.get(row.office)!.label.zh,
      on: act.occurredOn,
    };
    const sha256 = createHash('sha256')
      .update(canonicalJson(JSON.parse(JSON.stringify(content))))
      .digest('hex');
    await work.sql.query(
      'update kernel.document set superseded_by = $3 where record = $1 and kind = $2 and superseded_by is null',
      [row.id, kind, event],
    );
    await insertRow(work.sql, 'kernel.document', {
      id: uuid(),
      record: row.id,
      kind,
      title: paper.title,
      number,
      event,
      created_at: work.recordedAt,
      sha256,
      template: paper.template,
      content: JSON.stringify(content),
    });
    written.push({ kind, sha256, number });
  }
  return written;
}

/** Turns an upload of the actor's into a document of a record; gives the file's hash. */
export async function bindUpload(
  { work, event }: Pick<Step, 'work' | 'event'>,
  record: string,
  kind: string,
  title: string,
  upload: string,
): Promise<string> {
  const [file] = await work.sql.query<{ name: string; media_type: string; size: number; sha256: string }>(
    'delete from desk.upload where id = $1 returning name, media_type, size, sha256',
    [upload],
  );
  if (file === undefined)
    throw new Problem(
      422,
      'upload-missing',
      '上传的文件找不到了，请重新上传。',
      'The uploaded file is gone; please upload it again.',
    );
  const born = { id: uuid(), record, kind, title, event, created_at: work.recordedAt };
  await insertRow(work.sql, 'kernel.document', { ...born, ...file });
  return file.sha256;
}
