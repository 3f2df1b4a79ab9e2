import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { checkCapability } from './capability.ts';
import type { TaskRow } from './entity.ts';
import { isTestComplete } from './on-site.ts';
import { EnteredResult, failedItemsOf, judgeAll, resultsOf, undecided, writeResults } from './results.ts';
import { concludeFrom } from './rules.ts';

export const Results = z.strictObject({ results: field.list('检验结果', EnteredResult, { en: 'Results', max: 500 }) });
type Results = z.infer<typeof Results>;

/** Who sampled does not test, nor sign (order 18 art. 9); where the scheme says so, nor does his body (practice W6). */
function checkApart(row: TaskRow, act: Act): true | Refusal {
  const { person, organisation } = act.actor;
  if (row.samplers.some((sampler) => sampler.person === person))
    return refuse(
      'separation',
      '抽样人员不得承担其抽样产品的检验工作（第九条）。',
      'Who sampled may not test (art. 9).',
    );
  if (row.separateBodies && organisation !== null && organisation === row.samplingBody.id)
    return refuse(
      'separation',
      '本方案要求抽样机构与检验机构分离。',
      'This scheme keeps the sampling body from testing.',
    );
  return true;
}

export function checkResults(row: TaskRow, input: Results, act: Act): true | Refusal {
  const apart = checkApart(row, act);
  if (apart !== true) return apart;
  if (input.results.length === 0) return refuse('no-results', '没有录入结果。', 'No result was entered.', 'results');
  const judged = judgeAll(row.items, input.results);
  return Array.isArray(judged) ? true : judged;
}

/** Judges and keeps what was entered; the test is complete when every item of the rules has its result. */
export async function enterResults(row: TaskRow, input: Results, act: Act): Promise<{ to: string }> {
  const judged = judgeAll(row.items, input.results);
  if (!Array.isArray(judged)) throw act.problem(judged.code, judged.zh, judged.en);
  const { person, name } = act.actor;
  await writeResults(act.sql, row.id, row.items, judged, { person, name, on: act.occurredOn });
  return { to: (await isTestComplete(row, act)) ? 'tested' : 'received' };
}

export const Report = z.strictObject({
  reportNumber: field.text('检验报告编号', { en: 'Report number' }),
  remark: optional(field.longText('说明', { en: 'Remark', max: 2000 })),
});

/** A report names a conclusion only when every item with a limit has its verdict (order 18 art. 32). */
export async function checkReport(row: TaskRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const apart = checkApart(row, act);
  if (apart !== true) return apart;
  const results = await resultsOf(act.sql, row.id);
  const open = undecided(results.map(({ item, judgement }) => ({ item, verdict: judgement })));
  if (open.length > 0)
    return refuse(
      'items-undecided',
      `以下项目不能判定，请补充结果：${open.join('、')}。`,
      `These items have no verdict yet: ${open.join(', ')}.`,
    );
  if (results.some(({ tester }) => tester === act.actor.person))
    return refuse(
      'separation',
      '检验人员不得签发自己检验的报告。',
      'A tester does not sign the report on his own tests.',
    );
  return checkCapability(act.sql, row, act.occurredOn, 'report');
}

/** Signing makes the conclusion; in product sampling it is reported with that, in food it is sent within its own term. */
export async function report(row: TaskRow, _input: unknown, act: Act): Promise<Partial<TaskRow> & { to: string }> {
  const results = await resultsOf(act.sql, row.id);
  return {
    ...concludeFrom(row.verdictRule, row.items, results),
    failedItems: failedItemsOf(row.items, results),
    signedOn: act.occurredOn,
    reportedOn: row.regime === 'food' ? null : act.occurredOn,
    reportRevision: row.reportRevision + 1,
    returnedReason: null,
    to: row.regime === 'food' ? 'signed' : 'reported',
  };
}

export const submitReport = (_row: TaskRow, _input: unknown, act: Act): Partial<TaskRow> => ({
  reportedOn: act.occurredOn,
});

export const ReportReturn = z.strictObject({
  returnedReason: field.longText('退回理由', { en: 'Why it is returned', max: 2000 }),
});
