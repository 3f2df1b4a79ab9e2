import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCalendar } from '@hengjian/calendar';
import { logKeyOf, signTreeHead, verifyTreeHead } from '@hengjian/transparency/verification';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holidayYears } from '../../../data/holidays/index.ts';
import { examine, type Patient } from './examine.ts';
import { compareHeads, type Finding } from './log-heads.ts';
import { openTrialInstallation, runTold, type Said, type TrialInstallation } from './trial-installation.ts';

let trial: TrialInstallation;
const key = new Uint8Array(32).fill(7);
const origin = 'hengjian.test/log';
const publicKey = logKeyOf(origin, key);
const cli = (...args: string[]): Promise<Said> =>
  runTold(args, { installation: trial.installation, env: { XDG_STATE_HOME: join(trial.folder, 'state') } });
const apply = async (): Promise<void> => {
  const input = JSON.stringify({ firm: randomUUID(), firmName: '湘衡电线厂', kind: 'scales' });
  expect(await cli('act', 'trial.licence', 'apply', '--input', input, '--as', '张一')).toMatchObject({ code: 0 });
};
const owner = (text: string): Promise<unknown> => trial.platform.database.asOwner((tx) => tx.query(text));

beforeAll(async () => {
  trial = await openTrialInstallation();
  await apply();
});
afterAll(async () => {
  await trial.close();
  rmSync(trial.folder, { recursive: true, force: true });
});

describe('verify-log on an installation', () => {
  it('checks the signature, recomputes, and remembers the head for the next time', async () => {
    const first = await cli('verify-log');
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('首次核验') });
    expect(first.out).toContain(`${origin}=${publicKey.publicKey}`);
    await apply();
    const second = await cli('verify-log', '--lang', 'en');
    expect(second).toMatchObject({
      code: 0,
      out: expect.stringContaining('Consistent with the 1 entries seen before; 1 are new'),
    });
  });

  it('shows an event that was rewritten, and does not remember a log at fault', async () => {
    await owner(`update kernel.event set role = 'planner' where number = 0`);
    expect(await cli('verify-log')).toMatchObject({ code: 1, out: expect.stringContaining('✗ 第 0 条事件') });
    await owner(`update kernel.event set role = 'organiser' where number = 0`);
    expect(await cli('verify-log')).toMatchObject({ code: 0 });
  });

  it('refuses a head under another key', async () => {
    expect(await cli('verify-log', '--key', `${origin}=${'ab'.repeat(32)}`)).toMatchObject({
      code: 1,
      out: expect.stringContaining('签名无效'),
    });
    expect(await cli('verify-log', '--key', 'nonsense')).toMatchObject({ code: 2 });
  });
});

describe('a head compared with one seen before', () => {
  const head = (
    size: number,
    epoch: number,
    restored?: { lastSize: number; lastRoot: string; keptSize: number },
    root = 'ab',
  ) =>
    signTreeHead(
      {
        origin,
        size,
        epoch,
        root: root.repeat(32),
        time: '2026-03-02T02:00:00Z',
        hash: 'sha256',
        ...(restored ? { restored } : {}),
      },
      origin,
      key,
    );
  const compare = (before: string, after: string): Promise<Finding> =>
    compareHeads(before, verifyTreeHead(after, [publicKey])!, publicKey, async () => []);
  const lost = (lastSize: number, keptSize: number, root = 'ab') => ({ lastSize, keptSize, lastRoot: root.repeat(32) });

  it.each([
    ['the same head again', head(9, 0), head(9, 0), true],
    ['a shorter log', head(9, 0), head(8, 0), false],
    ['an earlier epoch', head(9, 1), head(9, 0), false],
    ['another root of the same size', head(9, 0), head(9, 0, undefined, 'cd'), false],
    ['a growth that is not proved', head(9, 0), head(12, 0), false],
    ['a loss that is stated', head(9, 0), head(5, 1, lost(9, 5)), null],
    ['a loss that is stated too small', head(9, 0), head(5, 1, lost(7, 5)), false],
    ['a loss of another history', head(9, 0), head(5, 1, lost(9, 5, 'cd')), false],
    ['a new epoch that lost nothing', head(9, 0), head(9, 1, lost(9, 9)), true],
    ['epochs in between that nobody saw', head(9, 0), head(9, 2, lost(9, 9)), false],
  ] as const)('%s', async (_name, before, after, ok) => {
    expect((await compare(before, after)).ok).toBe(ok);
  });
});

