import { randomBytes } from 'node:crypto';
import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { concludeRetest } from '../objection/rules.ts';
import type { TaskRow } from '../task/index.ts';
import { EnteredResult, judgeAll, resultsOf, undecided, writeResults } from '../task/results.ts';
import { type Candidate, eligibleBodies, placeOf } from './drawing.ts';
import { settleNotice } from './notice-actions.ts';
import { type FoodRetestRow, rejections } from './retest-entity.ts';

export const Application = z.strictObject({
  notice: field.identifier('结果通知', { en: 'Notice' }),
  task: field.identifier('抽样任务', { en: 'Task' }),
  applicant: field.json('申请人', { en: 'Applicant' }),
  sampleName: field.text('样品名称', { en: 'Sample' }),
  productName: field.text('食品名称', { en: 'Food' }),
  contested: field.list('申请复检的项目', field.text('检验项目', { en: 'Item' }), { en: 'Items', max: 300 }),
  reasons: field.longText('理由', { en: 'Reasons', max: 4000 }),
  filedOn: field.date('收到申请日期', { en: 'Filed on' }),
  onPaper: field.flag('纸质申请', { en: 'On paper' }),
});

type First = Pick<TaskRow, 'items' | 'lab' | 'conclusion' | 'verdictRule' | 'shelfLifeUntil'>;

export async function apply(
  _row: FoodRetestRow,
  input: z.infer<typeof Application>,
  act: Act,
): Promise<Partial<FoodRetestRow>> {
  const [task] = await act.sql.query<First>(
    `select items, lab, conclusion, verdict_rule as "verdictRule", shelf_life_until as "shelfLifeUntil" from sampling.task where id = $1`,
    [input.task],
  );
  if (task === undefined) throw act.problem('task-unknown', '找不到抽样任务。', 'The task was not found.');
  const results = await resultsOf(act.sql, input.task);
  return {
    items: task.items,
    verdictRule: task.verdictRule,
    firstVerdicts: results.map(({ item, verdict, value, unit }) => ({ item, verdict, value, unit })),
    firstConclusion: task.conclusion!,
    firstLab: task.lab,
    shelfLifeUntil: task.shelfLifeUntil ?? null,
    declined: [],
  };
}

/** What stands against a retest by itself (order 15 art. 31(1), (2)). */
export function checkAcceptance(row: FoodRetestRow, _input: unknown, act: Act): true | Refusal {
  const germs = row.items.filter(({ item, microbiological }) => microbiological && row.contested.includes(item));
  if (germs.length > 0)
    return refuse(
      'microbiological',
      `“${germs.map(({ item }) => item).join('、')}”是微生物指标，不予复检（第三十一条第一项）。`,
      'Microbiological failures are not retested (art. 31(1)).',
    );
  return (
    !row.shelfLifeUntil ||
    row.shelfLifeUntil >= act.occurredOn ||
    refuse(
      'past-shelf-life',
      '复检备份样品已超过保质期，不予复检（第三十一条第二项）。',
      'The back-up sample is past its shelf life (art. 31(2)).',
    )
  );
}
export const accept = (_row: FoodRetestRow, _input: unknown, act: Act): Partial<FoodRetestRow> => ({
  acceptedOn: act.occurredOn,
});

export const Rejection = z.strictObject({
  rejection: field.choice('不予复检情形', rejections, { en: 'Why no retest' }),
  rejectionNote: optional(field.longText('说明', { en: 'Account', max: 2000 })),
});
export async function reject(row: FoodRetestRow, _input: unknown, act: Act): Promise<Partial<FoodRetestRow>> {
  await settleNotice(row.notice, row.id, act);
  return { outcome: 'stands' };
}

export const Selection = z.strictObject({
  ties: optional(
    field.list(
      '有利害关系的机构',
      z.object({
        id: field.identifier('机构', { en: 'Body' }),
        reason: field.text('利害关系', { en: 'Tie', max: 300 }),
      }),
      { en: 'Bodies with a tie to the applicant', max: 100 },
    ),
  ),
});

async function candidates(act: Act): Promise<Candidate[]> {
  return act.sql.query<Candidate>(
    `select body ->> 'id' as id, body ->> 'name' as name, list_name as "listName" from sampling.retest_body where state = 'listed'`,
  );
}

export async function checkSelection(
  row: FoodRetestRow,
  input: z.infer<typeof Selection>,
  act: Act,
): Promise<true | Refusal> {
  const { eligible } = eligibleBodies(await candidates(act), row.firstLab, input.ties ?? [], row.declined);
  return (
    eligible.length > 0 ||
    refuse(
      'nobody-to-retest',
      '公布的复检机构名录中没有可以承担的机构（初检机构和有利害关系的机构除外）。',
      'The published list holds no body that may take it, without the first laboratory and those with a tie.',
    )
  );
}

/** The platform draws, not the officer; list, number and place are kept, so that the draw can be repeated (order 15 art. 32(2)). */
export async function selectBody(
  row: FoodRetestRow,
  input: z.infer<typeof Selection>,
  act: Act,
): Promise<Partial<FoodRetestRow>> {
  const list = await candidates(act);
  const { eligible, excluded } = eligibleBodies(list, row.firstLab, input.ties ?? [], row.declined);
  const seed = randomBytes(32).toString('hex');
  const index = placeOf(seed, eligible.length);
  const retestLab = eligible[index]!;
  return {
    selection: { listName: list[0]!.listName, eligible, excluded, seed, index },
    retestLab,
    selectedOn: act.occurredOn,
  };
}

export const Extension = z.strictObject({ extensionReason: field.longText('延长理由', { en: 'Why', max: 2000 }) });

