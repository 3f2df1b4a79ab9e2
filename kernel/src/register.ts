import type { Label } from './declare/field.ts';
import { type Action, inputFields, type Lifecycle } from './declare/lifecycle.ts';
import type { Flow } from './flow.ts';
import { Problem } from './problem.ts';
import type { Query } from './query.ts';

/** Everything that the platform was declared to do. */
export interface Register {
  lifecycles: ReadonlyMap<string, Lifecycle>;
  /** `apart`: administers the platform, sees no business, and is held by nobody who holds another such post. */
  roles: Readonly<Record<string, Label & { does?: Label; apart?: boolean }>>;
  queries: ReadonlyMap<string, Query>;
  flows: readonly Flow[];
}

/**
 * Puts the declarations together and refuses to start unless every one is sound.
 * @throws Error listing each place that is wrong, one per line.
 */
export function createRegister(declared: {
  lifecycles: readonly Lifecycle[];
  roles: Record<string, Label & { does?: Label; apart?: boolean }>;
  queries?: readonly Query[];
  flows?: readonly Flow[];
}): Register {
  const wrong: string[] = [];
  const lifecycles = new Map<string, Lifecycle>();
  for (const lifecycle of declared.lifecycles) {
    if (lifecycles.has(lifecycle.entity.name)) wrong.push(`${lifecycle.entity.name}: declared twice`);
    lifecycles.set(lifecycle.entity.name, lifecycle);
    wrong.push(...unsound(lifecycle, declared.roles));
  }
  for (const lifecycle of lifecycles.values())
    for (const { name, meta } of lifecycle.entity.fields)
      if (meta.reference !== undefined && !lifecycles.has(meta.reference))
        wrong.push(`${lifecycle.entity.name}.fields.${name}: there is no entity ${meta.reference}`);
  const queries = new Map<string, Query>();
  for (const query of declared.queries ?? []) {
    if (queries.has(query.name)) wrong.push(`query ${query.name}: declared twice`);
    queries.set(query.name, query);
    for (const role of query.roles)
      if (role !== 'public' && !(role in declared.roles))
        wrong.push(`query ${query.name}.roles: there is no role ${role}`);
  }
  const flows = declared.flows ?? [];
  for (const flow of flows) {
    for (const { entity, action } of flow.on)
      if (lifecycles.get(entity)?.actions[action] === undefined)
        wrong.push(`flow ${flow.name}.on: ${entity} has no action ${action}`);
    for (const { entity, action } of flow.sends)
      if (!lifecycles.get(entity)?.actions[action]?.by.includes('system'))
        wrong.push(`flow ${flow.name}.sends: ${entity}.${action} does not exist or is not open to the system`);
  }
  if (wrong.length > 0)
    throw new Error(`The declarations are not sound:\n${wrong.map((line) => `  ${line}`).join('\n')}`);
  return { lifecycles, roles: declared.roles, queries, flows };
}

export function getLifecycle(register: Register, entity: string): Lifecycle {
  const lifecycle = register.lifecycles.get(entity);
  if (lifecycle === undefined)
    throw new Problem(404, 'unknown-entity', `没有“${entity}”这类记录。`, `There are no records called ${entity}.`);
  return lifecycle;
}

export function getAction(lifecycle: Lifecycle, name: string): Action {
  const action = Object.hasOwn(lifecycle.actions, name) ? lifecycle.actions[name] : undefined;
  if (action === undefined)
    throw new Problem(
      404,
      'unknown-action',
      `“${lifecycle.entity.label.zh}”没有“${name}”这个动作。`,
      `${lifecycle.entity.label.en} has no action ${name}.`,
    );
  return action;
}

/** The names of entities whose records a role may read within its offices. */
export function readableBy(register: Register, role: string): string[] {
  return [...register.lifecycles.values()]
    .filter(({ readers }) => readers.includes(role))
    .map(({ entity }) => entity.name);
}

