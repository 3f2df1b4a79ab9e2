import { type Calendar, type ClockRule, computeDeadline } from '@hengjian/calendar';
import { type Refusal, refuse } from '@hengjian/kernel';
import { Decimal } from 'decimal.js';
import { benchmarks, type PenaltyLimits, penaltyLimits } from '../../../../data/penalties/index.ts';
import type { CaseRow, partyKinds } from './entity.ts';

type PartyKind = keyof typeof partyKinds;
/** What a penalty takes, as far as scope and publication turn on it. Amounts in yuan as decimal text. */
export interface Penalty {
  warning?: boolean | null | undefined;
  fine?: string | null | undefined;
  confiscatedGains?: string | null | undefined;
  confiscatedGoods?: string | null | undefined;
  licenceMeasure?: string | null | undefined;
  businessStop?: boolean | null | undefined;
}

const amount = (value: string | null | undefined): Decimal => new Decimal(value ?? 0);
export const confiscated = ({ confiscatedGains, confiscatedGoods }: Penalty): Decimal =>
  amount(confiscatedGains).plus(amount(confiscatedGoods));

/** The limits in force on a day. */
export const limitsOn = (day: string): PenaltyLimits =>
  penaltyLimits().find(({ inForce, until }) => inForce <= day && (until === null || day < until)) ??
  penaltyLimits()[0]!;

/** For whom the smaller amounts are written: a natural person. An individual business is counted with the persons (setting). */
const scale = (kind: PartyKind): 'person' | 'entity' => (kind === 'entity' ? 'entity' : 'person');

/** Whether the party may ask for a hearing (hearing rules art. 5; the amounts include the number). */
export function inHearingScope(kind: PartyKind, penalty: Penalty, day: string): boolean {
  const limit = limitsOn(day).hearing[scale(kind)];
  return (
    Boolean(penalty.licenceMeasure) ||
    penalty.businessStop === true ||
    amount(penalty.fine).gte(limit) ||
    confiscated(penalty).gte(limit)
  );
}

/**
 * Whether the case is one of article 50(1): on a ground found, or after a hearing. Then the legal review is due before the decision, and the
 * heads decide together (art. 60(2)).
 */
export const needsLegalReview = (row: Pick<CaseRow, 'reviewGrounds' | 'hearingText'>): boolean =>
  (row.reviewGrounds ?? []).length > 0 || Boolean(row.hearingText);

/** Two years after the act ended, five where life, health or finance was harmed (penalty law art. 36). */
export function isBarredByTime(violatedOn: string, foundOn: string, endangers: boolean, calendar: Calendar): boolean {
  const rule: ClockRule = {
    kind: 'within',
    unit: 'year',
    amount: endangers ? 5 : 2,
    rollForward: 'none',
    basis: '《行政处罚法》第三十六条',
  };
  return foundOn > computeDeadline(rule, violatedOn, calendar).dueOn!;
}

/** A statement or a hearing never makes the penalty heavier than it was told (order 2 art. 58). */
export function refuseHeavier(
  told: { fine: string | null | undefined; total: string | null | undefined; licence: string | null | undefined },
  decided: Penalty,
): true | Refusal {
  const parts = (told.licence ?? '').split('+');
  const heavier =
    amount(decided.fine).gt(amount(told.fine)) ||
    confiscated(decided).gt(amount(told.total)) ||
    (Boolean(decided.licenceMeasure) && !parts.includes(decided.licenceMeasure!)) ||
    (decided.businessStop === true && !parts.includes('stop'));
  return (
    !heavier ||
    refuse(
      'heavier-than-told',
      '不得因当事人陈述、申辩或者要求听证而给予更重的处罚；要加重的，应当重新告知（令第2号第五十八条）。',
      'A statement or a hearing never makes the penalty heavier; a heavier one is told anew (order 2 art. 58).',
    )
  );
}

/** Licence penalty as it is told: the measure, with `+stop` where business is stopped. */
export const licenceAsTold = ({ licenceMeasure, businessStop }: Penalty): string | null =>
  [licenceMeasure, businessStop ? 'stop' : null].filter(Boolean).join('+') || null;

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** How a surcharge came about; amounts in yuan. */
export interface Surcharge {
  days: number;
  perDay: string;
  surcharge: string;
  capped: boolean;
}

/**
 * Three per cent of the fine for each day after the last day of payment, never more than the fine; days under reconsideration or in
 * court do not count (penalty law arts 72, 73; order 2 art. 75).
 */
export function surchargeOf(fine: string, dueOn: string, on: string, daysUnderReview = 0): Surcharge {
  const days = Math.max(0, daysBetween(dueOn, on) - daysUnderReview);
  const perDay = new Decimal(fine).mul('0.03');
  const raw = perDay.mul(days);
  const capped = raw.gt(fine);
  return {
    days,
    perDay: perDay.toFixed(2),
    surcharge: (capped ? new Decimal(fine) : raw).toFixed(2),
    capped,
  };
}

/** What is owed in money without surcharge. */
export const owed = (row: Pick<CaseRow, 'fine' | 'confiscatedGains'>): Decimal =>
  amount(row.fine).plus(amount(row.confiscatedGains));
export const paid = (row: Pick<CaseRow, 'payments'>): Decimal =>
  (row.payments ?? []).reduce((sum, one) => sum.plus(one.amount), new Decimal(0));

export const paymentRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 15,
  basis: '《市场监督管理行政处罚程序规定》第七十二条；《行政处罚法》第六十七条',
};
const reconsiderationRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 60,
  basis: '《行政复议法》（2023修订）第二十条',
};
/** Six months to sue, fifteen days where the metrology law says so (art. 31). */
export const suitOf = (violation: string | null | undefined): { amount: number; unit: 'month' | 'day' } =>
  benchmarks().find((one) => one.violation === violation)?.suit ?? { amount: 6, unit: 'month' };

/** The last day on which reconsideration or a suit may still be asked for. */
export function remediesEnd(servedOn: string, violation: string | null | undefined, calendar: Calendar): string {
  const suit = suitOf(violation);
  const ends = [
    reconsiderationRule,
    { kind: 'within', unit: suit.unit, amount: suit.amount, basis: '《行政诉讼法》第四十六条' } as const,
  ].map((rule) => computeDeadline(rule, servedOn, calendar).dueOn!);
  return ends.sort().at(-1)!;
}

/** The people's government of the same level hears a reconsideration (reconsideration law art. 24). */
export const reconsiderationOrgan = (bureau: string): string => {
  const place = /^(.+?)市场监督管理局/.exec(bureau)?.[1];
  return place === undefined ? '本级人民政府' : `${place}人民政府`;
};

/** What may be done against an act, as every paper prints it: sixty days and six months, whatever an old form prints. */
export function remediesText(bureau: string, violation: string | null | undefined, onTheSpot = false): string {
  const suit = suitOf(violation);
  const within = suit.unit === 'month' ? '六个月' : '十五日';
  const organ = reconsiderationOrgan(bureau);
  if (onTheSpot)
    return `如不服本决定，应当自收到本决定书之日起六十日内先向${organ}申请行政复议；对行政复议决定不服的，可以在十五日内向人民法院提起行政诉讼（《行政复议法》第二十三条第一款第一项）。`;
  return `如不服本决定，可以自收到本决定书之日起六十日内向${organ}申请行政复议，也可以自收到本决定书之日起${within}内依法向有管辖权的人民法院提起行政诉讼。申请行政复议或者提起行政诉讼期间，本决定不停止执行。`;
}
