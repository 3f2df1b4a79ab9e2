import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fixture from '../fixtures/holidays.json' with { type: 'json' };
import { createCalendar } from './calendar.ts';
import { formatDate, parseDate } from './days.ts';
import { computeDeadline } from './deadline.ts';
import { explainDeadline, type Step } from './explain.ts';
import { latestStart } from './latest-start.ts';
import type { ClockOptions, ClockRule, ClockUnit } from './rule.ts';
import { summarise } from './summarise.ts';

const calendar = createCalendar(fixture.years);
const print = (steps: readonly Step[], language: 'zh' | 'en'): string[] =>
  summarise(steps).map((line) => `${line.from}${line.to === line.from ? '' : `–${line.to}`} ${line[language]}`);

describe('the printed arithmetic', () => {
  const objection: ClockRule = {
    kind: 'within',
    unit: 'day',
    amount: 15,
    basis: '《产品质量监督抽查管理暂行办法》第三十六条',
  };

  it('shows the fifteen days of an objection one by one', () => {
    const steps = explainDeadline(objection, '2026-09-18', calendar);
    expect(steps.map((step) => [step.date, step.kind, step.count])).toEqual([
      ['2026-09-18', 'start', null],
      ['2026-09-19', 'counted', 1],
      ['2026-09-20', 'counted', 2],
      ['2026-09-21', 'counted', 3],
      ['2026-09-22', 'counted', 4],
      ['2026-09-23', 'counted', 5],
      ['2026-09-24', 'counted', 6],
      ['2026-09-25', 'counted', 7],
      ['2026-09-26', 'counted', 8],
      ['2026-09-27', 'counted', 9],
      ['2026-09-28', 'counted', 10],
      ['2026-09-29', 'counted', 11],
      ['2026-09-30', 'counted', 12],
      ['2026-10-01', 'counted', 13],
      ['2026-10-02', 'counted', 14],
      ['2026-10-03', 'counted', 15],
      ['2026-10-03', 'rolled', null],
      ['2026-10-04', 'rolled', null],
      ['2026-10-05', 'rolled', null],
      ['2026-10-06', 'rolled', null],
      ['2026-10-07', 'rolled', null],
      ['2026-10-08', 'due', null],
    ]);
    expect(print(steps, 'zh')).toEqual([
      '2026-09-18 开始当日，不计入',
      '2026-09-19–2026-10-03 第1—15日',
      '2026-10-03–2026-10-07 届满日逢国庆节，顺延',
      '2026-10-08 期限届满',
    ]);
  });

  it('says of every day off why it does not count, and of a make-up day that it does', () => {
    const licence: ClockRule = { kind: 'within', unit: 'working-day', amount: 10, basis: '《行政许可法》第四十四条' };
    const suspensions = [{ from: '2026-02-25', to: '2026-02-26', reason: '检验' }];
    const steps = explainDeadline(licence, '2026-02-06', calendar, { suspensions });
    expect(print(steps, 'zh')).toEqual([
      '2026-02-06 开始当日，不计入',
      '2026-02-07–2026-02-08 周末，不计入',
      '2026-02-09–2026-02-13 第1—5个工作日',
      '2026-02-14 第6个工作日（春节调休上班）',
      '2026-02-15–2026-02-23 法定节假日（春节），不计入',
      '2026-02-24 第7个工作日',
      '2026-02-25–2026-02-26 中止（检验），不计入',
      '2026-02-27 第8个工作日',
      '2026-02-28 第9个工作日（春节调休上班）',
      '2026-03-01 周末，不计入',
      '2026-03-02 第10个工作日',
      '2026-03-02 期限届满',
    ]);
    expect(print(steps, 'en').slice(3, 5)).toEqual([
      '2026-02-14 working day 6 (make-up day for Spring Festival)',
      '2026-02-15–2026-02-23 public holiday (Spring Festival), not counted',
    ]);
  });

  it('names extensions with their basis, days in transit and missing month days', () => {
    const term: ClockRule = { kind: 'within', unit: 'month', amount: 1, basis: '办法' };
    const options: ClockOptions = {
      extensions: [{ amount: 2, unit: 'working-day', basis: '负责人批准' }],
      travelDays: 1,
    };
    expect(print(explainDeadline(term, '2026-01-31', calendar, options), 'en')).toEqual([
      '2026-01-31 starting day, not counted',
      '2026-02-28 end of 1 month (no such day in that month: its last day)',
      '2026-02-28 extended by 2 working days (负责人批准)',
      '2026-03-01 weekend, not counted',
      '2026-03-02–2026-03-03 working days 1 to 2',
      '2026-03-04 in transit, not counted',
      '2026-03-04 last day',
    ]);
  });

  it('counts back from a named date', () => {
    const notice: ClockRule = { kind: 'before', unit: 'working-day', amount: 5, basis: '办法' };
    expect(print(explainDeadline(notice, '2026-03-02', calendar), 'zh')).toEqual([
      '2026-03-02 指定日期，不计入，自前一日倒推',
      '2026-03-01 周末，不计入',
      '2026-02-28 第1个工作日（春节调休上班）',
      '2026-02-24–2026-02-27 第2—5个工作日',
      '2026-02-24 期限届满',
    ]);
  });

  it('marks the days of a year without notice', () => {
    const term: ClockRule = { kind: 'within', unit: 'working-day', amount: 2, basis: '办法' };
    expect(print(explainDeadline(term, '2026-12-30', calendar), 'zh').slice(1, 3)).toEqual([
      '2026-12-31–2027-01-01 第1—2个工作日（该年度放假安排尚未公布，暂按周一至周五为工作日）',
      '2027-01-01 期限届满（该年度放假安排尚未公布，暂按周一至周五为工作日）',
    ]);
  });

  it('shows the opening of a window on its day', () => {
    const recheck: ClockRule = { kind: 'window', unit: 'day', amount: 60, until: 90, basis: '办法' };
    const steps = explainDeadline(recheck, '2025-07-01', calendar);
    expect(steps.filter((step) => step.kind === 'opens').map((step) => step.date)).toEqual(['2025-08-31']);
    expect(print(steps, 'zh')).toEqual([
      '2025-07-01 开始当日，不计入',
      '2025-07-02–2025-08-30 第1—60日',
      '2025-08-31 自此可以办理',
      '2025-08-31–2025-09-29 第61—90日',
      '2025-09-29 期限届满',
    ]);
  });

  it('of hours shows the moments', () => {
    const report: ClockRule = { kind: 'within', unit: 'hour', amount: 24, excludeStartingHour: true, basis: '办法' };
    const steps = explainDeadline(report, '2024-02-09T22:30:00+08:00', calendar, {
      suspensions: [{ from: '2024-02-10T06:00:00+08:00', to: '2024-02-10T09:00:00+08:00', reason: '封路' }],
    });
    expect(steps.map((step) => [step.at, step.kind])).toEqual([
      ['2024-02-09T22:30:00+08:00', 'start'],
      ['2024-02-10T06:00:00+08:00', 'suspended'],
      ['2024-02-11T02:00:00+08:00', 'term'],
      ['2024-02-11T02:00:00+08:00', 'due'],
    ]);
    expect(summarise(steps)[1]).toMatchObject({ zh: '中止（至2024-02-10T09:00:00+08:00，封路），不计入' });
  });
});

