import type { ClockRule } from '@hengjian/calendar';
import { lifecycle, on } from '@hengjian/kernel';
import { edition, o15, o18, readers, reporting } from '../clauses.ts';
import {
  Acceptance,
  accept,
  Cancelling,
  checkAnswer,
  checkQueueing,
  checkResending,
  onceOnly,
  Queueing,
  queue,
  Rejection,
  Resending,
  refresh,
  reject,
  resend,
  Sending,
  send,
  takeBack,
} from './actions.ts';
import { Dispatch, type DispatchRow } from './entity.ts';

/** 双公示: decisions are public within seven working days of being made (practice M2). */
export const doublePublicity: ClockRule = {
  kind: 'within',
  unit: 'working-day',
  amount: 7,
  rollForward: 'none',
  basis: '国发〔2016〕33号：自作出行政决定之日起7个工作日内上网公开',
};

const desk = ['organiser', 'handler'];

/** 交换件: queued by what happened, sent by file or API, accepted with a number or rejected with a reason, sent again, or cancelled. */
export const dispatchLifecycle = lifecycle(Dispatch, {
  editions: [edition],
  states: {
    incomplete: { zh: '缺项待补', en: 'Incomplete' },
    queued: { zh: '待报送', en: 'To be sent' },
    sent: { zh: '已报送待回执', en: 'Sent' },
    rejected: { zh: '被退回', en: 'Rejected' },
    accepted: { zh: '对方已接收', en: 'Accepted', closed: true },
    cancelled: { zh: '已撤销', en: 'Cancelled', closed: true },
  },
  readers,
  columns: ['system', 'messageLabel', 'sourceNumber', 'foreignNumber', 'sentOn', 'reason'],
  parties: {
    // What handling reports is open to who handles at that organ; sampling tasks never are (practice W1).
    handler: {
      label: { zh: '本机关结果处理岗位', en: 'Result handling of the organ' },
      of: (row) =>
        row.sourceEntity?.startsWith('handling.') || row.sourceEntity === 'sampling.outside-failure'
          ? [`role:result-handler@${row.office}`]
          : [],
      sees: 'all',
      from: 'incomplete',
    },
  },
  actions: {
    queue: on({
      label: { zh: '列入报送', en: 'Queue' },
      from: null,
      to: ['queued', 'incomplete'],
      by: ['system'],
      basis: reporting,
      input: Queueing,
      check: checkQueueing,
      reserves: onceOnly,
      run: queue,
    }),
    refresh: on({
      label: { zh: '重新取数', en: 'Draw again' },
      from: ['incomplete', 'queued'],
      to: ['queued', 'incomplete'],
      by: [...desk, 'system'],
      basis: reporting,
      run: refresh,
    }),
    send: on({
      label: { zh: '报送', en: 'Send' },
      from: 'queued',
      to: 'sent',
      by: ['system'],
      aside: true,
      basis: reporting,
      input: Sending,
      check: checkAnswer,
      run: send,
    }),
    accept: on({
      label: { zh: '对方接收', en: 'Accepted there' },
      from: 'sent',
      to: 'accepted',
      by: ['system'],
      aside: true,
      basis: reporting,
      input: Acceptance,
      check: checkAnswer,
      run: accept,
    }),
    reject: on({
      label: { zh: '对方退回', en: 'Rejected there' },
      from: 'sent',
      to: 'rejected',
      by: ['system'],
      aside: true,
      basis: reporting,
      input: Rejection,
      check: checkAnswer,
      run: reject,
    }),
    takeBack: on({
      label: { zh: '收回', en: 'Take back' },
      from: 'sent',
      to: 'queued',
      by: ['system'],
      aside: true,
      basis: reporting,
      run: takeBack,
    }),
    resend: on({
      label: { zh: '更正后重报', en: 'Send again' },
      from: 'rejected',
      to: ['queued', 'incomplete'],
      by: [...desk, 'system'],
      basis: reporting,
      input: Resending,
      check: checkResending,
      run: resend,
    }),
    cancel: on({
      label: { zh: '撤销报送', en: 'Cancel' },
      from: ['incomplete', 'queued', 'rejected'],
      to: 'cancelled',
      by: desk,
      aside: true,
      danger: true,
      basis: `${o18('第四十四条')}；${o15('第六条')}`,
      input: Cancelling,
    }),
  },
  clocks: {
    doublePublicity: {
      label: { zh: '双公示', en: 'Double publicity' },
      rule: doublePublicity,
      starts: { at: ['queue'], from: (row: DispatchRow) => row.termFrom ?? null },
      stops: ['accept', 'cancel'],
    },
  },
});
