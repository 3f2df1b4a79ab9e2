import { type Lifecycle, lifecycle } from '@hengjian/kernel';
import { edition, o2, reportReaders } from '../clauses.ts';
import { disputeRule, resultRule, verificationRule } from '../clocks.ts';
import { reportIntake, reportVerification } from './actions.ts';
import { distribution, referralLetter, registration, resultNotice, source } from './documents.ts';
import { Report, type ReportRow } from './entity.ts';

/** 举报: entered → assigned → verified → a case or none (order 121 arts 28–37, order 2 arts 17–20). */
export const reportLifecycle: Lifecycle = lifecycle(Report, {
  editions: [{ ...edition, basis: `${edition.basis}；${o2('第十七条至第二十条')}` }],
  states: {
    registered: { zh: '已登记，待分派', en: 'Entered, to be assigned' },
    disputed: { zh: '处理权限有争议', en: 'Competence disputed' },
    assigned: { zh: '已分派，待核查', en: 'Assigned, to be verified' },
    verifying: { zh: '核查中', en: 'Under verification' },
    paused: { zh: '停止计时', en: 'Clock stopped' },
    filed: { zh: '已立案', en: 'Case filed' },
    declined: { zh: '不予立案', en: 'No case filed' },
    redirected: { zh: '已告知向有权机关提出', en: 'Told where to turn', closed: true },
    designated: { zh: '已指定其他机关', en: 'Designated elsewhere', closed: true },
    repeated: { zh: '重复举报', en: 'Repeated', closed: true },
    merged: { zh: '已合并', en: 'Merged', closed: true },
    referred: { zh: '已移送', en: 'Referred', closed: true },
    closed: { zh: '办结', en: 'Closed', closed: true },
  },
  readers: [...reportReaders],
  columns: ['subjectName', 'category', 'channel', 'receivedOn', 'anonymous', 'unit', 'decidedOn'],
  documents: {
    registration: { zh: '举报登记表', en: 'Form of entry', paper: registration },
    distribution: { zh: '举报分送通知书', en: 'Notice of assignment', number: '举分', paper: distribution },
    source: { zh: '案件来源登记表', en: 'Source of a case', number: '案源', paper: source },
    referralLetter: { zh: '案件移送函', en: 'Letter of referral', number: '案移', paper: referralLetter },
    resultNotice: { zh: '举报处理结果告知书', en: 'Notice of the result', number: '举告', paper: resultNotice },
    evidence: { zh: '举报材料', en: 'Material' },
  },
  parties: {
    unit: {
      label: { zh: '承办机构', en: 'The unit' },
      of: (row: ReportRow) => (row.unit ? [`role:report-verifier@${row.unit}`] : []),
      sees: 'all',
      from: 'registered',
    },
  },
  actions: { ...reportIntake, ...reportVerification },
  clocks: {
    verification: {
      label: { zh: '核查期限', en: 'Time to verify' },
      rule: verificationRule,
      starts: {
        at: ['register', 'lodge', 'separate', 'arrive', 'addFacts'],
        from: (row: ReportRow) => row.lastReceivedOn,
      },
      stops: ['file', 'decline', 'refer'],
      suspends: { from: ['pause'], until: ['resume'] },
      extends: { by: 'extend', amount: 15 },
    },
    dispute: {
      label: { zh: '权限争议协商期限', en: 'Time to agree on competence' },
      rule: disputeRule,
      starts: { at: ['dispute'] },
      stops: ['settleDispute', 'designate'],
    },
    result: {
      label: { zh: '告知处理结果的期限', en: 'Time to tell the result' },
      rule: resultRule,
      starts: {
        at: ['file', 'decline'],
        from: (row: ReportRow) => (row.resultDuty === 'enterprise-disclosure' ? (row.decidedOn ?? null) : null),
      },
      stops: ['tellResult'],
    },
  },
});
