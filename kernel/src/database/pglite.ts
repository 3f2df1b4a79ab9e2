import { existsSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
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
  /** Seconds that one statement may take, by lane. */
  limits?: Partial<Record<Lane, number>>;
}

/** The database's program, compiled once for all sessions of this process: each would spend a second of processor on it. */
let program: Promise<WebAssembly.Module> | undefined;
const compiled = (): Promise<WebAssembly.Module> => {
  const path = createRequire(import.meta.url).resolve('@electric-sql/pglite/pglite.wasm');
  program ??= WebAssembly.compile(readFileSync(path));
  return program;
};

type Request = WorkerRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

const laneOrder: Record<Lane, number> = { interactive: 0, jobs: 1, statistics: 2 };

/** Seconds that one statement may take: it cannot be cancelled, and nobody else is served meanwhile. */
const limits: Record<Lane, number> = { interactive: 30, statistics: 60, jobs: 900 };

/**
 * PGlite: PostgreSQL inside this process, one session. Transactions wait in one queue by lane. The folder is locked by a file
 * that names the process, because PGlite itself does not lock it. A statement beyond its limit, or a crash of the worker, costs
 * the transaction under way (error 57014) and a restart of the worker; what was committed stays.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Database> {
  const unlock = options.folder === null ? () => undefined : lockFolder(options.folder);
  const fresh = options.folder === null || !existsSync(join(options.folder, 'pg', 'PG_VERSION'));
  const seconds = { ...limits, ...options.limits };
  const waiting = new Map<number, { resolve: (rows: Row[]) => void; reject: (error: unknown) => void }>();
  let serial = 0;
  let closed = false;
  const wasm = await compiled();
  let session = launch(fresh ? (options.template ?? null) : null);

  function launch(template: string | null): { worker: Worker; ready: Promise<unknown> } {
    const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
      workerData: { folder: options.folder === null ? null : join(options.folder, 'pg'), template, wasm },
    });
    const ready = new Promise((resolve, reject) => waiting.set(0, { resolve, reject }));
    ready.catch(() => undefined);
    worker.on('error', (error) => lose(worker, error));
    worker.on('exit', (code) => lose(worker, new Error(`The embedded database stopped (code ${code}).`)));
    worker.on('message', (reply: WorkerReply) => {
      const waiter = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.error) waiter?.reject(Object.assign(new Error(reply.error.message), reply.error));
      else waiter?.resolve((reply.rows ?? []) as Row[]);
    });
    return { worker, ready };
  }
  /** Rejects what waits and, for a database that lies in a folder, starts the next session. */
  function lose(worker: Worker, error: Error): void {
    if (closed || worker !== session.worker) return;
    const starting = waiting.has(0);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    worker.removeAllListeners();
    if (options.folder !== null && !starting) session = launch(null);
  }
  const send = async (request: Request, limit = seconds.jobs): Promise<Row[]> => {
    const { worker, ready } = session;
    await ready;
    return new Promise((resolve, reject) => {
      serial += 1;
      const watch = setTimeout(() => {
        const error = Object.assign(new Error(`A statement took longer than ${limit} s.`), { code: '57014' });
        worker.removeAllListeners('exit');
        void worker.terminate().then(() => lose(worker, error));
      }, limit * 1000);
      const settled = <T>(then: (value: T) => void) => {
        return (value: T): void => {
          clearTimeout(watch);
          then(value);
        };
      };
      waiting.set(serial, { resolve: settled(resolve), reject: settled(reject) });
      worker.postMessage({ ...request, id: serial });
    });
  };

  await session.ready;
  const queue = new SessionQueue();
  const inside = async <T>(lane: Lane, opening: string, work: (ask: typeof send) => Promise<T>): Promise<T> => {
    const release = await queue.enter(lane);
    const { worker } = session;
    // A transaction ends with the session it began in: in the next one its statements would have neither role nor claim.
    const ask: typeof send = (request) => {
      if (worker === session.worker) return send(request, seconds[lane]);
      return Promise.reject(new Error('The database was restarted during this transaction.'));
    };
    try {
      await ask({ kind: 'exec', text: opening });
      try {
        const result = await work(ask);
        await ask({ kind: 'exec', text: 'commit' });
        return result;
      } catch (error) {
        await ask({ kind: 'exec', text: 'rollback' }).catch(() => undefined);
        throw error;
      }
    } finally {
      release();
    }
  };
  const transactionOf = (ask: typeof send) =>
    asTransaction((text, params) =>
      params.length === 0 && text.includes(';') ? ask({ kind: 'exec', text }) : ask({ kind: 'query', text, params }),
    );
  // Reading COPY input is the owner's right on PGlite; only staging tables, which hang on no policy, are ever its target.
  const copyAs =
    (role: DatabaseRole, ask: typeof send): CopyInto =>
    async (target, chunks) => {
      if (!/^staged_[a-z]+ /.test(target)) throw new Error(`COPY goes into staging tables only, not into ${target}.`);
      const flush = async (text: string): Promise<void> => {
        await ask({ kind: 'exec', text: 'reset role' });
        await ask({ kind: 'copy', target, text });
        await ask({ kind: 'exec', text: `set local role ${role}` });
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
  // Done at every start, so that roles which a later release adds are there before its migrations.
  await send({ kind: 'exec', text: rolesStatement });
  return {
    kind: 'pglite',
    transaction: (role, claim, work, lane = 'interactive', command) =>
      inside(lane, openingStatement(role, claim, command), (ask) => work(transactionOf(ask))),
    asOwner: (work) => inside('jobs', 'begin', (ask) => work(transactionOf(ask))),
    copy: (role, claim, work) =>
      inside('jobs', openingStatement(role, claim), (ask) => work(transactionOf(ask), copyAs(role, ask))),
    async close() {
      const release = await queue.enter('interactive');
      await send({ kind: 'close' }).catch(() => undefined);
      closed = true;
      await session.worker.terminate();
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
