import type { ClockRule } from '@hengjian/calendar';
import { z } from 'zod';
import type { Act } from '../act.ts';
import type { Refusal } from '../problem.ts';
import type { Entity, RecordRow } from './entity.ts';
import { describeFields, type FieldView, findMeta, type Label, labelOf } from './field.ts';

type Verdict = true | Refusal;
type Text = string | Label;
// biome-ignore lint/suspicious/noExplicitAny: types are checked where a domain declares and erased in the register
type Erased = any;

/** Frozen content of a generated paper: a template's name and what it prints. */
export interface Paper {
  template: string;
  title: string;
  content: Record<string, unknown>;
}

/** One named action: who may take a record from which states to which, on what conditions, with what papers. */
export interface ActionSpec<Row = Erased, Input = Erased> {
  label: Text;
  /** States it starts from; null creates the record. */
  from: string | readonly string[] | null;
  /** State it leads to; several when `run` decides, 'same' when the state stays. */
  to: string | readonly string[];
  /** Roles, names of parties, or 'system' for clocks and flows. */
  by: readonly string[];
  /** Clause that allows it. */
  basis: string;
  input?: z.ZodType<Input>;
  /** Kinds of document that must be held, or come with the command. */
  needs?: readonly string[];
  /** Kinds of paper that the action writes. */
  papers?: readonly string[];
  /** Condition on the record alone: tells the page whether and why not. */
  when?: (row: Row) => Verdict;
  /** Condition with the input; may read what the actor may see. */
  check?: (row: Row, input: Input, act: Act) => Verdict | Promise<Verdict>;
  /** Unique keys taken in the transaction, for guards that race; each may hold until a date. */
  reserves?: (row: Row, input: Input, act: Act) => { key: string; until?: string; refusal: Refusal }[];
  /** Not by the same person, or the same organisation, as took these actions on this record at any time. */
  notBy?: readonly { actions: readonly string[]; same: 'person' | 'organisation' }[];
  /** Roles that sign the approval sheet, in order. */
  approval?: readonly string[];
  /** Number kind of the record's official number, taken last. */
  numbers?: string;
  /** Possible, but not what the record waits for: does not put it into anybody's inbox. */
  aside?: boolean;
  /** Needs a second look in the interface. */
  danger?: boolean;
  run?: (row: Row, input: Input, act: Act) => Change<Row> | Promise<Change<Row>>;
}

/** What a handler changes: fields, and the state when the declaration leaves a choice. */
// biome-ignore lint/suspicious/noConfusingVoidType: a handler that changes nothing need not say so
export type Change<Row> = (Partial<Row> & { to?: string }) | undefined | void;

/** A clock of a lifecycle. */
export interface ClockSpec<Row = Erased> {
  label: Text;
  rule: ClockRule;
  /** Starts at these actions, on the date found in `on` (a field of the input), else on the day the action occurred. */
  starts: { at: readonly string[]; on?: string; from?: (row: Row) => string | null };
  stops: readonly string[];
  /** Actions that suspend and resume it. */
  suspends?: { from: readonly string[]; until: readonly string[] };
  /** Action by which it is extended, once, by the given amount. */
  extends?: { by: string; amount: number };
  /** Action that the machine takes when it has run out. */
  onExpiry?: string;
}

/** Who else stands in a record and which fields they see, from which state on. */
export interface PartySpec<Row = Erased> {
  label: Text;
  /** Organisations or persons, as `org:<id>`, `person:<id>` or `office:<code>`. */
  of: (row: Row) => (string | null | undefined)[];
  sees: readonly string[] | 'all';
  from: string;
}

/** A procedure as a lawyer can review it. */
export interface LifecycleSpec<Row = Erased> {
  editions: readonly { name: string; basis: string; inForce: string; until?: string }[];
  /** In the order of progress; a closed state ends the record. */
  states: Record<string, Text | (Label & { closed?: boolean }) | { zh: string; en?: string; closed?: boolean }>;
  /** Roles that may read every record of their office. */
  readers: readonly string[];
  documents?: Record<
    string,
    Text | (Label & { number?: string; paper?: (row: Row, act: Act) => Paper | Promise<Paper> })
  >;
  parties?: Record<string, PartySpec<Row>>;
  actions: Record<string, ActionSpec<Row, Erased>>;
  clocks?: Record<string, ClockSpec<Row>>;
  /** Creation may come in bulk, without transitions, in these states. */
  ingestible?: readonly string[];
  /** Columns of the list beside number, title, state, office and due date. */
  columns?: readonly string[];
}

