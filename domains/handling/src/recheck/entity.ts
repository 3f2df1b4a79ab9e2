import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { bodyShape, FailedItem, subjectShape, TestItem } from '../fields.ts';

export const ordinals = {
  first: { zh: '责令改正后复查', en: 'After the order' },
  second: { zh: '公告后复查', en: 'After the announcement' },
  'after-suspension': { zh: '整顿期满后复查', en: 'After the suspension' },
} as const;

export const RecheckResult = z.object({
  item: field.text('检验项目', { en: 'Item' }),
  result: field.text('检验结果', { en: 'Result', max: 500 }),
  unit: optional(field.text('单位', { en: 'Unit', max: 40 })),
  verdict: optional(
    field.choice(
      '判定',
      { conforms: { zh: '符合', en: 'Conforms' }, fails: { zh: '不符合', en: 'Fails' } },
      { en: 'Verdict' },
    ),
  ),
});
export type RecheckResult = z.infer<typeof RecheckResult>;

export const orderingShape = {
  loop: field.reference('结果处理', 'handling.loop', { en: 'Loop' }),
  ordinal: field.choice('复查阶段', ordinals, { en: 'Which recheck' }),
  ...subjectShape,
  items: field.list('检验项目和判定依据', TestItem, { en: 'Test programme', max: 300 }),
  lab: field.object('检验机构', bodyShape, { en: 'Laboratory' }),
  otherLabReason: optional(field.longText('另选检验机构的理由', { en: 'Why another laboratory', max: 1000 })),
};

/** 复查: a free sample, by the same rules and at the same laboratory, recognised by an officer (order 18 arts 47–49). */
export const Recheck = entity(
  'handling.recheck',
  { zh: '复查', en: 'Recheck' },
  {
    fields: {
      ...orderingShape,
      orderedOn: optional(field.date('组织复查日期', { en: 'Organised on' })),
      sampledOn: optional(field.date('抽样日期', { en: 'Sampled on' })),
      quantity: optional(field.integer('样品数量', { en: 'Quantity', min: 1 })),
      batch: optional(field.text('生产日期或批号', { en: 'Batch' })),
      seal: optional(field.text('封样状态', { en: 'Seals', max: 300 })),
      samplers: optional(field.text('抽样人员', { en: 'Samplers', max: 200 })),
      results: optional(field.list('检验结果', RecheckResult, { en: 'Results', max: 300 })),
      reportNumber: optional(field.text('复查检验报告编号', { en: 'Report number' })),
      reportedOn: optional(field.date('报告日期', { en: 'Reported on' })),
      conclusion: optional(
        field.choice(
          '检验结论',
          { conforms: { zh: '未发现不合格', en: 'Conforms' }, fails: { zh: '不合格', en: 'Fails' } },
          { en: 'Conclusion' },
        ),
      ),
      failedItems: optional(field.list('不合格项目', FailedItem, { en: 'Failed items', max: 300 })),
      opinion: optional(field.longText('认定意见', { en: 'Recognition', max: 2000 })),
      recognisedOn: optional(field.date('认定日期', { en: 'Recognised on' })),
      reason: optional(field.longText('终止理由', { en: 'Why it ended', max: 2000 })),
    },
    title: (row) => `${ordinals[row.ordinal].zh}：${row.subjectName}`,
    subject: (row) => (row.subjectId ? { id: row.subjectId, name: row.subjectName } : null),
    words: (row) => [row.subjectCode, row.productName, row.reportNumber],
    purpose: {
      zh: '复查：无偿样品、同一细则、同一机构，由结果处理机关认定；认定合格前不得恢复生产销售。',
      en: 'Recheck: free sample, same rules, same laboratory, recognised by the authority; no sale before.',
    },
  },
);
export type RecheckRow = RecordRow<typeof Recheck>;
