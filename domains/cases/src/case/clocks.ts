import type { ClockRule } from '@hengjian/calendar';
import { hearingRules, o2, o45, penaltyLaw } from '../clauses.ts';

const within = (amount: number, unit: 'day' | 'working-day' | 'month', basis: string): ClockRule => ({
  kind: 'within',
  unit,
  amount,
  basis,
});
/** A day that a paper names. */
const namedDay = (basis: string): ClockRule => ({ ...within(0, 'day', basis), rollForward: 'none' });

/** The terms of an ordinary case. Working days where the text says so; 15 and 90 are calendar days (penalty law art. 85). */
export const caseRules = {
  verification: within(15, 'working-day', o2('第十八条第一款')),
  handling: within(90, 'day', `${o2('第六十四条第一款')}；${penaltyLaw('第六十条')}`),
  continued: namedDay(`${o2('第六十四条第一款')}：集体讨论确定的合理期限`),
  review: within(10, 'working-day', o2('第五十五条')),
  statement: within(5, 'working-day', `${o2('第五十七条第二款')}；${penaltyLaw('第六十四条第一项')}`),
  dispute: within(7, 'working-day', o2('第十三条')),
  payment: within(15, 'day', `${o2('第七十二条')}；${penaltyLaw('第六十七条')}`),
  deferral: namedDay(o2('第七十四条')),
  court: within(3, 'month', `${o2('第七十六条')}；《行政强制法》第五十三条`),
  closing: within(15, 'working-day', o2('第七十七条')),
} satisfies Record<string, ClockRule>;

/** Ten working days after the demand was received: ten days are working days by article 69 of the coercion law. */
export const demandRule: ClockRule = {
  kind: 'not-before',
  unit: 'working-day',
  amount: 10,
  basis: `${o2('第七十六条')}；《行政强制法》第五十四条、第六十九条`,
};

export const hearingRule = {
  host: within(3, 'working-day', `${hearingRules('第十三条')}（天数未经核对，可配置）`),
  report: within(5, 'working-day', `${hearingRules('第二十九条')}（天数未经核对，可配置）`),
} satisfies Record<string, ClockRule>;
/** Seven working days lie between the notice and the hearing (penalty law arts 64(2), 85). */
export const hearingNoticeRule: ClockRule = {
  kind: 'not-before',
  unit: 'working-day',
  amount: 7,
  basis: `${penaltyLaw('第六十四条第二项、第八十五条')}；${hearingRules('第二十条')}`,
};

export const publicationRules = {
  publication: within(20, 'working-day', o45('第九条')),
  push: within(10, 'working-day', o45('第十条')),
  domicile: within(10, 'working-day', o45('第十条')),
  withdrawal: within(3, 'working-day', `${o2('第六十三条第二款')}；${o45('第十一条')}`),
} satisfies Record<string, ClockRule>;

export const measureRules = {
  urgent: { kind: 'within', unit: 'hour', amount: 24, basis: o2('第三十三条第二款、第三十六条第二款') },
  preservation: { ...within(7, 'working-day', o2('第三十五条')), rollForward: 'none' },
  seizure: {
    ...within(30, 'day', `${o2('第三十八条第一款')}；《行政强制法》第二十五条`),
    rollForward: 'none',
  },
} satisfies Record<string, ClockRule>;
