import { existsSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  asTransaction,
  type CopyInto,
  type Database,
  type DatabaseRole,
  type Lane,
  openingStatement,
  type Row,
} from './database.ts';
import type { WorkerReply, WorkerRequest } from './pglite-worker.ts';
import { rolesStatement } from './postgresql.ts';

export interface EmbeddedOptions {
  /** Folder of the data, or null for a database in memory (tests). */
  folder: string | null;
  /** A dump of a prepared database to start from when the folder is new. */
  template?: string;
}

type Request = WorkerRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

const laneOrder: Record<Lane, number> = { interactive: 0, jobs: 1, statistics: 2 };

/**
 * PGlite: PostgreSQL inside this process, one session. Transactions wait in one queue by lane. The folder is locked by a file
 * that names the process, because PGlite itself does not lock it.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Database> {
  const unlock = options.folder === null ? () => undefined : lockFolder(options.folder);
  const fresh = options.folder === null || !existsSync(join(options.folder, 'pg', 'PG_VERSION'));
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
    workerData: {
      folder: options.folder === null ? null : join(options.folder, 'pg'),
      template: fresh ? (options.template ?? null) : null,
    },
  });
  const waiting = new Map<number, { resolve: (rows: Row[]) => void; reject: (error: unknown) => void }>();
  let serial = 0;
  let broken: Error | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    waiting.set(0, { resolve: () => resolve(), reject });
  });
  const fail = (error: Error): void => {
    broken = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`The embedded database stopped (code ${code}).`)));
  worker.on('message', (reply: WorkerReply) => {
    const waiter = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error) waiter?.reject(Object.assign(new Error(reply.error.message), reply.error));
    else waiter?.resolve((reply.rows ?? []) as Row[]);
  });
  const send = (request: Request): Promise<Row[]> =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken);
      serial += 1;
      waiting.set(serial, { resolve, reject });
      worker.postMessage({ ...request, id: serial });
    });
  const query = (text: string, params: readonly unknown[]): Promise<Row[]> =>
    params.length === 0 && text.includes(';') ? send({ kind: 'exec', text }) : send({ kind: 'query', text, params });

  await ready;
  const queue = new SessionQueue();
  const inside = async <T>(lane: Lane, opening: string, work: () => Promise<T>): Promise<T> => {
    const release = await queue.enter(lane);
    try {
      await send({ kind: 'exec', text: opening });
      try {
        const result = await work();
        await send({ kind: 'exec', text: 'commit' });
        return result;
      } catch (error) {
        await send({ kind: 'exec', text: 'rollback' }).catch(() => undefined);
        throw error;
      }
    } finally {
      release();
    }
  };
  const tx = asTransaction(query);
  // Reading COPY input is the owner's right on PGlite; only staging tables, which hang on no policy, are ever its target.
  const copyAs =
    (role: DatabaseRole): CopyInto =>
    async (target, chunks) => {
      if (!/^staged_[a-z]+ /.test(target)) throw new Error(`COPY goes into staging tables only, not into ${target}.`);
      const flush = async (text: string): Promise<void> => {
        await send({ kind: 'exec', text: 'reset role' });
        await send({ kind: 'copy', target, text });
        await send({ kind: 'exec', text: `set local role ${role}` });
      };
      let text = '';
      for await (const chunk of chunks) {
        text += chunk;
        if (text.length > 4_000_000) {
          await flush(text);
          text = '';
        }
      }
      if (text !== '') await flush(text);
    };
  await send({ kind: 'exec', text: rolesStatement });
  return {
    kind: 'pglite',
    transaction: (role, claim, work, lane = 'interactive', command) =>
      inside(lane, openingStatement(role, claim, command), () => work(tx)),
    asOwner: (work) => inside('interactive', 'begin', () => work(tx)),
    copy: (role, claim, work) => inside('jobs', openingStatement(role, claim), () => work(tx, copyAs(role))),
    async close() {
      const release = await queue.enter('interactive');
      await send({ kind: 'close' }).catch(() => undefined);
      worker.removeAllListeners('exit');
      await worker.terminate();
      release();
      unlock();
    },
  };
}

/** One session, handed on by lane and then by arrival. */
class SessionQueue {
  private busy = false;
  private readonly lanes: (() => void)[][] = [[], [], []];

  async enter(lane: Lane): Promise<() => void> {
    if (this.busy) await new Promise<void>((resolve) => this.lanes[laneOrder[lane]]!.push(resolve));
    this.busy = true;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = this.lanes.find((waiters) => waiters.length > 0)?.shift();
      if (next) next();
      else this.busy = false;
    };
  }
}

function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'hengjian.lock');
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeSync(openSync(path, 'wx'), String(process.pid));
      return () => unlinkSync(path);
    } catch (error) {
      const holder = Number(readFileSync(path, 'utf8'));
      if (attempt > 0 || isAlive(holder))
        throw new Error(`The folder ${folder} is in use by process ${holder}; one process may open it at a time.`, {
          cause: error,
        });
      unlinkSync(path);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid && pid > 0;
  } catch {
    return false;
  }
}
