import { entity, field, optional, type RecordRow } from '@hengjian/kernel';

export const issueShape = {
  loops: field.list('督办的结果处理', field.reference('结果处理', 'handling.loop', { en: 'Loop' }), {
    en: 'Loops urged',
    max: 200,
  }),
  demand: field.longText('督办事项和要求', { en: 'What is asked', max: 4000 }),
  deadline: field.date('回复期限', { en: 'Answer by' }),
};

/** 督办函: one authority urges another below it about loops that lag, with paper, term and reply (practice M10). */
export const Urging = entity(
  'handling.urging',
  { zh: '督办', en: 'Urging' },
  {
    fields: {
      ...issueShape,
      toOffice: optional(field.office('被督办机关', { en: 'To' })),
      subjects: optional(field.longText('涉及单位', { en: 'About', max: 4000 })),
      issuedOn: optional(field.date('发函日期', { en: 'Sent on' })),
      reply: optional(field.longText('回复', { en: 'Reply', max: 4000 })),
      repliedOn: optional(field.date('回复日期', { en: 'Replied on' })),
      verdict: optional(field.longText('核实意见', { en: 'Verification', max: 2000 })),
    },
    title: (row) => `督办：${row.subjects ?? ''}`,
    purpose: {
      zh: '对逾期或者进展缓慢的结果处理发督办函，收回复，核实后销号。',
      en: 'Letters that urge what is late, with reply and verification.',
    },
  },
);
export type UrgingRow = RecordRow<typeof Urging>;
