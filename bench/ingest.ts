import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Actor, ingest, ingestChildren } from '@hengjian/kernel';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { z } from 'zod';
import { province } from '../data/demonstration/volume.ts';
import { csvRows } from '../domains/subjects/src/import/csv.ts';
import { openFile } from '../domains/subjects/src/import/file.ts';
import { connectOwner, openCluster } from './cluster.ts';
import { median, numberedUuid, repeatable, rounded, secondsOf } from './measure.ts';
import { type BenchPlatform, openBench } from './platform.ts';

const columns = [
  'sample',
  'position',
  'item',
  'method',
  'unit',
  'result',
  'upperLimit',
  'uncertainty',
  'verdict',
  'testedOn',
] as const;
const stored = [
  'test',
  'sample',
  'position',
  'item',
  'method',
  'unit',
  'result',
  'upper_limit',
  'uncertainty',
  'verdict',
  'tested_on',
];

const decimal = z.string().regex(/^-?(?:0|[1-9]\d{0,17})(?:\.\d{1,12})?$/);
const maybe = z.literal('').transform(() => null);
/** A line as a laboratory sends it; one that is wrong stops the file. */
const line = z.tuple([
  z.string().min(1).max(40),
  z.string().regex(/^[1-9]\d{0,5}$/),
  z.string().min(1).max(200),
  z.string().min(1).max(200),
  maybe.or(z.string().max(40)),
  z.string().min(1).max(200),
  maybe.or(decimal),
  maybe.or(decimal),
  z.enum(['qualified', 'unqualified', 'not-judged']),
  z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/),
]);

const items = [
  ['导体电阻', 'GB/T 3956-2008', 'Ω/km'],
  ['绝缘厚度', 'GB/T 2951.11-2008', 'mm'],
  ['老化前抗张强度', 'GB/T 2951.11-2008', 'N/mm²'],
  ['老化后断裂伸长率', 'GB/T 2951.12-2008', '%'],
  ['甲醛含量', 'GB/T 2912.1-2009', 'mg/kg'],
  ['可萃取重金属', 'GB/T 17593.1-2006', 'mg/kg'],
  ['标识', 'GB/T 5023.1-2008', ''],
  ['耐压试验', 'GB/T 3048.8-2007', 'kV'],
  ['pH 值', 'GB/T 7573-2009', ''],
  ['阻燃性能', 'GB/T 18380.12-2008', 's'],
] as const;

/**
 * A file of a million test results, parsed and checked line by line, through the kernel's bulk entry; the baseline is COPY of
 * the same rows, ready in PostgreSQL's own format, by the owner into the same table. Medians of rounds by turns.
 */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const rows = quick ? 100_000 : 1_000_000;
  const rounds = 3;
  const cluster = await openCluster();
  const folder = await mkdtemp(join(tmpdir(), 'hengjian-bench-'));
  try {
    const url = await cluster.fresh('ingest');
    const platform = await openBench(url, 4);
    const owner = await connectOwner(url);
    try {
      const actor = await platform.officer('organiser', province);
      const test = await makeParent(platform, actor);
      const csv = join(folder, 'results.csv');
      const ready = join(folder, 'results.copy');
      await writeFiles(rows, test, csv, ready);
      const kernelSeconds: number[] = [];
      const copySeconds: number[] = [];
      const readingSeconds: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        readingSeconds.push(await secondsOf(() => drain(readLines(csv))));
        await empty(owner);
        kernelSeconds.push(await secondsOf(() => throughKernel(platform, actor, test, csv, `${rows}/${round}`)));
        await expectRows(owner, rows);
        await empty(owner);
        copySeconds.push(await secondsOf(() => straight(owner, ready)));
        await expectRows(owner, rows);
      }
      const kernel = median(kernelSeconds);
      return {
        target: 'ratio at least 0.5',
        ratio: rounded(median(kernelSeconds.map((seconds, round) => copySeconds[round]! / seconds))),
        rows,
        megabytes: rounded((await stat(csv)).size / 1e6),
        kernelSeconds: rounded(kernel),
        copySeconds: rounded(median(copySeconds)),
        readingAndCheckingAloneSeconds: rounded(median(readingSeconds)),
        rowsPerSecond: Math.round(rows / kernel),
        everyRound: { kernelSeconds: kernelSeconds.map(rounded), copySeconds: copySeconds.map(rounded) },
      };
    } finally {
      await owner.end();
      await platform.close();
    }
  } finally {
    await rm(folder, { recursive: true });
    await cluster.stop();
  }
}

