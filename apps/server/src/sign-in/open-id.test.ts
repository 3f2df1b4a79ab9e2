import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Problem } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readOpenId } from './authentication.ts';
import { createSignIn, type SignIn } from './index.ts';

let kernel: TestKernel;
let provider: Provider;
let signIn: SignIn;
let app: FastifyInstance;
const person = randomUUID();

/** An OpenID provider on loopback. Its authorization code is the nonce, so that the token can carry it. */
interface Provider {
  server: Server;
  issuer: string;
  /** What it says of whoever signs in. */
  claims: Record<string, unknown>;
  asked: string[];
  forge: boolean;
}

async function openProvider(): Promise<Provider> {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const opened: Provider = { server: createServer(), issuer: '', claims: {}, asked: [], forge: false };
  const answers: Record<string, (body: URLSearchParams) => object> = {
    '/.well-known/openid-configuration': () => ({
      issuer: opened.issuer,
      authorization_endpoint: `${opened.issuer}/authorize`,
      token_endpoint: `${opened.issuer}/token`,
      jwks_uri: `${opened.issuer}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/keys': () => ({ keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] }),
    '/token': (body) => {
      const now = Math.floor(Date.now() / 1000);
      const text = `${encode({ alg: 'RS256', kid: 'one' })}.${encode({ iss: opened.issuer, aud: 'hengjian', iat: now, exp: now + 300, nonce: body.get('code'), ...opened.claims })}`;
      const signature = sign('sha256', Buffer.from(text), opened.forge ? stranger.privateKey : key.privateKey).toString(
        'base64url',
      );
      return { access_token: 'unused', token_type: 'Bearer', id_token: `${text}.${signature}` };
    },
  };
  opened.server.on('request', async (request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname;
    opened.asked.push(path);
    let body = '';
    for await (const chunk of request) body += String(chunk);
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(answers[path]?.(new URLSearchParams(body)) ?? {}));
  });
  opened.server.listen(0, '127.0.0.1');
  await once(opened.server, 'listening');
  opened.issuer = `http://127.0.0.1:${(opened.server.address() as AddressInfo).port}`;
  return opened;
}

beforeAll(async () => {
  kernel = await testKernel({
    lifecycles: [],
    migrations: [{ name: 'server', path: new URL('../../migrations', import.meta.url).pathname }],
  });
  await kernel.database.asOwner((tx) =>
    tx.query(`insert into kernel.person (id, name) values ($1, '赵局长')`, [person]),
  );
  provider = await openProvider();
  vi.stubEnv('HENGJIAN_OIDC_ISSUER', provider.issuer);
  vi.stubEnv('HENGJIAN_OIDC_CLIENT_ID', 'hengjian');
  vi.stubEnv('HENGJIAN_OIDC_CLIENT_SECRET', 'shared with the provider');
  signIn = await createSignIn({
    database: kernel.database,
    secret: 'another secret of forty characters or more',
    baseUrl: 'http://127.0.0.1:3000',
    demonstration: false,
    demonstrationPeople: async () => [],
    secureCookies: false,
  });
  await signIn.createAccount(person, 'zhao@example.cn', '一个足够长的登录口令');
  app = fastify();
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Problem)) throw error;
    return reply.code(error.status).send({ code: error.code });
  });
  await app.register(signIn.plugin);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  provider.server.close();
  await kernel.close();
});

/** Goes to the provider and comes back; answers where the browser is sent and who is signed in. */
async function comeBack(claims: Record<string, unknown>): Promise<{ location: string; person: string | undefined }> {
  provider.claims = claims;
  const started = await app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/social',
    headers: { 'x-hengjian': '1' },
    payload: { provider: 'oidc', callbackURL: '/console', disableRedirect: true },
  });
  const { searchParams } = new URL((started.json() as { url: string }).url);
  expect(searchParams.get('redirect_uri')).toBe('http://127.0.0.1:3000/api/auth/callback/oidc');
  expect(searchParams.get('code_challenge_method')).toBe('S256');
  const returned = await app.inject({
    url: `/api/auth/callback/oidc?code=${searchParams.get('nonce')}&state=${searchParams.get('state')}`,
    headers: { cookie: started.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ') },
  });
  expect(returned.statusCode).toBe(302);
  const cookie = returned.cookies.find(({ name, value }) => name === 'hengjian.session_token' && value !== '');
  const found =
    cookie === undefined
      ? null
      : await signIn.person({ headers: { cookie: `${cookie.name}=${encodeURIComponent(cookie.value)}` } });
  return { location: String(returned.headers.location), person: found?.person };
}

describe('the OpenID provider of the house', () => {
  it('is not asked for anything before somebody signs in through it', () => {
    expect(provider.asked).toEqual([]);
  });

  it('lets in whoever has an account under a verified address, the second time by subject alone', async () => {
    expect(await comeBack({ sub: 'p-1', email: 'Zhao@example.cn', email_verified: true, name: '赵' })).toEqual({
      location: '/console',
      person,
    });
    expect(await comeBack({ sub: 'p-1', email: 'renamed@example.cn', email_verified: true, name: '赵' })).toMatchObject(
      { person },
    );
    const [kept] = await kernel.database.asOwner((tx) =>
      tx.query(`select access_token, id_token from desk.sign_in_credential where provider_id = 'oidc'`),
    );
    expect(kept).toEqual({ access_token: null, id_token: null });
  });

  it('lets in nobody without an account, with an unverified address or with a forged token', async () => {
    expect(
      (await comeBack({ sub: 'p-2', email: 'stranger@example.cn', email_verified: true, name: '某' })).person,
    ).toBeUndefined();
    expect(
      (await comeBack({ sub: 'p-3', email: 'zhao@example.cn', email_verified: false, name: '赵' })).person,
    ).toBeUndefined();
    provider.forge = true;
    expect(
      (await comeBack({ sub: 'p-1', email: 'zhao@example.cn', email_verified: true, name: '赵' })).person,
    ).toBeUndefined();
    provider.forge = false;
  });

  it('sends the browser back to this server only', async () => {
    const started = await app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/social',
      headers: { 'x-hengjian': '1' },
      payload: { provider: 'oidc', callbackURL: 'https://elsewhere.example', disableRedirect: true },
    });
    expect(started.statusCode).toBe(422);
  });

  it('is configured whole, and by https', () => {
    expect(readOpenId({})).toBeUndefined();
    expect(() => readOpenId({ HENGJIAN_OIDC_ISSUER: 'https://id.example.cn' })).toThrow('together');
    const rest = { HENGJIAN_OIDC_CLIENT_ID: 'a', HENGJIAN_OIDC_CLIENT_SECRET: 'b' };
    expect(() => readOpenId({ HENGJIAN_OIDC_ISSUER: 'http://id.example.cn', ...rest })).toThrow('https');
  });
});
