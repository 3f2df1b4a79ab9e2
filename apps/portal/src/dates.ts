import type { View } from './language.ts';

/** China keeps one time, eight hours ahead of UTC, and no summer time. */
const aheadOfUtc = 8 * 3600 * 1000;
const weekdays = {
  zh: ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;

function inChina(instant: string | number): Date | undefined {
  const moment = new Date(new Date(instant).getTime() + aheadOfUtc);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** 2026-11-22: the day of an instant in China. A text that is no instant is given back as it is. */
export function day(instant: string): string {
  return inChina(instant)?.toISOString().slice(0, 10) ?? instant;
}

/** 2026-11-22 星期日 */
export function dayWithWeekday(view: View, instant: string): string {
  const moment = inChina(instant);
  return moment === undefined
    ? instant
    : `${moment.toISOString().slice(0, 10)} ${weekdays[view.language][moment.getUTCDay()]}`;
}

/** 2026-11-22 10:00:00 北京时间, from an instant or from milliseconds of Unix time. */
export function moment(view: View, instant: string | number): string {
  const at = inChina(instant);
  if (at === undefined) return String(instant);
  const clock = at.toISOString().slice(0, 19).replace('T', ' ');
  return view.say(`${clock} 北京时间`, `${clock} Beijing time`);
}
