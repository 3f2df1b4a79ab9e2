import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { FailedItem } from '../task/items.ts';

/** Where a failing result comes from that this authority did not organise (practice M1). */
export const sources = {
  national: { zh: '国家监督抽查', en: 'National sampling' },
  'other-province': { zh: '外省通报', en: 'Another province' },
  food: { zh: '食品安全抽检', en: 'Food sampling' },
  city: { zh: '市级抽查', en: 'City' },
  county: { zh: '县级抽查', en: 'County' },
} as const;

const concernedShape = {
  id: optional(field.identifier('主体库编号', { en: 'In the register' })),
  name: field.text('名称', { en: 'Name' }),
  code: optional(field.text('统一社会信用代码', { en: 'Credit code', pattern: /^[0-9A-HJ-NPQRTUWXY]{18}$/ })),
  region: field.region('所在地', { en: 'Region' }),
};

export const registrationShape = {
  source: field.choice('来源', sources, { en: 'Source' }),
  organiser: field.text('组织抽查的机关', { en: 'Organised by' }),
  foreignNumber: optional(field.text('对方编号', { en: 'Number there' })),
  reportNumber: field.text('检验报告编号', { en: 'Report number' }),
  receivedOn: field.date('收到日期', { en: 'Received on' }),
  finalOn: optional(
    field.date('结论生效日期', {
      en: 'Final on',
      help: {
        zh: '产品须在异议期满后登记；食品收到不合格结论即登记，不必等复检。',
        en: 'Products once the term to object is over; food at once, without waiting for a retest.',
      },
    }),
  ),
  productName: field.text('产品名称', { en: 'Product' }),
  model: optional(field.text('规格型号', { en: 'Model' })),
  batch: optional(field.text('生产日期或批号', { en: 'Batch' })),
  failedItems: field.list('不合格项目', FailedItem, { en: 'Failed items', max: 100 }),
  firm: field.object('被抽样单位', concernedShape, { en: 'Sampled firm' }),
  producer: optional(
    field.object('生产者', concernedShape, {
      en: 'Producer',
      help: { zh: '与被抽样单位不同的填写。', en: 'Where it is not the sampled firm.' },
    }),
  ),
};

/** 外来不合格: a failing result of another organiser, taken into the same loop (practice M1). */
export const OutsideFailure = entity(
  'sampling.outside-failure',
  { zh: '外来不合格', en: 'Failure from outside' },
  {
    fields: {
      ...registrationShape,
      ledgerRow: optional(field.integer('台账行号', { en: 'Row of the ledger' })),
      answeredOn: optional(field.date('函复日期', { en: 'Answered on' })),
      answer: optional(field.longText('函复内容', { en: 'Answer', max: 4000 })),
      outcome: optional(field.longText('核查处置结果', { en: 'What was done', max: 4000 })),
      reason: optional(field.longText('撤销理由', { en: 'Why it was taken back', max: 2000 })),
    },
    title: (row) => `${row.firm.name} · ${row.productName}`,
    subject: (row) => (row.firm.id ? { id: row.firm.id, name: row.firm.name } : null),
    words: (row) => [row.firm.code, row.reportNumber, row.foreignNumber, row.producer?.name],
    purpose: {
      zh: '国家、外省、食品和市县抽查转来的不合格结果，与本级结果同一本台账、同样销号。',
      en: 'Failing results of other organisers, in the same ledger and written off in the same way.',
    },
  },
);
export type OutsideFailureRow = RecordRow<typeof OutsideFailure>;
