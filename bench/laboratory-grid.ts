import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import { detailedRules } from '../data/products/index.ts';
import { median, rounded } from './measure.ts';

const root = join(import.meta.dirname, '..');
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCB3m1lWQAAAABJRU5ErkJggg==',
  'base64',
);
const body = '衡岫产品质量检验研究院';

/** Somebody of the demonstration over HTTP. */
interface Visitor {
  cookie: string;
  post<T>(path: string, body: unknown): Promise<T>;
  act(
    entity: string,
    action: string,
    input: object,
    record?: string,
    papers?: string[],
  ): Promise<{ created: { id: string }[] }>;
}

async function signIn(base: string, role: string): Promise<Visitor> {
  const headers = { 'content-type': 'application/json', 'x-hengjian': '1' };
  const { people } = (await (await fetch(`${base}/api/demonstration`)).json()) as {
    people: { id: string; role: { en: string }; office: { zh: string } }[];
  };
  const person = people.find((one) => one.role.en === role && one.office.zh.includes(body));
  const answer = await fetch(`${base}/api/demonstration/sign-in`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ person: person?.id }),
  });
  if (!answer.ok) throw new Error(`${role} of the demonstration cannot sign in: ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  const visitor: Visitor = {
    cookie,
    async post(path, content) {
      const sent = await fetch(`${base}${path}`, {
        method: 'POST',
        headers: { ...headers, cookie },
        body: JSON.stringify(content),
      });
      const text = await sent.text();
      if (!sent.ok) throw new Error(`${path}: ${sent.status} ${text.slice(0, 300)}`);
      return JSON.parse(text);
    },
    async act(entity, action, input, record, papers = []) {
      const documents = [];
      for (const kind of papers) {
        const form = new FormData();
        form.append('file', new Blob([picture]), `${kind}.png`);
        const stored = await fetch(`${base}/api/uploads`, {
          method: 'POST',
          headers: { cookie, 'x-hengjian': '1' },
          body: form,
        });
        documents.push({ kind, upload: ((await stored.json()) as { id: string }).id });
      }
      return visitor.post(`/api/actions/${entity}/${action}`, {
        id: randomUUID(),
        input,
        ...(record === undefined ? {} : { record }),
        ...(documents.length === 0 ? {} : { documents }),
      });
    },
  };
  return visitor;
}

/** Samples taken, received and given out until one open worksheet holds as many cells as asked; its id and their number. */
async function fillSheet(base: string, cells: number): Promise<{ sheet: string; cells: number }> {
  const receiver = await signIn(base, 'Sample custodian');
  const { items } = detailedRules().rules.find(({ product }) => product === 'P101')!;
  const asked = items
    .filter(({ limit }) => /^[≤≥<>]\d/.test(limit))
    .map(({ zh, method, limit, severity }) => ({ item: zh, method, limit, severity, judge: 'full', clause: method }));
  const found = await fetch(`${base}/api/records?entity=laboratory.bench&limit=1`, {
    headers: { cookie: receiver.cookie },
  });
  const bench = ((await found.json()) as { rows: { id: string }[] }).rows[0]!.id;
  const day = await fetch(`${base}/api/demonstration/clock`);
  const { today } = (await day.json()) as { today: string };
  const samples: string[] = [];
  const wanted = Math.min(500, Math.ceil(cells / asked.length));
  for (let at = 0; at < wanted; at += 1) {
    const order = {
      source: 'commissioned',
      client: { name: `演示委托单位${at}` },
      sampleName: '锂离子蓄电池电动自行车',
      kind: 'P101',
      quantity: 1,
      unit: '辆',
      verdictRule: 'any-item',
      items: asked,
      dueOn: today,
    };
    const { created } = await receiver.act('laboratory.bench', 'takeOrder', order, bench);
    const sample = created[0]!.id;
    const receipt = {
      receivedOn: today,
      sealIntact: true,
      readName: order.sampleName,
      condition: '完好',
      freeOfTies: true,
    };
    await receiver.act('laboratory.sample', 'receive', receipt, sample, ['receiptPhotos']);
    samples.push(sample);
  }
  const given = { title: '量测用原始记录', samples, items: [] };
  const { created } = await receiver.act('laboratory.bench', 'distribute', given, bench);
  return { sheet: created[0]!.id, cells: samples.length * asked.length };
}

/**
 * Opening an entry grid of many cells in a real browser: from the address to the first cell that can be typed into, and from a key to the
 * next painted frame. The baseline is a bare page with a table of as many inputs, by turns in the same browser.
 */
export async function measureGrid({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), 'hengjian-bench-'));
  const child = spawn(process.execPath, [join(root, 'apps/server/src/main.ts')], {
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      HENGJIAN_DATA: folder,
      HENGJIAN_LOG: 'error',
      HENGJIAN_REQUESTS_PER_MINUTE: '1000000',
      DATABASE_URL: undefined,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  try {
    const base = await addressOf(child.stdout);
    const { sheet, cells } = await fillSheet(base, quick ? 200 : 2_000);
    const tester = await signIn(base, 'Tester');
    return await inBrowser(base, tester.cookie, sheet, cells, quick ? 3 : 9);
  } finally {
    child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  }
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const address = /ready: (http:\S+)/.exec(line)?.[1];
    if (address !== undefined) {
      output.resume();
      return address;
    }
  }
  throw new Error('The platform ended before it was ready.');
}

const bare = (cells: number): string =>
  `<table>${Array.from({ length: cells }, (_, row) => `<tr><th>${row}</th><td>≤ 25</td><td><input data-cell="${row}"></td><td><input></td></tr>`).join('')}</table>`;

async function inBrowser(base: string, cookie: string, sheet: string, cells: number, turns: number) {
  const system = process.env.HENGJIAN_CHROMIUM;
  const browser = await chromium.launch({
    executablePath: system ?? (await sparticuz.executablePath()),
    args: [...sparticuz.args.filter((argument) => !argument.startsWith('--headless')), '--no-sandbox', '--disable-gpu'],
  });
  try {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
    await context.addCookies(
      cookie.split('; ').map((pair) => {
        const at = pair.indexOf('=');
        return { name: pair.slice(0, at), value: pair.slice(at + 1), url: base };
      }),
    );
    const page = await context.newPage();
    const plain = await context.newPage();
    const opened: number[] = [];
    const plainly: number[] = [];
    const keys: number[] = [];
    // The first visit fills the browser's cache: what an analyst has all day.
    for (let turn = -1; turn < turns; turn += 1) {
      const begun = performance.now();
      await page.goto(`${base}/console/worksheet/${sheet}`);
      await page.locator('[data-cell="0/result"]').waitFor();
      const seconds = (performance.now() - begun) / 1000;
      const plainBegun = performance.now();
      await plain.setContent(bare(cells));
      await plain.locator('[data-cell="0"]').waitFor();
      if (turn < 0) continue;
      opened.push(seconds);
      plainly.push((performance.now() - plainBegun) / 1000);
      await page.locator('[data-cell="0/result"]').focus();
      keys.push(
        await page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              const from = performance.now();
              const input = document.activeElement as HTMLInputElement;
              const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
              set.call(input, `${Math.round(from) % 100}`);
              input.dispatchEvent(new Event('input', { bubbles: true }));
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)));
            }),
        ),
      );
    }
    const rows = await page.locator('[aria-rowcount]').first().getAttribute('aria-rowcount');
    if (Number(rows) !== cells + 1) throw new Error(`The grid says ${rows} rows, ${cells + 1} were expected.`);
    return {
      cells,
      secondsToFirstCell: rounded(median(opened)),
      plainTableSeconds: rounded(median(plainly)),
      ratio: rounded(median(opened) / median(plainly)),
      millisecondsFromKeyToFrame: rounded(median(keys)),
    };
  } finally {
    await browser.close();
  }
}
