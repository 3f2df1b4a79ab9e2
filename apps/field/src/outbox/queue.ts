import { sheetDigest } from '@hengjian/evidence';
import type { ActionForm, Draft, OutboxEntry, Task, Values } from '../shapes.ts';
import { store, write } from '../store.ts';

/**
 * Puts what was done into the outbox. Its id is the draft's, so that pressing twice, or in two windows, queues one thing. The draft stays until
 * the server has taken it. @throws {DeviceFull}
 */
export async function queue(task: Task, form: ActionForm, draft: Draft, input: Values): Promise<OutboxEntry> {
  return write(['outbox'], async (tx) => {
    const held = await tx.objectStore('outbox').get(draft.id);
    const entry: OutboxEntry = {
      id: draft.id,
      order: held?.order ?? Date.now(),
      task: task.id,
      entity: task.entity,
      taskNumber: task.number,
      taskTitle: task.title,
      action: form.name,
      actionLabel: form.label,
      input,
      version: task.version,
      chain: draft.chain,
      salt: draft.salt,
      seals: draft.seals,
      digest: sheetDigest(input, draft.salt),
      doneAt: held?.doneAt ?? new Date().toISOString(),
      arrived: held?.arrived ?? [],
      uploads: held?.uploads ?? {},
      clock: null,
      state: 'waiting',
      problem: null,
      current: null,
    };
    await tx.objectStore('outbox').put(entry);
    return entry;
  });
}

export async function inOrder(): Promise<OutboxEntry[]> {
  return (await (await store()).getAll('outbox')).sort((one, other) => one.order - other.order);
}

/** Changes an entry as it is on the disk now; answers undefined when it is gone. */
export async function change(id: string, how: (entry: OutboxEntry) => OutboxEntry): Promise<OutboxEntry | undefined> {
  return write(['outbox'], async (tx) => {
    const held = await tx.objectStore('outbox').get(id);
    if (held === undefined) return undefined;
    const changed = how(held);
    await tx.objectStore('outbox').put(changed);
    return changed;
  });
}

/** What the server refused goes back to be mended: the draft is still there; the next try is a new command. */
export async function takeBack(id: string): Promise<void> {
  await write(['outbox', 'drafts'], async (tx) => {
    const entry = await tx.objectStore('outbox').get(id);
    if (entry === undefined) return;
    const draft = await tx.objectStore('drafts').get(keyOf(entry.task, entry.action));
    if (draft !== undefined) await tx.objectStore('drafts').put({ ...draft, id: crypto.randomUUID() });
    await tx.objectStore('outbox').delete(id);
  });
}

/** A person looked at both sides and says that his stands: it goes out on top of the record as it is now. */
export async function insist(id: string): Promise<void> {
  await change(id, (entry) => ({
    ...entry,
    version: entry.current?.version ?? entry.version,
    state: 'waiting',
    problem: null,
  }));
}

/** A person gives something up, and says why: form, evidence and entry leave the device, a line of the log stays. */
export async function giveUp(id: string, reason: string, person: string): Promise<void> {
  await write(['outbox', 'drafts', 'files', 'log'], async (tx) => {
    const entry = await tx.objectStore('outbox').get(id);
    if (entry === undefined) return;
    await tx.objectStore('log').put({
      id,
      person,
      number: entry.taskNumber,
      record: entry.task,
      action: entry.actionLabel,
      doneAt: entry.doneAt,
      at: new Date().toISOString(),
      reason,
      problem: entry.problem,
      digest: entry.digest,
      pieces: entry.chain.links.map(({ piece: { kind, sha256, deviceAt } }) => ({ kind, sha256, deviceAt })),
    });
    for (const { piece } of entry.chain.links) await tx.objectStore('files').delete(piece.id);
    await tx.objectStore('drafts').delete(keyOf(entry.task, entry.action));
    await tx.objectStore('outbox').delete(id);
  });
}

/** What the server has is deleted here: pictures, signatures, form. A line without firm or person remains. */
export async function putAway(entry: OutboxEntry, number: string | null, version: number): Promise<void> {
  await write(['outbox', 'drafts', 'files', 'sent'], async (tx) => {
    for (const { piece } of entry.chain.links) await tx.objectStore('files').delete(piece.id);
    await tx.objectStore('drafts').delete(keyOf(entry.task, entry.action));
    await tx.objectStore('outbox').delete(entry.id);
    await tx.objectStore('sent').put({
      id: entry.id,
      number,
      action: entry.actionLabel,
      at: new Date().toISOString(),
      digest: entry.digest,
    });
    // What was done after it on the same task was done in the knowledge of it.
    for (const later of await tx.objectStore('outbox').getAll())
      if (later.task === entry.task) await tx.objectStore('outbox').put({ ...later, version });
  });
}

export const keyOf = (task: string, action: string): string => `${task}/${action}`;
