import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createCalendar } from '@hengjian/calendar';
import { handoverLifecycle } from '../../../domains/people/src/index.ts';
import type { Actor } from '../act.ts';
import { approvalLifecycle } from '../approval.ts';
import { asTransaction, type Database, type Row } from '../database/database.ts';
import { type MigrationFolder, migrate } from '../database/migrate.ts';
import { openEmbedded } from '../database/pglite.ts';
import { openPostgres, rolesStatement } from '../database/postgresql.ts';
import type { Label } from '../declare/field.ts';
import type { Lifecycle } from '../declare/lifecycle.ts';
import { execute, type Outcome } from '../execute.ts';
import type { Flow } from '../flow.ts';
import { actorOf } from '../grant.ts';
import { type Kernel, loadOffices } from '../kernel.ts';
import { machines } from '../machines.ts';
import type { Query } from '../query.ts';
import { createRegister } from '../register.ts';
import { createSealer, type Sealer } from '../sealer.ts';

const { version } = createRequire(import.meta.url)('../../../node_modules/@electric-sql/pglite/package.json') as {
  version: string;
};

/** A kernel on a real database for tests: PGlite in memory, or the PostgreSQL named by HENGJIAN_TEST_DATABASE. */
export interface TestKernel extends Kernel {
  sealer: Sealer;
  /** Sets the day on which everything happens. */
  at: (instant: string) => void;
  /** Adds a person with a grant and returns the actor. */
  officer: (name: string, role: string, office: string) => Promise<Actor>;
  agent: (name: string, role: string, organisation: string, office?: string) => Promise<Actor>;
  /** Papers of these kinds among the actor's uploads, as an action takes them. */
  papers: (actor: Actor, kinds: readonly string[]) => Promise<{ kind: string; upload: string }[]>;
  /** Takes an action as the actor, with papers of the kinds named. */
  act: (
    actor: Actor,
    entity: string,
    action: string,
    input?: Record<string, unknown>,
    record?: string,
    papers?: readonly string[],
  ) => Promise<Outcome>;
  close: () => Promise<void>;
}

const roles: Record<string, Label> = Object.fromEntries(
  [
    'system-administrator',
    'security-administrator',
    'audit-administrator',
    'auditor',
    'planner',
    'section-chief',
    'bureau-head',
    'organiser',
    'result-handler',
  ].map((role) => [role, { zh: role, en: role }]),
);

