/** The facts of an enterprise as they stood on a day, from its dated history. */
import type { IsoDate } from '../api.ts';
import type { Archive } from '../api-queries.ts';

export type Period = Archive['history'][number];

/** The period in force on a day: `from` belongs to it, `until` no more. */
export function findPeriod(history: Period[], on: IsoDate): Period | undefined {
  return history.find(
    (period) => period.from.slice(0, 10) <= on && (period.until === null || on < period.until.slice(0, 10)),
  );
}

/** Names of the fields that differ between two sets of facts. */
export function changedFields(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null));
}
