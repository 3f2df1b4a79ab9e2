import {
  publicNoticeClock,
  ReturnWithConfirmation,
  ServiceWithConfirmation,
  serviceClauses,
  serviceDocuments,
  serviceSteps,
} from '@hengjian/correspondence';
import { lifecycle, on } from '@hengjian/kernel';
import {
  Content,
  checkObjection,
  checkReturn,
  NothingReceived,
  Objection,
  object,
  preparedOn,
  reached,
  returnMail,
  Withdrawal,
  withdraw,
} from './actions.ts';
import { addressee } from './addressee.ts';
import { noticePaper } from './documents.ts';
import { Notice, type NoticeRow } from './entity.ts';
import { mayObject, objectionRule } from './rules.ts';

const o18 = (article: string): string => `《产品质量监督抽查管理暂行办法》${article}`;
/** No clock runs for a term that had ended before its service was entered: the record waits for an officer. */
const termFrom = (row: NoticeRow): string | null => (row.state === 'served-late' ? null : (row.servedOn ?? null));

const steps = serviceSteps<NoticeRow>({
  by: ['organiser'],
  made: 'prepared',
  returned: 'returned',
  publicised: 'publicised',
  served: ['served', 'served-late'],
  basis: `${o18('第三十五条')}；${serviceClauses.ways}`,
  form: ServiceWithConfirmation,
  issuedOn: preparedOn,
  name: () => '产品质量监督抽查检验结果告知书',
  addressee: (row) => row.addressee,
  reached,
});

/** 结果告知书: prepared, served in a way that can be proved, then fifteen days in which its addressee may object. */
export const noticeLifecycle = lifecycle(Notice, {
  editions: [
    { name: 'O18-2020', basis: '《产品质量监督抽查管理暂行办法》（市场监管总局令第18号）', inForce: '2020-01-01' },
  ],
  states: {
    prepared: { zh: '待送达', en: 'To be served' },
    returned: { zh: '邮件退回', en: 'Came back' },
    publicised: { zh: '公告送达中', en: 'Public notice running' },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
    served: { zh: '已送达', en: 'Served' },
    'served-late': { zh: '已送达（登记时异议期已满）', en: 'Served, entered after its term' },
    objected: { zh: '已提出异议', en: 'Objection raised' },
    settled: { zh: '异议已办结', en: 'Objection settled', closed: true },
    elapsed: { zh: '异议期满', en: 'Term elapsed', closed: true },
  },
  readers: ['organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['conclusion', 'way', 'servedOn'],
  documents: {
    notice: { zh: '检验结果告知书', en: 'Notice of the conclusion', number: '抽检告', paper: noticePaper },
    receipt: serviceDocuments.receipt,
    filming: serviceDocuments.filming,
    addressConfirmation: serviceDocuments.addressConfirmation,
    posting: serviceDocuments.posting,
    application: { zh: '异议处理或者复检申请书', en: 'Application' },
  },
  parties: { addressee },
  actions: {
    prepare: on({
      label: { zh: '制作告知书', en: 'Prepare' },
      from: null,
      to: 'prepared',
      by: ['system'],
      basis: o18('第三十五条'),
      input: Content,
      papers: ['notice'],
    }),
    serve: steps.serve,
    leaveFilmed: steps.leaveFilmed,
    returnMail: on({
      label: { zh: '登记邮件退回', en: 'Mail came back' },
      from: 'prepared',
      to: ['returned', 'served', 'served-late'],
      by: ['organiser'],
      aside: true,
      basis: serviceClauses.deemedServed,
      input: ReturnWithConfirmation,
      needs: ['receipt'],
      check: checkReturn,
      run: returnMail,
    }),
    publicise: steps.publicise,
    servePublicly: steps.servePublicly,
    object: on({
      label: { zh: '提出异议或者复检', en: 'Object' },
      from: ['served', 'served-late'],
      to: 'objected',
      by: ['addressee', 'organiser'],
      aside: true,
      basis: `${o18('第三十六条、第三十七条')}；《产品质量法》第十五条第四款`,
      input: Objection,
      needs: ['application'],
      when: mayObject,
      check: checkObjection,
      run: object,
    }),
    settle: on({
      label: { zh: '异议办结', en: 'Objection settled' },
      from: 'objected',
      to: 'settled',
      by: ['system'],
      basis: o18('第三十七条、第四十二条'),
    }),
    elapse: on({
      label: { zh: '异议期满', en: 'Term elapsed' },
      from: 'served',
      to: 'elapsed',
      by: ['system'],
      basis: o18('第三十六条'),
    }),
    confirmElapsed: on({
      label: { zh: '核实异议期已满', en: 'Confirm that the term elapsed' },
      from: 'served-late',
      to: 'elapsed',
      by: ['organiser'],
      basis: o18('第三十六条'),
      input: NothingReceived,
    }),
    withdraw: on({
      label: { zh: '撤回告知', en: 'Withdraw' },
      from: ['prepared', 'returned', 'publicised', 'served', 'served-late'],
      to: 'withdrawn',
      by: ['system'],
      aside: true,
      basis: o18('第三十七条'),
      input: Withdrawal,
      run: withdraw,
    }),
  },
  clocks: {
    objection: {
      label: { zh: '异议期', en: 'Time to object' },
      rule: objectionRule,
      starts: { at: ['serve', 'leaveFilmed', 'servePublicly', 'returnMail'], from: termFrom },
      stops: ['object', 'elapse', 'confirmElapsed'],
      onExpiry: 'elapse',
    },
    publicNotice: publicNoticeClock(),
  },
});
