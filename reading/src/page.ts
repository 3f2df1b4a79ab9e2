import {
  type ClockRule,
  type ClockUnit,
  type Deadline,
  daysLeft,
  explainDeadline,
  type Suspension,
  summarise,
} from '@hengjian/calendar';
import { showPersonal } from '@hengjian/identifiers';
import {
  type Action,
  type Actor,
  type ClockRow,
  clockFromRow,
  dayInChina,
  describeFields,
  type FieldView,
  inputFields,
  type Kernel,
  type Label,
  type Lifecycle,
  labelOf,
  notFound,
  type Row,
  rowFromColumns,
  type Transaction,
} from '@hengjian/kernel';
import { z } from 'zod';
import { type RecordView, registerColumns, viewRecords } from './view.ts';

/** What the actor may do with a record, and why not. */
export interface Possibility {
  action: string;
  label: Label;
  enabled: boolean;
  why: Label | null;
  who: Label[];
  input: FieldView[];
  needs: { kind: string; label: Label; held: boolean }[];
  approval: Label[] | null;
  danger: boolean;
  aside: boolean;
}

export interface RecordPage extends RecordView {
  fields: Record<string, unknown>;
  /** Titles of the records that the fields refer to, by id, as far as the actor may see them. */
  titles: Record<string, string>;
  can: Possibility[];
  clocks: ReturnType<typeof viewClock>[];
  timeline: ReturnType<typeof viewEvent>[];
  documents: ReturnType<typeof viewDocument>[];
  related: RecordView[];
  parent: RecordView | null;
  handovers: RecordView[];
  approval: RecordView | null;
}

