import { type Calendar, type ClockRule, computeDeadline } from '@hengjian/calendar';
import { Decimal } from 'decimal.js';
import type { Benchmark } from '../../../../data/penalties/index.ts';
import { confiscated, limitsOn, type Penalty } from '../case/rules.ts';
import { o45 } from '../clauses.ts';

/** How long a decision is public, and from when on its end may be asked for (order 45 arts 13–15; order 107 arts 6–9). */
export const publicityClasses = {
  light: { zh: '较轻：三个月', en: 'Light: three months' },
  ordinary: { zh: '一般：三个月至一年', en: 'Ordinary: three months to a year' },
  serious: { zh: '严重：一年至三年', en: 'Serious: one to three years' },
} as const;
export type PublicityClass = keyof typeof publicityClasses;

const months = { light: 3, ordinary: 12, serious: 36 } as const;
const earliest = { light: 3, ordinary: 3, serious: 12 } as const;

/**
 * The class of a penalty, or null for what is not published: a warning alone (W10; order 45 art. 2). Light is criticism or a low fine
 * alone, at most 50,000 yuan (5,000 for a person), in the lenient part of the range.
 */
export function publicityClass(
  penalty: Penalty,
  about: { person: boolean; lenient: boolean; benchmark: Pick<Benchmark, 'long'> | undefined; day: string },
): PublicityClass | null {
  const taken = confiscated(penalty);
  const fine = new Decimal(penalty.fine ?? 0);
  const restricts = Boolean(penalty.licenceMeasure) || penalty.businessStop === true;
  if (!restricts && fine.lte(0) && taken.lte(0)) return null;
  if (restricts || about.benchmark?.long) return 'serious';
  const limit = limitsOn(about.day).lowFine;
  const low = fine.lte(about.person ? limit.person : limit.operator);
  return low && about.lenient && taken.lte(0) ? 'light' : 'ordinary';
}

const after = (from: string, amount: number, calendar: Calendar): string => {
  const rule: ClockRule = {
    kind: 'within',
    unit: 'month',
    amount,
    rollForward: 'none',
    basis: o45('第十三条至第十五条'),
  };
  return computeDeadline(rule, from, calendar).dueOn!;
};
/** The last day of publicity; a restriction that lasts longer carries it on. */
export function publicUntil(
  kind: PublicityClass,
  publishedOn: string,
  restrictedUntil: string | null,
  calendar: Calendar,
): string {
  const until = after(publishedOn, months[kind], calendar);
  return restrictedUntil !== null && restrictedUntil > until ? restrictedUntil : until;
}
/** From this day on repair may be asked for. */
export const repairFrom = (kind: PublicityClass, publishedOn: string, calendar: Calendar): string =>
  after(publishedOn, earliest[kind], calendar);
