import { field, optional, Problem } from '@hengjian/kernel';
import { channels, firmSizes, planKinds, regimes, selections } from '@hengjian/sampling';
import { z } from 'zod';
import { isDay } from '../report/periods.ts';
import { dimensionKeys, dimensions, type FigureSpec, figureKeys, figureOf } from './registry.ts';

/** What is asked of a figure: a period by the figure's own day, and which rows. */
export const Parameters = z.object({
  figure: z.enum(figureKeys),
  by: optional(z.enum(dimensionKeys)),
  from: optional(field.date('起', { en: 'From' })),
  until: optional(field.date('止', { en: 'Until' })),
  region: optional(field.region('行政区划', { en: 'Region' })),
  product: optional(field.text('产品分类代码', { en: 'Product class', max: 40 })),
  regime: optional(field.choice('适用规定', regimes, { en: 'Governed by' })),
  kind: optional(field.choice('抽查类型', planKinds, { en: 'Kind' })),
  selection: optional(field.choice('确定方式', selections, { en: 'How chosen' })),
  channel: optional(field.choice('抽样渠道', channels, { en: 'Where sampled' })),
  size: optional(field.choice('企业规模', firmSizes, { en: 'Size of the firm' })),
  scheme: optional(field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' })),
  organiser: optional(field.office('组织机关', { en: 'Organiser' })),
});
export type Parameters = z.infer<typeof Parameters>;

/** Parameters without what was left out: two who ask the same have the same hash. */
export const tidy = (asked: Parameters): Record<string, string> =>
  Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value]] : [],
    ),
  );

/** @throws Problem 422 where a period runs backwards or a figure is not broken down like that. */
export function requireSense({ figure, by, from, until }: Parameters): FigureSpec {
  const spec = figureOf(figure);
  for (const day of [from, until])
    if (day && !isDay(day)) throw new Problem(422, 'no-such-day', `没有 ${day} 这一天。`, `There is no day ${day}.`);
  if (from && until && from > until)
    throw new Problem(422, 'period-backwards', '期间的起始日期晚于截止日期。', 'The period begins after it ends.');
  if (by && !spec.by.includes(by))
    throw new Problem(
      422,
      'dimension-unfit',
      `“${spec.label.zh}”不能按“${dimensions[by].zh}”分组。`,
      `"${spec.label.en}" is not broken down by "${dimensions[by].en}".`,
    );
  return spec;
}

const sampling = ['regime', 'kind', 'selection', 'channel', 'size', 'scheme', 'product'] as const;

/** A code without the zeros that stand for "everything below": 430100 reads 4301. */
const prefixOf = (region: string): string => region.replace(/(00)+$/, '');

const fromClauses: Record<FigureSpec['source'], string> = {
  sampling: 'reporting.sampling_fact f',
  loop: 'reporting.loop_fact f',
  directory: '',
};

const groupings: Record<string, string> = {
  city: `rpad(left(f.region, 4), 6, '0')`,
  county: 'left(f.region, 6)',
  organiser: 'f.office',
  item: 'i.item',
};

/** The statement of a figure with its values: one line for each group and, last, one for all. */
export function statementOf(asked: Parameters): { text: string; values: string[] } {
  const spec = requireSense(asked);
  const values: string[] = [];
  const bind = (value: string): string => `$${values.push(value)}`;
  const filters = [spec.base];
  let from = fromClauses[spec.source];
  if (spec.source === 'directory') {
    const since = asked.from ? ` and s.sampled_on >= ${bind(asked.from)}::date` : '';
    const until = asked.until ? ` and s.sampled_on <= ${bind(asked.until)}::date` : '';
    from = `(select d.product, max(d.product_name) as product_name, exists (select from reporting.sampling_fact s
      where s.enterprise = d.enterprise and s.product = d.product and s.sampled_on is not null${since}${until}) as covered
      from sampling.directory d where d.state = 'making' group by d.product, d.enterprise) f`;
    if (asked.product) filters.push(`f.product = ${bind(asked.product)}`);
  } else {
    const day = `f.${spec.period.column}`;
    if (asked.from) filters.push(`${day} >= ${bind(asked.from)}::date`);
    if (asked.until) filters.push(`${day} <= ${bind(asked.until)}::date`);
    if (asked.region) filters.push(`f.region like ${bind(`${prefixOf(asked.region)}%`)}`);
    if (asked.organiser) filters.push(`f.above @> array[${bind(`office:${asked.organiser}`)}]`);
    for (const name of sampling)
      if (asked[name] && (spec.source === 'sampling' || name === 'regime'))
        filters.push(`f.${name} = ${bind(asked[name])}`);
  }
  if (asked.by === 'item') from += ' cross join lateral unnest(f.tested_items) as i (item)';
  else if (spec.numerator.includes('i.item')) from += ' cross join lateral unnest(f.tested_items) as i (item)';
  const group = asked.by
    ? (groupings[asked.by] ?? (asked.by === 'month' ? `to_char(f.${spec.period.column}, 'YYYY-MM')` : `f.${asked.by}`))
    : null;
  const name = asked.by === 'product' ? 'max(f.product_name)' : 'null';
  const drawn = spec.estimates
    ? `, count(*) filter (where f.selection = 'targeted') as targeted, min(f.scheme) as "firstScheme", max(f.scheme) as "lastScheme"`
    : '';
  const text = `select ${group === null ? 'null' : `coalesce(${group}, 'none')`} as "group", ${name} as name, ${group === null ? 'true' : `grouping(${group}) = 1`} as whole,
    ${spec.numerator} as numerator, ${spec.denominator ?? 'null'} as denominator${drawn}
    from ${from} where ${filters.join(' and ')}${group === null ? '' : ` group by grouping sets ((${group}), ()) order by 3, 1`}`;
  return { text: text.replaceAll(/\s+/g, ' '), values };
}
