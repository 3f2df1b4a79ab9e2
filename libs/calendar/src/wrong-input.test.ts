import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as calendars from './index.ts';

type Arguments = fc.Arbitrary<readonly unknown[]>;

const { createCalendar } = calendars;
const notice = {
  year: 2026,
  notices: ['https://example.gov.cn/2026'],
  holidays: [{ name: '国庆节', from: '2026-10-01', to: '2026-10-07' }],
  makeUpDays: [{ name: '国庆节', date: '2026-10-10' }],
};
const calendar = createCalendar([notice]);

const date = fc.oneof(
  fc.constantFrom('2026-09-28', '2026-02-30', '2026-13-01', '0000-01-01', '9999-12-31', '', '2026-9-1', '20260928'),
  fc.string({ maxLength: 12 }),
  fc
    .date({ min: new Date('2025-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
);
const instant = fc.oneof(
  date,
  fc.constantFrom('2026-09-28T15:30+08:00', '2026-09-28T15:30:00Z', '2026-09-28T25:30+08:00', '2026-09-28 15:30'),
);
const number = fc.oneof(
  fc.integer({ min: -3, max: 40 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0.5, -0, 1e12, 100_001),
);
const unit = fc.constantFrom('hour', 'working-day', 'day', 'month', 'year', 'days', 'constructor');
const rule = fc.record(
  {
    kind: fc.constantFrom('within', 'before', 'not-before', 'window', 'recurring', 'after'),
    unit,
    amount: number,
    basis: fc.constant(''),
    until: number,
    countFirstDay: fc.boolean(),
    excludeStartingHour: fc.boolean(),
    rollForward: fc.constantFrom('none', 'holiday', 'holiday-and-weekend', 'weekend'),
    opens: fc.constantFrom('after-term', 'on-last-day'),
  },
  { requiredKeys: ['kind', 'unit', 'amount', 'basis'] },
);
const options = fc.record(
  {
    suspensions: fc.array(fc.record({ from: instant, to: instant, reason: fc.constant('检验') }), { maxLength: 2 }),
    extensions: fc.array(fc.record({ amount: number, unit, basis: fc.constant('') }), { maxLength: 2 }),
    travelDays: number,
    occurrence: number,
  },
  { requiredKeys: [] },
);
const deadline = fc
  .constantFrom('day', 'working-day', 'hour')
  .map((of) =>
    calendars.computeDeadline(
      { kind: 'within', unit: of as 'day', amount: 5, basis: '' },
      of === 'hour' ? '2026-09-28T15:30+08:00' : '2026-09-28',
      calendar,
    ),
  );
const holidayYear = fc.record({
  year: number,
  notices: fc.array(fc.string(), { maxLength: 1 }),
  holidays: fc.array(fc.record({ name: fc.string(), from: date, to: date }), { maxLength: 2 }),
  makeUpDays: fc.array(fc.record({ name: fc.string(), date }), { maxLength: 2 }),
});

/** What each exported function is called with: arguments of the declared types, and whatever can stand in them. */
const calls: Readonly<Record<string, Arguments>> = {
  chinaDateOf: fc.tuple(instant),
  computeDeadline: fc.tuple(rule, instant, fc.constant(calendar), options),
  createCalendar: fc.tuple(fc.array(fc.oneof(holidayYear, fc.constant(notice)), { maxLength: 3 })),
  daysLeft: fc.tuple(deadline, instant, fc.constant(calendar)),
  englishHolidayName: fc.tuple(fc.string()),
  explainDeadline: fc.tuple(rule, instant, fc.constant(calendar), options),
  latestStart: fc.tuple(rule, instant, fc.constant(calendar)),
  statusOf: fc.tuple(deadline, instant, fc.constant(calendar)),
  summarise: fc.tuple(
    fc.constant(
      calendars.explainDeadline({ kind: 'within', unit: 'day', amount: 9, basis: '' }, '2026-09-28', calendar),
    ),
  ),
};

const functions = Object.entries<unknown>({ ...calendars }).filter(
  (entry): entry is [string, (...given: never[]) => unknown] =>
    typeof entry[1] === 'function' && entry[0] !== 'CalendarError',
);

function soundness(value: unknown): void {
  const found = unsound(value);
  if (found !== undefined) throw new Error(`unsound: ${found}`);
}

function unsound(value: unknown): string | undefined {
  if (value === undefined || Number.isNaN(value)) return String(value);
  if (typeof value === 'string') return /\b(?:NaN|undefined)\b/.exec(value)?.[0];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, part] of Object.entries(value)) {
    // What stands there may be anything; it is repeated as it is.
    const fault = name === 'found' ? undefined : unsound(part);
    if (fault !== undefined) return `${name}: ${fault}`;
  }
  return undefined;
}

function tryCall(call: (...all: readonly unknown[]) => unknown, given: readonly unknown[]): void {
  try {
    const answer = call(...given);
    soundness(answer);
  } catch (error) {
    if (!(error instanceof calendars.CalendarError)) throw error;
    expect(error.code).toMatch(/^[a-z-]+$/);
    expect(error.zh && error.en).toBeTruthy();
  }
}

describe('wrong input', () => {
  it('is tried on every exported function', () => {
    expect(functions.map(([name]) => name).sort()).toEqual(Object.keys(calls).sort());
  });

  it.each(functions)('%s answers soundly or throws its typed error', (name, call) => {
    fc.assert(
      fc.property(calls[name]!, (given) => tryCall(call as never, given)),
      { numRuns: 100, seed: 11 },
    );
  });

  it.each([
    ['isWorkingDay', fc.tuple(date)],
    ['kindOf', fc.tuple(date)],
    ['addWorkingDays', fc.tuple(date, number)],
    ['workingDaysBetween', fc.tuple(date, date)],
    ['covers', fc.tuple(number)],
  ] as const)('a calendar’s %s does the same', (name, given) => {
    const method = calendar[name].bind(calendar) as never;
    fc.assert(
      fc.property(given as Arguments, (all) => tryCall(method, all)),
      { numRuns: 100, seed: 13 },
    );
  });
});
