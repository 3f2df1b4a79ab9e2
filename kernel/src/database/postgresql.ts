import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import {
  asTransaction,
  type Claim,
  type CopyInto,
  type Database,
  databaseCode,
  openingStatement,
  parsers,
} from './database.ts';

for (const [type, parse] of Object.entries(parsers)) pg.types.setTypeParser(Number(type), parse);

export interface PostgresOptions {
  /** Connection string of the owner: runs migrations. The application connects as hengjian_session. */
  url: string;
  connections?: number;
}

/**
 * PostgreSQL 15 or newer. The owner's connection string is used for migrations alone; every other connection signs in as
 * `hengjian_session`, whose password follows from the owner's, so that every process of an installation knows it and none keeps it.
 * Refuses SQL_ASCII and LC_CTYPE C, under which Chinese text has no trigrams.
 */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const owner = new pg.Pool({ connectionString: options.url, max: 2 });
  const url = new URL(options.url);
  const password = createHmac('sha256', url.password || url.username)
    .update('hengjian_session')
    .digest('hex');
  await prepareCluster(owner, password);
  url.username = 'hengjian_session';
  url.password = password;
  const pool = new pg.Pool({ connectionString: url.toString(), max: options.connections ?? 16 });
  pool.on('error', () => undefined);

  return {
    kind: 'postgresql',
    async transaction(role, claim, work, _lane, command) {
      const client = await pool.connect();
      try {
        return await inside(client, openingStatement(role, claim, command), work);
      } finally {
        client.release();
      }
    },
    async asOwner(work) {
      const client = await owner.connect();
      try {
        return await inside(client, 'begin', work);
      } finally {
        client.release();
      }
    },
    async copy(role, claim: Claim, work) {
      const client = await pool.connect();
      const copy: CopyInto = async (target, chunks) => {
        const stream = client.query(copyFrom(`copy ${target} from stdin`));
        const finished = once(stream, 'finish');
        for await (const chunk of chunks) if (!stream.write(chunk)) await once(stream, 'drain');
        stream.end();
        await finished;
      };
      try {
        await inside(client, openingStatement(role, claim), (tx) => work(tx, copy));
      } finally {
        client.release();
      }
    },
    async close() {
      await pool.end();
      await owner.end();
    },
  };
}

async function inside<T>(
  client: pg.PoolClient,
  opening: string,
  work: (tx: ReturnType<typeof asTransaction>) => Promise<T>,
): Promise<T> {
  await client.query(opening);
  try {
    const result = await work(
      asTransaction(async (text, params) =>
        params.length === 0
          ? (await client.query(text)).rows
          : (await client.query({ text, values: params as unknown[], name: statementName(text) })).rows,
      ),
    );
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

const names = new Map<string, string>();
/** Prepared statements are named by their text, up to a bound, so that hot statements are parsed once per connection. */
function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= 500) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

async function prepareCluster(owner: pg.Pool, password: string): Promise<void> {
  const { rows } = await owner.query(
    `select pg_encoding_to_char(encoding) as encoding, datctype as ctype, datlocprovider as provider from pg_database where datname = current_database()`,
  );
  const { encoding, ctype, provider } = rows[0] as { encoding: string; ctype: string; provider: string };
  if (encoding !== 'UTF8' || (provider === 'c' && (ctype === 'C' || ctype === 'POSIX')))
    throw new Error(
      `The database has encoding ${encoding} and LC_CTYPE ${ctype}; Hengjian needs UTF8 with C.UTF-8 or an ICU locale (initdb -E UTF8 --locale=C.UTF-8).`,
    );
  // Roles belong to the cluster: two installations that start at once may both try to make them, and one tries again.
  for (let attempt = 1; ; attempt += 1) {
    try {
      await owner.query(rolesStatement);
      await owner.query(`alter role hengjian_session with login noinherit password '${password}'`);
      return;
    } catch (error) {
      const raced = ['23505', '42710', 'XX000', '40001'].includes(databaseCode(error) ?? '');
      if (!raced || attempt === 10) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
    }
  }
}

/** Roles are of the cluster, not of one database; made before the first migration. */
export const rolesStatement = `do $$
declare wanted text;
begin
  foreach wanted in array array['hengjian_app', 'hengjian_machine', 'hengjian_public', 'hengjian_search', 'hengjian_door', 'hengjian_keeper', 'hengjian_session'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin nosuperuser noinherit', wanted);
    end if;
  end loop;
  execute format('grant hengjian_search, hengjian_door, hengjian_keeper to %I', current_user);
  grant hengjian_app, hengjian_machine, hengjian_public to hengjian_session;
end $$`;
