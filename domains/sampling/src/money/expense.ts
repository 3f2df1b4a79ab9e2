import {
  type Act,
  entity,
  field,
  lifecycle,
  on,
  optional,
  type RecordRow,
  type Refusal,
  refuse,
} from '@hengjian/kernel';
import { z } from 'zod';
import { bearers, expenseKinds } from './kinds.ts';

const shape = {
  task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }),
  kind: field.choice('费用类别', expenseKinds, { en: 'Kind' }),
  bearer: field.choice('承担方', bearers, { en: 'Borne by' }),
  payee: field.text('收款方', { en: 'Payee' }),
  payeeBody: optional(field.identifier('收款机构', { en: 'Body paid' })),
  amount: field.money('金额', { en: 'Amount' }),
  basis: field.text('计算依据', { en: 'How it was reckoned', max: 500 }),
  incurredOn: field.date('发生日期', { en: 'Incurred on' }),
};

/** 抽查费用: one sum, who bears it, whether it is paid (order 18 arts 6, 22, 37(3), 43; order 15 arts 12, 36; practice M7). */
export const Expense = entity(
  'sampling.expense',
  { zh: '抽查费用', en: 'Expense' },
  {
    fields: {
      plan: field.reference('年度计划', 'sampling.plan', { en: 'Plan' }),
      scheme: field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' }),
      ...shape,
      receiptNumber: optional(field.text('票据号', { en: 'Receipt' })),
      paidOn: optional(field.date('支付日期', { en: 'Paid on' })),
      paymentReference: optional(field.text('支付凭证号', { en: 'Payment' })),
      settlement: optional(field.reference('结算单', 'sampling.settlement', { en: 'Settlement' })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
    },
    title: (row) => `${expenseKinds[row.kind].zh} · ${row.payee} · ${row.amount} 元`,
    words: (row) => [row.receiptNumber, row.paymentReference],
    purpose: {
      zh: '每一笔购样、抽样、检验、运输、复检费用：谁承担、是否已付；除维持结论的复检费外，不得由企业承担。',
      en: 'Each cost of purchase, sampling, testing, carriage and retest: who bears it and whether it is paid. Firms bear none but a retest that changed nothing.',
    },
  },
);
export type ExpenseRow = RecordRow<typeof Expense>;

export const Incurred = z.strictObject(shape);
type Incurred = z.infer<typeof Incurred>;

/** No fee from the firm: only a retest may be borne by who asked for it (order 18 arts 14(2)(7), 43). */
export function checkIncurred(_row: ExpenseRow, input: Incurred, act: Act): true | Refusal {
  if (input.bearer === 'applicant' && input.kind !== 'retest')
    return refuse(
      'fee-from-firm',
      '不得向被抽样单位收取抽样、检验等费用（第十四条）；只有维持初检结论的复检费由申请人承担。',
      'No fee is taken from the firm (art. 14); only a retest that changed nothing is borne by who asked for it.',
      'bearer',
    );
  return (
    input.incurredOn <= act.occurredOn ||
    refuse('incurred-in-future', '发生日期不能晚于今天。', 'It cannot be incurred in the future.', 'incurredOn')
  );
}

/** Finds plan and scheme by the task, so that every sum counts against its budget. */
export async function settleIncurred(_row: ExpenseRow, input: Incurred, act: Act): Promise<Partial<ExpenseRow>> {
  const [task] = await act.sql.query<{ plan: string; scheme: string }>(
    'select s.plan, t.scheme from sampling.task t join sampling.scheme s on s.id = t.scheme where t.id = $1',
    [input.task],
  );
  if (task === undefined) throw act.problem('task-unknown', '找不到抽样任务。', 'The task was not found.');
  return task;
}

const Payment = z.strictObject({
  paidOn: field.date('支付日期', { en: 'Paid on' }),
  receiptNumber: field.text('票据号', { en: 'Receipt' }),
  paymentReference: field.text('支付凭证号', { en: 'Payment' }),
});
const checkPayment = (row: ExpenseRow, input: z.infer<typeof Payment>, act: Act): true | Refusal =>
  (input.paidOn <= act.occurredOn && input.paidOn >= row.incurredOn) ||
  refuse(
    'paid-on',
    '支付日期应在费用发生之后、今天之前。',
    'It is paid after it was incurred and not in the future.',
    'paidOn',
  );

const Amount = z.strictObject({ amount: shape.amount, reason: field.longText('更正理由', { en: 'Why', max: 2000 }) });
const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Why', max: 2000 }) });

export const expenseLifecycle = lifecycle(Expense, {
  editions: [
    {
      name: 'O18-2020',
      basis: '总局令第18号第六条、第二十二条、第三十七条、第四十三条；总局令第15号第十二条、第三十六条',
      inForce: '2020-01-01',
    },
  ],
  states: {
    incurred: { zh: '未付', en: 'Unpaid' },
    paid: { zh: '已付', en: 'Paid', closed: true },
    settled: { zh: '已列入结算', en: 'Settled', closed: true },
    voided: { zh: '已作废', en: 'Void', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['kind', 'bearer', 'payee', 'amount', 'incurredOn'],
  documents: {
    receipt: { zh: '票据', en: 'Receipt' },
  },
  actions: {
    incur: on({
      label: { zh: '登记费用', en: 'Enter an expense' },
      from: null,
      to: 'incurred',
      by: ['organiser', 'system'],
      basis: '总局令第18号第六条、第二十二条；总局令第15号第十二条',
      input: Incurred,
      check: checkIncurred,
      run: settleIncurred,
    }),
    correctAmount: on({
      label: { zh: '更正金额', en: 'Correct the amount' },
      from: 'incurred',
      to: 'same',
      by: ['organiser'],
      aside: true,
      basis: '总局令第18号第二十二条第二款',
      input: Amount,
    }),
    pay: on({
      label: { zh: '登记支付', en: 'Record the payment' },
      from: 'incurred',
      to: 'paid',
      by: ['organiser'],
      basis: '总局令第18号第六条、第二十二条；总局令第15号第十二条、第三十六条',
      input: Payment,
      needs: ['receipt'],
      check: checkPayment,
    }),
    settle: on({
      label: { zh: '列入结算', en: 'Settle' },
      from: 'incurred',
      to: 'settled',
      by: ['system'],
      basis: '委托协议',
      input: z.strictObject({ settlement: field.identifier('结算单', { en: 'Settlement' }) }),
    }),
    void: on({
      label: { zh: '作废', en: 'Void' },
      from: 'incurred',
      to: 'voided',
      by: ['organiser'],
      aside: true,
      danger: true,
      basis: '总局令第18号第六条',
      input: Reason,
    }),
  },
});
