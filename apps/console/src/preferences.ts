/** What a person chose on this device: language, theme, single-key shortcuts. Nothing here is a fact of the work. */
import { useSyncExternalStore } from 'react';

export type Language = 'zh' | 'en';
export type Theme = 'system' | 'light' | 'dark';
export type Preferences = { language: Language; theme: Theme; keys: boolean };

const storageKey = 'hengjian.preferences';
const initial: Preferences = { language: 'zh', theme: 'system', keys: true };
const listeners = new Set<() => void>();

/** Reads a JSON value kept on this device; the fallback when it is absent, unreadable or storage is forbidden. */
export function readStored<T>(key: string, fallback: T): T {
  try {
    const text = localStorage.getItem(key);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

/** Keeps a JSON value on this device; silently keeps nothing when storage is forbidden. */
export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A private window forbids storage: the choice then lasts as long as the page.
  }
}

let current: Preferences = { ...initial, ...readStored<Partial<Preferences>>(storageKey, {}) };

function apply(): void {
  const dark =
    current.theme === 'dark' ||
    (current.theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.lang = current.language === 'zh' ? 'zh-CN' : 'en';
}

/** Puts language and theme on the document and follows the desktop's own switch. Call once, before the first paint. */
export function startPreferences(): void {
  apply();
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  writeStored(storageKey, current);
  apply();
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
