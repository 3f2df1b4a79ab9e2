import { lifecycle, on } from '@hengjian/kernel';
import {
  Activation, activate, Assignment, assign, checkActivation, checkAssignment, checkRelease, issue, Reason, reserveReplacement,
} from './assigning.ts';
import { Task, type TaskRow } from './entity.ts';
import {
  Carriage, checkCarriage, checkReceipt, checkSampling, checkUnsampled, isDelivered, Receipt, refuseSample, reserveSixMonths, SampleRefusal,
  Stop, Termination, Unsampled,
} from './sampling.ts';
import { SampleRecord } from './sample-fields.ts';
import { documents, parties } from './standing.ts';
import {
  acceptDenial, askProducer, checkConclude, checkDenial, checkProducerAnswer, checkProducerLetter, conclude, DenialDecision, decideDenial,
  isDenialSettled, isMadeElsewhere, isProducerAsked, noAnswer, notify, ProducerAnswer, ProducerLetter,
} from './telling.ts';
import { checkReport, checkResults, enterResults, Report, ReportReturn, Results, report } from './testing.ts';

const o18 = (article: string): string => `《产品质量监督抽查管理暂行办法》${article}`;
const sampledAndLater = ['sampled', 'received', 'tested', 'reported', 'notified', 'disputed'] as const;

