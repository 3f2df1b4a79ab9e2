import type { Calendar, DayNumberCalendar, Provisional } from './calendar.ts';
import { addMonths, type DayNumber, formatDate, parseDate } from './days.ts';
import { computeHourDeadline } from './hours.ts';
import {
  type ClockKind,
  type ClockOptions,
  type ClockRule,
  type ClockUnit,
  checkRule,
  type Extension,
  type RollForward,
  rollForwardOf,
  unitMismatch,
} from './rule.ts';
import { type Stretch, stretchesOf } from './suspensions.ts';

/** What a clock comes to: when the act may be done, until when, and whether a missing notice makes that provisional. */
export interface Deadline {
  readonly kind: ClockKind;
  readonly unit: ClockUnit;
  /** As given: a date, or an instant for clocks in hours. */
  readonly startsOn: string;
  /** First day on which the act may be done; null unless `not-before` or `window`. */
  readonly opensOn: string | null;
  /** Last day on which the act is in time; null for `not-before`, which never expires. */
  readonly dueOn: string | null;
  /** The same as instants in China's time, for clocks in hours; else null. */
  readonly opensAt: string | null;
  readonly dueAt: string | null;
  readonly provisional: Provisional;
}

/** One stretch of a term: the term itself, or an extension in another unit. */
interface Segment {
  readonly unit: 'working-day' | 'day' | 'month';
  readonly amount: number;
}

/** A term ready to be counted from any start. */
interface Term {
  readonly segments: readonly Segment[];
  readonly countFirstDay: boolean;
  readonly suspended: readonly Stretch[];
  readonly travelDays: number;
  readonly roll: RollForward;
}

/** A day, and the stretches of calendar it was read from. */
interface Counted {
  readonly day: DayNumber;
  readonly provisional: Provisional;
}

/**
 * Extensions in the unit of the term run on with it: three months and one more are four months from the start.
 * @throws CalendarError `unit-mismatch`
 */
function segmentsOf(unit: ClockUnit, amount: number, extensions: readonly Extension[]): readonly Segment[] {
  const segments: Segment[] = [];
  const push = (given: ClockUnit, count: number): void => {
    if (given === 'hour') throw unitMismatch();
    const segment: Segment = given === 'year' ? { unit: 'month', amount: count * 12 } : { unit: given, amount: count };
    const last = segments.at(-1);
    if (last?.unit === segment.unit) {
      segments[segments.length - 1] = { unit: segment.unit, amount: last.amount + segment.amount };
    } else {
      segments.push(segment);
    }
  };
  push(unit, amount);
  for (const extension of extensions) push(extension.unit, extension.amount);
  return segments;
}

function join(one: Provisional, other: Provisional): Provisional {
  if (one === false) return other;
  if (other === false) return one;
  return { years: [...new Set([...one.years, ...other.years])].sort((first, second) => first - second) };
}

/** The day on which `count` days that are neither suspended nor, in working days, off have passed since `start`. */
function passDays(
  start: DayNumber,
  unit: 'working-day' | 'day',
  count: number,
  suspended: readonly Stretch[],
  days: DayNumberCalendar,
): DayNumber {
  let cursor = start;
  let left = count;
  for (const { from, to } of suspended) {
    if (to <= cursor) continue;
    const before = Math.max(from - 1, cursor);
    const available = unit === 'day' ? before - cursor : days.workingBetween(cursor, before);
    if (available >= left) break;
    left -= available;
    cursor = to;
  }
  return unit === 'day' ? cursor + left : days.addWorking(cursor, left);
}

/** The last calendar day of `months` months from `start`, as if nothing were suspended. */
export function monthTermEnd(
  start: DayNumber,
  months: number,
  countFirstDay: boolean,
): { day: DayNumber; clamped: boolean } {
  const end = addMonths(start, months);
  return countFirstDay && !end.clamped ? { day: end.day - 1, clamped: false } : end;
}

function rollDay(day: DayNumber, mode: RollForward, days: DayNumberCalendar): DayNumber {
  if (mode === 'none') return day;
  if (mode === 'holiday-and-weekend') return days.isWorking(day) ? day : days.addWorking(day, 1);
  let rolled = day;
  while (days.kindOf(rolled) === 'holiday') rolled += 1;
  return rolled;
}

