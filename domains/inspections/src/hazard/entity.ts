import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { firmShape } from '../visit/entity.ts';

export const severities = {
  general: { zh: '一般隐患', en: 'General' },
  major: { zh: '重大隐患', en: 'Major' },
} as const;

const forRectification = { zh: '落实隐患整改责任', en: 'to hold somebody to the rectification' };

export const listShape = {
  ...firmShape,
  description: field.longText('隐患情况', { en: 'What the hazard is', max: 1000 }),
  clause: optional(field.text('依据', { en: 'Clause', max: 300 })),
  severity: field.choice('等级', severities, { en: 'Class' }),
  measures: field.text('整改措施', { en: 'Measures', max: 1000 }),
  deadline: field.date('整改期限', { en: 'Deadline' }),
  owner: field.text('整改责任人', { en: 'Who answers for it', max: 60, personal: forRectification }),
};

/** 隐患（一单四制）: listed, handed over, kept in the ledger until it is signed off, told of when it is not. */
export const Hazard = entity(
  'inspections.hazard',
  { zh: '隐患', en: 'Hidden hazard' },
  {
    fields: {
      visit: optional(field.reference('发现于', 'inspections.visit', { en: 'Found on' })),
      ...listShape,
      listedOn: field.date('列入清单日期', { en: 'Listed on' }),
      handler: optional(field.text('督办人', { en: 'Officer in charge', max: 60 })),
      handedOverOn: optional(field.date('交办日期', { en: 'Handed over on' })),
      dueOn: field.date('当前期限', { en: 'Due now' }),
      rectification: optional(field.longText('整改情况', { en: 'What was done', max: 3000 })),
      rectifiedOn: optional(field.date('整改完成日期', { en: 'Rectified on' })),
      rectifications: field.integer('报告整改次数', { en: 'Times reported as rectified' }),
      verification: optional(field.longText('复查意见', { en: 'Verification', max: 2000 })),
      verifiedOn: optional(field.date('复查日期', { en: 'Verified on' })),
      level: field.integer('督办级次', { en: 'Escalations', max: 10 }),
      supervisor: optional(field.office('督办机关', { en: 'Supervising authority' })),
      supervision: optional(field.longText('督办意见', { en: 'Instruction of the superior', max: 2000 })),
      circulatedOn: optional(field.date('通报日期', { en: 'Circulated on' })),
      signedOffOn: optional(field.date('销号日期', { en: 'Signed off on' })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
    },
    title: (row) => `${row.enterpriseName} · ${row.description.slice(0, 40)}`,
    subject: (row) => ({ id: row.enterprise, name: row.enterpriseName }),
    words: (row) => [row.enterpriseCode],
    purpose: {
      zh: '隐患清单、交办、台账、销号、通报：有责任人、期限和证据，由他人复查，领导销号，逾期自动升级。',
      en: 'Hazards with owner, deadline and evidence: checked by another person, signed off by a chief, escalated when late.',
    },
  },
);
export type HazardRow = RecordRow<typeof Hazard>;
