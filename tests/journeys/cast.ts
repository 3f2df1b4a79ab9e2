import { demonstrationSeed, idOf } from '../../apps/server/src/demonstration/organisation.ts';
import { demonstrationLaboratories, demonstrationPeople } from '../../data/demonstration/index.ts';
import { baseUrl } from './address.ts';
import { signIn, signInAs, stranger, type Visitor } from './visitor.ts';

/** A testing body of the demonstration, by its short name (`laboratory-03`), with its number in the register. */
export function laboratory(key: string): { key: string; id: string; name: string } {
  const found = demonstrationLaboratories(demonstrationSeed).find(({ id }) => id === key);
  if (found === undefined) throw new Error(`The demonstration has no ${key}.`);
  return { key, id: idOf('organisation', found.creditCode), name: found.zh };
}

/** Somebody of the demonstration by account (`sampler.laboratory-01`), whether offered at the door or not. */
export function person(account: string): { id: string; name: string } {
  const found = demonstrationPeople(demonstrationSeed).find((candidate) => candidate.account === account);
  if (found === undefined) throw new Error(`The demonstration has nobody called ${account}.`);
  return { id: idOf('person', account), name: found.name };
}

/** People who stay signed in for the length of a journey; `forget` when their sessions have run out. */
export function createCast() {
  const present = new Map<string, Promise<Visitor>>();
  const once = (key: string, arrive: () => Promise<Visitor>): Promise<Visitor> => {
    const known = present.get(key) ?? arrive();
    present.set(key, known);
    return known;
  };
  return {
    /** An officer of the provincial bureau of Hunan by role. */
    officer: (role: string) => once(role, () => signIn(role, '湖南省市场监督管理局')),
    /** Anybody by account; the door offers those whose work is waiting. */
    account: (name: string) => once(name, () => signInAs(person(name))),
    forget: () => present.clear(),
  };
}
export type Cast = ReturnType<typeof createCast>;

/** Takes an action that waits for signatures, and has it signed by section chief and head; the sheet's states on the way. */
export async function approve(
  cast: Cast,
  by: Visitor,
  entity: string,
  action: string,
  record: string,
  input: Record<string, unknown> = {},
): Promise<string[]> {
  const { sheet } = await by.act(entity, action, input, record);
  if (sheet === null) throw new Error(`${entity}.${action} asked for no signature.`);
  const states: string[] = [];
  for (const role of ['Section chief', 'Bureau head']) {
    const signer = await cast.officer(role);
    states.push((await signer.act('kernel.approval', 'sign', { opinion: '同意。' }, sheet)).record.state);
  }
  return states;
}

export interface Row {
  id: string;
  state: string;
  title: string;
  number: string | null;
  subject: { id: string; name: string } | null;
}
export type Page = Row & { fields: Record<string, unknown> };

/** All rows of a list, page by page. */
export async function rowsOf(visitor: Visitor, query: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer: { status: number; body: { rows: Row[]; next: string | null }; text: string } = await visitor.get(
      `/api/records?${query}&limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    if (answer.status !== 200) throw new Error(`The list ${query} answers ${answer.status}: ${answer.text}`);
    rows.push(...answer.body.rows);
    cursor = answer.body.next;
  }
  return rows;
}

export async function pageOf(visitor: Visitor, id: string): Promise<Page> {
  const { status, body, text } = await visitor.get<Page>(`/api/records/${id}`);
  if (status !== 200) throw new Error(`The record ${id} answers ${status}: ${text}`);
  return body;
}

/** Asks again until the answer is there: consequences follow an action by a moment. */
export async function until<T>(ask: () => Promise<T | undefined>, seconds = 30): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`Nothing came of it in ${seconds} seconds: ${ask.toString().slice(0, 300)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Everything that somebody without a sign-in can read: entries, lists, feed, log and the pages of the portal. */
export async function readEverythingPublic(): Promise<string> {
  const visitor = stranger();
  const { body } = await visitor.get<{ entries: { id: string; kind: string }[] }>('/api/public/records?limit=500');
  const draws = new Set<string>();
  const paths = ['records', 'records.csv', 'records.atom', 'log/head'].map((path) => `/api/public/${path}?limit=500`);
  paths.push('/', '/records', '/draws', '/log', '/log/head.txt', '/verify', '/?lang=en');
  const texts: string[] = [];
  for (const { id, kind } of body.entries) {
    const { text, body: entry } = await visitor.get<{ body: { draw?: string } | null }>(`/api/public/records/${id}`);
    texts.push(text);
    if (/draw/.test(kind) && entry.body?.draw) draws.add(entry.body.draw);
    paths.push(`/records/${id}`);
  }
  for (const draw of draws) paths.push(`/draws/${draw}`, `/api/public/draws/${draw}/bundle`);
  for (const path of paths) texts.push((await visitor.get(path)).text);
  return texts.join('\n');
}

export interface ImportJob {
  state: string;
  report: {
    total: number;
    good: number;
    bad: number;
    rows: { row: number; column: string | null; level: string; code: string; zh: string; en: string }[];
  };
}

/** Sends a file to the register of enterprises as the data steward does, and follows the job to its end. */
export async function importEnterprises(steward: Visitor, name: string, content: Uint8Array): Promise<ImportJob> {
  const base = baseUrl;
  const headers = { 'x-hengjian': '1' };
  const door = await fetch(`${base}/api/demonstration/sign-in`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ person: steward.person.id }),
  });
  const cookie = door.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(content)]), name);
  const taken = await fetch(`${base}/api/imports/subjects.enterprise`, {
    method: 'POST',
    headers: { ...headers, cookie },
    body: form,
  });
  const { job } = (await taken.json()) as { job: string };
  return until(async () => {
    const { body } = await steward.get<ImportJob>(`/api/jobs/${job}`);
    return body.state === 'done' || body.state === 'failed' ? body : undefined;
  }, 240);
}
