/**
 * One way to the database for the whole platform: a transaction in a role, under a claim, in a lane.
 * PGlite (embedded) and PostgreSQL give the same interface; no statement is ever run outside a transaction
 * except by the owner during migration.
 */
import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';

/** A database role; see migrations/0001_kernel.sql. */
export type DatabaseRole = 'hengjian_app' | 'hengjian_machine' | 'hengjian_public';

/** Who waits for whom on the embedded database, which has one session: people first, then jobs, then statistics. */
export type Lane = 'interactive' | 'jobs' | 'statistics';

/** What row security compares with; computed at sign-in, written by SET LOCAL for one transaction. */
export interface Claim {
  person: string;
  offices: string[];
  entities: string[];
  parties: string[];
  writes: string[];
}

export type Row = Record<string, unknown>;

/** Statements inside one transaction. */
export interface Transaction {
  query<T = Row>(text: string, params?: readonly unknown[]): Promise<T[]>;
  /** Runs a query that was built with {@link sqlBuilder}. */
  run<T = Row>(query: Compilable<T>): Promise<T[]>;
}

export interface Database {
  readonly kind: 'pglite' | 'postgresql';
  transaction<T>(
    role: DatabaseRole,
    claim: Claim | null,
    work: (tx: Transaction) => Promise<T>,
    lane?: Lane,
    /** Id of a command: the same one at the same time waits for the other, and then finds what it did. */
    command?: string,
  ): Promise<T>;
  /** Runs as the owner: migrations, seeding of offices, restore. Never on behalf of a person. */
  asOwner<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Appends rows by COPY inside a transaction under a claim; text format, tab-separated. */
  copy(role: DatabaseRole, claim: Claim, work: (tx: Transaction, copy: CopyInto) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** `target` is `schema.table (columns)`; chunks are COPY text. */
export type CopyInto = (target: string, chunks: AsyncIterable<string> | Iterable<string>) => Promise<void>;

/** Builds typed SQL; it has no connection, so a query can only run inside a transaction with a claim. */
// biome-ignore lint/suspicious/noExplicitAny: the tables are declared by the domains, each casts with .$castTo or withTables
export const sqlBuilder = new Kysely<any>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/**
 * Sets what row security compares with, for one transaction, each list as an array of PostgreSQL: it is read several times in
 * every statement, and a document of all a province's offices takes longer to take apart than most rows take to find.
 */
function claimStatement(claim: Claim | null): string {
  const array = (items: readonly string[]): string =>
    `{${items.map((item) => `"${item.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
  const settings = {
    person: claim?.person ?? '',
    ...Object.fromEntries(claimLists.map((list) => [list, array(claim?.[list] ?? [])])),
  };
  const quoted = (text: string): string => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  const set = Object.entries(settings).map(([name, value]) => `set_config('hengjian.${name}', ${quoted(value)}, true)`);
  return `select ${set.join(', ')}`;
}

const claimLists = ['offices', 'entities', 'parties', 'writes'] as const;

/** The statement that opens a transaction: one round trip for begin, role and claim. */
export function openingStatement(role: DatabaseRole, claim: Claim | null, command?: string): string {
  const begin = `begin; set local role ${role}; ${claimStatement(claim)}`;
  if (command === undefined) return begin;
  if (!/^[0-9a-fA-F-]{36}$/.test(command)) throw new Error('The id of a command is a UUID.');
  return `${begin}; select pg_advisory_xact_lock(hashtextextended('${command}', 0))`;
}

/** Codes of a serialisation failure and of a deadlock: the whole transaction may be run again. */
export function isTransient(error: unknown): boolean {
  const code = databaseCode(error);
  return code === '40001' || code === '40P01';
}

/** SQLSTATE of a database error, if it is one. */
export function databaseCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

export function asTransaction(run: (text: string, params: readonly unknown[]) => Promise<Row[]>): Transaction {
  return {
    query: (text, params = []) => run(text, params) as Promise<never>,
    run: (query) => {
      const compiled = query.compile();
      return run(compiled.sql, compiled.parameters) as Promise<never>;
    },
  };
}

/** Text forms for the types whose JavaScript value would lose something: dates, instants, decimals stay as written. */
export const parsers: Record<number, (text: string) => unknown> = {
  20: (text) => Number(text),
  1082: (text) => text,
  1114: (text) => text,
  1184: (text) => new Date(text).toISOString(),
  1700: (text) => text,
};
