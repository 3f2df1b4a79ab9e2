import { lifecycle } from '@hengjian/kernel';
import { benchActions } from './bench-actions.ts';
import { Task, type TaskRow } from './entity.ts';
import { fieldActions } from './field-actions.ts';
import { agreedDeliveryRule, agreedReportRule, foodRules, starts } from './food-terms.ts';
import { documents, parties } from './standing.ts';
import { tellingActions } from './telling-actions.ts';

/** 抽样任务: assigned by the draw, sampled, tested, reported, told to everybody concerned, final. */
export const taskLifecycle = lifecycle(Task, {
  editions: [
    {
      name: 'O18-2020',
      basis:
        '《产品质量监督抽查管理暂行办法》（市场监管总局令第18号）；食品任务为《食品安全抽样检验管理办法》（市场监管总局令第15号，2025年修正）',
      inForce: '2020-01-01',
    },
  ],
  states: {
    reserved: { zh: '候补', en: 'Reserve' },
    released: { zh: '候补未启用', en: 'Reserve not called', closed: true },
    assigned: { zh: '待抽样', en: 'To be sampled' },
    ordered: { zh: '已网络下单', en: 'Ordered online' },
    cancelled: { zh: '已取消', en: 'Cancelled', closed: true },
    'not-sampled': { zh: '未抽到样', en: 'No sample', closed: true },
    terminated: { zh: '终止抽样', en: 'Sampling ended', closed: true },
    sampled: { zh: '已抽样', en: 'Sampled' },
    received: { zh: '检验中', en: 'In the laboratory' },
    'test-stopped': { zh: '终止检验', en: 'Test ended', closed: true },
    tested: { zh: '待签发报告', en: 'Report to be signed' },
    signed: { zh: '待报送结论', en: 'Conclusion to be sent' },
    reported: { zh: '已报送报告', en: 'Reported' },
    notified: { zh: '已告知', en: 'Told' },
    disputed: { zh: '异议处理中', en: 'Disputed' },
    concluded: { zh: '结论生效', en: 'Final', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['productName', 'dueOn', 'conclusion', 'finalConclusion'],
  // Finished matters of former years come in by the file, as they are and without clocks.
  ingestible: ['concluded', 'not-sampled'],
  documents,
  parties,
  actions: { ...fieldActions, ...benchActions, ...tellingActions },
  clocks: {
    due: {
      label: { zh: '任务期限', en: 'Task' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '监督抽查方案规定的进度' },
      starts: {
        at: ['assign', 'activate', 'takeFromLedger'],
        from: (row: TaskRow) => (row.state === 'reserved' ? null : row.dueOn),
      },
      stops: ['report', 'acceptReport', 'notSampled', 'terminate', 'stopTest'],
    },
    foodDelivery: {
      label: { zh: '送样（食品）', en: 'Delivery of food samples' },
      rule: foodRules.delivery,
      starts: { at: ['sample', 'takeFromLedger'], from: starts.delivery },
      stops: ['receive', 'refuseSample', 'stopTest', 'allowLaterDelivery'],
    },
    agreedDelivery: {
      label: { zh: '同意延长的送样期限', en: 'Delivery as agreed' },
      rule: agreedDeliveryRule,
      starts: { at: ['allowLaterDelivery'], on: 'agreedDeliveryOn' },
      stops: ['receive', 'refuseSample', 'stopTest'],
    },
    foodReport: {
      label: { zh: '检验报告（食品）', en: 'Report on food' },
      rule: foodRules.report,
      starts: { at: ['receive'], from: starts.report },
      stops: ['report', 'stopTest', 'allowLaterReport'],
    },
    agreedReport: {
      label: { zh: '约定的报告期限', en: 'Report as agreed' },
      rule: agreedReportRule,
      starts: { at: ['allowLaterReport'], on: 'agreedReportOn' },
      stops: ['report', 'stopTest'],
    },
    foodConforming: {
      label: { zh: '报送合格结论（食品）', en: 'Sending a conforming conclusion' },
      rule: foodRules.conforming,
      starts: { at: ['report'], from: starts.conforming },
      stops: ['submitReport'],
    },
    foodFailing: {
      label: { zh: '报告不合格结论（食品）', en: 'Sending a failing conclusion' },
      rule: foodRules.failing,
      starts: { at: ['report'], from: starts.failing },
      stops: ['submitReport'],
    },
    producerAnswer: {
      label: { zh: '样品确认', en: "Producer's answer" },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '样品确认通知书载明的期限' },
      starts: { at: ['askProducer'], on: 'producerAnswerDue' },
      stops: ['answerProducer', 'noAnswer'],
      onExpiry: 'noAnswer',
    },
  },
});
