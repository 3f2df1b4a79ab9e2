import { serviceFields } from '@hengjian/correspondence';
import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { addresseeFields, noticeHeading } from '../notice/addressee.ts';
import { conclusions, FailedItem } from '../task/items.ts';

export const foodAddressees = {
  sampled: { zh: '被抽样食品生产经营者', en: 'Sampled operator' },
  'labelled-producer': { zh: '标称食品生产者', en: 'Labelled producer' },
  platform: { zh: '网络食品交易第三方平台提供者', en: 'Platform provider' },
  market: { zh: '食品集中交易市场开办者', en: 'Opener of the market' },
} as const;

const addresseeShape = {
  kind: field.choice('身份', foodAddressees, { en: 'Capacity' }),
  ...addresseeFields,
};

/** What the notice says, as prepared from the task. */
export const foodContentShape = {
  task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }),
  addressee: field.object('受送达人', addresseeShape, { en: 'Addressee' }),
  conclusionReceivedOn: field.date('收到不合格结论日期', { en: 'Failing conclusion received on' }),
  enterpriseName: field.text('被抽样单位', { en: 'Sampled operator' }),
  productName: field.text('食品名称', { en: 'Food' }),
  sampleName: field.text('样品名称', { en: 'Name on the product' }),
  trademark: field.text('商标', { en: 'Trademark' }),
  model: field.text('规格型号', { en: 'Specification' }),
  batch: field.text('生产日期或批号', { en: 'Batch' }),
  reportNumber: field.text('检验报告编号', { en: 'Report number' }),
  labName: field.text('承检机构', { en: 'Laboratory' }),
  conclusion: field.choice('检验结论', conclusions, { en: 'Conclusion' }),
  failedItems: field.list('不合格项目', FailedItem, { en: 'Failed items' }),
};

/** 抽样检验结果通知书: a failing report for one addressee, with its own seven working days (order 15 arts 29, 30). */
export const FoodNotice = entity(
  'sampling.food-notice',
  { zh: '食品抽检结果通知', en: 'Notice of a food result' },
  {
    fields: {
      ...foodContentShape,
      ...serviceFields,
      reason: optional(field.longText('说明', { en: 'Remark', max: 4000 })),
    },
    ...noticeHeading,
    purpose: {
      zh: '食品不合格检验报告和结果通知书的送达；收到之日起七个工作日内可以申请复检、提出异议。',
      en: 'Service of a failing report on food; a retest or an objection may be asked for within seven working days.',
    },
  },
);
export type FoodNoticeRow = RecordRow<typeof FoodNotice>;
