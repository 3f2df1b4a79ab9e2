import { type Calendar, type ClockRule, computeDeadline } from '@hengjian/calendar';

const clause = (article: string): string => `《食品安全抽样检验管理办法》${article}`;
const workingDays = (amount: number, article: string): ClockRule => ({
  kind: 'within',
  unit: 'working-day',
  amount,
  rollForward: 'none',
  basis: clause(article),
});

/** Terms of order 15 (2025) from the failing conclusion on. */
export const foodTerms = {
  service: workingDays(5, '第二十九条'),
  retestRequest: workingDays(7, '第三十条'),
  samplingObjection: workingDays(7, '第三十七条第二款'),
  otherObjection: workingDays(7, '第三十七条第三款'),
  retestAcceptance: workingDays(5, '第三十二条第一款'),
  selection: workingDays(5, '第三十二条第二款'),
  declining: workingDays(2, '第三十二条第三款'),
  transfer: workingDays(3, '第三十三条第一款'),
  retest: workingDays(10, '第三十五条第一款'),
  telling: workingDays(5, '第三十五条第二款'),
  objectionAcceptance: workingDays(5, '第三十八条'),
  samplingDecision: workingDays(20, '第三十九条第二款'),
  otherDecision: workingDays(30, '第三十九条第三款'),
} as const;

/** A day that the authority and the body agreed on instead (order 15 art. 35). */
export const agreedRetestRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 0,
  rollForward: 'none',
  basis: clause('第三十五条第一款（另有约定）'),
};

/** The last day of a term that started on a day. */
export const lastDay = (rule: ClockRule, from: string, calendar: Calendar): string =>
  computeDeadline(rule, from, calendar).dueOn!;

export const o15 = clause;
