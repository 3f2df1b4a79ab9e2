import { describe, expect, it } from 'vitest';
import limits from '../fixtures/clocks.json' with { type: 'json' };
import fixture from '../fixtures/holidays.json' with { type: 'json' };
import { createCalendar } from './calendar.ts';
import { computeDeadline } from './deadline.ts';
import { latestStart } from './latest-start.ts';
import { daysLeft, statusOf } from './remaining.ts';
import type { ClockOptions, ClockRule } from './rule.ts';

const calendar = createCalendar(fixture.years);
const rule = (given: Partial<ClockRule> & Pick<ClockRule, 'unit' | 'amount'>): ClockRule => ({
  kind: 'within',
  basis: 'test',
  ...given,
});
const due = (given: ClockRule, starts: string, options?: ClockOptions): string | null =>
  computeDeadline(given, starts, calendar, options).dueOn;

interface Limit {
  readonly rule: ClockRule;
  readonly cases: readonly { starts: string; due?: string; opens?: string; dueAt?: string; dueByTheLetter?: string }[];
}

describe('the golden file of statutory limits', () => {
  it.each((limits.limits as readonly Limit[]).map((limit) => [limit.rule.id, limit] as const))('%s', (_, limit) => {
    for (const one of limit.cases) {
      const deadline = computeDeadline(limit.rule, one.starts, calendar);
      if (one.dueAt !== undefined) {
        expect(deadline.dueAt).toBe(one.dueAt);
        continue;
      }
      expect([deadline.opensOn, deadline.dueOn]).toEqual([one.opens ?? null, one.due ?? null]);
      expect(deadline.provisional).toBe(false);
      if (one.dueByTheLetter !== undefined) {
        expect(due({ ...limit.rule, rollForward: 'holiday' }, one.starts)).toBe(one.dueByTheLetter);
      }
    }
  });
});

describe('the fifteen days to object to a sampling result (order 18 arts 36 and 55)', () => {
  const objection = rule({ unit: 'day', amount: 15, basis: '《产品质量监督抽查管理暂行办法》第三十六条、第五十五条' });
  const byTheLetter: ClockRule = { ...objection, rollForward: 'holiday' };

  it('end on day 15, the day of receipt not counted', () => {
    expect(due(objection, '2026-03-02')).toBe('2026-03-17');
  });

  it('roll over National Day: received 18 September 2026, day 15 is 3 October, due 8 October', () => {
    expect(due(objection, '2026-09-18')).toBe('2026-10-08');
    expect(due(byTheLetter, '2026-09-18')).toBe('2026-10-08');
  });

  it('do not roll from the make-up Saturday 28 February 2026', () => {
    expect(due(objection, '2026-02-13')).toBe('2026-02-28');
  });

  it('roll from a plain Sunday in practice, not by the letter', () => {
    expect(due(objection, '2026-02-28')).toBe('2026-03-16');
    expect(due(byTheLetter, '2026-02-28')).toBe('2026-03-15');
  });
});

describe('suspension, extension, travel', () => {
  const licence = rule({ unit: 'working-day', amount: 20, basis: '《行政许可法》第四十二条' });
  const testing = { from: '2025-09-08', to: '2025-09-12', reason: '检验' };
  const hearing = { from: '2025-09-22', to: '2025-09-26', reason: '听证' };

  it('a licence accepted on 1 September 2025 is decided by the make-up Sunday of 28 September', () => {
    expect(due(licence, '2025-09-01')).toBe('2025-09-28');
  });

  it('is decided by 17 October when it was suspended twice for a week', () => {
    expect(due(licence, '2025-09-01', { suspensions: [hearing, testing] })).toBe('2025-10-17');
  });

  it('does not leave out the same day twice', () => {
    const again = { from: '2025-09-10', to: '2025-09-12', reason: '专家评审' };
    expect(due(licence, '2025-09-01', { suspensions: [testing, again, hearing] })).toBe('2025-10-17');
  });

  it('is not moved by a suspension after its end or before its start', () => {
    const early = { from: '2025-08-01', to: '2025-09-01', reason: '检验' };
    const late = { from: '2025-09-29', to: '2025-10-20', reason: '听证' };
    expect(due(licence, '2025-09-01', { suspensions: [early, late] })).toBe('2025-09-28');
  });

  it('ten working days more are counted on, day 21 being 29 September', () => {
    const extension = { amount: 10, unit: 'working-day', basis: '《行政许可法》第四十二条' } as const;
    // 29, 30 September; 9, 10, 11 (make-up), 13, 14, 15, 16, 17 October
    expect(due(licence, '2025-09-01', { extensions: [extension] })).toBe('2025-10-17');
  });

  it('thirty days more start from the unrolled end of the ninety', () => {
    const decision = rule({ unit: 'day', amount: 90, basis: '《市场监督管理行政处罚程序规定》第六十四条' });
    const extension = { amount: 30, unit: 'day', basis: '负责人批准' } as const;
    expect(due(decision, '2025-07-10')).toBe('2025-10-09'); // day 90 is the holiday of 8 October
    expect(due(decision, '2025-07-10', { extensions: [extension] })).toBe('2025-11-07'); // day 120
  });

  it('a suspension in a term of months moves its end by the days lost', () => {
    const court = rule({ unit: 'month', amount: 3 });
    expect(due(court, '2026-03-10')).toBe('2026-06-10');
    expect(due(court, '2026-03-10', { suspensions: [{ from: '2026-04-01', to: '2026-04-07', reason: '中止' }] })).toBe(
      '2026-06-17',
    );
  });

  it('a month more on three months keeps the day of the month', () => {
    const term = rule({ unit: 'month', amount: 3, rollForward: 'none' });
    const extension = { amount: 1, unit: 'month', basis: '延长' } as const;
    expect(due(term, '2025-11-30', { extensions: [extension] })).toBe('2026-03-30');
  });

  it('days in transit are added before the last day rolls', () => {
    const term = rule({ unit: 'day', amount: 10 });
    expect(due(term, '2026-03-02', { travelDays: 2 })).toBe('2026-03-16'); // 12 + 2 = Saturday the 14th
  });
});