function unsound(lifecycle: Lifecycle, roles: Record<string, unknown>): string[] {
  const wrong: string[] = [];
  const at = lifecycle.entity.name;
  const { states, actions, documents, parties, clocks } = lifecycle;
  const fields = new Set(lifecycle.entity.fields.map(({ name }) => name));
  const isState = (name: string): boolean => Object.hasOwn(states, name);
  const isActor = (name: string): boolean => name === 'system' || name in roles || Object.hasOwn(parties, name);
  if (lifecycle.editions.length === 0) wrong.push(`${at}.editions: there is none`);
  for (const role of lifecycle.readers) if (!(role in roles)) wrong.push(`${at}.readers: there is no role ${role}`);
  for (const column of lifecycle.columns)
    if (!fields.has(column)) wrong.push(`${at}.columns: there is no field ${column}`);
  for (const state of lifecycle.ingestible)
    if (!isState(state)) wrong.push(`${at}.ingestible: there is no state ${state}`);
  for (const [name, party] of Object.entries(parties)) {
    if (name in roles) wrong.push(`${at}.parties.${name}: a role has this name`);
    if (!isState(party.from)) wrong.push(`${at}.parties.${name}.from: there is no state ${party.from}`);
    for (const field of party.sees === 'all' ? [] : party.sees)
      if (!fields.has(field)) wrong.push(`${at}.parties.${name}.sees: there is no field ${field}`);
  }
  for (const [name, action] of Object.entries(actions)) {
    const here = `${at}.actions.${name}`;
    for (const state of action.from ?? []) {
      if (!isState(state)) wrong.push(`${here}.from: there is no state ${state}`);
      else if (states[state]!.closed) wrong.push(`${here}.from: ${state} is closed`);
    }
    for (const state of action.to)
      if (!isState(state) && !(state === 'same' && action.from !== null))
        wrong.push(`${here}.to: there is no state ${state}`);
    if (action.to.length > 1 && action.run === undefined)
      wrong.push(`${here}.to: several states need a run that chooses`);
    if (action.by.length === 0) wrong.push(`${here}.by: nobody may take it`);
    for (const actor of action.by) if (!isActor(actor)) wrong.push(`${here}.by: there is no role or party ${actor}`);
    for (const role of action.approval ?? []) {
      if (!(role in roles)) wrong.push(`${here}.approval: there is no role ${role}`);
      if (!lifecycle.readers.includes(role)) wrong.push(`${here}.approval: ${role} signs but is not among the readers`);
    }
    if (action.approval && action.sealed.length > 0)
      wrong.push(`${here}.approval: a sheet would show the sealed input ${action.sealed.join(', ')}`);
    if (action.approval && action.from === null)
      wrong.push(`${here}.approval: a record must exist before it can be approved`);
    for (const kind of [...(action.needs ?? []), ...(action.papers ?? [])])
      if (!Object.hasOwn(documents, kind)) wrong.push(`${here}: there is no document ${kind}`);
    for (const kind of action.papers ?? [])
      if (documents[kind] && !documents[kind].paper) wrong.push(`${here}.papers: ${kind} has no paper to write`);
    for (const rule of action.notBy ?? [])
      for (const other of rule.actions)
        if (!Object.hasOwn(actions, other)) wrong.push(`${here}.notBy: there is no action ${other}`);
    try {
      inputFields(action);
    } catch (error) {
      wrong.push(`${here}.input: ${(error as Error).message}`);
    }
    if (action.basis.trim() === '') wrong.push(`${here}.basis: the clause is missing`);
  }
  for (const [name, clock] of Object.entries(clocks)) {
    const here = `${at}.clocks.${name}`;
    const named = [
      ...clock.starts.at,
      ...clock.stops,
      ...(clock.suspends?.from ?? []),
      ...(clock.suspends?.until ?? []),
    ];
    for (const action of [
      ...named,
      ...(clock.extends ? [clock.extends.by] : []),
      ...(clock.onExpiry ? [clock.onExpiry] : []),
    ])
      if (!Object.hasOwn(actions, action)) wrong.push(`${here}: there is no action ${action}`);
    if (clock.onExpiry && !actions[clock.onExpiry]?.by.includes('system'))
      wrong.push(`${here}.onExpiry: ${clock.onExpiry} is not open to the system`);
  }
  return [...wrong, ...unreachable(lifecycle)];
}

/** States that no path from creation reaches, and open states that nothing leaves. */
function unreachable(lifecycle: Lifecycle): string[] {
  const reached = new Set<string>(lifecycle.ingestible);
  const actions = Object.values(lifecycle.actions);
  for (let grown = true; grown; ) {
    grown = false;
    for (const action of actions) {
      if (action.from !== null && !action.from.some((state) => reached.has(state))) continue;
      for (const state of action.to)
        if (state !== 'same' && !reached.has(state)) {
          reached.add(state);
          grown = true;
        }
    }
  }
  const wrong: string[] = [];
  for (const [name, state] of Object.entries(lifecycle.states)) {
    if (!reached.has(name)) wrong.push(`${lifecycle.entity.name}.states.${name}: no action leads there`);
    const leaves = actions.some((action) => action.from?.includes(name));
    if (!state.closed && !leaves)
      wrong.push(`${lifecycle.entity.name}.states.${name}: open, but nothing leads out of it`);
  }
  return wrong;
}
