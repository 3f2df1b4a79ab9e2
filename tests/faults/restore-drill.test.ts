import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, execute } from '@hengjian/kernel';
import { logKeyOf, verifyTreeHead } from '@hengjian/transparency/verification';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreBackup, writeBackup } from '../../apps/server/src/backup/index.ts';
import { type Cluster, hasPostgres, openCluster, unlessPostgres } from './cluster.ts';
import { type Installation, key, logName, migrations, openInstallation } from './installation.ts';

const work = mkdtempSync(join(tmpdir(), 'hengjian-drill-'));
const place = (name: string): string => join(work, name);
let cluster: Cluster | undefined;
let source: Installation;
let paper: string;

beforeAll(async () => {
  if (hasPostgres) cluster = openCluster();
  source = await openInstallation(newFolder('source'));
  paper = (await source.files.put(Buffer.from('场地证明\0'.repeat(1000)))).sha256;
  for (let index = 0; index < 30; index += 1) await applyOnce(source, `湘衡计量器具厂\t第${index}号\\n"引号"`);
  await source.sealer.seal();
  await source.database.asOwner(async (tx) => {
    await tx.query(
      `insert into desk.upload (id, person, name, media_type, size, sha256, created_at) values ($1, $2, '证明.pdf', 'application/pdf', 13, $3, now())`,
      [randomUUID(), source.window.person, paper],
    );
    await tx.query(
      `insert into trial.note (licence, text, bytes, amount, ratio) select id, E'一\\t二\\n三\\\\N', '\\x00ff0a', 12345678901234567890.123456789, 0.1 from trial.licence limit 3`,
    );
    await tx.query(`insert into trial.note (text) values (null), (''), ('\\N')`);
  });
  await applyOnce(source, '尚未入册的一家');
});
afterAll(async () => {
  await source?.close();
  await cluster?.stop();
  rmSync(work, { recursive: true, force: true });
});

function newFolder(name: string): string {
  mkdirSync(place(name));
  writeFileSync(join(place(name), 'log.key'), Buffer.from(key).toString('hex'), { mode: 0o600 });
  return place(name);
}

function applyOnce(installation: Installation, firmName: string): Promise<unknown> {
  return execute(installation, installation.window, {
    id: randomUUID(),
    entity: 'trial.licence',
    action: 'apply',
    input: { firm: randomUUID(), firmName, kind: 'scales', contact: '李四' },
  });
}

/** One hash per table over all its rows; the heads of the log are compared on their own, since a restore adds one. */
function contentsOf(database: Database): Promise<Record<string, string>> {
  return database.asOwner(async (tx) => {
    const tables = await tx.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema', 'public') and tablename not in ('lease', 'log_head') order by 1`,
    );
    await tx.query(`set local timezone = 'UTC'`);
    const hashes: Record<string, string> = {};
    for (const { name } of tables) {
      const rows = await tx.query<{ line: string }>(`select t::text as line from ${name} t order by 1`);
      const lines = rows.map(({ line }) => line).sort();
      hashes[name] = `${lines.length} rows ${createHash('sha256').update(lines.join('\n')).digest('hex')}`;
    }
    return hashes;
  });
}

const backup = (installation: Installation, name: string) =>
  writeBackup({ database: installation.database, folder: installation.folder, logName, file: place(name) });
const headsOf = (installation: Installation) =>
  installation.database.asOwner((tx) =>
    tx.query<{ epoch: number; size: number; note: string }>(
      'select epoch, size, note from kernel.log_head order by epoch, size',
    ),
  );

