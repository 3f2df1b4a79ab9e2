import { field, optional, query } from '@hengjian/kernel';
import { z } from 'zod';
import { overseers } from '../clauses.ts';
import { legalCap } from '../plan/lifecycle.ts';

interface Line {
  enterprise: string;
  name: string;
  visits: number;
  counted: number;
  merged: number;
  bySource: Record<string, number>;
  byMatter: Record<string, number>;
  openHazards: number;
}

const readers = overseers.filter((role) => role !== 'inspector');

/**
 * inspections.burden: the burden ledger of a year: how often each firm was visited, by source and matter, what counted towards its cap, how many
 * visits were merged into one, and where a cap is reached. Within what the reader may see.
 */
export const burden = query({
  name: 'inspections.burden',
  label: { zh: '涉企检查负担台账', en: 'Burden of inspections by firm' },
  roles: readers,
  input: z.object({
    year: field.integer('年度', { en: 'Year', min: 2000, max: 2100 }),
    enterprise: optional(field.identifier('企业', { en: 'Firm' })),
  }),
  answer: async ({ year, enterprise }, { sql }) => {
    const lines = await sql.query<Line>(
      `with visits as (
         select * from inspections.visit where planned_on between make_date($1, 1, 1) and make_date($1, 12, 31)
           and state <> 'cancelled' and ($2::uuid is null or enterprise = $2)),
       sources as (select enterprise, jsonb_object_agg(source, n) as by from
         (select enterprise, source, count(*)::int as n from visits where state <> 'merged' group by 1, 2) s group by 1),
       matters as (select enterprise, jsonb_object_agg(matter, n) as by from
         (select enterprise, matter, count(*)::int as n from visits, jsonb_array_elements_text(matters) matter
          where state <> 'merged' and counted group by 1, 2) m group by 1)
       select v.enterprise, max(v.enterprise_name) as name, (count(*) filter (where v.state <> 'merged'))::int as visits,
         (count(*) filter (where v.state <> 'merged' and v.counted))::int as counted, (count(*) filter (where v.state = 'merged'))::int as merged,
         (select by from sources s where s.enterprise = v.enterprise) as "bySource",
         coalesce((select by from matters m where m.enterprise = v.enterprise), '{}') as "byMatter",
         (select count(*)::int from inspections.hazard h where h.enterprise = v.enterprise and h.state not in ('signed-off', 'mistaken')) as "openHazards"
       from visits v group by v.enterprise order by visits desc, name limit 500`,
      [year, enterprise ?? null],
    );
    return lines.map((line) => ({
      ...line,
      atCap: Object.entries(line.byMatter)
        .filter(([matter, n]) => n >= legalCap(matter).value)
        .map(([matter, n]) => ({ matter, visits: n, cap: legalCap(matter).value })),
    }));
  },
});

/** inspections.mergeable: firms with more than one visit before any has begun (综合查一次), with the days between. */
export const mergeable = query({
  name: 'inspections.mergeable',
  label: { zh: '可合并的检查', en: 'Visits that could be one' },
  roles: readers,
  input: z.object({}),
  answer: async (_input, { sql }) =>
    sql.query<{ enterprise: string; name: string; visits: unknown }>(
      `select enterprise, max(enterprise_name) as name, jsonb_agg(jsonb_build_object('id', id, 'matters', matters, 'source', source, 'drawn', draw is not null,
           'dueOn', to_char(due_on, 'YYYY-MM-DD')) order by due_on) as visits
       from inspections.visit where state in ('planned', 'approved') group by enterprise having count(*) > 1 order by 2 limit 200`,
    ),
});
