import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Day, Draft, GivenUp, OutboxEntry, Sent, StoredFile, Task } from './shapes.ts';

interface Kept extends DBSchema {
  /** The day, the name of the device, the offset of its clock. */
  facts: { key: string; value: unknown };
  tasks: { key: string; value: Task };
  drafts: { key: string; value: Draft; indexes: { task: string } };
  files: { key: string; value: StoredFile; indexes: { task: string } };
  outbox: { key: string; value: OutboxEntry };
  sent: { key: string; value: Sent };
  log: { key: string; value: GivenUp };
}
export type Store = IDBPDatabase<Kept>;
export type StoreName = 'facts' | 'tasks' | 'drafts' | 'files' | 'outbox' | 'sent' | 'log';

let opening: Promise<Store> | undefined;

/** The store on this device; every write is durable before anything is said to be kept. */
export function store(): Promise<Store> {
  opening ??= openDB<Kept>('hengjian-field', 2, {
    async upgrade(made, from, _to, tx) {
      made.createObjectStore('log', { keyPath: 'id' });
      if (from === 1) {
        // What was done before inspections came here was sampling.
        for (const entry of await tx.objectStore('outbox').getAll())
          await tx.objectStore('outbox').put({ ...entry, entity: 'sampling.task', taskNumber: null });
        return;
      }
      made.createObjectStore('facts');
      made.createObjectStore('tasks', { keyPath: 'id' });
      made.createObjectStore('drafts', { keyPath: 'key' }).createIndex('task', 'task');
      made.createObjectStore('files', { keyPath: 'id' }).createIndex('task', 'task');
      made.createObjectStore('outbox', { keyPath: 'id' });
      made.createObjectStore('sent', { keyPath: 'id' });
    },
  });
  return opening;
}

const changes = new EventTarget();

/** Calls back after each change of the store, in this window or another; returns how to stop. */
export function onChange(listener: () => void): () => void {
  changes.addEventListener('changed', listener);
  return () => changes.removeEventListener('changed', listener);
}

const others = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('hengjian-field');
others?.addEventListener('message', () => changes.dispatchEvent(new Event('changed')));

function tell(): void {
  changes.dispatchEvent(new Event('changed'));
  others?.postMessage('changed');
}

/** The device has no room left; nothing that was kept before is touched. */
export class DeviceFull extends Error {}

/** Writes in one transaction that is on the disk when this returns. @throws {DeviceFull} */
export async function write<T>(
  names: StoreName[],
  work: (tx: ReturnType<typeof strictly>) => Promise<T> | T,
): Promise<T> {
  const held = await store();
  const tx = strictly(held, names);
  try {
    const result = await work(tx);
    await tx.done;
    tell();
    return result;
  } catch (error) {
    await tx.done.catch(() => undefined);
    const name = (error as DOMException | null)?.name ?? (tx.error?.name as string | undefined);
    if (name === 'QuotaExceededError' || tx.error?.name === 'QuotaExceededError') throw new DeviceFull();
    throw error;
  }
}

function strictly(held: Store, names: StoreName[]) {
  return held.transaction(names, 'readwrite', { durability: 'strict' });
}

export async function readFact<T>(name: string): Promise<T | undefined> {
  return (await (await store()).get('facts', name)) as T | undefined;
}

export async function writeFact(name: string, value: unknown): Promise<void> {
  await write(['facts'], async (tx) => {
    await tx.objectStore('facts').put(value, name);
  });
}

export const readDay = (): Promise<Day | undefined> => readFact<Day>('day');

/** Everything that the app holds of anybody's work but the log of what was given up; when somebody else signs in, and when asked to. */
export async function forgetEverything(): Promise<void> {
  const names: StoreName[] = ['tasks', 'drafts', 'files', 'outbox', 'sent', 'facts'];
  await write(names, async (tx) => {
    await Promise.all(names.map((name) => tx.objectStore(name).clear()));
  });
}
