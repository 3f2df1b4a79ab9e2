import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { FailedItem, subjectShape } from '../fields.ts';

export const reportGrounds = {
  'recheck-failed': { zh: '复查不合格', en: 'Recheck failed' },
  refused: { zh: '逾期不改正', en: 'Not rectified in time' },
} as const;

export const sendingShape = {
  loop: field.reference('结果处理', 'handling.loop', { en: 'Loop' }),
  previous: optional(field.reference('下级上报', 'handling.report-up', { en: 'Report below' })),
  fromOffice: field.office('上报机关', { en: 'Reported by' }),
  origin: field.office('结果处理机关', { en: 'Handled by' }),
  organiser: field.office('组织抽查机关', { en: 'Organised by' }),
  ...subjectShape,
  model: optional(field.text('规格型号', { en: 'Model', public: true })),
  batch: optional(field.text('生产日期或批号', { en: 'Batch', public: true })),
  ground: field.choice('上报事由', reportGrounds, { en: 'Ground' }),
  failedItems: field.list('不合格项目', FailedItem, { en: 'Failed items', max: 300 }),
  summary: field.longText('上报内容', { en: 'Report', max: 4000 }),
};

/** 逐级上报: one report per level, from the county to the province that announces (order 18 art. 47(2)). */
export const ReportUp = entity(
  'handling.report-up',
  { zh: '逐级上报', en: 'Report level by level' },
  {
    fields: {
      ...sendingShape,
      receivedOn: optional(field.date('受理日期', { en: 'Accepted on' })),
      reason: optional(field.longText('退回或者撤回理由', { en: 'Why it went back', max: 2000 })),
    },
    title: (row) => `${reportGrounds[row.ground].zh}：${row.subjectName}`,
    subject: (row) => (row.subjectId ? { id: row.subjectId, name: row.subjectName } : null),
    words: (row) => [row.subjectCode, row.productName],
    purpose: {
      zh: '复查不合格和逾期不改正的，逐级上报到省级公告。',
      en: 'What failed again or was not rectified goes up, level by level, to be announced by the province.',
    },
  },
);
export type ReportUpRow = RecordRow<typeof ReportUp>;