const origin = parseDate('2018-06-01');
const anyDate = fc.integer({ min: origin, max: parseDate('2028-06-01') }).map(formatDate);
const unit = fc.constantFrom<ClockUnit>('working-day', 'day', 'month', 'year');
const suspension = fc
  .tuple(anyDate, fc.nat(40))
  .map(([from, length]) => ({ from, to: formatDate(parseDate(from) + length), reason: '检验' }));
const shortSuspension = fc.tuple(fc.nat(60), fc.nat(20)).map(([offset, length]) => ({ offset, length }));

const anyRule = fc
  .record({
    kind: fc.constantFrom<ClockRule['kind']>('within', 'before', 'not-before', 'window', 'recurring'),
    unit,
    amount: fc.integer({ min: 1, max: 40 }),
    countFirstDay: fc.boolean(),
    rollForward: fc.constantFrom<'none' | 'holiday' | 'holiday-and-weekend' | undefined>(
      'none',
      'holiday',
      'holiday-and-weekend',
      undefined,
    ),
    opens: fc.constantFrom<'after-term' | 'on-last-day'>('after-term', 'on-last-day'),
  })
  .map(({ rollForward, amount, ...given }): ClockRule => {
    const rule = { ...given, amount: given.unit === 'year' ? Math.ceil(amount / 10) : amount, basis: '办法' };
    const rolled = rollForward === undefined || rule.kind === 'before' ? rule : { ...rule, rollForward };
    return rule.kind === 'window' ? { ...rolled, until: rule.amount + 5 } : rolled;
  });

