import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { median, rounded } from './measure.ts';

const root = join(import.meta.dirname, '..');
const minutesAllowed = 10;

interface Start {
  /** From the start of the process to the last byte of the first page. */
  seconds: number;
  /** Processor time until then, the builds of the front ends included: what does not depend on who else uses the machine. */
  processorSeconds: number;
  residentMegabytes: number;
  mostResidentMegabytes: number;
  said: string[];
}

/**
 * Time to the first page and resident memory of what `npm start` runs, on an empty folder (where it also seeds the
 * demonstration, and builds the front ends if nobody has) and on the folder that this leaves; the baseline is a bare process
 * with the same embedded database and one page. Medians of starts by turns.
 */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), 'hengjian-bench-'));
  try {
    const fresh = await startOnce('apps/server/src/main.ts', join(folder, 'seeded'));
    const bareFresh = await startOnce('bench/start-bare.ts', join(folder, 'bare'));
    const seeded: Start[] = [];
    const bare: Start[] = [];
    for (let round = 0; round < (quick ? 1 : 5); round += 1) {
      seeded.push(await startOnce('apps/server/src/main.ts', join(folder, 'seeded')));
      bare.push(await startOnce('bench/start-bare.ts', join(folder, 'bare')));
    }
    const [typical, typicalBare] = [typicalOf(seeded), typicalOf(bare)];
    return {
      target: 'first page within 10 s on a seeded folder, within 60 s on the first run',
      ratio: rounded(typicalBare.seconds / typical.seconds),
      fresh: { ...figures(fresh), said: fresh.said },
      seeded: typical,
      bareFresh: figures(bareFresh),
      bare: typicalBare,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function figures({ seconds, processorSeconds, residentMegabytes, mostResidentMegabytes }: Start) {
  return {
    seconds: rounded(seconds),
    processorSeconds: rounded(processorSeconds),
    residentMegabytes,
    mostResidentMegabytes,
  };
}

function typicalOf(starts: readonly Start[]) {
  return {
    seconds: rounded(median(starts.map(({ seconds }) => seconds))),
    processorSeconds: rounded(median(starts.map(({ processorSeconds }) => processorSeconds))),
    residentMegabytes: median(starts.map(({ residentMegabytes }) => residentMegabytes)),
    mostResidentMegabytes: median(starts.map(({ mostResidentMegabytes }) => mostResidentMegabytes)),
  };
}

/** Starts a program, waits for the address that it says, fetches the page there, weighs it and stops it. */
async function startOnce(program: string, folder: string): Promise<Start> {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(root, program)], {
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      HENGJIAN_DATA: folder,
      HENGJIAN_LOG: 'error',
      DATABASE_URL: undefined,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const said: string[] = [];
  let faults = '';
  child.stderr.on('data', (chunk: Buffer) => {
    faults += chunk.toString();
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), minutesAllowed * 60_000);
  try {
    for await (const line of createInterface(child.stdout)) {
      said.push(line.trim());
      const address = /ready: (http:\S+)/.exec(line)?.[1];
      if (address === undefined) continue;
      const page = await fetch(address);
      const text = await page.text();
      const seconds = (performance.now() - begun) / 1000;
      if (!page.ok || !text.includes('<title>'))
        throw new Error(`The first page is an error: ${page.status} ${text.slice(0, 200)}`);
      return { seconds, processorSeconds: processorOf(child.pid!), ...memoryOf(child.pid!), said };
    }
    throw new Error(`${program} ended before its first page: ${said.join(' | ')} ${faults}`);
  } finally {
    clearTimeout(timer);
    child.kill('SIGTERM');
    await exited;
  }
}

/** Processor seconds of a process and of its children that have ended (Linux, a hundred ticks a second). */
function processorOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
}

/** Megabytes held now and at most, from the process table (Linux). */
function memoryOf(pid: number): Pick<Start, 'residentMegabytes' | 'mostResidentMegabytes'> {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string): number =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  return { residentMegabytes: megabytes('VmRSS'), mostResidentMegabytes: megabytes('VmHWM') };
}
