import { entity, field, optional, type RecordRow } from '@hengjian/kernel';

/** What can bring down a conclusion that was final. */
export const reversalGrounds = {
  reconsideration: { zh: '行政复议决定', en: 'Reconsideration decision' },
  judgment: { zh: '人民法院判决、裁定', en: 'Judgment' },
  superior: { zh: '上级部门复检结论', en: "Superior's retest" },
  denial: { zh: '标称生产者否认成立', en: 'Denial proved' },
  error: { zh: '本机关发现错误', en: 'Own error' },
} as const;

/** 结论变更: a final conclusion that falls later; the task stays as it was closed, this record says what holds now. */
export const Reversal = entity(
  'sampling.reversal',
  { zh: '结论变更', en: 'Change of a final conclusion' },
  {
    fields: {
      task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }),
      ground: field.choice('变更依据', reversalGrounds, { en: 'Ground' }),
      change: field.choice(
        '变更内容',
        {
          conforms: { zh: '改为未发现不合格', en: 'Conforms' },
          void: { zh: '撤销结论', en: 'Void' },
          'seller-only': { zh: '仅对销售者有效', en: 'Seller only' },
        },
        { en: 'Change' },
      ),
      decisionNumber: optional(field.text('决定文号', { en: 'Number of the decision' })),
      decidedOn: field.date('决定日期', { en: 'Decided on' }),
      reason: field.longText('理由', { en: 'Reasons', max: 4000 }),
      taskTitle: field.text('所涉任务', { en: 'Concerns', max: 300 }),
      effectiveOn: optional(field.date('变更日期', { en: 'In force from' })),
      dropReason: optional(field.longText('撤回理由', { en: 'Why it was dropped', max: 2000 })),
    },
    title: (row) => row.taskTitle,
    words: (row) => [row.decisionNumber],
    purpose: {
      zh: '已生效的结论被复议、判决、上级复检推翻，或者标称生产者事后证明不是其产品。',
      en: 'A final conclusion overturned by reconsideration, court or a superior, or a denial proved late.',
    },
  },
);
export type ReversalRow = RecordRow<typeof Reversal>;
