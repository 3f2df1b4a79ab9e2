import { type Refusal, refuse } from '@hengjian/kernel';
import { judge, parseLimit, parseResult, StatisticsError, type Verdict } from '@hengjian/statistics';
import type { LimitRow } from '../../../../data/limits/index.ts';

/** A limit as written, for a product or food category and a parameter, with the days on which it is in force. */
export type Limit = LimitRow;

/** What a limit is looked up for; days `YYYY-MM-DD`. */
export interface Looked {
  readonly category: string;
  readonly parameter: string;
  readonly producedOn: string | null;
  readonly sampledOn: string | null;
}

/** A limit with the way on which it was found: the category asked for, then the broader ones up to the limit's own. */
export interface Found {
  readonly limit: Limit;
  readonly path: readonly string[];
  /** The day by which the edition was chosen. */
  readonly day: string;
}

export interface Library {
  find(looked: Looked): Found | Refusal;
  /** The category that a product's written name stands for: itself, its bracketed words, or the longest category it ends in. */
  categoryOf(name: string): string | undefined;
}

const tidy = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, '');
const unitBehindName = /(?:[μu]g|mg|g)\/(?:kg|L|100g)$/i;
const brackets = /\(([^()]*)\)/g;

/** How a parameter is written in limits: one width, no unit behind its name, no "(总量)". */
const parameterName = (text: string): string =>
  tidy(text)
    .replace(unitBehindName, '')
    .replace(/\(总量\)$/, '');

/** Puts limits, the classification tree and other names of parameters together for looking up. Pure; build it once. */
export function createLibrary(
  limits: readonly Limit[],
  categories: readonly (readonly [string, string])[],
  aliases: readonly (readonly [string, string])[] = [],
): Library {
  const named = new Map(aliases.map(([parameter, alias]) => [parameterName(alias), parameterName(parameter)]));
  const byParameter = new Map<string, Map<string, Limit[]>>();
  for (const limit of limits) {
    const name = parameterName(limit.parameter);
    const ofParameter = byParameter.get(name) ?? new Map<string, Limit[]>();
    byParameter.set(name, ofParameter);
    const key = tidy(limit.category);
    ofParameter.set(key, [...(ofParameter.get(key) ?? []), limit]);
  }
  const parents = new Map<string, string[]>();
  const known = new Set<string>([...byParameter.values()].flatMap((held) => [...held.keys()]));
  for (const [child, parent] of categories) {
    parents.set(tidy(child), [...(parents.get(tidy(child)) ?? []), tidy(parent)]);
    known.add(tidy(child)).add(tidy(parent));
  }

  const categoryOf = (name: string): string | undefined => {
    const text = tidy(name);
    const inside = [...text.matchAll(brackets)].map(([, words]) => words!);
    const candidates = [text, text.replaceAll(brackets, ''), ...inside];
    const exact = candidates.find((candidate) => known.has(candidate));
    if (exact !== undefined) return exact;
    // The head of a Chinese noun stands last: 红皮鸡蛋 is an egg. That something is food says nothing: the root does not count.
    for (const candidate of candidates)
      for (let at = 1; at < candidate.length; at += 1) if (parents.has(candidate.slice(at))) return candidate.slice(at);
    return undefined;
  };

  /** From a category upwards, nearest first; each with the way to it. */
  const upwards = (category: string): string[][][] => {
    const levels: string[][][] = [[[category]]];
    for (let level = levels[0]!; level.length > 0 && levels.length < 20; ) {
      level = level.flatMap((path) => (parents.get(path.at(-1)!) ?? []).map((parent) => [...path, parent]));
      if (level.length > 0) levels.push(level);
    }
    return levels;
  };

  const find = (looked: Looked): Found | Refusal => {
    const name = parameterName(looked.parameter);
    const ofParameter = byParameter.get(name) ?? byParameter.get(named.get(name) ?? '');
    if (ofParameter === undefined)
      return refuse(
        'parameter-without-limit',
        `限量库中没有“${looked.parameter}”的限量。`,
        `The library holds no limit of ${looked.parameter}.`,
        'parameter',
      );
    const category = categoryOf(looked.category);
    if (category === undefined)
      return refuse(
        'category-unknown',
        `分类中没有“${looked.category}”，请选定类别。`,
        `The classification has no category for ${looked.category}; choose one.`,
        'category',
      );
    let outOfForce: Limit | undefined;
    for (const level of upwards(category)) {
      const inForce: Found[] = [];
      for (const path of level)
        for (const limit of ofParameter.get(path.at(-1)!) ?? []) {
          const day = dayFor(limit, looked);
          if (day === null) return dayMissing(limit);
          if (limit.validFrom <= day && (limit.validUntil === null || day <= limit.validUntil))
            inForce.push({ limit, path, day });
          else outOfForce = limit;
        }
      const [first, ...others] = inForce;
      if (first === undefined) continue;
      const other = others.find(({ limit }) => limit.limit !== first.limit.limit || limit.unit !== first.limit.unit);
      return other === undefined ? first : ambiguous(looked, first.limit, other.limit);
    }
    return outOfForce === undefined
      ? refuse(
          'no-limit-for-category',
          `限量库中没有“${looked.category}”（${category}）的“${looked.parameter}”限量。`,
          `The library holds no limit of ${looked.parameter} for ${looked.category} (${category}).`,
          'category',
        )
      : refuse(
          'limit-not-in-force',
          `“${looked.category}”的“${looked.parameter}”限量（${outOfForce.standard}，${outOfForce.validFrom}至${outOfForce.validUntil ?? '今'}）在该日不适用。`,
          `The limit of ${looked.parameter} (${outOfForce.standard}, ${outOfForce.validFrom} to ${outOfForce.validUntil ?? 'now'}) is not in force on that day.`,
          'category',
        );
  };
  return { find, categoryOf };
}

