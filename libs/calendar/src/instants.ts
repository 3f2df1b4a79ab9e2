import { dayNumberOf, daysInMonth, formatDate } from './days.ts';
import { CalendarError } from './errors.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CHINA_OFFSET = 8 * HOUR;

/** China kept summer time in 1986 to 1991; from 1992 on its clock is +08:00 without exception. */
const FIRST_FIXED = dayNumberOf(1992, 1, 1) * DAY - CHINA_OFFSET;

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(?:Z|([+-])(\d\d):(\d\d))$/;

function impossible(text: string): CalendarError {
  return new CalendarError(
    'impossible-instant',
    `“${text}”不是有效时刻，应写明时区，例如 2026-02-14T09:30:00+08:00。`,
    `"${text}" is not a possible instant; write it with its offset, for example 2026-02-14T09:30:00+08:00.`,
  );
}

/**
 * Milliseconds since 1970-01-01T00:00:00Z of an ISO 8601 instant with an offset (`Z` or ±hh:mm).
 * @throws CalendarError `impossible-instant`; `out-of-range` before 1992, when the clock was not fixed.
 */
export function parseInstant(text: string): number {
  const match = INSTANT.exec(text);
  if (match === null) throw impossible(String(text));
  const [year, month, day, hour, minute] = match.slice(1, 6).map(Number) as [number, number, number, number, number];
  const second = Number(match[6] ?? 0);
  const millisecond = Number((match[7] ?? '').padEnd(3, '0'));
  const offsetHour = Number(match[9] ?? 0);
  const offsetMinute = Number(match[10] ?? 0);
  const possible =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59 &&
    offsetHour <= 23 &&
    offsetMinute <= 59;
  if (!possible) throw impossible(text);
  const offset = (match[8] === '-' ? -1 : 1) * (offsetHour * HOUR + offsetMinute * MINUTE);
  const instant =
    dayNumberOf(year, month, day) * DAY + hour * HOUR + minute * MINUTE + second * SECOND + millisecond - offset;
  if (instant < FIRST_FIXED) {
    throw new CalendarError('out-of-range', `${text} 早于 1992 年。`, `${text} lies before the year 1992.`);
  }
  return instant;
}

/** An instant on China's clock: 'YYYY-MM-DDTHH:mm:ss+08:00', with milliseconds only where there are any. */
export function formatInstant(instant: number): string {
  const local = instant + CHINA_OFFSET;
  const day = Math.floor(local / DAY);
  const rest = local - day * DAY;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const millisecond = rest % SECOND;
  const fraction = millisecond === 0 ? '' : `.${String(millisecond).padStart(3, '0')}`;
  const clock = `${two(rest / HOUR)}:${two((rest % HOUR) / MINUTE)}:${two((rest % MINUTE) / SECOND)}${fraction}`;
  return `${formatDate(day)}T${clock}+08:00`;
}

/** The date in China at an instant in milliseconds. */
export function chinaDateAt(instant: number): string {
  return formatDate(Math.floor((instant + CHINA_OFFSET) / DAY));
}

/** The date in China at an ISO instant, for clocks in days that start with a recorded moment. */
export function chinaDateOf(instant: string): string {
  return chinaDateAt(parseInstant(instant));
}
