import { field, query } from '@hengjian/kernel';
import { stratifiedInterval, stratifiedProportion, wilsonInterval } from '@hengjian/statistics';
import { z } from 'zod';
import { moneyOf } from '../money/queries.ts';
import { unsampledReasons } from './entity.ts';
import { representationOf } from './representation.ts';

const officers = ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'] as const;

interface StratumCount {
  stratum: string;
  drawn: number;
  waiting: number;
  sampled: number;
  none: number;
  refused: number;
  ended: number;
  inTest: number;
  decided: number;
  failed: number;
  reservesUsed: number;
  reservesLeft: number;
}

/** One line for each stratum; a task is counted in exactly one of waiting, sampled, none, refused, ended. */
const byStratum = `select t.stratum,
    count(*) filter (where not t.is_reserve or t.replaces is not null) as drawn,
    count(*) filter (where t.state in ('assigned', 'ordered')) as waiting,
    count(*) filter (where t.sampled_on is not null) as sampled,
    count(*) filter (where t.state = 'not-sampled' and t.unsampled_reason <> 'refused') as none,
    count(*) filter (where t.state = 'not-sampled' and t.unsampled_reason = 'refused') as refused,
    count(*) filter (where t.state in ('terminated', 'cancelled')) as ended,
    count(*) filter (where t.state in ('sampled', 'received', 'tested', 'signed')) as "inTest",
    count(*) filter (where coalesce(c.conclusion, t.conclusion) in ('conforms', 'fails')) as decided,
    count(*) filter (where coalesce(c.conclusion, t.conclusion) = 'fails') as failed,
    count(t.replaces) as "reservesUsed",
    count(*) filter (where t.state = 'reserved') as "reservesLeft"
  from sampling.task t join sampling.effective_conclusion c on c.task = t.id
  where t.scheme = $1 and t.state <> 'released' group by t.stratum order by t.stratum`;

/** Bodies with work past its day, worst first. */
const lateBodies = `select body ->> 'id' as id, body ->> 'name' as name, part, count(*) as late, min(due)::text as oldest from (
    select t.sampling_body as body, 'sampling' as part, k.due_on as due from sampling.task t join kernel.clock k on k.record = t.id
    where t.scheme = $1 and t.state in ('assigned', 'ordered', 'sampled') and k.status = 'running' and k.due_on < $2
    union all
    select t.lab, 'testing', k.due_on from sampling.task t join kernel.clock k on k.record = t.id
    where t.scheme = $1 and t.state in ('received', 'tested', 'signed') and k.status = 'running' and k.due_on < $2) as work
  group by 1, 2, 3 order by late desc, oldest, name`;

/** Reserves that were called, in the order of the draw, with the task each stands in for: the proof that none was chosen. */
const reserveProof = `select t.id, t.stratum, t.sequence, t.replaces, ended.unsampled_reason as reason, ended.state as "endedAs",
    e.recorded_at as "calledAt", e.number as event
  from sampling.task t join sampling.task ended on ended.id = t.replaces
    left join kernel.event e on e.record = t.id and e.action = 'activate'
  where t.scheme = $1 order by t.stratum, t.sequence`;

const share = (x: number, n: number) => {
  const interval = n === 0 ? null : wilsonInterval(x, n);
  return {
    x,
    n,
    rate: n === 0 ? null : x / n,
    low: interval?.lower ?? null,
    high: interval?.upper ?? null,
    method: 'Wilson 95 %',
  };
};

interface FrameStratum {
  key: string;
  size: number;
}

/** The failure rate of the frame, weighted by strata; null where a stratum has no result, or firms were named. */
function weightedRate(strata: readonly StratumCount[], frame: readonly FrameStratum[]) {
  const cells = frame.map(({ key, size }) => {
    const counted = strata.find(({ stratum }) => stratum === key);
    return { population: size, n: Number(counted?.decided ?? 0), x: Number(counted?.failed ?? 0) };
  });
  if (cells.length === 0 || cells.some(({ n, population }) => n === 0 || n > population)) return null;
  const estimate = stratifiedProportion(cells);
  if (estimate.se === null) return { rate: estimate.estimate, low: null, high: null, method: 'stratified' };
  const { lower, upper, method } = stratifiedInterval(cells);
  return { rate: estimate.estimate, low: lower, high: upper, method: `stratified, ${method} 95 %` };
}

/** sampling.campaign-oversight: one screen on one campaign — strata, late bodies, reserves with proof, money, and what the rate is worth. */
export const campaignOversight = query({
  name: 'sampling.campaign-oversight',
  label: { zh: '抽查督办', en: 'Oversight of a campaign' },
  roles: officers,
  input: z.object({ scheme: field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' }) }),
  answer: async ({ scheme }, { sql, today }) => {
    const strata = await sql.query<StratumCount>(byStratum, [scheme]);
    const draws = await sql.query<{ strata: FrameStratum[] }>(
      `select strata from sampling.draw where scheme = $1 and state in ('drawn', 'opened')`,
      [scheme],
    );
    const representation = await representationOf(sql, scheme);
    const reasons = await sql.query<{ reason: keyof typeof unsampledReasons; n: number }>(
      `select unsampled_reason as reason, count(*) as n from sampling.task where scheme = $1 and unsampled_reason is not null group by 1 order by n desc`,
      [scheme],
    );
    const late = await sql.query<{
      id: string;
      name: string;
      part: 'sampling' | 'testing';
      late: number;
      oldest: string;
    }>(lateBodies, [scheme, today]);
    const sum = (of: 'decided' | 'failed' | 'drawn') => strata.reduce((total, row) => total + Number(row[of]), 0);
    return {
      scheme,
      today,
      strata: strata.map(({ stratum, ...counts }) => ({
        stratum,
        ...(Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, Number(n)])) as Record<
          keyof typeof counts,
          number
        >),
        failureRate: share(Number(counts.failed), Number(counts.decided)),
      })),
      total: sum('drawn'),
      failureRate: share(sum('failed'), sum('decided')),
      weighted:
        representation.basis === 'targeted' || draws.length !== 1 ? null : weightedRate(strata, draws[0]!.strata),
      representation,
      unsampled: reasons.map(({ reason, n }) => ({ reason, label: unsampledReasons[reason], n: Number(n) })),
      lateBodies: late.map((row) => ({ ...row, late: Number(row.late) })),
      reserves: await sql.query(reserveProof, [scheme]),
      keptSamples: (
        await sql.query<{ state: string; n: number }>(
          `select k.state, count(*) as n from sampling.kept_sample k join sampling.task t on t.id = k.task where t.scheme = $1 group by 1 order by 1`,
          [scheme],
        )
      ).map(({ state, n }) => ({ state, n: Number(n) })),
      money: await moneyOf(sql, { scheme }),
    };
  },
});
