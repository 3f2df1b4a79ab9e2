import { type Act, field, type Refusal, refuse } from '@hengjian/kernel';
import type { z } from 'zod';
import type { TaskRow } from './entity.ts';
import { EnteredResult, failedItemsOf, judgeAll, resultsOf, undecided, writeResults } from './results.ts';
import { concludeFrom } from './rules.ts';
import { Person } from './sample-fields.ts';
import { Report } from './testing.ts';

/** A report that the laboratory signed in its own records: its number, its results and who tested. */
export const AcceptedReport = Report.extend({
  reportedOn: field.date('报告日期', { en: 'Reported on' }),
  results: field.list('检验结果', EnteredResult, { en: 'Results', max: 500 }),
  testers: field.list('检验人员', Person, { en: 'Testers', max: 50 }),
});
type AcceptedReport = z.infer<typeof AcceptedReport>;

/**
 * What stands against taking over a laboratory's report: somebody who sampled also tested (order 18 art. 9), a result that cannot be
 * judged by the detailed rules, or an item without result.
 */
export function checkAcceptance(row: TaskRow, input: AcceptedReport): true | Refusal {
  const samplers = new Set(row.samplers.map(({ person }) => person));
  if (input.testers.some(({ person }) => samplers.has(person)))
    return refuse(
      'separation',
      '抽样人员不得承担其抽样产品的检验工作（第九条）。',
      'Who sampled may not test (art. 9).',
    );
  const judged = judgeAll(row.items, input.results);
  if (!Array.isArray(judged)) return judged;
  const given = new Set(judged.map(({ item }) => item.item));
  const open = [
    ...row.items.filter(({ item }) => !given.has(item)).map(({ item }) => item),
    ...undecided(judged.map(({ item, verdict }) => ({ item: item.item, verdict }))),
  ];
  return (
    open.length === 0 ||
    refuse(
      'items-undecided',
      `以下项目不能判定，请补充结果：${open.join('、')}。`,
      `These items have no verdict yet: ${open.join(', ')}.`,
    )
  );
}

/** Judges again by the detailed rules of the task and concludes; what the laboratory concluded is its own. */
export async function acceptReport(row: TaskRow, input: AcceptedReport, act: Act): Promise<Partial<TaskRow>> {
  const judged = judgeAll(row.items, input.results);
  if (!Array.isArray(judged)) throw act.problem(judged.code, judged.zh, judged.en);
  const [tester] = input.testers;
  await writeResults(act.sql, row.id, row.items, judged, {
    person: tester!.person,
    name: input.testers.map(({ name }) => name).join('、'),
    on: input.reportedOn,
  });
  const results = await resultsOf(act.sql, row.id);
  return {
    ...concludeFrom(row.verdictRule, row.items, results),
    failedItems: failedItemsOf(row.items, results),
    reportRevision: row.reportRevision + 1,
    returnedReason: null,
  };
}
