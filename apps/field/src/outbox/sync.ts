import { compareClocks, corrected } from '../clock.ts';
import { askTask, takeDay } from '../day.ts';
import { Problem, request } from '../http.ts';
import type { OutboxEntry, Refusal, Task } from '../shapes.ts';
import { DeviceFull, store, write } from '../store.ts';
import { change, inOrder, putAway } from './queue.ts';
import { sendPieces } from './upload.ts';

export type Progress = {
  running: boolean;
  entry: string | null;
  piece: number;
  pieces: number;
  problem: Refusal | null;
};

let progress: Progress = { running: false, entry: null, piece: 0, pieces: 0, problem: null };
const listeners = new Set<() => void>();

export const syncProgress = (): Progress => progress;
export function onProgress(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
function tell(change: Partial<Progress>): void {
  progress = { ...progress, ...change };
  for (const listener of listeners) listener();
}

/** Somebody asked while it was running: what he did then goes out as well. */
let wanted = false;

/**
 * Sends what waits, in the order in which it was done, and takes the day along anew. One window at a time; others leave at once. Whoever asks
 * while it runs is served by another round.
 */
export async function sync(): Promise<void> {
  wanted = true;
  const rounds = async (): Promise<void> => {
    while (wanted) {
      wanted = false;
      await run();
    }
  };
  const alone = navigator.locks?.request.bind(navigator.locks);
  if (alone === undefined) return rounds();
  await alone('hengjian-field-sync', { ifAvailable: true }, async (lock) => {
    if (lock !== null) await rounds();
  });
}

async function run(): Promise<void> {
  tell({ running: true, problem: null });
  try {
    await sendAll();
    await takeDay();
  } catch (error) {
    tell({ problem: sentenceOf(error) });
  } finally {
    tell({ running: false, entry: null });
  }
}

/** What to tell the person of anything that went wrong on the way. */
export function sentenceOf(error: unknown): Refusal {
  if (error instanceof Problem) return error.refusal;
  if (error instanceof DeviceFull)
    return {
      code: 'device-full',
      zh: '本机存储空间已满，没有写入新内容，已有内容都在。请先同步或者清理手机。',
      en: 'This device is full: nothing new was written, and all that was there is there. Send what waits, or make room.',
    };
  return {
    code: 'unexpected',
    zh: `出错了：${(error as Error).message}`,
    en: `Something went wrong: ${(error as Error).message}`,
  };
}

async function sendAll(): Promise<void> {
  const stuck = new Set<string>();
  for (const { id } of await inOrder()) {
    const entry = await (await store()).get('outbox', id);
    if (entry === undefined) continue;
    // What was done later on a task stands on what was done before.
    if (entry.state !== 'waiting' || stuck.has(entry.task)) {
      stuck.add(entry.task);
      continue;
    }
    tell({ entry: id, piece: 0, pieces: entry.chain.links.length });
    if (!(await sendEntry(entry))) stuck.add(entry.task);
  }
}

/** Sends one entry; true when the server has it. @throws {Problem} when there is no use in trying the next: no network, no room, no sign-in */
async function sendEntry(entry: OutboxEntry, again = false): Promise<boolean> {
  try {
    await sendPieces(entry, (piece, pieces) => tell({ piece, pieces }));
    const ready = await fixClock(entry);
    const { record } = await request<{ record: { number: string | null; version: number } }>(
      `/api/actions/${entry.entity}/${entry.action}`,
      { method: 'POST', body: commandOf(ready) },
    );
    await putAway(entry, record.number, record.version);
    await askTask(entry.task).catch(() => forgetTask(entry.task));
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code } = error.refusal;
    // A file that the server has lost since, or never put in its place: once more from the start.
    if (!again && (code === 'evidence-missing-piece' || code === 'upload-missing')) {
      const restarted = await change(entry.id, (held) => ({ ...held, arrived: [], uploads: {} }));
      return restarted === undefined ? false : sendEntry(restarted, true);
    }
    if (error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500) throw error;
    await setAside(entry, error);
    return false;
  }
}

/** The comparison of the clocks and the time of the act go out as they were at the first try. */
async function fixClock(entry: OutboxEntry): Promise<OutboxEntry> {
  if (entry.clock !== null) return entry;
  const clock = await compareClocks();
  return (await change(entry.id, (held) => ({ ...held, clock }))) ?? { ...entry, clock };
}

function commandOf({
  id,
  task,
  version,
  input,
  chain,
  salt,
  seals,
  clock,
  doneAt,
}: OutboxEntry): Record<string, unknown> {
  const capture = chain.links.length === 0 ? {} : { capture: { chain, clock, salt, seals } };
  const occurred = corrected(doneAt, clock ?? undefined);
  return {
    id,
    record: task,
    version,
    input: { ...input, ...capture },
    // A comparison is good to a fraction of a second: what was done just now is never told as done in the future.
    occurredAt: new Date(Math.min(Date.parse(occurred), Date.parse(clock!.serverAt))).toISOString(),
    documents: chain.links.map(({ piece }) => ({ kind: piece.kind, upload: piece.id })),
  };
}

/** What the server refuses waits for a person; where the record has moved on, with the record as it is now beside it. */
async function setAside(entry: OutboxEntry, { refusal }: Problem): Promise<void> {
  const moved =
    refusal.code === 'version-conflict' || refusal.code === 'not-allowed-now' || refusal.code === 'not-found';
  const current: Task | null = moved ? await askTask(entry.task).catch(() => null) : null;
  await change(entry.id, (held) => ({ ...held, state: moved ? 'conflict' : 'refused', problem: refusal, current }));
}

async function forgetTask(id: string): Promise<void> {
  await write(['tasks'], async (tx) => {
    await tx.objectStore('tasks').delete(id);
  });
}
