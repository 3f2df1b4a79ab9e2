import { setTimeout as wait } from 'node:timers/promises';
import type { Actor } from '@hengjian/kernel';
import pg from 'pg';
import { cities, counties } from '../data/demonstration/volume.ts';
import { serverProcessor } from './cluster.ts';
import { readerFirms, readerOffices } from './corpus.ts';
import { inClients, median, numberedUuid, percentile, rounded } from './measure.ts';
import type { BenchPlatform } from './platform.ts';

export const CLIENTS = 8;
const ROUNDS = 2;
/** No case may hold a bench up for longer. */
const SECONDS_PER_ROUND = 2;
/** SQL alone that takes longer than this is run once by one client: eight at a time would take minutes and tell no more. */
const SLOW_SECONDS = 1;

export interface Reader {
  name: string;
  /** One for each client. */
  actors: Actor[];
  /** Firms of which each actor surely sees records. */
  firms: number[];
}

/** A bureau of the province, of a city, of a county; the agent of an ordinary firm and of the one with the most records. */
export async function openReaders(platform: BenchPlatform, quick: boolean): Promise<Reader[]> {
  const numbers = Array.from({ length: CLIENTS }, (_, client) => client);
  const ordinary = quick ? readerFirms.ordinary / 10 : readerFirms.ordinary;
  const officers = (office: (client: number) => string): Promise<Actor[]> =>
    Promise.all(numbers.map(async (client) => handling(await platform.officer('organiser', office(client)), client)));
  const agents = (firm: (client: number) => number): Promise<Actor[]> =>
    Promise.all(numbers.map((client) => platform.agent(numberedUuid(4, firm(client)))));
  const few = numbers.map((client) => ordinary + client);
  return [
    { name: 'province', actors: await officers(() => readerOffices.province), firms: few },
    { name: 'city', actors: await officers((client) => cities[client]!), firms: few },
    { name: 'county', actors: await officers((client) => counties[client * 15]!), firms: few },
    { name: 'agent', actors: await agents((client) => ordinary + client), firms: few },
    {
      name: 'agentOfLargest',
      actors: await agents(() => readerFirms.large),
      firms: numbers.map(() => readerFirms.large),
    },
  ];
}

/** The actor as one of those who handle the corpus's records; rights are of the claim, which stays. */
function handling(actor: Actor, client: number): Actor {
  return { ...actor, person: numberedUuid(5, client) };
}

/** A statement of the owner, past row security, that finds what an actor may see by a condition of its own. */
export interface PlainStatement {
  text: string;
  values: unknown[];
}

/** Adds what an actor may see to a statement that reads `kernel.record r`. */
export function withVisible({ text, values }: PlainStatement, { claim }: Actor): PlainStatement {
  const held = [...values];
  const bind = (value: unknown): string => `$${held.push(value)}::text[]`;
  const asParty = (): string => `parties && ${bind(claim.parties)}`;
  const condition =
    claim.offices.length === 0
      ? asParty()
      : `((office = any(${bind(claim.offices)}) and entity = any(${bind(claim.entities)})) or ${asParty()})`;
  return {
    text: text.replace('from kernel.record r', `from (select * from kernel.record where ${condition}) r`),
    values: held,
  };
}

/** Connections of the owner; a statement is planned for its values each time. */
export function plainPool(url: string): {
  run(statement: PlainStatement): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
} {
  const pool = new pg.Pool({ connectionString: url, max: CLIENTS });
  return {
    run: async ({ text, values }) => (await pool.query(text, values)).rows as Record<string, unknown>[],
    close: () => pool.end(),
  };
}

export interface Cell {
  reader: string;
  case: string;
  /** How many were found; null when the statement was stopped after STATEMENT_SECONDS. */
  rows: number | null;
  p50Milliseconds: number;
  p95Milliseconds: number;
  sqlP50Milliseconds: number;
  sqlP95Milliseconds: number;
  /** Processor of this process and of the server for one call. */
  processorMilliseconds: number;
  sqlProcessorMilliseconds: number;
  /** Speed beside the SQL alone: 1 is as fast. */
  ratio: number;
}

