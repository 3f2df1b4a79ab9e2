import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';

export const digestKinds = {
  weekly: { zh: '每周一报', en: 'Weekly' },
  'two-day': { zh: '两日一报', en: 'Every two days' },
} as const;

export const Line = z.object({
  name: field.text('项目', { en: 'Item', max: 300 }),
  complaints: field.integer('投诉', { en: 'Complaints' }),
  reports: field.integer('举报', { en: 'Reports' }),
  before: field.integer('上期合计', { en: 'Both, period before' }),
});
export const TopicLine = z.object({
  words: field.text('热点词', { en: 'Words', max: 300 }),
  count: field.integer('件数', { en: 'Count' }),
  subjects: field.text('涉及经营者', { en: 'Traders', max: 1000 }),
  products: field.text('涉及商品', { en: 'Goods', max: 1000 }),
});
export const Table = z.object({
  title: field.text('表', { en: 'Table' }),
  lines: field.list('行', Line, { en: 'Lines', max: 60 }),
});
export const contentShape = {
  totals: field.list('合计', Line, { en: 'Totals', max: 10 }),
  tables: field.list('分表', Table, { en: 'Tables', max: 10 }),
  topics: field.list('热点', TopicLine, { en: 'Topics', max: 20 }),
};

/** 每周一报、两日一报: what came in over a period, frozen when it is signed. No person in it. */
export const Digest = entity(
  'complaints.digest',
  { zh: '投诉举报分析报告', en: 'Digest of complaints' },
  {
    fields: {
      kind: field.choice('种类', digestKinds, { en: 'Kind' }),
      periodFrom: field.date('期间起', { en: 'From' }),
      periodUntil: field.date('期间止', { en: 'Until' }),
      name: field.text('标题', { en: 'Title' }),
      asOf: field.instant('数据时点', { en: 'As of' }),
      content: field.object('内容', contentShape, { en: 'Content' }),
      digest: field.text('校验值', { en: 'Digest', max: 64 }),
      remarks: optional(field.longText('分析和建议', { en: 'Remarks', max: 4000 })),
      frozenOn: optional(field.date('签发日期', { en: 'Signed on' })),
      reason: optional(field.longText('作废理由', { en: 'Why discarded', max: 2000 })),
    },
    title: (row) => row.name,
    purpose: {
      zh: '一段期间的投诉举报：按类别、商品、经营者、地区，热点和上期比较；签发后冻结。',
      en: 'What came in over a period by category, goods, trader and place, with topics and the period before; frozen when signed.',
    },
  },
);
export type DigestRow = RecordRow<typeof Digest>;
