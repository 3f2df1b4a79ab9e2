import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fixture from '../fixtures/holidays.json' with { type: 'json' };
import { createCalendar } from './calendar.ts';
import { formatDate, parseDate } from './days.ts';
import type { HolidayYear } from './holidays.ts';

const years: readonly HolidayYear[] = fixture.years;
const calendar = createCalendar(years);

const anyDate = fc.integer({ min: parseDate('2010-01-01'), max: parseDate('2034-12-31') }).map(formatDate);

describe('a day', () => {
  it.each([
    ['2024-02-09', 'working', undefined], // New Year's Eve of 2024 was not in the notice
    ['2024-02-10', 'holiday', '春节'],
    ['2024-02-18', 'make-up', '春节'], // a Sunday
    ['2024-02-25', 'weekend', undefined],
    ['2025-10-06', 'holiday', '国庆节、中秋节'],
    ['2025-10-11', 'make-up', '国庆节、中秋节'], // a Saturday
    ['2018-12-31', 'holiday', '元旦'], // arranged by the notice for 2019
  ])('%s is %s', (date, kind, name) => {
    expect(calendar.kindOf(date)).toEqual(
      name === undefined ? { kind, provisional: false } : { kind, name, provisional: false },
    );
  });

  it('in a year without notice is read Monday to Friday, and says so', () => {
    expect(calendar.covers(2027)).toBe(false);
    expect(calendar.kindOf('2027-10-01')).toEqual({ kind: 'working', provisional: { years: [2027] } });
    expect(calendar.kindOf('2027-10-02')).toEqual({ kind: 'weekend', provisional: { years: [2027] } });
    expect(calendar.isWorkingDay('2027-10-01')).toBe(true);
  });

  it('from 29 December on also rests on the next notice', () => {
    expect(calendar.kindOf('2026-12-28').provisional).toBe(false);
    expect(calendar.kindOf('2026-12-29').provisional).toEqual({ years: [2027] });
    expect(calendar.kindOf('2027-12-30').provisional).toEqual({ years: [2027, 2028] });
  });
});

describe('counting working days', () => {
  it('jumps Spring Festival 2024 and counts its make-up Sundays', () => {
    expect(calendar.addWorkingDays('2024-02-02', 5)).toEqual({ date: '2024-02-08', provisional: false });
    expect(calendar.addWorkingDays('2024-02-02', 7)).toEqual({ date: '2024-02-18', provisional: false });
    expect(calendar.addWorkingDays('2024-02-18', -7).date).toBe('2024-02-02');
    expect(calendar.workingDaysBetween('2024-02-02', '2024-02-18')).toEqual({ count: 7, provisional: false });
  });

  it('leaves a date alone when nothing is added', () => {
    expect(calendar.addWorkingDays('2027-10-02', 0)).toEqual({ date: '2027-10-02', provisional: false });
  });

  it('names every year without notice that it passed', () => {
    expect(calendar.addWorkingDays('2026-12-01', 300).provisional).toEqual({ years: [2027, 2028] });
    expect(calendar.workingDaysBetween('2017-12-01', '2018-03-01').provisional).toEqual({ years: [2017] });
  });

  it('agrees with walking from day to day, also outside the years given', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -400, max: 400 }), (date, days) => {
        let day = parseDate(date);
        for (let left = Math.abs(days); left > 0; ) {
          day += Math.sign(days);
          if (calendar.isWorkingDay(formatDate(day))) left -= 1;
        }
        expect(calendar.addWorkingDays(date, days).date).toBe(formatDate(day));
      }),
    );
  });

  it('is additive, and the inverse of adding', () => {
    fc.assert(
      fc.property(anyDate, fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 300 }), (date, first, second, days) => {
        const middle = formatDate(parseDate(date) + first);
        const end = formatDate(parseDate(date) + first + second);
        const count = (from: string, to: string): number => calendar.workingDaysBetween(from, to).count;
        expect(count(date, middle) + count(middle, end)).toBe(count(date, end));
        expect(count(date, calendar.addWorkingDays(date, days).date)).toBe(days);
        const halfway = calendar.addWorkingDays(date, first).date;
        expect(calendar.addWorkingDays(halfway, days).date).toBe(calendar.addWorkingDays(date, first + days).date);
      }),
    );
  });

  it('works without any notice', () => {
    const bare = createCalendar([]);
    expect(bare.addWorkingDays('2024-02-09', 1)).toEqual({ date: '2024-02-12', provisional: { years: [2024] } });
  });
});

describe('what is refused', () => {
  const code = (expected: string): unknown => expect.objectContaining({ name: 'CalendarError', code: expected });
  const year = (given: Partial<HolidayYear>): HolidayYear => ({
    year: 2026,
    notices: ['x'],
    holidays: [],
    makeUpDays: [],
    ...given,
  });

  it('an end before the start, a fraction of a day, a result after the year 9999', () => {
    expect(() => calendar.addWorkingDays('2024-02-02', 1e12)).toThrow(code('out-of-range'));
    expect(() => calendar.workingDaysBetween('2024-02-02', '2024-02-01')).toThrow(code('end-before-start'));
    expect(() => calendar.addWorkingDays('2024-02-02', 1.5)).toThrow(code('amount-not-whole'));
  });

  it('a year twice, a day both off and worked, a date of another time, a holiday that ends before it starts', () => {
    expect(() => createCalendar([year({}), year({})])).toThrow(code('duplicate-year'));
    const off = { name: '春节', from: '2026-02-14', to: '2026-02-16' };
    const worked = { name: '春节', date: '2026-02-14' };
    expect(() => createCalendar([year({ holidays: [off], makeUpDays: [worked] })])).toThrow(
      code('conflicting-notices'),
    );
    expect(() => createCalendar([year({ makeUpDays: [{ name: '春节', date: '2024-02-18' }] })])).toThrow(
      code('notice-date-outside-year'),
    );
    expect(() => createCalendar([year({ holidays: [{ ...off, to: '2026-02-13' }] })])).toThrow(
      code('end-before-start'),
    );
  });
});
