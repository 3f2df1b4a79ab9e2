import { type Lifecycle, lifecycle } from '@hengjian/kernel';
import { edition, o16, readers } from '../clauses.ts';
import { paperKinds } from '../kinds/catalogue.ts';
import { applicationClocks } from '../kinds/clocks.ts';
import { decisionActions } from './decision-actions.ts';
import {
  acceptance,
  decline,
  extension,
  grantDecision,
  receipt,
  rectification,
  refusal,
  siteConclusion,
  siteNotice,
  supplement,
  termination,
  timeNotice,
} from './documents.ts';
import { Application, type ApplicationRow, seenByApplicant, seenByTeam } from './entity.ts';
import { intakeActions } from './intake-actions.ts';
import { reviewActions } from './review-actions.ts';

/** 许可申请: receipt → acceptance → review → decision → issue; 受理、审查、决定 by different people (order 16). */
export const applicationLifecycle: Lifecycle = lifecycle(Application, {
  editions: [edition],
  states: {
    draft: { zh: '草稿', en: 'Draft' },
    submitted: { zh: '已提交', en: 'Handed in' },
    correcting: { zh: '待补正', en: 'To be supplemented' },
    accepted: { zh: '已受理', en: 'Accepted' },
    siteCheck: { zh: '现场核查', en: 'Site check' },
    rectifying: { zh: '整改中', en: 'Being rectified' },
    paused: { zh: '暂停计时', en: 'Clock stopped' },
    siteChecked: { zh: '核查合格', en: 'Site check passed' },
    siteFailed: { zh: '核查不合格', en: 'Site check failed' },
    sampled: { zh: '已封样', en: 'Sample sealed' },
    testing: { zh: '发证检验中', en: 'Under test' },
    tested: { zh: '检验完成', en: 'Tested' },
    examined: { zh: '已审查，待决定', en: 'Reviewed, to be decided' },
    granted: { zh: '已准予，待颁证', en: 'Granted, to be issued' },
    issued: { zh: '已颁证，待送达', en: 'Issued, to be delivered' },
    refused: { zh: '不予许可，待送达', en: 'Refused, to be served' },
    delivered: { zh: '已送达', en: 'Delivered', closed: true },
    refusalTold: { zh: '不予许可', en: 'Refused', closed: true },
    declined: { zh: '不予受理', en: 'Not accepted', closed: true },
    abandoned: { zh: '视为放弃', en: 'Deemed abandoned', closed: true },
    terminated: { zh: '终止办理', en: 'Terminated', closed: true },
    retracted: { zh: '申请人撤回申请', en: 'Taken back', closed: true },
    discarded: { zh: '草稿已放弃', en: 'Draft discarded', closed: true },
  },
  readers,
  columns: ['kind', 'purpose', 'applicantName', 'receivedOn', 'acceptedOn', 'decidedOn'],
  documents: {
    ...paperKinds,
    commitment: { zh: '告知承诺书', en: 'Letter of commitment' },
    receipt: { zh: '收到申请材料凭据', en: 'Receipt', number: '许收', paper: receipt },
    supplement: { zh: '补正材料通知书', en: 'Request for a supplement', number: '许补', paper: supplement },
    acceptance: { zh: '受理通知书', en: 'Acceptance', number: '许受', paper: acceptance },
    decline: { zh: '不予受理决定书', en: 'Decision not to accept', number: '许不受', paper: decline },
    siteNotice: { zh: '实地核查通知书', en: 'Notice of the site check', number: '许核', paper: siteNotice },
    siteReport: { zh: '现场核查报告（签字）', en: 'Signed report of the site check' },
    siteConclusion: {
      zh: '核查结论告知书',
      en: 'Conclusion of the site check',
      number: '许核结',
      paper: siteConclusion,
    },
    sampleSheet: { zh: '抽样单和封样单', en: 'Sampling and sealing sheet' },
    testReport: { zh: '发证检验报告', en: 'Report of the licensing test' },
    timeNotice: { zh: '所需时间告知书', en: 'Notice of the time needed', number: '许时', paper: timeNotice },
    pauseConclusion: { zh: '听证笔录或者评审结论', en: 'Record of the hearing or conclusion of the review' },
    rectification: { zh: '限期整改通知书', en: 'Order to rectify', number: '许改', paper: rectification },
    rectificationReport: { zh: '整改报告', en: 'Report of rectification' },
    extension: { zh: '延长决定期限告知书', en: 'Notice of the extension', number: '许延', paper: extension },
    grantDecision: { zh: '准予行政许可决定书', en: 'Decision to grant', number: '许准', paper: grantDecision },
    refusal: { zh: '不予行政许可决定书', en: 'Decision to refuse', number: '许不准', paper: refusal },
    termination: { zh: '终止办理决定书', en: 'Decision to terminate', number: '许终', paper: termination },
  },
  parties: {
    applicant: {
      label: { zh: '申请人', en: 'Applicant' },
      of: (row: ApplicationRow) => [`org:${row.organisation}`, `person:${row.organisation}`],
      sees: seenByApplicant,
      from: 'draft',
    },
    counterClerk: {
      label: { zh: '代录窗口', en: 'Counter clerk' },
      of: (row: ApplicationRow) => (row.counterOffice ? [`role:licence-window@${row.counterOffice}`] : []),
      sees: seenByApplicant,
      from: 'draft',
    },
    team: {
      label: { zh: '核查组成员', en: 'Member of the team' },
      of: (row: ApplicationRow) => (row.team ?? []).map(({ person }) => `person:${person}`),
      sees: seenByTeam,
      from: 'siteCheck',
    },
    leader: {
      label: { zh: '核查组组长', en: 'Leader of the team' },
      of: (row: ApplicationRow) =>
        (row.team ?? []).filter(({ leader }) => leader).map(({ person }) => `person:${person}`),
      sees: seenByTeam,
      from: 'siteCheck',
    },
  },
  actions: { ...intakeActions, ...reviewActions, ...decisionActions },
  clocks: {
    ...applicationClocks(),
    supplement: {
      label: { zh: '补正期限', en: 'Time to supplement' },
      rule: { kind: 'within', unit: 'day', amount: 0, basis: `补正材料通知书载明；${o16('第十五条第四项')}` },
      starts: { at: ['askSupplement'], on: 'supplementUntil' },
      stops: ['correct', 'abandon'],
      onExpiry: 'abandon',
    },
  },
});
