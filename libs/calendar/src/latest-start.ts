import type { Calendar } from './calendar.ts';
import { formatDate, parseDate } from './days.ts';
import { deadlineFrom } from './deadline.ts';
import { hourBounds } from './hours.ts';
import { formatInstant, HOUR, parseInstant } from './instants.ts';
import { type ClockRule, checkRule } from './rule.ts';

/**
 * The inverse: the latest start whose deadline is not later than `dueOn`. For `not-before` it is the latest start from which the
 * act may be done on `dueOn`; for `before`, the latest named date for which acting on `dueOn` is still in time. For hours
 * both are instants.
 * @throws CalendarError as `computeDeadline`
 */
export function latestStart(rule: ClockRule, dueOn: string, calendar: Calendar): string {
  checkRule(rule, undefined);
  if (rule.unit === 'hour') return formatInstant(latestInstant(rule, parseInstant(dueOn)));
  const target = parseDate(dueOn);
  const inTime = (start: number): boolean => {
    const { opens, due } = deadlineFrom(rule, start, calendar.dayNumbers, undefined);
    return (due ?? opens)! <= target;
  };
  // Deadlines never move back when the start moves on, so the last start in time is found by doubling and halving.
  let reach = 1;
  while (!inTime(target - reach)) reach *= 2;
  let last = target - reach;
  reach = 1;
  while (inTime(last + reach)) {
    last += reach;
    reach *= 2;
  }
  for (let step = reach; step >= 1; step = Math.floor(step / 2)) if (inTime(last + step)) last += step;
  return formatDate(last);
}

function latestInstant(rule: ClockRule, target: number): number {
  if (rule.kind === 'before') return target + rule.amount * HOUR;
  const { opens, due } = hourBounds({ ...rule, excludeStartingHour: false }, 0, {});
  const begin = target - (due ?? opens)!;
  // With the starting hour left out, the start may lie anywhere in the hour before counting begins.
  return rule.excludeStartingHour === true ? Math.floor(begin / HOUR) * HOUR - 1 : begin;
}
