import { randomUUID } from 'node:crypto';
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
  migrate,
  openPostgres,
  type Sealer,
} from '@hengjian/kernel';
import { grantLifecycle, handoverLifecycle, roles as posts } from '@hengjian/people';
import { province } from '../data/demonstration/volume.ts';
import { holidayYears } from '../data/holidays/index.ts';
import { offices } from '../data/organisation/index.ts';
import { lifecycles, roles } from './declarations.ts';

const root = new URL('..', import.meta.url).pathname;

export interface BenchPlatform extends Kernel {
  sealer: Sealer;
  officer(role: string, office: string): Promise<Actor>;
  agent(organisation: string): Promise<Actor>;
  close(): Promise<void>;
}

/** A kernel on a database of the benches' cluster, with the demonstration's tree of offices and the benches' declarations. */
export async function openBench(url: string, connections = 16): Promise<BenchPlatform> {
  const database = await openPostgres({ url, connections });
  try {
    return await prepare(database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function prepare(database: Database): Promise<BenchPlatform> {
  await migrate(database, [
    { name: 'kernel', path: `${root}kernel/migrations` },
    { name: 'bench', path: `${root}bench/migrations` },
  ]);
  await writeOffices(database);
  const kernel: Kernel = {
    register: createRegister({
      lifecycles: [approvalLifecycle, handoverLifecycle, grantLifecycle, ...lifecycles],
      roles: { ...posts, ...roles },
    }),
    database,
    calendar: createCalendar(holidayYears),
    offices: await loadOffices(database),
    files: { put: async () => ({ sha256: '', size: 0 }), get: async () => new Uint8Array() },
    now: () => new Date(),
  };
  const sealer = createSealer({
    database,
    holder: randomUUID(),
    key: new Uint8Array(32).fill(7),
    name: 'hengjian.bench/log',
  });
  const grant = { id: randomUUID(), organisationName: null, validUntil: null, actingForName: null };
  const addPerson = async (name: string): Promise<string> => {
    const id = randomUUID();
    await database.asOwner((tx) => tx.query('insert into kernel.person (id, name) values ($1, $2)', [id, name]));
    return id;
  };
  return {
    ...kernel,
    sealer,
    officer: async (role, office) =>
      actorOf(kernel, {
        ...grant,
        person: await addPerson('张检'),
        personName: '张检',
        role,
        office,
        organisation: null,
      }),
    agent: async (organisation) =>
      actorOf(kernel, {
        ...grant,
        person: await addPerson('李代'),
        personName: '李代',
        role: 'enterprise-agent',
        office: province,
        organisation,
      }),
    async close() {
      await sealer.stop();
      await database.close();
    },
  };
}

async function writeOffices(database: Database): Promise<void> {
  await database.asOwner(async (tx) => {
    const places = new Map<string, string[]>();
    for (const { code, parent, kind, zh, en, region, home } of offices()) {
      const place = [...(parent === null ? [] : places.get(parent)!), code];
      places.set(code, place);
      await tx.query(
        `insert into kernel.office (code, parent, kind, zh, en, short, region, home, place)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
        [code, parent, kind, zh, en, zh.slice(0, 3), region, home, place],
      );
    }
  });
}