describe('backup and restore', () => {
  it('write an archive, check it, and refuse one that this release does not know', async () => {
    const file = join(trial.folder, 'all.tar.gz');
    expect(await cli('backup', file)).toMatchObject({
      code: 0,
      out: expect.stringContaining('日志 2 条'),
      err: expect.stringContaining('log.key'),
    });
    expect(await cli('backup', file)).toMatchObject({ code: 1, err: expect.stringContaining('[archive-exists]') });
    expect(await cli('restore', '--check', file)).toMatchObject({ code: 0, out: expect.stringContaining('日志 2 条') });
    const other = {
      ...trial.installation,
      configuration: () => ({ ...trial.installation.configuration(), folder: join(trial.folder, 'other') }),
    };
    const restore = (...args: string[]): Promise<Said> => runTold(['restore', ...args], { installation: other });
    // The trial's own migration is not one of the platform's: another release wrote the archive, as far as the command knows.
    expect(await restore(file, '--new-key')).toMatchObject({ code: 1, err: expect.stringContaining('trial/0001.sql') });
    expect(await restore('nowhere.tar.gz')).toMatchObject({ code: 1, err: expect.stringContaining('[no-such-file]') });
    expect(existsSync(join(trial.folder, 'other', 'pg'))).toBe(false);
  });
});

describe('the doctor', () => {
  const patient = (changed: Partial<Patient> = {}): Patient => ({
    database: trial.platform.database,
    folder: trial.folder,
    register: trial.platform.register,
    migrations: [
      { name: 'kernel', path: new URL('../../../kernel/migrations', import.meta.url).pathname },
      { name: 'server', path: new URL('../../server/migrations', import.meta.url).pathname },
      { name: 'trial', path: join(trial.folder, 'trial') },
    ],
    calendar: createCalendar(holidayYears),
    now: new Date('2026-03-02T02:00:00Z'),
    ...changed,
  });
  const faults = async (changed?: Partial<Patient>): Promise<string[]> =>
    (await examine(patient(changed))).filter(({ ok }) => ok !== true).map(({ ok, en }) => `${ok} ${en}`);

  it('finds nothing in an installation that is well', async () => {
    expect((await faults()).filter((text) => !text.includes('disk'))).toEqual([]);
  });

  it('names what is open, missing, overdue or unknown', async () => {
    chmodSync(join(trial.folder, 'log.key'), 0o644);
    await owner(`insert into desk.upload (id, person, name, media_type, size, sha256, created_at)
      select gen_random_uuid(), id, 'x.pdf', 'application/pdf', 1, repeat('ab', 32), now() from kernel.person limit 1`);
    await owner('alter table trial.licence add column stray text');
    await owner('alter table trial.licence no force row level security');
    const found = await faults({ now: new Date('2029-05-02T02:00:00Z') });
    for (const part of [
      'false Key files can be read by others: log.key',
      'false 1 files are missing',
      'trial.licence.stray: in the database, but not declared',
      'trial.licence: row security is not enabled and forced',
      'null 2 clocks have run out',
      'false The holidays of 2029 are not known',
    ])
      expect(
        found.some((text) => text.includes(part)),
        `${part} among ${found.join('\n')}`,
      ).toBe(true);
  });

  it('tells a database of another release', async () => {
    mkdirSync(join(trial.folder, 'newer'));
    writeFileSync(join(trial.folder, 'newer', '0002.sql'), 'select 1');
    const { migrations } = patient();
    const later = { name: 'newer', path: join(trial.folder, 'newer') };
    expect(await faults({ migrations: [...migrations, later] })).toEqual([
      'null The next start of the server applies newer/0002.sql.',
    ]);
    expect(await faults({ migrations: migrations.slice(0, 2) })).toEqual([
      'false The database belongs to a newer release; this one does not know trial/0001.sql.',
    ]);
  });
});

it('restores nothing over a remembered state that it cannot read', async () => {
  const state = join(trial.folder, 'state.json');
  writeFileSync(state, 'not JSON');
  expect(await cli('verify-log', '--state', state)).toMatchObject({ code: 2 });
  expect(readFileSync(state, 'utf8')).toBe('not JSON');
});
