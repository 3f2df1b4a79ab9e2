import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { letterKindLabels, letterKinds } from './kinds.ts';

export const issueShape = {
  about: optional(
    field.identifier('所涉记录', { en: 'About', help: { zh: '单独使用时不填。', en: 'Empty when it stands alone.' } }),
  ),
  toOffice: optional(field.office('收文机关', { en: 'To the authority' })),
  toSubject: optional(field.identifier('收文单位编号', { en: 'To the firm' })),
  toName: optional(
    field.text('收文单位', {
      en: 'Addressee',
      help: { zh: '不在系统内的单位写全称。', en: 'Whoever is not in the system, by full name.' },
    }),
  ),
  matter: field.longText('事由', { en: 'Matter', max: 4000 }),
  demand: field.longText('要求', { en: 'What is asked', max: 4000 }),
  deadline: optional(field.date('回复期限', { en: 'Answer by' })),
  meetingOn: optional(field.date('会议或者约谈日期', { en: 'Meeting on' })),
  place: optional(field.text('地点', { en: 'Place', max: 300 })),
};

/** 函件: one of six soft tools, numbered, with its addressee, its answer and its term. */
export const Letter = entity(
  'correspondence.letter',
  { zh: '函件和约谈', en: 'Letter' },
  {
    fields: {
      kind: field.choice('种类', letterKindLabels, { en: 'Kind' }),
      ...issueShape,
      aboutEntity: optional(field.text('所涉记录类别', { en: 'Kind of record' })),
      aboutTitle: optional(field.text('所涉事项', { en: 'About what', max: 300 })),
      issuedOn: optional(field.date('发文日期', { en: 'Issued on' })),
      receivedOn: optional(field.date('收文日期', { en: 'Received on' })),
      postponedTo: optional(field.date('延期至', { en: 'Postponed to' })),
      postponement: optional(field.longText('延期说明', { en: 'Why it takes longer', max: 2000 })),
      reply: optional(field.longText('回复', { en: 'Answer', max: 4000 })),
      repliedOn: optional(field.date('回复日期', { en: 'Answered on' })),
      heldOn: optional(field.date('召开日期', { en: 'Held on' })),
      attended: optional(field.longText('参加人员', { en: 'Who was there', max: 2000 })),
      outcome: optional(field.longText('结论和后续', { en: 'Outcome', max: 4000 })),
      verdict: optional(field.longText('核实意见', { en: 'Verification', max: 2000 })),
      reason: optional(field.longText('撤回理由', { en: 'Why it was withdrawn', max: 2000 })),
    },
    title: (row) => `${letterKinds[row.kind].paper.zh}：${row.toName ?? ''}`,
    subject: (row) => (row.toSubject ? { id: row.toSubject, name: row.toName ?? '' } : null),
    words: (row) => [row.toName, row.aboutTitle],
    purpose: {
      zh: '约谈、提醒敦促、质量分析会、通报、督办函、协查函：编号发文、签收、回复、核实。可以单独发，也可以从一条记录发起。',
      en: 'Talks, reminders, meetings on quality, circulars, letters of urging, requests for assistance: numbered, signed for, answered, verified.',
    },
  },
);
export type LetterRow = RecordRow<typeof Letter>;