/** The other day stands in only for produce without a date of production; prepackaged food must state its own. */
const dayFor = ({ dayOf }: Limit, { producedOn, sampledOn }: Looked): string | null =>
  dayOf === 'production' ? producedOn : (sampledOn ?? producedOn);

const dayMissing = ({ dayOf, standard }: Limit): Refusal =>
  refuse(
    'day-missing',
    `${standard}按${dayOf === 'production' ? '生产日期' : '抽样日期'}确定适用版本，请补充该日期。`,
    `Which edition of ${standard} applies depends on the day of ${dayOf}; state it.`,
    dayOf === 'production' ? 'producedOn' : 'sampledOn',
  );

const ambiguous = ({ category, parameter }: Looked, one: Limit, other: Limit): Refusal =>
  refuse(
    'limit-ambiguous',
    `“${category}”的“${parameter}”同时适用“${one.category} ${one.limit}”和“${other.category} ${other.limit}”，请选定类别。`,
    `Two limits apply to ${parameter} in ${category}: ${one.category} ${one.limit} and ${other.category} ${other.limit}.`,
    'category',
  );

/** Standard and clause as a verdict cites them. */
export const citationOf = ({ standard, clause }: Pick<Limit, 'standard' | 'clause'>): string =>
  clause === null ? standard : `${standard} ${clause}`;

/** How a result is read where its source is known to write badly; nothing is mended unless asked. */
export interface ReadingOptions {
  readonly slashDecimal?: boolean;
  /** The body states one number for a limit on a sum. */
  readonly resultIsSum?: boolean;
}

/**
 * Judges a result as written against a limit of the library: full-value comparison (GB/T 8170-2008 4.3.1), no allowance for
 * uncertainty unless the standard asks for it. A result that cannot be read or compared is refused with the judge's own reason.
 */
export function judgeByLimit(
  { limit }: Found,
  result: string,
  unit: string | null,
  options: ReadingOptions = {},
): Verdict | Refusal {
  try {
    const parsed = parseLimit(limit.limit, limit.unit);
    const column = unit ?? (options.slashDecimal ? null : limit.unit);
    return judge({
      limit: parsed,
      result: parseResult(result, column, { slashDecimal: options.slashDecimal ?? false }),
      unit: column,
      method: 'full',
      rule: { kind: 'simple' },
      source: citationOf(limit),
      ...(options.resultIsSum ? { resultIsSum: true } : {}),
    });
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    return refuse(error.code, error.zh, error.en, 'result');
  }
}