/** Opens a fresh database with the given declarations, three offices (43, 4301, 430102; 35) and no people. */
export async function testKernel(declared: {
  lifecycles: Lifecycle[];
  migrations?: MigrationFolder[];
  roles?: Record<string, Label>;
  queries?: Query[];
  flows?: Flow[];
}): Promise<TestKernel> {
  const migrations = [
    { name: 'kernel', path: new URL('../../migrations', import.meta.url).pathname },
    ...(declared.migrations ?? []),
  ];
  const database = await openTestDatabase(migrations);
  await migrate(database, migrations);
  await database.asOwner(async (tx) => {
    for (const machine of Object.values(machines))
      await tx.query(`insert into kernel.person (id, name, kind) values ($1, $2, 'machine') on conflict do nothing`, [
        machine.id,
        machine.name,
      ]);
    const offices = [
      ['43', null, '湖南省市场监督管理局', '湘市监', 430, ['43']],
      ['4301', '43', '长沙市市场监督管理局', '长市监', 431, ['43', '4301']],
      ['430102', '4301', '芙蓉区市场监督管理局', '芙市监', 431, ['43', '4301', '430102']],
      ['35', null, '福建省市场监督管理局', '闽市监', 350, ['35']],
    ] as const;
    for (const [code, parent, zh, short, home, place] of offices)
      await tx.query(
        `insert into kernel.office (code, parent, kind, zh, en, short, region, home, place) values ($1, $2, 'bureau', $3, $1, $4, $1, $5, $6)`,
        [code, parent, zh, short, home, place],
      );
  });
  let now = new Date('2026-03-02T02:00:00Z');
  const kernel: Kernel = {
    register: createRegister({
      lifecycles: [approvalLifecycle, handoverLifecycle, ...declared.lifecycles],
      roles: { ...roles, ...declared.roles },
      ...(declared.queries ? { queries: declared.queries } : {}),
      ...(declared.flows ? { flows: declared.flows } : {}),
    }),
    database,
    calendar: createCalendar((await import('../../../data/holidays/index.ts')).holidayYears),
    offices: await loadOffices(database),
    files: { put: async () => ({ sha256: '', size: 0 }), get: async () => new Uint8Array() },
    now: () => new Date(now.getTime() + Math.random()),
  };
  const sealer = createSealer({
    database,
    holder: 'test',
    key: new Uint8Array(32).fill(7),
    name: 'hengjian.test/log',
    now: kernel.now,
  });
  const addPerson = async (name: string): Promise<string> => {
    const id = randomUUID();
    await database.asOwner((tx) => tx.query('insert into kernel.person (id, name) values ($1, $2)', [id, name]));
    return id;
  };
  const grant = { id: randomUUID(), organisation: null, organisationName: null, validUntil: null, actingForName: null };
  const papers: TestKernel['papers'] = async (actor, kinds) => {
    const documents = kinds.map((kind) => ({ kind, upload: randomUUID() }));
    for (const { kind, upload } of documents)
      await database.asOwner((tx) =>
        tx.query(
          `insert into desk.upload (id, person, name, media_type, size, sha256, created_at) values ($1, $2, $3, 'image/jpeg', 1, $4, now())`,
          [upload, actor.person, `${kind}.jpg`, upload],
        ),
      );
    return documents;
  };
  return {
    ...kernel,
    sealer,
    papers,
    act: async (actor, entity, action, input = {}, record, kinds = []) =>
      execute(kernel, actor, {
        id: randomUUID(),
        entity,
        action,
        input,
        documents: await papers(actor, kinds),
        ...(record === undefined ? {} : { record }),
      }),
    at: (instant) => {
      now = new Date(instant);
    },
    officer: async (name, role, office) =>
      actorOf(kernel, { ...grant, person: await addPerson(name), personName: name, role, office }),
    agent: async (name, role, organisation, office = '43') =>
      actorOf(kernel, {
        ...grant,
        person: await addPerson(name),
        personName: name,
        role,
        office,
        organisation,
        organisationName: name,
      }),
    close: async () => {
      await sealer.stop();
      await database.close();
    },
  };
}

async function openTestDatabase(migrations: readonly MigrationFolder[]): Promise<Database> {
  const url = process.env.HENGJIAN_TEST_DATABASE;
  if (url === undefined) return openEmbedded({ folder: null, template: await migratedCluster(migrations) });
  const { default: pg } = await import('pg');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const own = new URL(url);
  own.pathname = `/${name}`;
  return openPostgres({ url: own.toString() });
}

/**
 * A cluster to start from with these migrations applied, made once per machine, version and content of the migrations: it spares
 * each test file the seconds of initdb and of the same SQL. What opens a platform on a new folder takes it as `template`.
 */
export async function migratedCluster(migrations: readonly MigrationFolder[]): Promise<string> {
  const digest = createHash('sha256').update(rolesStatement);
  for (const { name, path } of migrations)
    for (const file of readdirSync(path).sort())
      if (file.endsWith('.sql')) digest.update(`\0${name}/${file}\0`).update(readFileSync(join(path, file)));
  const kept = join(tmpdir(), `hengjian-cluster-${version}-${digest.digest('hex').slice(0, 16)}.tar`);
  if (!existsSync(kept)) {
    const database = await PGlite.create();
    await database.exec(rolesStatement);
    const asOwner: Database['asOwner'] = (work) =>
      database.transaction((tx) =>
        work(
          asTransaction(async (text, params) => {
            if (params.length > 0) return (await tx.query<Row>(text, [...params])).rows;
            return (await tx.exec(text)).at(-1)?.rows as Row[];
          }),
        ),
      );
    await migrate({ asOwner } as Database, migrations);
    const dump = await database.dumpDataDir('none');
    await database.close();
    const waiting = `${kept}.${randomUUID()}`;
    writeFileSync(waiting, Buffer.from(await dump.arrayBuffer()));
    renameSync(waiting, kept);
  }
  return kept;
}
