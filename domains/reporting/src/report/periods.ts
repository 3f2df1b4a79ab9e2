import type { ReportCycle } from '../../../../data/reports/index.ts';

export interface Period {
  from: string;
  until: string;
}

const text = (day: Date): string => day.toISOString().slice(0, 10);
const at = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month, day));

/** Whether a text is a day of the calendar: 2026-02-30 is none. Pure. */
export function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && text(date) === day;
}

/** The week (Monday to Sunday), month or quarter in which a day lies; days are written YYYY-MM-DD. Pure. */
export function periodOf(cycle: ReportCycle, day: string): Period {
  const date = new Date(`${day}T00:00:00Z`);
  const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (cycle === 'weekly') {
    const monday = dayOfMonth - ((date.getUTCDay() + 6) % 7);
    return { from: text(at(year, month, monday)), until: text(at(year, month, monday + 6)) };
  }
  const first = cycle === 'monthly' ? month : month - (month % 3);
  return { from: text(at(year, first, 1)), until: text(at(year, first + (cycle === 'monthly' ? 1 : 3), 0)) };
}

/** The period after one. Pure. */
export function periodAfter(cycle: ReportCycle, { until }: Period): Period {
  const date = new Date(`${until}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return periodOf(cycle, text(date));
}

/** How a period is called in a title: 2026年第10周（03-02至03-08）、2026年3月、2026年第一季度. Pure. */
export function nameOf(cycle: ReportCycle, { from, until }: Period): string {
  const [year, month] = from.split('-') as [string, string, string];
  if (cycle === 'monthly') return `${year}年${Number(month)}月`;
  if (cycle === 'quarterly') return `${year}年第${'一二三四'[Math.floor((Number(month) - 1) / 3)]}季度`;
  return `${from}至${until}`;
}
