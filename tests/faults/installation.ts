/** A small installation that acts on one procedure, in a folder or on PostgreSQL; the child process of the tests opens it too. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCalendar } from '@hengjian/calendar';
import {
  type Actor,
  actorOf,
  approvalLifecycle,
  createRegister,
  createSealer,
  type Database,
  type Kernel,
  loadOffices,
  type MigrationFolder,
  migrate,
  openEmbedded,
  openPostgres,
  type Sealer,
} from '@hengjian/kernel';
import { migratedCluster } from '@hengjian/kernel/testing';
import { grantLifecycle, handoverLifecycle, roles } from '@hengjian/people';
import { createFileStore } from '../../apps/server/src/files.ts';
import { holidayYears } from '../../data/holidays/index.ts';
import { licence } from '../trials/licence.ts';

export const logName = 'hengjian.test/log';
export const key = new Uint8Array(32).fill(7);
export const migrations: MigrationFolder[] = [
  { name: 'kernel', path: new URL('../../kernel/migrations', import.meta.url).pathname },
  { name: 'trial', path: new URL('migrations', import.meta.url).pathname },
];

export interface Installation extends Kernel {
  folder: string;
  sealer: Sealer;
  window: Actor;
  close(): Promise<void>;
}

const person = '00000000-0000-7000-8000-00000000a001';

/** Opens an installation, making it when it is new: offices 43 and 4301, and one officer at the window of 43. */
export async function openInstallation(folder: string, databaseUrl?: string): Promise<Installation> {
  mkdirSync(folder, { recursive: true });
  const database: Database =
    databaseUrl === undefined
      ? await openEmbedded({ folder, template: await migratedCluster(migrations) })
      : await openPostgres({ url: databaseUrl, connections: 4 });
  await migrate(database, migrations);
  await database.asOwner(async (tx) => {
    for (const [code, parent, zh, short, place] of [
      ['43', null, '湖南省市场监督管理局', '湘市监', ['43']],
      ['4301', '43', '长沙市市场监督管理局', '长市监', ['43', '4301']],
    ] as const)
      await tx.query(
        `insert into kernel.office (code, parent, kind, zh, en, short, region, home, place)
         values ($1, $2, 'bureau', $3, $1, $4, $1, 430, $5) on conflict do nothing`,
        [code, parent, zh, short, place],
      );
    await tx.query(`insert into kernel.person (id, name) values ($1, '张一') on conflict do nothing`, [person]);
  });
  const kernel: Kernel = {
    register: createRegister({
      lifecycles: [approvalLifecycle, handoverLifecycle, grantLifecycle, licence],
      roles,
    }),
    database,
    calendar: createCalendar(holidayYears),
    offices: await loadOffices(database),
    files: createFileStore(join(folder, 'files')),
    now: () => new Date(),
  };
  // One holder for all: the next process need not wait until the lease of a killed one has run out.
  const sealer = createSealer({ database, holder: 'faults', key, name: logName });
  return {
    ...kernel,
    folder,
    sealer,
    window: actorOf(kernel, {
      id: '00000000-0000-7000-8000-00000000a002',
      person,
      personName: '张一',
      role: 'organiser',
      office: '43',
      organisation: null,
      organisationName: null,
      validUntil: null,
      actingForName: null,
    }),
    async close() {
      await sealer.stop();
      await database.close();
    },
  };
}
