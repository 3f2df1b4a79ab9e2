import { field, optional } from '@hengjian/kernel';
import { conclusions, decisionShape, severities, verdictRules } from '@hengjian/sampling';
import { z } from 'zod';

/** One item of a test: what is asked, by which method, against which limit, and what the body declared of it when it took the sample. */
export const Item = z.object({
  item: field.text('检验项目', { en: 'Item' }),
  method: field.text('检验方法', { en: 'Method' }),
  limit: field.text('标准要求', { en: 'Limit', max: 500 }),
  unit: optional(field.text('单位', { en: 'Unit', max: 40 })),
  severity: field.choice('重要程度', severities, { en: 'Class' }),
  judge: field.choice(
    '判定方法',
    {
      full: { zh: '全数值比较法', en: 'Full value' },
      rounded: { zh: '修约值比较法', en: 'Rounded value' },
    },
    { en: 'Comparison' },
  ),
  ...decisionShape,
  clause: field.text('依据条款', { en: 'Clause', max: 300 }),
  quantification: optional(field.decimal('定量限', { en: 'Limit of quantification' })),
  quantificationUnit: optional(field.text('定量限单位', { en: 'Unit of quantification', max: 40 })),
});
export type Item = z.infer<typeof Item>;

export const sources = {
  commissioned: { zh: '委托检验', en: 'Commissioned' },
  product: { zh: '产品监督抽查', en: 'Product supervision' },
  food: { zh: '食品抽样检验', en: 'Food sampling' },
  retest: { zh: '复检', en: 'Retest' },
} as const;

export const Client = z.object({
  name: field.text('委托人', { en: 'Client' }),
  organisation: optional(field.identifier('委托单位编号', { en: 'Organisation of the client' })),
  address: optional(field.text('地址', { en: 'Address', max: 300 })),
});

/** What is known of a sample before it arrives. */
export const announcedShape = {
  source: field.choice('来源', sources, { en: 'Source' }),
  task: optional(field.identifier('抽样任务', { en: 'Sampling task' })),
  client: field.object('委托人', Client.shape, { en: 'Client' }),
  sampleName: field.text('样品名称', { en: 'Sample' }),
  batch: optional(field.text('批号', { en: 'Batch' })),
  kind: field.text('类别代码', { en: 'Kind' }),
  seal: optional(field.text('封条编号', { en: 'Seal' })),
  quantity: field.integer('样品数量', { en: 'Quantity', min: 1 }),
  unit: field.text('计量单位', { en: 'Unit', max: 40 }),
  temperatureFrom: optional(field.decimal('运输温度下限', { en: 'Least temperature', unit: '°C' })),
  temperatureTo: optional(field.decimal('运输温度上限', { en: 'Highest temperature', unit: '°C' })),
  producedOn: optional(field.date('生产日期', { en: 'Produced on' })),
  sampledOn: optional(field.date('抽样日期', { en: 'Sampled on' })),
  shelfLifeUntil: optional(field.date('保质期至', { en: 'Shelf life until' })),
  verdictRule: field.choice('判定规则', verdictRules, { en: 'Rule of conclusion' }),
  items: field.list('检验项目', Item, { en: 'Items', max: 500 }),
  dueOn: field.date('完成期限', { en: 'Due on' }),
};
export const Announced = z.strictObject(announcedShape);
export type Announced = z.infer<typeof Announced>;

export { conclusions };
