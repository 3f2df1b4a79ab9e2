/** Runs the embedded database in a worker thread so that a long statement never stops the server's own thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { type messages, PGlite, parse, protocol } from '@electric-sql/pglite';
import { parsers } from './database.ts';

export type WorkerRequest =
  | { id: number; kind: 'query'; text: string; params: readonly unknown[] }
  | { id: number; kind: 'exec'; text: string }
  | { id: number; kind: 'copy'; target: string; text: string }
  | { id: number; kind: 'close' };
export type WorkerReply = {
  id: number;
  rows?: unknown[];
  error?: { message: string; code?: string; constraint?: string };
};

const { folder, template, wasm } = workerData as {
  folder: string | null;
  template: string | null;
  wasm: WebAssembly.Module;
};
const database = await PGlite.create({
  ...(folder === null ? {} : { dataDir: folder }),
  ...(template === null
    ? {}
    : { loadDataDir: new Blob([await (await import('node:fs/promises')).readFile(template)]) }),
  parsers,
  pgliteWasmModule: wasm,
});
await database.exec('set plan_cache_mode = force_generic_plan');
const port = parentPort!;
port.postMessage({ id: 0 } satisfies WorkerReply);

// One after another: what a transaction asks at once shares the statements that are prepared.
let last = Promise.resolve();
port.on('message', (request: WorkerRequest) => {
  last = last.then(() => serve(request));
});

async function serve(request: WorkerRequest): Promise<void> {
  try {
    port.postMessage({ id: request.id, rows: await answer(request) } satisfies WorkerReply);
  } catch (error) {
    const { message, code, constraint } = error as { message: string; code?: string; constraint?: string };
    port.postMessage({ id: request.id, error: { message, code, constraint } } satisfies WorkerReply);
  }
}

async function answer(request: WorkerRequest): Promise<unknown[]> {
  switch (request.kind) {
    case 'query':
      if (/^\s*(?:select|insert|update|delete|with)\b/i.test(request.text)) return query(request.text, request.params);
      return forgetting(request.text, async () => (await database.query(request.text, [...request.params])).rows);
    case 'exec':
      return forgetting(request.text, async () => {
        await database.exec(request.text);
        return [];
      });
    case 'copy':
      await database.query(`copy ${request.target} from '/dev/blob'`, [], { blob: new Blob([request.text]) });
      return [];
    case 'close':
      await database.close();
      return [];
  }
}

interface Prepared {
  readonly name: string;
  /** Types of the parameters, and the row description that every result of the statement has. */
  readonly types: readonly number[];
  readonly columns: readonly messages.BackendMessage[];
}

const { serialize } = protocol;
const prepared = new Map<string, Prepared>();
const MOST_PREPARED = 500;
let serial = 0;

/**
 * Planning under row security takes several times as long as running what most actions ask, so a statement is parsed
 * and planned once. Bound and run in one call of the database.
 */
async function query(text: string, params: readonly unknown[]): Promise<unknown[]> {
  const statement = prepared.get(text) ?? (await prepare(text));
  const values = params.map((value, index) => {
    if (value === null || value === undefined) return null;
    const written = database.serializers[statement.types[index]!];
    return written === undefined ? String(value) : written(value);
  });
  const { name } = statement;
  const results = await call(serialize.bind({ statement: name, values }), serialize.execute({}), serialize.sync());
  return parse.parseResults([...statement.columns, ...results], database.parsers)[0]!.rows;
}

async function prepare(text: string): Promise<Prepared> {
  if (prepared.size >= MOST_PREPARED) await forget(prepared.keys().next().value!);
  serial += 1;
  const name = `s${serial}`;
  const replies = await call(
    serialize.parse({ name, text }),
    serialize.describe({ type: 'S', name }),
    serialize.sync(),
  );
  const types = parse.parseDescribeStatementResults(replies);
  const statement = { name, types, columns: replies.filter((reply) => reply.name === 'rowDescription') };
  prepared.set(text, statement);
  return statement;
}

/** Runs what is no plain statement; one whose tables it changes could not be run again and is prepared anew. */
async function forgetting(text: string, run: () => Promise<unknown[]>): Promise<unknown[]> {
  const rows = await run();
  if (/\b(?:alter|create|drop)\b/i.test(text)) for (const known of prepared.keys()) await forget(known);
  return rows;
}

async function forget(text: string): Promise<void> {
  const { name } = prepared.get(text)!;
  prepared.delete(text);
  await call(serialize.close({ type: 'S', name }), serialize.sync());
}

async function call(...parts: readonly Uint8Array[]): Promise<messages.BackendMessage[]> {
  return (await database.execProtocol(Buffer.concat(parts), { syncToFs: false })).messages;
}
