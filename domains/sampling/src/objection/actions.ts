import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import type { TaskRow } from '../task/index.ts';
import { EnteredResult, judgeAll, resultsOf, undecided, writeResults } from '../task/results.ts';
import { Body } from '../task/sample-fields.ts';
import { grounds, type ObjectionRow, spareFates } from './entity.ts';
import { checkRetestLab, concludeRetest, lastDayForFormalities, outcomeOf, spareSamplePayment } from './rules.ts';

export const Application = z.strictObject({
  notice: field.identifier('告知书', { en: 'Notice' }),
  task: field.identifier('抽样任务', { en: 'Task' }),
  applicant: field.json('申请人', { en: 'Applicant' }),
  sampleName: field.text('样品名称', { en: 'Sample' }),
  kind: field.choice(
    '申请事项',
    { objection: '异议处理', retest: '复检', both: '异议处理和复检' },
    { en: 'What is asked' },
  ),
  ground: optional(field.choice('异议事由', grounds, { en: 'Ground' })),
  reasons: field.longText('理由', { en: 'Reasons', max: 4000 }),
  contested: optional(
    field.list('申请复检的项目', field.text('检验项目', { en: 'Item' }), { en: 'Items to be retested', max: 300 }),
  ),
  filedOn: field.date('申请日期', { en: 'Filed on' }),
  onPaper: field.flag('纸质申请', { en: 'On paper' }),
});
type Application = z.infer<typeof Application>;

type First = Pick<
  TaskRow,
  'items' | 'lab' | 'conclusion' | 'spareKeptAt' | 'spareQuantity' | 'unitPrice' | 'verdictRule'
>;

/** Takes over from the task what a retest must be measured by: items, rule, first results, where the spare sample is. */
export async function apply(_row: ObjectionRow, input: Application, act: Act): Promise<Partial<ObjectionRow>> {
  const [task] = await act.sql.query<First>(
    `select items, lab, conclusion, spare_kept_at as "spareKeptAt", spare_quantity as "spareQuantity", unit_price as "unitPrice",
       verdict_rule as "verdictRule" from sampling.task where id = $1`,
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
    spareKeptAt: task.spareKeptAt!,
    spareQuantity: task.spareQuantity!,
    unitPrice: task.unitPrice ?? null,
  };
}

export const Decision = z.strictObject({
  decision: field.choice(
    '异议处理结论',
    { upheld: { zh: '异议成立', en: 'Upheld' }, dismissed: { zh: '异议不成立', en: 'Dismissed' } },
    { en: 'Decision' },
  ),
  decisionReason: field.longText('处理理由', { en: 'Reasons', max: 4000 }),
});
type Decision = z.infer<typeof Decision>;

export const hasObjection = (row: ObjectionRow): true | Refusal => {
  if (row.kind === 'retest') return refuse('no-objection', '申请人只申请复检。', 'Only a retest was asked for.');
  return !row.decision || refuse('decided-already', '异议已经作出处理结论。', 'The objection was decided already.');
};

/** An upheld objection ends the matter; a dismissed one leaves the retest, where that was asked for too. */
export async function decide(
  row: ObjectionRow,
  input: Decision,
  act: Act,
): Promise<Partial<ObjectionRow> & { to: string }> {
  const upheld = input.decision === 'upheld';
  if (!upheld && row.kind === 'both') return { to: 'under-study' };
  const outcome = outcomeOf(row.ground, upheld);
  if (outcome === 'seller-only')
    await act.perform('sampling.task', row.task, 'recordDenial', {
      denial: 'proved',
      denialReason: input.decisionReason,
    });
  return { outcome, to: 'decided' };
}

export const wantsRetest = (row: ObjectionRow): true | Refusal => {
  if (row.kind === 'objection') return refuse('no-retest-asked', '申请人没有申请复检。', 'No retest was asked for.');
  return (
    row.kind === 'retest' ||
    Boolean(row.decision) ||
    refuse('objection-first', '请先对异议作出处理结论。', 'Decide on the objection first.')
  );
};

export const RetestRefusal = z.strictObject({
  refusalReason: field.longText('不予复检理由', {
    en: 'Why no retest',
    max: 4000,
    help: { zh: '不需要复检，或者不具备检验条件。', en: 'It is not needed, or cannot be tested.' },
  }),
});

