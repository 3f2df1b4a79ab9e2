import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const given = process.env.HENGJIAN_TEST_DATABASE;
const script = new URL('../../tools/postgres.sh', import.meta.url).pathname;
const ports = [5570, 5571, 5572, 5573];

/** Whether there is a PostgreSQL to test on: one that is named, or binaries to start one with. */
export const hasPostgres = given !== undefined || globSync('/usr/lib/postgresql/*/bin/initdb').length > 0;

export interface Cluster {
  /** Creates an empty database and answers its connection string. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** The PostgreSQL named by HENGJIAN_TEST_DATABASE, or a cluster of the tests' own. */
export async function startCluster(): Promise<Cluster> {
  const { folder, url } = given === undefined ? startOwn() : { folder: null, url: given };
  const made: string[] = [];
  const asAdministrator = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  return {
    async createDatabase() {
      const name = `faults_${randomUUID().replaceAll('-', '')}`;
      await asAdministrator(`create database ${name}`);
      made.push(name);
      const own = new URL(url);
      own.pathname = `/${name}`;
      return own.toString();
    },
    async stop() {
      if (folder === null) {
        for (const name of made) await asAdministrator(`drop database ${name} with (force)`);
        return;
      }
      execFileSync(script, ['stop', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Test files run side by side, so each takes the first port that nobody listens on. */
function startOwn(): { folder: string; url: string } {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-cluster-'));
  for (const port of ports) {
    const started = spawnSync(script, ['start', folder, String(port)], { encoding: 'utf8' });
    if (started.status === 0) return { folder, url: started.stdout.trim() };
  }
  throw new Error(`No PostgreSQL could be started on the ports ${ports.join(', ')}.`);
}
