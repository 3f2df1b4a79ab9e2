import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { subjectShape } from '../fields.ts';

export const referralKinds = {
  penalty: { zh: '违法线索核查', en: 'Lead to be checked' },
  suspension: { zh: '提请责令停业、限期整顿', en: 'To order suspension' },
  revocation: { zh: '提请吊销营业执照', en: 'To revoke the business licence' },
  'production-licence': { zh: '移送生产许可证机关', en: 'To the authority of production licences' },
  crime: { zh: '移送公安机关', en: 'To the police' },
} as const;
export type ReferralKind = keyof typeof referralKinds;

export const openingShape = {
  loop: field.reference('结果处理', 'handling.loop', { en: 'Loop' }),
  kind: field.choice('移送事项', referralKinds, { en: 'Kind' }),
  ...subjectShape,
  ground: field.longText('事由', { en: 'Ground', max: 4000 }),
  startedOn: field.date('起算日', { en: 'From' }),
  toOffice: optional(field.office('承办机关', { en: 'To' })),
  recipient: optional(field.text('平台外的承办机关', { en: 'To (outside the platform)' })),
};

/** 移送: what another procedure must decide: a lead, a suspension, a revocation, a production licence, a crime. */
export const Referral = entity(
  'handling.referral',
  { zh: '线索和移送', en: 'Lead or referral' },
  {
    fields: {
      ...openingShape,
      receivedOn: optional(field.date('签收日期', { en: 'Signed for on' })),
      decision: optional(
        field.choice(
          '结果',
          {
            filed: { zh: '立案', en: 'Case filed' },
            'not-filed': { zh: '不予立案', en: 'No case' },
            transferred: { zh: '移送有管辖权的机关', en: 'Passed to the competent authority' },
            decided: { zh: '已作出决定', en: 'Decided' },
            declined: { zh: '不予采纳', en: 'Declined' },
          },
          { en: 'Result' },
        ),
      ),
      decisionNumber: optional(field.text('决定文号', { en: 'Number of the decision' })),
      decidedOn: optional(field.date('决定日期', { en: 'Decided on' })),
      decisionReason: optional(field.longText('理由', { en: 'Reasons', max: 4000 })),
      suspendedUntil: optional(field.date('整顿截止日', { en: 'Suspended until' })),
      reason: optional(field.longText('撤回理由', { en: 'Why it was withdrawn', max: 2000 })),
    },
    title: (row) => `${referralKinds[row.kind].zh}：${row.subjectName}`,
    subject: (row) => (row.subjectId ? { id: row.subjectId, name: row.subjectName } : null),
    words: (row) => [row.subjectCode, row.productName, row.decisionNumber],
    purpose: {
      zh: '结果处理中发现的线索和应由其他程序决定的事项：停业、吊销、许可证、涉嫌犯罪。',
      en: 'Leads, and what other procedures decide: suspension, revocation, licence, crime.',
    },
  },
);
export type ReferralRow = RecordRow<typeof Referral>;
