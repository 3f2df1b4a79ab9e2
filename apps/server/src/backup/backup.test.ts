import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Actor, execute } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { signTreeHead } from '@hengjian/transparency/verification';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { licence } from '../../../../tests/trials/licence.ts';
import { createFileStore } from '../files.ts';
import { copyLine, readCopyLine } from './copy-text.ts';
import { inspectArchive } from './open-archive.ts';
import { recomputeLog } from './recompute-log.ts';
import { restoreBackup } from './restore.ts';
import { writeBackup } from './write-archive.ts';

const work = mkdtempSync(join(tmpdir(), 'hengjian-backup-'));
const place = (name: string): string => join(work, name);
const logName = 'hengjian.test/log';
const key = new Uint8Array(32).fill(7);
const kernelMigrations = {
  name: 'kernel',
  path: new URL('../../../../kernel/migrations', import.meta.url).pathname,
};
const trialMigrations = { name: 'trial', path: place('trial') };
const migrations = [kernelMigrations, trialMigrations];
let kernel: TestKernel;
let officer: Actor;

const apply = () =>
  execute(kernel, officer, {
    id: randomUUID(),
    entity: 'trial.licence',
    action: 'apply',
    input: { firm: randomUUID(), firmName: '湘衡电线厂', kind: 'scales' },
  });
const backup = (name: string, folder = place('installation')) =>
  writeBackup({ database: kernel.database, folder, logName, file: place(name) });
const restore = (name: string, folder: string, more: Partial<Parameters<typeof restoreBackup>[0]> = {}) =>
  restoreBackup({ file: place(name), folder: place(folder), migrations, logName, newKey: true, ...more });
const owner = (text: string, params: unknown[] = []) => kernel.database.asOwner((tx) => tx.query(text, params));
const refusal = (code: string) => expect.objectContaining({ code });

beforeAll(async () => {
  mkdirSync(place('trial'));
  mkdirSync(place('installation'));
  writeFileSync(
    join(place('trial'), '0001.sql'),
    `create schema trial; grant usage on schema trial to hengjian_app;
    create table trial.licence (id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
      firm uuid not null, firm_name text not null, kind text not null, contact text, missing jsonb, decision text, valid_until date, reason text);
    select kernel.protect('trial.licence', 'trial.licence');`,
  );
  kernel = await testKernel({ lifecycles: [licence], migrations: [trialMigrations] });
  officer = await kernel.officer('张一', 'organiser', '43');
  for (let index = 0; index < 5; index += 1) await apply();
  await kernel.sealer.seal();
  await backup('good.tar.gz');
});
afterAll(async () => {
  await kernel.close();
  rmSync(work, { recursive: true, force: true });
});

describe('rows as COPY text', () => {
  it.each([[['一', null, '']], [['tab\tline\nreturn\rback\\slash']], [['\\N', '\\', '\\\\n']]])(
    'come back as they were: %j',
    (values) => {
      expect(readCopyLine(copyLine(values).slice(0, -1), values.length)).toEqual(values);
    },
  );
  it('are refused with another number of columns or an escape of others', () => {
    expect(() => readCopyLine('a\tb', 3)).toThrow('2 columns');
    expect(() => readCopyLine('\\x41', 1)).toThrow('escape');
  });
});

