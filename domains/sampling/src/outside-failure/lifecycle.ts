import { type Act, field, lifecycle, on, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { followUpsHeld, followUpsOf, type Opening, summaryOf, undoing } from '../follow-up/index.ts';
import { replyLetter } from './documents.ts';
import { OutsideFailure, type OutsideFailureRow, registrationShape } from './entity.ts';

const Registration = z.strictObject(registrationShape);
const LedgerRow = z.strictObject({
  ...registrationShape,
  ledgerRow: field.integer('台账行号', { en: 'Row of the ledger' }),
});
const Answer = z.strictObject({ answer: field.longText('函复内容', { en: 'Answer', max: 4000 }) });
const Outcome = z.strictObject({ outcome: field.longText('核查处置结果', { en: 'What was done', max: 4000 }) });
const Withdrawal = z.strictObject({ reason: field.longText('撤销理由', { en: 'Why it is taken back', max: 2000 }) });

function checkRegistration(_row: OutsideFailureRow, input: z.infer<typeof Registration>, act: Act): true | Refusal {
  if (input.failedItems.length === 0)
    return refuse('nothing-failed', '没有不合格项目。', 'No item failed.', 'failedItems');
  if (input.receivedOn > act.occurredOn)
    return refuse('received-in-future', '收到日期不能晚于今天。', 'It cannot have come in the future.', 'receivedOn');
  // Order 15 arts 40, 43: handling of food starts on receipt. Everything else waits for a final conclusion.
  if (input.source === 'food' && !input.finalOn) return true;
  return (
    (Boolean(input.finalOn) && input.finalOn! <= act.occurredOn) ||
    refuse('not-final', '结论尚未生效。', 'The conclusion is not final.', 'finalOn')
  );
}

/** One report of one organiser is registered once at an authority, by hand or from a ledger. */
const onceOnly = (row: OutsideFailureRow, input: { organiser: string; reportNumber: string }) => ({
  key: `sampling.outside-failure|${row.office}|${input.organiser}|${input.reportNumber}`,
  refusal: refuse(
    'registered-already',
    '这份检验报告已经登记过。',
    'This report was registered before.',
    'reportNumber',
  ),
});

async function checkWriteOff(row: OutsideFailureRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const open = (await followUpsHeld(act.sql, row.id)).filter(
    ({ state }) => state === 'open' || state === 'handed-over',
  );
  if (row.source === 'other-province' && !row.answeredOn)
    return refuse('not-answered', '还没有向通报的机关函复。', 'The authority that notified it has not been answered.');
  return (
    open.length === 0 ||
    refuse('follow-ups-open', `还有 ${open.length} 项后处理没有办结。`, `${open.length} follow-ups are still open.`)
  );
}

/** What an outside failure asks of this authority; leads count from the day it came in. */
function followUpsOfOutside(row: OutsideFailureRow, region: string): Opening[] {
  const concerned = ({ id, name, code, region: place }: OutsideFailureRow['firm']) => ({
    id: id ?? null,
    name,
    code: code ?? null,
    region: place,
  });
  return followUpsOf({
    planKind: 'supervision',
    productName: row.productName,
    summary: `${summaryOf(row.failedItems)}（${row.organiser}，报告${row.reportNumber}）`,
    finalOn: row.receivedOn,
    region,
    firm: concerned(row.firm),
    firmIsProducer: !row.producer,
    producer: row.producer ? concerned(row.producer) : null,
  });
}

async function register(
  row: OutsideFailureRow,
  input: z.infer<typeof Registration>,
  act: Act,
): Promise<Partial<OutsideFailureRow>> {
  const region = authorityOf(act.offices, row.office).region;
  for (const opening of followUpsOfOutside({ ...row, ...input }, region))
    await act.create('sampling.follow-up', 'open', { ...opening, outsideFailure: row.id });
  return {};
}

/** A result that its organiser took back takes what rests on it with it. */
async function withdraw(
  row: OutsideFailureRow,
  input: z.infer<typeof Withdrawal>,
  act: Act,
): Promise<Partial<OutsideFailureRow>> {
  for (const { id, kind, state } of await followUpsHeld(act.sql, row.id))
    if (undoing({ kind, state }) === 'reverse') await act.perform('sampling.follow-up', id, 'reverse', input);
  await act.sql.query('select kernel.release_reservations($1)', [row.id]);
  return {};
}

/** 外来不合格: registered with its report, followed up like our own, written off with proof. */
export const outsideFailureLifecycle = lifecycle(OutsideFailure, {
  editions: [
    {
      name: 'O18-2020',
      basis: '《产品质量监督抽查管理暂行办法》（市场监管总局令第18号）第五条',
      inForce: '2020-01-01',
    },
  ],
  states: {
    registered: { zh: '处理中', en: 'In hand' },
    'written-off': { zh: '已销号', en: 'Written off', closed: true },
    withdrawn: { zh: '已撤销', en: 'Taken back', closed: true },
  },
  readers: ['organiser', 'result-handler', 'planner', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['source', 'organiser', 'productName', 'receivedOn'],
  documents: {
    report: { zh: '检验报告', en: 'Test report' },
    ledger: { zh: '来源台账', en: 'Ledger it came in' },
    reply: { zh: '复函', en: 'Letter of reply', number: '抽检复', paper: replyLetter },
    proof: { zh: '销号材料', en: 'Proof of what was done' },
  },
  actions: {
    register: on({
      label: { zh: '登记', en: 'Register' },
      from: null,
      to: 'registered',
      by: ['organiser', 'result-handler'],
      basis: '《产品质量监督抽查管理暂行办法》第五条第三款、第四十四条第二款',
      numbers: '抽检外',
      input: Registration,
      needs: ['report'],
      reserves: (row: OutsideFailureRow, input: z.infer<typeof Registration>) => [onceOnly(row, input)],
      check: checkRegistration,
      run: register,
    }),
    registerFromLedger: on({
      label: { zh: '由台账导入', en: 'Take from a ledger' },
      from: null,
      to: 'registered',
      by: ['organiser', 'result-handler'],
      basis: '《产品质量监督抽查管理暂行办法》第五条第三款、第四十四条第二款',
      numbers: '抽检外',
      input: LedgerRow,
      needs: ['ledger'],
      reserves: (row: OutsideFailureRow, input: z.infer<typeof LedgerRow>) => [onceOnly(row, input)],
      check: checkRegistration,
      run: register,
    }),
    attachReport: on({
      label: { zh: '补附检验报告', en: 'Attach the report' },
      from: 'registered',
      to: 'same',
      by: ['organiser', 'result-handler'],
      aside: true,
      basis: '《产品质量监督抽查管理暂行办法》第五十四条',
      needs: ['report'],
    }),
    answerOrganiser: on({
      label: { zh: '函复通报机关', en: 'Answer the authority that notified' },
      from: 'registered',
      to: 'same',
      by: ['organiser', 'result-handler'],
      aside: true,
      basis: '《产品质量监督抽查管理暂行办法》第四十四条第二款',
      input: Answer,
      papers: ['reply'],
      run: (_row: OutsideFailureRow, _input, act) => ({ answeredOn: act.occurredOn }),
    }),
    writeOff: on({
      label: { zh: '销号', en: 'Write off' },
      from: 'registered',
      to: 'written-off',
      by: ['organiser', 'result-handler'],
      basis: '《产品质量监督抽查管理暂行办法》第四十六条、第四十七条',
      input: Outcome,
      needs: ['report', 'proof'],
      check: checkWriteOff,
    }),
    withdraw: on({
      label: { zh: '撤销登记', en: 'Take back' },
      from: 'registered',
      to: 'withdrawn',
      by: ['organiser', 'result-handler'],
      aside: true,
      danger: true,
      basis: '《产品质量监督抽查管理暂行办法》第四十二条',
      input: Withdrawal,
      run: withdraw,
    }),
  },
});