/** 抽样任务: assigned by the draw, sampled, tested, reported, told to everybody concerned, final. */
export const taskLifecycle = lifecycle(Task, {
  editions: [{ name: 'O18-2020', basis: '《产品质量监督抽查管理暂行办法》（市场监管总局令第18号）', inForce: '2020-01-01' }],
  states: {
    reserved: { zh: '候补', en: 'Reserve' },
    released: { zh: '候补未启用', en: 'Reserve not called', closed: true },
    assigned: { zh: '待抽样', en: 'To be sampled' },
    cancelled: { zh: '已取消', en: 'Cancelled', closed: true },
    'not-sampled': { zh: '未抽到样', en: 'No sample', closed: true },
    terminated: { zh: '终止抽样', en: 'Sampling ended', closed: true },
    sampled: { zh: '已抽样', en: 'Sampled' },
    received: { zh: '检验中', en: 'In the laboratory' },
    'test-stopped': { zh: '终止检验', en: 'Test ended', closed: true },
    tested: { zh: '待签发报告', en: 'Report to be signed' },
    reported: { zh: '已报送报告', en: 'Reported' },
    notified: { zh: '已告知', en: 'Told' },
    disputed: { zh: '异议处理中', en: 'Disputed' },
    concluded: { zh: '结论生效', en: 'Final', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['productName', 'dueOn', 'conclusion', 'finalConclusion'],
  documents,
  parties,
  actions: {
    assign: on({
      label: { zh: '下达任务', en: 'Assign' }, from: null, to: ['reserved', 'assigned'], by: ['system'], basis: o18('第十二条、第十五条'),
      input: Assignment, check: checkAssignment, run: assign,
    }),
    issue: on({
      label: { zh: '签发抽样文书', en: 'Issue the papers' }, from: 'assigned', to: 'same', by: ['organiser', 'system'], aside: true,
      basis: o18('第十六条'), numbers: '抽检任', papers: ['samplingNotice', 'authorisation', 'blankSheet'], run: issue,
    }),
    activate: on({
      label: { zh: '启用候补', en: 'Call the reserve' }, from: 'reserved', to: 'assigned', by: ['organiser', 'system'], aside: true,
      basis: o18('第十五条'), numbers: '抽检任', papers: ['samplingNotice', 'authorisation', 'blankSheet'], input: Activation,
      check: checkActivation, reserves: reserveReplacement, run: activate,
    }),
    release: on({
      label: { zh: '候补不再启用', en: 'Let the reserve go' }, from: 'reserved', to: 'released', by: ['organiser', 'system'], aside: true,
      basis: o18('第十五条'), check: checkRelease,
    }),
    sample: on({
      label: { zh: '登记抽样', en: 'Record the sampling' }, from: 'assigned', to: 'sampled', by: ['namedSampler'],
      basis: o18('第八条、第十六条至第十九条、第二十二条、第二十三条、第二十六条'), input: SampleRecord,
      needs: ['samplingNotice', 'photos'], papers: ['sheet'], check: checkSampling, reserves: reserveSixMonths,
    }),
    notSampled: on({
      label: { zh: '登记未抽到样', en: 'Record that no sample was taken' }, from: 'assigned', to: 'not-sampled', by: ['namedSampler'], aside: true,
      basis: o18('第八条、第十八条、第二十条、第二十一条'), input: Unsampled, needs: ['evidence'], papers: ['unsampledRecord'],
      check: checkUnsampled,
    }),
    terminate: on({
      label: { zh: '终止抽样', en: 'End the sampling' }, from: 'assigned', to: 'terminated', by: ['namedSampler'], aside: true, danger: true,
      basis: o18('第十七条第二款'), input: Termination, needs: ['evidence'], papers: ['offenceReport'],
    }),
    cancel: on({
      label: { zh: '取消任务', en: 'Cancel' }, from: ['reserved', 'assigned'], to: 'cancelled', by: ['organiser'], aside: true, danger: true,
      basis: o18('第五条'), input: Reason,
    }),
    deliver: on({
      label: { zh: '登记送样', en: 'Record the dispatch' }, from: 'sampled', to: 'same', by: ['namedSampler'], basis: o18('第二十四条'),
      input: Carriage, check: checkCarriage,
    }),
    receive: on({
      label: { zh: '收样', en: 'Receive' }, from: 'sampled', to: 'received', by: ['labReceiver'], basis: o18('第二十九条、第三十条'),
      input: Receipt, needs: ['receiptPhotos'], when: isDelivered, check: checkReceipt,
    }),
    refuseSample: on({
      label: { zh: '拒收样品', en: 'Refuse the sample' }, from: 'sampled', to: 'assigned', by: ['labReceiver'], aside: true,
      basis: o18('第二十九条第二款'), input: SampleRefusal, needs: ['receiptPhotos'], papers: ['refusalLetter'], when: isDelivered,
      run: refuseSample,
    }),
    stopTest: on({
      label: { zh: '终止检验', en: 'Stop the test' }, from: ['sampled', 'received', 'tested'], to: 'test-stopped',
      by: ['labReceiver', 'labTester'], aside: true, danger: true, basis: o18('第三十条第二款、第三十一条第二款'), input: Stop,
      needs: ['evidence'], papers: ['offenceReport'],
    }),
    enterResults: on({
      label: { zh: '录入结果', en: 'Enter results' }, from: ['received', 'tested'], to: ['received', 'tested'], by: ['labTester'],
      basis: o18('第九条、第三十一条'), input: Results, notBy: [{ actions: ['sample'], same: 'person' }], check: checkResults,
      run: enterResults,
    }),
    report: on({
      label: { zh: '签发报告', en: 'Sign the report' }, from: 'tested', to: 'reported', by: ['labSignatory'],
      basis: o18('第九条、第三十二条、第三十三条'), input: Report, papers: ['report'],
      notBy: [{ actions: ['sample', 'enterResults'], same: 'person' }], check: checkReport, run: report,
    }),
    returnReport: on({
      label: { zh: '退回报告', en: 'Return the report' }, from: 'reported', to: 'tested', by: ['organiser'], aside: true,
      basis: o18('第三十二条'), input: ReportReturn,
    }),
    askProducer: on({
      label: { zh: '样品确认', en: 'Ask the labelled producer' }, from: sampledAndLater, to: 'same', by: ['organiser'], aside: true,
      basis: o18('第三十五条、第三十七条'), input: ProducerLetter, papers: ['producerLetter'], when: isMadeElsewhere,
      check: checkProducerLetter, run: askProducer,
    }),
    answerProducer: on({
      label: { zh: '标称生产者答复', en: "Producer's answer" }, from: sampledAndLater, to: 'same', by: ['askedProducer', 'organiser'], aside: true,
      basis: o18('第三十七条'), input: ProducerAnswer, needs: ['producerEvidence'], when: isProducerAsked, check: checkProducerAnswer,
    }),
    noAnswer: on({
      label: { zh: '逾期未答复', en: 'No answer in time' }, from: sampledAndLater, to: 'same', by: ['system'], aside: true,
      basis: '样品确认通知书载明的期限', run: noAnswer,
    }),
    decideDenial: on({
      label: { zh: '认定否认', en: 'Decide on the denial' }, from: sampledAndLater, to: 'same', by: ['organiser'], aside: true,
      basis: o18('第三十七条'), input: DenialDecision, when: checkDenial, run: decideDenial,
    }),
    recordDenial: on({
      label: { zh: '异议认定否认成立', en: 'Denial proved by objection' }, from: ['notified', 'disputed'], to: 'same', by: ['system'], aside: true,
      basis: o18('第三十七条'), input: DenialDecision, run: acceptDenial,
    }),
    notify: on({
      label: { zh: '告知结论', en: 'Tell the conclusion' }, from: 'reported', to: 'notified', by: ['organiser'], basis: o18('第三十五条'),
      when: isDenialSettled, run: notify,
    }),
    dispute: on({
      label: { zh: '提出异议', en: 'Disputed' }, from: ['notified', 'disputed'], to: 'disputed', by: ['system'], aside: true,
      basis: o18('第三十六条'),
    }),
    conclude: on({
      label: { zh: '结论生效', en: 'Conclude' }, from: ['notified', 'disputed'], to: 'concluded', by: ['organiser', 'system'], aside: true,
      basis: o18('第三十六条、第四十条、第四十二条'), check: checkConclude, run: conclude,
    }),
  },
  clocks: {
    due: {
      label: { zh: '任务期限', en: 'Task' }, rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '监督抽查方案规定的进度' },
      starts: { at: ['assign', 'activate'], from: (row: TaskRow) => (row.state === 'reserved' ? null : row.dueOn) }, stops: ['report', 'notSampled', 'terminate', 'stopTest'],
    },
    producerAnswer: {
      label: { zh: '样品确认', en: "Producer's answer" }, rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '样品确认通知书载明的期限' },
      starts: { at: ['askProducer'], on: 'producerAnswerDue' }, stops: ['answerProducer', 'noAnswer'], onExpiry: 'noAnswer',
    },
  },
});
