import { v7 as uuid, v5 as uuidFrom } from 'uuid';
import type { Transaction } from './database/database.ts';
import { insertRow } from './database/statement.ts';
import { execute } from './execute.ts';
import type { Consequence, Flow, SealedEvent } from './flow.ts';
import { machineActor } from './grant.ts';
import { dayInChina, type Kernel } from './kernel.ts';
import { Problem } from './problem.ts';

/** The machines that act: each is a person of the kind "machine" and signs what it does. */
export const machines = {
  clock: { id: '00000000-0000-7000-8000-000000000001', name: '时限' },
  flow: { id: '00000000-0000-7000-8000-000000000002', name: '联动' },
  seed: { id: '00000000-0000-7000-8000-000000000003', name: '初始化' },
} as const;

const namespace = '6f1c1f0e-5a43-4f7e-9c57-2a4d0d6a7f10';

/**
 * Takes the action that each run-out clock names, on its record, as the machine "clock". A repetition finds the same command.
 * Returns how many ran out and what could not be done.
 */
export async function expireClocks(
  kernel: Kernel,
): Promise<{ expired: number; refused: { clock: string; problem: Problem }[] }> {
  const now = kernel.now();
  const due = await kernel.database.transaction(
    'hengjian_machine',
    null,
    (tx) =>
      tx.query<{ id: string; record: string; entity: string; office: string; on_expiry: string; due_on: string }>(
        `select c.id, c.record, c.on_expiry, c.due_on, r.entity, r.office from kernel.clock c join kernel.record r on r.id = c.record
         where c.status = 'running' and c.on_expiry is not null and (c.due_on < $1 or c.due_at < $2) order by c.due_on limit 1000`,
        [dayInChina(now), now.toISOString()],
      ),
    'jobs',
  );
  const refused: { clock: string; problem: Problem }[] = [];
  for (const clock of due) {
    const actor = machineActor(kernel, machines.clock, clock.office);
    const command = {
      id: uuidFrom(`${clock.id}/${clock.due_on}`, namespace),
      entity: clock.entity,
      action: clock.on_expiry,
      record: clock.record,
      input: {},
    };
    await execute(kernel, actor, command).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      refused.push({ clock: clock.id, problem: error });
    });
  }
  return { expired: due.length - refused.length, refused };
}

/**
 * Carries every flow forward over the sealed events: each consequence is done or parked, then the cursors move. A crash in
 * between repeats commands that carry the same id, so each happens once.
 */
export async function runFlows(kernel: Kernel): Promise<number> {
  const { database, register } = kernel;
  let count = 0;
  if (register.flows.length === 0) return count;
  for (;;) {
    const { events, cursors } = await database.transaction(
      'hengjian_machine',
      null,
      (tx) => nextEvents(tx, register.flows),
      'jobs',
    );
    if (events.length === 0) return count;
    for (const flow of register.flows)
      for (const event of events) {
        if (event.number <= (cursors.get(flow.name) ?? -1)) continue;
        if (!flow.on.some(({ entity, action }) => entity === event.entity && action === event.action)) continue;
        await carry(kernel, flow, event);
        count += 1;
      }
    await database.transaction(
      'hengjian_machine',
      null,
      (tx) =>
        tx.query(
          `insert into kernel.flow_cursor (flow, number) select flow, $2::bigint from unnest($1::text[]) flow
           on conflict (flow) do update set number = greatest(flow_cursor.number, excluded.number)`,
          [register.flows.map(({ name }) => name), events.at(-1)!.number],
        ),
      'jobs',
    );
  }
}

/** The next events that some flow has not seen, and how far each has come. All are read once: flows are many, most events concern few. */
async function nextEvents(
  tx: Transaction,
  flows: readonly Flow[],
): Promise<{ events: SealedEvent[]; cursors: Map<string, number> }> {
  const reached = await tx.query<{ flow: string; number: number }>('select flow, number from kernel.flow_cursor');
  const cursors = new Map(reached.map(({ flow, number }) => [flow, Number(number)]));
  const rows = await tx.query<SealedEvent>(
    `select number, id, record, entity, action, office, occurred_at as "occurredAt", from_state as "fromState",
       to_state as "toState", input, changes from kernel.event where number > $1 order by number limit 500`,
    [Math.min(...flows.map(({ name }) => cursors.get(name) ?? -1))],
  );
  return { events: rows.map((row) => ({ ...row, number: Number(row.number) })), cursors };
}

async function carry(kernel: Kernel, flow: Flow, event: SealedEvent): Promise<void> {
  const reader = machineActor(kernel, machines.flow, event.office);
  const consequences = await kernel.database.transaction(
    'hengjian_app',
    reader.claim,
    (sql) => flow.decide(event, sql),
    'jobs',
  );
  for (const [index, consequence] of consequences.entries()) {
    if (!flow.sends.some(({ entity, action }) => entity === consequence.entity && action === consequence.action))
      throw new Error(`The flow ${flow.name} may not send ${consequence.entity}.${consequence.action}.`);
    await deliver(kernel, consequence, uuidFrom(`${flow.name}/${event.id}/${index}`, namespace), event.office).catch(
      async (error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        await park(kernel, flow, event, consequence, error);
      },
    );
  }
}

async function deliver(kernel: Kernel, consequence: Consequence, id: string, from: string): Promise<void> {
  const { entity, action, record, input, parent } = consequence;
  let office = consequence.office ?? from;
  if (record !== undefined) {
    const [target] = await kernel.database.transaction(
      'hengjian_machine',
      null,
      (tx) => tx.query<{ office: string }>('select office from kernel.record where id = $1', [record]),
      'jobs',
    );
    office = target?.office ?? office;
  }
  const command = {
    id,
    entity,
    action,
    input,
    ...(record === undefined ? { office } : { record }),
    ...(parent === undefined ? {} : { parent }),
  };
  await execute(kernel, machineActor(kernel, machines.flow, office), command);
}

async function park(
  kernel: Kernel,
  flow: Flow,
  event: SealedEvent,
  consequence: Consequence,
  problem: Problem,
): Promise<void> {
  await kernel.database.transaction(
    'hengjian_machine',
    null,
    (tx) =>
      insertRow(tx, 'kernel.parked', {
        id: uuid(),
        flow: flow.name,
        event: event.id,
        office: consequence.office ?? event.office,
        owner_role: flow.owner,
        command: JSON.stringify(consequence),
        code: problem.code,
        zh: problem.zh,
        en: problem.en,
        since: kernel.now().toISOString(),
      }),
    'jobs',
  );
}

/** Tries a parked consequence again under a new command; throws the problem when it is refused again. */
export async function retryParked(
  kernel: Kernel,
  parked: { id: string; office: string; command: Consequence },
): Promise<void> {
  await deliver(kernel, parked.command, uuid(), parked.office);
  await kernel.database.transaction('hengjian_machine', null, (tx) =>
    tx.query('update kernel.parked set resolved_at = $2, resolution = $3 where id = $1 and resolved_at is null', [
      parked.id,
      kernel.now().toISOString(),
      'done',
    ]),
  );
}
