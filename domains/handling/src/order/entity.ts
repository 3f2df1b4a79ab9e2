import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { subjectShape } from '../fields.ts';

export const orderKinds = {
  rectification: { zh: '责令改正通知书', en: 'Order to rectify' },
  'stop-sale': { zh: '责令停止生产销售通知书', en: 'Order to stop production and sale' },
  'recheck-passed': { zh: '复查合格通知书', en: 'Notice that the recheck passed' },
  'recheck-failed': { zh: '复查不合格通知书', en: 'Notice that the recheck failed' },
} as const;

/** The five ways of service (order 2 art. 82); mail, entrusted and passed on are the three forms of the fourth. */
export const ways = {
  direct: { zh: '直接送达', en: 'In person' },
  left: { zh: '留置送达', en: 'Left at the place' },
  electronic: { zh: '电子送达', en: 'Electronic' },
  mail: { zh: '邮寄送达', en: 'By mail' },
  entrusted: { zh: '委托、转交送达', en: 'Through another authority' },
  'public-notice': { zh: '公告送达', en: 'By public notice' },
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
      way: optional(field.choice('送达方式', ways, { en: 'Way of service' })),
      servedOn: optional(field.date('送达日期', { en: 'Served on' })),
      receivedBy: optional(
        field.text('签收人', { en: 'Signed for by', personal: { zh: '证明送达', en: 'to prove service' } }),
      ),
      witness: optional(
        field.text('见证人', { en: 'Witness', personal: { zh: '证明留置送达', en: 'to prove service' } }),
      ),
      waybill: optional(field.text('邮政特快专递（EMS）单号', { en: 'EMS number' })),
      means: optional(field.text('电子送达的方式和号码', { en: 'Electronic means', max: 200 })),
      addressConfirmedOn: optional(field.date('送达地址确认书日期', { en: 'Address confirmed on' })),
      returnedOn: optional(field.date('退回日期', { en: 'Returned on' })),
      returnReason: optional(field.text('退回原因', { en: 'Why it was returned', max: 500 })),
      messages: field.integer('发出的提醒（不是送达）', { en: 'Messages sent (not service)' }),
      publicisedOn: optional(field.date('公告发布日期', { en: 'Public notice of' })),
      publicReason: optional(field.longText('公告送达的原因和经过', { en: 'Why by public notice', max: 2000 })),
      entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
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
