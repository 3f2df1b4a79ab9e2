/**
 * A phone that was in flight mode all day sends 1,000 sheets: every piece by tus, then the act with its chain of evidence. Beside it, by
 * turns in blocks, the desk's way for the same sheets: a multipart upload a file, and the act without evidence. Over HTTP, embedded database.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '../apps/server/src/config.ts';
import { demonstrationPeople } from '../apps/server/src/demonstration/people.ts';
import { seedDemonstration } from '../apps/server/src/demonstration/seed.ts';
import { createApp } from '../apps/server/src/http/app.ts';
import { openPlatform } from '../apps/server/src/platform.ts';
import { createSignIn } from '../apps/server/src/sign-in/index.ts';
import { execute, machineActor, machines } from '../kernel/src/index.ts';
import { addPiece, beginChain, type CapturedPiece, sheetDigest } from '../libs/evidence/src/index.ts';
import { inClients, median, percentile, rounded } from './measure.ts';

const photoBytes = 200_000;
const signatureBytes = 8_000;
const block = 50;
const head = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCB3m1lWQAAAABJRU5ErkJggg==',
  'base64',
);

interface Task {
  id: string;
  samplers: { person: string; name: string }[];
  asked: { test: number; spare: number; least: number };
}

export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const sheets = quick ? 100 : 1_000;
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-bench-field-'));
  const front = join(folder, 'front');
  mkdirSync(join(front, 'assets'), { recursive: true });
  writeFileSync(join(front, 'index.html'), '<!doctype html><title>bench</title>');
  let clock: (() => Date) | undefined;
  const platform = await openPlatform({ folder, now: () => clock?.() ?? new Date() });
  try {
    await seedDemonstration(platform, {
      say: () => undefined,
      setClock: (given) => {
        clock = given;
      },
    });
    const configuration = readConfiguration({
      HENGJIAN_DATA: folder,
      HENGJIAN_LOG: 'silent',
      HENGJIAN_REQUESTS_PER_MINUTE: '10000000',
    });
    const signIn = await createSignIn({
      database: platform.database,
      secret: 'x'.repeat(40),
      baseUrl: configuration.baseUrl,
      demonstration: true,
      demonstrationPeople: () => demonstrationPeople(platform),
      secureCookies: false,
    });
    const app = await createApp(platform, configuration, signIn, { console: front, portal: front, field: front });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    try {
      const { tasks, person } = await assignTasks(platform, sheets * 2);
      const cookie = await enter(base, person);
      return await compare(base, cookie, tasks, sheets);
    } finally {
      await app.close();
    }
  } finally {
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As many tasks as asked, like one of the demonstration's that waits for its visit, each of another firm. */
async function assignTasks(
  platform: Awaited<ReturnType<typeof openPlatform>>,
  many: number,
): Promise<{ tasks: Task[]; person: string }> {
  const [model] = await platform.database.asOwner((tx) =>
    tx.query<Record<string, never>>(
      `select * from sampling.task where state = 'assigned' and regime = 'product' and draw is not null order by id limit 1`,
    ),
  );
  const like = model as unknown as {
    office: string;
    samplers: Task['samplers'];
    test_sample: number;
    spare_sample: number;
    minimum_stock: number | null;
  } & Record<string, unknown>;
  const machine = machineActor(platform, machines.seed, like.office);
  const tasks: Task[] = [];
  for (let number = 0; number < many; number += 1) {
    const { record } = await execute(platform, machine, {
      id: randomUUID(),
      entity: 'sampling.task',
      action: 'assign',
      office: like.office,
      input: {
        draw: like.draw,
        scheme: like.scheme,
        rules: like.rules,
        sequence: 10_000 + number,
        stratum: like.stratum,
        isReserve: false,
        enterprise: randomUUID(),
        enterpriseName: `试验企业${number}`,
        enterpriseRegion: like.enterprise_region,
        product: like.product,
        productName: like.product_name,
        samplers: like.samplers,
        samplingBody: like.sampling_body,
        lab: like.lab,
        dueOn: like.due_on,
        leaf: like.leaf,
      },
    });
    await execute(platform, machine, { id: randomUUID(), entity: 'sampling.task', action: 'issue', record, input: {} });
    const asked = { test: like.test_sample, spare: like.spare_sample, least: like.minimum_stock ?? 0 };
    tasks.push({ id: record, samplers: like.samplers, asked });
  }
  return { tasks, person: like.samplers[0]!.person };
}

