import { serviceFields } from '@hengjian/correspondence';
import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { conclusions, FailedItem } from '../task/items.ts';
import { addresseeFields, noticeHeading } from './addressee.ts';

export const addresseeKinds = {
  sampled: { zh: '被抽样单位', en: 'Sampled firm' },
  'labelled-producer': { zh: '标称生产者', en: 'Labelled producer' },
  platform: { zh: '电子商务平台经营者', en: 'Platform operator' },
} as const;

const addresseeShape = {
  kind: field.choice('身份', addresseeKinds, { en: 'Capacity' }),
  ...addresseeFields,
};

/** What the notice says, as prepared from the task. */
export const contentShape = {
  task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }),
  addressee: field.object('受送达人', addresseeShape, { en: 'Addressee' }),
  enterpriseName: field.text('被抽样单位', { en: 'Sampled firm' }),
  productName: field.text('产品名称', { en: 'Product' }),
  sampleName: field.text('样品名称', { en: 'Name on the product' }),
  trademark: field.text('商标', { en: 'Trademark' }),
  model: field.text('规格型号', { en: 'Model' }),
  batch: field.text('生产日期或批号', { en: 'Batch' }),
  reportNumber: field.text('检验报告编号', { en: 'Report number' }),
  labName: field.text('检验机构', { en: 'Laboratory' }),
  conclusion: field.choice('检验结论', conclusions, { en: 'Conclusion' }),
  failedItems: field.list('不合格项目', FailedItem, { en: 'Failed items' }),
};

/** 结果告知书: the written conclusion for one addressee, with its own receipt and its own fifteen days (order 18 arts 35, 36). */
export const Notice = entity(
  'sampling.notice',
  { zh: '检验结果告知', en: 'Notice of the conclusion' },
  {
    fields: {
      ...contentShape,
      ...serviceFields,
      reason: optional(field.longText('撤回理由', { en: 'Why it was withdrawn', max: 4000 })),
    },
    ...noticeHeading,
    purpose: {
      zh: '把检验结论书面告知每一个应当告知的人；各自送达、各自起算十五日。',
      en: 'The conclusion in writing to each who must have it; each is served, and has fifteen days, on its own.',
    },
  },
);
export type NoticeRow = RecordRow<typeof Notice>;