export interface Action extends Omit<ActionSpec, 'label' | 'from' | 'to' | 'input'> {
  name: string;
  label: Label;
  from: readonly string[] | null;
  to: readonly string[];
  input: z.ZodType<Record<string, unknown>>;
  /** Inputs that the event does not keep. */
  sealed: readonly string[];
}
export interface State extends Label {
  closed: boolean;
  order: number;
}
export interface DocumentKind extends Label {
  number: string | undefined;
  paper: ((row: Erased, act: Act) => Paper | Promise<Paper>) | undefined;
}

/** A lifecycle with its types erased: what the register holds. */
export interface Lifecycle {
  entity: Entity;
  editions: LifecycleSpec['editions'];
  states: Record<string, State>;
  readers: readonly string[];
  documents: Record<string, DocumentKind>;
  parties: Record<string, PartySpec & { label: Label }>;
  actions: Record<string, Action>;
  clocks: Record<string, ClockSpec & { label: Label }>;
  ingestible: readonly string[];
  columns: readonly string[];
}

/** Declares one action with the type of its input. */
export function on<Row, Schema extends z.ZodType>(
  spec: Omit<ActionSpec<Row, z.infer<Schema>>, 'input'> & { input: Schema },
): ActionSpec<Row, Erased>;
export function on<Row>(spec: Omit<ActionSpec<Row, Record<string, never>>, 'input'>): ActionSpec<Row, Erased>;
export function on(spec: ActionSpec): ActionSpec {
  return spec;
}

type Names<T> = Extract<keyof T, string>;
type Checked<Spec extends LifecycleSpec<Erased>> = Spec & {
  actions: {
    [A in keyof Spec['actions']]: {
      from: Names<Spec['states']> | readonly Names<Spec['states']>[] | null;
      to: Names<Spec['states']> | 'same' | readonly Names<Spec['states']>[];
    };
  };
};

/** Declares the lifecycle of an entity: a state, field or action that does not exist is a compile error here. */
export function lifecycle<E extends Entity<Erased>, const Spec extends LifecycleSpec<RecordRow<E>>>(
  entity: E,
  spec: Spec & Pick<Checked<Spec>, never>,
): Lifecycle {
  const states = mapValues(spec.states, (state, name, order) => ({
    ...labelOf(typeof state === 'string' ? state : { zh: state.zh, en: state.en ?? '' }, name),
    closed: typeof state === 'object' && 'closed' in state && state.closed === true,
    order,
  }));
  return {
    entity: entity as Entity,
    editions: spec.editions,
    states,
    readers: spec.readers,
    documents: mapValues(spec.documents ?? {}, (kind, name) => ({
      ...labelOf(typeof kind === 'string' ? kind : { zh: kind.zh, en: kind.en }, name),
      number: typeof kind === 'object' && 'number' in kind ? kind.number : undefined,
      paper: typeof kind === 'object' && 'paper' in kind ? kind.paper : undefined,
    })),
    parties: mapValues(spec.parties ?? {}, (party, name) => ({ ...party, label: labelOf(party.label, name) })),
    actions: mapValues(spec.actions, (action, name) => ({
      ...action,
      name,
      label: labelOf(action.label, name),
      from: action.from === null ? null : [action.from].flat(),
      to: [action.to].flat(),
      input: (action.input ?? z.strictObject({})) as Action['input'],
      sealed: sealedIn(action.input),
    })),
    clocks: mapValues(spec.clocks ?? {}, (clock, name) => ({ ...clock, label: labelOf(clock.label, name) })),
    ingestible: spec.ingestible ?? [],
    columns: spec.columns ?? [],
  };
}

function sealedIn(input: z.ZodType | undefined): string[] {
  if (!(input instanceof z.ZodObject)) return [];
  return Object.entries(input.shape as Record<string, z.ZodType>)
    .filter(([, schema]) => findMeta(schema)?.sealed)
    .map(([name]) => name);
}

function mapValues<T, R>(
  record: Record<string, T>,
  change: (value: T, name: string, order: number) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value], order) => [name, change(value, name, order)]));
}

/** The fields of an action's form; what only machines do has none. */
export function inputFields(action: Action): FieldView[] {
  return action.by.every((name) => name === 'system') ? [] : describeFields(action.input);
}
