import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

const flag = z.enum(['0', '1', 'true', 'false']).transform((text) => text === '1' || text === 'true');

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  HENGJIAN_DATA: z.string().optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional(),
  HENGJIAN_DEMONSTRATION: flag.optional(),
  HENGJIAN_PRACTICE: flag.default(false),
  HENGJIAN_BASE_URL: z.url().optional(),
  HENGJIAN_TRUST_PROXY: flag.default(false),
  HENGJIAN_REQUESTS_PER_MINUTE: z.coerce.number().int().min(60).max(10_000_000).default(1200),
  HENGJIAN_METRICS_TOKEN: z.string().min(16).optional(),
  HENGJIAN_SIGNING_URL: z.url().optional(),
  HENGJIAN_SIGNING_TOKEN: z.string().min(16).optional(),
  HENGJIAN_EXCHANGE: z.string().optional(),
  HENGJIAN_IDENTITY_KEYS: z.string().optional(),
  HENGJIAN_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

/** Configuration of a running installation; checked once, at the start. */
export interface Configuration {
  port: number;
  host: string;
  folder: string;
  databaseUrl: string | undefined;
  /** People of the demonstration may be chosen without a password. */
  demonstration: boolean;
  /** Nothing here is real: marked on every page and paper, can be begun anew. */
  practice: boolean;
  baseUrl: string;
  /** A reverse proxy stands in front and its X-Forwarded-For may be believed. */
  trustProxy: boolean;
  /** Requests to the API that one person, or one address without a sign-in, may make in a minute. */
  requestsPerMinute: number;
  /** Who bears it may read the metrics; without one they are for this machine alone. */
  metricsToken: string | undefined;
  /** Provider of electronic seals; without one reports carry the paper seal. */
  signing: { url: string; token: string } | undefined;
  log: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** File with addresses and credentials of national systems that are reached by API. */
  exchange: string | undefined;
  /** File with the keys of sealed identities, kept apart from the data; without one it lies beside them. */
  identityKeys: string | undefined;
}

/**
 * Reads the environment. The demonstration's sign-in exists by default only on the embedded database and a loopback address;
 * elsewhere it must be asked for by HENGJIAN_DEMONSTRATION=1.
 * @throws Error naming every variable that is wrong.
 */
export function readConfiguration(env: Record<string, string | undefined>): Configuration {
  const parsed = environment.safeParse(env);
  if (!parsed.success)
    throw new Error(
      `The configuration is wrong:\n${parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`).join('\n')}`,
    );
  const {
    PORT: port,
    HOST: host,
    HENGJIAN_DATA,
    DATABASE_URL: databaseUrl,
    HENGJIAN_DEMONSTRATION: asked,
    HENGJIAN_PRACTICE: practice,
    HENGJIAN_BASE_URL,
    HENGJIAN_TRUST_PROXY: trustProxy,
    HENGJIAN_REQUESTS_PER_MINUTE: requestsPerMinute,
    HENGJIAN_METRICS_TOKEN: metricsToken,
    HENGJIAN_SIGNING_URL: url,
    HENGJIAN_SIGNING_TOKEN: token,
    HENGJIAN_LOG: log,
    HENGJIAN_EXCHANGE: exchange,
    HENGJIAN_IDENTITY_KEYS: identityKeys,
  } = parsed.data;
  if (practice && databaseUrl !== undefined)
    throw new Error(
      'The configuration is wrong:\n  HENGJIAN_PRACTICE: practice is kept in a folder of its own, never in a database that DATABASE_URL names',
    );
  if ((url === undefined) !== (token === undefined))
    throw new Error(
      'The configuration is wrong:\n  HENGJIAN_SIGNING_URL and HENGJIAN_SIGNING_TOKEN are stated together or not at all',
    );
  const loopback = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  return {
    port,
    host,
    folder: resolve(HENGJIAN_DATA ?? (practice ? '.hengjian-practice' : '.hengjian')),
    practice,
    databaseUrl,
    trustProxy,
    requestsPerMinute,
    metricsToken,
    demonstration: asked ?? (databaseUrl === undefined && loopback),
    signing: url === undefined || token === undefined ? undefined : { url, token },
    baseUrl: HENGJIAN_BASE_URL ?? `http://${host}:${port}`,
    log,
    exchange,
    identityKeys,
  };
}

/** Variables of the platform that nobody reads: most likely misspelt. */
export function unknownVariables(env: Record<string, string | undefined>): string[] {
  const known = new Set([
    ...Object.keys(environment.shape),
    ...['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET'].map((name) => `HENGJIAN_OIDC_${name}`),
    ...[
      'EMAIL',
      'PASSWORD',
      'NEW_PASSWORD',
      'TOTP',
      'CHROMIUM',
      'SHARED',
      'TEST_DATABASE',
      'WALK_SEED',
      'WALK_STEPS',
    ].map((name) => `HENGJIAN_${name}`),
  ]);
  return Object.keys(env)
    .filter((name) => name.startsWith('HENGJIAN_') && !known.has(name))
    .sort();
}

/** What an installation allows and should not, as sentences; nothing of it keeps it from starting. */
export function carelessness(configuration: Configuration): { zh: string; en: string }[] {
  const { host, baseUrl, trustProxy, databaseUrl, demonstration } = configuration;
  const open = !(host === 'localhost' || host === '::1' || host.startsWith('127.'));
  const secure = baseUrl.startsWith('https:');
  const found: { zh: string; en: string }[] = [];
  if ((open || trustProxy) && !secure)
    found.push({
      zh: '其他机器可以访问，但 HENGJIAN_BASE_URL 不是 https：会话可能被窃听。',
      en: 'Other machines reach it and HENGJIAN_BASE_URL is not https: sessions can be listened to.',
    });
  if (databaseUrl !== undefined && demonstration)
    found.push({
      zh: 'PostgreSQL 上允许演示登录：任何人无需密码。',
      en: 'Sign-in of the demonstration is allowed on PostgreSQL: nobody needs a password.',
    });
  if (open && trustProxy && !secure)
    found.push({
      zh: '信任反向代理，但服务对外直接监听：来访地址可以伪造。',
      en: 'A proxy is trusted while the server listens to everybody: addresses of visitors can be forged.',
    });
  return found;
}
