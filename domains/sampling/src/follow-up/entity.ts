import { entity, field, optional, type RecordRow } from '@hengjian/kernel';

/** What a failure, an offence or a change of conclusion asks the authority to do next. */
const followUpKinds = {
  'handover-seller': { zh: '移交销售者所在地处理', en: "Hand over to the seller's authority" },
  'handover-producer': { zh: '移交生产者所在地处理', en: "Hand over to the producer's authority" },
  'peer-notification': { zh: '通报外地同级部门', en: "Notify the producer's peer authority" },
  lead: { zh: '违法线索核查', en: 'Lead to be checked' },
  'credit-fact': { zh: '信用记录', en: 'Credit fact' },
  priority: { zh: '列为下期重点', en: 'Priority of the next plan' },
  'correction-notice': { zh: '告知结论变更', en: 'Tell that the conclusion changed' },
} as const;
export type FollowUpKind = keyof typeof followUpKinds;

/** What a follow-up says when it is opened. */
export const openingShape = {
  task: optional(field.reference('抽样任务', 'sampling.task', { en: 'Task' })),
  outsideFailure: optional(field.reference('外来不合格', 'sampling.outside-failure', { en: 'Outside failure' })),
  kind: field.choice('事项', followUpKinds, { en: 'Kind' }),
  subjectId: optional(field.identifier('对象编号', { en: 'Subject' })),
  subjectName: field.text('对象', { en: 'Name' }),
  subjectCode: optional(field.text('统一社会信用代码', { en: 'Credit code' })),
  region: optional(field.region('所在地', { en: 'Region' })),
  productName: field.text('产品名称', { en: 'Product' }),
  ground: field.longText('事由', { en: 'Ground', max: 2000 }),
  clause: field.text('依据', { en: 'Clause', max: 300 }),
  startedOn: field.date('起算日', { en: 'From' }),
};

/** 后处理事项: one thing to be done about one subject, until it is done or taken back. */
export const FollowUp = entity(
  'sampling.follow-up',
  { zh: '后处理事项', en: 'Follow-up' },
  {
    fields: {
      ...openingShape,
      toOffice: optional(field.office('接收机关', { en: 'To' })),
      recipient: optional(field.text('收函机关', { en: 'Letter to' })),
      sentOn: optional(field.date('移交（发函）日期', { en: 'Sent on' })),
      deadline: optional(field.date('办理期限', { en: 'Deadline' })),
      handover: optional(field.identifier('移交记录', { en: 'Hand-over' })),
      receiptOn: optional(field.date('收到回执日期', { en: 'Receipt of' })),
      repliedOn: optional(field.date('答复日期', { en: 'Answered on' })),
      reply: optional(field.longText('答复', { en: 'Answer', max: 4000 })),
      decision: optional(
        field.choice(
          '核查结果',
          {
            filed: { zh: '立案', en: 'Case filed' },
            'not-filed': { zh: '不予立案', en: 'No case' },
            transferred: { zh: '移送有管辖权的机关', en: 'Passed to the competent authority' },
          },
          { en: 'Result of the check' },
        ),
      ),
      decisionReason: optional(field.longText('理由', { en: 'Reasons', max: 4000 })),
      effectiveOn: optional(field.date('生效日期', { en: 'In force from' })),
      foreignNumber: optional(field.text('外部系统编号', { en: 'Number elsewhere' })),
      outcome: optional(field.longText('办理结果', { en: 'Outcome', max: 4000 })),
      reason: optional(field.longText('撤销理由', { en: 'Why it was taken back', max: 2000 })),
    },
    title: (row) => `${followUpKinds[row.kind].zh}：${row.subjectName}`,
    subject: (row) => (row.subjectId ? { id: row.subjectId, name: row.subjectName } : null),
    words: (row) => [row.subjectCode, row.productName],
    purpose: {
      zh: '不合格结论生效后要办的事：移交、通报、线索、信用和重点；结论被推翻的一并撤销。',
      en: 'What a final failure asks for: hand-over, notification, lead, credit, priority; taken back when it is overturned.',
    },
  },
);
export type FollowUpRow = RecordRow<typeof FollowUp>;
