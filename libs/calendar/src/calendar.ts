import { type DayNumber, dayNumberOf, firstDayOfYear, formatDate, parseDate, weekdayOf, yearOf } from './days.ts';
import { CalendarError } from './errors.ts';
import type { HolidayYear } from './holidays.ts';

/** What a day is: an ordinary working day, a plain weekend, a day off of a notice, or a weekend day that is worked. */
export type DayKind = 'working' | 'weekend' | 'holiday' | 'make-up';

/** `false`, or the years whose notice is not issued: there Monday to Friday were taken as working days. */
export type Provisional = false | { readonly years: readonly number[] };

/** The same answers on day numbers (days since 1970-01-01), for clocks and other bulk work. */
export interface DayNumberCalendar {
  isWorking(day: DayNumber): boolean;
  kindOf(day: DayNumber): DayKind;
  /** Holiday or the holiday a make-up day pays for; undefined on other days. */
  nameOf(day: DayNumber): string | undefined;
  /** `count` working days after `day` (before it, when negative); `day` itself when 0. */
  addWorking(day: DayNumber, count: number): DayNumber;
  /** Working days after `from` up to and including `to`; `from` must not lie after `to`. */
  workingBetween(from: DayNumber, to: DayNumber): number;
  /** What an answer that looked at the days `from` to `to` rests on; nothing when `from` lies after `to`. */
  provisional(from: DayNumber, to: DayNumber): Provisional;
}

/** Working days by date. Dates are `YYYY-MM-DD`; years whose notice is missing are read Monday to Friday and marked. */
export interface Calendar {
  /** A plain boolean, so that it can stand in a condition; `kindOf` also says whether the answer is provisional. */
  isWorkingDay(date: string): boolean;
  kindOf(date: string): { readonly kind: DayKind; readonly name?: string; readonly provisional: Provisional };
  /**
   * The date `days` working days after `date` (which is not counted), before it when negative, the date itself when 0.
   * @throws CalendarError `impossible-date`, `amount-not-whole`
   */
  addWorkingDays(date: string, days: number): { readonly date: string; readonly provisional: Provisional };
  /**
   * Working days after `from` up to and including `to`.
   * @throws CalendarError `impossible-date`, `end-before-start`
   */
  workingDaysBetween(from: string, to: string): { readonly count: number; readonly provisional: Provisional };
  /** Whether the notice for a year is known. */
  covers(year: number): boolean;
  readonly dayNumbers: DayNumberCalendar;
}

/**
 * The notice for the next year has, at its earliest, rearranged 29 December (2007, 2018), so the last three days of a year are
 * certain only when the following notice is known too.
 */
const FIRST_DECEMBER_DAY_OF_NEXT_NOTICE = 29;

interface NamedDay {
  readonly kind: 'holiday' | 'make-up';
  readonly name: string;
}

function collect(years: readonly HolidayYear[]): {
  issued: ReadonlySet<number>;
  named: ReadonlyMap<DayNumber, NamedDay>;
} {
  const seen = new Set<number>();
  const issued = new Set<number>();
  const named = new Map<DayNumber, NamedDay>();
  const put = (year: number, day: DayNumber, entry: NamedDay): void => {
    if (Math.abs(yearOf(day) - year) > 1) {
      throw new CalendarError(
        'notice-date-outside-year',
        `${year} 年放假安排中出现 ${formatDate(day)}。`,
        `The arrangement for ${year} names ${formatDate(day)}.`,
      );
    }
    const earlier = named.get(day);
    if (earlier !== undefined && earlier.kind !== entry.kind) {
      throw new CalendarError(
        'conflicting-notices',
        `${formatDate(day)} 既被列为放假又被列为上班。`,
        `${formatDate(day)} is listed both as a day off and as a working day.`,
      );
    }
    named.set(day, entry);
  };
  for (const { year, notices, holidays, makeUpDays } of years) {
    if (!Number.isInteger(year) || year < EARLIEST_YEAR || year > LATEST_YEAR) throw impossibleYear(year);
    if (seen.has(year)) {
      throw new CalendarError('duplicate-year', `${year} 年的放假安排重复。`, `The year ${year} is given twice.`);
    }
    seen.add(year);
    if (notices.length > 0) issued.add(year);
    for (const { name, from, to } of holidays) {
      const last = parseDate(to);
      const first = parseDate(from);
      if (last < first) throw endBeforeStart(from, to);
      for (let day = first; day <= last; day += 1) put(year, day, { kind: 'holiday', name });
    }
    for (const { name, date } of makeUpDays) put(year, parseDate(date), { kind: 'make-up', name });
  }
  return { issued, named };
}

/** The table spans all years given, so one mistyped year must not stretch it over millennia. */
const EARLIEST_YEAR = 1900;
const LATEST_YEAR = 2200;

function impossibleYear(year: number): CalendarError {
  return new CalendarError(
    'out-of-range',
    `放假安排的年份应在 ${EARLIEST_YEAR} 至 ${LATEST_YEAR} 之间：${year}。`,
    `The year of an arrangement must lie between ${EARLIEST_YEAR} and ${LATEST_YEAR}: ${year}.`,
  );
}

/** The error for a range whose end lies before its start. */
export function endBeforeStart(from: string, to: string): CalendarError {
  return new CalendarError(
    'end-before-start',
    `结束日期 ${to} 早于开始日期 ${from}。`,
    `The end ${to} lies before the start ${from}.`,
  );
}

