import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Command, execute } from '@hengjian/kernel';
import { afterAll, describe, expect, it } from 'vitest';
import { recomputeLog } from '../../apps/server/src/backup/index.ts';
import { hasPostgres, openCluster, unlessPostgres } from './cluster.ts';
import { type Installation, openInstallation } from './installation.ts';
import type { Line } from './office.ts';
import { findHalves } from './soundness.ts';

const work = mkdtempSync(join(tmpdir(), 'hengjian-kill-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

type Acknowledged = Extract<Line, { said: 'acknowledged' }>;

/** What the killed process had said by the time it died. */
interface Said {
  sent: Command[];
  acknowledged: Acknowledged[];
}

/** Lets an office work for a random time of up to a second after its first acknowledgement and kills it with SIGKILL. */
async function workUntilKilled(folder: string, databaseUrl?: string): Promise<Said> {
  const child: ChildProcess = spawn(
    process.execPath,
    [new URL('office.ts', import.meta.url).pathname, folder, ...(databaseUrl === undefined ? [] : [databaseUrl])],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = once(child, 'exit');
  const said: Said = { sent: [], acknowledged: [] };
  for await (const text of createInterface({ input: child.stdout! })) {
    // The last line may be cut off by the kill.
    const line = text.endsWith('}') ? (JSON.parse(text) as Line) : null;
    if (line?.said === 'sent') said.sent.push(line.command);
    if (line?.said !== 'acknowledged') continue;
    if (said.acknowledged.push(line) === 1) setTimeout(() => child.kill('SIGKILL'), Math.random() * 1_000);
  }
  const [, signal] = (await gone) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return said;
}

/** On PostgreSQL the last statement of the dead process may still be running when it is gone. */
async function untilAlone({ database }: Installation): Promise<void> {
  if (database.kind !== 'postgresql') return;
  for (;;) {
    const others = await database.asOwner((tx) =>
      tx.query(
        `select 1 from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`,
      ),
    );
    if (others.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function expectSound(installation: Installation, all: Said): Promise<void> {
  await untilAlone(installation);
  expect(await findHalves(installation)).toEqual([]);
  const events = await installation.database.asOwner((tx) =>
    tx.query<{ command: string; record: string; version: number; to_state: string }>(
      'select command, record, version, to_state from kernel.event',
    ),
  );
  const byCommand = new Map(events.map((event) => [event.command, event]));
  expect(byCommand.size).toBe(events.length);
  for (const { command, record, version, state } of all.acknowledged)
    expect(byCommand.get(command), `the acknowledged command ${command}`).toMatchObject({
      record,
      version,
      to_state: state,
    });
  const sent = new Set(all.sent.map(({ id }) => id));
  expect(events.filter(({ command }) => !sent.has(command))).toEqual([]);

  // Repeating what was sent does it once: what had been done is told again, what had not is done now.
  const acknowledged = new Set(all.acknowledged.map(({ command }) => command));
  const doubtful = all.sent.filter(({ id }) => !acknowledged.has(id));
  for (const command of [...doubtful, ...all.sent.slice(-3)]) {
    const wasDone = byCommand.has(command.id);
    const outcome = await execute(installation, installation.window, command);
    expect(outcome.replayed).toBe(wasDone);
    byCommand.set(command.id, { command: command.id, record: outcome.record, version: outcome.version, to_state: '' });
    if (!acknowledged.has(command.id)) {
      const { record, version, state } = outcome;
      all.acknowledged.push({ said: 'acknowledged', command: command.id, record, version, state });
      acknowledged.add(command.id);
    }
  }
  expect(await findHalves(installation)).toEqual([]);

  await installation.sealer.seal();
  const { log, unsealed } = await installation.database.asOwner(async (tx) => ({
    log: await recomputeLog(tx, { contents: true }),
    unsealed: await tx.query('select id from kernel.event where number is null'),
  }));
  expect(unsealed).toEqual([]);
  expect(log.faults).toEqual([]);
  expect(log.size).toBe(byCommand.size);
  expect(log.newest).toMatchObject({ size: log.size, root: log.root });
}

async function killAgainAndAgain(times: number, folder: string, databaseUrl?: string): Promise<void> {
  const all: Said = { sent: [], acknowledged: [] };
  for (let kill = 0; kill < times; kill += 1) {
    const said = await workUntilKilled(folder, databaseUrl);
    all.sent.push(...said.sent);
    all.acknowledged.push(...said.acknowledged);
    const installation = await openInstallation(folder, databaseUrl);
    await expectSound(installation, all).finally(() => installation.close());
  }
  expect(all.acknowledged.length).toBeGreaterThan(times);
}

describe('an office whose process is killed in the middle of its work', () => {
  it('keeps every acknowledged action and no half of any on the embedded database', { timeout: 240_000 }, () =>
    killAgainAndAgain(3, join(work, 'embedded')),
  );

  it('would have shown it, had half an action been kept', { timeout: 60_000 }, async () => {
    const installation = await openInstallation(join(work, 'embedded'));
    const owner = (text: string): Promise<unknown> => installation.database.asOwner((tx) => tx.query(text));
    const [record] = await installation.database.asOwner((tx) =>
      tx.query<{ id: string }>(`select id from kernel.record where state = 'accepted' limit 1`),
    );
    const { id } = record!;
    for (const half of [
      `update trial.licence set state = 'submitted' where id = '${id}'`,
      `update kernel.record set version = version + 1 where id = '${id}'`,
      `delete from kernel.clock where record = '${id}' and name = 'decision'`,
      `delete from kernel.event where record = '${id}' and version = 1`,
    ]) {
      await owner(half);
      expect((await findHalves(installation)).join(), half).toContain(id);
    }
    await installation.close();
  });

  it.skipIf(!hasPostgres)(
    `keeps every acknowledged action and no half of any on PostgreSQL${unlessPostgres}`,
    { timeout: 240_000 },
    async () => {
      const cluster = openCluster();
      try {
        await killAgainAndAgain(4, join(work, 'server'), await cluster.createDatabase());
      } finally {
        await cluster.stop();
      }
    },
  );
});
