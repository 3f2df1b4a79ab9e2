import { createHash } from 'node:crypto';
import { type Actor, execute, ingest } from '@hengjian/kernel';
import pg from 'pg';
import { cities } from '../data/demonstration/volume.ts';
import { reportByHand, sampleReport } from './by-hand.ts';
import { type Cluster, connectOwner, openCluster, serverProcessor } from './cluster.ts';
import { inClients, median, numberedUuid, percentile, rounded } from './measure.ts';
import { type BenchPlatform, openBench } from './platform.ts';

const CLIENTS = 8;
const subjects = ['kernel', 'statements', 'oneStatement'] as const;
type Subject = (typeof subjects)[number];

interface Setting {
  offices: 1 | 14;
  numbered: boolean;
  /** Milliseconds that a commit waits, as for a replica. */
  commitMilliseconds: 0 | 3;
}

/**
 * One action of ordinary size – three findings entered, the record moved on, its deadline started – through `execute()` and
 * by hand: one statement per table (`ratio`), and all in a single statement (`ratioToOneStatement`). Eight clients; rates are
 * medians of rounds in which the three take turns. The sealer runs all the while.
 */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const cluster = await openCluster();
  try {
    const results: Record<string, unknown>[] = [];
    for (const commitMilliseconds of [0, 3] as const)
      results.push(...(await runAtLatency(cluster, commitMilliseconds, quick)));
    const ratios = results.map(({ ratio }) => ratio as number);
    return {
      target: 'ratio at least 0.6',
      clients: CLIENTS,
      ratio: Math.min(...ratios),
      medianRatio: median(ratios),
      settings: results,
    };
  } finally {
    await cluster.stop();
  }
}

async function runAtLatency(
  cluster: Cluster,
  commitMilliseconds: 0 | 3,
  quick: boolean,
): Promise<Record<string, unknown>[]> {
  // Every leader of a group of commits waits that long, so that each commit costs about what an answer of a replica does.
  const url = await cluster.fresh('actions', {
    commit_delay: String(commitMilliseconds * 1000),
    commit_siblings: commitMilliseconds === 0 ? '5' : '0',
  });
  const platform = await openBench(url, CLIENTS + 4);
  const application = await poolOf(url);
  const calls = quick ? 160 : 800;
  const rounds = quick ? 3 : 7;
  const results: Record<string, unknown>[] = [];
  try {
    const officers = await Promise.all(cities.map((city) => platform.officer('organiser', city)));
    for (const numbered of [false, true])
      for (const offices of [1, 14] as const) {
        const desk = new Desk(platform, application, officers.slice(0, offices));
        await desk.plan((rounds + 1) * subjects.length * calls);
        await compareRows(url, desk);
        results.push(await measure(url, platform, desk, { offices, numbered, commitMilliseconds }, calls, rounds));
      }
    return results;
  } finally {
    await application.end();
    await platform.close();
  }
}

/** Connections by hand, of the same role as the kernel's. */
async function poolOf(url: string): Promise<pg.Pool> {
  const owner = await connectOwner(url);
  await owner.query(`do $$ begin
    if not exists (select from pg_roles where rolname = 'bench_session') then create role bench_session login noinherit; end if;
    alter role bench_session password 'bench';
    grant hengjian_app to bench_session; end $$`);
  await owner.end();
  const own = new URL(url);
  own.username = 'bench_session';
  own.password = 'bench';
  return new pg.Pool({ connectionString: own.toString(), max: CLIENTS });
}

/** Planned inspections on the desks of some officers, each to be reported once. */
class Desk {
  private readonly waiting: { record: string; officer: Actor }[] = [];
  private readonly platform: BenchPlatform;
  private readonly application: pg.Pool;
  private readonly officers: readonly Actor[];
  private static planned = 0;

  constructor(platform: BenchPlatform, application: pg.Pool, officers: readonly Actor[]) {
    this.platform = platform;
    this.application = application;
    this.officers = officers;
  }

