import { field, optional, query } from '@hengjian/kernel';
import { z } from 'zod';
import { overseers } from '../clauses.ts';

const readers = [...overseers, 'result-handler'];

interface HazardLine {
  id: string;
  enterpriseName: string;
  region: string;
  description: string;
  severity: string;
  state: string;
  dueOn: string;
  level: number;
  overdueDays: number;
}

/** inspections.hazard-ledger: 台账: every open hazard of a region, overdue and escalated first, with the counts that a circular tells. */
export const hazardLedger = query({
  name: 'inspections.hazard-ledger',
  label: { zh: '隐患台账', en: 'Ledger of hazards' },
  roles: readers,
  input: z.object({ region: optional(field.region('地区', { en: 'Region' })) }),
  answer: async ({ region }, { sql, today }) => {
    const prefix = `${(region ?? '').replace(/(?:00)+$/, '')}%`;
    const [counts] = await sql.query<Record<'listed' | 'open' | 'overdue' | 'escalated' | 'signedOff', number>>(
      `select count(*)::int as listed, (count(*) filter (where state not in ('signed-off', 'mistaken')))::int as open,
         (count(*) filter (where state in ('listed', 'handed-over') and due_on < $2))::int as overdue,
         (count(*) filter (where level > 0 and state not in ('signed-off', 'mistaken')))::int as escalated,
         (count(*) filter (where state = 'signed-off'))::int as "signedOff"
       from inspections.hazard where enterprise_region like $1 and state <> 'mistaken'`,
      [prefix, today],
    );
    const lines = await sql.query<HazardLine>(
      `select id, enterprise_name as "enterpriseName", enterprise_region as region, description, severity, state, to_char(due_on, 'YYYY-MM-DD') as "dueOn", level,
         greatest(0, $2::date - due_on) as "overdueDays"
       from inspections.hazard where enterprise_region like $1 and state not in ('signed-off', 'mistaken')
       order by level desc, due_on, id limit 500`,
      [prefix, today],
    );
    return { counts: counts!, lines };
  },
});

/** inspections.campaign-progress: targets of a campaign beside what was done, region by region, with what is listed there. */
export const campaignProgress = query({
  name: 'inspections.campaign-progress',
  label: { zh: '专项整治进度', en: 'Progress of a campaign' },
  roles: overseers.filter((role) => role !== 'inspector'),
  input: z.object({ plan: field.identifier('检查计划', { en: 'Plan' }) }),
  answer: async ({ plan }, { sql }) =>
    sql.query<{ region: string; target: number; visits: number; hazards: number; signedOff: number; listings: number }>(
      `select t.region, t.visits as target,
         (select count(*)::int from inspections.visit v where v.plan = p.id and v.recorded_on is not null
            and v.enterprise_region like regexp_replace(t.region, '(00)+$', '') || '%') as visits,
         (select count(*)::int from inspections.hazard h join inspections.visit v on v.id = h.visit where v.plan = p.id and h.state <> 'mistaken'
            and h.enterprise_region like regexp_replace(t.region, '(00)+$', '') || '%') as hazards,
         (select count(*)::int from inspections.hazard h join inspections.visit v on v.id = h.visit where v.plan = p.id and h.state = 'signed-off'
            and h.enterprise_region like regexp_replace(t.region, '(00)+$', '') || '%') as "signedOff",
         (select count(*)::int from inspections.listing l where l.plan = p.id and l.region = t.region and l.state in ('listed', 'reported')) as listings
       from inspections.plan p, jsonb_to_recordset(coalesce(p.targets, '[]')) as t(region text, visits int) where p.id = $1 order by t.region`,
      [plan],
    ),
});
