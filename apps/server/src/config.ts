import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

const flag = z.enum(['0', '1', 'true', 'false']).transform((text) => text === '1' || text === 'true');

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  HENGJIAN_DATA: z.string().default('.hengjian'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional(),
  HENGJIAN_DEMONSTRATION: flag.optional(),
  HENGJIAN_BASE_URL: z.url().optional(),
  HENGJIAN_TRUST_PROXY: flag.default(false),
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
  baseUrl: string;
  /** A reverse proxy stands in front and its X-Forwarded-For may be believed. */
  trustProxy: boolean;
  log: 'silent' | 'error' | 'warn' | 'info' | 'debug';
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
    HENGJIAN_BASE_URL,
    HENGJIAN_TRUST_PROXY: trustProxy,
    HENGJIAN_LOG: log,
  } = parsed.data;
  const loopback = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  return {
    port,
    host,
    folder: resolve(HENGJIAN_DATA),
    databaseUrl,
    trustProxy,
    demonstration: asked ?? (databaseUrl === undefined && loopback),
    baseUrl: HENGJIAN_BASE_URL ?? `http://${host}:${port}`,
    log,
  };
}