/** Measures a way to read beside the SQL alone, by turns, once both have found the same rows; each side is warmed first. */
export async function measureCell(
  names: { reader: string; case: string },
  meter: pg.Client,
  calls: number,
  through: (client: number) => Promise<string[]>,
  straight: (client: number) => Promise<string[]>,
): Promise<Cell> {
  const [subject, baseline] = [unlessStopped(through), unlessStopped(straight)];
  const found = await subject(0);
  const asked = performance.now();
  const expected = await baseline(0);
  const alone = (performance.now() - asked) / 1000;
  if (found !== null && expected !== null && found.join() !== expected.join())
    throw new Error(
      `${names.reader}, ${names.case}: the kernel finds ${found.length} rows, SQL ${expected.length}, or others.`,
    );
  const sides = { subject: [] as number[], baseline: [] as number[] };
  const processor = { subject: [] as number[], baseline: [] as number[] };
  const round = async (side: keyof typeof sides): Promise<number> => {
    const before = await serverProcessor(meter);
    const ran = await inClients(CLIENTS, calls, side === 'subject' ? subject : baseline, SECONDS_PER_ROUND);
    const server = (await serverProcessor(meter)) - before;
    sides[side].push(...ran.latencies);
    processor[side].push(ran.processorMilliseconds + server / ran.latencies.length);
    return ran.rate;
  };
  const ratios: number[] = [];
  const slow = alone > SLOW_SECONDS;
  await inClients(CLIENTS, CLIENTS * 6, subject, 2);
  if (slow) {
    sides.baseline.push(alone * 1000);
    processor.baseline.push(alone * 1000);
  } else await inClients(CLIENTS, CLIENTS * 6, baseline, 2);
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const rate = await round('subject');
    await wait(5);
    // As if eight ran side by side as fast as one does alone: no favour to the platform.
    ratios.push(rate / (slow ? CLIENTS / alone : await round('baseline')));
  }
  return {
    ...names,
    rows: found?.length ?? null,
    p50Milliseconds: rounded(percentile(sides.subject, 0.5)),
    p95Milliseconds: rounded(percentile(sides.subject, 0.95)),
    sqlP50Milliseconds: rounded(percentile(sides.baseline, 0.5)),
    sqlP95Milliseconds: rounded(percentile(sides.baseline, 0.95)),
    processorMilliseconds: rounded(median(processor.subject)),
    sqlProcessorMilliseconds: rounded(median(processor.baseline)),
    ratio: rounded(median(ratios)),
  };
}

/** Turns the server's stop of a statement that takes too long into null, so that one hopeless case does not end the bench. */
function unlessStopped(read: (client: number) => Promise<string[]>): (client: number) => Promise<string[] | null> {
  return (client) =>
    read(client).catch((error: { code?: string }) => {
      if (error.code === '57014') return null;
      throw error;
    });
}

/** What a bench over many cases says at its head. */
export function summary(cells: readonly Cell[]): Record<string, unknown> {
  const slow = cells.filter(({ p95Milliseconds }) => p95Milliseconds > 50);
  return {
    target: 'p95 at most 50 ms in every case',
    clients: CLIENTS,
    ratio: rounded(median(cells.map(({ ratio }) => ratio))),
    p50Milliseconds: median(cells.map(({ p50Milliseconds }) => p50Milliseconds)),
    processorMilliseconds: {
      median: median(cells.map(({ processorMilliseconds }) => processorMilliseconds)),
      most: Math.max(...cells.map(({ processorMilliseconds }) => processorMilliseconds)),
    },
    p95Milliseconds: Math.max(...cells.map(({ p95Milliseconds }) => p95Milliseconds)),
    casesOverTarget: slow.map(({ reader, case: name, p95Milliseconds }) => `${reader}/${name}: ${p95Milliseconds} ms`),
    cases: cells,
  };
}
