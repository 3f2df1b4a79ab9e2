import { createHmac, randomUUID } from 'node:crypto';
import { Problem } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignIn, type SignIn } from './index.ts';

const password = '芙蓉区的长口令 2026';
let kernel: TestKernel;
let signIn: SignIn;
let app: FastifyInstance;
/** Milliseconds by which the clock of sessions is ahead. */
let ahead = 0;
const zhang = randomUUID();
const li = randomUUID();

const label = (zh: string) => ({ zh, en: zh });
const people = async () =>
  [
    { id: zhang, name: '张承办' },
    { id: li, name: '李处长' },
  ].map((person) => ({ ...person, role: label('承办人'), office: label('芙蓉区局'), does: label('办案') }));

async function open(demonstration: boolean): Promise<{ signIn: SignIn; app: FastifyInstance }> {
  const opened = await createSignIn({
    database: kernel.database,
    secret: 'a secret of forty-eight characters, for this test',
    baseUrl: 'http://127.0.0.1:3000',
    demonstration,
    demonstrationPeople: people,
    secureCookies: false,
    now: () => new Date(Date.now() + ahead),
  });
  const server = fastify();
  server.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Problem)) throw error;
    return reply.code(error.status).send({ code: error.code, ...error.more });
  });
  await server.register(opened.plugin, { me: async (request) => opened.person(request) });
  return { signIn: opened, app: server };
}

/** Adds a person to the kernel and gives an account; returns id and address. */
async function account(): Promise<{ person: string; email: string }> {
  const person = randomUUID();
  const email = `${person}@example.cn`;
  await kernel.database.asOwner((tx) =>
    tx.query('insert into kernel.person (id, name) values ($1, $2)', [person, '王审批']),
  );
  await signIn.createAccount(person, email, password);
  return { person, email };
}

const post = (url: string, payload: object, cookie?: string, from = '10.0.0.1') =>
  app.inject({
    method: 'POST',
    url,
    payload,
    remoteAddress: from,
    headers: { 'x-hengjian': '1', ...(cookie ? { cookie } : {}) },
  });
const enter = (person: string, cookie?: string) => post('/api/demonstration/sign-in', { person }, cookie);
/** The session's cookie as the browser sends it back. */
function cookieOf(response: LightMyRequestResponse): string {
  const found = response.cookies.find(({ name, value }) => name === 'hengjian.session_token' && value !== '');
  if (found === undefined) throw new Error(`No session in the answer: ${response.statusCode} ${response.body}`);
  return `${found.name}=${encodeURIComponent(found.value)}`;
}
const who = async (cookie: string) => (await signIn.person({ headers: { cookie } }))?.person ?? null;

