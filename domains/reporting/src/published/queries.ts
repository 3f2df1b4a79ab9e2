import { query, type Transaction } from '@hengjian/kernel';
import { passRate } from '@hengjian/statistics';
import { z } from 'zod';
import { findRegion } from '../../../../data/regions/index.ts';
import { readers } from '../figures/queries.ts';

interface PublishedCounts {
  entry: string;
  product: string;
  title: string;
  office: string;
  publishedOn: string;
  conforming: number | string;
  failing: number | string;
  representative: boolean | null;
  note: string | null;
}
interface CityCounts {
  entry: string;
  city: string;
  conforming: number | string;
  failing: number | string;
}

/** Bulletins that stand: neither withdrawn nor replaced. */
const standing = `select id, title_zh, office_zh, published_at, body from public_record.entry
  where kind = 'sampling-bulletin' and withdrawn_at is null and ($1::text is null or body ->> 'productName' = $1)
    and ($2::text is null or left(body ->> 'publishedOn', 4) = $2)`;

const places = (value: number): string => value.toFixed(6);

function rateOf(conforming: number, failing: number, representative: boolean) {
  const { rate, wilson, exact, statement } = passRate({
    inspected: conforming + failing,
    passed: conforming,
    representative,
  });
  const limits = (interval: { lower: number; upper: number } | null) =>
    interval && { lower: places(interval.lower), upper: places(interval.upper) };
  return {
    passed: conforming,
    n: conforming + failing,
    rate: rate === null ? null : places(rate),
    confidence: '0.95',
    wilson: limits(wilson),
    exact: limits(exact),
    representative,
    statement,
  };
}

async function readPublished(sql: Transaction, product: string | null, year: string | null) {
  const bulletins = await sql.query<PublishedCounts>(
    `select id as entry, title_zh as title, office_zh as office, body ->> 'productName' as product, body ->> 'publishedOn' as "publishedOn",
       (body -> 'counts' ->> 'conforming')::int as conforming, (body -> 'counts' ->> 'failing')::int as failing,
       (body ->> 'representative')::boolean as representative, body ->> 'rateNote' as note
     from (${standing}) as standing order by published_at desc, id`,
    [product, year],
  );
  const cities = await sql.query<CityCounts>(
    `select s.id as entry, rpad(left(batch ->> 'region', 4), 6, '0') as city,
       count(*) filter (where not failed) as conforming, count(*) filter (where failed) as failing
     from (${standing}) as s, lateral (
       select value as batch, false as failed from jsonb_array_elements(s.body -> 'passing')
       union all select value, true from jsonb_array_elements(s.body -> 'failing')) as batches group by 1, 2`,
    [product, year],
  );
  return { bulletins, cities };
}

/**
 * reporting.published-rates: pass rates of what was published, and of nothing else: by bulletin and, within the bulletins asked for, by
 * city. Bulletins are never added up into one rate for a market: their frames differ.
 */
export const publishedRates = query({
  name: 'reporting.published-rates',
  label: { zh: '抽查合格率（已公布）', en: 'Pass rates of published bulletins' },
  roles: ['public', ...readers],
  input: z.object({
    product: z.string().max(100).optional(),
    year: z
      .string()
      .regex(/^\d{4}$/)
      .optional(),
  }),
  answer: async ({ product, year }, { sql }) => {
    const { bulletins, cities } = await readPublished(sql, product ?? null, year ?? null);
    return {
      bulletins: bulletins.map(({ conforming, failing, representative, ...bulletin }) => ({
        ...bulletin,
        ...rateOf(Number(conforming), Number(failing), representative === true),
        cities: cities
          .filter(({ entry }) => entry === bulletin.entry)
          .map(({ city, ...counts }) => ({
            city,
            name: findRegion(city)?.name ?? city,
            ...rateOf(Number(counts.conforming), Number(counts.failing), representative === true),
          }))
          .sort((a, b) => (a.city < b.city ? -1 : 1)),
      })),
    };
  },
});
