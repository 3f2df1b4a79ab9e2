import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { FailedItem, seriousness } from '../task/items.ts';
import { channels } from '../task/sample-fields.ts';

/** One batch as everybody reads it: firms and products, never a person and never how to reach one. */
export const BatchRow = z.object({
  task: field.identifier('任务', { en: 'Task' }),
  enterprise: field.text('被抽样单位', { en: 'Sampled firm', public: true }),
  enterpriseCode: optional(field.text('统一社会信用代码', { en: 'Credit code', public: true })),
  region: field.region('所在地', { en: 'Region', public: true }),
  producer: optional(field.text('标称生产者', { en: 'Labelled producer', public: true })),
  producerCode: optional(field.text('生产者统一社会信用代码', { en: "Producer's credit code", public: true })),
  productName: field.text('产品名称', { en: 'Product', public: true }),
  trademark: field.text('商标', { en: 'Trademark', public: true }),
  model: field.text('规格型号', { en: 'Model', public: true }),
  batch: field.text('生产日期或批号', { en: 'Batch', public: true }),
  channel: field.choice('抽样渠道', channels, { en: 'Where', public: true }),
  laboratory: field.text('检验机构', { en: 'Laboratory', public: true }),
  failedItems: field.list('不合格项目', FailedItem, { en: 'Failed items', public: true }),
  seriousness: field.choice('不合格程度', seriousness, { en: 'Seriousness', public: true }),
  retested: field.flag('经复检', { en: 'Retested', public: true }),
  note: optional(field.text('备注', { en: 'Note', public: true, max: 500 })),
});
export type BatchRow = z.infer<typeof BatchRow>;

/** How the tasks of a scheme came out, each counted once. */
const countsShape = {
  tasks: field.integer('任务', { en: 'Tasks', public: true }),
  conforming: field.integer('未发现不合格', { en: 'Conforming', public: true }),
  failing: field.integer('不合格', { en: 'Failing', public: true }),
  voided: field.integer('结论撤销', { en: 'Void', public: true }),
  stopped: field.integer('终止检验', { en: 'Tests ended', public: true }),
  notSampled: field.integer('未抽到样', { en: 'No sample', public: true }),
  terminated: field.integer('终止抽样', { en: 'Sampling ended', public: true }),
  cancelled: field.integer('取消', { en: 'Cancelled', public: true }),
  open: field.integer('尚未办结', { en: 'Still open', public: true }),
};

const LeftOut = z.object({
  task: field.reference('未办结任务', 'sampling.task', { en: 'Task' }),
  reason: field.text('未纳入的原因', { en: 'Why it is left out', max: 500 }),
});

/** 监督抽查结果公告: what the authority makes public of one campaign, by its own act (order 18 arts 10, 44; practice W4). */
export const Bulletin = entity(
  'sampling.bulletin',
  { zh: '监督抽查结果公告', en: 'Sampling bulletin' },
  {
    fields: {
      scheme: field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' }),
      name: field.text('公告名称', { en: 'Name', public: true }),
      productName: field.text('产品名称', { en: 'Product', public: true }),
      summary: optional(field.longText('抽查概况', { en: 'Summary', public: true, max: 5000 })),
      counts: field.object('合计', countsShape, { en: 'Counts', public: true }),
      representative: field.flag('样本具代表性', { en: 'Representative', public: true }),
      rateNote: optional(field.text('不合格率说明', { en: 'What the rate is worth', public: true, max: 1000 })),
      passing: field.list('未发现不合格的批次', BatchRow, { en: 'Conforming batches', public: true }),
      failing: field.list('不合格批次', BatchRow, { en: 'Failing batches', public: true }),
      leftOut: field.list('未纳入的任务', LeftOut, { en: 'Left out' }),
      digest: field.text('内容摘要', { en: 'Digest of the content' }),
      publishedOn: optional(field.date('发布日期', { en: 'Published on', public: true })),
      revision: field.integer('版次', { en: 'Revision', public: true }),
      entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
      reason: optional(
        field.longText('更正或者撤回理由', { en: 'Why it was corrected or withdrawn', public: true, max: 2000 }),
      ),
    },
    title: (row) => row.name,
    words: (row) => [row.productName],
    purpose: {
      zh: '一次抽查的结果公告：自动汇总合格和不合格名单，经审批后由组织机关发布，可以更正和撤回。',
      en: 'The bulletin of one campaign: both annexes put together, signed, published by the organiser; may be corrected or withdrawn.',
    },
  },
);
export type BulletinRow = RecordRow<typeof Bulletin>;