/** Everything on one record that the actor may see. Throws 404 when there is nothing to see. */
export async function readRecord(
  kernel: Kernel,
  actor: Actor,
  sql: Transaction,
  id: string,
  reveal: readonly string[] = [],
): Promise<RecordPage> {
  const [register] = await sql.query(`select ${registerColumns} from kernel.record r where r.id = $1`, [id]);
  if (register === undefined) throw notFound();
  const lifecycle = kernel.register.lifecycles.get(register.entity as string)!;
  const [columns] = await sql.query(`select * from ${lifecycle.entity.table} where id = $1`, [id]);
  if (columns === undefined) throw notFound();
  const row = rowFromColumns(lifecycle, columns);
  const clocks = (await sql.query('select * from kernel.clock where record = $1 order by started_on, id', [id])).map(
    clockFromRow,
  );
  const events = await sql.query('select * from kernel.event where record = $1 order by recorded_at, part', [id]);
  const documents = await sql.query(
    'select id, kind, title, number, created_at, size, name, event, template from kernel.document where record = $1 order by created_at, id',
    [id],
  );
  const near = await sql.query(
    `select ${registerColumns}, case when r.id = $2 then 'parent' when r.id = $3 then 'approval' when r.entity = 'kernel.handover' then 'handover' else 'related' end as nearness
     from kernel.record r where r.parent = $1 or r.id = $2 or r.id = $3 or r.id in (select h.id from kernel.handover h where h.target = $1) order by r.updated_at desc limit 200`,
    [id, register.parent, register.sheet],
  );
  const views = await viewRecords(kernel, sql, [register, ...near]);
  const pick = (nearness: string): RecordView[] =>
    views.slice(1).filter((_, index) => near[index]!.nearness === nearness);
  const opened = (await openedFields(lifecycle, actor, sql, [register])).get(id);
  const visible = visibleFields(lifecycle, actor, register, row, opened);
  const titles = await titlesOf(sql, referencesIn(describeFields(z.object(lifecycle.entity.shape)), row, visible));
  return {
    ...views[0]!,
    fields: Object.fromEntries(visible.map((name) => [name, show(lifecycle, name, row[name] ?? null, reveal)])),
    titles,
    can: Object.values(lifecycle.actions)
      .filter(({ from, by }) => from?.includes(row.state as string) && by.some((name) => name !== 'system'))
      .map((action) => possibility(kernel, actor, lifecycle, action, row, register, events, documents)),
    clocks: clocks.map((clock) => viewClock(kernel, lifecycle, clock)),
    timeline: events.map((event) => viewEvent(kernel, lifecycle, event, documents, visible)),
    documents: documents.map((document) => viewDocument(lifecycle, document)),
    related: pick('related'),
    parent: pick('parent')[0] ?? null,
    handovers: pick('handover'),
    approval: pick('approval')[0] ?? null,
  };
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ids of the records that these fields refer to, in lists and groups, too. */
function referencesIn(fields: readonly FieldView[], row: Row, names: readonly string[]): string[] {
  return fields
    .filter(({ name }) => names.includes(name))
    .flatMap(({ name, type, item }) => {
      const value = row[name];
      if (type === 'reference') return typeof value === 'string' ? [value] : [];
      // A list of records by their ids; what else such a list holds is no id, and names nothing.
      if (type === 'list' && item === undefined && Array.isArray(value))
        return value.filter((one): one is string => typeof one === 'string' && uuid.test(one));
      if (item === undefined || typeof value !== 'object' || value === null) return [];
      const inner = item.map((field) => field.name);
      return [value].flat().flatMap((part) => referencesIn(item, part as Row, inner));
    });
}

/** Titles of those of these records that the reader may see. */
export async function titlesOf(sql: Transaction, ids: readonly string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const found = await sql.query<{ id: string; title: string }>(
    'select id, title from kernel.record where id = any($1)',
    [[...new Set(ids)]],
  );
  return Object.fromEntries(found.map(({ id, title }) => [id, title]));
}

/** What hand-overs open of a record: everything, or the fields that their scope names. */
export type Opened = 'all' | ReadonlySet<string>;

/** Whether the actor reads every field because the record is of his offices and its kind is for his post to read. */
const readsAll = (lifecycle: Lifecycle, { claim }: Actor, register: Row): boolean =>
  claim.offices.includes(register.office as string) && claim.entities.includes(lifecycle.entity.name);

/** For each of these records that the actor does not read whole anyway, what unfinished hand-overs open to his offices. */
export async function openedFields(
  lifecycle: Lifecycle,
  actor: Actor,
  sql: Transaction,
  registers: readonly Row[],
): Promise<Map<string, Opened>> {
  const opened = new Map<string, Opened>();
  const asked = registers.filter((register) => !readsAll(lifecycle, actor, register)).map(({ id }) => id);
  if (asked.length === 0) return opened;
  const handovers = await sql.query<{ target: string; scope: string[] | null }>(
    `select target, scope from kernel.handover
     where target = any($1) and state in ('sent', 'received', 'answered') and 'office:' || to_office = any($2)`,
    [asked, actor.claim.parties],
  );
  for (const { target, scope } of handovers) {
    const known = opened.get(target);
    if (known === 'all' || scope === null) opened.set(target, 'all');
    else opened.set(target, new Set([...(known ?? []), ...scope]));
  }
  return opened;
}

/** Fields that the actor sees: all for a reader of the office, what the declaration opens for a party or a hand-over. */
export function visibleFields(
  lifecycle: Lifecycle,
  actor: Actor,
  register: Row,
  row: Row,
  opened: Opened | undefined,
): string[] {
  const all = lifecycle.entity.fields.map(({ name }) => name);
  const { claim } = actor;
  if (readsAll(lifecycle, actor, register)) return all;
  const state = lifecycle.states[row.state as string]!;
  const seen = new Set<string>();
  for (const party of Object.values(lifecycle.parties)) {
    if (state.order < lifecycle.states[party.from]!.order) continue;
    if (!party.of(row).some((token) => token && claim.parties.includes(token))) continue;
    for (const name of party.sees === 'all' ? all : party.sees) seen.add(name);
  }
  if (opened === 'all') return all;
  for (const name of opened ?? []) seen.add(name);
  return all.filter((name) => seen.has(name));
}

/** A value as the reader sees it: personal information masked unless it was asked for by name. */
export function show(lifecycle: Lifecycle, name: string, value: unknown, reveal: readonly string[]): unknown {
  const { meta } = lifecycle.entity.fields.find((field) => field.name === name)!;
  if (meta.personal === undefined || value === null || reveal.includes(name)) return value;
  return { masked: typeof value === 'string' ? showPersonal('personal-name', value) : '＊＊＊' };
}

function possibility(
  kernel: Kernel,
  actor: Actor,
  lifecycle: Lifecycle,
  action: Action,
  row: Row,
  register: Row,
  events: readonly Row[],
  documents: readonly Row[],
): Possibility {
  const held = new Set([...documents.map(({ kind }) => kind), ...(action.papers ?? [])]);
  const who = action.by
    .filter((name) => name !== 'system')
    .map((name) => lifecycle.parties[name]?.label ?? labelOf(kernel.register.roles[name] ?? name, name));
  const why = whyNot(actor, lifecycle, action, row, register, events);
  return {
    action: action.name,
    label: action.label,
    enabled: why === null,
    why,
    who: who.map(({ zh, en }) => ({ zh, en })),
    input: inputFields(action),
    needs: (action.needs ?? []).map((kind) => {
      const { zh, en } = lifecycle.documents[kind]!;
      return { kind, label: { zh, en }, held: held.has(kind) };
    }),
    approval: action.approval?.map((role) => labelOf(kernel.register.roles[role]!, role)) ?? null,
    danger: action.danger === true,
    aside: action.aside === true,
  };
}

/** Why the actor may not take an action now, as far as the record alone tells; null when he may try. */
export function whyNot(
  actor: Actor,
  lifecycle: Lifecycle,
  action: Action,
  row: Row,
  register: Row,
  events: readonly Row[],
): Label | null {
  const asRole = action.by.includes(actor.role) && actor.claim.writes.includes(row.office as string);
  const asParty = action.by.some((name) =>
    lifecycle.parties[name]?.of(row).some((token) => token && actor.claim.parties.includes(token)),
  );
  if (!asRole && !asParty) return { zh: '不由您的岗位办理', en: 'Not done by your post' };
  if (register.sheet !== null) return { zh: '正在审批', en: 'With an approval sheet' };
  for (const rule of action.notBy ?? [])
    for (const event of events) {
      if (!rule.actions.includes(event.action as string)) continue;
      const people = [{ person: event.actor, organisation: event.organisation }, ...((event.hands ?? []) as Row[])];
      const clash = people.some(({ person, organisation }) =>
        rule.same === 'person' ? person === actor.person : organisation !== null && organisation === actor.organisation,
      );
      const other = lifecycle.actions[event.action as string]!.label;
      if (clash) return { zh: `您办理过“${other.zh}”，应当回避`, en: `You took part in "${other.en}"` };
    }
  const verdict = action.when?.(row);
  return verdict === undefined || verdict === true ? null : { zh: verdict.zh, en: verdict.en };
}

const units: Record<ClockUnit, Label> = {
  hour: { zh: '小时', en: 'hours' },
  'working-day': { zh: '个工作日', en: 'working days' },
  day: { zh: '日', en: 'days' },
  month: { zh: '个月', en: 'months' },
  year: { zh: '年', en: 'years' },
};

function viewClock(kernel: Kernel, lifecycle: Lifecycle, clock: ClockRow) {
  const spec = lifecycle.clocks[clock.name];
  const rule = clock.rule as ClockRule;
  const today = dayInChina(kernel.now());
  const suspensions = clock.suspensions.map((pause) => ({ ...pause, to: pause.to ?? today })) as Suspension[];
  const options = { suspensions, extensions: clock.extensions };
  const deadline: Deadline = {
    kind: rule.kind,
    unit: rule.unit,
    startsOn: clock.startedOn,
    opensOn: clock.opensOn,
    dueOn: clock.dueOn,
    opensAt: null,
    dueAt: clock.dueAt,
    provisional: false,
  };
  const running = clock.status === 'running' && (clock.dueOn !== null || clock.dueAt !== null);
  const steps = rule.unit === 'hour' ? [] : summarise(explainDeadline(rule, clock.startedOn, kernel.calendar, options));
  return {
    id: clock.id,
    name: clock.name,
    label: spec?.label ?? { zh: clock.name, en: clock.name },
    basis: clock.basis,
    startedOn: clock.startedOn,
    opensOn: clock.opensOn,
    dueOn: clock.dueOn,
    dueAt: clock.dueAt,
    status: clock.status,
    stoppedOn: clock.stoppedOn,
    daysLeft: running
      ? daysLeft(deadline, rule.unit === 'hour' ? kernel.now().toISOString() : today, kernel.calendar)
      : null,
    unit: units[rule.unit],
    provisional: clock.provisional,
    steps,
  };
}

function viewEvent(
  kernel: Kernel,
  lifecycle: Lifecycle,
  event: Row,
  documents: readonly Row[],
  visible: readonly string[],
) {
  const state = (name: unknown): Label | null => {
    const found = typeof name === 'string' ? lifecycle.states[name] : undefined;
    return found === undefined ? null : { zh: found.zh, en: found.en };
  };
  const changes = Object.entries(event.changes as Record<string, [unknown, unknown]>).filter(([name]) =>
    visible.includes(name),
  );
  const role = event.role as string;
  return {
    id: event.id as string,
    action: event.action as string,
    label: lifecycle.actions[event.action as string]?.label ?? labelOf(event.action as string, event.action as string),
    actor: {
      name: event.actor_name as string,
      role: role === 'system' ? { zh: '系统', en: 'System' } : labelOf(kernel.register.roles[role] ?? role, role),
      actingFor: event.acting_for as string | null,
    },
    hands: event.hands as unknown[],
    occurredAt: event.occurred_at as string,
    recordedAt: event.recorded_at as string,
    from: state(event.from_state),
    to: state(event.to_state),
    note: event.note as string | null,
    changes: changes.map(([name, [old, next]]) => {
      const { meta } = lifecycle.entity.fields.find((field) => field.name === name)!;
      return {
        field: name,
        label: labelOf(meta.label, name),
        old: show(lifecycle, name, old, []),
        new: show(lifecycle, name, next, []),
      };
    }),
    documents: documents
      .filter((document) => document.event === event.id)
      .map((document) => viewDocument(lifecycle, document)),
    sealed: event.number === null ? null : Number(event.number),
  };
}

function viewDocument(lifecycle: Lifecycle, document: Row) {
  const kind = lifecycle.documents[document.kind as string];
  return {
    id: document.id as string,
    kind: document.kind as string,
    label:
      kind === undefined
        ? { zh: document.title as string, en: document.title as string }
        : { zh: kind.zh, en: kind.en },
    title: document.title as string,
    number: document.number as string | null,
    name: document.name as string | null,
    createdAt: document.created_at as string,
    size: document.size as number | null,
    generated: document.template !== null,
    url: `/api/documents/${document.id as string}`,
  };
}
