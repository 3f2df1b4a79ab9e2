import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { migratedCluster } from '@hengjian/kernel/testing';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carelessness, readConfiguration, unknownVariables } from '../config.ts';
import { migrationFolders, openPlatform, type Platform, secretOf } from '../platform.ts';
import { createSignIn } from '../sign-in/index.ts';
import { createApp } from './app.ts';

const folder = mkdtempSync(join(tmpdir(), 'hengjian-operation-'));
let platform: Platform;
const now = new Date('2026-03-02T02:00:00Z');
const opened: FastifyInstance[] = [];
const people = [randomUUID(), randomUUID()];

/** The server under other settings, on the same platform. */
async function serve(env: Record<string, string> = {}): Promise<FastifyInstance> {
  const configuration = readConfiguration({ HENGJIAN_DATA: folder, HENGJIAN_LOG: 'silent', ...env });
  const label = { zh: '', en: '' };
  const signIn = await createSignIn({
    database: platform.database,
    secret: secretOf(folder, 'session'),
    baseUrl: configuration.baseUrl,
    demonstration: true,
    demonstrationPeople: async () => people.map((id) => ({ id, name: '', role: label, office: label, does: label })),
    secureCookies: false,
  });
  const app = await createApp(platform, configuration, signIn, {
    console: join(folder, 'console'),
    portal: join(folder, 'portal'),
    field: join(folder, 'console'),
  });
  await app.ready();
  opened.push(app);
  return app;
}

const rows = (text: string, params: unknown[] = []): Promise<Record<string, unknown>[]> =>
  platform.database.asOwner((tx) => tx.query(text, params));

async function cookieOf(app: FastifyInstance, person: string): Promise<string> {
  const { cookies } = await app.inject({
    method: 'POST',
    url: '/api/demonstration/sign-in',
    headers: { 'x-hengjian': '1' },
    payload: { person },
  });
  return cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
}