/** The last day of a term counted forward, rolled. */
function countForward(start: DayNumber, term: Term, days: DayNumberCalendar): Counted {
  let cursor = start;
  let provisional: Provisional = false;
  let first = term.countFirstDay;
  for (const { unit, amount } of term.segments) {
    if (unit === 'month') {
      const end = monthTermEnd(cursor, amount, first).day;
      cursor = term.suspended.length === 0 ? end : passDays(cursor, 'day', end - cursor, term.suspended, days);
    } else {
      const from = first ? cursor - 1 : cursor;
      cursor = passDays(from, unit, amount, term.suspended, days);
      if (unit === 'working-day') provisional = join(provisional, days.provisional(from + 1, cursor));
    }
    first = false;
  }
  cursor += term.travelDays;
  const day = rollDay(cursor, term.roll, days);
  if (term.roll !== 'none') provisional = join(provisional, days.provisional(cursor, day));
  return { day, provisional };
}

/** The last day that still leaves the whole term before the named date. */
function countBackward(anchor: DayNumber, rule: ClockRule, days: DayNumberCalendar): Counted {
  const countsAnchor = rule.countFirstDay === true && rule.amount > 0;
  if (rule.unit === 'working-day') {
    const from = countsAnchor ? anchor + 1 : anchor;
    const day = days.addWorking(from, -rule.amount);
    return { day, provisional: days.provisional(day, from - 1) };
  }
  if (rule.unit === 'day') return { day: anchor - rule.amount + (countsAnchor ? 1 : 0), provisional: false };
  const end = addMonths(anchor, rule.unit === 'year' ? -12 * rule.amount : -rule.amount);
  return { day: countsAnchor && !end.clamped ? end.day + 1 : end.day, provisional: false };
}

export interface DayNumberDeadline {
  readonly opens: DayNumber | null;
  readonly due: DayNumber | null;
  readonly provisional: Provisional;
}

/** `computeDeadline` on day numbers, for a rule that has been checked and is not in hours. */
export function deadlineFrom(
  rule: ClockRule,
  start: DayNumber,
  days: DayNumberCalendar,
  options: ClockOptions | undefined,
): DayNumberDeadline {
  if (rule.kind === 'before') {
    const { day, provisional } = countBackward(start, rule, days);
    return { opens: null, due: day, provisional };
  }
  const extensions = options?.extensions ?? [];
  const suspended = stretchesOf(options?.suspensions, parseDate);
  const travelDays = options?.travelDays ?? 0;
  const count = (amount: number, added: readonly Extension[], mode: RollForward): Counted =>
    countForward(
      start,
      {
        segments: segmentsOf(rule.unit, amount, added),
        countFirstDay: rule.countFirstDay === true && amount > 0,
        suspended,
        travelDays,
        roll: mode,
      },
      days,
    );
  const afterTerm = rule.opens === 'on-last-day' ? 0 : 1;
  if (rule.kind === 'not-before') {
    const { day, provisional } = count(rule.amount, extensions, rollForwardOf(rule));
    return { opens: day + afterTerm, due: null, provisional };
  }
  if (rule.kind === 'window') {
    const opening = count(rule.amount, [], 'none');
    const closing = count(rule.until ?? rule.amount, extensions, rollForwardOf(rule));
    const provisional = join(opening.provisional, closing.provisional);
    return { opens: opening.day + afterTerm, due: closing.day, provisional };
  }
  const times = rule.kind === 'recurring' ? (options?.occurrence ?? 1) : 1;
  const { day, provisional } = count(rule.amount * times, extensions, rollForwardOf(rule));
  return { opens: null, due: day, provisional };
}

/**
 * When a clock that starts on a date (for `before`: runs up to a named date; for hours: starts at an instant) opens and ends.
 *
 * Order of work: term and extensions are counted without the suspended days, then travel days are added, then the last day
 * rolls. A suspension that is still open is passed with today as its `to`. Without suspensions a later start never gives an
 * earlier end; nor does it in days and working days with them.
 * @throws CalendarError for impossible dates, rules and options (see `CalendarErrorCode`)
 */
export function computeDeadline(
  rule: ClockRule,
  startsOn: string,
  calendar: Calendar,
  options?: ClockOptions,
): Deadline {
  checkRule(rule, options);
  if (rule.unit === 'hour') return computeHourDeadline(rule, startsOn, options ?? {});
  const { opens, due, provisional } = deadlineFrom(rule, parseDate(startsOn), calendar.dayNumbers, options);
  return {
    kind: rule.kind,
    unit: rule.unit,
    startsOn,
    opensOn: opens === null ? null : formatDate(opens),
    dueOn: due === null ? null : formatDate(due),
    opensAt: null,
    dueAt: null,
    provisional,
  };
}
