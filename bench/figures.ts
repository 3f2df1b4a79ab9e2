import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, actorOf } from '@hengjian/kernel';
import { openPlatform, type Platform } from '../apps/server/src/platform.ts';
import { counties, province } from '../data/demonstration/volume.ts';
import { offices } from '../data/organisation/index.ts';
import { connectOwner, openCluster } from './cluster.ts';
import { median, numberedUuid, rounded } from './measure.ts';

const rounds = 5;

/** What is asked of figures: a leader's whole province, one city, one product of one month, and the items. */
const cases: Record<string, Record<string, string>> = {
  byCity: { figure: 'pass-rate', by: 'city' },
  byCounty: { figure: 'pass-rate', by: 'county', region: '430100' },
  byProduct: { figure: 'pass-rate', by: 'product', from: '2025-01-01', until: '2025-12-31' },
  bySize: { figure: 'pass-rate', by: 'size', product: 'P7', from: '2025-03-01', until: '2025-03-31' },
  byItem: { figure: 'item-failure-rate', by: 'item', from: '2025-03-01', until: '2025-03-31' },
  completion: { figure: 'sampling-completion', by: 'organiser' },
};

/** Tasks of sixty schemes in three years, put into the state table: the triggers count them as they count any other. */
const fill = `insert into sampling.task (id, home, office, parties, state, scheme, rules, sequence, stratum, is_reserve, enterprise, enterprise_name,
    enterprise_region, product, product_name, samplers, sampling_body, lab, due_on, plan_kind, rules_version, items, test_sample, spare_sample,
    sample_unit, verdict_rule, separate_bodies, refusals, report_revision, overturned, sampled_on, reported_on, channel, final_conclusion,
    concluded_on, failed_items, firm_size, leaf)
  select md5('task' || n)::uuid, 430, ($1::text[])[1 + n % cardinality($1::text[])], array['org:' || md5('lab' || n % 20)::uuid], 'concluded',
    md5('scheme' || n % 60)::uuid, md5('rules' || n % 60)::uuid, n, 's', false, md5('firm' || n % 90000)::uuid, '某厂',
    ($2::text[])[1 + n % cardinality($2::text[])], 'P' || n % 60, '产品', '[]', '{}', '{}', d, 'supervision', 1,
    '[{"item":"一"},{"item":"二"},{"item":"三"},{"item":"四"},{"item":"五"},{"item":"六"}]', 1, 1, '件', 'any-item', false, 0, 1, false, d, d,
    'producer', case when n % 11 = 0 then 'fails' else 'conforms' end, d, case when n % 11 = 0 then '[{"item":"三"}]' else '[]' end::jsonb,
    (array['large','medium','small','micro'])[1 + n % 4], md5(n::text)
  from generate_series($3::int, $4::int) n, lateral (select date '2023-01-01' + n % 1095 as d) as days`;

/** The same pass rate by city, grouped over the state tables under the same claim. */
const overStates = `select rpad(left(t.enterprise_region, 4), 6, '0') as city, count(*) filter (where c.conclusion = 'conforms') as passed, count(*) as n
  from sampling.task t join sampling.effective_conclusion c on c.task = t.id
  where t.state = 'concluded' and c.conclusion in ('conforms', 'fails') group by 1 order by 1`;

async function prepare(platform: Platform, url: string, tasks: number): Promise<number> {
  await platform.database.asOwner(async (tx) => {
    const places = new Map<string, string[]>();
    for (const { code, parent, kind, zh, en, region, home } of offices()) {
      const place = [...(parent === null ? [] : places.get(parent)!), code];
      places.set(code, place);
      await tx.query(
        `insert into kernel.office (code, parent, kind, zh, en, short, region, home, place) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [code, parent, kind, zh, en, zh.slice(0, 3), region, home, place],
      );
    }
  });
  await platform.refreshOffices();
  const owner = await connectOwner(url);
  try {
    const started = performance.now();
    for (let from = 1; from <= tasks; from += 50_000)
      await owner.query(fill, [[province, ...counties.slice(0, 40)], counties, from, Math.min(tasks, from + 49_999)]);
    const seconds = (performance.now() - started) / 1000;
    await owner.query('vacuum analyze');
    return seconds;
  } finally {
    await owner.end();
  }
}

/** Figures under row security over half a million tasks, beside the same question asked of the state tables. */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const tasks = quick ? 50_000 : 500_000;
  const cluster = await openCluster();
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-figures-'));
  try {
    const url = await cluster.fresh('figures');
    const platform = await openPlatform({ folder, databaseUrl: url });
    try {
      const fillSeconds = await prepare(platform, url, tasks);
      const leader = actorOf(platform, {
        id: numberedUuid(1, 1),
        person: numberedUuid(1, 2),
        personName: '周局',
        role: 'bureau-head',
        office: province,
        organisation: null,
        organisationName: null,
        validUntil: null,
        actingForName: null,
      });
      const plain = await timed(() =>
        platform.database.transaction('hengjian_app', leader.claim, (sql) => sql.query(overStates)),
      );
      const figures: Record<string, unknown> = {};
      for (const [name, input] of Object.entries(cases))
        figures[name] = { milliseconds: rounded(await timed(() => ask(platform, leader, input))) };
      const byCity = (figures.byCity as { milliseconds: number }).milliseconds;
      return {
        tasks,
        fillSeconds: rounded(fillSeconds),
        figures,
        overStates: rounded(plain),
        ratio: rounded(plain / byCity),
      };
    } finally {
      await platform.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await cluster.stop();
  }
}

function ask(platform: Platform, actor: Actor, input: Record<string, string>): Promise<unknown> {
  const query = platform.register.queries.get('reporting.figure')!;
  const parsed = query.input.parse(input) as Record<string, unknown>;
  return platform.database.transaction('hengjian_app', actor.claim, (sql) =>
    query.answer(parsed, { actor, sql, kernel: platform, today: '2026-01-01' }),
  );
}

/** Median milliseconds of some rounds, the first of which warms up and is not counted. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const started = performance.now();
    await work();
    if (round > 0) times.push(performance.now() - started);
  }
  return median(times);
}
