import { beginChain } from '@hengjian/evidence';
import { useEffect, useRef, useState } from 'react';
import { corrected, lastComparison } from '../clock.ts';
import { deviceName, hexOf } from '../device.ts';
import { keyOf } from '../outbox/queue.ts';
import type { Draft, Task, Values } from '../shapes.ts';
import { prefilled } from '../sheet/values.ts';
import { DeviceFull, onChange, store, write } from '../store.ts';

/** A form is on the disk this long after a key was pressed; when the app leaves the screen, at once. */
const restMilliseconds = 250;

async function begin(task: Task, action: string): Promise<Draft> {
  const key = keyOf(task.id, action);
  const held = await (await store()).get('drafts', key);
  if (held !== undefined) return held;
  const now = new Date().toISOString();
  return {
    key,
    id: crypto.randomUUID(),
    task: task.id,
    action,
    values: prefilled(task, action, corrected(now, await lastComparison())),
    chain: beginChain({ id: crypto.randomUUID(), record: task.id, device: await deviceName(), begunAt: now }),
    salt: hexOf(crypto.getRandomValues(new Uint8Array(16))),
    seals: [],
    changedAt: now,
  };
}

/** The form of an act on a task as it is kept on this device: what was typed survives the app, the phone and the battery. */
export function useDraft(task: Task | undefined, action: string) {
  const [draft, setDraft] = useState<Draft>();
  const [full, setFull] = useState(false);
  const current = useRef<Draft>(undefined);
  const unwritten = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const show = (next: Draft | undefined): void => {
    current.current = next;
    setDraft(next);
  };
  const flush = async (): Promise<void> => {
    clearTimeout(timer.current);
    if (!unwritten.current || current.current === undefined) return;
    unwritten.current = false;
    const { key, values, seals, changedAt } = current.current;
    const mine = current.current;
    try {
      await write(['drafts'], async (tx) => {
        // Pieces are added elsewhere; only what is typed is written here.
        const held = (await tx.objectStore('drafts').get(key)) ?? mine;
        await tx.objectStore('drafts').put({ ...held, values, seals, changedAt });
      });
      setFull(false);
    } catch (error) {
      unwritten.current = true;
      if (!(error instanceof DeviceFull)) throw error;
      setFull(true);
    }
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft belongs to its task and act
  useEffect(() => {
    if (task === undefined) return;
    let stopped = false;
    void begin(task, action).then((begun) => !stopped && show(begun));
    const hide = (): void => void flush();
    addEventListener('pagehide', hide);
    document.addEventListener('visibilitychange', hide);
    const stop = onChange(() => {
      if (unwritten.current || current.current === undefined) return;
      void store()
        .then((held) => held.get('drafts', keyOf(task.id, action)))
        .then((held) => !stopped && held !== undefined && !unwritten.current && show(held));
    });
    return () => {
      stopped = true;
      void flush();
      stop();
      removeEventListener('pagehide', hide);
      document.removeEventListener('visibilitychange', hide);
    };
  }, [task?.id, action]);

  const change = (values: Values, seals?: string[]): void => {
    if (current.current === undefined) return;
    unwritten.current = true;
    show({ ...current.current, values, seals: seals ?? current.current.seals, changedAt: new Date().toISOString() });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), restMilliseconds);
  };
  /** A piece was added on the disk; what was typed meanwhile stands. */
  const captured = ({ chain, changedAt }: Draft): void => {
    if (current.current !== undefined) show({ ...current.current, chain, changedAt });
  };
  return { draft, change, flush, captured, full };
}
