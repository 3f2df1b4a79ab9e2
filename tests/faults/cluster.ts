import { randomUUID } from 'node:crypto';
import pg from 'pg';

const given = process.env.HENGJIAN_TEST_DATABASE;

/** Whether these tests run on PostgreSQL, too: in the run of the database tests, which names one. */
export const hasPostgres = given !== undefined;

/** What a test that was skipped says beside its name. */
export const unlessPostgres = hasPostgres ? '' : ' (skipped: HENGJIAN_TEST_DATABASE names no PostgreSQL)';

export interface Cluster {
  /** Creates an empty database and answers its connection string. */
  createDatabase(): Promise<string>;
  /** Drops the databases that were created. */
  stop(): Promise<void>;
}

/** The PostgreSQL named by HENGJIAN_TEST_DATABASE. */
export function openCluster(): Cluster {
  const made: string[] = [];
  const asAdministrator = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: given });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  return {
    async createDatabase() {
      const name = `faults_${randomUUID().replaceAll('-', '')}`;
      await asAdministrator(`create database ${name}`);
      made.push(name);
      return Object.assign(new URL(given!), { pathname: `/${name}` }).toString();
    },
    async stop() {
      for (const name of made) await asAdministrator(`drop database ${name} with (force)`);
    },
  };
}
