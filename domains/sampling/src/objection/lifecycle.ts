import { lifecycle, on } from '@hengjian/kernel';
import {
  Application, apply, checkDesignation, checkFormalities, checkReceivedOn, checkRetestReport, checkRetestResults, checkSpare, checkTelling,
  Decision, Designation, decide, designate, enterRetest, Formalities, hasObjection, isKeptByFirm, isReceiptOpen, Receipt, Report,
  Results, RetestNotice, RetestRefusal, refuseRetest, reportRetest, Spare, Telling, Termination, tell, terminate, waiveAndSettle, wantsRetest,
} from './actions.ts';
import { answer, retestNotice, retestOrder, retestReport } from './documents.ts';
import { Objection, type ObjectionRow } from './entity.ts';
import { designationRule, formalitiesRule } from './rules.ts';

const o18 = (article: string): string => `《产品质量监督抽查管理暂行办法》${article}`;
const ofLab = (row: ObjectionRow, role: string): string[] => (row.retestLab ? [`org:${row.retestLab.id}#${role}`] : []);
const asked = ['applicant', 'sampleName', 'kind', 'ground', 'reasons', 'contested', 'filedOn', 'firstConclusion'] as const;
const bench = ['sampleName', 'contested', 'items', 'retestLab', 'retestDueOn', 'spareKeptAt', 'spareState', 'retestReport', 'retestConclusion'] as const;