async function enter(base: string, person: string): Promise<string> {
  const response = await fetch(`${base}/api/demonstration/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hengjian': '1' },
    body: JSON.stringify({ person }),
  });
  if (!response.ok) throw new Error(`Signing in failed: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
}

const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const contentOf = ({ samplers, asked }: Task, number: number, seal: string) => ({
  sampledOn: today(),
  channel: 'producer',
  place: '成品仓库',
  sampleName: '试验产品',
  trademark: '无',
  model: `B-${number}`,
  batch: '20260101',
  standard: 'GB 6675.1-2014',
  stock: asked.least + asked.test + asked.spare + 10,
  unitPrice: '35.00',
  testQuantity: asked.test,
  spareQuantity: asked.spare,
  spareKeptAt: 'laboratory',
  seal: `封条 ${seal}，完好`,
  present: samplers.map(({ person }) => person),
  signature: 'signed',
});

const fileOf = (bytes: number): Buffer => Buffer.concat([head, randomBytes(bytes - head.length)]);

async function compare(base: string, cookie: string, tasks: Task[], sheets: number): Promise<Record<string, unknown>> {
  const send = { cookie, 'x-hengjian': '1' };
  const post = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: { ...send, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    await response.arrayBuffer();
  };
  const byTus = async (id: string, content: Buffer, sha256: string): Promise<void> => {
    const told = { id, name: 'photos-1.png', sha256 };
    const words = Object.entries(told).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`);
    const tus = { ...send, 'tus-resumable': '1.0.0' };
    const begun = await fetch(`${base}/api/field/uploads`, {
      method: 'POST',
      headers: { ...tus, 'upload-length': String(content.length), 'upload-metadata': words.join(',') },
    });
    const url = begun.headers.get('location')!;
    await begun.arrayBuffer();
    const done = await fetch(`${base}${url}`, {
      method: 'PATCH',
      headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(content),
    });
    if (done.status !== 204) throw new Error(`upload: ${done.status} ${await done.text()}`);
  };
  const phone = async (task: Task, number: number): Promise<void> => {
    const seal = `8${String(number).padStart(7, '0')}`;
    const input = contentOf(task, number, seal);
    const salt = randomBytes(16).toString('hex');
    const sheet = sheetDigest(input, salt);
    const hands = [
      ...task.samplers.map(({ name, person }) => ({ part: 'sampler' as const, name, person, sheet })),
      { part: 'firm' as const, name: '陈经办', person: null, sheet },
    ];
    const now = new Date().toISOString();
    let chain = beginChain({ id: randomUUID(), record: task.id, device: 'bench', begunAt: now });
    for (const signer of [null, null, ...hands]) {
      const content = fileOf(signer === null ? photoBytes : signatureBytes);
      const sha256 = createHash('sha256').update(content).digest('hex');
      const kind = signer === null ? 'photos' : 'signatures';
      const piece: CapturedPiece = {
        id: randomUUID(),
        kind,
        mediaType: 'image/png',
        size: content.length,
        sha256,
        deviceAt: now,
        place: null,
        signer,
      };
      chain = addPiece(chain, piece);
      await byTus(piece.id, content, sha256);
    }
    await post('/api/actions/sampling.task/sample', {
      id: randomUUID(),
      record: task.id,
      input: { ...input, capture: { chain, clock: { deviceAt: now, serverAt: now }, salt, seals: [seal] } },
      documents: chain.links.map(({ piece }) => ({ kind: piece.kind, upload: piece.id })),
    });
  };
  const desk = async (task: Task, number: number): Promise<void> => {
    const documents = [];
    const files = ['photos', 'photos', ...task.samplers.map(() => 'signatures'), 'signatures'];
    for (const kind of files) {
      const form = new FormData();
      const content = fileOf(kind === 'photos' ? photoBytes : signatureBytes);
      form.append('file', new Blob([new Uint8Array(content)]), `${kind}.png`);
      const response = await fetch(`${base}/api/uploads`, { method: 'POST', headers: send, body: form });
      if (!response.ok) throw new Error(`upload: ${await response.text()}`);
      documents.push({ kind, upload: ((await response.json()) as { id: string }).id });
    }
    const input = contentOf(task, number, `9${String(number).padStart(7, '0')}`);
    await post('/api/actions/sampling.task/sample', { id: randomUUID(), record: task.id, input, documents });
  };
  const sides = { phone: [] as number[], desk: [] as number[] };
  const seconds = { phone: 0, desk: 0 };
  for (let from = 0; from < sheets; from += block) {
    for (const [name, work, shift] of [
      ['phone', phone, 0],
      ['desk', desk, sheets],
    ] as const) {
      const side = await inClients(1, Math.min(block, sheets - from), (_, call) =>
        work(tasks[shift + from + call]!, shift + from + call),
      );
      sides[name].push(...side.latencies);
      seconds[name] += side.seconds;
    }
  }
  const megabytes = (sheets * (2 * photoBytes + 3 * signatureBytes)) / 1e6;
  const told = (name: 'phone' | 'desk') => ({
    seconds: rounded(seconds[name]),
    sheetsPerSecond: rounded(sheets / seconds[name]),
    megabytesPerSecond: rounded(megabytes / seconds[name]),
    medianMilliseconds: rounded(median(sides[name])),
    p95Milliseconds: rounded(percentile(sides[name], 0.95)),
  });
  return {
    sheets,
    megabytes: rounded(megabytes),
    phone: told('phone'),
    desk: told('desk'),
    ratio: rounded(seconds.desk / seconds.phone),
  };
}
