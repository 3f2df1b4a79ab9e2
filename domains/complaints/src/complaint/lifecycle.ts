import { type Lifecycle, lifecycle } from '@hengjian/kernel';
import { complaintReaders, edition } from '../clauses.ts';
import { acceptanceRule, disputeRule, mediationRule, namedDayRule, terminationRule } from '../clocks.ts';
import {
  acceptance,
  agreement,
  distribution,
  identityRequest,
  mediationNotice,
  refusal,
  registration,
  termination,
} from './documents.ts';
import { Complaint, type ComplaintRow } from './entity.ts';
import { decisionActions, mediationActions } from './handling-actions.ts';
import { intakeActions } from './intake-actions.ts';

/** What the trader reads of a complaint that was accepted: the dispute, not who brought it. */
const seenByTrader = [
  'subjectName',
  'productName',
  'category',
  'matter',
  'demand',
  'amount',
  'happenedOn',
  'acceptedOn',
  'mode',
  'mediationOn',
  'place',
  'mediator',
  'entrustedTo',
  'agreement',
  'agreementAmount',
  'agreedOn',
  'endGround',
  'endedOn',
] as const;

/** 投诉: entered → distributed → accepted or not → mediated → agreed or ended (order 121 of 2025). */
export const complaintLifecycle: Lifecycle = lifecycle(Complaint, {
  editions: [edition],
  states: {
    registered: { zh: '已登记，待分送', en: 'Entered, to be distributed' },
    disputed: { zh: '处理权限有争议', en: 'Competence disputed' },
    distributed: { zh: '已分送，待决定受理', en: 'Distributed, to be decided' },
    identityAsked: { zh: '待提供身份证明', en: 'Identity asked for' },
    refused: { zh: '不予受理', en: 'Not accepted', closed: true },
    transferred: { zh: '已转送', en: 'Passed on', closed: true },
    merged: { zh: '已合并', en: 'Merged', closed: true },
    accepted: { zh: '已受理', en: 'Accepted' },
    mediating: { zh: '调解中', en: 'In mediation' },
    recused: { zh: '回避中止', en: 'Stopped for recusal' },
    appraising: { zh: '鉴定检测中', en: 'Under appraisal' },
    agreed: { zh: '达成协议', en: 'Agreed' },
    terminated: { zh: '终止调解，待告知', en: 'Ended, to be told' },
    settled: { zh: '撤回或者和解', en: 'Withdrawn or settled', closed: true },
    closed: { zh: '办结', en: 'Closed', closed: true },
  },
  readers: [...complaintReaders],
  columns: ['subjectName', 'category', 'channel', 'receivedOn', 'acceptedOn', 'amount', 'unit'],
  documents: {
    registration: { zh: '投诉登记表', en: 'Form of entry', paper: registration },
    distribution: { zh: '投诉分送通知书', en: 'Notice of distribution', number: '投分', paper: distribution },
    identityRequest: {
      zh: '限期提供身份证明材料通知书',
      en: 'Request for identity',
      number: '投证',
      paper: identityRequest,
    },
    acceptance: { zh: '投诉受理决定书', en: 'Decision to accept', number: '投受', paper: acceptance },
    refusal: { zh: '投诉不予受理决定书', en: 'Decision not to accept', number: '投不受', paper: refusal },
    mediationNotice: { zh: '投诉调解通知书', en: 'Notice of mediation', number: '投调通', paper: mediationNotice },
    termination: { zh: '投诉终止调解决定书', en: 'Decision to end mediation', number: '投终', paper: termination },
    agreement: { zh: '投诉调解书', en: 'Agreement paper', number: '投调', paper: agreement },
    signedAgreement: { zh: '双方签字盖章的调解书', en: 'Agreement signed by both' },
    appraisalReport: { zh: '鉴定、检测报告', en: 'Report of appraisal' },
    evidence: { zh: '投诉材料', en: 'Material' },
  },
  parties: {
    // A unit that gave a matter back still sees that it did.
    unit: {
      label: { zh: '承办机构', en: 'The unit' },
      of: (row: ComplaintRow) => (row.unit ? [`role:complaint-handler@${row.unit}`] : []),
      sees: 'all',
      from: 'registered',
    },
    trader: {
      label: { zh: '被投诉人', en: 'The trader' },
      of: (row: ComplaintRow) =>
        row.subjectId && !['refused', 'transferred', 'merged'].includes(row.state) ? [`org:${row.subjectId}`] : [],
      sees: seenByTrader,
      from: 'accepted',
    },
  },
  actions: { ...intakeActions, ...decisionActions, ...mediationActions },
  clocks: {
    acceptance: {
      label: { zh: '受理期限', en: 'Time to accept or not' },
      rule: acceptanceRule,
      starts: { at: ['register', 'lodge', 'arrive'], on: 'receivedOn' },
      stops: ['accept', 'refuse'],
    },
    dispute: {
      label: { zh: '权限争议协商期限', en: 'Time to agree on competence' },
      rule: disputeRule,
      starts: { at: ['dispute'] },
      stops: ['settleDispute', 'designate'],
    },
    identity: {
      label: { zh: '提供身份证明的期限', en: 'Time to show identity' },
      rule: namedDayRule,
      starts: { at: ['askIdentity'], on: 'identityUntil' },
      stops: ['showIdentity', 'refuse'],
    },
    mediation: {
      label: { zh: '调解期限', en: 'Time for mediation' },
      rule: mediationRule,
      starts: { at: ['accept'] },
      stops: ['agree', 'agreeWithoutPaper', 'terminate', 'settle'],
      suspends: { from: ['appraise'], until: ['takeAppraisal'] },
    },
    termination: {
      label: { zh: '告知终止调解的期限', en: 'Time to tell both' },
      rule: terminationRule,
      starts: { at: ['terminate'] },
      stops: ['tellTermination'],
    },
  },
});
