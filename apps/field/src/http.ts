import type { Refusal } from './shapes.ts';

/** The server's refusal, or that nothing could be heard of it: then `status` is 0. */
export class Problem extends Error {
  readonly status: number;
  readonly refusal: Refusal;
  constructor(status: number, refusal: Refusal) {
    super(refusal.en);
    this.status = status;
    this.refusal = refusal;
  }
}

const silent: Refusal = {
  code: 'unreachable',
  zh: '连不上服务器，内容都在本机，有网络时自动发送。',
  en: 'The server cannot be reached. Everything is on this device and goes out when there is a network.',
};

/** A refusal out of the text of an answer; its code is `unreadable` when it is none. */
export function refusalIn(text: string, status: number): Refusal {
  try {
    const { code, detail, detailEn } = JSON.parse(text) as { code?: string; detail?: string; detailEn?: string };
    if (code !== undefined && detail !== undefined) return { code, zh: detail, en: detailEn ?? detail };
  } catch {
    // Not every answer on the way is the platform's: a proxy speaks HTML.
  }
  return { code: 'unreadable', zh: `服务器返回了 ${status}。`, en: `The server answered ${status}.` };
}

/** One request under the session's cookie. @throws {Problem} */
export async function request<T>(path: string, options: { method?: 'GET' | 'POST'; body?: unknown } = {}): Promise<T> {
  const { method = 'GET', body } = options;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method === 'POST') headers['x-hengjian'] = '1';
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Problem(0, silent);
  }
  const text = await response.text();
  if (!response.ok) throw new Problem(response.status, refusalIn(text, response.status));
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
