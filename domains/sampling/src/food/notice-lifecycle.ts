import {
  publicNoticeClock,
  reachingSteps,
  ServiceWithConfirmation,
  serviceClauses,
  serviceDocuments,
  serviceSteps,
  servingSteps,
} from '@hengjian/correspondence';
import { lifecycle, on } from '@hengjian/kernel';
import { preparedOn } from '../notice/actions.ts';
import { addressee } from '../notice/addressee.ts';
import { foodNoticePaper } from './documents.ts';
import {
  Content,
  checkObjection,
  checkRetestRequest,
  FoodObjection,
  mayAsk,
  NothingReceived,
  objectTo,
  onlyOneRetest,
  RetestRequest,
  reached,
  requestRetest,
  Withdrawal,
  withdraw,
} from './notice-actions.ts';
import { FoodNotice, type FoodNoticeRow } from './notice-entity.ts';
import { foodTerms, o15 } from './terms.ts';

const steps = serviceSteps<FoodNoticeRow>({
  by: ['organiser'],
  made: 'prepared',
  returned: 'returned',
  publicised: 'publicised',
  served: ['served', 'served-late'],
  basis: `${o15('第二十九条')}；${serviceClauses.ways}`,
  form: ServiceWithConfirmation,
  issuedOn: preparedOn,
  name: () => '食品安全抽样检验结果通知书',
  addressee: (row) => row.addressee,
  reached,
});

/** 抽样检验结果通知书: served within five working days, then seven in which a food operator may ask for a retest or object. */
export const foodNoticeLifecycle = lifecycle(FoodNotice, {
  editions: [
    {
      name: 'O15-2025',
      basis: '《食品安全抽样检验管理办法》（市场监管总局令第15号，2025年修正）',
      inForce: '2019-10-01',
    },
  ],
  states: {
    prepared: { zh: '待送达', en: 'To be served' },
    returned: { zh: '邮件退回', en: 'Came back' },
    publicised: { zh: '公告送达中', en: 'Public notice running' },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
    served: { zh: '已送达', en: 'Served' },
    'served-late': { zh: '已送达（登记时期限已满）', en: 'Served, entered after its term' },
    contested: { zh: '复检或者异议中', en: 'Retest or objection' },
    settled: { zh: '复检、异议已办结', en: 'Settled', closed: true },
    elapsed: { zh: '逾期未申请', en: 'Term elapsed', closed: true },
  },
  readers: ['organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['conclusion', 'way', 'servedOn'],
  documents: {
    notice: { zh: '抽样检验结果通知书', en: 'Notice of the result', number: '食抽告', paper: foodNoticePaper },
    ...serviceDocuments,
    application: { zh: '复检或者异议申请书及证明材料', en: 'Application and evidence' },
  },
  parties: { addressee },
  actions: {
    prepare: on({
      label: { zh: '制作通知书', en: 'Prepare' },
      from: null,
      to: 'prepared',
      by: ['system'],
      basis: o15('第二十九条'),
      input: Content,
      papers: ['notice'],
    }),
    ...steps,
    requestRetest: on({
      label: { zh: '申请复检', en: 'Ask for a retest' },
      from: ['served', 'served-late', 'contested'],
      to: 'contested',
      by: ['addressee', 'organiser'],
      aside: true,
      basis: `${o15('第三十条')}；《食品安全法》第八十八条`,
      input: RetestRequest,
      needs: ['application'],
      when: mayAsk,
      check: checkRetestRequest,
      reserves: onlyOneRetest,
      run: requestRetest,
    }),
    object: on({
      label: { zh: '提出异议', en: 'Object' },
      from: ['served', 'served-late', 'contested'],
      to: 'contested',
      by: ['addressee', 'organiser'],
      aside: true,
      basis: o15('第三十七条第三款'),
      input: FoodObjection,
      needs: ['application'],
      when: mayAsk,
      check: checkObjection,
      run: objectTo,
    }),
    settle: on({
      label: { zh: '办结', en: 'Settled' },
      from: 'contested',
      to: 'settled',
      by: ['system'],
      basis: o15('第三十五条、第三十九条'),
    }),
    elapse: on({
      label: { zh: '逾期未申请', en: 'Term elapsed' },
      from: 'served',
      to: 'elapsed',
      by: ['system'],
      basis: o15('第三十条'),
    }),
    confirmElapsed: on({
      label: { zh: '核实期限已满', en: 'Confirm that the term elapsed' },
      from: 'served-late',
      to: 'elapsed',
      by: ['organiser'],
      basis: o15('第三十条'),
      input: NothingReceived,
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: ['prepared', 'returned', 'publicised', 'served', 'served-late'],
      to: 'withdrawn',
      by: ['system'],
      aside: true,
      basis: o15('第三十九条'),
      input: Withdrawal,
      run: withdraw,
    }),
  },
  clocks: {
    service: {
      label: { zh: '送达', en: 'Service' },
      rule: foodTerms.service,
      starts: { at: ['prepare'], on: 'conclusionReceivedOn' },
      stops: [...servingSteps, 'publicise'],
    },
    request: {
      label: { zh: '复检、异议申请期', en: 'Time to ask' },
      rule: foodTerms.retestRequest,
      starts: {
        at: reachingSteps,
        from: (row: FoodNoticeRow) => (row.state === 'served' ? (row.servedOn ?? null) : null),
      },
      stops: ['requestRetest', 'object', 'elapse'],
      onExpiry: 'elapse',
    },
    publicNotice: publicNoticeClock(),
  },
});
