import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { onProgress, type Progress, syncProgress } from './outbox/sync.ts';
import { onChange } from './store.ts';

/** What a look at the store gives, looked up again after each change; undefined before the first answer. */
export function useStored<T>(look: () => Promise<T>, keys: readonly string[]): T | undefined {
  const [held, setHeld] = useState<T>();
  const latest = useRef(look);
  latest.current = look;
  const question = keys.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question, another look
  useEffect(() => {
    let stopped = false;
    const refresh = (): void => {
      latest.current().then(
        (value) => !stopped && setHeld(value),
        () => undefined,
      );
    };
    refresh();
    const stop = onChange(refresh);
    return () => {
      stopped = true;
      stop();
    };
  }, [question]);
  return held;
}

export function useOnline(): boolean {
  return useSyncExternalStore(
    useCallback((listener: () => void) => {
      addEventListener('online', listener);
      addEventListener('offline', listener);
      return () => {
        removeEventListener('online', listener);
        removeEventListener('offline', listener);
      };
    }, []),
    () => navigator.onLine,
  );
}

export const useProgress = (): Progress => useSyncExternalStore(onProgress, syncProgress);
