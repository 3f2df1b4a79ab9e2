/**
 * Repeating a draw in this browser from what is public, without trust in the server that shows the page. The
 * arithmetic is the transparency library's; here it is only fetched and run.
 */
import type { DrawVerdict, LogKey } from '@hengjian/transparency/verification';
import { Problem } from '../http.ts';

export type Verification = DrawVerdict & { milliseconds: number };

/** The public file of a draw, exactly as anybody else gets it: without the session's cookie. */
export async function publicBundle(draw: string): Promise<string> {
  const response = await fetch(`/api/public/draws/${encodeURIComponent(draw)}/bundle`, { credentials: 'omit' });
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    throw new Problem({ ...(typeof body === 'object' ? body : {}), status: response.status });
  }
  return response.text();
}

/** Checks the text of a bundle in a worker; the verdict never throws, a broken file is a failed step. */
export async function verifyHere(text: string): Promise<Verification> {
  const started = performance.now();
  const logKeys = await publicLogKeys();
  const worker = new Worker(new URL('./verification-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Verification>((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<DrawVerdict>) =>
      resolve({ ...event.data, milliseconds: Math.round(performance.now() - started) });
    worker.onerror = () => reject(new Error('The verifier could not be loaded.'));
    worker.postMessage({ text, logKeys });
  }).finally(() => worker.terminate());
}

/** The key under which the log signs, as the log tells it; none while the log is empty. */
async function publicLogKeys(): Promise<LogKey[]> {
  const response = await fetch('/api/public/log/head', { credentials: 'omit' });
  return response.ok ? [((await response.json()) as { key: LogKey }).key] : [];
}
