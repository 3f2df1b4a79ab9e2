import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { FailedItem } from '../fields.ts';
import { reportGrounds } from '../report-up/entity.ts';

export const AnnouncedRow = z.object({
  loop: field.identifier('结果处理', { en: 'Loop' }),
  report: field.identifier('上报', { en: 'Report' }),
  name: field.text('单位名称', { en: 'Name', public: true }),
  code: optional(field.text('统一社会信用代码', { en: 'Credit code', public: true })),
  productName: field.text('产品名称', { en: 'Product', public: true }),
  model: optional(field.text('规格型号', { en: 'Model', public: true })),
  batch: optional(field.text('生产日期或批号', { en: 'Batch', public: true })),
  ground: field.choice('公告事由', reportGrounds, { en: 'Ground', public: true }),
  failedItems: field.list('不合格项目', FailedItem, { en: 'Failed items', public: true, max: 300 }),
});
export type AnnouncedRow = z.infer<typeof AnnouncedRow>;

/** 省级公告: units whose recheck failed or that did not rectify (order 18 art. 47(2); 产品质量法 art. 17). */
export const Announcement = entity(
  'handling.announcement',
  { zh: '复查不合格公告', en: 'Announcement after failed rechecks' },
  {
    fields: {
      name: field.text('公告名称', { en: 'Name', public: true }),
      rows: field.list('公告单位', AnnouncedRow, { en: 'Announced', public: true, max: 500 }),
      concerned: field.list('相关机关', field.office('机关', { en: 'Office' }), {
        en: 'Authorities concerned',
        max: 1000,
      }),
      publishedOn: optional(field.date('公告日期', { en: 'Published on', public: true })),
      entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
      reason: optional(field.longText('更正或者撤回理由', { en: 'Why it was corrected or withdrawn', max: 2000 })),
    },
    title: (row) => row.name,
    words: (row) => row.rows.flatMap(({ name, code }) => [name, code]),
    purpose: {
      zh: '省级市场监管部门向社会公告经复查不合格或者逾期不改正的单位；公告日起算第二次复查。',
      en: 'The province announces who failed the recheck or did not rectify; the second recheck counts from there.',
    },
  },
);
export type AnnouncementRow = RecordRow<typeof Announcement>;
