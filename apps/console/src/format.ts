/** Dates, numbers and sizes as the console writes them: 2026-11-22 with weekday, tabular digits, units beside values. */
import type { Language } from './preferences.ts';

const weekdays = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};

const hour = 3_600_000;

/** The weekday of a calendar date (YYYY-MM-DD); empty for anything else. */
export function weekday(date: string, language: Language): string {
  const time = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(time) ? '' : (weekdays[language][new Date(time).getUTCDay()] ?? '');
}

/** A calendar date with its weekday: «2026-11-22 周日». */
export function dayWithWeekday(date: string, language: Language): string {
  return `${date.slice(0, 10)} ${weekday(date, language)}`.trim();
}

/** An instant in Beijing time, to the minute. The whole platform works in one zone (UTC+8, no summer time). */
export function beijingTime(instant: string): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return instant;
  return new Date(time + 8 * hour).toISOString().slice(0, 16).replace('T', ' ');
}

/** The calendar date of an instant in Beijing. */
export function beijingDate(instant: string): string {
  return beijingTime(instant).slice(0, 10);
}

/** Digits grouped by thousands from five on (a year stays a year), without touching the decimals. */
export function grouped(value: string | number): string {
  const [whole = '', ...rest] = String(value).split('.');
  if (!/^-?\d{5,}$/.test(whole)) return String(value);
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.');
}

/** A probability as per cent: 0.0532 → «5.32 %». */
export function percent(value: number, decimals = 2): string {
  return `${(value * 100).toFixed(decimals)} %`;
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Time left until an instant as whole days, hours, minutes and seconds; zeros once it has passed. */
export function timeLeft(
  until: string,
  now: number,
): { days: number; hours: number; minutes: number; seconds: number } {
  const left = Math.max(0, Math.floor((Date.parse(until) - now) / 1000));
  return {
    days: Math.floor(left / 86_400),
    hours: Math.floor(left / 3600) % 24,
    minutes: Math.floor(left / 60) % 60,
    seconds: left % 60,
  };
}
