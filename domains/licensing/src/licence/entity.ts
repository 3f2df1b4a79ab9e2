import { entity, field, type Label, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { kindChoices } from '../kinds/catalogue.ts';

const toIdentify: Label = { zh: '核实持证人身份', en: 'to identify the holder' };

export const commitmentChoices = {
  none: { zh: '一般程序', en: 'Ordinary' },
  unverified: { zh: '凭承诺颁发，待核查', en: 'On commitment, not yet checked' },
  verified: { zh: '凭承诺颁发，已核查', en: 'On commitment, checked' },
  false: { zh: '承诺不实', en: 'The commitment was false' },
} as const;
export const groundChoices = {
  fraud: { zh: '以欺骗、贿赂等不正当手段取得', en: 'Obtained by fraud or bribery' },
  'false-commitment': { zh: '承诺严重不实', en: 'False commitment' },
  'authority-fault': { zh: '滥用职权、超越职权、违反程序等作出', en: 'Fault of the authority' },
  unqualified: { zh: '申请人不具备资格或者不符合条件', en: 'The conditions were not met' },
} as const;
export const exitChoices = {
  withdrawn: { zh: '撤回', en: 'Withdrawn' },
  annulled: { zh: '撤销', en: 'Annulled' },
  revoked: { zh: '吊销', en: 'Revoked' },
  expired: { zh: '届满未延续', en: 'Expired' },
  applied: { zh: '持证人申请', en: 'At the holder’s request' },
  ended: { zh: '主体终止、死亡或者不可抗力', en: 'The holder ended' },
  replaced: { zh: '由新证取代', en: 'Replaced by a new licence' },
} as const;

/** What a decision found against a certified person: its day and number; what he did stands in the decision. */
export const Violation = z.object({
  on: field.date('日期', { en: 'Day' }),
  decision: field.text('决定文号', { en: 'Decision', max: 80, pattern: /〔\d{4}〕\d+号$/ }),
});

/** 许可证: what its holder may do, until when, and how it ended. One record from grant to deregistration. */
export const Licence = entity(
  'licensing.licence',
  { zh: '许可证', en: 'Licence' },
  {
    fields: {
      kind: field.choice('许可事项', kindChoices, { en: 'Licence', public: true }),
      number: field.text('证书编号', { en: 'Number', public: true, max: 60 }),
      application: field.reference('依据的申请', 'licensing.application', { en: 'Application' }),
      organisation: field.identifier('持证人编号', { en: 'Holder (id)' }),
      holderName: field.text('持证人', { en: 'Holder' }),
      holderCode: optional(field.text('统一社会信用代码', { en: 'Credit code', public: true, max: 18 })),
      identity: optional(field.text('身份证件号码', { en: 'Identity number', personal: toIdentify, max: 30 })),
      products: field.list('产品（类别）代码', field.text('代码', { en: 'Code', max: 20 }), {
        en: 'Products',
        public: true,
        max: 40,
      }),
      region: field.region('生产经营地', { en: 'Place', public: true }),
      address: field.text('生产经营地址', { en: 'Address', public: true, max: 300 }),
      issuedOn: field.date('颁发日期', { en: 'Issued on', public: true }),
      validFrom: field.date('有效期起', { en: 'Valid from', public: true }),
      validUntil: optional(field.date('有效期至', { en: 'Valid until', public: true })),
      commitment: field.choice('颁发方式', commitmentChoices, { en: 'How it was granted', public: true }),
      statusIndex: field.integer('状态清单序号', { en: 'Index in the status list', public: true }),
      renewal: optional(field.reference('在办延续申请', 'licensing.application', { en: 'Renewal under way' })),
      checkDue: optional(field.date('承诺核查期限', { en: 'Commitment to be checked by' })),
      selfReportDue: optional(field.date('自查报告期限', { en: 'Self-report due' })),
      selfReport: optional(field.longText('自查报告', { en: 'Self-report', max: 10_000 })),
      ground: optional(field.choice('拟撤销的理由', groundChoices, { en: 'Ground of annulment' })),
      facts: optional(field.longText('事实', { en: 'Facts', max: 4000 })),
      statementUntil: optional(field.date('陈述申辩期限', { en: 'Statement until' })),
      statement: optional(field.longText('陈述申辩意见', { en: 'Statement', max: 4000 })),
      compensation: optional(field.longText('补偿安排', { en: 'Compensation', max: 2000 })),
      penaltyCase: optional(field.text('处罚决定文号', { en: 'Penalty decision', max: 80 })),
      suspendedUntil: optional(field.date('暂扣至', { en: 'Suspended until', public: true })),
      exit: optional(field.choice('终止方式', exitChoices, { en: 'How it ended', public: true })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
      employer: optional(field.text('聘用单位', { en: 'Employer', public: true })),
      violations: optional(field.list('违章记录', Violation, { en: 'Violations', public: true, max: 50 })),
      entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
    },
    title: (row) => `${row.number}·${row.holderName}`,
    subject: (row) => ({ id: row.organisation, name: row.holderName }),
    words: (row) => [row.holderCode, row.address],
    purpose: {
      zh: '颁发的许可证和持证人名册。撤回、撤销、吊销、暂扣、注销各按各的程序，不能混用。',
      en: 'Licences and their holders. Withdrawal, annulment, revocation, suspension and deregistration are kept apart.',
    },
  },
);
export type LicenceRow = RecordRow<typeof Licence>;
