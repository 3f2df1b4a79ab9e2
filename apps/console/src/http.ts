/** Talking to the server: JSON, problems as typed errors, the same-origin header on every change. */
import type { ProblemBody, ProblemError, RecordPage } from './api.ts';

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly errors: ProblemError[];
  readonly current: RecordPage | null;

  constructor(body: Partial<ProblemBody> & { status: number }) {
    super(body.detailEn ?? body.detail ?? body.title ?? `HTTP ${body.status}`);
    this.status = body.status;
    this.code = body.code ?? 'unknown';
    this.zh = body.detail ?? body.title ?? `服务器返回了 ${body.status}。`;
    this.en = body.detailEn ?? body.title ?? body.detail ?? `The server answered ${body.status}.`;
    this.errors = body.errors ?? [];
    this.current = body.current ?? null;
  }
}

const unreachable = {
  status: 0,
  code: 'unreachable',
  detail: '连不上服务器，所填内容仍在本页。请检查网络后重试，重试不会重复办理。',
  detailEn:
    'The server cannot be reached. What you typed is still on this page. Check the network and try again; a retry is never done twice.',
};

/** Fired when the session has ended, so that the shell can ask for sign-in without losing the page's address. */
export const signedOut = new EventTarget();

async function answer(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const type = response.headers.get('content-type') ?? '';
  const body: unknown = type.includes('json') ? await response.json() : await response.text();
  if (response.ok) return body;
  if (response.status === 401) signedOut.dispatchEvent(new Event('signed-out'));
  const problem = typeof body === 'object' && body !== null ? (body as Partial<ProblemBody>) : {};
  throw new Problem({ ...problem, status: response.status });
}

/**
 * One request under the session's cookie.
 * @throws {Problem} with the server's sentence, or code `unreachable` when no answer came.
 */
export async function request<T>(
  path: string,
  options: { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; body?: unknown; signal?: AbortSignal | undefined } = {},
): Promise<T> {
  const { method = 'GET', body, signal } = options;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers['x-hengjian'] = '1';
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers['content-type'] = 'application/json';
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (body !== undefined) init.body = form ? body : JSON.stringify(body);
  if (signal) init.signal = signal;
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(unreachable);
  }
  return (await answer(response)) as T;
}

/** Sends one file; the server answers with what it stored or a job to follow. */
export function upload<T>(path: string, file: File): Promise<T> {
  const form = new FormData();
  form.append('file', file, file.name);
  return request<T>(path, { method: 'POST', body: form });
}

/** A query string from the values that are set; empty values leave no trace in the address. */
export function queryString(values: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
