import { type Calendar, type ClockRule, computeDeadline, type Extension, type Suspension } from '@hengjian/calendar';
import { v7 as uuid } from 'uuid';
import type { Row } from './database/database.ts';
import { snakeCase } from './declare/entity.ts';
import type { Action, ClockSpec, Lifecycle } from './declare/lifecycle.ts';
import { Problem } from './problem.ts';

/** A running, stopped or suspended clock of one record, as stored. */
export interface ClockRow {
  id: string;
  name: string;
  rule: ClockRule;
  basis: string;
  startedOn: string;
  startEvent: string;
  dueOn: string | null;
  dueAt: string | null;
  opensOn: string | null;
  provisional: boolean;
  status: 'running' | 'suspended' | 'met' | 'late' | 'expired' | 'cancelled';
  stoppedOn: string | null;
  stopEvent: string | null;
  suspensions: (Omit<Suspension, 'to'> & { to?: string })[];
  extensions: Extension[];
  onExpiry: string | null;
}

/** What happened to a record, as far as its clocks care. */
interface Fact {
  action: Action;
  event: string;
  occurredOn: string;
  occurredAt: string;
  input: Record<string, unknown>;
  row: Record<string, unknown>;
  closes: boolean;
}

/**
 * The clocks of a record after an action: those it stops are met or late by the day it occurred, those it suspends wait, those
 * it starts run. Returns only what changed. Pure.
 */
export function turnClocks(
  lifecycle: Lifecycle,
  clocks: readonly ClockRow[],
  fact: Fact,
  calendar: Calendar,
): ClockRow[] {
  const changed: ClockRow[] = [];
  const { action, event, occurredOn } = fact;
  for (const clock of clocks) {
    const spec = lifecycle.clocks[clock.name];
    if (spec === undefined || (clock.status !== 'running' && clock.status !== 'suspended')) continue;
    const turned = turn(clock, spec, fact, calendar);
    if (turned !== undefined) changed.push(turned);
    else if (fact.closes || spec.starts.at.includes(action.name))
      changed.push({ ...clock, status: 'cancelled', stoppedOn: occurredOn, stopEvent: event });
  }
  for (const [name, spec] of Object.entries(lifecycle.clocks)) {
    if (!spec.starts.at.includes(action.name) || fact.closes) continue;
    const started = startDate(name, spec, fact);
    if (started === null) continue;
    const base = { rule: spec.rule, startedOn: started, suspensions: [], extensions: [] };
    changed.push({
      id: uuid(),
      name,
      basis: spec.rule.basis,
      startEvent: event,
      status: 'running',
      stoppedOn: null,
      stopEvent: null,
      onExpiry: spec.onExpiry ?? null,
      ...base,
      ...deadlineOf(base, spec.rule.unit === 'hour' ? fact.occurredAt : started, calendar),
    });
  }
  return changed;
}

function turn(clock: ClockRow, spec: ClockSpec, fact: Fact, calendar: Calendar): ClockRow | undefined {
  const { action, event, occurredOn } = fact;
  if (spec.stops.includes(action.name)) {
    if (clock.opensOn !== null && occurredOn < clock.opensOn)
      throw new Problem(
        422,
        'too-early',
        `“${action.label.zh}”最早可在 ${clock.opensOn} 办理（${clock.basis}）。`,
        `"${action.label.en}" is possible from ${clock.opensOn} on (${clock.basis}).`,
      );
    const late = clock.status === 'running' && isPast(clock, fact);
    const expired = late && action.name === spec.onExpiry;
    return { ...clock, status: expired ? 'expired' : late ? 'late' : 'met', stoppedOn: occurredOn, stopEvent: event };
  }
  if (spec.suspends?.from.includes(action.name) && clock.status === 'running')
    return {
      ...clock,
      status: 'suspended',
      suspensions: [...clock.suspensions, { from: occurredOn, reason: action.label.zh }],
    };
  if (spec.suspends?.until.includes(action.name) && clock.status === 'suspended') {
    const suspensions = clock.suspensions.map((pause) =>
      pause.to === undefined ? { ...pause, to: occurredOn } : pause,
    );
    const next = { ...clock, suspensions, status: 'running' as const };
    return { ...next, ...deadlineOf(next, next.startedOn, calendar) };
  }
  if (spec.extends?.by === action.name) {
    const extensions = [
      ...clock.extensions,
      { amount: spec.extends.amount, unit: clock.rule.unit, basis: action.basis },
    ];
    const next = { ...clock, extensions };
    return { ...next, ...deadlineOf(next, next.startedOn, calendar) };
  }
  return undefined;
}

function isPast(clock: ClockRow, fact: Fact): boolean {
  if (clock.dueAt !== null) return new Date(fact.occurredAt) > new Date(clock.dueAt);
  return clock.dueOn !== null && fact.occurredOn > clock.dueOn;
}

function startDate(name: string, spec: ClockSpec, fact: Fact): string | null {
  if (spec.starts.from) return spec.starts.from(fact.row);
  if (spec.starts.on === undefined) return fact.occurredOn;
  const named = fact.input[spec.starts.on] ?? fact.row[spec.starts.on];
  if (named === undefined || named === null) return null;
  if (typeof named !== 'string')
    throw new Problem(
      422,
      'clock-without-date',
      `期限“${name}”没有起算日。`,
      `The clock ${name} has no date to start from.`,
    );
  return named;
}

function deadlineOf(
  clock: Pick<ClockRow, 'rule' | 'suspensions' | 'extensions'>,
  start: string,
  calendar: Calendar,
): Pick<ClockRow, 'dueOn' | 'dueAt' | 'opensOn' | 'provisional'> {
  const deadline = computeDeadline(clock.rule, start, calendar, {
    suspensions: clock.suspensions.filter((pause): pause is Suspension => pause.to !== undefined),
    extensions: clock.extensions,
  });
  return {
    dueOn: deadline.dueOn ?? deadline.dueAt?.slice(0, 10) ?? null,
    dueAt: deadline.dueAt,
    opensOn: deadline.opensOn,
    provisional: deadline.provisional !== false,
  };
}

/** The earliest day by which something must be done on the record. */
export function dueOf(clocks: readonly ClockRow[]): string | null {
  let due: string | null = null;
  for (const { status, dueOn } of clocks)
    if (status === 'running' && dueOn !== null && (due === null || dueOn < due)) due = dueOn;
  return due;
}

const names: (keyof ClockRow)[] = [
  'id',
  'name',
  'rule',
  'basis',
  'startedOn',
  'startEvent',
  'dueOn',
  'dueAt',
  'opensOn',
  'provisional',
  'status',
  'stoppedOn',
  'stopEvent',
  'suspensions',
  'extensions',
  'onExpiry',
];
const fields = names.map((name) => ({ name, column: snakeCase(name) }));
const kept = new Set<string>(['rule', 'suspensions', 'extensions']);

/** A clock as a row of kernel.clock. */
export function clockToRow(record: string, clock: ClockRow): Row {
  const row: Row = { record };
  for (const { name, column } of fields) row[column] = kept.has(name) ? JSON.stringify(clock[name]) : clock[name];
  return row;
}

/** A clock from its row in the database. */
export function clockFromRow(row: Row): ClockRow {
  return Object.fromEntries(fields.map(({ name, column }) => [name, row[column]])) as unknown as ClockRow;
}