async function makeParent(platform: BenchPlatform, actor: Actor): Promise<string> {
  const id = numberedUuid(3, 1);
  await ingest(platform, actor, {
    entity: 'bench.inspection',
    state: 'planned',
    office: province,
    contentHash: 'ab'.repeat(32),
    rows: [
      {
        id,
        firm: numberedUuid(2, 1),
        firmName: '长沙岫云电线电缆有限公司',
        creditCode: '91430100MA4L16JJ0X',
        region: '430102',
        address: '长沙市芙蓉区岫云路 12 号',
        product: 'P301',
        productName: '塑料绝缘控制电缆',
        plannedOn: '2026-03-02',
      },
    ],
  });
  return id;
}

/** The same rows twice: as a laboratory's CSV, and as COPY text with the record they hang on. */
async function writeFiles(rows: number, test: string, csv: string, ready: string): Promise<void> {
  const random = repeatable(7);
  const asCsv = createWriteStream(csv);
  const asCopy = createWriteStream(ready);
  asCsv.write(`${columns.join(',')}\n`);
  for (let at = 0; at < rows; at += 5000) {
    let commas = '';
    let tabs = '';
    for (let row = at; row < Math.min(at + 5000, rows); row += 1) {
      const [item, method, unit] = items[row % items.length]!;
      const sample = `HNZJ2026-${String(Math.floor(row / 10)).padStart(7, '0')}`;
      const value = (random() * 40).toFixed(3);
      const failed = random() < 0.07;
      const tested = `2026-0${1 + (row % 9)}-${10 + (row % 18)}`;
      const fields = [
        sample,
        String((row % 10) + 1),
        item,
        method,
        unit,
        value,
        unit === '' ? '' : '42.5',
        (random() / 10).toFixed(4),
        failed ? 'unqualified' : 'qualified',
        tested,
      ];
      commas += `${fields.map((text) => (text.includes(' ') ? `"${text}"` : text)).join(',')}\n`;
      tabs += `${[test, ...fields.map((text) => (text === '' ? '\\N' : text))].join('\t')}\n`;
    }
    await Promise.all([
      new Promise((resolve) => asCsv.write(commas, resolve)),
      new Promise((resolve) => asCopy.write(tabs, resolve)),
    ]);
  }
  await Promise.all([new Promise((resolve) => asCsv.end(resolve)), new Promise((resolve) => asCopy.end(resolve))]);
}

/** The reader that imports use; it also hashes the file and finds its encoding first. */
async function* readLines(path: string): AsyncGenerator<readonly unknown[]> {
  const file = await openFile(path);
  for await (const { row, cells, broken } of csvRows(file, () => columns.length)) {
    if (row === 1) continue;
    const checked = line.safeParse(cells);
    if (broken || !checked.success) throw new Error(`Line ${row} is wrong: ${checked.error?.issues[0]?.message}`);
    yield checked.data;
  }
}

async function drain(lines: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of lines);
}

async function throughKernel(
  platform: BenchPlatform,
  actor: Actor,
  test: string,
  csv: string,
  name: string,
): Promise<void> {
  async function* withRecord(): AsyncGenerator<readonly unknown[]> {
    for await (const fields of readLines(csv)) yield [test, ...fields];
  }
  await ingestChildren(platform, actor, {
    record: test,
    table: 'bench.test_result',
    columns: ['test', ...columns],
    rows: withRecord(),
    contentHash: createHash('sha256').update(name).digest('hex'),
    action: 'ingest',
  });
}

async function straight(owner: pg.Client, ready: string): Promise<void> {
  await pipeline(
    Readable.from(createReadStream(ready, { highWaterMark: 1 << 20 })),
    owner.query(copyFrom(`copy bench.test_result (${stored.join(', ')}) from stdin`)),
  );
}

/** Every load starts from the same state of the table and of the write-ahead log. */
async function empty(owner: pg.Client): Promise<void> {
  await owner.query('truncate bench.test_result');
  await owner.query('checkpoint');
}

async function expectRows(owner: pg.Client, rows: number): Promise<void> {
  const { rows: counted } = await owner.query('select count(*)::int as n from bench.test_result');
  if ((counted[0] as { n: number }).n !== rows)
    throw new Error(`There are ${JSON.stringify(counted)} rows instead of ${rows}.`);
}
