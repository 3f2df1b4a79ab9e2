import { randomUUID } from 'node:crypto';
import {
  type Actor,
  actorOf,
  type Command,
  execute,
  type Kernel,
  type Lifecycle,
  machineActor,
  machines,
  type Outcome,
  Problem,
} from '@hengjian/kernel';
import fc from 'fast-check';
import type { z } from 'zod';
import { rowFromColumns } from '../../kernel/src/execute.ts';
import { type Owner, unsound } from './soundness.ts';
import { spoilt, valuesOf, type World } from './values.ts';

type Action = Lifecycle['actions'][string];
type Row = Record<string, unknown>;

const isFilled = ({ input }: Action): boolean => Object.keys((input as z.ZodObject).shape ?? {}).length > 0;

/** What a walk saw: how often it was let through, with which codes it was refused, and everything that was wrong. */
export interface Seen {
  accepted: Map<string, number>;
  refused: Map<string, number>;
  wrong: string[];
}

export interface Walker {
  /** Takes so many steps on records of one lifecycle, lawful and unlawful, and examines what came of each. */
  walk(lifecycle: Lifecycle, steps: number): Promise<void>;
  seen: Seen;
}

/**
 * Walks records through lifecycles as their declarations allow and as they forbid, and knows nothing of any domain. Records
 * that exist already are where it starts, beside those that it creates.
 */
