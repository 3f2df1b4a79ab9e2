import { entity, field, lifecycle, notFound, on, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';

/** 移交、协查、通报: from organ to organ. It opens exactly one record to the receiving organ and ends with it. */
const Handover = entity(
  'kernel.handover',
  { zh: '移交', en: 'Hand-over' },
  {
    fields: {
      target: field.identifier('移交的记录', { en: 'Record' }),
      targetEntity: field.text('记录类别', { en: 'Kind of record' }),
      targetTitle: field.text('标题', { en: 'Title', max: 300 }),
      toOffice: field.office('接收机关', { en: 'Receiving organ' }),
      scope: optional(field.list('可见内容', field.text('字段', { en: 'Field' }), { en: 'Scope' })),
      purpose: field.longText('事由', { en: 'Purpose', max: 2000 }),
      kind: field.choice(
        '种类',
        { transfer: '移交', notification: '通报', assistance: '协查', joint: '联合办理' },
        { en: 'Kind' },
      ),
      deadline: optional(field.date('办理期限', { en: 'Deadline' })),
      reply: optional(field.longText('答复', { en: 'Reply' })),
    },
    title: (row) => row.targetTitle,
    purpose: { zh: '机关之间移交、通报和协查的事项。', en: 'What one organ hands over to another.' },
  },
);
type HandoverRow = RecordRow<typeof Handover>;

const received = z.strictObject({ reply: optional(field.longText('说明', { en: 'Remark', max: 2000 })) });
const reasoned = z.strictObject({ reply: field.longText('理由', { en: 'Reason', max: 2000 }) });

export const handoverLifecycle = lifecycle(Handover, {
  editions: [
    {
      name: '2021',
      basis: '《产品质量监督抽查管理暂行办法》第四十四条；《市场监督管理行政处罚程序规定》第十四条、第四十五条',
      inForce: '2000-01-01',
    },
  ],
  states: {
    sent: { zh: '待签收', en: 'Awaiting receipt' },
    received: { zh: '办理中', en: 'In hand' },
    returned: { zh: '已退回', en: 'Returned', closed: true },
    answered: { zh: '已答复', en: 'Answered' },
    ended: { zh: '已办结', en: 'Ended', closed: true },
  },
  readers: ['planner', 'section-chief', 'bureau-head', 'organiser', 'result-handler', 'auditor'],
  columns: ['toOffice', 'kind', 'deadline'],
  parties: {
    receiver: {
      label: { zh: '接收机关', en: 'Receiving organ' },
      of: (row) => [`office:${row.toOffice}`],
      sees: 'all',
      from: 'sent',
    },
  },
  actions: {
    send: on({
      label: { zh: '移交', en: 'Hand over' },
      from: null,
      to: 'sent',
      by: ['organiser', 'section-chief', 'result-handler', 'system'],
      basis: '《产品质量监督抽查管理暂行办法》第四十四条',
      input: z.strictObject({
        target: field.identifier('移交的记录', { en: 'Record' }),
        toOffice: field.office('接收机关', { en: 'Receiving organ' }),
        purpose: field.longText('事由', { en: 'Purpose', max: 2000 }),
        kind: field.choice(
          '种类',
          { transfer: '移交', notification: '通报', assistance: '协查', joint: '联合办理' },
          { en: 'Kind' },
        ),
        deadline: optional(field.date('办理期限', { en: 'Deadline' })),
        /** Names of the fields that the receiving organ sees; without it everything. */
        scope: optional(field.list('可见内容', field.text('字段', { en: 'Field' }), { en: 'Scope', max: 100 })),
      }),
      check: (_row: HandoverRow, input, act) =>
        act.offices.has(input.toOffice) || {
          code: 'unknown-office',
          zh: '没有这个接收机关。',
          en: 'There is no such office.',
          path: 'toOffice',
        },
      run: async (_row: HandoverRow, input, act) => {
        const [target] = await act.sql.query<{ entity: string; title: string }>(
          'select entity, title from kernel.record where id = $1',
          [input.target],
        );
        if (target === undefined) throw notFound();
        await act.door(input.target, `office:${input.toOffice}`, true);
        return { targetEntity: target.entity, targetTitle: target.title };
      },
    }),
    receive: on({
      label: { zh: '签收', en: 'Sign for' },
      from: 'sent',
      to: 'received',
      by: ['receiver'],
      basis: '内部移交制度',
      input: received,
    }),
    returnIt: on({
      label: { zh: '退回', en: 'Return' },
      from: ['sent', 'received'],
      to: 'returned',
      by: ['receiver'],
      aside: true,
      basis: '内部移交制度',
      input: reasoned,
      run: async (row: HandoverRow, _input, act) => act.door(row.target, `office:${row.toOffice}`, false, row.id),
    }),
    answer: on({
      label: { zh: '答复', en: 'Answer' },
      from: 'received',
      to: 'answered',
      by: ['receiver'],
      basis: '内部移交制度',
      input: reasoned,
    }),
    urge: on({
      label: { zh: '督办', en: 'Urge' },
      from: ['sent', 'received'],
      to: 'same',
      by: ['organiser', 'section-chief'],
      aside: true,
      basis: '督查督办制度',
      input: z.strictObject({ deadline: optional(field.date('新的办理期限', { en: 'New deadline' })) }),
    }),
    end: on({
      label: { zh: '办结', en: 'End' },
      from: ['sent', 'answered'],
      to: 'ended',
      by: ['organiser', 'section-chief', 'result-handler', 'system'],
      basis: '内部移交制度',
      run: async (row: HandoverRow, _input, act) => act.door(row.target, `office:${row.toOffice}`, false, row.id),
    }),
  },
  clocks: {
    deadline: {
      label: { zh: '办理期限', en: 'Deadline' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '移交文书载明的期限' },
      starts: { at: ['send', 'urge'], on: 'deadline' },
      stops: ['answer', 'end', 'returnIt'],
    },
  },
});
