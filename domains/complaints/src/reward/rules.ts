import { Decimal } from 'decimal.js';
import { type RewardRule, rewardRule } from '../../../../data/complaints/index.ts';

export interface Reward {
  /** Fines and confiscations, yuan. */
  base: string;
  rate: string;
  amount: string;
  /** What made the amount: the rate, the floor of the level, or the cap of a case. */
  bound: 'rate' | 'floor' | 'cap';
  /** Decided together with the finance department. */
  finance: boolean;
}

/**
 * A reward: the level's share of fines and confiscations, at least the level's floor, at most the cap of one case; to the fen, halves up.
 * Amounts are yuan.
 * @throws RangeError when the rule has no such level or an amount is negative
 */
export function rewardOf(
  level: string,
  money: { fined: string; confiscated: string },
  rule: RewardRule = rewardRule(),
): Reward {
  const found = rule.levels.find((one) => one.level === level);
  if (found === undefined) throw new RangeError(`There is no level ${level}.`);
  const base = new Decimal(money.fined).plus(money.confiscated);
  if (base.isNegative()) throw new RangeError('Fines and confiscations are not negative.');
  const share = base.times(found.rate).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
  const raised = Decimal.max(share, found.floor);
  const amount = Decimal.min(raised, rule.cap);
  return {
    base: base.toFixed(2),
    rate: found.rate,
    amount: amount.toFixed(2),
    bound: amount.lt(raised) ? 'cap' : raised.gt(share) ? 'floor' : 'rate',
    finance: amount.gte(rule.financeFrom),
  };
}
