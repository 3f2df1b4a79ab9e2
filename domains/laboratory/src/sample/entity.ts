import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { seriousnesses } from '@hengjian/sampling';
import { z } from 'zod';
import { announcedShape, conclusions } from '../fields.ts';
import { keptKinds } from '../rules.ts';

/** Legal reasons for refusing a sample (order 18 art. 29; order 39 art. 14(1)). */
export const refusalGrounds = {
  'seal-broken': { zh: '封条破损（令第18号第二十九条）', en: 'Seal broken (order 18 art. 29)' },
  'wrong-seal': { zh: '封条编号不符（令第18号第二十九条）', en: 'Not the seal of the record (order 18 art. 29)' },
  'not-the-sample': {
    zh: '样品与抽样单不符（令第18号第二十九条）',
    en: 'Not the sample of the record (order 18 art. 29)',
  },
  temperature: {
    zh: '运输温度不符合规定（令第39号第十四条第一项）',
    en: 'Carried too warm or cold (order 39 art. 14(1))',
  },
  damaged: {
    zh: '污染、混淆、损毁、性状异常（令第39号第十四条第一项）',
    en: 'Contaminated, mixed up, damaged (order 39 art. 14(1))',
  },
  'too-little': { zh: '数量不足以检验', en: 'Too little to be tested' },
} as const;

export const Portion = z.object({
  kind: field.choice('用途', { test: { zh: '检验', en: 'Test' }, ...keptKinds }, { en: 'Use' }),
  quantity: field.integer('数量', { en: 'Quantity', min: 1 }),
  place: field.text('存放位置', { en: 'Place' }),
});

/** An item that another body tests, with the consent of whoever entrusted the sample (order 39 art. 11). */
export const Subcontract = z.object({
  item: field.text('检验项目', { en: 'Item' }),
  organisation: field.identifier('承担机构编号', { en: 'Body (id)' }),
  name: field.text('承担机构', { en: 'Body' }),
});

export const receiptShape = {
  receivedOn: field.date('收样日期', { en: 'Received on' }),
  readSeal: optional(field.text('实际封条编号', { en: 'Seal as read' })),
  sealIntact: field.flag('封条完好', { en: 'Seal intact' }),
  readName: field.text('样品标注名称', { en: 'Name on the sample' }),
  readBatch: optional(field.text('样品标注批号', { en: 'Batch on the sample' })),
  condition: field.text('外观和状态', { en: 'Condition', max: 500 }),
  temperature: optional(field.decimal('到样温度', { en: 'Temperature', unit: '°C' })),
  licenceCheck: optional(
    field.choice(
      '生产者资质核实',
      {
        'not-needed': { zh: '不实行许可或强制认证', en: 'Neither licence nor certification asked' },
        valid: { zh: '符合要求', en: 'In order' },
        missing: { zh: '未取得', en: 'Missing' },
      },
      { en: "Producer's licence" },
    ),
  ),
  licenceSource: optional(field.text('核实途径', { en: 'Checked where', max: 300 })),
  freeOfTies: field.flag('对该被抽样企业该产品没有有偿服务', {
    en: 'No paid work for the sampled firm on this product',
  }),
};

const untilReceived = {
  receivedOn: optional(receiptShape.receivedOn),
  readSeal: receiptShape.readSeal,
  sealIntact: optional(receiptShape.sealIntact),
  readName: optional(receiptShape.readName),
  readBatch: receiptShape.readBatch,
  condition: optional(receiptShape.condition),
  temperature: receiptShape.temperature,
  licenceCheck: receiptShape.licenceCheck,
  licenceSource: receiptShape.licenceSource,
  freeOfTies: optional(receiptShape.freeOfTies),
};

/** 检验样品: one sample in a laboratory, from the announcement to the report. */
export const Sample = entity(
  'laboratory.sample',
  { zh: '检验样品', en: 'Sample in the laboratory' },
  {
    fields: {
      bench: field.reference('工作台', 'laboratory.bench', { en: 'Bench' }),
      organisation: field.identifier('检验机构编号', { en: 'Body (id)' }),
      organisationName: field.text('检验机构', { en: 'Body' }),
      blindCode: field.text('盲样号', { en: 'Blind code', max: 20 }),
      ...announcedShape,
      ...untilReceived,
      refusalGround: optional(field.choice('拒收理由', refusalGrounds, { en: 'Why it is refused' })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
      returnedReason: optional(
        field.longText('组织部门退回理由', { en: 'Why the organiser returned the report', max: 2000 }),
      ),
      portions: optional(field.list('分样', Portion, { en: 'Portions', max: 50 })),
      subcontracts: optional(field.list('分包项目', Subcontract, { en: 'Subcontracted items', max: 100 })),
      reportNumber: optional(field.text('报告编号', { en: 'Report number', max: 60 })),
      reportedOn: optional(field.date('报告日期', { en: 'Reported on' })),
      revision: field.integer('报告版次', { en: 'Revision' }),
      conclusion: optional(field.choice('检验结论', conclusions, { en: 'Conclusion' })),
      seriousness: optional(field.choice('不合格程度', seriousnesses, { en: 'Seriousness' })),
      report: optional(field.json('检验报告', { en: 'Report' })),
      reportHash: optional(field.text('报告校验值', { en: 'Hash of the report', max: 64 })),
      signature: optional(field.json('电子签章', { en: 'Signature' })),
      issued: optional(field.reference('已出报告', 'laboratory.issued-report', { en: 'Issued report' })),
    },
    title: (row) => `${row.blindCode} · ${row.sampleName}`,
    words: (row) => [row.reportNumber, row.batch, row.client.name],
    purpose: {
      zh: '送到检验机构的样品：收样或拒收、分样、检验、报告。',
      en: 'Samples that came to a laboratory: received or refused, divided, tested, reported.',
    },
  },
);
export type SampleRow = RecordRow<typeof Sample>;
