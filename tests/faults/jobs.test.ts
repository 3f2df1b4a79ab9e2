import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { migratedCluster } from '@hengjian/kernel/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { enterpriseImports } from '../../apps/server/src/jobs/import-enterprises.ts';
import { createJobs } from '../../apps/server/src/jobs/jobs.ts';
import { migrationFolders, openPlatform, type Platform } from '../../apps/server/src/platform.ts';
import { hasPostgres, openCluster, unlessPostgres } from './cluster.ts';

const work = mkdtempSync(join(tmpdir(), 'hengjian-jobs-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const rows = 400;
const file = Buffer.from(
  `企业名称,行政区划代码\n${Array.from({ length: rows }, (_, index) => `长沙市第${index}电线厂,430102`).join('\n')}\n`,
);

type Row = Record<string, unknown>;
const read = <T = Row>(platform: Platform, text: string, params: unknown[] = []): Promise<T[]> =>
  platform.database.asOwner((tx) => tx.query<T>(text, params));

/** An installation with one office and one data steward, who has entered a file to be imported. */
async function withJob(
  folder: string,
  databaseUrl?: string,
): Promise<{ platform: Platform; job: string; grant: string }> {
  const template = await migratedCluster(migrationFolders);
  const platform = await openPlatform({ folder, databaseUrl, template });
  const [person, grant, job] = [randomUUID(), randomUUID(), randomUUID()];
  await read(
    platform,
    `insert into kernel.office (code, parent, kind, zh, en, short, region, home, place)
     values ('430000', null, 'bureau', '湖南省市场监督管理局', 'Hunan', '湘市监', '430000', 430, array['430000'])`,
  );
  await platform.refreshOffices();
  await read(platform, `insert into kernel.person (id, name) values ($1, '李资料')`, [person]);
  await read(
    platform,
    `insert into kernel.grant (id, home, office, parties, state, person, person_name, role, valid_from)
     values ($1, 430, '430000', '{}', 'held', $2, '李资料', 'data-steward', '2020-01-01')`,
    [grant, person],
  );
  const { sha256 } = await platform.files.put(file);
  await read(
    platform,
    `insert into desk.job (id, kind, person, label_zh, label_en, state, payload, created_at) values ($1, 'subjects.enterprise', $2, '导入', 'Import', 'queued', $3, now())`,
    [job, person, JSON.stringify({ name: 'firms.csv', format: 'csv', sha256, grant })],
  );
  return { platform, job, grant };
}

/** Starts a worker of its own and kills it when it has told of some progress. */
async function workUntilKilled(folder: string, databaseUrl?: string): Promise<void> {
  const script = new URL('worker.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, folder, ...(databaseUrl === undefined ? [] : [databaseUrl])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout! })) if (Number(line) >= 120) child.kill('SIGKILL');
  expect(((await gone) as [unknown, string])[1]).toBe('SIGKILL');
}

const imports = (platform: Platform) => ({ 'subjects.enterprise': enterpriseImports(platform, { rowsAtOnce: 40 }) });

async function expectDoneOnce(platform: Platform, job: string): Promise<void> {
  const [done] = await read(
    platform,
    `select state, attempts, done::int, total::int, lease_until, report->>'added' as added, report->>'unchanged' as unchanged from desk.job where id = $1`,
    [job],
  );
  expect(done).toMatchObject({ state: 'done', attempts: 2, done: rows, total: rows, lease_until: null });
  // Of the step in which the process died the first attempt had not yet told.
  expect(Number(done!.added) + Number(done!.unchanged)).toBe(rows);
  expect(Number(done!.unchanged)).toBeLessThanOrEqual(80);
  expect(await read(platform, 'select state, total from subjects.import')).toEqual([
    { state: 'finished', total: rows },
  ]);
  expect(
    await read(platform, 'select count(*)::int as firms, count(distinct name)::int as names from subjects.enterprise'),
  ).toEqual([{ firms: rows, names: rows }]);
}

describe('a job whose process is killed', () => {
  it('is taken up by itself at the next start and done once, on the embedded database', {
    timeout: 240_000,
  }, async () => {
    const folder = join(work, 'embedded');
    const { platform: before, job } = await withJob(folder);
    await before.stop();
    await workUntilKilled(folder);

    const platform = await openPlatform({ folder });
    try {
      const [left] = await read(platform, 'select state, done::int, attempts from desk.job where id = $1', [job]);
      expect(left).toMatchObject({ state: 'running', attempts: 1 });
      expect(left!.done).toBeLessThan(rows);
      const jobs = createJobs(platform, imports(platform));
      expect(await jobs.drain()).toBe(1);
      await expectDoneOnce(platform, job);
      expect(await jobs.drain()).toBe(0);
    } finally {
      await platform.stop();
    }
  });

  it('stops between two steps when it is cancelled, and leaves no import open', {
    timeout: 240_000,
  }, async () => {
    const { platform, job } = await withJob(join(work, 'cancelled'));
    try {
      const jobs = createJobs(platform, {
        'subjects.enterprise': {
          ...enterpriseImports(platform, { rowsAtOnce: 40 }),
          run: (one, actor, control) =>
            enterpriseImports(platform, { rowsAtOnce: 40 }).run(one, actor, {
              ...control,
              progress(done, total, checkpoint) {
                control.progress(done, total, checkpoint);
                void read(platform, 'update desk.job set cancel_asked_at = now() where id = $1', [job]);
              },
            }),
        },
      });
      expect(await jobs.drain()).toBe(1);
      const [ended] = await read(platform, `select state, report->>'code' as code from desk.job where id = $1`, [job]);
      expect(ended).toEqual({ state: 'cancelled', code: 'cancelled' });
      expect(await read(platform, 'select state from subjects.import')).toEqual([{ state: 'abandoned' }]);
      const [{ n }] = (await read<{ n: number }>(platform, 'select count(*)::int as n from subjects.enterprise')) as [
        { n: number },
      ];
      expect(n).toBeGreaterThan(0);
      expect(n).toBeLessThan(rows);
    } finally {
      await platform.stop();
    }
  });

  it('goes on after a stop that let go of it, and ends when its person has left the post', {
    timeout: 240_000,
  }, async () => {
    const { platform, job, grant } = await withJob(join(work, 'stopped'));
    try {
      const first = createJobs(platform, {
        'subjects.enterprise': {
          ...enterpriseImports(platform, { rowsAtOnce: 40 }),
          run: (one, actor, control) =>
            enterpriseImports(platform, { rowsAtOnce: 40 }).run(one, actor, {
              ...control,
              progress(done, total, checkpoint) {
                control.progress(done, total, checkpoint);
                void first.stop();
              },
            }),
        },
      });
      await first.drain();
      const state = async (): Promise<Row> =>
        (
          await read(platform, `select state, attempts, report->>'code' as code from desk.job where id = $1`, [job])
        )[0]!;
      expect(await state()).toEqual({ state: 'running', attempts: 0, code: null });
      expect(await read(platform, 'select state from subjects.import')).toEqual([{ state: 'running' }]);
      await read(platform, `update kernel.grant set state = 'ended' where id = $1`, [grant]);
      await createJobs(platform, imports(platform)).drain();
      expect(await state()).toEqual({ state: 'failed', attempts: 1, code: 'no-grant' });
    } finally {
      await platform.stop();
    }
  });

  it.skipIf(!hasPostgres)(
    `is taken over by another process when its lease has run out, and not before, on PostgreSQL${unlessPostgres}`,
    { timeout: 240_000 },
    async () => {
      const cluster = openCluster();
      const databaseUrl = await cluster.createDatabase();
      const folder = join(work, 'server');
      const { platform, job } = await withJob(folder, databaseUrl);
      try {
        await read(platform, `update desk.job set lease_until = now() + interval '1 hour', state = 'running'`);
        const jobs = createJobs(platform, imports(platform));
        expect(await jobs.drain()).toBe(0);
        await read(platform, `update desk.job set lease_until = null, state = 'queued'`);
        await workUntilKilled(folder, databaseUrl);
        let taken = 0;
        while (taken === 0) {
          taken = await jobs.drain();
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        await expectDoneOnce(platform, job);
        expect(await createJobs(platform, imports(platform)).drain()).toBe(0);
      } finally {
        await platform.stop();
        await cluster.stop();
      }
    },
  );
});