describe('an archive', () => {
  it('is an ordinary tar with a header first and a manifest last, and holds no key', async () => {
    const { header, manifest } = await inspectArchive(place('good.tar.gz'));
    const names = header.migrations.map(({ name }) => name);
    expect([names[0], names.at(-1)]).toEqual(['kernel/0001_kernel.sql', 'trial/0001.sql']);
    expect(manifest.rows).toMatchObject({ 'trial.licence': 5, 'kernel.event': 5 });
    expect(manifest.rows).not.toHaveProperty(['kernel.lease']);
    expect(gunzipSync(readFileSync(place('good.tar.gz'))).includes(Buffer.from(key).toString('hex'))).toBe(false);
  });

  it('never overwrites another', async () => {
    await expect(backup('good.tar.gz')).rejects.toEqual(refusal('archive-exists'));
  });

  it('is refused when it was cut short, changed anywhere, or is none', async () => {
    const good = readFileSync(place('good.tar.gz'));
    const plain = gunzipSync(good);
    const damage = async (content: Buffer, code: string): Promise<void> => {
      writeFileSync(place('bad.tar.gz'), content);
      await expect(restore('bad.tar.gz', 'from-bad')).rejects.toEqual(refusal(code));
      expect(existsSync(join(place('from-bad'), 'pg'))).toBe(false);
    };
    await damage(good.subarray(0, good.length - 40), 'archive-damaged');
    await damage(gzipSync(plain.subarray(0, plain.length - 5000)), 'archive-damaged');
    const name = plain.indexOf('湘衡电线厂');
    const other = Buffer.from(plain);
    other.write('闽衡电线厂', name);
    await damage(gzipSync(other), 'archive-damaged');
    await damage(gzipSync(Buffer.alloc(4096)), 'archive-damaged');
    await damage(Buffer.from('no archive at all'), 'archive-damaged');
    const newer = Buffer.from(plain.toString('latin1').replace('hengjian-backup/1', 'hengjian-backup/9'), 'latin1');
    await damage(gzipSync(newer), 'archive-unknown-format');
    await expect(restore('nowhere.tar.gz', 'from-bad')).rejects.toEqual(refusal('no-such-file'));
  });

  it('is refused by a release that does not know its migrations, and by one that changed them', async () => {
    await expect(restore('good.tar.gz', 'older', { migrations: [kernelMigrations] })).rejects.toEqual(
      refusal('unknown-migration'),
    );
    mkdirSync(place('changed'));
    writeFileSync(join(place('changed'), '0001.sql'), 'create schema trial;');
    await expect(
      restore('good.tar.gz', 'older', { migrations: [kernelMigrations, { name: 'trial', path: place('changed') }] }),
    ).rejects.toEqual(refusal('unknown-migration'));
  });

  it('goes only into an empty folder', async () => {
    mkdirSync(place('used'));
    writeFileSync(join(place('used'), 'notes.txt'), 'mine');
    await expect(restore('good.tar.gz', 'used')).rejects.toEqual(refusal('target-not-empty'));
  });

  it('wants the key that signed the log', async () => {
    writeFileSync(join(place('installation'), 'log.key'), Buffer.from(key).toString('hex'));
    await backup('with-key.tar.gz');
    await expect(restore('with-key.tar.gz', 'no-key', { newKey: false })).rejects.toEqual(refusal('log-key-missing'));
    mkdirSync(place('other-key'));
    writeFileSync(join(place('other-key'), 'log.key'), 'ab'.repeat(32));
    await expect(restore('with-key.tar.gz', 'other-key', { newKey: false })).rejects.toEqual(
      refusal('log-key-differs'),
    );
  });

  it('refuses a last head of another log, and one that contradicts it', async () => {
    mkdirSync(place('keyed'));
    writeFileSync(join(place('keyed'), 'log.key'), Buffer.from(key).toString('hex'));
    const head = {
      origin: logName,
      size: 3,
      root: 'ab'.repeat(32),
      epoch: 0,
      time: '2026-03-02T02:00:00Z',
      hash: 'sha256',
    } as const;
    const foreign = signTreeHead(head, logName, new Uint8Array(32).fill(8));
    await expect(restore('good.tar.gz', 'keyed', { lastHead: foreign })).rejects.toEqual(refusal('last-head-not-ours'));
    const contradicting = signTreeHead(head, logName, key);
    await expect(restore('good.tar.gz', 'keyed', { lastHead: contradicting })).rejects.toEqual(
      refusal('last-head-contradicts'),
    );
    expect(existsSync(join(place('keyed'), 'pg'))).toBe(false);
    expect(existsSync(join(place('keyed'), 'log.key'))).toBe(true);
  });

  it('tells which files are gone or damaged, and carries the others', async () => {
    const files = createFileStore(join(place('installation'), 'files'));
    const whole = await files.put(Buffer.from('完好'));
    const spoilt = await files.put(Buffer.from('会损坏'));
    const { sha256 } = spoilt;
    writeFileSync(join(place('installation'), 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'x');
    for (const hash of [whole.sha256, sha256, 'cd'.repeat(32)])
      await owner(
        `insert into desk.upload (id, person, name, media_type, size, sha256, created_at) values ($1, $2, '一.pdf', 'application/pdf', 1, $3, now())`,
        [randomUUID(), officer.person, hash],
      );
    const manifest = await backup('files.tar.gz');
    expect(manifest.files).toMatchObject({ count: 1, missing: 2, damaged: [sha256] });
  });
});

describe('the log computed anew', () => {
  const faultsAfter = async (change: string, undo: string): Promise<string[]> => {
    await owner(change);
    const { faults } = await kernel.database.asOwner((tx) => recomputeLog(tx, { contents: true }));
    await owner(undo);
    return [...new Set(faults.map(({ code }) => code))].sort();
  };

  it('agrees with nodes, heads and contents when nobody touched it', async () => {
    const log = await kernel.database.asOwner((tx) => recomputeLog(tx, { contents: true }));
    expect(log).toMatchObject({ size: 5, heads: 1, contents: 5, faults: [], newest: { size: 5, root: log.root } });
  });

  it('shows an event that was rewritten, a leaf that was exchanged, a node and a number that were removed', async () => {
    expect(
      await faultsAfter(
        `update kernel.event set role = 'planner' where number = 2`,
        `update kernel.event set role = 'organiser' where number = 2`,
      ),
    ).toEqual(['content']);
    await owner(
      'create table public.kept as select * from kernel.event; create table public.nodes as select * from kernel.log_node',
    );
    expect(
      await faultsAfter(
        `update kernel.event set leaf = sha256('x') where number = 1`,
        'update kernel.event e set leaf = k.leaf from public.kept k where k.id = e.id',
      ),
    ).toEqual(['content', 'head', 'leaf', 'node']);
    expect(
      await faultsAfter(
        'delete from kernel.log_node where level = 1 and index = 0',
        'insert into kernel.log_node select * from public.nodes on conflict do nothing',
      ),
    ).toEqual(['node']);
    expect(
      await faultsAfter(
        'delete from kernel.event where number = 4',
        'insert into kernel.event select * from public.kept on conflict do nothing',
      ),
    ).toEqual(['head', 'node']);
  });
});
