import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archivesLifecycles } from '@hengjian/archives';
import { createCalendar } from '@hengjian/calendar';
import { casesLifecycles, casesQueries } from '@hengjian/cases';
import {
  complaintsLifecycles,
  complaintsQueries,
  freshKeyring,
  type Keyring,
  readKeyring,
  rotateIdentities,
} from '@hengjian/complaints';
import { correspondenceLifecycles, correspondenceQueries } from '@hengjian/correspondence';
import { counterparts, exchangeLifecycles, exchangeQueries, requireCounterparts } from '@hengjian/exchange';
import { caseFlows, flows, hallFlows } from '@hengjian/flows';
import { handlingLifecycles, handlingQueries } from '@hengjian/handling';
import { inspectionsLifecycles, inspectionsQueries } from '@hengjian/inspections';
import { institutionsLifecycles, institutionsQueries } from '@hengjian/institutions';
import {
  approvalLifecycle,
  createRegister,
  createSealer,
  type Database,
  expireClocks,
  type Kernel,
  loadOffices,
  type MigrationFolder,
  machines,
  migrate,
  openEmbedded,
  openPostgres,
  type Register,
  runFlows,
  type Sealer,
} from '@hengjian/kernel';
import { laboratoryLifecycles, laboratoryQueries, type SigningPort } from '@hengjian/laboratory';
import { licensingLifecycles, licensingQueries } from '@hengjian/licensing';
import {
  createMonitor,
  monitor,
  monitoringLifecycles,
  monitoringQueries,
  requireMonitoring,
} from '@hengjian/monitoring';
import { grantLifecycle, handoverLifecycle, peopleLifecycles, peopleQueries, roles } from '@hengjian/people';
import { reportingLifecycles, reportingQueries } from '@hengjian/reporting';
import { samplingLifecycles, samplingQueries } from '@hengjian/sampling';
import { subjectsLifecycles, subjectsQueries } from '@hengjian/subjects';
import { logKeyOf } from '@hengjian/transparency/verification';
import { holidayYears } from '../../../data/holidays/index.ts';
import { visitor } from './complaints/visitor.ts';
import { createFileStore } from './files.ts';
import { createReportSealer } from './papers/seal-reports.ts';

const root = new URL('../../../', import.meta.url).pathname;

/** Every folder of migrations, in the order in which they build on one another. */
export const migrationFolders: MigrationFolder[] = [
  { name: 'kernel', path: join(root, 'kernel/migrations') },
  { name: 'server', path: join(root, 'apps/server/migrations') },
  { name: 'subjects', path: join(root, 'domains/subjects/migrations') },
  { name: 'institutions', path: join(root, 'domains/institutions/migrations') },
  { name: 'sampling', path: join(root, 'domains/sampling/migrations') },
  { name: 'laboratory', path: join(root, 'domains/laboratory/migrations') },
  { name: 'handling', path: join(root, 'domains/handling/migrations') },
  { name: 'archives', path: join(root, 'domains/archives/migrations') },
  { name: 'people', path: join(root, 'domains/people/migrations') },
  { name: 'correspondence', path: join(root, 'domains/correspondence/migrations') },
  { name: 'exchange', path: join(root, 'domains/exchange/migrations') },
  { name: 'reporting', path: join(root, 'domains/reporting/migrations') },
  { name: 'licensing', path: join(root, 'domains/licensing/migrations') },
  { name: 'monitoring', path: join(root, 'domains/monitoring/migrations') },
  { name: 'inspections', path: join(root, 'domains/inspections/migrations') },
  { name: 'complaints', path: join(root, 'domains/complaints/migrations') },
  { name: 'cases', path: join(root, 'domains/cases/migrations') },
];

/**
 * All that is declared, as every app of this house uses it.
 * @throws Error naming each declaration, and each place of a counterpart's file, that is not sound
 */
export function declareAll() {
  const register = createRegister({
    lifecycles: [
      approvalLifecycle,
      handoverLifecycle,
      grantLifecycle,
      ...peopleLifecycles,
      ...subjectsLifecycles,
      ...institutionsLifecycles,
      ...samplingLifecycles,
      ...laboratoryLifecycles,
      ...handlingLifecycles,
      ...correspondenceLifecycles,
      ...archivesLifecycles,
      ...exchangeLifecycles,
      ...reportingLifecycles,
      ...licensingLifecycles,
      ...monitoringLifecycles,
      ...inspectionsLifecycles,
      ...complaintsLifecycles,
      ...casesLifecycles,
    ],
    roles,
    queries: [
      ...subjectsQueries,
      ...institutionsQueries,
      ...samplingQueries,
      ...laboratoryQueries,
      ...handlingQueries,
      ...correspondenceQueries,
      ...peopleQueries,
      ...exchangeQueries,
      ...reportingQueries,
      ...licensingQueries,
      ...monitoringQueries,
      ...inspectionsQueries,
      ...complaintsQueries,
      ...casesQueries,
    ],
    flows: [...flows, ...hallFlows, ...caseFlows],
  });
  requireCounterparts(counterparts, register);
  requireMonitoring(register);
  return register;
}

