import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { recomputeLog } from '../../apps/server/src/backup/index.ts';
import { type Chain, openChain } from './chain-installation.ts';
import { hasPostgres, openCluster } from './cluster.ts';

/** In the suite two dozen; `HENGJIAN_FAULT_FAILURES=1000 HENGJIAN_FAULT_KILLS=10` is the test at the size of a province's year. */
const failures = Number(process.env.HENGJIAN_FAULT_FAILURES ?? 24);
const kills = Number(process.env.HENGJIAN_FAULT_KILLS ?? 2);

const folder = mkdtempSync(join(tmpdir(), 'hengjian-chain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the office; kills it with SIGKILL a random moment after it began to work, or lets it finish. */
async function run(kill: boolean, databaseUrl?: string): Promise<boolean> {
  const child = spawn(
    process.execPath,
    [
      new URL('chain-office.ts', import.meta.url).pathname,
      folder,
      String(failures),
      ...(databaseUrl === undefined ? [] : [databaseUrl]),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = once(child, 'exit');
  let done = false;
  for await (const line of createInterface({ input: child.stdout! })) {
    // The kills are spread over the whole of the work: some twenty milliseconds a failure.
    if (line === 'working' && kill)
      setTimeout(() => child.kill('SIGKILL'), 50 + Math.random() * Math.max(700, (failures * 40) / kills));
    if (line === 'done') done = true;
  }
  await gone;
  return done;
}

/** On PostgreSQL the last statement of the dead process may still be running when it is gone. */
async function untilAlone({ database }: Chain): Promise<void> {
  while (
    database.kind === 'postgresql' &&
    (
      await database.asOwner((tx) =>
        tx.query(
          `select 1 from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`,
        ),
      )
    ).length > 0
  )
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** What must never be, at any moment: a part of a chain without the part before it, or two where there is one. */
const never: Record<string, string> = {
  'a follow-up without its failure': `select f.id from sampling.follow_up f where not exists (select from sampling.outside_failure o where o.id = f.outside_failure)`,
  'two follow-ups of a kind on one failure': `select min(id::text) as id from sampling.follow_up group by outside_failure, kind having count(*) > 1`,
  'a hand-over that no follow-up sent': `select h.id from kernel.handover h where not exists (select from sampling.follow_up f where f.handover = h.id)`,
  'a follow-up handed over without hand-over': `select f.id from sampling.follow_up f where f.state = 'handed-over' and not exists (select from kernel.handover h where h.id = f.handover)`,
  'a loop without its hand-over': `select l.id from handling.loop l where not exists (select from kernel.handover h where h.id = l.handover)`,
  'two loops on one hand-over': `select min(id::text) as id from handling.loop group by handover having count(*) > 1`,
  'a loop signed for and its hand-over not': `select l.id from handling.loop l join kernel.handover h on h.id = l.handover where (l.state = 'in-hand') <> (h.state = 'received')`,
  'a signed loop without exactly one lead': `select l.id from handling.loop l where l.state = 'in-hand' and (select count(*) from handling.referral r where r.loop = l.id) <> 1`,
  'a lead without its running clock': `select r.id from handling.referral r where not exists (select from kernel.clock c where c.record = r.id and c.name = 'lead' and c.status = 'running' and c.started_on = r.started_on)`,
  'a loop without the clock of its deadline': `select l.id from handling.loop l where not exists (select from kernel.clock c where c.record = l.id and c.name = 'handover' and c.due_on = l.deadline)`,
  'a hand-over without its clock': `select h.id from kernel.handover h where not exists (select from kernel.clock c where c.record = h.id and c.due_on = h.deadline)`,
  'two running clocks of a name': `select min(id::text) as id from kernel.clock where status = 'running' group by record, name having count(*) > 1`,
  'a record whose table and register differ': `select l.id from handling.loop l left join kernel.record r on r.id = l.id where r.state is distinct from l.state
    union all select f.id from sampling.follow_up f left join kernel.record r on r.id = f.id where r.state is distinct from f.state`,
  'a record with more or fewer events than versions': `select r.id from kernel.record r where r.version <> (select count(*) from kernel.event e where e.record = r.id)`,
  'an event, clock or paper of no record': `select id from kernel.event e where not exists (select from kernel.record r where r.id = e.record)
    union all select id from kernel.clock c where not exists (select from kernel.record r where r.id = c.record)
    union all select id from kernel.document d where not exists (select from kernel.record r where r.id = d.record)`,
  'a consequence parked': 'select id from kernel.parked',
};

async function expectSound(chain: Chain): Promise<void> {
  await untilAlone(chain);
  for (const [what, text] of Object.entries(never))
    expect(await chain.database.asOwner((tx) => tx.query(text)), what).toEqual([]);
}

async function killAgainAndAgain(databaseUrl?: string): Promise<void> {
  let killed = 0;
  for (let turn = 0; turn < kills; turn += 1) {
    if (!(await run(true, databaseUrl))) killed += 1;
    const chain = await openChain(folder, databaseUrl);
    await expectSound(chain).finally(() => chain.close());
  }
  expect(killed).toBeGreaterThan(0);
  expect(await run(false, databaseUrl)).toBe(true);
  const chain = await openChain(folder, databaseUrl);
  try {
    await expectSound(chain);
    const [counts] = await chain.database.asOwner((tx) =>
      tx.query(
        `select (select count(*)::int from sampling.outside_failure) as failures,
           (select count(*)::int from sampling.follow_up where kind = 'handover-producer' and state = 'handed-over') as handed,
           (select count(*)::int from handling.loop where state = 'in-hand') as loops,
           (select count(*)::int from handling.referral where state = 'received') as leads,
           (select count(*)::int from kernel.clock where name = 'lead' and status = 'running') as clocks`,
      ),
    );
    expect(counts).toEqual({ failures, handed: failures, loops: failures, leads: failures, clocks: failures });
    await chain.sealer.seal();
    const log = await chain.database.asOwner((tx) => recomputeLog(tx, { contents: true }));
    expect(log.faults).toEqual([]);
  } finally {
    await chain.close();
  }
}

describe('failures on their way to the counties while the process is killed again and again', () => {
  it(`loses none of ${failures}, doubles none, and keeps every clock through ${kills} kills`, {
    timeout: 600_000,
  }, async () => {
    if (failures <= 100 || !hasPostgres) return killAgainAndAgain();
    const cluster = openCluster();
    try {
      await killAgainAndAgain(await cluster.createDatabase());
    } finally {
      await cluster.stop();
    }
  });
});
