import { useSyncExternalStore } from 'react';

/** The address inside the app: `/task/ID/sample` as `['task', ID, 'sample']`. */
export function useRoute(): string[] {
  const path = useSyncExternalStore(
    (listener) => {
      addEventListener('popstate', listener);
      return () => removeEventListener('popstate', listener);
    },
    () => location.pathname,
  );
  return path
    .replace(/^\/field\/?/, '')
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent);
}

/** Goes to another page of the app; a reader begins at its top. */
export function go(path: string): void {
  history.pushState(null, '', `/field/${path}`);
  dispatchEvent(new PopStateEvent('popstate'));
  scrollTo(0, 0);
}
