import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { baseUrl } from './address.ts';
import { signIn, type Visitor } from './visitor.ts';

const base = baseUrl;
const png = Buffer.concat([
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCB3m1lWQAAAABJRU5ErkJggg==', 'base64'),
  Buffer.alloc(40_000, 7),
]);
const sha256 = createHash('sha256').update(png).digest('hex');

let sampler: Visitor;
let stranger: Visitor;
beforeAll(async () => {
  sampler = await signIn('Sampler');
  stranger = await signIn('Tester');
});

const encoded = (told: Record<string, string>): string =>
  Object.entries(told)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');

async function tus(who: Visitor, method: string, path: string, headers: Record<string, string> = {}, body?: Buffer) {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { 'tus-resumable': '1.0.0', 'x-hengjian': '1', cookie: who.cookie, ...headers },
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    problem: text.startsWith('{') ? JSON.parse(text) : { text },
  };
}
const begin = (who: Visitor, id: string, hash = sha256) =>
  tus(who, 'POST', '/api/field/uploads', {
    'upload-length': String(png.length),
    'upload-metadata': encoded({ id, name: 'photos-1.png', sha256: hash }),
  });
const part = (who: Visitor, url: string, offset: number, body: Buffer) =>
  tus(who, 'PATCH', url, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, body);

describe('uploads that go on where they broke off', () => {
  it('takes the rest of a file after the connection broke, and only under its sender’s hand', async () => {
    const { status, headers } = await begin(sampler, randomUUID());
    expect(status).toBe(201);
    const url = headers.get('location')!;
    expect((await part(sampler, url, 0, png.subarray(0, 15_000))).status).toBe(204);
    expect((await tus(stranger, 'HEAD', url)).status).toBe(404);
    expect((await part(stranger, url, 15_000, png.subarray(15_000))).status).toBe(404);
    const where = await tus(sampler, 'HEAD', url);
    expect(where.headers.get('upload-offset')).toBe('15000');
    expect((await part(sampler, url, 15_000, png.subarray(15_000))).status).toBe(204);
  });

  it('refuses a file whose bytes are not those that were captured, and names it', async () => {
    const { headers } = await begin(sampler, randomUUID(), 'ab'.repeat(32));
    const refused = await part(sampler, headers.get('location')!, 0, png);
    expect(refused.status).toBe(422);
    expect(refused.problem).toMatchObject({ code: 'upload-changed', detail: expect.stringContaining('photos-1.png') });
  });

  it('says so in a sentence when the server’s disk is full, and takes the same file later', async () => {
    const id = randomUUID();
    const arriving = join(inject('folder'), 'arriving');
    mkdirSync(arriving, { recursive: true });
    // Whatever is written here meets a disk without room, as the system itself reports it.
    symlinkSync('/dev/full', join(arriving, `${sampler.person.id}.${id}`));
    const { headers } = await begin(sampler, id);
    const refused = await part(sampler, headers.get('location')!, 0, png);
    expect(refused.status).toBe(507);
    expect(refused.problem).toMatchObject({ code: 'server-full', detail: expect.stringContaining('仍在您的设备上') });
    await tus(sampler, 'DELETE', headers.get('location')!);
    const again = await begin(sampler, id);
    expect((await part(sampler, again.headers.get('location')!, 0, png)).status).toBe(204);
  });

  it('gives the field app its own tasks and nobody else’s', async () => {
    const { body } = await sampler.get<{
      tasks: { fields: { samplers: { person: string }[] } }[];
      actions: { name: string }[];
    }>('/api/field/day');
    expect(body.tasks.length).toBeGreaterThan(0);
    for (const { fields } of body.tasks)
      expect(fields.samplers.map(({ person }) => person)).toContain(sampler.person.id);
    expect(body.actions.map(({ name }) => name)).toContain('sample');
    expect((await stranger.get<{ tasks: unknown[] }>('/api/field/day')).body.tasks).toEqual([]);
  });
});
