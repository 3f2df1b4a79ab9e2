import {
  type Database,
  dayInChina,
  execute,
  type Kernel,
  type Lifecycle,
  machineActor,
  Problem,
  type Row,
  type Transaction,
} from '@hengjian/kernel';
import { v5 as uuidFrom } from 'uuid';
import { findInClock, isDutyOfOffice, type LateClock } from './rules/clocks.ts';
import { ruleFile } from './rules/declaration.ts';
import type { Finding, HeldPaper, Step } from './rules/findings.ts';
import { findInStep } from './rules/steps.ts';

/** The machine that watches; entered when the platform opens, signs in nowhere. */
export const monitor = { id: '00000000-0000-7000-8000-000000000004', name: '电子监察' } as const;
const namespace = 'd3a1f1a2-7a0b-4c3e-9a54-0c8c9c3e6b11';
const cursor = 'monitoring.sweep';
const batch = 500;

/** What a sweep did. */
export interface Sweep {
  /** Steps of the ledger that were looked at. */
  steps: number;
  raised: number;
  escalated: number;
}

interface LateRow extends Omit<LateClock, 'stopped' | 'handler'> {
  actor: string | null;
  actorName: string | null;
  role: string | null;
  organisation: string | null;
  handlerId: string | null;
  handlerName: string | null;
  card: string | null;
  level: string | null;
  closed: boolean | null;
}

const stepColumns = `e.id, e.number, e.record, e.entity, e.action, e.office, e.actor, e.actor_name as "actorName", e.role, e.acting_for as "actingFor",
  e.organisation, e.hands, e.occurred_at as "occurredAt", e.recorded_at as "recordedAt", e.input, e.changes`;

const stepOf = (row: Row): Step & { number: number } => ({
  ...(row as unknown as Step),
  number: Number(row.number),
  recordedAt: new Date(row.recordedAt as string).toISOString(),
  occurredOn: dayInChina(row.occurredAt as string),
  recordedOn: dayInChina(row.recordedAt as string),
});

const lateColumns = `select c.id, c.name, c.record, r.entity, r.office, c.due_on::text as "dueOn", c.basis, c.stopped_on::text as "stoppedOn",
    e.actor, e.actor_name as "actorName", e.role, e.organisation, h.actor as "handlerId", h.actor_name as "handlerName",
    k.id as card, k.level, k.state in ('closed', 'struck') as closed
  from kernel.clock c join kernel.record r on r.id = c.record
  left join kernel.event e on e.id = c.stop_event
  left join lateral (select v.actor, v.actor_name from kernel.event v where v.record = r.id and v.actor = r.handler
    and v.organisation is null and v.role <> 'system' order by v.recorded_at desc limit 1) h on true
  left join monitoring.card k on k.key = 'late|' || c.id`;

/** Watches the ledger: each sealed step once, by every rule; running terms when a day has ended. One watcher for each process. */
export function createMonitor(kernel: Kernel): { sweep: () => Promise<Sweep> } {
  const { register, database, calendar } = kernel;
  const posts = new Set(Object.keys(register.roles));
  const outsiders = new Set(ruleFile.outsiders);
  const except = new Set(ruleFile.except);
  const duties = new Map<string, boolean>();
  let looked = '';

  const workingDays = (from: string, to: string): number =>
    to > from ? calendar.workingDaysBetween(from, to).count : 0;
  const watched = (entity: string): Lifecycle | undefined =>
    except.has(entity) ? undefined : register.lifecycles.get(entity);
  const isDuty = (entity: string, name: string): boolean => {
    const lifecycle = watched(entity);
    const key = `${entity}/${name}`;
    const known = duties.get(key) ?? (lifecycle !== undefined && isDutyOfOffice(lifecycle, name, posts, outsiders));
    duties.set(key, known);
    return known;
  };

  async function act(finding: Finding, card: string | null): Promise<boolean> {
    const { rule, facts, officer } = finding;
    const told = { rule: rule.code, level: rule.level, points: rule.points, facts: facts.zh, factsEnglish: facts.en };
    const command =
      card === null
        ? {
            action: 'raise',
            office: finding.office,
            parent: finding.record,
            input: {
              ...told,
              key: finding.key,
              kind: rule.kind,
              target: finding.record,
              targetEntity: finding.entity,
              targetEvent: finding.event,
              targetClock: finding.clock,
              officer: officer?.id ?? null,
              officerName: officer?.name ?? null,
              basis: finding.basis.slice(0, 500),
              foundOn: finding.foundOn,
            },
          }
        : { action: 'escalate', record: card, input: told };
    const id = uuidFrom(`${finding.key}/${command.action}/${rule.code}`, namespace);
    return execute(kernel, machineActor(kernel, monitor, finding.office), {
      id,
      entity: 'monitoring.card',
      ...command,
    }).then(
      () => true,
      (error: unknown) => {
        // Raised before the process stopped, or by another process: the fact has its card.
        if (error instanceof Problem && ['card-raised', 'already-different', 'not-allowed-now'].includes(error.code))
          return false;
        throw error;
      },
    );
  }

  /** Late terms as findings, each with the card it has already. */
  async function judge(rows: readonly LateRow[], today: string): Promise<{ raised: number; escalated: number }> {
    const counted = { raised: 0, escalated: 0 };
    for (const row of rows) {
      if (row.closed || !isDuty(row.entity, row.name)) continue;
      const stopped =
        row.stoppedOn === null || row.actor === null
          ? null
          : { person: row.actor, name: row.actorName!, role: row.role!, organisation: row.organisation };
      const handler = row.handlerId === null ? null : { id: row.handlerId, name: row.handlerName! };
      const clock = { ...row, stopped, handler };
      const finding = findInClock(clock, register.lifecycles.get(row.entity)!, ruleFile.rules, today, workingDays);
      if (finding === null || row.level === finding.rule.level || row.level === 'red') continue;
      if (await act(finding, row.card)) counted[row.card === null ? 'raised' : 'escalated'] += 1;
    }
    return counted;
  }

  async function lookAtTerms(today: string): Promise<{ raised: number; escalated: number }> {
    const rows = await asMachine(database, (tx) =>
      tx.query<LateRow>(
        `${lateColumns} where c.status = 'running' and c.due_on < $1 and (k.id is null or (k.level = 'yellow' and k.state not in ('closed', 'struck')))
         order by c.due_on`,
        [today],
      ),
    );
    return judge(rows, today);
  }

  async function lookAtSteps(today: string): Promise<Sweep> {
    const read = await asMachine(database, (tx) => readBatch(tx));
    if (read === null) return { steps: 0, raised: 0, escalated: 0 };
    const { steps, earlier, papers, late } = read;
    const counted = { steps: steps.length, ...(await judge(late, today)) };
    const before = new Map<string, Step[]>(earlier);
    for (const step of steps) {
      const lifecycle = watched(step.entity);
      const known = before.get(step.record) ?? [];
      before.set(step.record, [...known, step]);
      if (lifecycle === undefined) continue;
      const around = { lifecycle, earlier: known, papers: papers.get(step.record) ?? [], workingDays };
      for (const finding of findInStep(step, around, ruleFile.rules)) if (await act(finding, null)) counted.raised += 1;
    }
    await asMachine(database, (tx) => goOn(tx, steps));
    return counted;
  }

  return {
    async sweep() {
      const today = dayInChina(kernel.now());
      const total = { steps: 0, raised: 0, escalated: 0 };
      const add = (part: Partial<Sweep>): void => {
        for (const name of ['steps', 'raised', 'escalated'] as const) total[name] += part[name] ?? 0;
      };
      for (let more = true; more; ) {
        const part = await lookAtSteps(today);
        add(part);
        more = part.steps === batch;
      }
      if (looked !== today) {
        add(await lookAtTerms(today));
        looked = today;
      }
      return total;
    },
  };
}

