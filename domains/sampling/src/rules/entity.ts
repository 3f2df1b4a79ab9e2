import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { decisionShape } from './decision.ts';

/** One line of the test programme, as the published rules print it. */
export const Item = z.object({
  item: field.text('检验项目', { en: 'Item' }),
  method: field.text('检验方法', { en: 'Method' }),
  limit: field.text('技术要求', { en: 'Limit' }),
  unit: optional(field.text('单位', { en: 'Unit', max: 40 })),
  severity: field.choice('重要程度', { A: 'A', B: 'B', C: 'C' }, { en: 'Severity' }),
  judge: field.choice(
    '数值比较方法',
    { rounded: { zh: '修约值比较法', en: 'Rounded value' }, full: { zh: '全数值比较法', en: 'Full value' } },
    { en: 'Comparison', help: { zh: 'GB/T 8170 第4.3条', en: 'GB/T 8170 4.3' } },
  ),
  ...decisionShape,
  onSite: optional(
    field.flag('现场检验', {
      en: 'Tested on the spot',
      help: { zh: '可由抽样人员现场检验（总局令第18号第九条）。', en: 'The samplers may test it (order 18 art. 9).' },
    }),
  ),
  microbiological: optional(
    field.flag('微生物指标', {
      en: 'Microbiological',
      help: {
        zh: '食品微生物指标不合格不予复检（总局令第15号第三十一条）。',
        en: 'Not retested in food (order 15 art. 31).',
      },
    }),
  ),
});
export type Item = z.infer<typeof Item>;

/** One opinion of the joint review. */
export const Review = z.object({
  person: field.identifier('评审人', { en: 'Person' }),
  name: field.text('评审人姓名', { en: 'Name' }),
  part: field.choice(
    '身份',
    { supervision: { zh: '监管人员', en: 'Supervisor' }, testing: { zh: '检验专家', en: 'Test expert' } },
    { en: 'Capacity' },
  ),
  agrees: field.flag('同意', { en: 'Agrees' }),
  opinion: field.longText('意见', { en: 'Opinion', max: 5000 }),
  on: field.date('日期', { en: 'Date' }),
});
export type Review = z.infer<typeof Review>;

const Expert = z.object({
  person: field.identifier('专家', { en: 'Expert' }),
  name: field.text('姓名', { en: 'Name' }),
});

/** What the rules say; all of it is public once they are published (order 18 art. 12). */
export const rulesFields = {
  method: field.longText('抽样方法', { en: 'Sampling method', public: true }),
  items: field.list('检验项目、方法和要求', Item, { en: 'Items', max: 300, public: true }),
  testSample: field.integer('检验样品数量', { en: 'Test sample', min: 1, public: true }),
  spareSample: field.integer('备用样品数量', { en: 'Spare sample', public: true }),
  sampleUnit: field.text('样品单位', { en: 'Unit of samples', max: 20, public: true }),
  minimumStock: optional(field.integer('待销产品最少数量', { en: 'Least stock to sample from', public: true })),
  verdictRule: field.longText('判定规则', { en: 'Verdict rule', public: true }),
  retestDays: optional(field.integer('复检规定时间', { en: 'Time of a retest', unit: '日', public: true })),
  experts: optional(field.list('邀请评审的专家', Expert, { en: 'Invited experts', max: 50 })),
};

/** 实施细则: sampling method, items, test methods, verdict (order 18 art. 12(2)); public before the first sample is taken. */
export const SamplingRules = entity(
  'sampling.rules',
  { zh: '监督抽查实施细则', en: 'Detailed rules' },
  {
    fields: {
      scheme: field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' }),
      product: field.text('产品分类代码', { en: 'Product class', max: 40, public: true }),
      productName: field.text('产品名称', { en: 'Product', public: true }),
      version: field.integer('版本', { en: 'Version', min: 1, public: true }),
      ...rulesFields,
      reviews: field.list('联合评审意见', Review, { en: 'Joint review' }),
      publishedOn: optional(field.date('公布日期', { en: 'Published on', public: true })),
      entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
      reason: optional(field.longText('说明', { en: 'Remark', max: 2000 })),
    },
    title: (row) => `${row.productName}质量监督抽查实施细则（第${row.version}版）`,
    words: (row) => row.items.map(({ item }) => item),
    purpose: {
      zh: '怎么抽、检什么、怎么判；经监管人员和检验专家联合评审、批准，在抽样前向社会公布。',
      en: 'How to sample, what to test, how to judge; jointly reviewed, approved, and published before sampling.',
    },
  },
);
export type RulesRow = RecordRow<typeof SamplingRules>;
