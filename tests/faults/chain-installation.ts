/** Sampling, result handling and the flows between them, as the platform puts them together; parent and child of the crash test open it. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCalendar } from '@hengjian/calendar';
import {
  type Actor,
  actorOf,
  createSealer,
  type Kernel,
  loadOffices,
  machines,
  migrate,
  openEmbedded,
  openPostgres,
  type Sealer,
} from '@hengjian/kernel';
import { migratedCluster } from '@hengjian/kernel/testing';
import { createFileStore } from '../../apps/server/src/files.ts';
import { declareAll, migrationFolders } from '../../apps/server/src/platform.ts';
import { holidayYears } from '../../data/holidays/index.ts';
import { key, logName } from './installation.ts';

export interface Chain extends Kernel {
  sealer: Sealer;
  organiser: Actor;
  handler: Actor;
  close(): Promise<void>;
}

const offices = [
  ['43', null, '湖南省市场监督管理局', '湘市监', 430, ['43']],
  ['4301', '43', '长沙市市场监督管理局', '长市监', 431, ['43', '4301']],
  ['430102', '4301', '芙蓉区市场监督管理局', '芙市监', 431, ['43', '4301', '430102']],
] as const;
const people = {
  organiser: '00000000-0000-7000-8000-00000000b001',
  handler: '00000000-0000-7000-8000-00000000b002',
} as const;

export async function openChain(folder: string, databaseUrl?: string): Promise<Chain> {
  mkdirSync(folder, { recursive: true });
  const database =
    databaseUrl === undefined
      ? await openEmbedded({ folder, template: await migratedCluster(migrationFolders) })
      : await openPostgres({ url: databaseUrl, connections: 4 });
  await migrate(database, migrationFolders);
  await database.asOwner(async (tx) => {
    for (const [code, parent, zh, short, home, place] of offices)
      await tx.query(
        `insert into kernel.office (code, parent, kind, zh, en, short, region, home, place)
         values ($1, $2, 'bureau', $3, $1, $4, $1, $5, $6) on conflict do nothing`,
        [code, parent, zh, short, home, place],
      );
    for (const [name, id] of Object.entries(people))
      await tx.query('insert into kernel.person (id, name) values ($1, $2) on conflict do nothing', [id, name]);
    for (const { id, name } of Object.values(machines))
      await tx.query(`insert into kernel.person (id, name, kind) values ($1, $2, 'machine') on conflict do nothing`, [
        id,
        name,
      ]);
  });
  const kernel: Kernel = {
    register: declareAll(),
    database,
    calendar: createCalendar(holidayYears),
    offices: await loadOffices(database),
    files: createFileStore(join(folder, 'files')),
    now: () => new Date(),
  };
  // One holder for all: the next process need not wait until the lease of a killed one has run out.
  const sealer = createSealer({ database, holder: 'faults', key, name: logName });
  const officer = (person: string, role: string, office: string): Actor =>
    actorOf(kernel, {
      id: person,
      person,
      personName: role,
      role,
      office,
      organisation: null,
      organisationName: null,
      validUntil: null,
      actingForName: null,
    });
  return {
    ...kernel,
    sealer,
    organiser: officer(people.organiser, 'organiser', '43'),
    handler: officer(people.handler, 'result-handler', '430102'),
    async close() {
      await sealer.stop();
      await database.close();
    },
  };
}
