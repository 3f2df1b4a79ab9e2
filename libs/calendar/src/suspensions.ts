import { endBeforeStart } from './calendar.ts';
import type { Suspension } from './rule.ts';

/** A stretch of time on a number line, of days (both ends included) or milliseconds (end excluded). */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Suspensions as stretches in order of time, overlapping ones joined so that no moment is left out twice.
 * @throws CalendarError `end-before-start`, and whatever `parse` throws
 */
export function stretchesOf(
  suspensions: readonly Suspension[] | undefined,
  parse: (text: string) => number,
): readonly Stretch[] {
  if (suspensions === undefined || suspensions.length === 0) return [];
  const parsed = suspensions.map(({ from, to }) => {
    const stretch = { from: parse(from), to: parse(to) };
    if (stretch.to < stretch.from) throw endBeforeStart(from, to);
    return stretch;
  });
  parsed.sort((one, other) => one.from - other.from);
  const joined: Stretch[] = [];
  for (const stretch of parsed) {
    const last = joined.at(-1);
    if (last !== undefined && stretch.from <= last.to) {
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
    } else {
      joined.push(stretch);
    }
  }
  return joined;
}
