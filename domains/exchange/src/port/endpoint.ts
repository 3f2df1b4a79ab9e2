import { Problem } from '@hengjian/kernel';
import type { z } from 'zod';
import { type Answer, contract, type ListedItem, type SentItem } from './contract.ts';

/** Where a counterpart's API is, and how long it is waited for. */
export interface EndpointOptions {
  url: string;
  token: string;
  timeoutMilliseconds?: number;
}

/** A counterpart's API. Whatever may pass by itself (no connection, no answer in time, 429, 5xx) is thrown as a plain Error. */
export interface Endpoint {
  /** Hands one item over. The key makes a repetition the same item: it answers as it did before. */
  put(item: SentItem, signal?: AbortSignal): Promise<Answer>;
  /** What became of an item; undefined when the counterpart does not know it. */
  ask(key: string, signal?: AbortSignal): Promise<Answer | undefined>;
  /** What it received from us on these days. */
  list(since: string, until: string, signal?: AbortSignal): Promise<ListedItem[]>;
  /** Failures that it assigns to us, in its own fields. */
  assigned(signal?: AbortSignal): Promise<Record<string, string>[]>;
}

/** @throws Problem when it refuses our credentials, has no such address, or answers in another form than agreed */
export function openEndpoint({ url, token, timeoutMilliseconds = 20_000 }: EndpointOptions): Endpoint {
  const base = url.replace(/\/$/, '');
  async function call(path: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
    const timeout = AbortSignal.timeout(timeoutMilliseconds);
    const response = await fetch(`${base}${path}`, {
      ...init,
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: { accept: 'application/json', authorization: `Bearer ${token}`, ...init.headers },
    });
    if (response.status === 401 || response.status === 403)
      throw new Problem(
        422,
        'counterpart-refuses-us',
        '对方系统不接受本机关的凭据，请系统管理员核对接口配置。',
        'The counterpart does not take our credentials; the configuration must be checked.',
      );
    if (response.status === 429 || response.status >= 500)
      throw new Error(`The counterpart answers ${response.status}; it will be tried again.`);
    return response;
  }
  async function body<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
    const parsed = schema.safeParse(await response.json().catch(() => undefined));
    if (parsed.success && response.ok) return parsed.data;
    throw new Problem(
      422,
      'counterpart-unclear',
      `对方系统的答复不符合约定的格式（HTTP ${response.status}），没有记录任何结果。`,
      `The counterpart answers in another form than agreed (HTTP ${response.status}); nothing was recorded.`,
    );
  }
  return {
    async put(item, signal) {
      const init = {
        method: 'PUT',
        body: JSON.stringify(item),
        headers: { 'content-type': 'application/json', 'idempotency-key': item.key },
      };
      return body(await call(`/items/${encodeURIComponent(item.key)}`, init, signal), contract.answer);
    },
    async ask(key, signal) {
      const response = await call(`/items/${encodeURIComponent(key)}`, {}, signal);
      return response.status === 404 ? undefined : body(response, contract.answer);
    },
    async list(since, until, signal) {
      return (await body(await call(`/items?since=${since}&until=${until}`, {}, signal), contract.list)).items;
    },
    async assigned(signal) {
      return (await body(await call('/assigned', {}, signal), contract.assigned)).items;
    },
  };
}
