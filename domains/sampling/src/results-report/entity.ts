import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';

export const addresseeKinds = {
  superior: { zh: '上一级市场监督管理部门', en: 'The next higher authority' },
  government: { zh: '地方人民政府', en: 'Local government' },
  peer: { zh: '同级有关部门', en: 'Departments of the same level' },
} as const;

export const Addressee = z.object({
  kind: field.choice('类别', addresseeKinds, { en: 'Kind' }),
  name: field.text('单位', { en: 'Name' }),
});
const Receipt = z.object({
  name: field.text('单位', { en: 'Name' }),
  on: field.date('收到日期', { en: 'Received on' }),
  reference: optional(field.text('收文号', { en: 'Reference' })),
});

/** Batches of the plan or scheme up to the day of the report, each counted once. */
export const figuresShape = {
  tasks: field.integer('任务', { en: 'Tasks' }),
  sampled: field.integer('已抽样', { en: 'Sampled' }),
  notSampled: field.integer('未抽到样', { en: 'No sample' }),
  refused: field.integer('拒绝抽样', { en: 'Refused' }),
  concluded: field.integer('结论生效', { en: 'Final' }),
  failing: field.integer('其中不合格', { en: 'of which failing' }),
  voided: field.integer('其中撤销', { en: 'of which void' }),
  handedOver: field.integer('已移交处理', { en: 'Handed over' }),
};

/** 抽查情况通报: told to government, superior and peers by the organiser (order 18 art. 44(1); order 15 arts 6, 9(4)). */
export const ResultsReport = entity(
  'sampling.results-report',
  { zh: '抽查情况通报', en: 'Report on a campaign' },
  {
    fields: {
      plan: field.reference('年度计划', 'sampling.plan', { en: 'Plan' }),
      scheme: optional(field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme, none for the whole plan' })),
      name: field.text('通报名称', { en: 'Name' }),
      year: field.integer('年度', { en: 'Year' }),
      until: field.date('数据截止', { en: 'Figures up to' }),
      figures: field.object('数据', figuresShape, { en: 'Figures' }),
      representative: field.flag('样本具代表性', { en: 'Representative' }),
      rateNote: field.longText('不合格率说明', { en: 'What the rate is worth', max: 1000 }),
      findings: field.longText('分析和建议', { en: 'Findings and advice' }),
      addressees: field.list('通报对象', Addressee, { en: 'Told to', max: 50 }),
      superior: optional(field.office('上级机关', { en: 'Superior office' })),
      receipts: field.list('收到回执', Receipt, { en: 'Receipts' }),
      sentOn: optional(field.date('发出日期', { en: 'Sent on' })),
      reason: optional(field.longText('撤回理由', { en: 'Why it was withdrawn', max: 2000 })),
    },
    title: (row) => row.name,
    purpose: {
      zh: '汇总分析抽查情况，向地方人民政府、上一级市场监督管理部门和同级有关部门通报。',
      en: 'What a campaign found, told to local government, the next higher authority and peers.',
    },
  },
);
export type ResultsReportRow = RecordRow<typeof ResultsReport>;