export const refuseRetest = (): Partial<ObjectionRow> => ({ outcome: 'stands' });

export const RetestNotice = z.strictObject({
  noticeReceivedOn: optional(
    field.date('复检通知收到日期', {
      en: 'Received on',
      help: { zh: '当场签收的填写；否则收到回执后登记。', en: 'When signed for on the spot; else entered later.' },
    }),
  ),
});

export const Receipt = z.strictObject({ noticeReceivedOn: field.date('复检通知收到日期', { en: 'Received on' }) });

export const isReceiptOpen = (row: ObjectionRow): true | Refusal =>
  !row.noticeReceivedOn || refuse('receipt-entered', '收到日期已经登记。', 'The day of receipt was entered already.');

export function checkReceivedOn(
  _row: ObjectionRow,
  input: { noticeReceivedOn?: string | null | undefined },
  act: Act,
): true | Refusal {
  return (
    !input.noticeReceivedOn ||
    input.noticeReceivedOn <= act.occurredOn ||
    refuse(
      'received-in-future',
      '收到日期不能晚于今天。',
      'It cannot have been received in the future.',
      'noticeReceivedOn',
    )
  );
}

export const Formalities = z.strictObject({
  formalitiesOn: field.date('办理日期', { en: 'Done on' }),
  retestFee: field.money('复检费用', { en: 'Retest fee' }),
  feePaidOn: field.date('预付日期', { en: 'Paid on' }),
});

/** In seven days from receipt, with the fee paid in advance (order 18 arts 38, 43). */
export function checkFormalities(row: ObjectionRow, input: z.infer<typeof Formalities>, act: Act): true | Refusal {
  if (!row.noticeReceivedOn)
    return refuse(
      'receipt-missing',
      '请先登记申请人收到复检通知的日期。',
      'Enter first when the applicant received the notice.',
    );
  if (input.formalitiesOn > act.occurredOn || input.formalitiesOn < row.noticeReceivedOn)
    return refuse(
      'formalities-on',
      '办理日期应在收到复检通知之后、今天之前。',
      'They are done after receipt and not in the future.',
      'formalitiesOn',
    );
  const last = lastDayForFormalities(row.noticeReceivedOn, act.calendar);
  if (input.formalitiesOn > last)
    return refuse(
      'formalities-late',
      `办理复检手续的期限至${last}，逾期视为放弃复检（第三十八条）。`,
      `The term ended on ${last}: the retest is waived (art. 38).`,
      'formalitiesOn',
    );
  return (
    input.feePaidOn <= input.formalitiesOn ||
    refuse(
      'fee-first',
      '复检费用由申请人先行支付（第四十三条）。',
      'The fee is paid in advance (art. 43).',
      'feePaidOn',
    )
  );
}

/** A waived retest ends the objection at once. */
export async function waiveAndSettle(row: ObjectionRow, _input: unknown, act: Act): Promise<Partial<ObjectionRow>> {
  await act.perform('sampling.notice', row.notice, 'settle', {});
  return { outcome: 'stands' };
}

export const Designation = z.strictObject({
  retestLab: field.object('复检机构', Body, { en: 'Retest laboratory' }),
  onlyLabReason: optional(
    field.longText('由初检机构复检的理由', { en: 'Why the first laboratory retests', max: 1000 }),
  ),
  retestDueOn: field.date('复检期限', {
    en: 'Retest due on',
    help: { zh: '按实施细则的规定时间。', en: 'By the detailed rules.' },
  }),
});

export function checkDesignation(row: ObjectionRow, input: z.infer<typeof Designation>, act: Act): true | Refusal {
  const lab = checkRetestLab(row.firstLab, input.retestLab, input.onlyLabReason);
  if (lab !== true) return lab;
  return (
    input.retestDueOn > act.occurredOn ||
    refuse('due-in-past', '复检期限应晚于今天。', 'The term must lie ahead.', 'retestDueOn')
  );
}

export const designate = (_row: ObjectionRow, _input: unknown, act: Act): Partial<ObjectionRow> => ({
  designatedOn: act.occurredOn,
});

export const Spare = z.strictObject({
  sealIntact: field.flag('封条完好', { en: 'Seals intact' }),
  matchesSheet: field.flag('与抽样单相符', { en: 'Matches the sampling record' }),
  spareState: field.text('备用样品外观和状态', { en: 'State of the spare sample', max: 500 }),
});