describe('limits before a date', () => {
  it('count back: five working days before Monday 2 March 2026, the make-up Saturday among them', () => {
    expect(due(rule({ kind: 'before', unit: 'working-day', amount: 5 }), '2026-03-02')).toBe('2026-02-24');
  });

  it('stay where they fall, even inside a holiday', () => {
    expect(due(rule({ kind: 'before', unit: 'month', amount: 6 }), '2026-08-17')).toBe('2026-02-17');
    expect(due(rule({ kind: 'before', unit: 'month', amount: 1 }), '2026-03-31')).toBe('2026-02-28');
    expect(due(rule({ kind: 'before', unit: 'day', amount: 90 }), '2026-05-18')).toBe('2026-02-17');
  });

  it('of nothing end on the date itself', () => {
    expect(due(rule({ kind: 'before', unit: 'working-day', amount: 0 }), '2026-02-17')).toBe('2026-02-17');
  });
});

describe('opening and closing', () => {
  it('five working days of publicity from 25 September 2025 allow the decision on 10 October', () => {
    const publicity = rule({ kind: 'not-before', unit: 'working-day', amount: 5 });
    // 26, 28 (make-up), 29, 30 September, 9 October
    expect(computeDeadline(publicity, '2025-09-25', calendar)).toMatchObject({ opensOn: '2025-10-10', dueOn: null });
  });

  it('a second recheck falls after day 60 and up to day 90 of the announcement (order 18 art 48)', () => {
    const recheck = rule({ kind: 'window', unit: 'day', amount: 60, until: 90 });
    expect(computeDeadline(recheck, '2025-07-01', calendar)).toMatchObject({
      opensOn: '2025-08-31',
      dueOn: '2025-09-29',
    });
  });

  it('a second letter at an interval of 15 to 30 days may go out on day 15', () => {
    const letter = rule({ kind: 'window', unit: 'day', amount: 15, until: 30, opens: 'on-last-day' });
    expect(computeDeadline(letter, '2025-09-15', calendar)).toMatchObject({
      opensOn: '2025-09-30',
      dueOn: '2025-10-15',
    });
  });

  it('stage reports every three months do not drift at month ends', () => {
    const report = rule({ kind: 'recurring', unit: 'month', amount: 3 });
    expect(due(report, '2025-11-30')).toBe('2026-02-28'); // a make-up Saturday
    expect(due(report, '2025-11-30', { occurrence: 2 })).toBe('2026-06-01'); // 30 May is a Saturday
  });
});

