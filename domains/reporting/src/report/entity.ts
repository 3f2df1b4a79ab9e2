import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';

export const cycles = {
  weekly: { zh: '周报', en: 'Weekly' },
  monthly: { zh: '月报', en: 'Monthly' },
  quarterly: { zh: '季报', en: 'Quarterly' },
} as const;

/** A number as it was when the report was drafted: counts, decimals of six places, and what the rate is worth. */
const FrozenLine = z.object({
  group: optional(field.text('分组代码', { en: 'Group' })),
  name: field.text('分组', { en: 'Name', max: 300 }),
  nameEn: field.text('分组（英文）', { en: 'Name in English', max: 300 }),
  numerator: field.integer('分子', { en: 'Numerator' }),
  denominator: optional(field.integer('分母', { en: 'Denominator' })),
  value: optional(field.decimal('数值', { en: 'Value' })),
  lower: optional(field.decimal('95 % 区间下限（Wilson）', { en: 'Lower limit, Wilson 95 %' })),
  upper: optional(field.decimal('95 % 区间上限（Wilson）', { en: 'Upper limit, Wilson 95 %' })),
  exactLower: optional(field.decimal('95 % 区间下限（精确）', { en: 'Lower limit, exact 95 %' })),
  exactUpper: optional(field.decimal('95 % 区间上限（精确）', { en: 'Upper limit, exact 95 %' })),
  small: field.flag('批次过少', { en: 'Too few to compare' }),
  basis: optional(field.text('抽取方式', { en: 'How drawn', max: 20 })),
});
export type FrozenLine = z.infer<typeof FrozenLine>;

const FrozenFigure = z.object({
  figure: field.text('指标', { en: 'Figure', max: 60 }),
  label: field.text('名称', { en: 'Name' }),
  labelEn: field.text('名称（英文）', { en: 'Name in English' }),
  unit: field.text('单位', { en: 'Unit', max: 20 }),
  definition: field.longText('口径', { en: 'Definition', max: 2000 }),
  definitionEn: field.longText('口径（英文）', { en: 'Definition in English', max: 2000 }),
  parameters: field.json('查询条件', { en: 'Parameters' }),
  hash: field.text('校验值', { en: 'Hash', max: 64 }),
  note: optional(field.longText('代表性说明', { en: 'What the rate is worth', max: 1000 })),
  noteEn: optional(field.longText('代表性说明（英文）', { en: 'What the rate is worth, in English', max: 1000 })),
  lines: field.list('数值', FrozenLine, { en: 'Lines', max: 2000 }),
});
export type FrozenFigure = z.infer<typeof FrozenFigure>;

const Section = z.object({
  title: field.text('标题', { en: 'Title' }),
  titleEn: field.text('标题（英文）', { en: 'Title in English' }),
  figures: field.list('指标', FrozenFigure, { en: 'Figures', max: 50 }),
});
export type Section = z.infer<typeof Section>;

/** 定期报告: the numbers of one period, drafted by the platform, checked, signed and from then on frozen (practice M14). */
export const Report = entity(
  'reporting.report',
  { zh: '定期统计报告', en: 'Periodical report' },
  {
    fields: {
      series: optional(field.reference('报告安排', 'reporting.series', { en: 'Series' })),
      template: field.choice('种类', cycles, { en: 'Kind' }),
      name: field.text('名称', { en: 'Name' }),
      periodFrom: field.date('期间起', { en: 'From' }),
      periodUntil: field.date('期间止', { en: 'Until' }),
      edition: field.integer('版次', { en: 'Edition' }),
      replaces: optional(field.reference('更正的报告', 'reporting.report', { en: 'Corrects' })),
      asOf: field.instant('数据时点', { en: 'Counted at' }),
      sections: field.list('内容', Section, { en: 'Content', max: 20 }),
      digest: field.text('全文校验值', { en: 'Hash of the whole', max: 64 }),
      remarks: optional(field.longText('情况说明', { en: 'Remarks', max: 4000 })),
      checkedOn: optional(field.date('核对日期', { en: 'Checked on' })),
      checkedBy: optional(field.text('核对人', { en: 'Checked by' })),
      frozenOn: optional(field.date('签发日期', { en: 'Signed on' })),
      replacedBy: optional(field.reference('更正后的报告', 'reporting.report', { en: 'Corrected by' })),
      reason: optional(field.longText('更正或者作废理由', { en: 'Why corrected or discarded', max: 2000 })),
    },
    title: (row) => (row.edition > 1 ? `${row.name}（第 ${row.edition} 版）` : row.name),
    purpose: {
      zh: '期末由平台按固定口径汇总，核对、签发后不再改变；有迟到数据时可以复算比较，需要更正的另出一版。',
      en: 'Put together by the platform when a period ends; once checked and signed it never changes. Late data show when it is recomputed, and a correction is another edition.',
    },
  },
);
export type ReportRow = RecordRow<typeof Report>;
