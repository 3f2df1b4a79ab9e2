import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, formatDate, parseDate, weekdayOf, yearOf } from './days.ts';
import { chinaDateOf, formatInstant, parseInstant } from './instants.ts';

const DAY = 86_400_000;

describe('dates', () => {
  it('agree with the platform calendar on every day from 1900 to 2150', () => {
    const last = parseDate('2150-12-31');
    for (let day = parseDate('1900-01-01'); day <= last; day += 1) {
      const date = new Date(day * DAY);
      const text = date.toISOString().slice(0, 10);
      if (formatDate(day) !== text || parseDate(text) !== day) throw new Error(text);
      if (weekdayOf(day) !== (date.getUTCDay() + 6) % 7 || yearOf(day) !== date.getUTCFullYear()) throw new Error(text);
    }
    expect(formatDate(0)).toBe('1970-01-01');
  });

  it.each([
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '2024-1-01',
    '2024/01/01',
    '2024-01-01T00',
    '',
    '二〇二四年',
  ])('refuse the impossible %s', (date) => {
    expect(() => parseDate(date)).toThrow(expect.objectContaining({ code: 'impossible-date' }));
  });

  it('refuse years outside 1900 to 9999', () => {
    expect(() => parseDate('1899-12-31')).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    expect(() => formatDate(parseDate('9999-12-31') + 1)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });

  it('find the corresponding day of another month, or its last day', () => {
    const shifted = (date: string, months: number): string => formatDate(addMonths(parseDate(date), months).day);
    expect(shifted('2026-01-31', 1)).toBe('2026-02-28');
    expect(shifted('2024-01-31', 1)).toBe('2024-02-29');
    expect(shifted('2024-02-29', 12)).toBe('2025-02-28');
    expect(shifted('2026-03-31', -1)).toBe('2026-02-28');
    expect(shifted('2026-01-15', -13)).toBe('2024-12-15');
  });
});

describe('instants', () => {
  it('are read with their offset and written on China’s clock', () => {
    expect(formatInstant(parseInstant('2024-02-09T16:30:00Z'))).toBe('2024-02-10T00:30:00+08:00');
    expect(formatInstant(parseInstant('2024-02-09T22:30+08:00'))).toBe('2024-02-09T22:30:00+08:00');
    expect(formatInstant(parseInstant('2024-02-09T08:30:00.5-06:00'))).toBe('2024-02-09T22:30:00.500+08:00');
    expect(chinaDateOf('2026-12-31T16:00:00Z')).toBe('2027-01-01');
  });

  it('agree with the platform’s own reading', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1992-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString();
          expect(parseInstant(text)).toBe(date.getTime());
          expect(parseInstant(formatInstant(date.getTime()))).toBe(date.getTime());
        },
      ),
    );
  });

  it.each([
    '2024-02-09T22:30:00',
    '2024-02-30T00:00:00Z',
    '2024-02-09T24:00:00Z',
    '2024-02-09',
    '2024-02-09T10:60:00Z',
  ])('refuse %s', (text) => {
    expect(() => parseInstant(text)).toThrow(expect.objectContaining({ code: 'impossible-instant' }));
  });

  it('refuse the years in which China kept summer time', () => {
    expect(() => parseInstant('1991-07-01T00:00:00+08:00')).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});
