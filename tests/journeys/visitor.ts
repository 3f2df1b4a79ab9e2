import { randomUUID } from 'node:crypto';
import { baseUrl } from './address.ts';

/** Somebody at a browser or a program: keeps a session and speaks HTTP. */
export interface Visitor {
  get<T = Record<string, unknown>>(path: string): Promise<{ status: number; body: T; text: string }>;
  post<T = Record<string, unknown>>(path: string, body: unknown): Promise<{ status: number; body: T }>;
  /** Takes an action; throws with the problem's code unless it was done. */
  act(
    entity: string,
    action: string,
    input?: Record<string, unknown>,
    record?: string,
    papers?: string[],
  ): Promise<ActionAnswer>;
  /** The problem that an action is refused with. */
  refused(
    entity: string,
    action: string,
    input?: Record<string, unknown>,
    record?: string,
  ): Promise<{ status: number; code: string; detail: string }>;
  upload(name: string, content: Uint8Array): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Sends a form with a file. */
  form<T>(path: string, form: FormData): Promise<{ status: number; body: T }>;
  /** Sends a form as a page of the portal does; gives the page shown, or where it leads. */
  fill(
    path: string,
    fields: Record<string, string | string[]>,
    file?: string,
  ): Promise<{ status: number; location: string; text: string }>;
  person: { id: string; name: string };
  /** Of the session, for requests that are no JSON. */
  cookie: string;
}

export interface ActionAnswer {
  record: { id: string; state: string; number: string | null; version: number };
  created: { id: string; entity: string; state: string }[];
  sheet: string | null;
}

interface DemonstrationPerson {
  id: string;
  name: string;
  role: { zh: string; en: string };
  office: { zh: string; en: string };
}

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCB3m1lWQAAAABJRU5ErkJggg==',
  'base64',
);

export async function demonstrationPeople(): Promise<DemonstrationPerson[]> {
  const response = await fetch(`${baseUrl}/api/demonstration`);
  return ((await response.json()) as { people: DemonstrationPerson[] }).people;
}

/** Signs in as the demonstration's person with this role, at an office whose name holds `place`. */
export async function signIn(role: string, place = ''): Promise<Visitor> {
  const people = await demonstrationPeople();
  const person = people.find(
    (candidate) =>
      candidate.role.en === role && (candidate.office.zh.includes(place) || candidate.office.en.includes(place)),
  );
  if (person === undefined) throw new Error(`The demonstration offers no ${role} at ${place}.`);
  return signInAs(person);
}

export async function signInAs(person: { id: string; name: string }): Promise<Visitor> {
  const base = baseUrl;
  const response = await fetch(`${base}/api/demonstration/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hengjian': '1' },
    body: JSON.stringify({ person: person.id }),
  });
  if (!response.ok) throw new Error(`Signing in failed: ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  return visitorWith(base, cookie, person);
}

/** Somebody who is not signed in. */
export const stranger = (): Visitor => visitorWith(baseUrl, '', { id: '', name: '' });

function visitorWith(base: string, cookie: string, person: Visitor['person']): Visitor {
  const headers = { cookie, 'x-hengjian': '1' };
  const read = async (response: Response) => {
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') ? JSON.parse(text || '{}') : {};
    return { status: response.status, body: json, text };
  };
  const send = async (
    entity: string,
    action: string,
    input: Record<string, unknown>,
    record?: string,
    documents?: { kind: string; upload: string }[],
  ) =>
    visitor.post<ActionAnswer & { code: string; detail: string; errors?: unknown }>(
      `/api/actions/${entity}/${action}`,
      {
        id: randomUUID(),
        input,
        ...(record === undefined ? {} : { record }),
        ...(documents === undefined ? {} : { documents }),
      },
    );
  const visitor: Visitor = {
    person,
    cookie,
    get: async (path) => read(await fetch(`${base}${path}`, { headers, redirect: 'manual' })),
    post: async (path, body) =>
      read(
        await fetch(`${base}${path}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    async act(entity, action, input = {}, record, papers = []) {
      const documents = [];
      for (const kind of papers)
        documents.push({ kind, upload: (await visitor.upload(`${kind}.png`, picture)).body.id as string });
      const { status, body } = await send(
        entity,
        action,
        input,
        record,
        documents.length === 0 ? undefined : documents,
      );
      if (status >= 300)
        throw new Error(
          `${entity}.${action}: ${status} ${body.code} ${body.detail} ${JSON.stringify(body.errors ?? '')}`,
        );
      return body;
    },
    async refused(entity, action, input = {}, record) {
      const { status, body } = await send(entity, action, input, record);
      return { status, code: body.code, detail: body.detail };
    },
    async upload(name, content) {
      const form = new FormData();
      form.append('file', new Blob([Buffer.from(content)]), name);
      return visitor.form('/api/uploads', form);
    },
    form: async (path, form) => read(await fetch(`${base}${path}`, { method: 'POST', headers, body: form })),
    async fill(path, fields, file) {
      const form = new FormData();
      for (const [name, values] of Object.entries(fields))
        for (const value of [values].flat()) form.append(name, value);
      if (file !== undefined) form.append('file', new Blob([picture]), file);
      const sent = { cookie, origin: base, 'sec-fetch-site': 'same-origin' };
      const response = await fetch(`${base}${path}`, { method: 'POST', headers: sent, body: form, redirect: 'manual' });
      return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() };
    },
  };
  return visitor;
}
