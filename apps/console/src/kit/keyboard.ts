/** Keyboard shortcuts. Single keys can be switched off (WCAG 2.1.4) and never act while something is being typed. */
import { type RefObject, useEffect, useRef } from 'react';
import { usePreferences } from '../preferences.ts';

export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !(target instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(target.type))
  );
}

/**
 * Binds keys for as long as the component lives. Names are `event.key`, `mod+k` for Ctrl or ⌘, and `g i` for two in a row.
 */
export function useKeys(keys: KeyMap): void {
  const { keys: enabled } = usePreferences();
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    let first = '';
    let firstAt = 0;
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const modified = event.ctrlKey || event.metaKey;
      if (modified) {
        const action = latest.current[`mod+${event.key.toLowerCase()}`];
        if (action) {
          event.preventDefault();
          action(event);
        }
        return;
      }
      if (!enabled || isTyping(event.target) || document.querySelector('dialog[open]')) return;
      const pair = Date.now() - firstAt < 1200 ? `${first} ${event.key}` : '';
      const action = latest.current[pair] ?? latest.current[event.key];
      first = event.key;
      firstAt = Date.now();
      if (action) {
        event.preventDefault();
        action(event);
      }
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enabled]);
}

/**
 * j/k walk over the elements marked `data-row` inside the container by moving real focus to their `data-open` link;
 * e presses the row's `data-next`, x its checkbox.
 */
export function useRowKeys(container: RefObject<HTMLElement | null>): void {
  function rows(): HTMLElement[] {
    return [...(container.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  }
  function move(by: number): void {
    const all = rows();
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const target = all[at === -1 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
    const link = target?.querySelector<HTMLElement>('[data-open]');
    link?.focus();
    link?.scrollIntoView({ block: 'nearest' });
  }
  function press(selector: string): void {
    const row = rows().find((candidate) => candidate.contains(document.activeElement));
    row?.querySelector<HTMLElement>(selector)?.click();
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    o: () => press('[data-open]'),
    e: () => press('[data-next]'),
    x: () => press('input[type=checkbox]'),
  });
}
