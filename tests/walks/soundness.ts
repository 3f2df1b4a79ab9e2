import type { Lifecycle } from '@hengjian/kernel';

type Row = Record<string, unknown>;
export type Owner = <T = Row>(text: string, params?: unknown[]) => Promise<T[]>;

/**
 * What is wrong with the records of a lifecycle, one sentence each: the register against the state table, the events against
 * both, the clocks against the events. `only` narrows it to some records.
 */
export async function unsound(lifecycle: Lifecycle, owner: Owner, only: readonly string[] | null): Promise<string[]> {
  const { entity, states, clocks } = lifecycle;
  const closed = Object.keys(states).filter((name) => states[name]!.closed);
  const wrong: string[] = [];
  const say = (rows: { id: string; why: string }[]): void => {
    for (const { id, why } of rows) wrong.push(`${entity.name} ${id}: ${why}`);
  };
  say(
    await owner(
      `select coalesce(t.id, r.id) as id, case
         when t.id is null then 'in the register, and not in its table'
         when r.id is null then 'in its table, and not in the register'
         when t.state <> all($2::text[]) then 'in a state that is not declared: ' || t.state
         when t.state <> r.state then 'state ' || t.state || ', in the register ' || r.state
         when t.office <> r.office or t.home <> r.home then 'office differs from the register'
         when not (t.parties @> r.parties and r.parties @> t.parties) then 'parties differ from the register'
         when not (r.parties @> r.doors) then 'a door that is no party'
         when (r.closed_at is not null) <> (t.state = any($3::text[])) then 'closed in the register and not by its state, or the reverse'
         else 'due on ' || coalesce(r.due::text, 'no day') || ', by its clocks on ' || coalesce(c.due::text, 'no day') end as why
       from (select * from ${entity.table} where $4::uuid[] is null or id = any($4)) t
       full join (select * from kernel.record where entity = $1 and ($4::uuid[] is null or id = any($4))) r on r.id = t.id
       left join lateral (select min(due_on) as due from kernel.clock where record = r.id and status = 'running') c on true
       where t.id is null or r.id is null or t.state <> r.state or t.state <> all($2::text[]) or t.office <> r.office or t.home <> r.home
         or not (t.parties @> r.parties and r.parties @> t.parties) or not (r.parties @> r.doors)
         or (r.closed_at is not null) <> (t.state = any($3::text[])) or r.due is distinct from c.due`,
      [entity.name, Object.keys(states), closed, only],
    ),
  );
  say(
    await owner(
      `select r.id, 'its last event says ' || e.to_state || ' at version ' || e.version || ', the register ' || r.state || ' at ' || r.version as why
       from kernel.record r join lateral (select to_state, version from kernel.event where record = r.id order by version desc, part desc limit 1) e on true
       where r.entity = $1 and ($2::uuid[] is null or r.id = any($2)) and (e.to_state <> r.state or e.version <> r.version)`,
      [entity.name, only],
    ),
  );
  const turned = await owner<{
    id: string;
    name: string;
    status: string;
    state: string;
    started: string | null;
    stopped: string | null;
    closes: boolean;
    twice: boolean;
  }>(
    `select r.id, c.name, c.status, r.state, s.action as started, e.action as stopped, e.to_state = any($3::text[]) as closes,
       c.status in ('running', 'suspended') and count(*) filter (where c.status in ('running', 'suspended')) over (partition by r.id, c.name) > 1 as twice
     from kernel.clock c join kernel.record r on r.id = c.record left join kernel.event s on s.id = c.start_event and s.record = r.id
     left join kernel.event e on e.id = c.stop_event and e.record = r.id
     where r.entity = $1 and ($2::uuid[] is null or r.id = any($2))`,
    [entity.name, only, closed],
  );
  for (const clock of turned) {
    const spec = clocks[clock.name];
    const here = `${entity.name} ${clock.id}: the clock ${clock.name}`;
    const going = clock.status === 'running' || clock.status === 'suspended';
    if (spec === undefined) wrong.push(`${here} is not declared`);
    else if (clock.started === null || !spec.starts.at.includes(clock.started))
      wrong.push(`${here} was started by ${clock.started}`);
    else if (going && states[clock.state]?.closed) wrong.push(`${here} still runs on a closed record`);
    else if (clock.twice) wrong.push(`${here} runs twice`);
    else if (!going && clock.stopped === null) wrong.push(`${here} was stopped by nothing`);
    else if (clock.status === 'cancelled' && !clock.closes && !spec.starts.at.includes(clock.stopped!))
      wrong.push(`${here} was cancelled by ${clock.stopped}`);
    else if (['met', 'late', 'expired'].includes(clock.status) && !spec.stops.includes(clock.stopped!))
      wrong.push(`${here} was stopped by ${clock.stopped}`);
  }
  return wrong;
}
