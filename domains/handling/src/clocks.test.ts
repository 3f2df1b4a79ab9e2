import { readFileSync } from 'node:fs';
import { computeDeadline, createCalendar } from '@hengjian/calendar';
import { describe, expect, it } from 'vitest';
import { holidayYears } from '../../../data/holidays/index.ts';
import { handlingLifecycles } from './index.ts';

/** Dates counted by another route: a day-by-day count over the State Council's notices, outside this code; `by` says how. */
interface Golden {
  record: string;
  clock: string;
  clause: string;
  startedOn: string;
  unit: 'day' | 'working-day';
  amount: number | [number, number];
  opensOn?: string;
  dueOn: string;
  by: string;
}
const golden = JSON.parse(readFileSync(new URL('../fixtures/clocks.golden.json', import.meta.url), 'utf8')) as Golden[];
const calendar = createCalendar(holidayYears);
const clocks = new Map(
  handlingLifecycles.flatMap(({ entity, clocks: own }) =>
    Object.entries(own).map(([name, clock]) => [`${entity.name}.${name}`, clock] as const),
  ),
);

describe('期限', () => {
  it.each(golden.map((row) => [`${row.clause}：${row.by}`, row] as const))('%s', (_by, row) => {
    const { rule } = clocks.get(`${row.record}.${row.clock}`)!;
    expect([rule.unit, rule.until === undefined ? rule.amount : [rule.amount, rule.until]]).toEqual([
      row.unit,
      row.amount,
    ]);
    const { dueOn, opensOn } = computeDeadline(rule, row.startedOn, calendar);
    expect([opensOn, dueOn]).toEqual([row.opensOn ?? null, row.dueOn]);
  });

  it('每一种期限都在表里', () => {
    expect([...new Set(golden.map(({ record, clock }) => `${record}.${clock}`))].sort()).toEqual(
      [...clocks.keys()].sort(),
    );
  });
});
