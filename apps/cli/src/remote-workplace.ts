import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '@hengjian/kernel';
import { UsageError } from './failure.ts';
import { noGrant, severalGrants, type Who } from './installation.ts';
import type { ImportOutcome, Workplace } from './workplace.ts';

/** Speaks with a server: JSON in and out, problem details thrown as the refusals that they are. */
export interface Remote {
  get<T>(path: string, parameters?: Record<string, unknown>): Promise<T>;
  /** A file. */
  download(path: string, parameters: Record<string, unknown>): Promise<Uint8Array>;
  post<T>(path: string, body: unknown): Promise<T>;
}

export function createRemote(server: string): Remote {
  let cookie: string | undefined;
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('x-hengjian', '1');
    if (cookie !== undefined) headers.set('cookie', cookie);
    const response = await fetch(new URL(path, server), { ...init, headers }).catch((error: unknown) => {
      throw new Problem(
        503,
        'server-unreachable',
        `连接不上服务器 ${server}。`,
        `The server ${server} cannot be reached (${(error as Error).message}).`,
      );
    });
    const sent = response.headers.getSetCookie().map((line) => line.split(';', 1)[0]!);
    if (sent.length > 0) cookie = sent.join('; ');
    if (!response.ok) throw problemOf(response.status, isJson(response) ? await response.json() : {});
    return response;
  };
  const json = async <T>(path: string, init: RequestInit): Promise<T> => {
    const response = await send(path, init);
    return (isJson(response) ? await response.json() : null) as T;
  };
  return {
    get: (path, parameters = {}) => json(addressOf(path, parameters), {}),
    download: async (path, parameters) => (await send(addressOf(path, parameters), {})).bytes(),
    post: (path, body) =>
      body instanceof FormData
        ? json(path, { method: 'POST', body })
        : json(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  };
}

const isJson = (response: Response): boolean => response.headers.get('content-type')?.includes('json') === true;

function addressOf(path: string, parameters: Record<string, unknown>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value === true ? '1' : String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

function problemOf(status: number, body: Record<string, unknown>): Problem {
  return new Problem(
    status,
    String(body.code ?? 'http'),
    String(body.detail ?? `服务器回答 ${status}。`),
    String(body.detailEn ?? `The server answered ${status}.`),
    (body.errors ?? []) as Problem['errors'],
  );
}

interface Me {
  person: { name: string };
  grants: { id: string; role: string; office: string | null }[];
}

/** Signs in and chooses the post. With an e-mail address the password comes from HENGJIAN_PASSWORD; else it is a demonstration. */
async function signIn(remote: Remote, who: Who, env: Record<string, string | undefined>): Promise<void> {
  const email = who.as?.includes('@') ? who.as : who.as === undefined ? env.HENGJIAN_EMAIL : undefined;
  if (email !== undefined) {
    const { HENGJIAN_PASSWORD: password, HENGJIAN_TOTP: totp } = env;
    if (password === undefined)
      throw new UsageError(
        '请用环境变量 HENGJIAN_PASSWORD 给出密码（两步验证码用 HENGJIAN_TOTP）。',
        'Give the password by the environment variable HENGJIAN_PASSWORD (a one-time code by HENGJIAN_TOTP).',
      );
    await remote.post('/api/sign-in', { email, password, ...(totp === undefined ? {} : { totp }) });
  } else {
    if (who.as === undefined)
      throw new UsageError(
        '请用 --as 指明以谁的身份操作，或用环境变量 HENGJIAN_EMAIL 和 HENGJIAN_PASSWORD 登录。',
        'Say with --as as whom you act, or sign in by the environment variables HENGJIAN_EMAIL and HENGJIAN_PASSWORD.',
      );
    const { people } = await remote.get<{ people: { id: string; name: string }[] }>('/api/demonstration');
    const person = people.find(({ id, name }) => id === who.as || name === who.as);
    if (person === undefined)
      throw new Problem(404, 'no-such-person', '演示中没有这个人员。', 'There is no such person in the demonstration.');
    await remote.post('/api/demonstration/sign-in', { person: person.id });
  }
  const me = await remote.get<Me>('/api/me');
  const fitting = me.grants.filter(
    ({ role, office }) =>
      (who.role === undefined || who.role === role) && (who.office === undefined || who.office === office),
  );
  const [grant, ...others] = fitting;
  if (grant === undefined) throw noGrant(me.person.name);
  if (others.length > 0) throw severalGrants(me.person.name, fitting);
  await remote.post('/api/me/grant', { grant: grant.id });
}

interface Job {
  state: 'queued' | 'running' | 'done' | 'failed';
  done: number;
  total: number | null;
  report: ImportOutcome & { code: string; zh: string; en: string };
}

/** Works through a running server, in a session of its own that ends with the command. */
export async function remoteWorkplace(
  server: string,
  who: Who,
  env: Record<string, string | undefined>,
): Promise<Workplace> {
  const remote = createRemote(server);
  await signIn(remote, who, env);
  const path = (...parts: string[]): string => `/api/${parts.map(encodeURIComponent).join('/')}`;
  return {
    async act({ entity, action, ...body }) {
      const answer = await remote.post<{
        record: { id: string; number: string | null; title: string; stateLabel?: { zh: string; en: string } };
        event: string;
        replayed: boolean;
        sheet: string | null;
      }>(path('actions', entity, action), body);
      const { id, number, title, stateLabel } = answer.record;
      return { ...answer, record: id, shown: stateLabel === undefined ? null : { number, title, stateLabel } };
    },
    query: (name, input) => remote.get(path('queries', name), input),
    list: (input) => remote.get('/api/records', input),
    fields: async (record) => (await remote.get<{ fields: Record<string, unknown> }>(path('records', record))).fields,
    async import({ kind, path: file, preview }, onProgress) {
      const form = new FormData();
      form.set('file', await openAsBlob(file), basename(file));
      const { job } = await remote.post<{ job: string }>(
        `${path('imports', kind)}${preview === true ? '?preview=1' : ''}`,
        form,
      );
      for (;;) {
        const { state, done, total, report } = await remote.get<Job>(path('jobs', job));
        onProgress(done, total);
        if (state === 'done') return report;
        if (state === 'failed') throw new Problem(422, report.code, report.zh, report.en);
        await sleep(300);
      }
    },
    download: (format, input) => remote.download(`/api/records.${format}`, input),
    // The server keeps the record of readings: it notes each page that is opened for its fields.
    noteExport: async () => undefined,
    close: async () => {
      await remote.post('/api/sign-out', {}).catch(() => undefined);
    },
  };
}