describe('the first day', () => {
  it('counts only where the rule says so', () => {
    expect(due(rule({ unit: 'day', amount: 10, countFirstDay: true }), '2026-03-02')).toBe('2026-03-11');
    expect(due(rule({ unit: 'working-day', amount: 3, countFirstDay: true }), '2026-02-14')).toBe('2026-02-25');
    expect(due(rule({ unit: 'month', amount: 1, countFirstDay: true, rollForward: 'none' }), '2026-03-01')).toBe(
      '2026-03-31',
    );
    expect(due(rule({ unit: 'month', amount: 1, countFirstDay: true, rollForward: 'none' }), '2026-01-31')).toBe(
      '2026-02-28',
    );
    expect(due(rule({ kind: 'before', unit: 'day', amount: 10, countFirstDay: true }), '2026-03-11')).toBe(
      '2026-03-02',
    );
  });

  it('is the last one too when the limit is “at once”, moved to the next working day', () => {
    expect(due(rule({ unit: 'working-day', amount: 0 }), '2026-02-13')).toBe('2026-02-13');
    expect(due(rule({ unit: 'working-day', amount: 0 }), '2026-02-15')).toBe('2026-02-24');
  });
});

describe('hours', () => {
  const report = rule({ unit: 'hour', amount: 24 });

  it('run over midnight and through holidays', () => {
    const deadline = computeDeadline(report, '2024-02-09T22:30:00+08:00', calendar);
    expect(deadline).toMatchObject({ dueAt: '2024-02-10T22:30:00+08:00', dueOn: '2024-02-10', provisional: false });
    const accident = computeDeadline(rule({ unit: 'hour', amount: 2 }), '2026-09-30T15:30:00Z', calendar);
    expect(accident).toMatchObject({ dueAt: '2026-10-01T01:30:00+08:00', dueOn: '2026-10-01' });
  });

  it('start with the next full hour where the starting hour is not counted (order 2 art 80)', () => {
    const excluded = { ...report, excludeStartingHour: true };
    expect(computeDeadline(excluded, '2024-02-09T22:30:00+08:00', calendar).dueAt).toBe('2024-02-10T23:00:00+08:00');
    expect(computeDeadline(excluded, '2024-02-09T22:00:00+08:00', calendar).dueAt).toBe('2024-02-10T23:00:00+08:00');
  });

  it('stop and are extended like days', () => {
    const options = {
      suspensions: [{ from: '2024-02-10T06:00:00+08:00', to: '2024-02-10T09:00:00+08:00', reason: '封路' }],
      extensions: [{ amount: 12, unit: 'hour', basis: '批准' }],
    } as const;
    expect(computeDeadline(report, '2024-02-09T22:30:00+08:00', calendar, options).dueAt).toBe(
      '2024-02-11T13:30:00+08:00',
    );
  });
});

describe('years without a notice', () => {
  it('make working days and rolling provisional, and name the year', () => {
    const deadline = computeDeadline(rule({ unit: 'working-day', amount: 20 }), '2026-12-15', calendar);
    expect(deadline).toMatchObject({ dueOn: '2027-01-12', provisional: { years: [2027] } });
    expect(computeDeadline(rule({ unit: 'day', amount: 30 }), '2026-12-15', calendar).provisional).toEqual({
      years: [2027],
    });
    expect(computeDeadline(rule({ unit: 'working-day', amount: 5 }), '2026-12-24', calendar).provisional).toEqual({
      years: [2027],
    });
  });

  it('do not touch limits that ask no calendar', () => {
    expect(
      computeDeadline(rule({ unit: 'day', amount: 30, rollForward: 'none' }), '2026-12-15', calendar).provisional,
    ).toBe(false);
    expect(computeDeadline(rule({ unit: 'working-day', amount: 5 }), '2026-12-15', calendar).provisional).toBe(false);
  });
});

describe('what is left', () => {
  const working = computeDeadline(rule({ unit: 'working-day', amount: 7 }), '2026-02-06', calendar);

  it('is counted in the rule’s unit', () => {
    // 9 to 13 February, the make-up Saturday, then Spring Festival until the 23rd
    expect(working.dueOn).toBe('2026-02-24');
    expect(daysLeft(working, '2026-02-06', calendar)).toBe(7);
    expect(daysLeft(working, '2026-02-15', calendar)).toBe(1);
    expect(daysLeft(working, '2026-02-24', calendar)).toBe(0);
    expect(daysLeft(working, '2026-02-26', calendar)).toBe(-2);
  });

  it('is negative on the Saturday after a Friday deadline', () => {
    const friday = computeDeadline(rule({ unit: 'working-day', amount: 5 }), '2026-03-06', calendar);
    expect(daysLeft(friday, '2026-03-14', calendar)).toBe(-1);
    expect(statusOf(friday, '2026-03-14', calendar)).toBe('overdue');
  });

  it('goes from running to due soon to overdue', () => {
    expect(statusOf(working, '2026-02-06', calendar)).toBe('running');
    expect(statusOf(working, '2026-02-13', calendar)).toBe('due-soon');
    expect(statusOf(working, '2026-02-13', calendar, 1)).toBe('running');
    expect(statusOf(working, '2026-02-25', calendar)).toBe('overdue');
  });

  it('in hours is rounded down, and late by a minute is late', () => {
    const hours = computeDeadline(rule({ unit: 'hour', amount: 24 }), '2024-02-09T22:30:00+08:00', calendar);
    expect(daysLeft(hours, '2024-02-10T00:00:00+08:00', calendar)).toBe(22);
    expect(daysLeft(hours, '2024-02-10T22:30:00+08:00', calendar)).toBe(0);
    expect(statusOf(hours, '2024-02-10T22:31:00+08:00', calendar)).toBe('overdue');
  });

  it('of a publicity period is the time until it has run', () => {
    const publicity = computeDeadline(rule({ kind: 'not-before', unit: 'day', amount: 30 }), '2026-03-02', calendar);
    expect(publicity.opensOn).toBe('2026-04-02');
    expect(daysLeft(publicity, '2026-04-01', calendar)).toBe(1);
    expect(daysLeft(publicity, '2026-06-01', calendar)).toBe(0);
    expect(statusOf(publicity, '2026-06-01', calendar)).toBe('running');
  });
});