  async plan(count: number): Promise<void> {
    const perOfficer = Math.ceil(count / this.officers.length);
    const piles: { record: string; officer: Actor }[][] = [];
    for (const officer of this.officers) {
      const rows = Array.from({ length: perOfficer }, () => {
        Desk.planned += 1;
        const number = Desk.planned;
        return {
          id: numberedUuid(1, number),
          firm: numberedUuid(2, number % 5000),
          firmName: `长沙岫云${number % 5000}号电线电缆有限公司`,
          creditCode: '91430100MA4L16JJ0X',
          region: '430102',
          address: '长沙市芙蓉区岫云路 12 号',
          contact: '李四',
          product: 'P301',
          productName: '塑料绝缘控制电缆',
          plannedOn: '2026-03-02',
        };
      });
      await ingest(this.platform, officer, {
        entity: 'bench.inspection',
        state: 'planned',
        office: officer.office!,
        rows,
        contentHash: createHash('sha256').update(rows[0]!.id).digest('hex'),
      });
      piles.push(rows.map(({ id }) => ({ record: id, officer })));
    }
    for (let at = 0; at < perOfficer; at += 1) for (const pile of piles) this.waiting.push(pile[at]!);
  }

  async report(subject: Subject, numbered: boolean): Promise<string> {
    const { record, officer } = this.waiting.shift()!;
    const asked = sampleReport(record, numbered);
    if (subject !== 'kernel')
      return reportByHand(this.application, this.platform, officer, asked, subject === 'oneStatement');
    const done = await execute(this.platform, officer, {
      id: asked.id,
      entity: 'bench.inspection',
      action: numbered ? 'reportNumbered' : 'report',
      record,
      input: asked.input,
    });
    return done.record;
  }
}

/** Refuses to measure unless the three leave the same rows but for ids, times, salts and hashes. */
async function compareRows(url: string, desk: Desk): Promise<void> {
  const owner = await connectOwner(url);
  try {
    for (const numbered of [false, true]) {
      const left: string[] = [];
      for (const subject of subjects) {
        const record = await desk.report(subject, numbered);
        const { rows } = await owner.query(
          `select (to_jsonb(r) - array['id', 'number', 'title', 'subject', 'subject_name', 'updated_at', 'opened_at', 'handler', 'words', 'parties', 'next_roles', 'office', 'home'])
             || jsonb_build_object('numbered', r.number is not null, 'words', length(r.words) > 20, 'parties', cardinality(r.parties),
               'next', (select jsonb_agg(replace(n, i.firm::text, 'firm')) from unnest(r.next_roles) n)) as record,
             to_jsonb(i) - array['id', 'parties', 'office', 'home', 'firm', 'firm_name'] as inspection,
             to_jsonb(e) - array['id', 'record', 'actor', 'command', 'input_digest', 'occurred_at', 'recorded_at', 'salts', 'leaf', 'number', 'office'] as event,
             (select array_agg(k order by k) from jsonb_object_keys(e.salts) k) as salted, length(e.leaf) as leaf,
             (select jsonb_agg(to_jsonb(c) - array['id', 'record', 'start_event', 'due_at', 'opens_on']) from kernel.clock c where c.record = r.id) as clocks,
             (select count(*) from kernel.number_issued n where n.record = r.id and n.event = e.id) as issued
           from kernel.record r join bench.inspection i using (id) join kernel.event e on e.record = r.id where r.id = $1`,
          [record],
        );
        left.push(JSON.stringify(rows));
      }
      for (const other of left) if (other !== left[0]) throw new Error(`The rows written differ:\n${left.join('\n')}`);
    }
  } finally {
    await owner.end();
  }
}

