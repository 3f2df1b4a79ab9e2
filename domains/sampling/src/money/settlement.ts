import {
  type Act,
  entity,
  field,
  lifecycle,
  on,
  optional,
  type Paper,
  type RecordRow,
  type Refusal,
  refuse,
} from '@hengjian/kernel';
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { Body } from '../task/sample-fields.ts';
import { expenseKinds } from './kinds.ts';

const Line = z.object({
  expense: field.reference('费用', 'sampling.expense', { en: 'Expense' }),
  task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }),
  kind: field.choice('费用类别', expenseKinds, { en: 'Kind' }),
  amount: field.money('金额', { en: 'Amount' }),
  incurredOn: field.date('发生日期', { en: 'Incurred on' }),
});

/** 结算单: what a body is paid for a period under its agreement (practice M7). */
export const Settlement = entity(
  'sampling.settlement',
  { zh: '抽样检验费用结算', en: 'Settlement' },
  {
    fields: {
      entrustment: field.reference('委托协议', 'sampling.entrustment', { en: 'Agreement' }),
      body: field.object('受托机构', Body, { en: 'Body' }),
      agreementNumber: field.text('协议编号', { en: 'Agreement number' }),
      periodFrom: field.date('结算期起', { en: 'From' }),
      periodUntil: field.date('结算期止', { en: 'Until' }),
      lines: field.list('明细', Line, { en: 'Lines' }),
      total: field.money('合计', { en: 'Total' }),
      ceiling: field.money('协议金额上限', { en: 'Ceiling' }),
      settledBefore: field.money('此前已结算', { en: 'Settled before' }),
      approvedOn: optional(field.date('批准日期', { en: 'Approved on' })),
      paidOn: optional(field.date('支付日期', { en: 'Paid on' })),
      paymentReference: optional(field.text('支付凭证号', { en: 'Payment' })),
      reason: optional(field.longText('撤回理由', { en: 'Why it was withdrawn', max: 2000 })),
    },
    title: (row) => `${row.body.name} · ${row.periodFrom} 至 ${row.periodUntil}`,
    subject: (row) => ({ id: row.body.id, name: row.body.name }),
    purpose: {
      zh: '按委托协议与抽样、检验机构结算：自动汇总未付费用，不超协议上限，经审批后支付。',
      en: 'What a body is paid under its agreement: unpaid sums put together, within the ceiling, signed, paid.',
    },
  },
);
export type SettlementRow = RecordRow<typeof Settlement>;

const Period = z.strictObject({
  entrustment: field.reference('委托协议', 'sampling.entrustment', { en: 'Agreement' }),
  periodFrom: field.date('结算期起', { en: 'From' }),
  periodUntil: field.date('结算期止', { en: 'Until' }),
});
type Period = z.infer<typeof Period>;

interface Reckoned {
  body: { id: string; name: string };
  agreementNumber: string;
  ceiling: string;
  lines: z.infer<typeof Line>[];
  total: string;
  settledBefore: string;
}

async function reckon(row: SettlementRow, input: Period, act: Act): Promise<Reckoned | undefined> {
  const [agreement] = await act.sql.query<Pick<Reckoned, 'body' | 'agreementNumber' | 'ceiling'>>(
    `select body, agreement_number as "agreementNumber", ceiling from sampling.entrustment
     where id = $1 and office = $2 and state in ('inForce', 'ended', 'terminated')`,
    [input.entrustment, row.office],
  );
  if (agreement === undefined) return undefined;
  const lines = await act.sql.query<z.infer<typeof Line>>(
    `select id as expense, task, kind, amount, incurred_on as "incurredOn" from sampling.expense
     where payee_body = $1 and office = $2 and state = 'incurred' and bearer = 'organiser' and incurred_on between $3 and $4
     order by incurred_on, id`,
    [agreement.body.id, row.office, input.periodFrom, input.periodUntil],
  );
  const [before] = await act.sql.query<{ total: string | null }>(
    `select sum(total)::text as total from sampling.settlement where entrustment = $1 and id <> $2 and state in ('approved', 'paid')`,
    [input.entrustment, row.id],
  );
  return {
    ...agreement,
    ceiling: new Decimal(agreement.ceiling).toFixed(2),
    lines,
    total: lines.reduce((sum, { amount }) => sum.plus(amount), new Decimal(0)).toFixed(2),
    settledBefore: new Decimal(before?.total ?? 0).toFixed(2),
  };
}

