/**
 * The report of an inspection as a careful engineer writes it for this one procedure, without the kernel: the same role, claim
 * and row security, the same checks, libraries and rows, prepared statements of fixed text. Two forms: one statement per
 * table, and everything in a single statement.
 */
import { createHash, randomUUID } from 'node:crypto';
import { computeDeadline } from '@hengjian/calendar';
import { formatDocumentNumber } from '@hengjian/identifiers';
import { type Actor, dayInChina, type Kernel } from '@hengjian/kernel';
import { canonicalJson } from '@hengjian/transparency';
import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { openingStatement } from '../kernel/src/database/database.ts';
import { commitEvent } from '../kernel/src/leaf.ts';
import { wordsOf } from '../kernel/src/words.ts';
import { edition, objectionRule, reportInput } from './declarations.ts';

/** What is asked for: the same as the kernel's command. */
export interface Report {
  id: string;
  record: string;
  input: z.infer<typeof reportInput>;
  numbered: boolean;
}

interface Locked {
  firm: string;
  office: string;
  state: string;
  title: string;
  subject_name: string;
  version: number;
  edition: string;
}

const rule = JSON.stringify(objectionRule);
/** Who may act on a report: the firm by its token, and the post. */
const nextOf = (firm: string): string[] => [`org:${firm}`, 'organiser'];

const lockRecord = `select i.firm, i.office, i.state, r.title, r.subject_name, r.version, r.edition
  from kernel.record r join bench.inspection i on i.id = r.id where r.id = $1 and r.entity = 'bench.inspection' for update of r`;

const takeNumber = `insert into kernel.number (authority, kind, year, last) values ($1, '检', $2, 1)
  on conflict (authority, kind, year) do update set last = kernel.number.last + 1 returning last`;
const issueNumber = `insert into kernel.number_issued (authority, kind, year, sequence, record, event) values ($1, '检', $2, $3, $4, $5)`;

const updateInspection = `update bench.inspection set inspected_on = $2, findings = $3, conclusion = $4, fee = $5, state = 'reported',
  parties = $6 where id = $1`;
const updateRecord = `update kernel.record set state = 'reported', handler = $2, due = $3, updated_at = $4, version = $5,
  next_roles = $6, parties = $7 where id = $1`;
const numberRecord = `update kernel.record set state = 'reported', handler = $2, due = $3, updated_at = $4, version = $5,
  next_roles = $6, parties = $7, number = $8, words = array_to_tsvector($9::text[]) where id = $1`;
const insertEvent = `insert into kernel.event (id, record, entity, action, office, actor, actor_name, role, command, part, input_digest,
  occurred_at, recorded_at, from_state, to_state, edition, version, input, changes, salts, leaf)
  values ($1, $2, 'bench.inspection', $3, $4, $5, $6, $7, $8, 0, $9, $10, $10, 'planned', 'reported', $11, $12, $13, $14, $15, $16)`;
const insertClock = `insert into kernel.clock (id, record, name, rule, basis, started_on, start_event, due_on, provisional, status, on_expiry)
  values ($1, $2, 'objection', $3, $4, $5, $6, $7, $8, 'running', 'close')`;

const statements = new Map<string, string>();
const prepared = (client: pg.ClientBase, text: string, values: unknown[]) => {
  let name = statements.get(text);
  if (name === undefined) {
    name = `hand${statements.size}`;
    statements.set(text, name);
  }
  return client.query({ name, text, values });
};

