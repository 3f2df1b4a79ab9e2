/** Runs the embedded database in a worker thread so that a long statement never stops the server's own thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
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

const { folder, template } = workerData as { folder: string | null; template: string | null };
const database = await PGlite.create({
  ...(folder === null ? {} : { dataDir: folder }),
  ...(template === null
    ? {}
    : { loadDataDir: new Blob([await (await import('node:fs/promises')).readFile(template)]) }),
  parsers,
});
const port = parentPort!;
port.postMessage({ id: 0 } satisfies WorkerReply);

port.on('message', async (request: WorkerRequest) => {
  try {
    port.postMessage({ id: request.id, rows: await answer(request) } satisfies WorkerReply);
  } catch (error) {
    const { message, code, constraint } = error as { message: string; code?: string; constraint?: string };
    port.postMessage({ id: request.id, error: { message, code, constraint } } satisfies WorkerReply);
  }
});

async function answer(request: WorkerRequest): Promise<unknown[]> {
  switch (request.kind) {
    case 'query':
      return (await database.query(request.text, [...request.params])).rows;
    case 'exec':
      await database.exec(request.text);
      return [];
    case 'copy':
      await database.query(`copy ${request.target} from '/dev/blob'`, [], { blob: new Blob([request.text]) });
      return [];
    case 'close':
      await database.close();
      return [];
  }
}
