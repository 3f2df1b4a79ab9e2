import { field, optional } from '@hengjian/kernel';
import { z } from 'zod';
import type { Item } from '../rules/entity.ts';

/** One line of the test programme of the detailed rules; `limit` as regulators write it, with its unit beside or in it. */
export type TestItem = Item;
export { Item as TestItemFields } from '../rules/entity.ts';

/** Classes of test items by their weight: A of utmost importance, B important, C minor. */
export const severities = {
  A: { zh: 'A 类（极重要）', en: 'A, critical' },
  B: { zh: 'B 类（重要）', en: 'B, important' },
  C: { zh: 'C 类（一般）', en: 'C, minor' },
} as const;

/** An item that did not meet its limit, as reports and bulletins show it. */
export const FailedItem = z.object({
  item: field.text('不合格项目', { en: 'Item', public: true }),
  limit: field.text('标准要求', { en: 'Limit', public: true, max: 500 }),
  result: field.text('检验结果', { en: 'Result', public: true, max: 500 }),
  unit: optional(field.text('单位', { en: 'Unit', public: true, max: 40 })),
  severity: field.choice('重要程度', severities, { en: 'Class', public: true }),
});
export type FailedItem = z.infer<typeof FailedItem>;

/** How failed items make a conclusion (判定规则), by the detailed rules. */
export const verdictRules = {
  'any-item': { zh: '任一项目不合格即判不合格', en: 'Any failed item fails the batch' },
  'class-counts': {
    zh: 'A 类 1 项、B 类 2 项或 B、C 类合计 3 项不合格即判不合格',
    en: 'One A item, two B items, or three of B and C fail the batch',
  },
} as const;
export type VerdictRule = keyof typeof verdictRules;

export const conclusions = {
  conforms: { zh: '未发现不合格', en: 'Conforms' },
  fails: { zh: '不合格', en: 'Fails' },
} as const;
export type Conclusion = keyof typeof conclusions;

/** A final conclusion may also be gone: the sampling was unlawful or the sample not genuine. */
export const finalConclusions = { ...conclusions, void: { zh: '结论撤销', en: 'Void' } } as const;
export type FinalConclusion = keyof typeof finalConclusions;

export const seriousness = {
  none: { zh: '无', en: 'None' },
  ordinary: { zh: '一般不合格', en: 'Ordinary' },
  serious: { zh: '严重不合格', en: 'Serious' },
} as const;
export type Seriousness = keyof typeof seriousness;

/**
 * The rule that the text of the detailed rules states: the key itself, or wording by which any failed item fails the batch.
 * Undefined for wording that only a person can read; such rules must name one of {@link verdictRules}.
 */
export function findVerdictRule(text: string): VerdictRule | undefined {
  if (Object.hasOwn(verdictRules, text)) return text as VerdictRule;
  return /任[一何].{0,6}不(?:合格|符合)/.test(text) ? 'any-item' : undefined;
}
