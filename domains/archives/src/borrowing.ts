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
import { basis, keepers } from './file.ts';

const askers = [...keepers, 'planner', 'bureau-head', 'auditor'];
const askShape = {
  file: field.reference('案卷', 'archives.file', { en: 'File' }),
  purpose: field.text('借阅事由', { en: 'Purpose', max: 500 }),
  until: field.date('归还期限', { en: 'Back by' }),
};
const Reason = z.strictObject({ reason: field.text('理由', { en: 'Reason', max: 500 }) });

/** 借阅: asked for, allowed by somebody else, given back; nobody reads a file otherwise than as his post already lets him. */
const Borrowing = entity(
  'archives.borrowing',
  { zh: '档案借阅', en: 'Borrowing' },
  {
    fields: {
      ...askShape,
      borrower: field.identifier('借阅人', { en: 'Borrower' }),
      borrowerName: field.text('借阅人姓名', { en: 'Name of the borrower' }),
      returnedOn: optional(field.date('归还日期', { en: 'Given back on' })),
      reason: optional(field.text('理由', { en: 'Reason', max: 500 })),
    },
    title: (row) => `${row.borrowerName} · ${row.purpose.slice(0, 60)}`,
    purpose: { zh: '案卷的借阅登记：申请、批准、归还。', en: 'The log of borrowing: asked for, allowed, given back.' },
  },
);
type BorrowingRow = RecordRow<typeof Borrowing>;
type Ask = z.infer<z.ZodObject<typeof askShape>>;

async function checkAsk(_row: BorrowingRow, input: Ask, act: Act): Promise<true | Refusal> {
  if (input.until < act.occurredOn)
    return refuse('due-in-past', '归还期限不能早于今天。', 'The day lies in the past.', 'until');
  const [file] = await act.sql.query<{ state: string }>('select state from archives.file where id = $1', [input.file]);
  if (file?.state !== 'filed')
    return refuse('not-filed', '只能借阅已经归档的案卷。', 'Only filed files are lent.', 'file');
  const [lent] = await act.sql.query(
    `select 1 from archives.borrowing where file = $1 and state = 'lent' and borrower <> $2`,
    [input.file, act.actor.person],
  );
  return lent === undefined || refuse('lent-out', '这个案卷已经借出。', 'This file is lent out.', 'file');
}

export const borrowingLifecycle = lifecycle(Borrowing, {
  editions: [{ name: '2026', basis: '《机关档案管理规定》', inForce: '2000-01-01' }],
  states: {
    asked: { zh: '待批准', en: 'Asked for' },
    lent: { zh: '借出', en: 'Lent' },
    returned: { zh: '已归还', en: 'Given back', closed: true },
    refused: { zh: '未批准', en: 'Refused', closed: true },
  },
  readers: ['section-chief', 'bureau-head', 'auditor'],
  columns: ['borrowerName', 'purpose', 'until', 'returnedOn'],
  parties: {
    borrower: {
      label: { zh: '借阅人', en: 'Borrower' },
      of: (row) => [`person:${row.borrower}`],
      sees: 'all',
      from: 'asked',
    },
  },
  actions: {
    ask: on({
      label: { zh: '申请借阅', en: 'Ask to borrow' },
      from: null,
      to: 'asked',
      by: askers,
      basis,
      input: z.strictObject(askShape),
      check: checkAsk,
      run: (_row: BorrowingRow, _input, act) => ({ borrower: act.actor.person, borrowerName: act.actor.name }),
    }),
    lend: on({
      label: { zh: '批准借出', en: 'Lend' },
      from: 'asked',
      to: 'lent',
      by: ['section-chief', 'bureau-head'],
      basis,
      notBy: [{ actions: ['ask'], same: 'person' }],
      check: (row: BorrowingRow, _input, act) => checkAsk(row, { ...row, until: row.until }, act),
    }),
    refuse: on({
      label: { zh: '不批准', en: 'Refuse' },
      from: 'asked',
      to: 'refused',
      by: ['section-chief', 'bureau-head'],
      aside: true,
      basis,
      input: Reason,
    }),
    giveBack: on({
      label: { zh: '归还', en: 'Give back' },
      from: 'lent',
      to: 'returned',
      by: ['section-chief', ...keepers.filter((role) => role !== 'section-chief'), 'borrower'],
      basis,
      run: (_row: BorrowingRow, _input, act) => ({ returnedOn: act.occurredOn }),
    }),
  },
  clocks: {
    loan: {
      label: { zh: '归还期限', en: 'Back by' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '借阅登记载明的期限' },
      starts: { at: ['lend'], from: (row: BorrowingRow) => row.until },
      stops: ['giveBack'],
    },
  },
});
