import type { Database, Label } from '@hengjian/kernel';
import { Problem } from '@hengjian/kernel';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Attempts } from './attempts.ts';
import { type Authentication, addressHeader } from './authentication.ts';
import type { SessionCookie } from './cookie.ts';
import { noSuchAddress, read, refusalOf, secondFactorNeeded, signInNeeded, wrongSecondFactor } from './refusals.ts';
import type { Sessions } from './sessions.ts';

/** Somebody whom a visitor of the demonstration may be. */
export interface DemonstrationPerson {
  id: string;
  name: string;
  role: Label;
  office: Label;
  does: Label;
}

/** `me` is what a sign-in answers; the request it is given carries the new session already. Without it: `{ person: { id } }`. */
export interface SignInRouteOptions {
  me?: (request: FastifyRequest) => Promise<unknown>;
}

export interface SignInRoutes {
  database: Database;
  baseUrl: string;
  authentication: Authentication;
  /** The same with the OpenID provider, made when first asked for; undefined when none is configured. */
  openId: (() => Promise<Authentication>) | undefined;
  sessions: Sessions;
  attempts: Attempts;
  cookie: SessionCookie;
  /** Null when this installation is no demonstration: the routes then do not exist. */
  demonstrationPeople: (() => Promise<DemonstrationPerson[]>) | null;
}

const credentials = z.strictObject({
  email: z
    .email()
    .max(254)
    .transform((email) => email.toLowerCase()),
  password: z.string().min(1).max(1000),
  totp: z.string().trim().min(6).max(40).optional(),
});

/** What of the library's own handler is reachable; the rest would go past the lock or hand session tokens to scripts. */
const libraryRoutes: Record<string, 'session' | 'openId'> = {
  'POST /two-factor/enable': 'session',
  'POST /two-factor/verify-totp': 'session',
  'POST /two-factor/disable': 'session',
  'POST /two-factor/generate-backup-codes': 'session',
  'POST /change-password': 'session',
  'POST /revoke-other-sessions': 'session',
  'POST /sign-in/social': 'openId',
  'GET /callback/oidc': 'openId',
};

