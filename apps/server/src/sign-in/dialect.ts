import type { Database } from '@hengjian/kernel';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';

/**
 * Kysely over the kernel's database, as hengjian_machine. Each statement is one transaction of its own.
 *
 * A transaction that Kysely holds open would keep the embedded database's only session while the library hashes a password
 * or asks a second connection, and that second one would wait for ever. So there are none: what must be one step is one
 * statement (`update … returning`, `delete … returning`), which is how the library consumes codes and counts failures.
 * @throws Error when something asks for a transaction.
 */
export function machineDialect(database: Database): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => createDriver(database),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function createDriver(database: Database): Driver {
  const connection: DatabaseConnection = {
    executeQuery: (query) => run(database, query),
    streamQuery: () => {
      throw new Error('Sign-in reads no streams.');
    },
  };
  const refuse = async (): Promise<never> => {
    throw new Error('Sign-in runs each statement as a transaction of its own; it opens none across statements.');
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  };
}

async function run<R>(database: Database, compiled: CompiledQuery): Promise<QueryResult<R>> {
  // The kernel's database gives rows but no count of what was changed, so a change without rows is made to return some.
  const { query } = compiled;
  const changes =
    query.kind === 'UpdateQueryNode' || query.kind === 'DeleteQueryNode' || query.kind === 'InsertQueryNode';
  const silent = changes && query.returning === undefined;
  const text = silent ? `${compiled.sql} returning 1 as changed` : compiled.sql;
  const params = compiled.parameters.map((value) => (value instanceof Date ? value.toISOString() : value));
  const rows = await database.transaction('hengjian_machine', null, (tx) => tx.query(text, params));
  return {
    rows: silent ? [] : (rows.map(withInstants) as R[]),
    ...(changes ? { numAffectedRows: BigInt(rows.length) } : {}),
  };
}

/** The kernel reads instants as text; the library compares them as `Date`. In these tables every one is named …_at. */
function withInstants(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      name.endsWith('_at') && typeof value === 'string' ? new Date(value) : value,
    ]),
  );
}
