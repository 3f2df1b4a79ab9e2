import { lifecycle, on } from '@hengjian/kernel';
import {
  checkEntry, checkFinish, checkHandOver, checkOpening, checkReopen, Entry, HandOver, handOver, Lapse, LeadDecision, Letter, Opening, onlyFor,
  Reply, Reversal, sendLetter, TakenBack,
} from './actions.ts';
import { letter } from './documents.ts';
import { FollowUp, type FollowUpRow } from './entity.ts';
import { leadRule } from './rules.ts';

const o18 = (article: string): string => `《产品质量监督抽查管理暂行办法》${article}`;
const o2 = (article: string): string => `《市场监督管理行政处罚程序规定》${article}`;
const handlers = ['organiser', 'result-handler'];

/** 后处理事项: opened by the machine, done by officers: a verdict issues no orders (practice W2). */
export const followUpLifecycle = lifecycle(FollowUp, {
  editions: [{ name: 'O18-2020', basis: '《产品质量监督抽查管理暂行办法》（市场监管总局令第18号）第六章', inForce: '2020-01-01' }],
  states: {
    open: { zh: '待办', en: 'To do' },
    'handed-over': { zh: '已移交', en: 'Handed over' },
    'in-force': { zh: '生效中', en: 'In force' },
    done: { zh: '已办结', en: 'Done', closed: true },
    reversed: { zh: '已撤销', en: 'Taken back', closed: true },
  },
  readers: ['organiser', 'result-handler', 'planner', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['kind', 'subjectName', 'productName', 'startedOn'],
  documents: {
    letter: { zh: '通报函', en: 'Letter', number: '抽检函', paper: letter },
    reply: { zh: '答复或者销号材料', en: 'Answer or proof' },
    record: { zh: '核查记录', en: 'Record of the check' },
  },
  actions: {
    open: on({ label: { zh: '列为事项', en: 'Open' }, from: null, to: 'open', by: ['organiser', 'system'], basis: o18('第四十四条至第四十六条'), input: Opening, check: checkOpening }),
    handOver: on({
      label: { zh: '移交', en: 'Hand over' }, from: 'open', to: 'handed-over', by: ['organiser'], basis: o18('第五条第三款'), input: HandOver,
      when: onlyFor('handover-seller', 'handover-producer'), check: checkHandOver, run: handOver,
    }),
    sendLetter: on({
      label: { zh: '发函', en: 'Send the letter' }, from: 'open', to: 'handed-over', by: ['organiser'], basis: o18('第四十四条第二款'), input: Letter,
      papers: ['letter'], when: onlyFor('peer-notification', 'correction-notice'), run: sendLetter,
    }),
    reopen: on({
      label: { zh: '退回后重办', en: 'Came back' }, from: 'handed-over', to: 'open', by: ['organiser'], aside: true, basis: o18('第五条第三款'),
      input: TakenBack, when: onlyFor('handover-seller', 'handover-producer'), check: checkReopen,
    }),
    finish: on({
      label: { zh: '销号', en: 'Write off' }, from: 'handed-over', to: 'done', by: ['organiser'], basis: o18('第四十六条、第四十七条'), input: Reply,
      needs: ['reply'], check: checkFinish,
    }),
    decideLead: on({
      label: { zh: '决定是否立案', en: 'Decide on a case' }, from: 'open', to: 'done', by: handlers, basis: o2('第十八条'), input: LeadDecision,
      needs: ['record'], approval: ['bureau-head'], when: onlyFor('lead'),
    }),
    extendLead: on({
      label: { zh: '延长核查期限', en: 'Extend the check' }, from: 'open', to: 'same', by: handlers, aside: true, basis: o2('第十八条第一款'),
      approval: ['bureau-head'], when: onlyFor('lead'),
    }),
    bringIntoForce: on({
      label: { zh: '记入并生效', en: 'Bring into force' }, from: 'open', to: 'in-force', by: handlers, basis: o18('第四十四条'), input: Entry,
      when: onlyFor('credit-fact', 'priority', 'block-entry'), check: checkEntry,
    }),
    lapse: on({
      label: { zh: '期满终止', en: 'End' }, from: 'in-force', to: 'done', by: [...handlers, 'planner'], aside: true, basis: o18('第四十七条'), input: Lapse,
    }),
    reverse: on({
      label: { zh: '撤销', en: 'Take back' }, from: ['open', 'in-force'], to: 'reversed', by: ['organiser', 'system'], aside: true, basis: o18('第四十二条'),
      input: Reversal,
    }),
  },
  clocks: {
    lead: {
      label: { zh: '线索核查', en: 'Check of the lead' }, rule: leadRule,
      starts: { at: ['open'], from: (row: FollowUpRow) => (row.kind === 'lead' ? row.startedOn : null) }, stops: ['decideLead', 'reverse'],
      extends: { by: 'extendLead', amount: 15 },
    },
    answer: {
      label: { zh: '移交事项办理', en: 'Answer' }, rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '移交文书载明的期限' },
      starts: { at: ['handOver', 'sendLetter'], on: 'deadline' }, stops: ['finish', 'reopen'],
    },
  },
});