export const Decline = z.strictObject({ reason: field.text('不能承担的理由', { en: 'Why it cannot', max: 300 }) });
export const decline = (row: FoodRetestRow, input: z.infer<typeof Decline>): Partial<FoodRetestRow> => ({
  declined: [...row.declined, { ...row.retestLab!, reason: input.reason }],
});

export const Transfer = z.strictObject({
  transferredOn: field.date('移交日期', { en: 'Handed over on' }),
  transferHow: field.text('递送方式', {
    en: 'How',
    help: { zh: '由初检机构和申请人商定。', en: 'As agreed with the applicant.' },
  }),
  retestFee: field.money('复检费用（含递送）', { en: 'Fee, delivery included' }),
  feePaidOn: field.date('申请人预付日期', { en: 'Paid on' }),
});
export function checkTransfer(row: FoodRetestRow, input: z.infer<typeof Transfer>, act: Act): true | Refusal {
  if (input.feePaidOn > input.transferredOn)
    return refuse(
      'fee-first',
      '复检费用由申请人先行支付（第三十六条）。',
      'The fee is paid in advance (art. 36).',
      'feePaidOn',
    );
  return (
    (input.transferredOn <= act.occurredOn && input.transferredOn >= row.selectedOn!) ||
    refuse(
      'transferred-on',
      '移交日期应在确定复检机构之后、今天之前。',
      'It is handed over after the body was drawn and not in the future.',
      'transferredOn',
    )
  );
}

export const Receipt = z.strictObject({
  receivedOn: field.date('收样日期', { en: 'Received on' }),
  sealIntact: field.flag('封条、包装完好', { en: 'Seals and package intact' }),
  spareState: field.text('备份样品状态', { en: 'State of the back-up sample', max: 500 }),
});
export function checkReceipt(row: FoodRetestRow, input: z.infer<typeof Receipt>, act: Act): true | Refusal {
  if (!input.sealIntact)
    return refuse(
      'seal-broken',
      '封条、包装破坏的，应当书面报告市场监管部门（第三十三条）。',
      'A broken seal is reported in writing instead (art. 33).',
      'sealIntact',
    );
  return (
    (input.receivedOn <= act.occurredOn && input.receivedOn >= row.transferredOn!) ||
    refuse(
      'received-on',
      '收样日期应在移交之后、今天之前。',
      'It arrives after it was handed over and not in the future.',
      'receivedOn',
    )
  );
}
export const Unfit = z.strictObject({ spareState: field.text('备份样品状态', { en: 'What is wrong', max: 500 }) });

export const AgreedDay = z.strictObject({ agreedRetestOn: field.date('约定的复检期限', { en: 'Retest agreed by' }) });
export const checkAgreedDay = (_row: FoodRetestRow, input: z.infer<typeof AgreedDay>, act: Act): true | Refusal =>
  input.agreedRetestOn >= act.occurredOn ||
  refuse('agreed-in-past', '约定的期限不能早于今天。', 'What is agreed cannot lie in the past.', 'agreedRetestOn');

export const Results = z.strictObject({ results: field.list('复检结果', EnteredResult, { en: 'Results', max: 300 }) });

const judgeContested = (row: FoodRetestRow, results: z.infer<typeof Results>['results']) =>
  judgeAll(
    row.items.filter(({ item }) => row.contested.includes(item)),
    results,
  );

export function checkResults(row: FoodRetestRow, input: z.infer<typeof Results>): true | Refusal {
  const judged = judgeContested(row, input.results);
  return Array.isArray(judged) ? true : judged;
}

export async function enterResults(row: FoodRetestRow, input: z.infer<typeof Results>, act: Act): Promise<void> {
  const judged = judgeContested(row, input.results);
  if (!Array.isArray(judged)) throw act.problem(judged.code, judged.zh, judged.en);
  const { person, name } = act.actor;
  await writeResults(act.sql, row.id, row.items, judged, { person, name, on: act.occurredOn });
}

export const Report = z.strictObject({ retestReport: field.text('复检报告编号', { en: 'Retest report' }) });

export async function checkReport(row: FoodRetestRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const results = await resultsOf(act.sql, row.id);
  const missing = row.contested.filter((item) => !results.some((result) => result.item === item));
  if (missing.length > 0)
    return refuse('results-missing', `还没有录入：${missing.join('、')}。`, `Not entered yet: ${missing.join(', ')}.`);
  const open = undecided(results.map(({ item, judgement }) => ({ item, verdict: judgement })));
  return (
    open.length === 0 ||
    refuse(
      'items-undecided',
      `以下项目不能判定：${open.join('、')}。`,
      `These items have no verdict: ${open.join(', ')}.`,
    )
  );
}

/** The retest is the final conclusion; the fee follows whether it changed (order 15 arts 35, 36). */
export async function report(row: FoodRetestRow, _input: unknown, act: Act): Promise<Partial<FoodRetestRow>> {
  const { outcome, ...concluded } = concludeRetest(row, await resultsOf(act.sql, row.id));
  return { ...concluded, outcome: outcome === 'overturned' ? 'overturned' : 'stands', retestedOn: act.occurredOn };
}

export const Telling = z.strictObject({
  toldOn: field.date('通知日期', { en: 'Told on' }),
  toldHow: field.text('通知方式', { en: 'How' }),
});
export const checkTelling = (_row: unknown, input: z.infer<typeof Telling>, act: Act): true | Refusal =>
  input.toldOn <= act.occurredOn ||
  refuse('told-in-future', '通知日期不能晚于今天。', 'It cannot be told in the future.', 'toldOn');

export async function tell(row: FoodRetestRow, _input: unknown, act: Act): Promise<void> {
  await settleNotice(row.notice, row.id, act);
}
