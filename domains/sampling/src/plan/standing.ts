import type { Act } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import type { Coverage, FirmDuplicate, PlanItem, PlanRow } from './entity.ts';
import { reachableShare } from './rules.ts';

/** Shown beside a plan; the rest is counted, not listed. */
const MOST_FIRMS = 300;

interface SampledFirm {
  product: string;
  enterpriseName: string;
  enterpriseCode: string | null;
  office: string | null;
  authorityName: string | null;
  on: string;
  task: string | null;
  entry: string | null;
}

/**
 * Firms sampled for these products within six months: by this authority and those below from their tasks, by others from the names
 * that their draws have opened to everybody (practice M9). Tasks of others that are still sealed stay sealed.
 */
export async function firmDuplicatesOf(row: PlanRow, items: readonly PlanItem[], act: Act): Promise<FirmDuplicate[]> {
  const names = new Map(items.map(({ product, productName }) => [product, productName]));
  const own = authorityOf(act.offices, row.office).code;
  const found = await act.sql.query<SampledFirm>(
    `select t.product, t.enterprise_name as "enterpriseName", t.enterprise_code as "enterpriseCode", t.office,
       null as "authorityName", max(t.sampled_on)::text as "on", (array_agg(t.id order by t.sampled_on desc))[1] as task, null as entry
     from sampling.task t
     where t.product = any($1) and t.sampled_on >= $2::date - interval '6 months'
     group by t.product, t.enterprise_name, t.enterprise_code, t.office
     union all
     select e.body ->> 'product', leaf -> 'record' ->> 'name', leaf -> 'record' ->> 'creditCode', e.office, e.office_zh,
       e.published_at::date::text, null, e.id
     from public_record.entry e, jsonb_array_elements(e.body -> 'opening' -> 'leaves') as leaf
     where e.kind = 'sampling-draw' and e.withdrawn_at is null and e.body ->> 'stage' = 'opened' and e.body ->> 'product' = any($1)
       and e.published_at >= $2::date - interval '6 months' and not exists (select from sampling.draw d where d.id = (e.body ->> 'draw')::uuid)
       and exists (select from sampling.directory d join kernel.record r on r.id = d.id
         where d.product = e.body ->> 'product' and d.enterprise = (leaf -> 'record' ->> 'id')::uuid)
     order by "on" desc, "enterpriseName" limit ${MOST_FIRMS}`,
    [[...names.keys()], act.occurredOn],
  );
  return found.map(({ office, authorityName, ...firm }) => {
    const authority = authorityName === null && office !== null ? authorityOf(act.offices, office) : undefined;
    return {
      ...firm,
      productName: names.get(firm.product)!,
      relation: authority === undefined ? 'other' : authority.code === own ? 'own' : 'subordinate',
      authority: authorityName ?? authority?.label.zh ?? office!,
    };
  });
}

/** Licensed producers of each product, how many were sampled this year, and how many the batches of the plan can still reach. */
export async function coverageOf(items: readonly PlanItem[], year: number, sql: Act['sql']): Promise<Coverage[]> {
  const counted = await sql.query<{ product: string; firms: number; licensed: number; sampled: number }>(
    `with freshest as (
       select distinct on (d.product, d.enterprise) d.product, d.enterprise, d.state, d.basis from sampling.directory d
       where d.product = any($1) and d.role = 'producer' order by d.product, d.enterprise, d.checked_on desc, d.id)
     select product, count(*) as firms, count(*) filter (where basis in ('licence', 'ccc')) as licensed,
       count(*) filter (where basis in ('licence', 'ccc') and exists (select from sampling.task t
         where t.enterprise = freshest.enterprise and t.product = freshest.product and extract(year from t.sampled_on) = $2)) as sampled
     from freshest where state = 'making' group by product`,
    [items.map(({ product }) => product), year],
  );
  const byProduct = new Map(counted.map((row) => [row.product, row]));
  return items.map(({ product, productName, batches }) => {
    const { firms = 0, licensed = 0, sampled = 0 } = byProduct.get(product) ?? {};
    const numbers = { firms: Number(firms), licensed: Number(licensed), sampled: Number(sampled) };
    return {
      product,
      productName,
      batches,
      ...numbers,
      share: reachableShare(numbers.licensed, batches, numbers.sampled),
    };
  });
}