export async function checkPeriod(row: SettlementRow, input: Period, act: Act): Promise<true | Refusal> {
  if (input.periodUntil < input.periodFrom)
    return refuse('period-reversed', '结算期止早于结算期起。', 'It ends before it begins.', 'periodUntil');
  const reckoned = await reckon(row, input, act);
  if (reckoned === undefined)
    return refuse(
      'agreement-unknown',
      '本机关没有这份委托协议。',
      'This authority has no such agreement.',
      'entrustment',
    );
  if (reckoned.lines.length === 0)
    return refuse(
      'nothing-to-settle',
      '该期间没有应当结算的费用。',
      'There is nothing to settle in that period.',
      'periodFrom',
    );
  const after = new Decimal(reckoned.settledBefore).plus(reckoned.total);
  return (
    after.lte(reckoned.ceiling) ||
    refuse(
      'over-ceiling',
      `结算后累计 ${after.toFixed(2)} 元，超过协议上限 ${reckoned.ceiling} 元。`,
      `With this ${after.toFixed(2)} yuan would be settled, over the ceiling of ${reckoned.ceiling}.`,
      'entrustment',
    )
  );
}

export async function settlePeriod(row: SettlementRow, input: Period, act: Act): Promise<Partial<SettlementRow>> {
  return (await reckon(row, input, act))!;
}

/** What is signed is what is still unpaid on that day: a sum that was paid or corrected meanwhile makes the draft stale. */
export async function checkFresh(row: SettlementRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const sound = await checkPeriod(row, row, act);
  if (sound !== true) return sound;
  const anew = (await reckon(row, row, act))!;
  const same =
    JSON.stringify(anew.lines) ===
    JSON.stringify(
      row.lines.map(({ expense, task, kind, amount, incurredOn }) => ({ expense, task, kind, amount, incurredOn })),
    );
  return (
    same ||
    refuse('draft-stale', '拟定之后费用又有变化，请重新汇总。', 'Sums changed after the draft; put it together again.')
  );
}

export async function approve(row: SettlementRow, _input: unknown, act: Act): Promise<Partial<SettlementRow>> {
  for (const { expense } of row.lines) await act.perform('sampling.expense', expense, 'settle', { settlement: row.id });
  return { approvedOn: act.occurredOn };
}

const paper = (row: SettlementRow): Paper => ({
  template: 'settlement',
  title: '抽样检验费用结算单',
  content: {
    to: row.body.name,
    agreement: row.agreementNumber,
    from: row.periodFrom,
    until: row.periodUntil,
    total: row.total,
    ceiling: row.ceiling,
    settledBefore: row.settledBefore,
    tables: [
      {
        columns: ['费用类别', '发生日期', '金额（元）'],
        rows: row.lines.map(({ kind, incurredOn, amount }) => [expenseKinds[kind].zh, incurredOn, amount]),
      },
    ],
    signatures: ['经办人', '受托机构'],
  },
});

const PaymentInput = z.strictObject({
  paidOn: field.date('支付日期', { en: 'Paid on' }),
  paymentReference: field.text('支付凭证号', { en: 'Payment' }),
});

export const settlementLifecycle = lifecycle(Settlement, {
  editions: [{ name: 'O18-2020', basis: '总局令第18号第六条、第十三条；委托协议', inForce: '2020-01-01' }],
  states: {
    drafted: { zh: '拟定中', en: 'Drafted' },
    approved: { zh: '已批准待支付', en: 'Approved, to be paid' },
    paid: { zh: '已支付', en: 'Paid', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['periodFrom', 'periodUntil', 'total', 'paidOn'],
  documents: {
    settlement: { zh: '费用结算单', en: 'Settlement', paper },
    invoice: { zh: '发票', en: 'Invoice' },
  },
  parties: {
    settledBody: {
      label: { zh: '受托机构', en: 'Entrusted body' },
      of: (row) => [`org:${row.body.id}`],
      sees: ['body', 'agreementNumber', 'periodFrom', 'periodUntil', 'total', 'paidOn'],
      from: 'approved',
    },
  },
  actions: {
    draft: on({
      label: { zh: '汇总结算', en: 'Put together' },
      from: null,
      to: 'drafted',
      by: ['organiser'],
      basis: '总局令第18号第六条、第十三条',
      input: Period,
      check: checkPeriod,
      run: settlePeriod,
    }),
    submit: on({
      label: { zh: '报批', en: 'Submit for approval' },
      from: 'drafted',
      to: 'approved',
      by: ['organiser'],
      basis: '总局令第18号第六条、第十三条',
      approval: ['section-chief', 'bureau-head'],
      papers: ['settlement'],
      check: checkFresh,
      run: approve,
    }),
    pay: on({
      label: { zh: '登记支付', en: 'Record the payment' },
      from: 'approved',
      to: 'paid',
      by: ['organiser'],
      basis: '总局令第18号第六条',
      input: PaymentInput,
      needs: ['invoice'],
      check: (row: SettlementRow, input, act) =>
        (input.paidOn <= act.occurredOn && input.paidOn >= row.approvedOn!) ||
        refuse(
          'paid-on',
          '支付日期应在批准之后、今天之前。',
          'It is paid after approval and not in the future.',
          'paidOn',
        ),
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: 'drafted',
      to: 'withdrawn',
      by: ['organiser'],
      aside: true,
      basis: '总局令第18号第十三条',
      input: z.strictObject({ reason: field.longText('撤回理由', { en: 'Why', max: 2000 }) }),
    }),
  },
});
