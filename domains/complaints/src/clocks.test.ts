import { readFileSync } from 'node:fs';
import { computeDeadline, createCalendar } from '@hengjian/calendar';
import { describe, expect, it } from 'vitest';
import { holidayYears } from '../../../data/holidays/index.ts';
import { complaintsLifecycles } from './index.ts';

/** Dates counted by another route: a day-by-day count over the State Council's notice of 2026, outside this code; `by` says how. */
interface Golden {
  record: string;
  clock: string;
  clause: string;
  startedOn: string;
  unit: 'day' | 'working-day';
  amount: number;
  dueOn: string;
  by: string;
}
const golden = JSON.parse(readFileSync(new URL('../fixtures/clocks.golden.json', import.meta.url), 'utf8')) as Golden[];
const calendar = createCalendar(holidayYears);
const clocks = new Map(
  complaintsLifecycles.flatMap(({ entity, clocks: own }) =>
    Object.entries(own).map(([name, clock]) => [`${entity.name}.${name}`, clock] as const),
  ),
);

describe('期限', () => {
  it.each(golden.map((row) => [`${row.clause}：${row.by}`, row] as const))('%s', (_by, row) => {
    const { rule } = clocks.get(`${row.record}.${row.clock}`)!;
    expect([rule.unit, rule.amount]).toEqual([row.unit, row.amount]);
    expect(computeDeadline(rule, row.startedOn, calendar).dueOn).toBe(row.dueOn);
  });

  it('每一种期限都在表里', () => {
    expect([...new Set(golden.map(({ record, clock }) => `${record}.${clock}`))].sort()).toEqual(
      [...clocks.keys()].sort(),
    );
  });
});
