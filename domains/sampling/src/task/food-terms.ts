import type { ClockRule } from '@hengjian/calendar';
import { type Act, field, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import type { TaskRow } from './entity.ts';

const workingDays = (amount: number, article: string): ClockRule => ({
  kind: 'within',
  unit: 'working-day',
  amount,
  rollForward: 'none',
  basis: `《食品安全抽样检验管理办法》${article}`,
});

/** Terms of order 15 (2025) up to the conclusion; each with its clause, so that it can be computed again. */
export const foodRules = {
  delivery: workingDays(5, '第二十条'),
  report: workingDays(20, '第二十四条第二款'),
  conforming: workingDays(7, '第二十六条第一款'),
  failing: workingDays(2, '第二十六条第二款'),
} as const;

const agreed = (article: string): ClockRule => ({
  kind: 'within',
  unit: 'day',
  amount: 0,
  rollForward: 'none',
  basis: `《食品安全抽样检验管理办法》${article}`,
});
export const agreedDeliveryRule = agreed('第二十条第一款（经组织部门同意）');
export const agreedReportRule = agreed('第二十四条第二款（另有约定）');

const isFood = (row: TaskRow): boolean => row.regime === 'food';

/** Where each term starts; null where it does not run. Online purchases have no term of delivery (现场抽样时, art. 20). */
export const starts = {
  delivery: (row: TaskRow) => (isFood(row) && row.channel !== 'online' ? (row.sampledOn ?? null) : null),
  report: (row: TaskRow) => (isFood(row) ? (row.receivedOn ?? null) : null),
  conforming: (row: TaskRow) => (isFood(row) && row.conclusion === 'conforms' ? (row.signedOn ?? null) : null),
  failing: (row: TaskRow) => (isFood(row) && row.conclusion === 'fails' ? (row.signedOn ?? null) : null),
};

const agreementReason = field.longText('理由', { en: 'Why', max: 2000 });
export const LaterDelivery = z.strictObject({
  agreedDeliveryOn: field.date('同意延长至', { en: 'Delivery agreed by' }),
  agreementReason,
});
export const LaterReport = z.strictObject({
  agreedReportOn: field.date('约定报告期限', { en: 'Report agreed by' }),
  agreementReason,
});

export const isFoodTask = (row: TaskRow): true | Refusal =>
  isFood(row) ||
  refuse(
    'not-food',
    '产品质量监督抽查的期限由方案和通知书规定，不适用本项。',
    'Terms of product sampling are those of the scheme; this is for food.',
  );

/** What is agreed lies ahead: nobody agrees afterwards that something was in time. */
export function checkAgreed(
  _row: TaskRow,
  input: { agreedDeliveryOn?: string; agreedReportOn?: string },
  act: Act,
): true | Refusal {
  const until = input.agreedDeliveryOn ?? input.agreedReportOn!;
  return (
    until >= act.occurredOn ||
    refuse(
      'agreed-in-past',
      '同意或者约定的期限不能早于今天。',
      'What is agreed cannot lie in the past.',
      input.agreedDeliveryOn ? 'agreedDeliveryOn' : 'agreedReportOn',
    )
  );
}

/** A conforming conclusion is final with its delivery: order 15 serves and opens to objection the failing ones alone (arts 26, 29). */
export const isConformingFood = (row: TaskRow): true | Refusal =>
  (isFood(row) && row.conclusion === 'conforms') ||
  refuse(
    'to-be-told',
    '不是合格的食品检验结论，应当告知或者送达。',
    'It is not a conforming conclusion on food: it has to be told.',
  );

export const concludeConforming = (row: TaskRow, _input: unknown, act: Act): Partial<TaskRow> => ({
  finalConclusion: row.conclusion!,
  overturned: false,
  concludedOn: act.occurredOn,
});
