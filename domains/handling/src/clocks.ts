import type { ClockRule } from '@hengjian/calendar';
import { o2, o15, o18 } from './clauses.ts';

/**
 * The terms of result handling. Order 18 counts calendar days (art. 55); an end on a statutory holiday rolls, and in practice on a
 * weekend too, which is the calendar's default (practice W20).
 */
export const rectificationRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 60,
  basis: o18('第四十六条、第五十五条'),
};

/** Runs until the result of the recheck is known: the stricter reading of 组织复查, for the authority. */
export const recheckRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 75,
  basis: o18('第四十七条第一款、第五十五条'),
};

/** After sixty days have run and before ninety: organised from the 61st day to the 90th. */
export const secondRecheckRule: ClockRule = {
  kind: 'window',
  unit: 'day',
  amount: 60,
  until: 90,
  opens: 'after-term',
  basis: o18('第四十八条、第五十五条'),
};

/** The suspension ends on the day that the penalty decision names. */
export const suspensionRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 0,
  rollForward: 'none',
  basis: '《产品质量法》第十七条第一款；处罚决定载明的整顿期限',
};

/** Ninety days are not called working days (order 15 art. 45), so they are calendar days. */
export const foodDisposalRule: ClockRule = { kind: 'within', unit: 'day', amount: 90, basis: o15('第四十五条') };

export const leadRule: ClockRule = { kind: 'within', unit: 'working-day', amount: 15, basis: o2('第十八条') };

/** A day that a paper names. */
export const namedDayRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 0,
  rollForward: 'none',
  basis: '文书载明的期限',
};
