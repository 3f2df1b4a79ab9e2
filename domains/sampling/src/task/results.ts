import { field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { judge, parseLimit, StatisticsError, type Verdict } from '@hengjian/statistics';
import { z } from 'zod';
import { decisionOf, readStated } from '../rules/decision.ts';
import type { FailedItem, TestItem } from './items.ts';

/** A result as a tester enters it. */
export const EnteredResult = z.object({
  item: field.text('检验项目', { en: 'Item' }),
  result: optional(
    field.text('检验结果', {
      en: 'Result',
      max: 500,
      help: { zh: '未检出时填方法检出限。', en: 'The detection limit when nothing was detected.' },
    }),
  ),
  unit: optional(field.text('单位', { en: 'Unit', max: 40 })),
  nd: optional(field.flag('未检出', { en: 'Not detected' })),
});
export type EnteredResult = z.infer<typeof EnteredResult>;

/** A result beside its limit, with the verdict and everything needed to reach it again. */
interface JudgedResult {
  item: TestItem;
  /** As entered, "未检出" included. */
  value: string;
  unit: string | null;
  verdict: Verdict;
}

/** What the tester wrote, as one text that the reader of results understands. */
export function resultText(entered: EnteredResult, unit: string | null): string {
  if (!entered.nd) return entered.result ?? '';
  return entered.result
    ? `未检出(检出限 ${entered.result}${unit === null || unit === '1' ? '' : ` ${unit}`})`
    : '未检出';
}

/**
 * Judges one entered result by the detailed rules: the limit as published, the comparison it names, no allowance for
 * uncertainty unless they ask for it (GB/T 8170-2008 4.3).
 * @throws StatisticsError when limit or result cannot be understood
 */
function judgeResult(item: TestItem, entered: EnteredResult): JudgedResult {
  const limit = parseLimit(item.limit, item.unit ?? null);
  const limitUnit = limit.kind === 'range' || limit.kind === 'not-detected' ? limit.unit : null;
  const unit = entered.unit ?? item.unit ?? limitUnit;
  const value = resultText(entered, unit);
  const { result, uncertainty } = readStated(value);
  const verdict = judge({
    limit,
    result,
    unit,
    method: item.judge,
    rule: decisionOf(item),
    source: item.method,
    ...(uncertainty === null ? {} : { uncertainty }),
  });
  return { item, value, unit, verdict };
}

/** Judges what was entered, or says which entry cannot be. */
export function judgeAll(items: readonly TestItem[], entered: readonly EnteredResult[]): JudgedResult[] | Refusal {
  const byName = new Map(items.map((item) => [item.item, item]));
  const seen = new Set<string>();
  const judged: JudgedResult[] = [];
  for (const [index, result] of entered.entries()) {
    const item = byName.get(result.item);
    const path = `results.${index}`;
    if (item === undefined)
      return refuse(
        'unknown-item',
        `“${result.item}”不是实施细则的检验项目。`,
        `${result.item} is not an item of the detailed rules.`,
        `${path}.item`,
      );
    if (seen.has(result.item))
      return refuse('item-twice', `“${result.item}”录入了两次。`, `${result.item} was entered twice.`, `${path}.item`);
    seen.add(result.item);
    try {
      judged.push(judgeResult(item, result));
    } catch (error) {
      if (!(error instanceof StatisticsError)) throw error;
      return refuse(error.code, `“${result.item}”：${error.zh}`, `${result.item}: ${error.en}`, `${path}.result`);
    }
  }
  return judged;
}

const decidesNothing = new Set(['no-limit-value', 'no-numeric-maximum']);

/** Items that have a limit but no verdict yet: no conclusion may rest on them. */
export function undecided(
  results: readonly { item: string; verdict: Pick<Verdict, 'verdict' | 'reason'> }[],
): string[] {
  return results
    .filter(({ verdict }) => verdict.verdict === 'not-judged' && !decidesNothing.has(verdict.reason.code))
    .map(({ item }) => item);
}

/** A stored row of sampling.result. */
export interface ResultRow {
  item: string;
  value: string;
  unit: string | null;
  verdict: 'conforms' | 'fails' | 'not-judged';
  judgement: Verdict;
  tester: string;
  testerName: string;
  enteredOn: string;
}

type Sql = { query<T>(text: string, params?: readonly unknown[]): Promise<T[]> };

/** The results of a task or an objection, in the order of the detailed rules. */
export function resultsOf(sql: Sql, record: string): Promise<ResultRow[]> {
  return sql.query<ResultRow>(
    `select item, value, unit, verdict, judgement, tester, tester_name as "testerName", entered_on as "enteredOn"
     from sampling.result where record = $1 order by position`,
    [record],
  );
}

/** Writes results beside a record; an item entered again before the report replaces the earlier entry (the event keeps it). */
export async function writeResults(
  sql: Sql,
  record: string,
  items: readonly TestItem[],
  results: readonly JudgedResult[],
  by: { person: string; name: string; on: string },
): Promise<void> {
  for (const { item, value, unit, verdict } of results)
    await sql.query(
      `insert into sampling.result (record, item, position, value, unit, method, limit_text, severity, verdict, judgement, tester, tester_name, entered_on)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       on conflict (record, item) do update set value = excluded.value, unit = excluded.unit, verdict = excluded.verdict,
         judgement = excluded.judgement, tester = excluded.tester, tester_name = excluded.tester_name, entered_on = excluded.entered_on`,
      [
        record,
        item.item,
        items.findIndex(({ item: name }) => name === item.item),
        value,
        unit,
        item.method,
        item.limit,
        item.severity,
        verdict.verdict,
        JSON.stringify(verdict),
        by.person,
        by.name,
        by.on,
      ],
    );
}

/** The failed items as reports and bulletins show them. */
export function failedItemsOf(
  items: readonly TestItem[],
  results: readonly Pick<ResultRow, 'item' | 'value' | 'unit' | 'verdict'>[],
): FailedItem[] {
  return items.flatMap(({ item, limit, severity, unit }) => {
    const found = results.find((result) => result.item === item);
    if (found?.verdict !== 'fails') return [];
    return [{ item, limit, result: found.value, unit: found.unit ?? unit ?? null, severity }];
  });
}