beforeAll(async () => {
  mkdirSync(join(folder, 'console', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'console', 'index.html'), '<!doctype html>');
  platform = await openPlatform({
    folder: join(folder, 'data'),
    now: () => now,
    template: await migratedCluster(migrationFolders),
  });
  for (const id of people)
    await rows(`insert into kernel.person (id, name, demonstration) values ($1, '王某某', true)`, [id]);
});
afterAll(async () => {
  for (const app of opened) await app.close();
  await platform.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('whoever runs the installation', () => {
  it('learns whether it is ready, and why not', async () => {
    const app = await serve();
    const ask = async () => {
      const { statusCode, body } = await app.inject({ url: '/health/ready' });
      return { statusCode, ...JSON.parse(body) };
    };
    expect(await ask()).toEqual({ statusCode: 200, ready: true, reasons: [] });
    await rows(
      `insert into kernel.event (id, record, entity, action, office, actor, actor_name, role, command, part, input_digest, occurred_at, recorded_at,
         to_state, edition, version, input, changes, salts, leaf)
       values (gen_random_uuid(), gen_random_uuid(), 'x', 'x', 'x', gen_random_uuid(), '', 'x', gen_random_uuid(), 0, '', '2026-03-02T01:00:00Z',
         '2026-03-02T01:00:00Z', 'x', 'x', 1, '{}', '{}', '{}', sha256('x'))`,
    );
    expect(await ask()).toEqual({ statusCode: 503, ready: false, reasons: ['sealing-behind'] });
    const { body } = await app.inject({ url: '/health' });
    expect(JSON.parse(body)).toEqual({ ok: true, database: 'pglite', unsealed: 1, parked: 0 });
    await platform.sealer.seal();
    expect(await ask()).toMatchObject({ statusCode: 200 });
  });

  it('sends what is long packed, as the browser takes it, and the same when it takes nothing packed', async () => {
    const app = await serve();
    const ask = (encoding: string, url = '/api/openapi.json') =>
      app.inject({ url, headers: { 'accept-encoding': encoding } });
    const plain = await ask('identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
    for (const [encoding, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const { headers, rawPayload } = await ask(`${encoding}, deflate;q=0.1`);
      expect(headers['content-encoding']).toBe(encoding);
      expect(rawPayload.length).toBeLessThan(plain.rawPayload.length / 4);
      expect(unpack(rawPayload).equals(plain.rawPayload)).toBe(true);
    }
    expect((await ask('br', '/health')).headers['content-encoding']).toBeUndefined();
  });

  it('reads how far machines and jobs are behind, in numbers that name nobody', async () => {
    const app = await serve();
    await rows(
      `insert into desk.job (id, kind, person, label_zh, label_en, state, payload, created_at)
       values (gen_random_uuid(), 'another.kind', $1, '导入 王某某的名单', 'x', 'queued', '{}', '2026-03-02T01:30:00Z')`,
      [people[0]],
    );
    const [record] = await rows(
      `insert into kernel.record (id, entity, home, office, title, state, opened_at, updated_at, version, edition)
       values (gen_random_uuid(), 'x', 430, 'x', '王某某', 'x', now(), now(), 1, 'x') returning id`,
    );
    await rows(
      `insert into kernel.clock (id, record, name, rule, basis, started_on, start_event, due_on, provisional, status, on_expiry)
       values (gen_random_uuid(), $1, 'x', '{}', 'x', '2026-02-01', gen_random_uuid(), '2026-02-28', false, 'running', 'x')`,
      [record!.id],
    );
    const { statusCode, body } = await app.inject({ url: '/metrics' });
    expect(statusCode).toBe(200);
    const value = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(body)![1]);
    expect(value('hengjian_job_queue_age_seconds')).toBe(1_800);
    expect(value('hengjian_overdue_clocks')).toBe(1);
    // The 28th of February ended in China at 16:00 UTC; it is the 2nd of March, 02:00.
    expect(value('hengjian_clock_lag_seconds')).toBe(34 * 3_600);
    expect(value('hengjian_unsealed_events')).toBe(0);
    expect(body).not.toContain('王某某');
    expect(JSON.parse((await app.inject({ url: '/health/ready' })).body).reasons).toEqual(['clocks-behind']);
    await rows('delete from kernel.clock; delete from kernel.record; delete from desk.job;');
  });

  it('keeps the metrics to this machine, or to the bearer of the token', async () => {
    const app = await serve();
    expect((await app.inject({ url: '/metrics', remoteAddress: '10.1.2.3' })).statusCode).toBe(403);
    const closed = await serve({ HENGJIAN_METRICS_TOKEN: 'a-token-of-some-length' });
    const ask = async (authorization?: string): Promise<number> =>
      (
        await closed.inject({
          url: '/metrics',
          remoteAddress: '10.1.2.3',
          headers: authorization ? { authorization } : {},
        })
      ).statusCode;
    expect(await ask()).toBe(403);
    expect(await ask('Bearer a-token-of-some-lengtH')).toBe(403);
    expect(await ask('Bearer a-token-of-some-length')).toBe(200);
  });
});

describe('requests', () => {
  it('are counted by person, so that one does not shut out the others of his office', async () => {
    const app = await serve({ HENGJIAN_REQUESTS_PER_MINUTE: '60' });
    const [eager, calm] = [await cookieOf(app, people[0]!), await cookieOf(app, people[1]!)];
    const ask = (cookie: string) => app.inject({ url: '/api/me', headers: { cookie } });
    const answers = [];
    for (let count = 0; count < 61; count += 1) answers.push((await ask(eager)).statusCode);
    expect(answers.slice(0, 60).every((status) => status === 200)).toBe(true);
    expect(answers.at(-1)).toBe(429);
    const refused = await ask(eager);
    expect(JSON.parse(refused.body)).toMatchObject({
      code: 'too-many-requests',
      detail: expect.stringContaining('频繁'),
    });
    expect((await ask(calm)).statusCode).toBe(200);
  });

  it('may bring fewer files than questions', async () => {
    const app = await serve({ HENGJIAN_REQUESTS_PER_MINUTE: '60' });
    const cookie = await cookieOf(app, people[1]!);
    const send = () =>
      app.inject({ method: 'POST', url: '/api/uploads', headers: { cookie, 'x-hengjian': '1' }, payload: {} });
    const answers = [];
    for (let count = 0; count < 7; count += 1) answers.push((await send()).statusCode);
    expect(answers.slice(0, 6).every((status) => status !== 429)).toBe(true);
    expect(answers.at(-1)).toBe(429);
  });

  it('are answered with headers that keep pages from being framed, sniffed, scripted from elsewhere or kept', async () => {
    const app = await serve({ HENGJIAN_BASE_URL: 'https://hengjian.example' });
    const { headers } = await app.inject({ url: '/console' });
    expect(headers['content-security-policy']).toMatch(/default-src 'self'.*script-src 'self'/);
    expect(headers['content-security-policy']).toMatch(/frame-ancestors 'self'/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age='),
      'permissions-policy': expect.stringContaining('microphone=()'),
    });
    const api = await app.inject({ url: '/api/me' });
    expect([api.statusCode, api.headers['cache-control']]).toEqual([401, 'private, no-store']);
  });
});

describe('the configuration', () => {
  it.each([
    [{ PORT: 'http' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ HENGJIAN_BASE_URL: 'hengjian.example' }, 'HENGJIAN_BASE_URL'],
    [{ HENGJIAN_DEMONSTRATION: 'yes' }, 'HENGJIAN_DEMONSTRATION'],
    [{ HENGJIAN_LOG: 'loud' }, 'HENGJIAN_LOG'],
    [{ HENGJIAN_REQUESTS_PER_MINUTE: '0' }, 'HENGJIAN_REQUESTS_PER_MINUTE'],
    [{ HENGJIAN_METRICS_TOKEN: 'short' }, 'HENGJIAN_METRICS_TOKEN'],
  ])('is refused at the start with the name of what is wrong: %j', (env, name) => {
    expect(() => readConfiguration(env)).toThrow(new RegExp(`configuration is wrong[\\s\\S]*${name}`));
  });

  it('is looked through for carelessness and misspelt names', () => {
    expect(carelessness(readConfiguration({}))).toEqual([]);
    expect(carelessness(readConfiguration({ HOST: '0.0.0.0' })).map(({ en }) => en)).toEqual([
      expect.stringContaining('not https'),
    ]);
    expect(
      carelessness(readConfiguration({ DATABASE_URL: 'postgres://x@y/z', HENGJIAN_DEMONSTRATION: '1' })).map(
        ({ en }) => en,
      ),
    ).toEqual([expect.stringContaining('nobody needs a password')]);
    expect(unknownVariables({ HENGJIAN_DATA: 'x', HENGJIAN_DEMONSTATION: '0', PATH: '' })).toEqual([
      'HENGJIAN_DEMONSTATION',
    ]);
  });
});
