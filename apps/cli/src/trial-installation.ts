/** A small installation for the tests of the commands: the trial licence, two offices' people, a register of nothing else. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshKeyring, readKeyring } from '@hengjian/complaints';
import { query } from '@hengjian/kernel';
import { testKernel } from '@hengjian/kernel/testing';
import { roles } from '@hengjian/people';
import { logKeyOf } from '@hengjian/transparency/verification';
import { z } from 'zod';
import { licence } from '../../../tests/trials/licence.ts';
import { createFileStore } from '../../server/src/files.ts';
import type { Platform } from '../../server/src/platform.ts';
import type { Installation } from './installation.ts';
import { run } from './run.ts';

const trialMigration = `create schema trial; grant usage on schema trial to hengjian_app;
  create table trial.licence (id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
    firm uuid not null, firm_name text not null, kind text not null, contact text, missing jsonb, decision text, valid_until date, reason text);
  select kernel.protect('trial.licence', 'trial.licence');`;

const openLicences = query({
  name: 'trial.open-licences',
  label: { zh: '未办结的许可', en: 'Open licences' },
  roles: ['organiser'],
  input: z.object({ state: z.string() }),
  answer: async ({ state }, { sql }) => {
    const [row] = await sql.query<{ n: number }>('select count(*) as n from trial.licence where state = $1', [state]);
    return { state, count: Number(row!.n) };
  },
});

const publicEntries = query({
  name: 'trial.public-entries',
  label: { zh: '公开内容', en: 'Public entries' },
  roles: ['public'],
  input: z.object({ kind: z.string() }),
  answer: async ({ kind }, { sql }) => {
    const [row] = await sql.query<{ n: number }>('select count(*) as n from public_record.entry where kind = $1', [
      kind,
    ]);
    return { kind, count: Number(row!.n) };
  },
});

export interface TrialInstallation {
  platform: Platform;
  installation: Installation;
  folder: string;
  people: { window: string; chief: string; twice: string };
  close(): Promise<void>;
}

/** One officer at the window (organiser), a section chief, and somebody who holds two posts. */
export async function openTrialInstallation(): Promise<TrialInstallation> {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-cli-'));
  mkdirSync(join(folder, 'trial'));
  writeFileSync(join(folder, 'trial', '0001.sql'), trialMigration);
  writeFileSync(join(folder, 'log.key'), '07'.repeat(32), { mode: 0o600 });
  const kernel = await testKernel({
    lifecycles: [licence],
    roles,
    queries: [openLicences, publicEntries],
    migrations: [
      { name: 'server', path: new URL('../../server/migrations', import.meta.url).pathname },
      { name: 'trial', path: join(folder, 'trial') },
    ],
  });
  const { database, sealer } = kernel;
  const appoint = async (
    name: string,
    email: string | null,
    ...posts: [role: string, office: string][]
  ): Promise<string> => {
    const person = randomUUID();
    await database.asOwner(async (tx) => {
      await tx.query('insert into kernel.person (id, name, email, demonstration) values ($1, $2, $3, true)', [
        person,
        name,
        email,
      ]);
      for (const [role, office] of posts)
        await tx.query(
          `insert into kernel.grant (id, home, office, parties, state, person, person_name, role, valid_from)
           values ($1, 430, $2, '{}', 'held', $3, $4, $5, '2020-01-01')`,
          [randomUUID(), office, person, name, role],
        );
    });
    return person;
  };
  const people = {
    window: await appoint('张一', 'zhang@example.gov.cn', ['organiser', '43']),
    chief: await appoint('赵处长', null, ['section-chief', '43']),
    twice: await appoint('王二', null, ['organiser', '43'], ['organiser', '4301']),
  };
  const platform: Platform = {
    ...kernel,
    folder,
    logKey: logKeyOf('hengjian.test/log', new Uint8Array(32).fill(7)),
    identities: readKeyring(freshKeyring()),
    files: createFileStore(join(folder, 'files')),
    settle: async () => {
      await sealer.seal();
    },
    start: () => undefined,
    // The commands stop what they open; here the next one needs it again.
    stop: async () => undefined,
    refreshOffices: async () => undefined,
  };
  const installation: Installation = {
    configuration: () => ({
      port: 0,
      host: '127.0.0.1',
      folder,
      databaseUrl: undefined,
      demonstration: true,
      practice: false,
      baseUrl: 'http://127.0.0.1',
      trustProxy: false,
      requestsPerMinute: 1200,
      metricsToken: undefined,
      signing: undefined,
      exchange: undefined,
      identityKeys: undefined,
      log: 'silent',
    }),
    open: async () => platform,
    openDatabase: async () => ({
      database,
      folder,
      logName: 'hengjian.test/log',
      source: folder,
      close: async () => undefined,
    }),
  };
  return { platform, installation, folder, people, close: () => kernel.close() };
}

export interface Said {
  code: number;
  out: string;
  err: string;
}

/** Runs a command line as a test: what it said, and its exit code. */
export async function runTold(
  args: readonly string[],
  options: { installation?: Installation; env?: Record<string, string>; watched?: boolean } = {},
): Promise<Said> {
  const said: Said = { code: -1, out: '', err: '' };
  said.code = await run(
    args,
    {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
      watched: options.watched ?? false,
      env: { LANG: 'zh_CN.UTF-8', ...options.env },
    },
    options.installation,
  );
  return said;
}