describe('for every rule', () => {
  it('the walk from day to day arrives where the look-up does', () => {
    const extension = fc.record({ amount: fc.nat(12), unit, basis: fc.constant('批准') });
    fc.assert(
      fc.property(
        anyRule,
        anyDate,
        fc.array(shortSuspension, { maxLength: 3 }),
        fc.array(extension, { maxLength: 2 }),
        fc.nat(3),
        (rule, start, stops, extensions, travelDays) => {
          const suspensions = stops.map(({ offset, length }) => ({
            from: formatDate(parseDate(start) + offset),
            to: formatDate(parseDate(start) + offset + length),
            reason: '检验',
          }));
          const options: ClockOptions = rule.kind === 'before' ? {} : { suspensions, extensions, travelDays };
          const deadline = computeDeadline(rule, start, calendar, options);
          const steps = explainDeadline(rule, start, calendar, options);
          expect(steps.find((step) => step.kind === 'due')?.date ?? null).toBe(deadline.dueOn);
          expect(steps.find((step) => step.kind === 'opens')?.date ?? null).toBe(deadline.opensOn);
          const rolledOpening = rule.kind === 'not-before' && rule.rollForward !== undefined;
          if (!rolledOpening) expect(steps.some((step) => step.provisional)).toBe(deadline.provisional !== false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a later start never gives an earlier end', () => {
    fc.assert(
      fc.property(anyRule, anyDate, fc.nat(40), fc.nat(3), (rule, start, later, travelDays) => {
        const options: ClockOptions = rule.kind === 'before' ? {} : { travelDays };
        const early = computeDeadline(rule, start, calendar, options);
        const late = computeDeadline(rule, formatDate(parseDate(start) + later), calendar, options);
        if (early.dueOn !== null) expect(early.dueOn <= late.dueOn!).toBe(true);
        if (early.opensOn !== null) expect(early.opensOn <= late.opensOn!).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('in days and working days the same holds with suspensions', () => {
    const inDays = anyRule.filter(
      (rule) => rule.kind !== 'before' && (rule.unit === 'day' || rule.unit === 'working-day'),
    );
    fc.assert(
      fc.property(
        inDays,
        anyDate,
        fc.nat(40),
        fc.array(suspension, { maxLength: 4 }),
        (rule, start, later, suspensions) => {
          const early = computeDeadline(rule, start, calendar, { suspensions });
          const late = computeDeadline(rule, formatDate(parseDate(start) + later), calendar, { suspensions });
          expect((early.dueOn ?? early.opensOn)! <= (late.dueOn ?? late.opensOn)!).toBe(true);
        },
      ),
    );
  });

  it('the latest start is in time, and a day later is not', () => {
    fc.assert(
      fc.property(anyRule, anyDate, (rule, target) => {
        const end = (start: string): string => {
          const deadline = computeDeadline(rule, start, calendar);
          return (deadline.dueOn ?? deadline.opensOn)!;
        };
        const start = latestStart(rule, target, calendar);
        expect(end(start) <= target).toBe(true);
        expect(end(formatDate(parseDate(start) + 1)) > target).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('a limit before a date never leaves less time than the law asks for', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 60 }), (expiry, amount) => {
        const rule: ClockRule = { kind: 'before', unit: 'working-day', amount, basis: '办法' };
        const { dueOn } = computeDeadline(rule, expiry, calendar);
        const dayBefore = formatDate(parseDate(expiry) - 1);
        const between = calendar.workingDaysBetween(formatDate(parseDate(dueOn!) - 1), dayBefore).count;
        expect(between).toBe(amount);
      }),
    );
  });
});
