import type { Calendar } from './calendar.ts';
import { parseDate } from './days.ts';
import type { Deadline } from './deadline.ts';
import { HOUR, parseInstant } from './instants.ts';
import type { ClockUnit } from './rule.ts';

/** How a deadline stands: with time left, nearly run out, or run out. */
export type ClockStatus = 'running' | 'due-soon' | 'overdue';

/** How near a deadline counts as near, in the unit of `daysLeft`, when nothing else is asked for. */
const DUE_SOON: Readonly<Record<ClockUnit, number>> = { hour: 2, 'working-day': 2, day: 3, month: 7, year: 30 };

/**
 * What is left: working days for clocks in working days, whole hours (rounded down) for clocks in hours, calendar days for days,
 * months and years. 0 on the last day, negative once it is over. A `not-before` clock counts down to its opening and stays at 0.
 * @param now a date, or an instant for clocks in hours
 * @throws CalendarError `impossible-date`, `impossible-instant`
 */
export function daysLeft(deadline: Deadline, now: string, calendar: Calendar): number {
  if (deadline.dueOn === null)
    return Math.max(0, distance(deadline.unit, now, deadline.opensAt ?? deadline.opensOn!, calendar));
  return distance(deadline.unit, now, deadline.dueAt ?? deadline.dueOn, calendar);
}

function distance(unit: ClockUnit, now: string, end: string, calendar: Calendar): number {
  if (unit === 'hour') return Math.floor((parseInstant(end) - parseInstant(now)) / HOUR);
  const today = parseDate(now);
  const last = parseDate(end);
  if (unit !== 'working-day') return last - today;
  if (today <= last) return calendar.dayNumbers.workingBetween(today, last);
  // The Saturday after a Friday deadline is late although no working day has passed since.
  return -Math.max(1, calendar.dayNumbers.workingBetween(last, today));
}

/**
 * `overdue` after the last day, `due-soon` when no more than `dueSoon` is left (in the unit of `daysLeft`), else `running`.
 * A `not-before` clock is always `running`.
 */
export function statusOf(
  deadline: Deadline,
  now: string,
  calendar: Calendar,
  dueSoon: number = DUE_SOON[deadline.unit],
): ClockStatus {
  if (deadline.dueOn === null) return 'running';
  const left = daysLeft(deadline, now, calendar);
  if (left < 0) return 'overdue';
  return left <= dueSoon ? 'due-soon' : 'running';
}
