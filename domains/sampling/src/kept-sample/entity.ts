import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { finalConclusions } from '../task/items.ts';
import { Body } from '../task/sample-fields.ts';

/** Three kinds of kept sample that two laws know (practice W17). */
export const keptKinds = {
  spare: { zh: '备用样品（企业无偿提供）', en: 'Spare sample, lent free' },
  'spare-bought': { zh: '备用样品（网购付款）', en: 'Spare sample, bought online' },
  backup: { zh: '复检备份样品（食品，已付款）', en: 'Back-up sample of food, paid' },
} as const;

export const keepers = {
  firm: { zh: '被抽样单位（封存）', en: 'The firm, under seal' },
  laboratory: { zh: '检验机构', en: 'The laboratory' },
} as const;

export const fates = {
  returned: { zh: '退还被抽样单位', en: 'Returned to the firm' },
  waived: { zh: '被抽样单位书面放弃，按规定处置', en: 'Waived by the firm in writing, disposed of' },
  destroyed: { zh: '销毁', en: 'Destroyed' },
  reused: { zh: '合理再利用', en: 'Put to use' },
  'used-in-retest': { zh: '用于复检', en: 'Used in a retest' },
  hidden: { zh: '被隐匿', en: 'Hidden' },
  moved: { zh: '被转移', en: 'Moved' },
  sold: { zh: '被变卖', en: 'Sold' },
  spoiled: { zh: '被损毁', en: 'Destroyed by the firm' },
} as const;

const SealCheck = z.object({
  on: field.date('查验日期', { en: 'On' }),
  by: field.text('查验人', { en: 'By' }),
  intact: field.flag('封条完好', { en: 'Seals intact' }),
  note: optional(field.text('情况', { en: 'Found', max: 500 })),
});

/** What is known when the sample is sealed. */
export const keptShape = {
  task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }),
  kind: field.choice('类别', keptKinds, { en: 'Kind' }),
  enterprise: field.identifier('被抽样单位编号', { en: 'Firm' }),
  enterpriseName: field.text('被抽样单位', { en: 'Sampled firm' }),
  sampleName: field.text('样品名称', { en: 'Sample' }),
  quantity: field.integer('数量', { en: 'Quantity', min: 1 }),
  unit: field.text('计量单位', { en: 'Unit', max: 20 }),
  unitPrice: optional(field.money('单价', { en: 'Unit price' })),
  sealedOn: field.date('封样日期', { en: 'Sealed on' }),
  seal: field.text('封样状态', { en: 'Seals', max: 300 }),
  keeper: field.choice('保管人', keepers, { en: 'Keeper' }),
  keeperName: field.text('保管单位', { en: 'Kept by' }),
  lab: field.object('检验机构', Body, { en: 'Laboratory' }),
  shelfLifeUntil: optional(field.date('保质期至', { en: 'Shelf life ends on' })),
};

/** 留存样品: the sample kept for a second test, until it is returned, used or disposed of with a record. */
export const KeptSample = entity(
  'sampling.kept-sample',
  { zh: '备用（备份）样品', en: 'Kept sample' },
  {
    fields: {
      ...keptShape,
      conclusion: optional(field.choice('最终结论', finalConclusions, { en: 'Final conclusion' })),
      releasedOn: optional(field.date('异议期满日期', { en: 'Free since' })),
      keepUntil: optional(field.date('保存期起算日（检验结论作出）', { en: 'Kept since the conclusion of' })),
      sealChecks: field.list('封条查验', SealCheck, { en: 'Checks of the seals' }),
      fate: optional(field.choice('去向', fates, { en: 'What became of it' })),
      fateOn: optional(field.date('去向日期', { en: 'On' })),
      fateNote: optional(field.longText('说明', { en: 'Account', max: 2000 })),
      receivedBy: optional(
        field.text('签收人', { en: 'Signed for by', personal: { zh: '证明退还', en: 'to prove return' } }),
      ),
      payment: optional(field.money('应付备用样品费用', { en: 'Owed for the spare sample' })),
    },
    title: (row) => `${row.sampleName} · ${row.enterpriseName}`,
    subject: (row) => ({ id: row.enterprise, name: row.enterpriseName }),
    purpose: {
      zh: '备用样品和复检备份样品：在谁处、封条是否完好、何时可以退还或者处置，每一步有记录。',
      en: 'Spare and back-up samples: who keeps them, whether the seals hold, when they are returned or disposed of.',
    },
  },
);
export type KeptSampleRow = RecordRow<typeof KeptSample>;
