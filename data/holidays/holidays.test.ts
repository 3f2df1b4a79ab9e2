import { createCalendar } from '@hengjian/calendar';
import { describe, expect, it } from 'vitest';
import { holidayYears } from './index.ts';

const calendar = createCalendar(holidayYears);

describe('the State Council calendars', () => {
  it('run from 2007 to 2027 without a gap', () => {
    expect(holidayYears.map((one) => one.year)).toEqual(Array.from({ length: 21 }, (_, index) => 2007 + index));
  });

  it('cite a notice for every year but 2027, which is not arranged yet', () => {
    expect(holidayYears.filter((one) => one.notices.length === 0).map((one) => one.year)).toEqual([2027]);
    expect(calendar.covers(2026)).toBe(true);
    expect(calendar.covers(2027)).toBe(false);
  });

  it('work only Saturdays and Sundays as make-up days', () => {
    const weekdays = holidayYears.flatMap((one) =>
      one.makeUpDays.map((day) => new Date(`${day.date}T00:00:00Z`).getUTCDay()),
    );
    expect(weekdays.filter((weekday) => weekday !== 0 && weekday !== 6)).toEqual([]);
  });

  it.each([
    // counted once more by a separate walk over the source files
    [2020, 249],
    [2023, 249],
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('give %i the number of working days that the notices leave', (year, days) => {
    expect(calendar.workingDaysBetween(`${year - 1}-12-31`, `${year}-12-31`).count).toBe(days);
  });

  it('know the make-up Saturday that the notice for 2012 put into December 2011', () => {
    expect(calendar.kindOf('2011-12-31')).toEqual({ kind: 'make-up', name: '元旦', provisional: false });
  });

  it('know that the epidemic took back the make-up Saturday of February 2020', () => {
    expect(calendar.kindOf('2020-02-01')).toEqual({ kind: 'holiday', name: '春节', provisional: false });
    expect(calendar.kindOf('2020-02-03').kind).toBe('working');
  });
});