describe('the latest start', () => {
  it('that still meets a date', () => {
    expect(latestStart(rule({ unit: 'working-day', amount: 7 }), '2024-02-18', calendar)).toBe('2024-02-03');
    expect(latestStart(rule({ unit: 'day', amount: 15 }), '2026-10-08', calendar)).toBe('2026-09-23');
    expect(latestStart(rule({ kind: 'not-before', unit: 'working-day', amount: 5 }), '2025-10-10', calendar)).toBe(
      '2025-09-25',
    );
    expect(latestStart(rule({ kind: 'before', unit: 'month', amount: 1 }), '2026-02-28', calendar)).toBe('2026-03-31');
  });

  it('in hours is an instant', () => {
    const report = rule({ unit: 'hour', amount: 24 });
    expect(latestStart(report, '2024-02-10T22:30:00+08:00', calendar)).toBe('2024-02-09T22:30:00+08:00');
    expect(latestStart({ ...report, excludeStartingHour: true }, '2024-02-10T22:30:00+08:00', calendar)).toBe(
      '2024-02-09T21:59:59.999+08:00',
    );
  });
});

describe('what is refused', () => {
  const refuse = (code: string, given: ClockRule, options?: ClockOptions, starts = '2026-03-02'): void => {
    expect(() => computeDeadline(given, starts, calendar, options)).toThrow(
      expect.objectContaining({
        name: 'CalendarError',
        code,
        zh: expect.stringMatching(/。$/),
        en: expect.stringMatching(/\.$/),
      }),
    );
  };
  const days = rule({ unit: 'day', amount: 15 });

  it('rules that make no sense', () => {
    refuse('negative-amount', rule({ unit: 'day', amount: -1 }));
    refuse('negative-amount', rule({ kind: 'recurring', unit: 'month', amount: 0 }));
    refuse('out-of-range', rule({ unit: 'working-day', amount: 1e9 }));
    refuse('amount-not-whole', rule({ unit: 'hour', amount: 1.5 }), undefined, '2026-03-02T08:00:00+08:00');
    refuse('window-without-end', rule({ kind: 'window', unit: 'day', amount: 60 }));
    refuse('window-ends-before-it-opens', rule({ kind: 'window', unit: 'day', amount: 60, until: 30 }));
    refuse('before-limit-does-not-roll', rule({ kind: 'before', unit: 'day', amount: 30, rollForward: 'holiday' }));
    refuse(
      'hours-do-not-roll',
      rule({ unit: 'hour', amount: 24, rollForward: 'holiday' }),
      undefined,
      '2026-03-02T08:00:00+08:00',
    );
  });

  it('impossible dates and options', () => {
    refuse('impossible-date', days, undefined, '2026-02-29');
    refuse('impossible-instant', rule({ unit: 'hour', amount: 24 }));
    refuse('end-before-start', days, { suspensions: [{ from: '2026-03-05', to: '2026-03-04', reason: '检验' }] });
    refuse('negative-amount', days, { travelDays: -1 });
    refuse('negative-amount', days, { extensions: [{ amount: -5, unit: 'day', basis: '批准' }] });
    refuse('unit-mismatch', days, { extensions: [{ amount: 5, unit: 'hour', basis: '批准' }] });
    refuse('before-limit-does-not-stop', rule({ kind: 'before', unit: 'day', amount: 30 }), { travelDays: 3 });
  });
});
