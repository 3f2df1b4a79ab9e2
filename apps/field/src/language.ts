import { useSyncExternalStore } from 'react';
import type { Label } from './shapes.ts';
import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

export type Language = 'zh' | 'en';
export type Word = keyof typeof zh;

const key = 'hengjian.field.language';
const listeners = new Set<() => void>();
let language: Language = localStorage.getItem(key) === 'en' ? 'en' : 'zh';
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';

export function chooseLanguage(chosen: Language): void {
  language = chosen;
  localStorage.setItem(key, chosen);
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en';
  for (const listener of listeners) listener();
}

/** The reader's language: words of the app with their `{values}`, and the reader's side of what the server says in both. */
export function useSpeech() {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => language,
  );
  const words = now === 'zh' ? zh : en;
  return {
    language: now,
    t: (word: Word, values: Record<string, string | number> = {}): string =>
      words[word].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)),
    say: (label: Label | null | undefined): string => (label ? label[now] || label.zh : ''),
  };
}

export type Speech = ReturnType<typeof useSpeech>;
