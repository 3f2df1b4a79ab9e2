import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migratedCluster } from '@hengjian/kernel/testing';
import { roles } from '@hengjian/people';
import type { FastifyInstance } from 'fastify';
import { readConfiguration } from '../../apps/server/src/config.ts';
import { createStoryClock } from '../../apps/server/src/demonstration/clock.ts';
import { seedDemonstration } from '../../apps/server/src/demonstration/seed.ts';
import { createApp } from '../../apps/server/src/http/app.ts';
import { migrationFolders, openPlatform, type Platform, secretOf } from '../../apps/server/src/platform.ts';
import { createSignIn } from '../../apps/server/src/sign-in/index.ts';

export type Row = Record<string, unknown>;

/** A post as the table of grants holds it. */
export interface Post {
  id: string;
  person: string;
  role: string;
  office: string;
  organisation: string | null;
}

export interface Answer {
  status: number;
  type: string;
  text: string;
  raw: Buffer;
  body: Row;
}

export interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
}

/** The demonstration in this process, without a port, and everybody whom the matrix needs. */
export interface Matrix {
  platform: Platform;
  app: FastifyInstance;
  posts: Post[];
  /** Reads as the owner of the tables: what is really there. */
  rows<T = Row>(text: string, parameters?: unknown[]): Promise<T[]>;
  /** Asks over HTTP as the holder of a post, or without a session. */
  ask(post: Post | null, url: string, options?: Ask): Promise<Answer>;
  post(role: string, place: string): Post;
  /** Enters somebody with a post for the first time, as the owner. */
  enter(role: string, office: string, organisation: string | null): Promise<Post>;
  close(): Promise<void>;
}

/** Province, city and county of Hunan; the same of another province. */
export const places = ['430000', '430100', '430102', '350000', '350100', '350102'];
export const officerRoles = Object.keys(roles).filter(
  (role) => !role.startsWith('lab-') && role !== 'enterprise-agent',
);

/** Posts that are tried in every place; every other one at the province and at one more place, in turn. */
const everywhere = new Set([
  'planner',
  'organiser',
  'section-chief',
  'result-handler',
  'auditor',
  'system-administrator',
]);