export async function createWalker(kernel: Kernel, seed: number): Promise<Walker> {
  const owner: Owner = (text, params = []) => kernel.database.asOwner((tx) => tx.query<never>(text, params));
  const seen: Seen = { accepted: new Map(), refused: new Map(), wrong: [] };
  const world: World = {
    records: new Map(),
    people: [],
    offices: [...kernel.offices.keys()],
    regions: [...new Set([...kernel.offices.values()].map(({ region }) => region))],
    today: new Date(kernel.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10),
  };
  let turn = seed;
  const draw = <T>(arbitrary: fc.Arbitrary<T>): T => {
    turn += 1;
    return fc.sample(arbitrary, { numRuns: 1, seed: turn })[0]!;
  };
  const pick = <T>(values: readonly T[]): T => draw(fc.constantFrom(...values));
  const chance = (percent: number): boolean => draw(fc.nat(99)) < percent;

  const people = new Map<string, string>();
  const personFor = async (key: string): Promise<string> => {
    const known = people.get(key);
    if (known !== undefined) return known;
    const id = randomUUID();
    await owner('insert into kernel.person (id, name) values ($1, $2)', [id, key.slice(0, 60)]);
    people.set(key, id);
    world.people.push(id);
    return id;
  };
  const officer = async (role: string, office: string): Promise<Actor> => {
    const key = `${role}@${office}#${pick([1, 2])}`;
    const grant = {
      id: randomUUID(),
      organisation: null,
      organisationName: null,
      validUntil: null,
      actingForName: null,
    };
    return actorOf(kernel, { ...grant, person: await personFor(key), personName: key, role, office });
  };
  /** Whoever stands behind a token of a party. */
  const holderOf = async (token: string, office: string): Promise<Actor> => {
    const [kind, rest = ''] = token.split(/:(.*)/s);
    const base = { id: randomUUID(), validUntil: null, actingForName: null };
    if (kind === 'role') {
      const [role = '', at = office] = rest.split('@');
      return officer(role, kernel.offices.has(at) ? at : office);
    }
    if (kind === 'office') return officer('organiser', kernel.offices.has(rest) ? rest : office);
    if (kind === 'org') {
      const [organisation = '', role = 'enterprise-agent'] = rest.split('#');
      const person = await personFor(token);
      return actorOf(kernel, {
        ...base,
        person,
        personName: token,
        role,
        office,
        organisation,
        organisationName: token,
      });
    }
    const none = { organisation: null, organisationName: null };
    return actorOf(kernel, { ...base, ...none, person: rest, personName: token, role: 'sampler', office });
  };

  const above = (office: string): string[] => kernel.offices.get(office)?.place ?? [office];
  const lawful = async (lifecycle: Lifecycle, action: Action, row: Row | null): Promise<Actor | null> => {
    const office = (row?.office as string | undefined) ?? pick(world.offices);
    const name = pick(action.by);
    // What machines alone do with an input is given it by the platform's own programs, never by a stranger.
    const theirs = action.by.every((one) => one === 'system') && isFilled(action);
    if (name === 'system' && theirs) return null;
    if (name === 'system') return machineActor(kernel, pick(Object.values(machines)), office);
    if (name in kernel.register.roles) return officer(name, pick(above(office)));
    const tokens = row === null ? [] : (lifecycle.parties[name]?.of(row as never) ?? []);
    const held = tokens.filter((token): token is string => typeof token === 'string' && token !== '');
    return held.length === 0 ? null : holderOf(pick(held), office);
  };

  const documentsFor = async (actor: Actor, kinds: readonly string[]): Promise<{ kind: string; upload: string }[]> => {
    const documents = [];
    for (const kind of kinds) {
      const upload = randomUUID();
      await owner(
        `insert into desk.upload (id, person, name, media_type, size, sha256, created_at) values ($1, $2, 'x.pdf', 'application/pdf', 1, repeat('ab', 32), now())`,
        [upload, actor.person],
      );
      documents.push({ kind, upload });
    }
    return documents;
  };

  const read = async (lifecycle: Lifecycle, id: string): Promise<Row> => {
    const [columns] = await owner(`select * from ${lifecycle.entity.table} where id = $1`, [id]);
    return rowFromColumns(lifecycle, columns!);
  };
  /** Everything that a command writes, counted. */
  const stock = async (): Promise<string> =>
    JSON.stringify(
      await owner(
        `select (select count(*) from kernel.event) as events, (select count(*) from kernel.record) as records, (select sum(version) from kernel.record) as versions,
           (select count(*) from kernel.clock) as clocks, (select count(*) from kernel.document) as documents, (select count(*) from desk.upload) as uploads,
           (select count(*) from public_record.entry) as entries, (select sum(last) from kernel.number) as numbers, (select count(*) from kernel.reservation) as keys`,
      ),
    );

  async function attempt(actor: Actor, command: Command): Promise<Outcome | Problem | Error> {
    try {
      return await execute(kernel, actor, command);
    } catch (error) {
      return error as Problem | Error;
    }
  }

  function examineRefusal(here: string, problem: Problem | Error): void {
    if (!(problem instanceof Problem)) {
      seen.wrong.push(`${here} stumbled: ${problem.message.slice(0, 300)}`);
      return;
    }
    seen.refused.set(problem.code, (seen.refused.get(problem.code) ?? 0) + 1);
    if (problem.status < 400 || problem.status > 499 || !/^[a-z][a-z0-9-]*$/.test(problem.code) || problem.zh === '')
      seen.wrong.push(`${here} was refused improperly: ${problem.status} ${problem.code}`);
  }

  async function step(lifecycle: Lifecycle): Promise<void> {
    const { entity } = lifecycle;
    const pool = world.records.get(entity.name) ?? [];
    const actions = Object.values(lifecycle.actions);
    const creating = actions.filter(({ from }) => from === null);
    const open = pool.length > 0 && (creating.length === 0 || chance(80));
    // Mostly those touched last, so that a walk goes far; sometimes any.
    const record = open ? pick(chance(60) ? pool.slice(-3) : pool) : null;
    const before = record === null ? null : await read(lifecycle, record);
    const possible = actions.filter(({ from }) =>
      before === null ? from === null : from?.includes(before.state as string),
    );
    const action = possible.length > 0 && chance(80) ? pick(possible) : pick(actions);
    const actor =
      (chance(85) ? await lawful(lifecycle, action, before) : null) ??
      (await officer(pick(Object.keys(kernel.register.roles)), pick(world.offices)));
    const values = valuesOf(action.input, world) as fc.Arbitrary<Record<string, unknown>>;
    const input = draw(chance(85) ? values : (spoilt(values) as typeof values));
    const documents = chance(85) ? await documentsFor(actor, action.needs ?? []) : [];
    const command: Command = {
      id: randomUUID(),
      entity: entity.name,
      action: action.name,
      input,
      ...(record === null ? {} : { record }),
      ...(documents.length > 0 ? { documents } : {}),
    };
    const here = `${entity.name}.${action.name} by ${actor.role} (seed ${turn})`;
    const held = await stock();
    const outcome = await attempt(actor, command);
    if (outcome instanceof Error) {
      examineRefusal(here, outcome);
      if ((await stock()) !== held) seen.wrong.push(`${here} was refused and left something behind`);
      return;
    }
    seen.accepted.set(`${entity.name}.${action.name}`, (seen.accepted.get(`${entity.name}.${action.name}`) ?? 0) + 1);
    await examine(here, lifecycle, action, actor, before, outcome);
    await examineReplay(here, actor, command, outcome);
  }

  async function examine(
    here: string,
    lifecycle: Lifecycle,
    action: Action,
    actor: Actor,
    before: Row | null,
    outcome: Outcome,
  ): Promise<void> {
    const from = (before?.state as string | undefined) ?? null;
    const waits = outcome.sheet !== null && action.approval !== undefined;
    if (from === null ? action.from !== null : !action.from?.includes(from))
      seen.wrong.push(`${here} was let through from ${from}`);
    const allowed = waits
      ? outcome.state === from
      : action.to.includes(outcome.state) || (outcome.state === from && action.to.includes('same'));
    if (!allowed) seen.wrong.push(`${here} led from ${from} to ${outcome.state}`);
    const tokens = action.by.flatMap((name) => lifecycle.parties[name]?.of((before ?? {}) as never) ?? []);
    const entitled =
      (actor.kind === 'machine' && action.by.includes('system')) ||
      action.by.includes(actor.role) ||
      tokens.some((token) => typeof token === 'string' && actor.claim.parties.includes(token));
    if (!entitled) seen.wrong.push(`${here} was let through to somebody else`);
    const touched = [outcome.record, ...outcome.created];
    for (const { id, entity } of await owner<{ id: string; entity: string }>(
      'select id, entity from kernel.record where id = any($1)',
      [touched],
    )) {
      const pool = world.records.get(entity) ?? [];
      world.records.set(entity, [...pool.filter((known) => known !== id), id]);
      const wrong = await unsound(kernel.register.lifecycles.get(entity)!, owner, [id]);
      seen.wrong.push(...wrong.map((line) => `after ${here}: ${line}`));
    }
    if (lifecycle.states[outcome.state]?.closed) await examineClosed(lifecycle, outcome.record);
  }

  async function examineReplay(here: string, actor: Actor, command: Command, outcome: Outcome): Promise<void> {
    const held = await stock();
    const again = await attempt(actor, command);
    // Who handed a record on may no longer see it; then the repetition is refused, and still nothing is done twice.
    if (!(again instanceof Error) && !(again.replayed && again.event === outcome.event))
      seen.wrong.push(`${here} happened twice`);
    if (again instanceof Error) examineRefusal(`${here}, repeated`, again);
    const other = await attempt(actor, { ...command, input: { ...command.input, surprise: 1 } });
    if (!(other instanceof Error)) seen.wrong.push(`${here}: its id was taken for something else`);
    else examineRefusal(`${here}, with another input`, other);
    if ((await stock()) !== held) seen.wrong.push(`${here} left something behind when it was repeated`);
  }

  async function examineClosed(lifecycle: Lifecycle, record: string): Promise<void> {
    const held = await stock();
    const row = await read(lifecycle, record);
    for (const action of Object.values(lifecycle.actions)) {
      if (action.from === null) continue;
      const actor = await lawful(lifecycle, action, row);
      if (actor === null) continue;
      const input = draw(valuesOf(action.input, world)) as Record<string, unknown>;
      const here = `${lifecycle.entity.name}.${action.name} on a closed record`;
      const command = { id: randomUUID(), entity: lifecycle.entity.name, action: action.name, record, input };
      const outcome = await attempt(actor, command);
      if (!(outcome instanceof Error)) seen.wrong.push(`${here} was let through`);
      else examineRefusal(here, outcome);
    }
    if ((await stock()) !== held) seen.wrong.push(`${lifecycle.entity.name}: a closed record was changed`);
  }

  return {
    seen,
    async walk(lifecycle, steps) {
      const { entity } = lifecycle;
      // Of what exists, a few records in every state: where declarations alone would not come.
      for (const { entity: name } of kernel.register.lifecycles.values()) {
        const rows = await owner<{ id: string }>(
          `select id from (select id, row_number() over (partition by state order by id) as place from kernel.record where entity = $1) ranked where place <= 3`,
          [name.name],
        );
        const pool = new Set([...(world.records.get(name.name) ?? []).slice(-12), ...rows.map(({ id }) => id)]);
        world.records.set(name.name, [...pool]);
      }
      if (world.people.length === 0)
        world.people.push(
          ...(await owner<{ id: string }>(`select id from kernel.person where kind = 'person' limit 40`)).map(
            ({ id }) => id,
          ),
        );
      for (let taken = 0; taken < steps; taken += 1) await step(lifecycle);
      seen.wrong.push(
        ...(await unsound(lifecycle, owner, null)).map((line) => `after walking ${entity.name}: ${line}`),
      );
    },
  };
}
