import { CalendarError } from './errors.ts';

/** Days since 1970-01-01, a Thursday. All arithmetic runs on these; `Date` objects are never made. */
export type DayNumber = number;

const FIRST_YEAR = 1900;
const LAST_YEAR = 9999;
const MONDAY = -3;

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
const DAYS_BEFORE_MONTH_LEAP = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366];
const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysBeforeMonth(year: number): readonly number[] {
  return isLeap(year) ? DAYS_BEFORE_MONTH_LEAP : DAYS_BEFORE_MONTH;
}

/** Day number of 1 January: 365 days a year and one more for every leap day passed since 1970. */
export function firstDayOfYear(year: number): DayNumber {
  return (
    365 * (year - 1970) +
    Math.floor((year - 1969) / 4) -
    Math.floor((year - 1901) / 100) +
    Math.floor((year - 1601) / 400)
  );
}

/** Day number of a date whose parts are known to be possible. */
export function dayNumberOf(year: number, month: number, day: number): DayNumber {
  return firstDayOfYear(year) + daysBeforeMonth(year)[month - 1]! + day - 1;
}

export function daysInMonth(year: number, month: number): number {
  const before = daysBeforeMonth(year);
  return before[month]! - before[month - 1]!;
}

/** The civil year a day number lies in. */
export function yearOf(day: DayNumber): number {
  let year = 1970 + Math.floor(day / 365.2425);
  while (firstDayOfYear(year) > day) year -= 1;
  while (firstDayOfYear(year + 1) <= day) year += 1;
  return year;
}

export function partsOf(day: DayNumber): { year: number; month: number; dayOfMonth: number } {
  const year = yearOf(day);
  const before = daysBeforeMonth(year);
  const dayOfYear = day - firstDayOfYear(year);
  let month = Math.floor(dayOfYear / 31) + 1;
  if (before[month]! <= dayOfYear) month += 1;
  return { year, month, dayOfMonth: dayOfYear - before[month - 1]! + 1 };
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: DayNumber): number {
  return (((day - MONDAY) % 7) + 7) % 7;
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function impossibleDate(date: string): CalendarError {
  return new CalendarError(
    'impossible-date',
    `“${date}”不是有效日期，应为 YYYY-MM-DD。`,
    `"${date}" is not a possible date; write YYYY-MM-DD.`,
  );
}

/**
 * Day number of a 'YYYY-MM-DD' date.
 * @throws CalendarError `impossible-date` for anything else (2023-02-29 included), `out-of-range` before 1900.
 */
export function parseDate(date: string): DayNumber {
  if (typeof date !== 'string' || date.length !== 10 || date[4] !== '-' || date[7] !== '-') {
    throw impossibleDate(String(date));
  }
  const year = digits(date, 0, 4);
  const month = digits(date, 5, 7);
  const day = digits(date, 8, 10);
  if (!(month >= 1 && month <= 12 && day >= 1 && year >= 0) || day > daysInMonth(year, month)) {
    throw impossibleDate(date);
  }
  if (year < FIRST_YEAR) {
    throw new CalendarError('out-of-range', `${date} 早于 1900 年。`, `${date} lies before the year 1900.`);
  }
  return dayNumberOf(year, month, day);
}

/** @throws CalendarError `out-of-range` outside 1900 to 9999. */
export function formatDate(day: DayNumber): string {
  const { year, month, dayOfMonth } = partsOf(day);
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) {
    throw new CalendarError(
      'out-of-range',
      '计算结果超出 1900 年至 9999 年。',
      'The result lies outside the years 1900 to 9999.',
    );
  }
  return `${year}-${TWO_DIGITS[month]}-${TWO_DIGITS[dayOfMonth]}`;
}

/**
 * The corresponding day `months` later (or earlier, when negative): same day of the month, or the month's last day where the
 * month has no such day (`clamped`).
 */
export function addMonths(day: DayNumber, months: number): { day: DayNumber; clamped: boolean } {
  const { year, month, dayOfMonth } = partsOf(day);
  const total = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(total / 12);
  const targetMonth = total - targetYear * 12 + 1;
  const last = daysInMonth(targetYear, targetMonth);
  return { day: dayNumberOf(targetYear, targetMonth, Math.min(dayOfMonth, last)), clamped: dayOfMonth > last };
}