const asMachine = <T>(database: Database, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  database.transaction('hengjian_machine', null, work, 'jobs');

async function readBatch(tx: Transaction) {
  const rows = await tx.query<Row>(
    `select ${stepColumns} from kernel.event e
     where e.number > coalesce((select number from kernel.flow_cursor where flow = $1), -1) order by e.number limit ${batch}`,
    [cursor],
  );
  if (rows.length === 0) return null;
  const steps = rows.map(stepOf);
  const records = [...new Set(steps.filter(({ role }) => role !== 'system').map(({ record }) => record))];
  const ids = steps.map(({ id }) => id);
  const earlier = new Map<string, Step[]>();
  const papers = new Map<string, HeldPaper[]>();
  for (const row of await tx.query<Row>(
    `select ${stepColumns} from kernel.event e where e.record = any($1::uuid[]) and e.number < $2 order by e.number`,
    [records, steps[0]!.number],
  ))
    push(earlier, row.record as string, stepOf(row));
  for (const { record, kind, event, at } of await tx.query<{ record: string; kind: string; event: string; at: string }>(
    'select record, kind, event, created_at as at from kernel.document where record = any($1::uuid[])',
    [records],
  ))
    push(papers, record, { kind, event, createdAt: new Date(at).toISOString() });
  const late = await tx.query<LateRow>(
    `${lateColumns} where c.record = any($1::uuid[]) and c.stop_event = any($2::uuid[]) and c.status in ('late', 'expired') and c.due_on < c.stopped_on`,
    [[...new Set(steps.map(({ record }) => record))], ids],
  );
  return { steps, earlier, papers, late };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [value]);
  else held.push(value);
}

/** Counts the acts of officers and moves the cursor, together: each act is counted once, whenever a process stops or another is faster. */
async function goOn(tx: Transaction, read: readonly (Step & { number: number })[]): Promise<void> {
  await tx.query('insert into kernel.flow_cursor (flow, number) values ($1, -1) on conflict (flow) do nothing', [
    cursor,
  ]);
  const [held] = await tx.query<{ number: number }>(
    'select number from kernel.flow_cursor where flow = $1 for update',
    [cursor],
  );
  const steps = read.filter(({ number }) => number > Number(held!.number));
  if (steps.length === 0) return;
  const acts = new Map<string, { step: Step; n: number }>();
  for (const step of steps) {
    if (step.role === 'system' || step.organisation !== null) continue;
    const key = `${step.office}|${step.actor}|${step.recordedOn}`;
    const known = acts.get(key);
    if (known === undefined) acts.set(key, { step, n: 1 });
    else known.n += 1;
  }
  const counted = [...acts.values()];
  await tx.query(
    `insert into monitoring.tally (office, officer, officer_name, day, acts)
     select * from unnest($1::text[], $2::uuid[], $3::text[], $4::date[], $5::integer[])
     on conflict (office, officer, day) do update set acts = tally.acts + excluded.acts, officer_name = excluded.officer_name`,
    [
      counted.map(({ step }) => step.office),
      counted.map(({ step }) => step.actor),
      counted.map(({ step }) => step.actorName),
      counted.map(({ step }) => step.recordedOn),
      counted.map(({ n }) => n),
    ],
  );
  await tx.query('update kernel.flow_cursor set number = $2 where flow = $1', [cursor, steps.at(-1)!.number]);
}
