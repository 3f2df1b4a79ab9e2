import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';

export const measureKinds = {
  preservation: { zh: '先行登记保存证据', en: 'Preservation of evidence' },
  seizure: { zh: '查封、扣押', en: 'Sealing or seizure' },
} as const;
export const goods = z.object({
  name: field.text('标称名称、场所', { en: 'Goods or place' }),
  model: optional(field.text('规格（型号）、场所地址', { en: 'Model or address' })),
  unit: field.text('单位', { en: 'Unit', max: 20 }),
  quantity: field.decimal('数量', { en: 'Quantity' }),
  remark: optional(field.text('备注', { en: 'Remark' })),
});
export const proposeShape = {
  kind: field.choice('措施', measureKinds, { en: 'Measure' }),
  suspicion: field.longText('涉嫌的违法行为', { en: 'What is suspected', max: 2000 }),
  legalBasis: field.text('法律依据', { en: 'Legal basis', max: 300 }),
  place: field.text('存放、查封地点', { en: 'Place', max: 300 }),
  goods: field.list('场所、设施、财物清单', goods, { en: 'List of goods', max: 500 }),
};
export const openShape = {
  penaltyCase: field.reference('案件', 'cases.case', { en: 'Case' }),
  partyName: field.text('当事人', { en: 'Party' }),
  party: optional(field.identifier('当事人（经营主体）', { en: 'Party (register)' })),
  violation: optional(field.text('违法行为', { en: 'Violation' })),
  ...proposeShape,
};
const day = (zh: string, en: string) => optional(field.date(zh, { en }));

/** 证据保全和强制措施: what is kept in its place or taken, with its list and its term. */
export const Measure = entity(
  'cases.measure',
  { zh: '先行登记保存、查封扣押', en: 'Preservation or seizure' },
  {
    fields: {
      ...openShape,
      startedOn: day('实施日期', 'In force since'),
      extended: optional(field.flag('已延长', { en: 'Extended' })),
      extensionReason: optional(field.longText('延长的理由', { en: 'Why extended', max: 2000 })),
      testUntil: day('检验期间至', 'Test until'),
      keeper: optional(field.text('受托保管人', { en: 'Keeper' })),
      keptAt: optional(field.text('保管地点', { en: 'Kept at', max: 300 })),
      outcome: optional(field.longText('处理情况', { en: 'What became of it', max: 4000 })),
      endedOn: day('结束日期', 'Ended on'),
    },
    title: (row) => `${measureKinds[row.kind].zh}：${row.partyName}`,
    subject: (row) => (row.party ? { id: row.party, name: row.partyName } : null),
    words: (row) => row.goods.map(({ name }) => name),
    purpose: {
      zh: '先行登记保存七个工作日自动解除；查封扣押三十日，可以延长三十日，检验期间不计。',
      en: 'Preservation ends by itself after seven working days; a seizure after thirty days, extended once, without test time.',
    },
  },
);
export type MeasureRow = RecordRow<typeof Measure>;
