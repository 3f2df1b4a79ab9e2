import { field, optional } from '@hengjian/kernel';
import { z } from 'zod';

/** What sampling costs, kind by kind (order 18 arts 6, 22, 37, 43; order 15 arts 12, 36). */
export const expenseKinds = {
  purchase: { zh: '检验样品购买', en: 'Purchase of the test sample' },
  'spare-purchase': { zh: '备用（备份）样品费用', en: 'Spare or back-up sample' },
  sampling: { zh: '抽样费', en: 'Sampling' },
  testing: { zh: '检验费', en: 'Testing' },
  carriage: { zh: '运输费', en: 'Carriage' },
  retest: { zh: '复检费', en: 'Retest' },
} as const;
export type ExpenseKind = keyof typeof expenseKinds;

/** Nobody else: the firm bears nothing but a retest that changed nothing (order 18 arts 14(2)(7), 43). */
export const bearers = {
  organiser: { zh: '组织抽查的部门', en: 'The organiser' },
  applicant: { zh: '复检申请人', en: 'The applicant for the retest' },
} as const;
export type Bearer = keyof typeof bearers;

/** One price: of an agreement, or of the catalogue. Without a product it is for all. */
export const Price = z.object({
  kind: field.choice('费用类别', expenseKinds, { en: 'Kind' }),
  product: optional(field.text('产品分类代码（空为全部）', { en: 'Product class, none for all', max: 40 })),
  amount: field.money('单价', { en: 'Price' }),
  per: field.choice('计价单位', { batch: { zh: '批次', en: 'batch' }, task: { zh: '次', en: 'visit' } }, { en: 'Per' }),
});
export type Price = z.infer<typeof Price>;

/** The price for a product: its own before the one for all. */
export function priceFor(prices: readonly Price[], kind: ExpenseKind, product: string): Price | undefined {
  const ofKind = prices.filter((price) => price.kind === kind);
  return ofKind.find((price) => price.product === product) ?? ofKind.find((price) => !price.product);
}