/** The retest laboratory checks the spare sample as it would any (order 18 art. 41). */
export function checkSpare(_row: ObjectionRow, input: z.infer<typeof Spare>): true | Refusal {
  return (
    (input.sealIntact && input.matchesSheet) ||
    refuse(
      'spare-not-intact',
      '备用样品封条破损或者与抽样单不符，不能复检：请终止复检，或者由组织部门不予复检。',
      'The spare sample is not intact or not the one: end the retest.',
      'sealIntact',
    )
  );
}

export const Termination = z.strictObject({
  spareFate: field.choice('备用样品处置情形', spareFates, { en: 'What became of it' }),
  spareNote: field.longText('情况说明', { en: 'Account', max: 2000 }),
});

/** Art. 40 answers what the firm did; where the laboratory kept the spare sample, the firm cannot have done it. */
export const isKeptByFirm = (row: ObjectionRow): true | Refusal =>
  row.spareKeptAt === 'firm' ||
  refuse(
    'not-the-firms',
    '备用样品由检验机构保管，不能按第四十条归责于被抽样单位；不具备检验条件的，由组织部门不予复检。',
    'The laboratory kept the spare sample: art. 40 does not apply; the organiser refuses the retest instead.',
  );

export const Results = z.strictObject({ results: field.list('复检结果', EnteredResult, { en: 'Results', max: 300 }) });

/** Only contested items, by the same limits and rules (order 18 art. 42). */
function judgeContested(row: ObjectionRow, results: z.infer<typeof Results>['results']) {
  return judgeAll(
    row.items.filter(({ item }) => row.contested?.includes(item)),
    results,
  );
}

export function checkRetestResults(row: ObjectionRow, input: z.infer<typeof Results>): true | Refusal {
  const judged = judgeContested(row, input.results);
  return Array.isArray(judged) ? true : judged;
}

export async function enterRetest(
  row: ObjectionRow,
  input: z.infer<typeof Results>,
  act: Act,
): Promise<Partial<ObjectionRow>> {
  const judged = judgeContested(row, input.results);
  if (!Array.isArray(judged)) throw act.problem(judged.code, judged.zh, judged.en);
  const { person, name } = act.actor;
  await writeResults(act.sql, row.id, row.items, judged, { person, name, on: act.occurredOn });
  return {};
}

export const Report = z.strictObject({
  retestReport: field.text('复检报告编号', { en: 'Retest report' }),
  harmless: optional(
    field.flag('非破坏性检验且样品质量不受影响', {
      en: 'The sample was not harmed',
      help: {
        zh: '不影响样品质量的，不支付备用样品费用（第三十七条第三款）。',
        en: 'Then nothing is owed for the spare sample (art. 37(3)).',
      },
    }),
  ),
});

export async function checkRetestReport(row: ObjectionRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const results = await resultsOf(act.sql, row.id);
  const missing = (row.contested ?? []).filter((item) => !results.some((result) => result.item === item));
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

export async function reportRetest(
  row: ObjectionRow,
  input: z.infer<typeof Report>,
  act: Act,
): Promise<Partial<ObjectionRow>> {
  const results = await resultsOf(act.sql, row.id);
  return {
    ...concludeRetest(row, results),
    retestedOn: act.occurredOn,
    sparePayment: input.harmless ? '0.00' : spareSamplePayment(row.unitPrice, row.spareQuantity),
  };
}

export const Telling = z.strictObject({
  toldOn: field.date('告知日期', { en: 'Told on' }),
  toldHow: field.text('告知方式', { en: 'How', help: { zh: '送达方式和凭证。', en: 'Way of service and its proof.' } }),
});

/** The applicant has the answer in writing; with it the notice is settled. */
export async function tell(row: ObjectionRow, _input: unknown, act: Act): Promise<Partial<ObjectionRow>> {
  await act.perform('sampling.notice', row.notice, 'settle', {});
  return { outcome: row.outcome ?? 'stands' };
}

export function checkTelling(_row: ObjectionRow, input: z.infer<typeof Telling>, act: Act): true | Refusal {
  return (
    input.toldOn <= act.occurredOn ||
    refuse('told-in-future', '告知日期不能晚于今天。', 'It cannot be told in the future.', 'toldOn')
  );
}

export const terminate = (): Partial<ObjectionRow> => ({ outcome: 'stands', feeBearer: 'applicant' });
