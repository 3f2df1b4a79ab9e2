import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { bodyShape, FailedItem, sources, subjectShape, TestItem } from '../fields.ts';

export const duties = {
  seller: { zh: '销售者', en: 'Seller' },
  producer: { zh: '生产者', en: 'Producer' },
} as const;

export const closings = {
  rechecked: { zh: '复查合格', en: 'Recheck passed' },
  'second-recheck': { zh: '公告后复查合格', en: 'Recheck after announcement passed' },
  'after-suspension': { zh: '整顿后复查合格', en: 'Recheck after suspension passed' },
  revoked: { zh: '吊销营业执照', en: 'Licence revoked' },
  ceased: { zh: '当事人终止、注销或者下落不明', en: 'Subject ceased or is missing' },
  disposed: { zh: '食品核查处置完成', en: 'Food: disposal completed' },
  subordinate: { zh: '下级办结并经核实', en: 'Done below, and verified' },
  overturned: { zh: '结论被推翻', en: 'Conclusion overturned' },
} as const;

/** What a loop says when it is opened; copied from the failure, because the file behind it closes with its hand-over. */
export const openingShape = {
  task: optional(field.identifier('抽样任务', { en: 'Task' })),
  outsideFailure: optional(field.identifier('外来不合格', { en: 'Outside failure' })),
  followUp: optional(field.identifier('移交事项', { en: 'Follow-up' })),
  handover: optional(field.identifier('移交记录', { en: 'Hand-over' })),
  upstream: optional(field.reference('上级转办', 'handling.loop', { en: 'Passed on from' })),
  source: field.choice('来源', sources, { en: 'Source' }),
  regime: field.choice(
    '适用程序',
    {
      product: { zh: '产品质量监督抽查（令第18号）', en: 'Product sampling (order 18)' },
      food: { zh: '食品安全抽样检验（令第15号）', en: 'Food sampling (order 15)' },
    },
    { en: 'Procedure' },
  ),
  duty: field.choice('处理对象', duties, { en: 'Duty' }),
  organiser: field.office('组织抽查机关', { en: 'Organised by' }),
  sentBy: optional(field.office('移交的机关', { en: 'Sent by' })),
  otherOffice: optional(field.office('另一方所在地机关', { en: 'Authority of the other side' })),
  ...subjectShape,
  region: optional(field.region('所在地', { en: 'Region' })),
  trademark: optional(field.text('商标', { en: 'Trademark' })),
  model: optional(field.text('规格型号', { en: 'Model' })),
  batch: optional(field.text('生产日期或批号', { en: 'Batch' })),
  reportNumber: optional(field.text('检验报告编号', { en: 'Report number' })),
  seriousness: optional(field.text('不合格程度', { en: 'Seriousness', max: 40 })),
  licence: optional(field.text('生产许可证编号', { en: 'Production licence' })),
  failedItems: field.list('不合格项目', FailedItem, { en: 'Failed items', max: 300 }),
  items: field.list('检验项目和判定依据', TestItem, { en: 'Test programme', max: 300 }),
  lab: optional(field.object('初检机构', bodyShape, { en: 'First laboratory' })),
  ground: field.longText('事由', { en: 'Ground', max: 2000 }),
  deadline: optional(field.date('办理期限', { en: 'Deadline' })),
  receivedOn: optional(field.date('外来不合格收到日期', { en: 'Failure from outside received on' })),
};

/** 结果处理: what one authority does about one failure and one firm, until it is closed with its evidence. */
export const Loop = entity(
  'handling.loop',
  { zh: '结果处理', en: 'Result handling' },
  {
    fields: {
      ...openingShape,
      signedOn: optional(field.date('签收日期', { en: 'Signed for on' })),
      passedTo: optional(field.office('转办机关', { en: 'Passed on to' })),
      stoppedOn: optional(field.date('停止生产销售日期', { en: 'Stopped on' })),
      stopNote: optional(field.longText('停止生产销售情况', { en: 'How it stopped', max: 2000 })),
      orderedOn: optional(field.date('责令改正日期', { en: 'Ordered on' })),
      rectifiedOn: optional(field.date('提交整改日期', { en: 'Reported on' })),
      cause: optional(field.longText('不合格原因', { en: 'Cause', max: 4000 })),
      measures: optional(field.longText('整改措施', { en: 'Measures', max: 4000 })),
      refusal: optional(field.longText('拒不改正或者逾期未改正情况', { en: 'How it was refused', max: 2000 })),
      failures: field.integer('复查不合格次数', { en: 'Rechecks failed', max: 3 }),
      reportedUpOn: optional(field.date('上报日期', { en: 'Reported up on' })),
      announcedOn: optional(field.date('省级公告日期', { en: 'Announced on' })),
      suspendedUntil: optional(field.date('停业整顿截止日', { en: 'Suspended until' })),
      causeOfFood: optional(
        field.longText('食品不合格原因排查和风险控制', { en: 'Food: cause and control', max: 4000 }),
      ),
      closing: optional(field.choice('办结方式', closings, { en: 'How it closed' })),
      outcome: optional(field.longText('办结情况', { en: 'Outcome', max: 4000 })),
      closedOn: optional(field.date('办结日期', { en: 'Closed on' })),
      importedFrom: optional(field.text('导入来源（台账和行号）', { en: 'Taken from (ledger and row)' })),
      reason: optional(field.longText('退回或者撤销理由', { en: 'Why it was returned or overturned', max: 2000 })),
    },
    title: (row) => `${row.subjectName} · ${row.productName}（${duties[row.duty].zh}）`,
    subject: (row) => (row.subjectId ? { id: row.subjectId, name: row.subjectName } : null),
    words: (row) => [row.subjectCode, row.reportNumber, row.model],
    purpose: {
      zh: '不合格结果移交到本机关后，从签收、责令改正、复查到销号的全过程；没有证据不能办结。',
      en: 'A failure from hand-over through order and recheck to closure; nothing closes without its evidence.',
    },
  },
);
export type LoopRow = RecordRow<typeof Loop>;