async function measure(
  url: string,
  platform: BenchPlatform,
  desk: Desk,
  setting: Setting,
  calls: number,
  rounds: number,
): Promise<Record<string, unknown>> {
  const rates: Record<Subject, number[]> = { kernel: [], statements: [], oneStatement: [] };
  const latencies: Record<Subject, number[]> = { kernel: [], statements: [], oneStatement: [] };
  const processor: Record<Subject, number[]> = { kernel: [], statements: [], oneStatement: [] };
  for (const subject of subjects) await inClients(CLIENTS, calls / 2, () => desk.report(subject, setting.numbered));
  await platform.sealer.seal();
  const sealing = startSealing(platform);
  const watch = await watchLag(url);
  const meter = await connectOwner(url);
  for (let round = 0; round < rounds; round += 1)
    for (const subject of round % 2 === 0 ? subjects : subjects.toReversed()) {
      const before = await serverProcessor(meter);
      const side = await inClients(CLIENTS, calls, () => desk.report(subject, setting.numbered));
      const server = (await serverProcessor(meter)) - before;
      rates[subject].push(side.rate);
      latencies[subject].push(...side.latencies);
      processor[subject].push(side.processorMilliseconds + server / calls);
    }
  await meter.end();
  const lags = await watch.stop();
  await sealing.stop();
  await platform.sealer.seal();
  const ratioTo = (subject: Subject): number =>
    rounded(median(rates.kernel.map((rate, round) => rate / rates[subject][round]!)));
  const side = (subject: Subject) => ({
    perSecond: rounded(median(rates[subject])),
    p50Milliseconds: rounded(percentile(latencies[subject], 0.5)),
    p95Milliseconds: rounded(percentile(latencies[subject], 0.95)),
    processorMilliseconds: rounded(median(processor[subject])),
  });
  return {
    ...setting,
    ratio: ratioTo('statements'),
    ratioToOneStatement: ratioTo('oneStatement'),
    kernel: side('kernel'),
    byHand: side('statements'),
    byHandInOneStatement: side('oneStatement'),
    unsealedLagSeconds: {
      p50: rounded(percentile(lags, 0.5)),
      p99: rounded(percentile(lags, 0.99)),
      most: rounded(Math.max(...lags)),
    },
    log: await verifyLog(url),
  };
}

/** Seals ten times a second as the server does, and can be stopped without ending the sealer. */
function startSealing(platform: BenchPlatform): { stop(): Promise<void> } {
  let stopped = false;
  const loop = (async () => {
    while (!stopped) {
      await platform.sealer.seal();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  return {
    async stop() {
      stopped = true;
      await loop;
    },
  };
}

/** Asks again and again how long the oldest unsealed event has waited; seconds. */
async function watchLag(url: string): Promise<{ stop(): Promise<number[]> }> {
  const client = await connectOwner(url);
  const lags: number[] = [];
  let stopped = false;
  const loop = (async () => {
    while (!stopped) {
      const { rows } = await client.query(
        'select extract(epoch from clock_timestamp() - min(recorded_at))::float8 as lag from kernel.event where number is null',
      );
      lags.push((rows[0] as { lag: number | null }).lag ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await client.end();
  })();
  return {
    async stop() {
      stopped = true;
      await loop;
      return lags;
    },
  };
}

/** Counts what is missing in the log and computes its root anew from the leaves. @throws Error when anything is amiss. */
async function verifyLog(url: string): Promise<Record<string, unknown>> {
  const owner = await connectOwner(url);
  try {
    const { rows: counted } = await owner.query(
      `select count(*)::int as events, count(*) filter (where number is null)::int as unsealed,
         (coalesce(max(number) + 1, 0) - count(distinct number))::int as gaps from kernel.event`,
    );
    const { rows: leaves } = await owner.query(
      'select leaf from kernel.event where number is not null order by number',
    );
    const { rows: heads } = await owner.query('select size::int, root from kernel.log_head order by size desc limit 1');
    const log = counted[0] as { events: number; unsealed: number; gaps: number };
    const head = heads[0] as { size: number; root: string };
    const root = merkleRoot(leaves.map(({ leaf }: { leaf: Buffer }) => leaf)).toString('hex');
    const rootAgrees = root === head.root && head.size === leaves.length;
    if (log.unsealed !== 0 || log.gaps !== 0 || !rootAgrees)
      throw new Error(`The log is not whole: ${JSON.stringify({ ...log, head, root })}`);
    return { ...log, rootAgrees };
  } finally {
    await owner.end();
  }
}

/** Root of RFC 6962 over leaf hashes, written apart from the library that the sealer uses. */
function merkleRoot(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 1) return hashes[0]!;
  const left = 2 ** Math.floor(Math.log2(hashes.length - 1));
  const joined = createHash('sha256')
    .update(Uint8Array.of(1))
    .update(merkleRoot(hashes.slice(0, left)));
  return joined.update(merkleRoot(hashes.slice(left))).digest();
}
