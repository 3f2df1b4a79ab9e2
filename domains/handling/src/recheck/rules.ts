import { type Refusal, refuse } from '@hengjian/kernel';
import { judge, parseLimit, StatisticsError } from '@hengjian/statistics';
import type { FailedItem, TestItem } from '../fields.ts';
import type { RecheckResult, RecheckRow } from './entity.ts';

/** What the results say by the same limits as the first time. */
export interface Judged {
  results: RecheckResult[];
  failedItems: FailedItem[];
  conclusion: NonNullable<RecheckRow['conclusion']>;
}

/** Judges every item of the programme once; one failed item fails the recheck. Says which entry cannot be judged. */
export function judgeRecheck(items: readonly TestItem[], entered: readonly RecheckResult[]): Judged | Refusal {
  const named = new Map(entered.map((result) => [result.item, result]));
  const unknown = entered.find(({ item }) => !items.some((known) => known.item === item));
  if (unknown !== undefined)
    return refuse(
      'unknown-item',
      `“${unknown.item}”不是复查项目。`,
      `${unknown.item} is not an item of the recheck.`,
      'results',
    );
  const missing = items.filter(({ item }) => !named.has(item)).map(({ item }) => item);
  if (missing.length > 0 || named.size !== entered.length)
    return refuse(
      'items-missing',
      `每个项目填写一次结果；缺：${missing.join('、') || '无，有重复'}。`,
      `Each item has one result; missing: ${missing.join(', ') || 'none, some twice'}.`,
      'results',
    );
  const results: RecheckResult[] = [];
  const failedItems: FailedItem[] = [];
  for (const item of items) {
    const result = named.get(item.item)!;
    try {
      const limit = parseLimit(item.limit, item.unit ?? null);
      const unit = result.unit ?? item.unit ?? (limit.kind === 'range' ? limit.unit : null);
      const { verdict } = judge({
        limit,
        result: result.result,
        unit,
        method: item.judge,
        rule: { kind: 'simple' },
        source: item.method,
      });
      if (verdict === 'not-judged')
        return refuse(
          'not-judged',
          `“${item.item}”的结果不能判定，复查结论不能依据它作出。`,
          `The result of ${item.item} decides nothing; no conclusion can rest on it.`,
          'results',
        );
      results.push({ ...result, verdict });
      if (verdict === 'fails')
        failedItems.push({
          item: item.item,
          limit: item.limit,
          result: result.result,
          unit: unit ?? null,
          severity: item.severity ?? null,
        });
    } catch (error) {
      if (!(error instanceof StatisticsError)) throw error;
      return refuse(error.code, `“${item.item}”：${error.zh}`, `${item.item}: ${error.en}`, 'results');
    }
  }
  return { results, failedItems, conclusion: failedItems.length === 0 ? 'conforms' : 'fails' };
}
