import type { Deadline } from './deadline.ts';
import { chinaDateAt, formatInstant, HOUR, parseInstant } from './instants.ts';
import { type ClockOptions, type ClockRule, unitMismatch } from './rule.ts';
import { type Stretch, stretchesOf } from './suspensions.ts';

/** Where counting begins: at the moment, or at the next full hour when the starting hour is left out. */
export function hourCountBegins(rule: ClockRule, start: number): number {
  return rule.excludeStartingHour === true ? (Math.floor(start / HOUR) + 1) * HOUR : start;
}

function pass(start: number, duration: number, suspended: readonly Stretch[]): number {
  let cursor = start;
  let left = duration;
  for (const { from, to } of suspended) {
    if (to <= cursor) continue;
    const available = Math.max(from, cursor) - cursor;
    if (available >= left) break;
    left -= available;
    cursor = to;
  }
  return cursor + left;
}

export interface HourBounds {
  readonly opens: number | null;
  readonly due: number | null;
}

/** Opening and end in milliseconds, for a rule in hours that has been checked. */
export function hourBounds(rule: ClockRule, start: number, options: ClockOptions): HourBounds {
  if (rule.kind === 'before') return { opens: null, due: start - rule.amount * HOUR };
  const suspended = stretchesOf(options.suspensions, parseInstant);
  const begin = hourCountBegins(rule, start);
  let added = 0;
  for (const extension of options.extensions ?? []) {
    if (extension.unit !== 'hour') throw unitMismatch();
    added += extension.amount;
  }
  const travel = (options.travelDays ?? 0) * 24 * HOUR;
  const after = (amount: number): number => pass(begin, amount * HOUR, suspended) + travel;
  if (rule.kind === 'not-before') return { opens: after(rule.amount + added), due: null };
  if (rule.kind === 'window') return { opens: after(rule.amount), due: after((rule.until ?? rule.amount) + added) };
  const times = rule.kind === 'recurring' ? (options.occurrence ?? 1) : 1;
  return { opens: null, due: after(rule.amount * times + added) };
}

/** Hours run on the clock, through nights, weekends and holidays; no calendar is asked. */
export function computeHourDeadline(rule: ClockRule, startsAt: string, options: ClockOptions): Deadline {
  const { opens, due } = hourBounds(rule, parseInstant(startsAt), options);
  return {
    kind: rule.kind,
    unit: rule.unit,
    startsOn: startsAt,
    opensOn: opens === null ? null : chinaDateAt(opens),
    dueOn: due === null ? null : chinaDateAt(due),
    opensAt: opens === null ? null : formatInstant(opens),
    dueAt: due === null ? null : formatInstant(due),
    provisional: false,
  };
}
