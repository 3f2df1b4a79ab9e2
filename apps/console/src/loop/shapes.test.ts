import { describe, expect, it } from 'vitest';
import { chainOf, closureRate, nearestClock, type RecordSight } from './shapes.ts';

const clock = (name: string, dueOn: string | null, status: string) => ({ name, dueOn, status });
const record = (clocks: unknown[], evidence: unknown[] = []) => ({ clocks, evidence }) as unknown as RecordSight;

describe('the loop of a failure', () => {
  it('shows of several running clocks the one that ends first', () => {
    const held = record([
      clock('recheck', '2026-05-18', 'running'),
      clock('rectification', '2026-05-06', 'running'),
      clock('handover', '2026-04-01', 'met'),
      clock('statement', null, 'running'),
    ]);
    expect(nearestClock(held)?.name).toBe('rectification');
    expect(nearestClock(record([clock('handover', '2026-04-01', 'met')]))).toBeUndefined();
  });

  it('puts the papers of all records in the order in which they came', () => {
    const one = record([], [{ id: 'b', createdAt: '2026-03-02T02:00:00Z' }]);
    const other = record(
      [],
      [
        { id: 'a', createdAt: '2026-03-01T02:00:00Z' },
        { id: 'c', createdAt: '2026-03-03T02:00:00Z' },
      ],
    );
    expect(chainOf([one, other]).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('has no closure rate where nothing was to be closed', () => {
    expect(closureRate({ closed: 3, total: 4 })).toBe(0.75);
    expect(closureRate({ closed: 0, total: 0 })).toBeNull();
  });
});
