import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const start = promisify(execFile);
const script = join(import.meta.dirname, '..', 'tools', 'postgres.sh');
const folder = '/tmp/bench-pg';
const port = '5560';
const own = `postgres://hengjian@127.0.0.1:${port}/postgres`;

/** Where the benches' databases are made. */
export interface Cluster {
  /** Connection string of the owner for a database of that name, made fresh. */
  fresh(name: string, settings?: Record<string, string>): Promise<string>;
  /** The same for a database that is kept between runs and filled once; `made` names what must be in it. */
  kept(name: string, made: string, fill: (url: string) => Promise<void>): Promise<string>;
  /** Sets what new connections to a database get. */
  set(name: string, setting: string, value: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Opens the cluster of BENCH_DATABASE (an owner's connection string), else one of the benches' own under /tmp, which is
 * stopped again at the end. Its settings are PostgreSQL's own but for memory.
 */
export async function openCluster(): Promise<Cluster> {
  const given = process.env.BENCH_DATABASE ?? (await findRunning());
  const root = given ?? (await startOwn());
  const nameOf = (name: string): string => `hengjian_bench_${name}`;
  const urlOf = (name: string): string => {
    const url = new URL(root);
    url.pathname = `/${nameOf(name)}`;
    return url.toString();
  };
  const asRoot = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ connectionString: root });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const create = async (name: string): Promise<void> =>
    asRoot(async (client) => {
      await client.query(`drop database if exists ${nameOf(name)} with (force)`);
      await client.query(`create database ${nameOf(name)} template template0`);
    });
  const set = async (name: string, setting: string, value: string): Promise<void> =>
    asRoot(async (client) => {
      await client.query(`alter database ${nameOf(name)} set ${setting} = '${value}'`);
    });
  return {
    async fresh(name, settings = {}) {
      await create(name);
      for (const [setting, value] of Object.entries(settings)) await set(name, setting, value);
      return urlOf(name);
    },
    async kept(name, made, fill) {
      const [found] = await asRoot(async (client) => {
        const { rows } = await client.query(
          `select shobj_description(oid, 'pg_database') as made from pg_database where datname = $1`,
          [nameOf(name)],
        );
        return rows as { made: string | null }[];
      });
      if (found?.made === made) return urlOf(name);
      await create(name);
      await fill(urlOf(name));
      await asRoot((client) => client.query(`comment on database ${nameOf(name)} is '${made}'`));
      return urlOf(name);
    },
    set,
    async stop() {
      if (given !== undefined) return;
      await asRoot(waitForOthers);
      await start(script, ['stop', folder]);
    },
  };
}

/** The benches' own cluster when another bench has it open; that one will stop it. */
async function findRunning(): Promise<string | undefined> {
  try {
    const client = await connectOwner(own);
    await client.end();
    return own;
  } catch {
    return undefined;
  }
}

async function startOwn(): Promise<string> {
  const memory = '-c shared_buffers=3GB -c maintenance_work_mem=1GB -c max_wal_size=8GB';
  const { stdout } = await start(script, ['start', folder, port], {
    env: { ...process.env, PGOPTIONS_EXTRA: `${process.env.PGOPTIONS_EXTRA ?? ''} ${memory}` },
  });
  return stdout.trim();
}

/** Closed connections take a moment to go; one that is cut off instead is an error to its pool. */
async function waitForOthers(client: pg.Client): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A connection of the owner, past row security. */
export async function connectOwner(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/**
 * Milliseconds of processor that the server has spent so far on a database's connections, from the process table; not
 * disturbed by what else the machine does. Zero where the server's processes cannot be seen.
 */
export async function serverProcessor(client: pg.Client): Promise<number> {
  const { rows } = await client.query(
    'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  let ticks = 0;
  for (const { pid } of rows as { pid: number }[]) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      return 0;
    }
  }
  return ticks * 10;
}