export interface Platform extends Kernel {
  folder: string;
  sealer: Sealer;
  /** Name and public key under which tree heads of the log are signed. */
  logKey: { name: string; publicKey: string };
  /** Runs what waits: seals, expires clocks, carries flows, watches. Calls never overlap. */
  /** Keys under which identities of complainants and reporters are sealed; they lie outside the database and its archives. */
  identities: Keyring;
  /** Runs what waits: seals, expires clocks, carries flows. Calls never overlap. */
  settle(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
  /** Offices were changed: read the tree again. */
  refreshOffices(): Promise<void>;
}

/** Opens the database, brings it up to date and puts the platform together; starts nothing yet. */
export async function openPlatform(options: {
  folder: string;
  databaseUrl?: string | undefined;
  template?: string;
  now?: () => Date;
  /** Who seals reports; without one they go out under the paper seal. */
  signing?: SigningPort | undefined;
  /** File with the keys of sealed identities; without one they are made beside the data at the first start. */
  identityKeys?: string | undefined;
}): Promise<Platform> {
  const identities = keyringOf(options.folder, options.identityKeys);
  const register = declareAll();
  mkdirSync(options.folder, { recursive: true });
  const database: Database =
    options.databaseUrl === undefined
      ? await openEmbedded({ folder: options.folder, ...(options.template ? { template: options.template } : {}) })
      : await openPostgres({ url: options.databaseUrl });
  try {
    await migrate(database, migrationFolders);
    await checkRole(database);
    await requireEditions(register, database);
  } catch (error) {
    // An embedded database left open would keep the process alive.
    await database.close();
    throw error;
  }
  await database.asOwner(async (tx) => {
    for (const { id, name } of [...Object.values(machines), monitor, visitor])
      await tx.query(`insert into kernel.person (id, name, kind) values ($1, $2, 'machine') on conflict do nothing`, [
        id,
        name,
      ]);
  });
  await rotateIdentities(database, identities);
  const logName = 'hengjian.local/log';
  const key = keyOf(options.folder);
  const now = options.now ?? (() => new Date());
  const sealer = createSealer({ database, holder: randomUUID(), key, name: logName, now });
  let settling: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let newestChange = 0;
  /** The tree may be changed from the command line or by another process; claims are made of it at each request. */
  const watchOffices = async (): Promise<void> => {
    const [newest] = await database.transaction('hengjian_machine', null, (tx) =>
      tx.query<{ id: number }>('select coalesce(max(id), 0) as id from kernel.office_change'),
    );
    if (Number(newest!.id) === newestChange) return;
    newestChange = Number(newest!.id);
    await platform.refreshOffices();
  };
  const platform: Platform = {
    register,
    database,
    calendar: createCalendar(holidayYears),
    offices: await loadOffices(database),
    files: createFileStore(join(options.folder, 'files')),
    now,
    folder: options.folder,
    sealer,
    logKey: logKeyOf(logName, key),
    identities,
    settle() {
      settling = settling.then(async () => {
        // A consequence may have consequences: again until nothing more happens.
        for (let more = true; more; ) {
          await sealer.seal();
          const carried = await runFlows(platform);
          const { expired } = await expireClocks(platform);
          const sealed = (await sealReports?.()) ?? 0;
          more = carried + expired + sealed > 0;
        }
        await watch.sweep();
      });
      return settling;
    },
    start() {
      const tick = (): void => {
        if (stopped) return;
        watchOffices()
          .then(() => platform.settle())
          .catch((error: unknown) => {
            settling = Promise.resolve();
            if (!stopped) process.emitWarning(`The machines stumbled and will go on: ${(error as Error).message}`);
          })
          .finally(() => {
            if (!stopped) timer = setTimeout(tick, 250);
          });
      };
      tick();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await settling.catch(() => undefined);
      await sealer.stop();
      await database.close();
    },
    async refreshOffices() {
      platform.offices = await loadOffices(database);
    },
  };
  const watch = createMonitor(platform);
  const sealReports = options.signing && createReportSealer(platform, options.signing);
  return platform;
}

/** Row security must hold for this very process: without a claim nothing is visible, or it does not start. */
async function checkRole(database: Database): Promise<void> {
  const [row] = await database.transaction('hengjian_app', null, (tx) =>
    tx.query<{ n: number; super: boolean; bypass: boolean }>(
      `select (select count(*) from kernel.record) + (select count(*) from kernel.event) as n, rolsuper as super, rolbypassrls as bypass
       from pg_roles where rolname = current_user`,
    ),
  );
  if (row === undefined || row.super || row.bypass || Number(row.n) !== 0)
    throw new Error('Row security does not hold for this process; it will not start.');
}

/**
 * An edition that an open record follows must be declared as long as the record is open.
 * @throws Error naming the records' kind and the edition
 */
export async function requireEditions(register: Register, database: Database): Promise<void> {
  const followed = await database.transaction('hengjian_machine', null, (tx) =>
    tx.query<{ entity: string; edition: string }>(
      'select distinct entity, edition from kernel.record where closed_at is null',
    ),
  );
  const missing = followed.filter(
    ({ entity, edition }) => !register.lifecycles.get(entity)?.editions.some(({ name }) => name === edition),
  );
  if (missing.length > 0)
    throw new Error(
      `Open records follow editions that are not declared; it will not start:\n${missing.map(({ entity, edition }) => `  ${entity}: ${edition}`).join('\n')}`,
    );
}

/** The Ed25519 key of the log, made at the first start and kept beside the data, readable by its owner alone. */
function keyOf(folder: string): Uint8Array {
  const path = join(folder, 'log.key');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
}

/** @throws Error when a file is named and cannot be read, or holds no keyring */
function keyringOf(folder: string, named: string | undefined): Keyring {
  const path = named ?? join(folder, 'identity-keys.json');
  mkdirSync(folder, { recursive: true });
  if (named === undefined && !existsSync(path)) writeFileSync(path, freshKeyring(), { mode: 0o600 });
  return readKeyring(readFileSync(path, 'utf8'));
}

/** A secret of this installation by name, made at first use. */
export function secretOf(folder: string, name: string): string {
  const path = join(folder, `${name}.secret`);
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8').trim();
}
