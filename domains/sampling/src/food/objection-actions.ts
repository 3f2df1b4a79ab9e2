import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { settleNotice } from './notice-actions.ts';
import { type FoodObjectionRow, foodGrounds } from './objection-entity.ts';
import { foodTerms, lastDay } from './terms.ts';

const shared = {
  sampleName: field.text('样品名称', { en: 'Sample' }),
  reasons: field.longText('理由', { en: 'Reasons', max: 4000 }),
  filedOn: field.date('收到申请日期', { en: 'Filed on' }),
};
export const Filing = z.strictObject({
  ...shared,
  task: field.identifier('抽样任务', { en: 'Task' }),
  notice: optional(field.identifier('结果通知', { en: 'Notice' })),
  applicant: field.json('申请人', { en: 'Applicant' }),
  ground: field.choice('异议事项', foodGrounds, { en: 'Ground' }),
  onPaper: field.flag('纸质申请', { en: 'On paper' }),
});

/** An objection to the sampling, brought on paper before there is any conclusion. */
export const SamplingObjection = z.strictObject({
  task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }),
  reasons: shared.reasons,
  filedOn: shared.filedOn,
});

interface SampledTask {
  regime: string;
  sampledOn: string | null;
  state: string;
  enterprise: string;
  enterpriseName: string;
  enterpriseCode: string | null;
  sampleName: string | null;
}

async function taskOf(id: string, act: Act): Promise<SampledTask | undefined> {
  const [task] = await act.sql.query<SampledTask>(
    `select regime, sampled_on as "sampledOn", state, enterprise, enterprise_name as "enterpriseName", enterprise_code as "enterpriseCode",
       sample_name as "sampleName" from sampling.task where id = $1`,
    [id],
  );
  return task;
}

/** Within seven working days after the sampling was done (order 15 art. 37(2)). */
export async function checkSamplingObjection(
  _row: FoodObjectionRow,
  input: z.infer<typeof SamplingObjection>,
  act: Act,
): Promise<true | Refusal> {
  const task = await taskOf(input.task, act);
  if (task === undefined || task.regime !== 'food' || task.sampledOn === null)
    return refuse(
      'task-unknown',
      '没有这项已经抽样的食品抽检任务。',
      'There is no sampled food task of that kind.',
      'task',
    );
  if (task.state === 'concluded')
    return refuse('concluded', '该任务结论已经生效。', 'The conclusion of this task is final.', 'task');
  if (input.filedOn > act.occurredOn || input.filedOn < task.sampledOn)
    return refuse(
      'filed-on',
      '收到日期应在抽样之后、今天之前。',
      'It is filed after sampling and not in the future.',
      'filedOn',
    );
  const last = lastDay(foodTerms.samplingObjection, task.sampledOn, act.calendar);
  return (
    input.filedOn <= last ||
    refuse(
      'too-late',
      `对抽样过程的异议期至${last}，已经届满（第三十七条第二款）。`,
      `The term to object to the sampling ended on ${last} (art. 37(2)).`,
      'filedOn',
    )
  );
}

export async function fileSamplingObjection(
  _row: FoodObjectionRow,
  input: z.infer<typeof SamplingObjection>,
  act: Act,
): Promise<Partial<FoodObjectionRow>> {
  const task = (await taskOf(input.task, act))!;
  return {
    ground: 'sampling-process',
    onPaper: true,
    sampleName: task.sampleName!,
    applicant: { kind: 'sampled', id: task.enterprise, name: task.enterpriseName, code: task.enterpriseCode },
  };
}

export const Supplement = z.strictObject({
  missing: field.longText('需要补正的全部内容', { en: 'All that is missing', max: 2000 }),
});
/** What is missing is told once (order 15 art. 38(1)). */
export const isNotAskedYet = (row: FoodObjectionRow): true | Refusal =>
  !row.missing || refuse('asked-once', '补正内容应当一次告知，不得再次要求补正。', 'What is missing is told once.');
export const Supplied = z.strictObject({ supplementedOn: field.date('补正日期', { en: 'Supplied on' }) });
export const checkSupplied = (row: FoodObjectionRow, input: z.infer<typeof Supplied>, act: Act): true | Refusal =>
  (input.supplementedOn <= act.occurredOn && input.supplementedOn >= row.filedOn) ||
  refuse(
    'supplied-on',
    '补正日期应在申请之后、今天之前。',
    'It is supplied after filing and not in the future.',
    'supplementedOn',
  );

export const accept = (_row: FoodObjectionRow, _input: unknown, act: Act): Partial<FoodObjectionRow> => ({
  acceptedOn: act.occurredOn,
});
export const Rejection = z.strictObject({
  rejectionNote: field.longText('不予受理理由', { en: 'Why it is not taken up', max: 2000 }),
});
export async function reject(row: FoodObjectionRow, _input: unknown, act: Act): Promise<Partial<FoodObjectionRow>> {
  await settleNotice(row.notice, row.id, act);
  return { outcome: 'stands' };
}

export const Consultation = z.strictObject({
  consultation: field.longText('商请事项', { en: 'What is asked', max: 2000 }),
});
/** Only questions on the basis of test or judgement stop the clock, and not in an objection to the sampling (order 15 art. 39(3)). */
export const mayConsult = (row: FoodObjectionRow): true | Refusal =>
  row.ground !== 'sampling-process' ||
  refuse(
    'no-stop',
    '对抽样过程的异议审核不扣除商请时间（第三十九条第二款）。',
    'The clock of an objection to the sampling does not stop (art. 39(2)).',
  );

export const Decision = z.strictObject({
  decision: field.choice(
    '审核结论',
    { upheld: { zh: '异议成立', en: 'Upheld' }, dismissed: { zh: '异议不成立', en: 'Dismissed' } },
    { en: 'Decision' },
  ),
  decisionReason: field.longText('理由', { en: 'Reasons', max: 4000 }),
  toldOn: field.date('告知申请人日期', { en: 'Told on' }),
  toldHow: field.text('告知方式', { en: 'Told how' }),
});
export async function decide(
  row: FoodObjectionRow,
  input: z.infer<typeof Decision>,
  act: Act,
): Promise<Partial<FoodObjectionRow>> {
  const upheld = input.decision === 'upheld';
  const denied = upheld && row.ground === 'not-my-product';
  if (denied)
    await act.perform('sampling.task', row.task, 'recordDenial', {
      denial: 'proved',
      denialReason: input.decisionReason,
    });
  await settleNotice(row.notice, row.id, act);
  return { outcome: denied ? 'seller-only' : upheld ? 'void' : 'stands' };
}