/** RFC 6238 with SHA-1, six digits, thirty seconds; `steps` counts from now. */
function codeOf(uri: string, steps = 0): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...new URL(uri).searchParams.get('secret')!]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((octet) => Number.parseInt(octet, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

beforeAll(async () => {
  kernel = await testKernel({
    lifecycles: [],
    migrations: [{ name: 'server', path: new URL('../../migrations', import.meta.url).pathname }],
  });
  await kernel.database.asOwner((tx) =>
    tx.query('insert into kernel.person (id, name, demonstration) values ($1, $2, true), ($3, $4, true)', [
      zhang,
      '张承办',
      li,
      '李处长',
    ]),
  );
  ({ signIn, app } = await open(true));
});
afterAll(() => kernel.close());

describe('a visitor of the demonstration', () => {
  it('sees who may be chosen and signs in as one of them', async () => {
    const shown = await app.inject({ url: '/api/demonstration' });
    expect(shown.json()).toMatchObject({ enabled: true, people: [{ id: zhang, name: '张承办' }, { id: li }] });
    const response = await enter(zhang);
    expect(response.json()).toMatchObject({ person: zhang, grant: null });
    expect(response.headers['set-cookie']).toMatch(/^hengjian\.session_token=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await who(cookieOf(response))).toBe(zhang);
  });

  it('cannot become somebody who is not offered, or who is offered by mistake', async () => {
    const { person } = await account();
    expect((await enter(person)).json()).toEqual({ code: 'no-such-person' });
    expect((await enter('zhang')).json()).toEqual({ code: 'invalid-input' });
    await kernel.database.asOwner((tx) =>
      tx.query('update kernel.person set demonstration = false where id = $1', [li]),
    );
    expect((await enter(li)).json()).toEqual({ code: 'no-such-person' });
    await kernel.database.asOwner((tx) =>
      tx.query('update kernel.person set demonstration = true where id = $1', [li]),
    );
  });

  it('leaves the former session behind when choosing somebody else', async () => {
    const first = cookieOf(await enter(zhang));
    const second = cookieOf(await enter(li, first));
    expect(await who(second)).toBe(li);
    expect(await who(first)).toBeNull();
  });

  it('finds no such sign-in in a real installation, and no session from the time when it was one', async () => {
    const before = cookieOf(await enter(zhang));
    const real = await open(false);
    expect((await real.app.inject({ url: '/api/demonstration' })).statusCode).toBe(404);
    const attempt = await real.app.inject({
      method: 'POST',
      url: '/api/demonstration/sign-in',
      payload: { person: zhang },
    });
    expect(attempt.statusCode).toBe(404);
    expect(await real.signIn.person({ headers: { cookie: before } })).toBeNull();
  });
});

describe('an officer with a password', () => {
  it('signs in whatever the case of the address, and signs out', async () => {
    const { person, email } = await account();
    const response = await post('/api/sign-in', { email: email.toUpperCase(), password });
    const cookie = cookieOf(response);
    expect(response.json()).toMatchObject({ person });
    expect(await who(cookie)).toBe(person);
    const left = await post('/api/sign-out', {}, cookie);
    expect(left.statusCode).toBe(204);
    expect(left.headers['set-cookie']).toContain('Max-Age=0');
    expect(await who(cookie)).toBeNull();
    const rows = await kernel.database.asOwner((tx) =>
      tx.query('select from desk.sign_in_session where user_id = $1', [person]),
    );
    expect(rows).toEqual([]);
  });

  it('is told the same for a wrong password and an unknown address', async () => {
    const { email } = await account();
    for (const address of [email, `${randomUUID()}@example.cn`]) {
      const response = await post('/api/sign-in', { email: address, password: 'not the password' });
      expect([response.statusCode, response.json()]).toEqual([401, { code: 'wrong-credentials' }]);
      expect(response.cookies).toEqual([]);
    }
    expect((await post('/api/sign-in', { email: 'no address', password })).json()).toEqual({ code: 'invalid-input' });
  });

  it('is locked out after five wrong passwords, even many at once, and let in after a quarter of an hour', async () => {
    const { email } = await account();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        post('/api/sign-in', { email, password: 'not the password' }, undefined, '10.0.0.2'),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([401, 401, 401, 401, 401, 423, 423, 423]);
    expect((await post('/api/sign-in', { email, password })).json()).toEqual({ code: 'account-locked' });
    ahead = 16 * 60 * 1000;
    expect((await post('/api/sign-in', { email, password })).statusCode).toBe(200);
    ahead = 0;
  });

  it('is asked to wait when one address tries too often', async () => {
    const answers = [];
    for (let attempt = 0; attempt < 61; attempt += 1)
      answers.push(
        await post(
          '/api/sign-in',
          { email: `${attempt}@example.cn`, password: 'x'.repeat(200) },
          undefined,
          '10.0.0.3',
        ),
      );
    expect(answers.at(-1)!.json()).toMatchObject({ code: 'too-many-attempts', retryAfterSeconds: expect.any(Number) });
    expect(answers.slice(0, 60).every(({ statusCode }) => statusCode !== 429)).toBe(true);
  });

  it('cannot be given two accounts, a short password or a machine', async () => {
    const { person, email } = await account();
    await expect(signIn.createAccount(person, email, password)).rejects.toMatchObject({ code: 'account-exists' });
    await expect(signIn.createAccount(zhang, email, password)).rejects.toMatchObject({ code: 'email-taken' });
    await expect(signIn.createAccount(zhang, 'zhang@example.cn', '123456789')).rejects.toMatchObject({
      code: 'password-too-short',
    });
    await expect(
      signIn.createAccount('00000000-0000-7000-8000-000000000001', 'clock@example.cn', password),
    ).rejects.toMatchObject({ code: 'no-such-person' });
  });
});

describe('an officer with a second factor', () => {
  it('enrols an authenticator, then needs it, once per code, or a backup code', async () => {
    const { person, email } = await account();
    const first = cookieOf(await post('/api/sign-in', { email, password }));
    const grant = await hold(person);
    await signIn.choose((await signIn.person({ headers: { cookie: first } }))!.session, grant);
    expect((await post('/api/auth/two-factor/enable', { password: 'not the password' }, first)).json()).toEqual({
      code: 'wrong-password',
    });
    const enrolment = (await post('/api/auth/two-factor/enable', { password }, first)).json() as {
      totpURI: string;
      backupCodes: string[];
    };
    expect((await post('/api/sign-in', { email, password })).statusCode).toBe(200);
    const verified = await post('/api/auth/two-factor/verify-totp', { code: codeOf(enrolment.totpURI) }, first);
    expect(verified.json()).not.toHaveProperty('token');
    const second = cookieOf(verified);
    expect(await signIn.person({ headers: { cookie: second } })).toMatchObject({ person, grant });
    expect(await who(first)).toBeNull();

    const without = await post('/api/sign-in', { email, password });
    expect([without.statusCode, without.json(), without.cookies]).toEqual([401, { code: 'second-factor-needed' }, []]);
    const code = codeOf(enrolment.totpURI);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    expect((await post('/api/sign-in', { email, password, totp: wrong })).json()).toEqual({
      code: 'wrong-second-factor',
    });
    const entered = await post('/api/sign-in', { email, password, totp: code });
    expect(entered.json()).toMatchObject({ person });
    expect(entered.headers['set-cookie']).toMatch(/HttpOnly; SameSite=Lax$/);
    expect((await post('/api/sign-in', { email, password, totp: code })).json()).toEqual({
      code: 'wrong-second-factor',
    });

    const [backup] = enrolment.backupCodes;
    expect((await post('/api/sign-in', { email, password, totp: backup })).json()).toMatchObject({ person });
    expect((await post('/api/sign-in', { email, password, totp: backup })).json()).toEqual({
      code: 'wrong-second-factor',
    });
  });

  it('is not helped past the second factor by a session that the browser holds of somebody else', async () => {
    const { email } = await account();
    const own = cookieOf(await post('/api/sign-in', { email, password }));
    const { totpURI } = (await post('/api/auth/two-factor/enable', { password }, own)).json() as { totpURI: string };
    await post('/api/auth/two-factor/verify-totp', { code: codeOf(totpURI) }, own);
    const other = await account();
    const others = cookieOf(await post('/api/sign-in', { email: other.email, password }));
    const theirs = (await post('/api/auth/two-factor/enable', { password }, others)).json() as { totpURI: string };
    const response = await post('/api/sign-in', { email, password, totp: codeOf(theirs.totpURI) }, others);
    expect(response.json()).toEqual({ code: 'wrong-second-factor' });
    expect(await who(others)).toBe(other.person);
  });
});

describe('a session', () => {
  it('ends twelve hours after it was last used, and a week after it began', async () => {
    const hour = 60 * 60 * 1000;
    const cookie = cookieOf(await enter(zhang));
    ahead = 11 * hour;
    expect(await who(cookie)).toBe(zhang);
    ahead = 22 * hour;
    expect(await who(cookie)).toBe(zhang);
    ahead = 35 * hour;
    expect(await who(cookie)).toBeNull();

    ahead = 0;
    const used = cookieOf(await enter(zhang));
    for (ahead = 0; ahead < 168 * hour; ahead += 8 * hour) expect(await who(used)).toBe(zhang);
    expect(await who(used)).toBeNull();
    ahead = 0;
  });

  it('is the person who opened it and never another', async () => {
    const [first, second] = [cookieOf(await enter(zhang)), cookieOf(await enter(li))];
    const asked = await Promise.all(Array.from({ length: 40 }, (_, n) => who(n % 2 === 0 ? first : second)));
    expect(asked.every((person, n) => person === (n % 2 === 0 ? zhang : li))).toBe(true);
    const [token, signature] = [decodeURIComponent(first).split('.'), decodeURIComponent(second).split('.')];
    expect(
      await who(
        `hengjian.session_token=${encodeURIComponent(`${token[1]!.slice('session_token='.length)}.${signature.at(-1)}`)}`,
      ),
    ).toBeNull();
    expect(await who(first.slice(0, -8))).toBeNull();
    expect(await who('hengjian.session_token=%E0%A4%A')).toBeNull();
    expect(await signIn.person({ headers: {} })).toBeNull();
  });

  it('remembers a grant that its person holds and no other', async () => {
    const cookie = cookieOf(await enter(zhang));
    const { session } = (await signIn.person({ headers: { cookie } }))!;
    const grant = await hold(zhang);
    await signIn.choose(session, grant);
    expect(await signIn.person({ headers: { cookie } })).toEqual({ person: zhang, session, grant });
    await expect(signIn.choose(session, await hold(li))).rejects.toMatchObject({ status: 403, code: 'not-your-grant' });
    expect(await signIn.person({ headers: { cookie } })).toMatchObject({ grant });
  });

  it('asks the database once in five seconds, and again at once after it was ended', async () => {
    const cookie = cookieOf(await enter(zhang));
    await who(cookie);
    await kernel.database.asOwner((tx) => tx.query('delete from desk.sign_in_session'));
    expect(await who(cookie)).toBe(zhang);
    ahead = 6_000;
    expect(await who(cookie)).toBeNull();
    ahead = 0;
    const other = cookieOf(await enter(zhang));
    await who(other);
    await post('/api/sign-out', {}, other);
    expect(await who(other)).toBeNull();
  });
});

describe('what lies behind', () => {
  it('is closed to every role that works under a claim', async () => {
    for (const role of ['hengjian_app', 'hengjian_public'] as const)
      await expect(
        kernel.database.transaction(role, null, (tx) => tx.query('select token from desk.sign_in_session')),
      ).rejects.toMatchObject({ code: '42501' });
    const unguarded = `select relname from pg_class where relname like 'sign\\_in\\_%' and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)`;
    expect(await kernel.database.asOwner((tx) => tx.query(unguarded))).toEqual([]);
  });

  it('lets nobody go past the lock or make an account through the library', async () => {
    const { email } = await account();
    const cookie = cookieOf(await enter(zhang));
    for (const path of [
      'sign-in/email',
      'sign-up/email',
      'update-user',
      'delete-user',
      'sign-in/social',
      'two-factor/verify-backup-code',
    ])
      expect((await post(`/api/auth/${path}`, { email, password, name: 'x' }, cookie)).json()).toEqual({
        code: 'no-such-address',
      });
    expect((await app.inject({ url: '/api/auth/get-session', headers: { cookie } })).statusCode).toBe(404);
    expect(
      (await app.inject({ method: 'POST', url: '/api/auth/change-password', payload: {}, headers: { cookie } })).json(),
    ).toEqual({ code: 'header-missing' });
    expect((await post('/api/auth/change-password', {})).json()).toEqual({ code: 'sign-in-needed' });
  });

  it('changes a password and ends the other sessions', async () => {
    const { person, email } = await account();
    const elsewhere = cookieOf(await post('/api/sign-in', { email, password }));
    const here = cookieOf(await post('/api/sign-in', { email, password }));
    await who(elsewhere);
    const newPassword = `${password} neu`;
    expect(
      (await post('/api/auth/change-password', { currentPassword: password, newPassword: 'short' }, here)).json(),
    ).toEqual({ code: 'password-too-short' });
    const changed = await post('/api/auth/change-password', { currentPassword: password, newPassword }, here);
    expect(await who(cookieOf(changed))).toBe(person);
    expect(await who(elsewhere)).toBeNull();
    expect((await post('/api/sign-in', { email, password })).json()).toEqual({ code: 'wrong-credentials' });
    expect((await post('/api/sign-in', { email, password: newPassword })).statusCode).toBe(200);
  });

  it('never makes the database wait for itself', async () => {
    const { email } = await account();
    const both = await Promise.all([
      ...Array.from({ length: 5 }, () => post('/api/sign-in', { email, password }, undefined, '10.0.0.4')),
      ...Array.from({ length: 20 }, () =>
        kernel.database.transaction('hengjian_machine', null, (tx) => tx.query('select 1 as one')),
      ),
    ]);
    expect(both).toHaveLength(25);
  });
});

/** A grant of that person in force. */
async function hold(person: string): Promise<string> {
  const id = randomUUID();
  await kernel.database.asOwner((tx) =>
    tx.query(
      `insert into kernel.grant (id, home, office, parties, state, person, person_name, role, valid_from)
       values ($1, 430, '43', '{}', 'held', $2, '某人', 'organiser', '2020-01-01')`,
      [id, person],
    ),
  );
  return id;
}
