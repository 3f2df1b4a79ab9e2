import { field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { decisionOf, readStated } from '@hengjian/sampling';
import { judge, parseLimit, parseResult, StatisticsError, type Verdict } from '@hengjian/statistics';
import { z } from 'zod';
import type { Item } from '../fields.ts';
import type { Line } from './entity.ts';

/** What an analyst writes into one cell. `seen` is the revision of the cell that he had before him, 0 when it was empty. */
export const Entered = z.object({
  blindCode: field.text('盲样号', { en: 'Blind code', max: 20 }),
  item: field.text('检验项目', { en: 'Item' }),
  result: field.text('检验结果', { en: 'Result', max: 500 }),
  unit: optional(field.text('单位', { en: 'Unit', max: 40 })),
  seen: field.integer('所见版本', { en: 'Revision seen' }),
});
export type Entered = z.infer<typeof Entered>;

export interface JudgedLine {
  /** Position on the sheet, from 0. */
  line: number;
  attempt: number;
  sample: string;
  item: string;
  value: string;
  unit: string | null;
  verdict: Verdict;
  seen: number;
}

const readLimits = new Map<string, ReturnType<typeof parseLimit>>();

/** A sheet repeats few limits over thousands of lines: each is read once. */
function limitOf(text: string, unit: string | null): ReturnType<typeof parseLimit> {
  const key = `${text}|${unit ?? ''}`;
  const known = readLimits.get(key);
  if (known !== undefined) return known;
  const limit = parseLimit(text, unit);
  if (readLimits.size < 10_000) readLimits.set(key, limit);
  return limit;
}

/**
 * Judges a result as written, `0.19±0.02` with its expanded uncertainty, by what was frozen into the item.
 * @throws StatisticsError when it cannot be read or compared
 */
export function judgeItem(item: Item, written: string, unit: string | null, slashDecimal = false): Verdict {
  const { result: value, uncertainty } = readStated(written);
  const limit = limitOf(item.limit, item.unit ?? null);
  const column = unit ?? item.unit ?? (limit.kind === 'range' || limit.kind === 'not-detected' ? limit.unit : null);
  return judge({
    limit,
    result: slashDecimal ? parseResult(value, column, { slashDecimal }) : value,
    unit: column,
    method: item.judge,
    rule: decisionOf(item),
    source: item.clause,
    ...(uncertainty === null ? {} : { uncertainty }),
  });
}

/** Lines by blind code and item; built once for a sheet of thousands. */
export const indexOf = (lines: readonly Line[]): ReadonlyMap<string, number> =>
  new Map(lines.map(({ blindCode, item }, at) => [`${blindCode}|${item}`, at]));

/** Finds the cell that an entry means and judges it, or says why it has no place on this sheet. */
export function judgeEntered(
  lines: readonly Line[],
  index: ReadonlyMap<string, number>,
  entered: Entered,
  slashDecimal = false,
): JudgedLine | Refusal {
  const { blindCode, item, result, unit, seen } = entered;
  const at = index.get(`${blindCode}|${item}`);
  if (at === undefined)
    return lines.some((line) => line.blindCode === blindCode)
      ? refuse(
          'parameter-not-asked',
          `样品${blindCode}没有要求检验“${item}”。`,
          `Nobody asked for ${item} of sample ${blindCode}.`,
          'item',
        )
      : refuse(
          'foreign-sample',
          `样品${blindCode}不在这份原始记录上。`,
          `Sample ${blindCode} is not on this worksheet.`,
          'blindCode',
        );
  const line = lines[at]!;
  try {
    const verdict = judgeItem(line, result, unit ?? null, slashDecimal);
    const { attempt, sample } = line;
    return { line: at, attempt, sample, item, value: result, unit: unit ?? line.unit ?? null, verdict, seen };
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    return refuse(error.code, `${blindCode}“${item}”：${error.zh}`, `${blindCode} ${item}: ${error.en}`, 'result');
  }
}
