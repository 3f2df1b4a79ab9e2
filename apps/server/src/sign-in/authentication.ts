import type { Database } from '@hengjian/kernel';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { z } from 'zod';
import { machineDialect } from './dialect.ts';
import { passwordLength } from './refusals.ts';
import { sessionLifetime } from './sessions.ts';

/** The name under which the house's OpenID provider is asked for. */
export const openIdProvider = 'oidc';
/** Set by the server on every call to the library, never taken from outside. */
export const addressHeader = 'x-hengjian-address';

export interface OpenId {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/**
 * The OpenID provider of the house, or undefined when none is configured.
 * @throws Error when only some of the three variables are set or the issuer is no https address (http on loopback).
 */
export function readOpenId(env: Record<string, string | undefined>): OpenId | undefined {
  const {
    HENGJIAN_OIDC_ISSUER: issuer,
    HENGJIAN_OIDC_CLIENT_ID: clientId,
    HENGJIAN_OIDC_CLIENT_SECRET: clientSecret,
  } = env;
  if (!issuer && !clientId && !clientSecret) return undefined;
  if (!issuer || !clientId || !clientSecret)
    throw new Error(
      'HENGJIAN_OIDC_ISSUER, HENGJIAN_OIDC_CLIENT_ID and HENGJIAN_OIDC_CLIENT_SECRET are set together or not at all.',
    );
  const { success, data: url } = z
    .url()
    .transform((text) => new URL(text))
    .safeParse(issuer);
  if (!success || !(url.protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)))
    throw new Error(`HENGJIAN_OIDC_ISSUER must be an https address, not ${issuer}.`);
  return { issuer: issuer.replace(/\/$/, ''), clientId, clientSecret };
}

export type Authentication = Awaited<ReturnType<typeof createAuthentication>>;

/**
 * better-auth on the kernel's database: no telemetry, no accounts made by visitors, no statement across transactions.
 * With `openId`, making it asks the provider for its endpoints; without, no network is used.
 */
export async function createAuthentication(options: {
  database: Database;
  secret: string;
  baseUrl: string;
  secureCookies: boolean;
  now: () => Date;
  onSessionChange: (token: string) => void;
  openId: OpenId | undefined;
}) {
  const { database, secret, baseUrl, secureCookies, now, onSessionChange, openId } = options;
  const changed = async ({ token }: { token: string }): Promise<void> => onSessionChange(token);
  // What the provider hands out beside the identity is not needed, so it is not kept.
  const withoutTokens = async () => ({ data: { accessToken: null, refreshToken: null, idToken: null } });
  const authentication = betterAuth({
    appName: 'Hengjian',
    secret,
    baseURL: new URL(baseUrl).origin,
    basePath: '/api/auth',
    database: { dialect: machineDialect(database), type: 'postgres', schemaName: 'desk', transaction: false },
    telemetry: { enabled: false },
    logger: { log: report },
    onAPIError: { errorURL: new URL('/', baseUrl).href },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
    },
    plugins: [
      twoFactor({
        issuer: 'Hengjian',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'sign_in_second_factor',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_count',
              lockedUntil: 'locked_until_at',
            },
          },
        },
      }),
      ...(openId === undefined ? [] : [genericOAuth({ config: [providerOf(openId)] })]),
    ],
    rateLimit: {
      enabled: true,
      storage: 'memory',
      window: 60,
      max: 300,
      // One address is often a whole bureau behind one gateway; guessing at one account is stopped by its own lock.
      customRules: { '/sign-in/*': { window: 60, max: 60 }, '/two-factor/*': { window: 60, max: 60 } },
    },
    // Sessions are extended by sessions.ts, which every request passes; the library must not do it a second way.
    session: { ...tables.session, expiresIn: sessionLifetime / 1000, disableSessionRefresh: true },
    user: tables.user,
    account: tables.account,
    verification: tables.verification,
    databaseHooks: {
      session: {
        create: {
          before: async () => ({ data: { createdAt: now(), expiresAt: new Date(now().getTime() + sessionLifetime) } }),
        },
        update: { after: changed },
        delete: { after: changed },
      },
      account: { create: { before: withoutTokens }, update: { before: withoutTokens } },
    },
    advanced: {
      cookiePrefix: 'hengjian',
      useSecureCookies: secureCookies,
      // Forged requests are kept out by SameSite and the header x-hengjian; addresses to return to are still checked.
      disableCSRFCheck: true,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: 'uuid' },
    },
  });
  const context = await authentication.$context;
  return {
    cookieName: context.authCookies.sessionToken.name,
    handle: (request: Request): Promise<Response> => authentication.handler(request),
    hashPassword: (password: string): Promise<string> => context.password.hash(password),
    endSession: (token: string): Promise<void> => context.internalAdapter.deleteSession(token),
    /** Opens a session without proof; for the demonstration. Returns its token. */
    openSession: async (person: string, from: { ipAddress: string; userAgent: string }): Promise<string> =>
      (await context.internalAdapter.createSession(person, false, from)).token,
  };
}

/** Failures are told to whoever runs the server; a wrong password is not one. */
function report(level: string, message: string, ...causes: unknown[]): void {
  if (level !== 'error') return;
  const because = causes.filter((cause) => cause instanceof Error).map((cause) => cause.message);
  process.emitWarning(['Sign-in', message, ...because].join(': '));
}

/**
 * Only people whom an administrator has given an account get in (no sign-up), recognised by an address that the provider
 * itself says it has verified; the signature of the identity token is always checked.
 */
function providerOf({ issuer, clientId, clientSecret }: OpenId) {
  return {
    providerId: openIdProvider,
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    scopes: ['openid', 'profile', 'email'],
    pkce: true,
    disableSignUp: true,
    requireIdTokenVerification: true,
  };
}

/** Where the library's models lie; see migrations/0001_sign_in.sql. */
const times = { createdAt: 'created_at', updatedAt: 'updated_at' };
const tables = {
  user: { modelName: 'sign_in_user', fields: { ...times, emailVerified: 'email_verified' } },
  session: {
    modelName: 'sign_in_session',
    fields: { ...times, userId: 'user_id', expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent' },
    // Declared so that the library carries it over when it replaces a session (enrolment of the second factor).
    additionalFields: { grant: { type: 'string', required: false, input: false, fieldName: 'grant_id' } },
  },
  account: {
    modelName: 'sign_in_credential',
    fields: {
      ...times,
      userId: 'user_id',
      providerId: 'provider_id',
      accountId: 'account_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
    },
  },
  verification: { modelName: 'sign_in_verification', fields: { ...times, expiresAt: 'expires_at' } },
} as const satisfies Pick<BetterAuthOptions, 'user' | 'session' | 'account' | 'verification'>;