describe('an installation moved from machine to machine', { timeout: 120_000 }, () => {
  it('is the same on the next embedded database: every row, every file, the log, the next number', async () => {
    const manifest = await backup(source, 'one.tar.gz');
    expect(manifest).toMatchObject({ files: { count: 1, missing: 0, damaged: [] }, log: { sealed: 30, unsealed: 1 } });
    const restored = await restoreBackup({ file: place('one.tar.gz'), folder: newFolder('next'), migrations, logName });
    expect(restored).toMatchObject({
      files: 1,
      epoch: { epoch: 1, kept: 30, last: 30 },
      log: { size: 30, unsealed: 1 },
    });
    const next = await openInstallation(place('next'));
    expect(await contentsOf(next.database)).toEqual(await contentsOf(source.database));
    expect(await next.files.get(paper)).toHaveLength(13_000);
    const [row] = await next.database.asOwner((tx) =>
      tx.query('insert into trial.note (text) values ($1) returning id, text, length', ['新']),
    );
    expect(row).toEqual({ id: 7, text: '新*', length: 2 });
    await expect(
      next.database.asOwner((tx) => tx.query('insert into trial.note (licence) values ($1)', [randomUUID()])),
    ).rejects.toMatchObject({ code: '23503' });
    await applyOnce(next, '恢复之后');
    await next.sealer.seal();
    await next.close();
  });

  it.skipIf(!hasPostgres)(`goes to PostgreSQL and back${unlessPostgres}`, async () => {
    const before = await contentsOf(source.database);
    await backup(source, 'to-postgres.tar.gz');
    const databaseUrl = await cluster!.createDatabase();
    await restoreBackup({
      file: place('to-postgres.tar.gz'),
      folder: newFolder('server'),
      databaseUrl,
      migrations,
      logName,
    });
    const server = await openInstallation(place('server'), databaseUrl);
    expect(await contentsOf(server.database)).toEqual(before);
    await backup(server, 'back.tar.gz');
    await server.close();
    await expect(
      restoreBackup({
        file: place('to-postgres.tar.gz'),
        folder: newFolder('again'),
        databaseUrl,
        migrations,
        logName,
      }),
    ).rejects.toMatchObject({ code: 'target-not-empty' });
    const restored = await restoreBackup({
      file: place('back.tar.gz'),
      folder: newFolder('home'),
      migrations,
      logName,
    });
    expect(restored.epoch).toEqual({ epoch: 2, kept: 30, last: 30 });
    const home = await openInstallation(place('home'));
    expect(await contentsOf(home.database)).toEqual(before);
    expect(await headsOf(home)).toMatchObject([{ epoch: 0 }, { epoch: 1 }, { epoch: 2 }]);
    await home.close();
  });

  it.skipIf(!hasPostgres)('leaves a PostgreSQL as empty as it was when the archive does not hold', async () => {
    await backup(source, 'broken-log.tar.gz');
    await source.database.asOwner((tx) => tx.query(`update kernel.event set leaf = sha256('forged') where number = 3`));
    await backup(source, 'forged.tar.gz');
    await source.database.asOwner((tx) =>
      tx.query(
        `update kernel.event set leaf = (select hash from kernel.log_node where level = 0 and index = 3) where number = 3`,
      ),
    );
    const databaseUrl = await cluster!.createDatabase();
    const target = { folder: newFolder('refused'), databaseUrl, migrations, logName };
    await expect(restoreBackup({ ...target, file: place('forged.tar.gz') })).rejects.toMatchObject({
      code: 'log-broken',
    });
    await expect(restoreBackup({ ...target, file: place('broken-log.tar.gz') })).resolves.toMatchObject({ files: 1 });
  });

  it('says in a new signed epoch what was lost since the backup', async () => {
    await backup(source, 'old.tar.gz');
    await applyOnce(source, '备份之后');
    await source.sealer.seal();
    const lastHead = (await headsOf(source)).at(-1)!.note;
    const restored = await restoreBackup({
      file: place('old.tar.gz'),
      folder: newFolder('lost'),
      migrations,
      logName,
      lastHead,
    });
    expect(restored.epoch).toEqual({ epoch: 1, kept: 30, last: 32 });
    const lost = await openInstallation(place('lost'));
    const head = verifyTreeHead((await headsOf(lost)).at(-1)!.note, [logKeyOf(logName, key)]);
    expect(head).toMatchObject({
      epoch: 1,
      size: 30,
      restored: { lastSize: 32, keptSize: 30, lastRoot: verifyTreeHead(lastHead, [logKeyOf(logName, key)])!.root },
    });
    await lost.close();
  });
});