/** Everything in one statement: the parameters of each part follow those of the part before. */
function joined(parts: readonly string[]): string {
  let offset = 0;
  const texts = parts.map((part, index) => {
    const used = Math.max(...[...part.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
    const moved = part.replaceAll(/\$(\d+)/g, (_, number) => `$${Number(number) + offset}`);
    offset += used;
    return `w${index} as (${moved} returning 1)`;
  });
  return `with ${texts.join(', ')} select (select count(*) from w0) + (select count(*) from w1) as n`;
}
const allAtOnce = joined([updateInspection, updateRecord, insertEvent, insertClock]);
const allAtOnceNumbered = joined([updateInspection, numberRecord, insertEvent, insertClock]);

/** Reports one inspection in a transaction of its own; `oneStatement` writes all tables at once. */
export async function reportByHand(
  pool: pg.Pool,
  kernel: Pick<Kernel, 'calendar' | 'offices'>,
  actor: Actor,
  asked: Report,
  oneStatement: boolean,
): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query(openingStatement('hengjian_app', actor.claim));
    await write(client, kernel, actor, asked, oneStatement);
    await client.query('commit');
    return asked.record;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function write(
  client: pg.PoolClient,
  kernel: Pick<Kernel, 'calendar' | 'offices'>,
  actor: Actor,
  asked: Report,
  oneStatement: boolean,
): Promise<void> {
  const input = reportInput.parse(asked.input);
  const now = new Date().toISOString();
  const today = dayInChina(now);
  const { rows } = await prepared(client, lockRecord, [asked.record]);
  const held = rows[0] as Locked | undefined;
  if (held === undefined) throw new Error('There is no such record.');
  if (held.state !== 'planned') throw new Error('It was reported before.');
  if (actor.role !== 'organiser' || !actor.claim.writes.includes(held.office)) throw new Error('Not his to report.');
  const action = asked.numbered ? 'reportNumbered' : 'report';
  const event = uuid();
  const version = held.version + 1;
  const parties = [`org:${held.firm}`];
  const deadline = computeDeadline(objectionRule, today, kernel.calendar, { suspensions: [], extensions: [] });
  const command = {
    entity: 'bench.inspection',
    action,
    record: asked.record,
    input,
    documents: [],
    office: null,
    parent: null,
  };
  const digest = createHash('sha256').update(canonicalJson(command)).digest('hex');
  const changes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) changes[name] = [null, value];
  const { salts, leaf } = commitEvent({
    act: {
      id: event,
      entity: 'bench.inspection',
      record: asked.record,
      action,
      office: held.office,
      occurredAt: now,
      recordedAt: now,
      from: 'planned',
      to: 'reported',
      edition: held.edition,
      version,
    },
    actor: { person: actor.person, role: actor.role, hands: [] },
    input,
    changes,
    documents: [],
    note: null,
  });
  const number = asked.numbered
    ? await assignNumber(client, kernel, held.office, Number(today.slice(0, 4)), asked.record, event)
    : null;
  const inspection = [
    asked.record,
    input.inspectedOn,
    JSON.stringify(input.findings),
    input.conclusion,
    input.fee,
    parties,
  ];
  const record = [asked.record, actor.person, deadline.dueOn, now, version, nextOf(held.firm), parties];
  if (number !== null) record.push(number, wordsOf([held.title, number, held.subject_name]));
  const logged = [
    event,
    asked.record,
    action,
    held.office,
    actor.person,
    actor.name,
    actor.role,
    asked.id,
    digest,
    now,
    edition,
    version,
    JSON.stringify(input),
    JSON.stringify(changes),
    JSON.stringify(salts),
    leaf,
  ];
  const clock = [
    uuid(),
    asked.record,
    rule,
    objectionRule.basis,
    today,
    event,
    deadline.dueOn,
    deadline.provisional !== false,
  ];
  if (oneStatement) {
    const { rows: written } = await prepared(client, number === null ? allAtOnce : allAtOnceNumbered, [
      ...inspection,
      ...record,
      ...logged,
      ...clock,
    ]);
    if (Number((written[0] as { n: string }).n) !== 2) throw new Error('Not his to change.');
    return;
  }
  const changed = await prepared(client, updateInspection, inspection);
  if (changed.rowCount !== 1) throw new Error('Not his to change.');
  await prepared(client, number === null ? updateRecord : numberRecord, record);
  await prepared(client, insertEvent, logged);
  await prepared(client, insertClock, clock);
}

async function assignNumber(
  client: pg.PoolClient,
  kernel: Pick<Kernel, 'offices'>,
  office: string,
  year: number,
  record: string,
  event: string,
): Promise<string> {
  const { rows } = await prepared(client, takeNumber, [office, year]);
  const { last } = rows[0] as { last: number };
  await prepared(client, issueNumber, [office, year, last, record, event]);
  return formatDocumentNumber({ organ: kernel.offices.get(office)!.short, kind: '检', year, sequence: last });
}

/** A report as an officer would send it, the same for the kernel and by hand. */
export function sampleReport(record: string, numbered: boolean): Report {
  return {
    id: randomUUID(),
    record,
    numbered,
    input: {
      inspectedOn: dayInChina(new Date()),
      findings: [
        { clause: '第三十五条', text: '现场查见的三批次产品包装上未标明生产日期和安全使用期。', grave: false },
        { clause: '第四十九条', text: '出厂检验记录缺少 2026 年第一季度的两个项目。', grave: true },
        { clause: '第二十七条', text: '产品标识没有用中文标明规格、等级和所含主要成份。', grave: false },
      ],
      conclusion: '责令十五日内改正，并提交整改报告；整改完成后复查。',
      fee: '1250.00',
    },
  };
}
