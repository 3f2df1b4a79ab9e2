import type { ClockRule } from '@hengjian/calendar';
import { o2, o121, rewardClause } from './clauses.ts';

/** Order 121 art. 45: the first day is not counted, an end on a statutory holiday rolls forward; working days where it says so. */
export const acceptanceRule: ClockRule = {
  kind: 'within',
  unit: 'working-day',
  amount: 7,
  basis: o121('第十五条第一款'),
};

/** Calendar days from acceptance; the time of appraisal and testing is not counted (art. 22(3)). */
export const mediationRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 60,
  basis: o121('第二十三条第一款第五项、第二十二条第三款'),
};

export const terminationRule: ClockRule = {
  kind: 'within',
  unit: 'working-day',
  amount: 7,
  basis: o121('第二十三条第二款'),
};

/** Two authorities that both claim or both decline have so long to agree; then their common superior designates. */
export const disputeRule: ClockRule = { kind: 'within', unit: 'working-day', amount: 7, basis: o121('第三十三条') };

/** From the last report where new facts were added (order 121 art. 35(2)); testing and identification by a right holder are out. */
export const verificationRule: ClockRule = {
  kind: 'within',
  unit: 'working-day',
  amount: 15,
  basis: `${o2('第十八条')}；${o121('第三十五条')}`,
};

/** A clue found in mediation. */
export const clueRule: ClockRule = { kind: 'within', unit: 'working-day', amount: 15, basis: o121('第二十七条') };

export const resultRule: ClockRule = {
  kind: 'within',
  unit: 'working-day',
  amount: 20,
  basis: `《企业信息公示暂行条例》第十三条；${o121('第三十六条')}`,
};

/** A day that a paper names. */
export const namedDayRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 0,
  rollForward: 'none',
  basis: '文书载明的期限',
};

/** The clause was not read: configuration. */
export const claimRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 60,
  basis: rewardClause('领取期限（待核实）'),
};
