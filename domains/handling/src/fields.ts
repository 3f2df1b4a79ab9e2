import { field, optional } from '@hengjian/kernel';
import { z } from 'zod';

/** Where a failure comes from (practice M1). */
export const sources = {
  own: { zh: '本级监督抽查', en: 'Own sampling' },
  national: { zh: '国家监督抽查', en: 'National sampling' },
  'other-province': { zh: '外省通报', en: 'Another province' },
  food: { zh: '食品安全抽检', en: 'Food sampling' },
  city: { zh: '市级抽查', en: 'City' },
  county: { zh: '县级抽查', en: 'County' },
} as const;

/** An item that did not meet its limit. */
export const FailedItem = z.object({
  item: field.text('不合格项目', { en: 'Item', public: true }),
  limit: field.text('标准要求', { en: 'Limit', public: true, max: 500 }),
  result: field.text('检验结果', { en: 'Result', public: true, max: 500 }),
  unit: optional(field.text('单位', { en: 'Unit', public: true, max: 40 })),
  severity: optional(field.text('重要程度', { en: 'Class', public: true, max: 10 })),
});
export type FailedItem = z.infer<typeof FailedItem>;

/** One line of the test programme under which the first test was made, and by which the recheck is made again. */
export const TestItem = z.object({
  item: field.text('检验项目', { en: 'Item' }),
  method: field.text('检验方法', { en: 'Method', max: 500 }),
  limit: field.text('标准要求', { en: 'Limit', max: 500 }),
  unit: optional(field.text('单位', { en: 'Unit', max: 40 })),
  severity: optional(field.text('重要程度', { en: 'Class', max: 10 })),
  judge: field.choice(
    '判定方式',
    { full: { zh: '全数值比较法', en: 'Full value' }, rounded: { zh: '修约值比较法', en: 'Rounded value' } },
    { en: 'Comparison' },
  ),
});
export type TestItem = z.infer<typeof TestItem>;

export const bodyShape = {
  id: optional(field.identifier('机构', { en: 'Body' })),
  name: field.text('机构名称', { en: 'Name of body' }),
};

/** Who is concerned: carried by every record of the loop, so that each can be found and shown by itself. */
export const subjectShape = {
  subjectId: optional(field.identifier('当事人编号', { en: 'Subject' })),
  subjectName: field.text('当事人', { en: 'Name', public: true }),
  subjectCode: optional(field.text('统一社会信用代码', { en: 'Credit code', public: true })),
  productName: field.text('产品名称', { en: 'Product', public: true }),
};

/** The failed items in words, for papers and grounds. */
export function summaryOf(failed: readonly FailedItem[]): string {
  return (
    failed
      .map(
        ({ item, limit, result, unit }) =>
          `${item}（标准要求${limit}，实测${result}${unit && unit !== '1' ? ` ${unit}` : ''}）`,
      )
      .join('；') || '不合格'
  );
}
