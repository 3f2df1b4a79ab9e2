import { serviceFields } from '@hengjian/correspondence';
import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { subjectShape } from '../fields.ts';

export const orderKinds = {
  rectification: { zh: '责令改正通知书', en: 'Order to rectify' },
  'stop-sale': { zh: '责令停止生产销售通知书', en: 'Order to stop production and sale' },
  'recheck-passed': { zh: '复查合格通知书', en: 'Notice that the recheck passed' },
  'recheck-failed': { zh: '复查不合格通知书', en: 'Notice that the recheck failed' },
} as const;

export const issueShape = {
  loop: field.reference('结果处理', 'handling.loop', { en: 'Loop' }),
  kind: field.choice('文书种类', orderKinds, { en: 'Kind' }),
  ...subjectShape,
  address: optional(field.text('送达地址', { en: 'Address', max: 300 })),
  ground: field.longText('事实和理由', { en: 'Facts and reasons', max: 4000 }),
  demands: field.longText('要求', { en: 'What is demanded', max: 4000 }),
  dueOn: optional(field.date('改正期限', { en: 'To be done by' })),
};

/** 执法文书: an order issued by an officer, with number and paper, served on its addressee in a way that can be proved. */
export const Order = entity(
  'handling.order',
  { zh: '执法文书及送达', en: 'Order and its service' },
  {
    fields: {
      ...issueShape,
      issuedOn: optional(field.date('制作日期', { en: 'Issued on' })),
      ...serviceFields,
      messages: field.integer('发出的提醒（不是送达）', { en: 'Messages sent (not service)' }),
      reason: optional(field.longText('停止执行或者撤销理由', { en: 'Why it fell', max: 2000 })),
    },
    title: (row) => `${orderKinds[row.kind].zh}：${row.subjectName}`,
    subject: (row) => (row.subjectId ? { id: row.subjectId, name: row.subjectName } : null),
    words: (row) => [row.subjectCode, row.productName, row.waybill],
    purpose: {
      zh: '责令改正、责令停止销售和复查结果文书：编号、送达、送达凭证；结论被推翻的，停止执行并撤销。',
      en: 'Orders and notices with number, service and proof; suspended and annulled when the conclusion falls.',
    },
  },
);
export type OrderRow = RecordRow<typeof Order>;
