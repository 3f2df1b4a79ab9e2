import { useCallback, useEffect, useRef, useState } from 'react';
import type { Upload } from '../api.ts';
import { Problem, request } from '../http.ts';
import type { Values } from './form.ts';

/** What of a form is kept while it is being written. The command's id stays with it: a retry is the same command. */
export type Draft = {
  id: string;
  values: Values;
  papers: Record<string, Upload>;
  occurredAt: string;
  note: string;
};

export type DraftState = 'none' | 'saving' | 'saved' | 'failed';

function path(key: string): string {
  return `/api/drafts/${key}`;
}

function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && 'id' in value && 'values' in value;
}

export function freshDraft(values: Values): Draft {
  return { id: crypto.randomUUID(), values, papers: {}, occurredAt: '', note: '' };
}

/** The draft kept under a key, or undefined when there is none or it cannot be read. */
export async function findDraft(key: string, signal?: AbortSignal): Promise<Draft | undefined> {
  try {
    const answer = await request<{ value?: unknown } | null>(path(key), { signal });
    return isDraft(answer?.value) ? answer.value : undefined;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/**
 * Saves a draft by itself, a second after the last change. `unsaved` answers at any moment whether something is written
 * that the server does not hold yet; once discarded, nothing is.
 */
export function useDraftSaving(key: string, draft: Draft, touched: boolean) {
  const [state, setState] = useState<DraftState>('none');
  const [savedAt, setSavedAt] = useState('');
  const kept = useRef(draft);
  const stopped = useRef(false);
  const latest = useRef({ draft, touched });
  latest.current = { draft, touched };

  const save = useCallback(
    async (value: Draft) => {
      if (stopped.current) return;
      setState('saving');
      try {
        await request(path(key), { method: 'PUT', body: { value } });
        kept.current = value;
        setSavedAt(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(11, 16));
        setState('saved');
      } catch {
        setState('failed');
      }
    },
    [key],
  );

  useEffect(() => {
    if (!touched || kept.current === draft) return;
    const timer = setTimeout(() => void save(draft), 1000);
    return () => clearTimeout(timer);
  }, [draft, touched, save]);

  const unsaved = useCallback(
    () => !stopped.current && latest.current.touched && kept.current !== latest.current.draft,
    [],
  );

  const discard = useCallback(async () => {
    stopped.current = true;
    try {
      await request(path(key), { method: 'DELETE' });
    } catch {
      // The draft then lingers until it is written over; nothing of the record depends on it.
    }
  }, [key]);

  return { state, savedAt, unsaved, discard, save: () => save(draft) };
}
