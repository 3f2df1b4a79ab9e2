import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demonstrationPeople } from '../../server/src/demonstration/people.ts';
import { createApp } from '../../server/src/http/app.ts';
import { createSignIn } from '../../server/src/sign-in/index.ts';
import { openTrialInstallation, runTold, type Said, type TrialInstallation } from './trial-installation.ts';

let trial: TrialInstallation;
let app: FastifyInstance;
let server: string;
const cli = (args: string[], env: Record<string, string> = {}): Promise<Said> =>
  runTold([...args, '--server', server], { env: { XDG_STATE_HOME: join(trial.folder, 'state'), ...env } });
const application = (firmName: string): string => JSON.stringify({ firm: randomUUID(), firmName, kind: 'scales' });

beforeAll(async () => {
  trial = await openTrialInstallation();
  const { platform, installation, folder } = trial;
  mkdirSync(join(folder, 'front', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'front', 'index.html'), '<!doctype html>');
  const configuration = installation.configuration();
  const signIn = await createSignIn({
    database: platform.database,
    secret: 'x'.repeat(40),
    baseUrl: configuration.baseUrl,
    demonstration: true,
    demonstrationPeople: () => demonstrationPeople(platform),
    secureCookies: false,
  });
  await signIn.createAccount(trial.people.window, 'zhang@example.gov.cn', '一个够长的密码 1234');
  app = await createApp(platform, configuration, signIn, {
    console: join(folder, 'front'),
    portal: join(folder, 'front'),
    field: join(folder, 'front'),
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  server = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await app?.close();
  await trial.close();
  rmSync(trial.folder, { recursive: true, force: true });
});

describe('through a running server', () => {
  it('acts, lists and asks as a person of the demonstration', async () => {
    const done = await cli(['act', 'trial.licence', 'apply', '--input', application('湘衡电线厂'), '--as', '张一']);
    expect(done).toMatchObject({ code: 0, err: expect.stringContaining('湘衡电线厂') });
    const listed = await cli(['list', 'trial.licence', '--open', '--as', '张一', '--json']);
    expect(JSON.parse(listed.out).rows.map(({ id }: { id: string }) => id)).toEqual([done.out.trim()]);
    const asked = await cli([
      'query',
      'trial.open-licences',
      '--param',
      'state=submitted',
      '--as',
      trial.people.window,
    ]);
    expect(JSON.parse(asked.out)).toMatchObject({ count: 1 });
  });

  it('signs in by e-mail address and password', async () => {
    const args = ['list', '--as', 'zhang@example.gov.cn'];
    expect(await cli(args, { HENGJIAN_PASSWORD: '一个够长的密码 1234' })).toMatchObject({ code: 0 });
    expect(await cli(args, { HENGJIAN_PASSWORD: '错误的密码错误的密码' })).toMatchObject({ code: 1 });
    expect(await cli(args)).toMatchObject({ code: 2, err: expect.stringContaining('HENGJIAN_PASSWORD') });
    expect(await cli(['list'])).toMatchObject({ code: 2 });
  });

  it('chooses among several posts and passes refusals on as they are', async () => {
    expect(await cli(['list', '--as', '王二'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('[several-grants]'),
    });
    expect(await cli(['list', '--as', '王二', '--office', '4301'])).toMatchObject({ code: 0 });
    const refused = await cli([
      'act',
      'trial.licence',
      'apply',
      '--input',
      '{"firmName": 7}',
      '--as',
      '张一',
      '--lang',
      'en',
    ]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('input.firm: This is required.') });
  });

  it('exports what the server makes of the list', async () => {
    const file = join(trial.folder, 'remote.csv');
    expect(await cli(['export', 'trial.licence', '-o', file, '--as', '张一'])).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toContain('湘衡电线厂');
  });

  it('verifies the log from outside and notices when it is exchanged', async () => {
    await trial.platform.sealer.seal();
    const first = await cli(['verify-log']);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('取自服务器本身') });
    await cli(['act', 'trial.licence', 'apply', '--input', application('第二家'), '--as', '张一']);
    await trial.platform.sealer.seal();
    expect(await cli(['verify-log'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('与以前所见的 1 条一致，新增 1 条'),
    });
    await trial.platform.database.asOwner((tx) =>
      tx.query(`update kernel.log_node set hash = sha256('other') where level = 0 and index = 0`),
    );
    await cli(['act', 'trial.licence', 'apply', '--input', application('第三家'), '--as', '张一']);
    await trial.platform.sealer.seal();
    await trial.platform.database.asOwner((tx) =>
      tx.query(`update kernel.log_node set hash = sha256('other') where level = 1 and index = 0`),
    );
    await cli(['act', 'trial.licence', 'apply', '--input', application('第四家'), '--as', '张一']);
    await trial.platform.sealer.seal();
    expect(await cli(['verify-log'])).toMatchObject({ code: 1, out: expect.stringContaining('历史被改写过') });
  });

  it('says so when no server answers', async () => {
    expect(await runTold(['verify-log', '--server', 'http://127.0.0.1:9'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('[server-unreachable]'),
    });
  });
});
