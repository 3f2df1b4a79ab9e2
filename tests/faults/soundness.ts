import type { Installation } from './installation.ts';

/** Clocks that a licence has, with their status, in each state that the desks bring it to and after each number of actions. */
const clocksAfter: Record<number, Record<string, string>> = {
  1: { acceptance: 'running' },
  2: { acceptance: 'met', decision: 'running' },
  3: { acceptance: 'met', decision: 'suspended' },
  4: { acceptance: 'met', decision: 'running' },
};
const stateAfter: Record<number, string> = { 1: 'submitted', 2: 'accepted', 3: 'testing', 4: 'accepted' };

interface Held {
  id: string;
  state: string;
  register_state: string | null;
  version: number | null;
  events: { version: number; from: string | null; to: string; id: string }[] | null;
  clocks: { name: string; status: string; start: string; stop: string | null }[] | null;
}

/** Every way in which state table, register, events and clocks of some licence do not tell the same story. */
export async function findHalves(installation: Installation): Promise<string[]> {
  const rows = await installation.database.asOwner((tx) =>
    tx.query<Held>(
      `select coalesce(l.id, r.id) as id, l.state, r.state as register_state, r.version,
         (select jsonb_agg(jsonb_build_object('version', e.version, 'from', e.from_state, 'to', e.to_state, 'id', e.id) order by e.version)
            from kernel.event e where e.record = coalesce(l.id, r.id)) as events,
         (select jsonb_agg(jsonb_build_object('name', c.name, 'status', c.status, 'start', c.start_event, 'stop', c.stop_event))
            from kernel.clock c where c.record = coalesce(l.id, r.id)) as clocks
       from trial.licence l full join kernel.record r on r.id = l.id`,
    ),
  );
  const orphans = await installation.database.asOwner((tx) =>
    tx.query<{ what: string; id: string }>(
      `select 'event' as what, e.id from kernel.event e where not exists (select from kernel.record r where r.id = e.record)
       union all select 'clock', c.id from kernel.clock c where not exists (select from kernel.record r where r.id = c.record)`,
    ),
  );
  return [...orphans.map(({ what, id }) => `${what} ${id} belongs to no record`), ...rows.flatMap(halvesOf)];
}

function halvesOf({ id, state, register_state, version, events, clocks }: Held): string[] {
  const found: string[] = [];
  const chain = events ?? [];
  const told = chain.length;
  if (version !== told) found.push(`${id}: version ${version} with ${told} events`);
  if (state !== stateAfter[told] || register_state !== state)
    found.push(`${id}: state ${state}, in the register ${register_state}, after ${told} events`);
  for (const [index, event] of chain.entries()) {
    const before = index === 0 ? null : chain[index - 1]!.to;
    if (event.version !== index + 1 || event.from !== before)
      found.push(`${id}: event ${index + 1} has version ${event.version} and comes from ${event.from}, not ${before}`);
  }
  const statuses = Object.fromEntries((clocks ?? []).map(({ name, status }) => [name, status]));
  const wanted = clocksAfter[told] ?? {};
  if (JSON.stringify(Object.entries(statuses).sort()) !== JSON.stringify(Object.entries(wanted).sort()))
    found.push(`${id}: clocks ${JSON.stringify(statuses)} after ${told} events`);
  for (const { name, start, stop } of clocks ?? [])
    for (const event of [start, stop])
      if (event !== null && !chain.some(({ id: known }) => known === event))
        found.push(`${id}: the clock ${name} names the event ${event}, which is not there`);
  return found;
}
