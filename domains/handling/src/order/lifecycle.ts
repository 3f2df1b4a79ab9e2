import {
  publicNoticeClock,
  serviceClauses,
  serviceDocuments,
  serviceRule,
  servingSteps,
  withdrawPublicNotice,
} from '@hengjian/correspondence';
import { type Act, field, lifecycle, on } from '@hengjian/kernel';
import { z } from 'zod';
import { edition, handlers, o18, overseers, qualityLaw } from '../clauses.ts';
import { annulmentPaper, orderPaper } from './documents.ts';
import { issueShape, Order, type OrderRow } from './entity.ts';
import { checkLoopHere, Message, orderSteps, sendMessage } from './service.ts';

const Issue = z.strictObject(issueShape);
const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Why', max: 2000 }) });
const issued = (_row: OrderRow, _input: unknown, act: Act): Partial<OrderRow> => ({
  issuedOn: act.occurredOn,
  messages: 0,
});

/** 执法文书: issued by an officer, served in one of five ways with proof, then in force until it is carried out or falls. */
export const orderLifecycle = lifecycle(Order, {
  editions: [edition],
  states: {
    drafted: { zh: '拟制', en: 'Drafted' },
    discarded: { zh: '未签发', en: 'Not issued', closed: true },
    issued: { zh: '待送达', en: 'To be served' },
    returned: { zh: '邮件退回', en: 'Came back' },
    publicised: { zh: '公告送达中', en: 'Public notice running' },
    served: { zh: '已送达', en: 'Served' },
    suspended: { zh: '停止执行，待撤销', en: 'Suspended, to be annulled' },
    annulling: { zh: '已撤销，待告知', en: 'Annulled, to be told' },
    fulfilled: { zh: '已执行完毕', en: 'Carried out', closed: true },
    lapsed: { zh: '终结执行', en: 'Lapsed', closed: true },
    annulled: { zh: '已撤销', en: 'Annulled', closed: true },
  },
  readers: overseers,
  columns: ['kind', 'subjectName', 'issuedOn', 'way', 'servedOn'],
  documents: {
    rectificationOrder: { zh: '责令改正通知书', en: 'Order to rectify', number: '责改', paper: orderPaper },
    stopOrder: { zh: '责令停止生产销售通知书', en: 'Order to stop', number: '责停', paper: orderPaper },
    recheckNotice: { zh: '复查结果通知书', en: 'Notice of the recheck', number: '复查', paper: orderPaper },
    annulment: { zh: '撤销通知书', en: 'Annulment', number: '责撤', paper: annulmentPaper },
    ...serviceDocuments,
    annulmentReceipt: { zh: '撤销通知书送达回证', en: 'Proof that the annulment was told' },
  },
  parties: {
    addressee: {
      label: { zh: '受送达人', en: 'Addressee' },
      of: (row) => (row.subjectId ? [`org:${row.subjectId}`] : []),
      sees: [
        'loop',
        'kind',
        'subjectName',
        'productName',
        'ground',
        'demands',
        'dueOn',
        'issuedOn',
        'way',
        'servedOn',
        'reason',
      ],
      from: 'served',
    },
  },
  actions: {
    issueRectification: on({
      label: { zh: '制作责令改正通知书', en: 'Issue the order to rectify' },
      from: null,
      to: 'issued',
      by: ['system'],
      basis: `${o18('第四十六条')}；${qualityLaw('第十七条第一款')}`,
      input: Issue,
      papers: ['rectificationOrder'],
      run: issued,
    }),
    issueNotice: on({
      label: { zh: '制作复查结果通知书', en: 'Issue the notice of the recheck' },
      from: null,
      to: 'issued',
      by: ['system'],
      basis: o18('第四十九条第二款'),
      input: Issue,
      papers: ['recheckNotice'],
      run: issued,
    }),
    draftStop: on({
      label: { zh: '拟责令停止生产销售', en: 'Draft an order to stop' },
      from: null,
      to: 'drafted',
      by: handlers,
      basis: qualityLaw('第十八条、第四十九条、第五十条'),
      input: Issue.omit({ kind: true, dueOn: true }),
      check: checkLoopHere,
      run: () => ({ kind: 'stop-sale' as const, messages: 0 }),
    }),
    issueStop: on({
      label: { zh: '签发责令停止生产销售', en: 'Issue the order to stop' },
      from: 'drafted',
      to: 'issued',
      by: handlers,
      danger: true,
      basis: qualityLaw('第十八条、第四十九条、第五十条'),
      approval: ['bureau-head'],
      papers: ['stopOrder'],
      run: issued,
    }),
    discard: on({
      label: { zh: '不签发', en: 'Discard' },
      from: 'drafted',
      to: 'discarded',
      by: handlers,
      aside: true,
      basis: '内部审批制度',
      input: Reason,
    }),
    ...orderSteps,
    message: on({
      label: { zh: '发送提醒（不是送达）', en: 'Send a message (not service)' },
      from: ['issued', 'returned'],
      to: 'same',
      by: handlers,
      aside: true,
      basis: serviceClauses.message,
      input: Message,
      run: sendMessage,
    }),
    fulfil: on({
      label: { zh: '执行完毕', en: 'Carried out' },
      from: 'served',
      to: 'fulfilled',
      by: ['system'],
      basis: o18('第四十九条第二款'),
    }),
    lapse: on({
      label: { zh: '终结执行', en: 'Lapse' },
      from: ['drafted', 'issued', 'returned', 'publicised', 'served'],
      to: 'lapsed',
      by: ['system'],
      basis: o18('第五十四条'),
    }),
    suspend: on({
      label: { zh: '停止执行', en: 'Suspend' },
      from: ['drafted', 'issued', 'returned', 'publicised', 'served'],
      to: ['suspended', 'annulled'],
      by: ['system'],
      basis: `${o18('第四十二条')}；${qualityLaw('第十五条第四款')}`,
      input: Reason,
      run: async (row: OrderRow, input: { reason: string }, act: Act) => {
        await withdrawPublicNotice(row, row.state === 'publicised', input.reason, act);
        return { to: row.state === 'served' ? 'suspended' : 'annulled' };
      },
    }),
    annul: on({
      label: { zh: '撤销', en: 'Annul' },
      from: 'suspended',
      to: 'annulling',
      by: handlers,
      danger: true,
      basis: '《行政处罚法》第七十五条第二款；《产品质量法》第十五条第四款',
      papers: ['annulment'],
    }),
    tellAnnulment: on({
      label: { zh: '登记撤销通知书送达', en: 'The annulment was told' },
      from: 'annulling',
      to: 'annulled',
      by: handlers,
      basis: serviceClauses.ways,
      needs: ['annulmentReceipt'],
    }),
  },
  clocks: {
    service: {
      label: { zh: '送达期限', en: 'Time for service' },
      rule: serviceRule,
      starts: { at: ['issueRectification', 'issueNotice', 'issueStop'], on: 'issuedOn' },
      stops: [...servingSteps, 'publicise', 'suspend'],
    },
    publicNotice: publicNoticeClock('suspend'),
  },
});