/** Mondays to Fridays from 1969-12-29 (a Monday) up to and including `day`; negative before it. */
function weekdaysUpTo(day: DayNumber): number {
  const weeks = Math.floor((day + 3) / 7);
  return weeks * 5 + Math.min(weekdayOf(day) + 1, 5);
}

/** The weekday that `weekdaysUpTo` numbers `count`. */
function weekdayNumbered(count: number): DayNumber {
  const weeks = Math.floor((count - 1) / 5);
  return weeks * 7 + (count - 1 - weeks * 5) - 3;
}

function buildDayNumbers(issued: ReadonlySet<number>, named: ReadonlyMap<DayNumber, NamedDay>): DayNumberCalendar {
  const days = [...named.keys()];
  const allYears = [...issued, ...days.map(yearOf)];
  const first = firstDayOfYear(Math.min(...allYears, 2000));
  const end = firstDayOfYear(Math.max(...allYears, 2000) + 1);

  const isWorkingInTable = (day: DayNumber): boolean => {
    const entry = named.get(day);
    return entry === undefined ? weekdayOf(day) < 5 : entry.kind === 'make-up';
  };
  const certain = (day: DayNumber): boolean => unissuedYearsOn(day).length === 0;
  function unissuedYearsOn(day: DayNumber): number[] {
    const year = yearOf(day);
    const years = issued.has(year) ? [] : [year];
    if (day >= dayNumberOf(year, 12, FIRST_DECEMBER_DAY_OF_NEXT_NOTICE) && !issued.has(year + 1)) years.push(year + 1);
    return years;
  }

  // Three prefix tables make every question a look-up: working days so far, their days in order, uncertain days so far.
  const base = weekdaysUpTo(first - 1);
  const workingSoFar = new Int32Array(end - first);
  const uncertainSoFar = new Int32Array(end - first);
  const workingDays: number[] = [];
  for (let day = first, uncertain = 0; day < end; day += 1) {
    if (isWorkingInTable(day)) workingDays.push(day);
    if (!certain(day)) uncertain += 1;
    workingSoFar[day - first] = workingDays.length;
    uncertainSoFar[day - first] = uncertain;
  }
  const shift = base + workingDays.length - weekdaysUpTo(end - 1);

  const workingUpTo = (day: DayNumber): number => {
    if (day < first) return weekdaysUpTo(day);
    if (day >= end) return weekdaysUpTo(day) + shift;
    return base + workingSoFar[day - first]!;
  };
  const workingNumbered = (count: number): DayNumber => {
    const index = count - base - 1;
    if (index < 0) return weekdayNumbered(count);
    return workingDays[index] ?? weekdayNumbered(count - shift);
  };
  const isWorking = (day: DayNumber): boolean =>
    day >= first && day < end ? isWorkingInTable(day) : weekdayOf(day) < 5;

  return {
    isWorking,
    kindOf: (day) => named.get(day)?.kind ?? (weekdayOf(day) < 5 ? 'working' : 'weekend'),
    nameOf: (day) => named.get(day)?.name,
    addWorking: (day, count) => {
      if (count === 0) return day;
      return workingNumbered(count > 0 ? workingUpTo(day) + count : workingUpTo(day - 1) + count + 1);
    },
    workingBetween: (from, to) => workingUpTo(to) - workingUpTo(from),
    provisional: (from, to) => {
      if (from > to) return false;
      if (from > first && to < end && uncertainSoFar[to - first] === uncertainSoFar[from - first - 1]) return false;
      const years = new Set<number>();
      for (let year = yearOf(from); year <= yearOf(to); year += 1) if (!issued.has(year)) years.add(year);
      for (const year of unissuedYearsOn(to)) years.add(year);
      return years.size === 0 ? false : { years: [...years].sort((one, other) => one - other) };
    },
  };
}

/**
 * A calendar of working days from the State Council's notices. Years without a notice are answered Monday to Friday, and every
 * such answer says so.
 * @throws CalendarError `duplicate-year`, `conflicting-notices`, `notice-date-outside-year`, `impossible-date`, `end-before-start`
 */
export function createCalendar(years: readonly HolidayYear[]): Calendar {
  const { issued, named } = collect(years);
  const dayNumbers = buildDayNumbers(issued, named);
  return {
    dayNumbers,
    covers: (year) => issued.has(year),
    isWorkingDay: (date) => dayNumbers.isWorking(parseDate(date)),
    kindOf: (date) => {
      const day = parseDate(date);
      const name = dayNumbers.nameOf(day);
      const kind = dayNumbers.kindOf(day);
      const provisional = dayNumbers.provisional(day, day);
      return name === undefined ? { kind, provisional } : { kind, name, provisional };
    },
    addWorkingDays: (start, count) => {
      if (!Number.isSafeInteger(count)) throw notWhole(count);
      const from = parseDate(start);
      const to = dayNumbers.addWorking(from, count);
      const date = formatDate(to);
      return {
        date,
        provisional: count > 0 ? dayNumbers.provisional(from + 1, to) : dayNumbers.provisional(to, from - 1),
      };
    },
    workingDaysBetween: (from, to) => {
      const first = parseDate(from);
      const last = parseDate(to);
      if (last < first) throw endBeforeStart(from, to);
      return { count: dayNumbers.workingBetween(first, last), provisional: dayNumbers.provisional(first + 1, last) };
    },
  };
}

/** The error for an amount that is not a whole number. */
export function notWhole(amount: number): CalendarError {
  return new CalendarError(
    'amount-not-whole',
    `期限数值应为整数：${amount}。`,
    `An amount must be a whole number: ${amount}.`,
  );
}
