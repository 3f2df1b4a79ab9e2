import { type Act, field, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import type { TaskRow } from './entity.ts';
import { EnteredResult, judgeAll, resultsOf, writeResults } from './results.ts';

export const OnSiteResults = z.strictObject({
  onSiteTestedOn: field.date('现场检验日期', { en: 'Tested on the spot on' }),
  results: field.list('检验结果', EnteredResult, { en: 'Results', max: 100 }),
});
type OnSiteResults = z.infer<typeof OnSiteResults>;

const onSiteItems = (row: TaskRow) => row.items.filter(({ onSite }) => onSite === true);

export const hasOnSiteItems = (row: TaskRow): true | Refusal =>
  onSiteItems(row).length > 0 ||
  refuse(
    'nothing-on-site',
    '实施细则没有规定现场检验的项目。',
    'The detailed rules have no item that is tested on the spot.',
  );

/** The one exception to the separation of sampling and testing: items that the rules test on the spot (order 18 art. 9). */
export function checkOnSite(row: TaskRow, input: OnSiteResults, act: Act): true | Refusal {
  if (input.onSiteTestedOn > act.occurredOn || input.onSiteTestedOn < row.sampledOn!)
    return refuse(
      'tested-on',
      '现场检验日期应在抽样之后、今天之前。',
      'It is tested after sampling and not in the future.',
      'onSiteTestedOn',
    );
  const allowed = new Set(onSiteItems(row).map(({ item }) => item));
  const other = input.results.find(({ item }) => !allowed.has(item));
  if (other !== undefined)
    return refuse(
      'not-on-site',
      `“${other.item}”不是现场检验项目，抽样人员不得检验（第九条）。`,
      `${other.item} is not tested on the spot: who sampled may not test it (art. 9).`,
      'results',
    );
  if (input.results.length === 0) return refuse('no-results', '没有录入结果。', 'No result was entered.', 'results');
  const judged = judgeAll(row.items, input.results);
  return Array.isArray(judged) ? true : judged;
}

export async function enterOnSite(row: TaskRow, input: OnSiteResults, act: Act): Promise<{ to: string }> {
  const judged = judgeAll(row.items, input.results);
  if (!Array.isArray(judged)) throw act.problem(judged.code, judged.zh, judged.en);
  const { person, name } = act.actor;
  await writeResults(act.sql, row.id, row.items, judged, { person, name, on: input.onSiteTestedOn });
  return { to: row.state === 'received' && (await isTestComplete(row, act)) ? 'tested' : row.state };
}

/** Every item of the rules has its result. */
export async function isTestComplete(row: TaskRow, act: Act): Promise<boolean> {
  const held = await resultsOf(act.sql, row.id);
  return row.items.every(({ item }) => held.some((result) => result.item === item));
}

/** A sample all of whose items were tested on the spot only waits for its report. */
export const receive = async (row: TaskRow, _input: unknown, act: Act): Promise<{ to: string }> => ({
  to: (await isTestComplete(row, act)) ? 'tested' : 'received',
});
