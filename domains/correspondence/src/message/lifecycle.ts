import { type Act, field, lifecycle, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf, roles } from '@hengjian/people';
import { z } from 'zod';
import { clauses } from '../service/rules.ts';
import { Message, type MessageRow, Preference, type PreferenceRow, preferenceShape, queueShape } from './entity.ts';
import { renderMessage, templateOn } from './templates.ts';

const Queue = z.strictObject(queueShape);
type Queue = z.infer<typeof Queue>;
const everybody = Object.keys(roles);
const desk = ['organiser', 'section-chief', 'result-handler'];
const basis = '内部提醒制度';
const mostAttempts = 5;

/** An address for what leaves the house, a reader for what stays in it. */
function checkQueue(_row: MessageRow, input: Queue): true | Refusal {
  if (input.channel === 'in-app')
    return Boolean(input.reader) || refuse('reader-missing', '站内消息须指明阅读人。', 'Say who reads it.', 'reader');
  return (
    Boolean(input.address) ||
    refuse('address-missing', '请填写号码或者地址。', 'Give the number or address.', 'address')
  );
}

function queue(row: MessageRow, input: Queue, act: Act): Partial<MessageRow> & { to: string } {
  const template = templateOn(input.occasion, act.occurredOn);
  const authority = authorityOf(act.offices, row.office).label[input.language];
  const inside = input.channel === 'in-app';
  return {
    version: template.version,
    text: renderMessage(template, { ...input, authority }, input.language),
    attempts: 0,
    ...(inside ? { sentAt: act.occurredAt } : {}),
    to: inside ? 'sent' : 'queued',
  };
}

const Failure = z.strictObject({
  failure: field.text('失败原因', { en: 'Why it failed', max: 500 }),
  final: field.flag('不再重试', { en: 'Not to be tried again' }),
});

/** Tried again after 2, 4, 8 and 16 minutes; then somebody looks. */
function fail(row: MessageRow, input: z.infer<typeof Failure>, act: Act): Partial<MessageRow> & { to: string } {
  if (input.final || row.attempts >= mostAttempts) return { to: 'failed' };
  const wait = 60_000 * 2 ** row.attempts;
  return { notBefore: new Date(Date.parse(act.occurredAt) + wait).toISOString(), to: 'queued' };
}

/** 消息: queued, sent once, arrived or failed; what failed for good waits for a person. */
export const messageLifecycle = lifecycle(Message, {
  editions: [{ name: '2026', basis: `${clauses.message}；内部提醒制度`, inForce: '2000-01-01' }],
  states: {
    failed: { zh: '发送失败', en: 'Failed' },
    queued: { zh: '待发送', en: 'Queued' },
    sending: { zh: '发送中', en: 'Being sent' },
    sent: { zh: '已发出', en: 'Sent' },
    arrived: { zh: '已到达（不是送达）', en: 'Arrived (not service)', closed: true },
    cancelled: { zh: '已取消', en: 'Cancelled', closed: true },
  },
  readers: [...desk, 'planner', 'bureau-head', 'auditor'],
  columns: ['channel', 'occasion', 'addresseeName', 'attempts', 'failure'],
  parties: {
    addressee: {
      label: { zh: '接收人', en: 'Addressee' },
      of: (row) => (row.channel === 'in-app' ? [row.reader] : []),
      sees: ['occasion', 'channel', 'text', 'paper', 'number', 'due', 'about', 'aboutEntity', 'sentAt', 'arrivedAt'],
      from: 'sent',
    },
  },
  actions: {
    queue: on({
      label: { zh: '排队', en: 'Queue' },
      from: null,
      to: ['queued', 'sent'],
      by: ['system'],
      basis,
      input: Queue,
      check: checkQueue,
      reserves: (_row: MessageRow, input) => [
        {
          key: `correspondence.message|${input.key}`,
          refusal: refuse('told-already', '这条提醒已经发过。', 'This was told already.'),
        },
      ],
      run: queue,
    }),
    begin: on({
      label: { zh: '开始发送', en: 'Begin to send' },
      from: 'queued',
      to: 'sending',
      by: ['system'],
      basis,
      run: (row: MessageRow) => ({ attempts: row.attempts + 1 }),
    }),
    accept: on({
      label: { zh: '通道已接收', en: 'Taken by the provider' },
      from: 'sending',
      to: 'sent',
      by: ['system'],
      basis,
      input: z.strictObject({ reference: field.text('通道流水号', { en: "Provider's reference" }) }),
      run: (_row: MessageRow, _input, act) => ({ sentAt: act.occurredAt, failure: null }),
    }),
    arrive: on({
      label: { zh: '通道回执：已到达', en: 'Receipt: arrived' },
      from: 'sent',
      to: 'arrived',
      by: ['system'],
      basis,
      run: (_row: MessageRow, _input, act) => ({ arrivedAt: act.occurredAt }),
    }),
    fail: on({
      label: { zh: '没有发出', en: 'Was not sent' },
      from: ['sending', 'sent'],
      to: ['queued', 'failed'],
      by: ['system'],
      basis,
      input: Failure,
      run: fail,
    }),
    acknowledge: on({
      label: { zh: '知道了', en: 'Noted' },
      from: 'sent',
      to: 'arrived',
      by: ['addressee'],
      basis,
      run: (_row: MessageRow, _input, act) => ({ arrivedAt: act.occurredAt }),
    }),
    retry: on({
      label: { zh: '重新发送', en: 'Send again' },
      from: 'failed',
      to: 'queued',
      by: desk,
      basis,
      input: z.strictObject({ address: optional(field.text('改用号码或者地址', { en: 'Number or address instead' })) }),
      run: (row: MessageRow, input) => ({ attempts: 0, notBefore: null, address: input.address ?? row.address }),
    }),
    cancel: on({
      label: { zh: '不再发送', en: 'Do not send' },
      from: ['queued', 'failed'],
      to: 'cancelled',
      by: desk,
      aside: true,
      basis,
      input: z.strictObject({ reason: field.text('取消理由', { en: 'Why', max: 500 }) }),
    }),
  },
});

/** 提醒偏好: set and changed by whom it concerns, seen by nobody else. */
export const preferenceLifecycle = lifecycle(Preference, {
  editions: [{ name: '2026', basis, inForce: '2000-01-01' }],
  states: { kept: { zh: '有效', en: 'Kept' } },
  readers: [],
  columns: ['nearDue', 'handovers', 'language'],
  parties: {
    owner: { label: { zh: '本人', en: 'Oneself' }, of: (row) => [`person:${row.person}`], sees: 'all', from: 'kept' },
  },
  actions: {
    set: on({
      label: { zh: '设置提醒', en: 'Set' },
      from: null,
      to: 'kept',
      by: everybody,
      basis,
      input: z.strictObject(preferenceShape),
      reserves: (_row: PreferenceRow, _input, act) => [
        {
          key: `correspondence.preference|${act.actor.person}`,
          refusal: refuse('set-already', '已经设置过，请修改。', 'They are set already; change them.'),
        },
      ],
      run: (_row: PreferenceRow, _input, act) => ({ person: act.actor.person }),
    }),
    change: on({
      label: { zh: '修改提醒', en: 'Change' },
      from: 'kept',
      to: 'same',
      by: ['owner'],
      aside: true,
      basis,
      input: z.strictObject(preferenceShape),
    }),
  },
});
