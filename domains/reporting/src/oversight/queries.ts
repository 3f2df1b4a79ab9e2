import { field, query } from '@hengjian/kernel';
import { z } from 'zod';
import { readers } from '../figures/queries.ts';

const mostLoops = 200;
const count = (value: number | string | null): number => Number(value ?? 0);

interface CampaignCounts {
  id: string;
  name: string;
  product: string;
  state: string;
  until: string;
  tasks: number | string;
  sampled: number | string;
  reported: number | string;
  concluded: number | string;
  failing: number | string;
  reserves: number | string;
  late: number | string;
  budget: string;
  incurred: string;
  loops: number | string;
  closed: number | string;
}

/** One line for each scheme that was approved; what comes of its failures lies with the offices that handle them. */
const byScheme = `select s.id, s.name, s.product_name as product, s.state, s.schedule_until as until, s.cost::text as budget,
    coalesce(t.tasks, 0) as tasks, coalesce(t.sampled, 0) as sampled, coalesce(t.reported, 0) as reported,
    coalesce(t.concluded, 0) as concluded, coalesce(t.failing, 0) as failing, coalesce(t.reserves, 0) as reserves,
    coalesce(t.late, 0) as late, coalesce(t.loops, 0) as loops, coalesce(t.closed, 0) as closed,
    coalesce((select sum(e.amount) from sampling.expense e where e.scheme = s.id and e.state <> 'voided' and e.bearer = 'organiser'), 0)::text as incurred
  from sampling.scheme s left join (
    select f.scheme, count(*) as tasks, count(f.sampled_on) as sampled, count(f.reported_on) as reported,
      count(*) filter (where f.state = 'concluded') as concluded,
      count(*) filter (where f.state = 'concluded' and f.conclusion = 'fails') as failing,
      count(*) filter (where f.called) as reserves,
      count(*) filter (where exists (select from kernel.clock k where k.record = f.task and k.status = 'running' and k.due_on < $1::date)) as late,
      sum(l.loops) as loops, sum(l.closed) as closed
    from reporting.sampling_fact f left join (
      select task, count(*) as loops, count(closed_on) as closed from reporting.loop_fact
      where task is not null and state not in ('returned', 'annulled', 'passed-on') group by task) l on l.task = f.task
    where f.state not in ('reserved', 'released') group by f.scheme) t on t.scheme = s.id::text
  where s.state not in ('withdrawn', 'drafted') order by s.schedule_from desc, s.id limit 200`;

/** reporting.campaigns: every campaign on one line — stage, late tasks, reserves, cost against budget, closure of what failed. */
export const campaigns = query({
  name: 'reporting.campaigns',
  label: { zh: '抽查督查总览', en: 'Campaigns under oversight' },
  roles: readers,
  input: z.object({}),
  answer: async (_input, { sql, today }) => {
    const rows = await sql.query<CampaignCounts>(byScheme, [today]);
    return {
      today,
      campaigns: rows.map(({ id, name, product, state, until, budget, incurred, ...counts }) => ({
        id,
        name,
        product,
        state,
        until,
        budget,
        incurred,
        overBudget: Number(incurred) > Number(budget),
        ...(Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, count(value)])) as Record<
          keyof typeof counts,
          number
        >),
      })),
    };
  },
});

/** reporting.campaign-loops: what became of each failure of a campaign, late tasks beside it, each leading to its record. */
export const campaignLoops = query({
  name: 'reporting.campaign-loops',
  label: { zh: '一次抽查的督办', en: 'Late tasks and loops of a campaign' },
  roles: readers,
  input: z.object({ scheme: field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' }) }),
  answer: async ({ scheme }, { sql, today, kernel }) => {
    const loops = await sql.query<{
      id: string;
      office: string;
      state: string;
      openedOn: string;
      closedOn: string | null;
      title: string | null;
      due: string | null;
    }>(
      `select l.loop as id, l.office, l.state, l.opened_on as "openedOn", l.closed_on as "closedOn", r.title, r.due
       from reporting.loop_fact l join reporting.sampling_fact f on f.task = l.task left join kernel.record r on r.id = l.loop
       where f.scheme = $1 and l.state not in ('returned', 'annulled', 'passed-on') order by l.closed_on is not null, r.due nulls last, l.opened_on limit ${mostLoops}`,
      [scheme],
    );
    const late = await sql.query<{
      id: string;
      title: string;
      state: string;
      due: string;
      samplingBody: string;
      lab: string;
    }>(
      `select t.id, r.title, t.state, min(k.due_on)::text as due, t.sampling_body ->> 'name' as "samplingBody", t.lab ->> 'name' as lab
       from sampling.task t join kernel.record r on r.id = t.id join kernel.clock k on k.record = t.id
       where t.scheme = $1 and k.status = 'running' and k.due_on < $2 group by t.id, r.title order by 4, 1 limit ${mostLoops}`,
      [scheme, today],
    );
    return {
      loops: loops.map((loop) => ({
        ...loop,
        officeLabel: kernel.offices.get(loop.office)?.label ?? { zh: loop.office, en: loop.office },
      })),
      late,
    };
  },
});
