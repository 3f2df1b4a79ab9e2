import { type Database, Problem } from '@hengjian/kernel';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { createAttempts } from './attempts.ts';
import { type Authentication, createAuthentication, readOpenId } from './authentication.ts';
import { createSessionCookie } from './cookie.ts';
import { passwordLength, passwordTooLong, passwordTooShort, read } from './refusals.ts';
import { type DemonstrationPerson, type SignInRouteOptions, signInRoutes } from './routes.ts';
import { createSessions, type SignedIn } from './sessions.ts';

export type { DemonstrationPerson } from './routes.ts';

/** Who is there, and how they came in. What they may do is decided by their grants, not here. */
export interface SignIn {
  /** Person, session and chosen grant of the request's session cookie, or null. Remembered for five seconds. */
  person(request: { headers: Record<string, string | string[] | undefined> }): Promise<SignedIn | null>;
  /**
   * Remembers which grant the session acts under.
   * @throws Problem 403 `not-your-grant`
   */
  choose(session: string, grant: string): Promise<void>;
  /**
   * POST /api/sign-in, POST /api/sign-out, /api/auth/* and, in a demonstration only, GET /api/demonstration and
   * POST /api/demonstration/sign-in. Refusals are thrown as `Problem`.
   */
  plugin: FastifyPluginAsync<SignInRouteOptions>;
  /**
   * Gives a person an account with a password; for the administrator, who vouches for the address.
   * @throws Problem 404 `no-such-person`, 409 `account-exists` or `email-taken`, 422 `password-too-short`, `password-too-long` or `invalid-input`
   */
  createAccount(person: string, email: string, password: string): Promise<void>;
  /** @throws Problem 422 `password-too-short`, `password-too-long` */
  checkPassword(password: string): void;
}

export interface SignInOptions {
  database: Database;
  /** Signs cookies and encrypts second factors; at least 32 random characters, the same at every start. */
  secret: string;
  /** Address under which browsers reach the server. */
  baseUrl: string;
  demonstration: boolean;
  demonstrationPeople: () => Promise<DemonstrationPerson[]>;
  /** True where the server is reached by https. */
  secureCookies: boolean;
  /** The clock of sessions and locks; one-time codes follow the machine's own. */
  now?: () => Date;
}

/**
 * Puts sign-in together on the tables of migrations/0001_sign_in.sql. Uses no network; an OpenID provider named by
 * HENGJIAN_OIDC_ISSUER, HENGJIAN_OIDC_CLIENT_ID and HENGJIAN_OIDC_CLIENT_SECRET is asked at the first sign-in through it.
 * @throws Error when the secret is too short or the provider is half configured.
 */
export async function createSignIn(options: SignInOptions): Promise<SignIn> {
  const {
    database,
    secret,
    baseUrl,
    demonstration,
    demonstrationPeople,
    secureCookies,
    now = () => new Date(),
  } = options;
  if (secret.length < 32) throw new Error('The secret of sign-in must have at least 32 characters.');
  const openId = readOpenId(process.env);
  const sessions = createSessions(database, now);
  const create = (provider: typeof openId): Promise<Authentication> =>
    createAuthentication({
      database,
      secret,
      baseUrl,
      secureCookies,
      now,
      onSessionChange: sessions.forget,
      openId: provider,
    });
  const authentication = await create(undefined);
  let withProvider: Promise<Authentication> | undefined;
  const cookie = createSessionCookie(authentication.cookieName, secret, secureCookies);
  if (!demonstration) await endDemonstration(database);

  const checkPassword = (password: string): void => {
    if (password.length < passwordLength.least) throw passwordTooShort();
    if (password.length > passwordLength.most) throw passwordTooLong();
  };
  return {
    checkPassword,
    async person({ headers }) {
      const sent = headers.cookie;
      const token = cookie.read(Array.isArray(sent) ? sent.join('; ') : sent);
      return token === null ? null : sessions.find(token);
    },
    choose: sessions.choose,
    plugin: signInRoutes({
      database,
      baseUrl,
      authentication,
      openId: openId === undefined ? undefined : () => (withProvider ??= create(openId)),
      sessions,
      attempts: createAttempts(database, now),
      cookie,
      demonstrationPeople: demonstration ? demonstrationPeople : null,
    }),
    async createAccount(person, email, password) {
      const account = read(newAccount, { person, email });
      checkPassword(password);
      const hash = await authentication.hashPassword(password);
      await writeAccount(database, account, hash);
    },
  };
}

const newAccount = z.strictObject({
  person: z.uuid(),
  email: z
    .email()
    .max(254)
    .transform((text) => text.toLowerCase()),
});

/** Account and password in one transaction. Somebody who was in the demonstration has an account without a password already. */
async function writeAccount(database: Database, account: z.infer<typeof newAccount>, hash: string): Promise<void> {
  const { person, email } = account;
  await database.transaction('hengjian_machine', null, async (tx) => {
    const [known] = await tx.query<{ name: string }>(
      `select name from kernel.person where id = $1 and kind = 'person'`,
      [person],
    );
    if (known === undefined) throw new Problem(404, 'no-such-person', '没有这个人员。', 'There is no such person.');
    const [taken] = await tx.query('select id from desk.sign_in_user where email = $1 and id <> $2', [email, person]);
    if (taken !== undefined)
      throw new Problem(409, 'email-taken', '这个邮箱已被其他账号使用。', 'Another account uses this e-mail address.');
    await tx.query(
      `insert into desk.sign_in_user (id, name, email, email_verified) values ($1, $2, $3, true)
       on conflict (id) do update set email = excluded.email, email_verified = true`,
      [person, known.name, email],
    );
    const made = await tx.query(
      `insert into desk.sign_in_credential (user_id, provider_id, account_id, password) values ($1, 'credential', $2, $3)
       on conflict (provider_id, account_id) do nothing returning id`,
      [person, person, hash],
    );
    if (made.length === 0)
      throw new Problem(409, 'account-exists', '这个人员已有账号。', 'This person has an account already.');
  });
}

/** A database that was a demonstration and no longer is: nobody stays signed in as somebody who was offered there. */
async function endDemonstration(database: Database): Promise<void> {
  await database.transaction('hengjian_machine', null, (tx) =>
    tx.query(
      `delete from desk.sign_in_session where user_id in (select id from kernel.person where demonstration)
         and user_id not in (select user_id from desk.sign_in_credential)`,
    ),
  );
}