/** The HTTP side of sign-in: what comes in is given to the library, its cookies go out, its refusals become problems. */
export function signInRoutes(parts: SignInRoutes): FastifyPluginAsync<SignInRouteOptions> {
  const { database, baseUrl, authentication, openId, sessions, attempts, cookie, demonstrationPeople } = parts;

  const call = (
    library: Authentication,
    request: FastifyRequest,
    method: string,
    path: string,
    sent: { body?: unknown; cookie?: string | undefined },
  ): Promise<Response> =>
    library.handle(
      new Request(new URL(`/api/auth${path}`, baseUrl), {
        method,
        headers: {
          [addressHeader]: request.ip,
          'user-agent': request.headers['user-agent'] ?? '',
          ...(sent.cookie === undefined ? {} : { cookie: sent.cookie }),
          ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
      }),
    );

  /** Ends the session that the browser had, gives it the new one and answers. */
  const admit = async (
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    me: SignInRouteOptions['me'],
  ): Promise<unknown> => {
    const former = cookie.read(request.headers.cookie);
    if (former !== null) await authentication.endSession(former);
    await sessions.sweep();
    request.headers.cookie = cookie.pair(token);
    reply.header('set-cookie', cookie.write(token)).header('cache-control', 'no-store');
    if (me !== undefined) return me(request);
    return { person: { id: (await sessions.find(token))?.person } };
  };

  /** Proves password and second factor. The browser's own cookies stay out of it: they may be another person's. */
  const prove = async (request: FastifyRequest): Promise<string> => {
    const { email, password, totp } = read(credentials, request.body);
    await attempts.begin(email);
    const first = await call(authentication, request, 'POST', '/sign-in/email', { body: { email, password } });
    if (!first.ok) throw await refusalOf(first);
    await attempts.clear(email);
    const answer = (await first.json()) as { token?: string; twoFactorRedirect?: boolean };
    if (answer.twoFactorRedirect !== true) return tokenOf(answer);
    if (totp === undefined) throw secondFactorNeeded();
    const oneTime = /^\d{6}$/.test(totp);
    if (oneTime && !(await attempts.spend(email, totp))) throw wrongSecondFactor();
    const second = await call(
      authentication,
      request,
      'POST',
      oneTime ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code',
      {
        body: { code: totp },
        cookie: first.headers
          .getSetCookie()
          .map((line) => line.split(';', 1)[0])
          .join('; '),
      },
    );
    if (!second.ok) throw await refusalOf(second);
    return tokenOf((await second.json()) as { token?: string });
  };

  const passOn = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const url = new URL(request.url, baseUrl);
    const path = url.pathname.slice('/api/auth'.length);
    const kind = libraryRoutes[`${request.method} ${path}`];
    const library = kind === 'session' ? authentication : kind === 'openId' ? await openId?.() : undefined;
    if (library === undefined) throw noSuchAddress();
    if (request.method === 'POST' && request.headers['x-hengjian'] !== '1')
      throw new Problem(
        403,
        'header-missing',
        '请求缺少 x-hengjian 标头。',
        'The request lacks the header x-hengjian: 1.',
      );
    if (kind === 'session' && cookie.read(request.headers.cookie) === null) throw signInNeeded();
    const response = await call(library, request, request.method, `${path}${url.search}`, {
      ...(request.method === 'POST' ? { body: bodyOf(path, request.body) } : {}),
      cookie: request.headers.cookie,
    });
    if (response.status >= 400) throw await refusalOf(response);
    const location = response.headers.get('location');
    for (const line of response.headers.getSetCookie())
      reply.header('set-cookie', untilBrowserCloses(line, cookie.name));
    if (location !== null && response.status >= 300)
      return reply.code(response.status).header('location', location).send();
    const { token: _withheld, ...answer } = ((await response.json()) ?? {}) as Record<string, unknown>;
    return reply.code(response.status).header('cache-control', 'no-store').send(answer);
  };

  const demonstrationRoutes = (
    app: FastifyInstance,
    people: () => Promise<DemonstrationPerson[]>,
    me: SignInRouteOptions['me'],
  ): void => {
    app.get('/api/demonstration', async () => ({ enabled: true, people: await people() }));
    app.post('/api/demonstration/sign-in', async (request, reply) => {
      const { person } = read(z.strictObject({ person: z.uuid() }), request.body);
      const offered = (await people()).some(({ id }) => id === person);
      if (!offered || !(await openDemonstrationAccount(database, person)))
        throw new Problem(
          404,
          'no-such-person',
          '演示中没有这个人员。',
          'There is no such person in the demonstration.',
        );
      const token = await authentication.openSession(person, {
        ipAddress: request.ip,
        userAgent: request.headers['user-agent'] ?? '',
      });
      return admit(request, reply, token, me);
    });
  };

  return async (app, { me }) => {
    app.post('/api/sign-in', async (request, reply) => admit(request, reply, await prove(request), me));
    app.post('/api/sign-out', async (request, reply) => {
      const token = cookie.read(request.headers.cookie);
      if (token !== null) await authentication.endSession(token);
      return reply.code(204).header('set-cookie', cookie.expired).header('cache-control', 'no-store').send();
    });
    app.route({ method: ['GET', 'POST'], url: '/api/auth/*', handler: passOn });
    if (demonstrationPeople !== null) demonstrationRoutes(app, demonstrationPeople, me);
  };
}

function tokenOf({ token }: { token?: string }): string {
  if (token === undefined) throw new Error('Sign-in succeeded without a session.');
  return token;
}

/** Whoever changes a password may fear that another knows it: every other session ends with it. */
function bodyOf(path: string, body: unknown): unknown {
  return path === '/change-password' ? { ...(body as object), revokeOtherSessions: true } : (body ?? {});
}

/**
 * The session's cookie lasts as long as the browser is open; how long the session lasts is for its row alone to say, which
 * is extended without the browser being told.
 */
function untilBrowserCloses(line: string, name: string): string {
  return line.startsWith(`${name}=`) && !/; Max-Age=0(;|$)/i.test(line)
    ? line.replace(/; (Max-Age|Expires)=[^;]*/gi, '')
    : line;
}

/** The account of a person of the demonstration, made at first use; false for everybody else. It has no password. */
async function openDemonstrationAccount(database: Database, person: string): Promise<boolean> {
  return database.transaction('hengjian_machine', null, async (tx) => {
    const [row] = await tx.query<{ name: string }>(
      `select name from kernel.person where id = $1 and kind = 'person' and demonstration`,
      [person],
    );
    if (row === undefined) return false;
    await tx.query(`insert into desk.sign_in_user (id, name, email) values ($1, $2, $3) on conflict (id) do nothing`, [
      person,
      row.name,
      `${person}@demonstration.invalid`,
    ]);
    return true;
  });
}