/** 异议处理与复检 (order 18 arts 36–43). */
export const objectionLifecycle = lifecycle(Objection, {
  editions: [{ name: 'O18-2020', basis: '《产品质量监督抽查管理暂行办法》（市场监管总局令第18号）', inForce: '2020-01-01' }],
  states: {
    applied: { zh: '已申请', en: 'Applied' },
    'under-study': { zh: '研究中', en: 'Under study' },
    'retest-notified': { zh: '已通知复检', en: 'Retest notified' },
    waived: { zh: '视为放弃', en: 'Waived', closed: true },
    'formalities-done': { zh: '已办复检手续', en: 'Formalities done' },
    'lab-designated': { zh: '已确定复检机构', en: 'Laboratory named' },
    retesting: { zh: '复检中', en: 'Retesting' },
    'retest-terminated': { zh: '终止复检', en: 'Retest ended' },
    'retest-refused': { zh: '不予复检', en: 'Retest refused' },
    decided: { zh: '已作出处理结论', en: 'Decided' },
    'retest-concluded': { zh: '复检结论已作出', en: 'Retested' },
    told: { zh: '已告知申请人', en: 'Applicant told', closed: true },
  },
  readers: ['organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['kind', 'filedOn', 'outcome'],
  documents: {
    retestNotice: { zh: '复检通知书', en: 'Retest notice', number: '抽检复', paper: retestNotice },
    receipt: { zh: '送达回证', en: 'Proof of service' },
    feeReceipt: { zh: '复检费用支付凭证', en: 'Proof of payment' },
    retestOrder: { zh: '复检委托书', en: 'Order to retest', number: '抽检复委', paper: retestOrder },
    sparePhotos: { zh: '备用样品照片或录像', en: 'Photographs of the spare sample' },
    retestReport: { zh: '复检报告', en: 'Retest report', paper: retestReport },
    answer: { zh: '处理结论告知书', en: 'Answer to the applicant', number: '抽检复告', paper: answer },
  },
  parties: {
    applicant: {
      label: { zh: '申请人', en: 'Applicant' },
      of: (row) => (row.applicant.id ? [`org:${row.applicant.id}`] : []),
      sees: [...asked, 'noticeReceivedOn', 'formalitiesOn', 'retestFee', 'feePaidOn', 'retestLab', 'retestDueOn'],
      from: 'applied',
    },
    toldApplicant: {
      label: { zh: '申请人（已告知）', en: 'Applicant, told' },
      of: (row) => (row.applicant.id ? [`org:${row.applicant.id}`] : []),
      sees: ['decision', 'decisionReason', 'refusalReason', 'spareFate', 'spareNote', 'retestReport', 'retestConclusion', 'outcome', 'feeBearer', 'sparePayment', 'toldOn'],
      from: 'told',
    },
    retestReceiver: { label: { zh: '复检机构收样人员', en: "Retest laboratory's receiver" }, of: (row) => ofLab(row, 'lab-receiver'), sees: bench, from: 'lab-designated' },
    retestTester: { label: { zh: '复检机构检验人员', en: "Retest laboratory's tester" }, of: (row) => ofLab(row, 'lab-tester'), sees: bench, from: 'lab-designated' },
    retestSignatory: { label: { zh: '复检机构授权签字人', en: "Retest laboratory's signatory" }, of: (row) => ofLab(row, 'lab-signatory'), sees: bench, from: 'lab-designated' },
  },
  actions: {
    apply: on({ label: { zh: '申请', en: 'Apply' }, from: null, to: 'applied', by: ['system'], basis: o18('第三十六条'), input: Application, run: apply }),
    study: on({ label: { zh: '组织研究', en: 'Study' }, from: 'applied', to: 'under-study', by: ['organiser'], basis: o18('第三十七条') }),
    decide: on({
      label: { zh: '作出异议处理结论', en: 'Decide on the objection' }, from: 'under-study', to: ['under-study', 'decided'], by: ['organiser'],
      basis: o18('第三十七条第一款'), input: Decision, when: hasObjection, run: decide,
    }),
    refuseRetest: on({
      label: { zh: '不予复检', en: 'Refuse the retest' }, from: ['under-study', 'lab-designated', 'retesting'], to: 'retest-refused', by: ['organiser'],
      aside: true, basis: o18('第三十七条第二款'), input: RetestRefusal, when: wantsRetest, run: refuseRetest,
    }),
    notifyRetest: on({
      label: { zh: '通知复检', en: 'Notify the retest' }, from: 'under-study', to: 'retest-notified', by: ['organiser'], basis: o18('第三十七条、第三十八条'),
      input: RetestNotice, papers: ['retestNotice'], when: wantsRetest, check: checkReceivedOn,
    }),
    recordReceipt: on({
      label: { zh: '登记收到复检通知', en: 'Record receipt of the notice' }, from: 'retest-notified', to: 'same', by: ['organiser'], aside: true,
      basis: o18('第三十八条'), input: Receipt, needs: ['receipt'], when: isReceiptOpen, check: checkReceivedOn,
    }),
    completeFormalities: on({
      label: { zh: '办理复检手续', en: 'Complete the formalities' }, from: 'retest-notified', to: 'formalities-done', by: ['applicant', 'organiser'],
      basis: o18('第三十八条、第四十三条'), input: Formalities, needs: ['feeReceipt'], check: checkFormalities,
    }),
    lapse: on({
      label: { zh: '视为放弃复检', en: 'Retest waived' }, from: 'retest-notified', to: 'waived', by: ['system'], basis: o18('第三十八条'), run: waiveAndSettle,
    }),
    designateLab: on({
      label: { zh: '确定复检机构', en: 'Name the laboratory' }, from: 'formalities-done', to: 'lab-designated', by: ['organiser'], basis: o18('第三十九条'),
      input: Designation, papers: ['retestOrder'], check: checkDesignation, run: designate,
    }),
    receiveSpare: on({
      label: { zh: '接收备用样品', en: 'Receive the spare sample' }, from: 'lab-designated', to: 'retesting', by: ['retestReceiver'], basis: o18('第四十一条'),
      input: Spare, needs: ['sparePhotos'], check: checkSpare,
    }),
    terminateRetest: on({
      label: { zh: '终止复检', en: 'End the retest' }, from: ['lab-designated', 'retesting'], to: 'retest-terminated', by: ['retestReceiver', 'organiser'],
      aside: true, danger: true, basis: o18('第四十条'), input: Termination, needs: ['sparePhotos'], when: isKeptByFirm, run: terminate,
    }),
    enterRetest: on({
      label: { zh: '录入复检结果', en: 'Enter the retest' }, from: 'retesting', to: 'same', by: ['retestTester'], basis: o18('第四十二条'), input: Results,
      check: checkRetestResults, run: enterRetest,
    }),
    concludeRetest: on({
      label: { zh: '签发复检报告', en: 'Sign the retest report' }, from: 'retesting', to: 'retest-concluded', by: ['retestSignatory'], basis: o18('第四十二条'),
      input: Report, papers: ['retestReport'], notBy: [{ actions: ['enterRetest'], same: 'person' }], check: checkRetestReport, run: reportRetest,
    }),
    tell: on({
      label: { zh: '告知申请人', en: 'Tell the applicant' }, from: ['decided', 'retest-refused', 'retest-terminated', 'retest-concluded'], to: 'told',
      by: ['organiser'], basis: o18('第三十七条、第四十二条'), input: Telling, papers: ['answer'], check: checkTelling, run: tell,
    }),
  },
  clocks: {
    formalities: {
      label: { zh: '复检手续', en: 'Formalities' }, rule: formalitiesRule, starts: { at: ['notifyRetest', 'recordReceipt'], on: 'noticeReceivedOn' },
      stops: ['completeFormalities', 'lapse'], onExpiry: 'lapse',
    },
    designation: {
      label: { zh: '确定复检机构', en: 'Naming the laboratory' }, rule: designationRule, starts: { at: ['completeFormalities'], on: 'formalitiesOn' },
      stops: ['designateLab'],
    },
    retest: {
      label: { zh: '复检', en: 'Retest' }, rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: o18('第四十二条（规定时间）') },
      starts: { at: ['designateLab'], on: 'retestDueOn' }, stops: ['concludeRetest', 'terminateRetest', 'refuseRetest'],
    },
  },
});