/** A database of its own in the cluster that HENGJIAN_TEST_DATABASE names; without it the embedded one. */
async function ownDatabase(): Promise<string | undefined> {
  const cluster = process.env.HENGJIAN_TEST_DATABASE;
  if (cluster === undefined) return undefined;
  const { default: pg } = await import('pg');
  const name = `matrix_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: cluster });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return Object.assign(new URL(cluster), { pathname: `/${name}` }).toString();
}

export async function openMatrix(): Promise<Matrix> {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-matrix-'));
  const story = createStoryClock();
  const databaseUrl = await ownDatabase();
  const platform = await openPlatform({
    folder: join(folder, 'data'),
    databaseUrl,
    now: story.now,
    template: await migratedCluster(migrationFolders),
  });
  await seedDemonstration(platform, { say: () => undefined, setClock: story.hold });
  const rows = <T = Row>(text: string, parameters: unknown[] = []): Promise<T[]> =>
    platform.database.asOwner((tx) => tx.query<T>(text, parameters));

  const console = join(folder, 'console');
  mkdirSync(join(console, 'assets'), { recursive: true });
  writeFileSync(join(console, 'index.html'), '<!doctype html>');
  const configuration = readConfiguration({
    HENGJIAN_DATA: folder,
    HENGJIAN_LOG: 'silent',
    // The limit of requests is tested elsewhere.
    HENGJIAN_REQUESTS_PER_MINUTE: '10000000',
  });
  const label = { zh: '', en: '' };
  const signIn = await createSignIn({
    database: platform.database,
    secret: secretOf(folder, 'session'),
    baseUrl: configuration.baseUrl,
    demonstration: true,
    demonstrationPeople: async () =>
      (await rows<{ person: string }>('select distinct person from kernel.grant')).map(({ person }) => ({
        id: person,
        name: '',
        role: label,
        office: label,
        does: label,
      })),
    secureCookies: false,
  });
  const app = await createApp(platform, configuration, signIn, {
    console,
    portal: join(folder, 'portal'),
    field: console,
  });
  await app.ready();

  const cookies = new Map<string, string>();
  let asked = 0;
  const send = async (url: string, { method = 'GET', body, headers = {} }: Ask): Promise<Answer> => {
    asked += 1;
    const response = await app.inject({
      method,
      url,
      remoteAddress: `10.0.0.${1 + (Math.floor(asked / 1000) % 250)}`,
      headers: { 'x-hengjian': '1', ...headers },
      ...(body === undefined ? {} : { payload: body as string | Buffer | object }),
    });
    const type = String(response.headers['content-type'] ?? '');
    const json = type.includes('json') && response.body !== '';
    return {
      status: response.statusCode,
      type,
      text: response.body,
      raw: response.rawPayload,
      body: json ? (JSON.parse(response.body) as Row) : {},
    };
  };
  const cookieOf = async (post: Post): Promise<string> => {
    const known = cookies.get(post.id);
    if (known !== undefined) return known;
    asked += 1;
    const response = await app.inject({
      method: 'POST',
      url: '/api/demonstration/sign-in',
      remoteAddress: `10.0.1.${1 + (asked % 250)}`,
      headers: { 'x-hengjian': '1' },
      payload: { person: post.person },
    });
    if (response.statusCode !== 200) throw new Error(`Signing in failed: ${response.body}`);
    const cookie = response.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
    cookies.set(post.id, cookie);
    return cookie;
  };

  const posts: Post[] = [];
  const matrix: Matrix = {
    platform,
    app,
    posts,
    rows,
    ask: async (post, url, options = {}) =>
      send(url, {
        ...options,
        headers: { ...(post === null ? {} : { cookie: await cookieOf(post) }), ...options.headers },
      }),
    post(role, place) {
      const found = posts.find((post) => post.role === role && (post.office === place || post.organisation === place));
      if (found === undefined) throw new Error(`Nobody is ${role} at ${place}.`);
      return found;
    },
    async enter(role, office, organisation) {
      const person = randomUUID();
      const id = randomUUID();
      await platform.database.asOwner(async (tx) => {
        await tx.query('insert into kernel.person (id, name, demonstration) values ($1, $2, true)', [
          person,
          `${role} ${office}`,
        ]);
        await tx.query(
          `insert into kernel.grant (id, home, office, parties, state, person, person_name, role, organisation, valid_from)
           values ($1, $2, $3, array['person:' || $4::text], 'held', $4::uuid, $5, $5, $6::uuid, '2020-01-01')`,
          [id, Number(office.slice(0, 2)), office, person, role, organisation],
        );
        await tx.query(
          `insert into kernel.record (id, entity, home, office, title, state, opened_at, updated_at, version, edition, parties)
           values ($1, 'kernel.grant', $2, $3, $4, 'held', now(), now(), 1, '2020', array['person:' || $5::text])`,
          [id, Number(office.slice(0, 2)), office, role, person],
        );
      });
      const post = { id, person, role, office, organisation };
      posts.push(post);
      return post;
    },
    async close() {
      await app.close();
      await platform.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  for (const [index, role] of officerRoles.entries())
    for (const office of everywhere.has(role) ? places : ['430000', places[1 + (index % 5)]!])
      await matrix.enter(role, office, null);
  const firms = await rows<{ enterprise: string }>(
    `select distinct on (state) enterprise from sampling.task where state <> 'reserved' order by state, id`,
  );
  for (const { enterprise } of firms) await matrix.enter('enterprise-agent', '430000', enterprise);
  const [laboratory] = await rows<{ id: string }>(`select lab->>'id' as id from sampling.task where state = 'tested'`);
  for (const role of ['sampler', 'lab-receiver', 'lab-tester', 'lab-signatory'])
    await matrix.enter(role, '430000', laboratory!.id);
  // The real people too, whose own tasks name them: samplers and staff of laboratories.
  posts.push(
    ...(await rows<Post>(
      `select distinct on (role, organisation is null) id, person, role, office, organisation from kernel.grant
       where role in ('sampler', 'lab-receiver', 'lab-tester', 'lab-signatory', 'enterprise-agent', 'result-handler') and valid_from > '2020-01-01'
       order by role, organisation is null, id`,
    )),
  );
  return matrix;
}
