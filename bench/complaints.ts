import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Incoming, takeIn } from '../apps/server/src/complaints/take-in.ts';
import { seedOffices } from '../apps/server/src/demonstration/organisation.ts';
import { openPlatform } from '../apps/server/src/platform.ts';
import {
  centroidRouter,
  cosinePairs,
  type Example,
  likePairs,
  linearRouter,
  type Router,
  type Written,
} from '../domains/complaints/src/index.ts';
import { csvRows, openLedger } from '../domains/subjects/src/index.ts';
import { openCluster } from './cluster.ts';

const shared = process.env.HENGJIAN_SHARED ?? join(import.meta.dirname, '..', '..', 'shared');
const corpus = join(shared, 'data', 'complaints');

/** A file of the test corpus, which is never shipped; undefined where it is not at hand. */
async function readCorpus(name: string): Promise<Record<string, string>[] | undefined> {
  const path = join(corpus, name);
  if (!existsSync(path)) return undefined;
  const file = await openLedger(new Uint8Array(readFileSync(path)), 'csv');
  try {
    let headings: string[] | undefined;
    const rows: Record<string, string>[] = [];
    for await (const { cells } of csvRows(file, () => 0)) {
      if (headings === undefined) headings = cells.map((cell) => cell.replace(/^\uFEFF/, ''));
      else rows.push(Object.fromEntries(headings.map((heading, at) => [heading, cells[at] ?? ''])));
    }
    return rows;
  } finally {
    await file.close();
  }
}

const share = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;

/** Macro-F1: the mean over classes of the harmonic mean of precision and recall; a class without a test counts not. */
function macroF1(router: Router, tests: readonly Example[]): { macroF1: number; accuracy: number } {
  const labels = [...new Set(tests.map(({ label }) => label))];
  const pairs = tests.map(({ label, text }) => ({ label, said: router.suggest(text)[0]!.label }));
  const scores = labels.map((label) => {
    const right = pairs.filter((pair) => pair.label === label && pair.said === label).length;
    const said = pairs.filter((pair) => pair.said === label).length;
    const are = pairs.filter((pair) => pair.label === label).length;
    return right === 0 ? 0 : (2 * right) / (said + are);
  });
  return {
    macroF1: scores.reduce((sum, score) => sum + score, 0) / labels.length,
    accuracy: pairs.filter(({ label, said }) => label === said).length / pairs.length,
  };
}

/** Five splits that every side sees alike: a message is a test in the split that its number falls into. */
async function measureRouting(): Promise<object> {
  const rows = await readCorpus('labelled_messages.csv');
  if (rows === undefined) return { note: `the test corpus is not at hand (${corpus})` };
  const examples = rows.map((row) => ({
    id: row.留言编号!,
    label: row.一级分类!,
    text: `${row.留言主题} ${row.留言详情}`,
  }));
  const folds = 5;
  const sides = { plain: centroidRouter, ours: linearRouter };
  const results = Object.entries(sides).map(([name, train]) => {
    const scores = Array.from({ length: folds }, (_one, fold) => {
      const isTest = ({ id }: { id: string }) => Math.floor(share(id) * folds) === fold;
      return macroF1(train(examples.filter((one) => !isTest(one))), examples.filter(isTest));
    });
    const mean = (of: keyof (typeof scores)[number]) => scores.reduce((sum, one) => sum + one[of], 0) / folds;
    return [name, { macroF1: Number(mean('macroF1').toFixed(4)), accuracy: Number(mean('accuracy').toFixed(4)) }];
  });
  return {
    messages: examples.length,
    classes: new Set(examples.map(({ label }) => label)).size,
    folds,
    ...Object.fromEntries(results),
  };
}

/** A message told again by the same person: half of its clauses in another order, another greeting, some words left out. */
function toldAgain(text: string, seed: string): string {
  const clauses = text.split(/(?<=[，。！？；,!?;])/).filter((clause) => clause.trim() !== '');
  const kept = clauses.filter((_clause, at) => share(`${seed} keep ${at}`) < 0.7);
  const moved = kept
    .map((clause, at) => ({ clause, at: at + share(`${seed} move ${at}`) * 3 }))
    .sort((a, b) => a.at - b.at);
  const changed = moved.map(({ clause }, at) =>
    share(`${seed} drop ${at}`) < 0.3 && clause.length > 8 ? clause.slice(0, 3) + clause.slice(5) : clause,
  );
  return `您好，再次反映：${changed.join('')}请尽快处理，谢谢！`;
}

/** Pairs are known because they were made: every fifth message is told again. What the corpus itself repeats counts against both sides alike. */
async function measureDuplicates(quick: boolean): Promise<object> {
  const rows = await readCorpus('messages_for_dedup_and_hot_topics.csv');
  if (rows === undefined) return { note: `the test corpus is not at hand (${corpus})` };
  const seen = new Set<string>();
  const messages: Written[] = rows
    .map((row) => ({ id: row.留言编号!, text: `${row.留言主题} ${row.留言详情}` }))
    .filter(({ text }) => text.length >= 40 && !seen.has(text) && seen.add(text))
    .slice(0, quick ? 400 : 1_500);
  const made = messages
    .filter((_one, at) => at % 5 === 0)
    .map(({ id, text }) => ({ id: `${id}'`, text: toldAgain(text, id) }));
  const all = [...messages, ...made];
  const truth = new Set(made.map(({ id }) => `${id.slice(0, -1)}|${id}`));
  // The corpus itself repeats some messages; a pair of two originals is neither right nor wrong here.
  const judge = (pairs: readonly { one: string; other: string }[]) => {
    const judged = pairs.filter(({ one, other }) => one.endsWith("'") || other.endsWith("'"));
    const right = judged.filter(
      ({ one, other }) => truth.has(`${one}|${other}`) || truth.has(`${other}|${one}`),
    ).length;
    return {
      precision: Number((judged.length === 0 ? 1 : right / judged.length).toFixed(4)),
      recall: Number((right / truth.size).toFixed(4)),
    };
  };
  const timed = (work: () => readonly { one: string; other: string }[]) => {
    const from = performance.now();
    const pairs = work();
    return { ...judge(pairs), milliseconds: Math.round(performance.now() - from) };
  };
  const plain = [0.3, 0.5, 0.7].map((least) => ({ least, ...timed(() => cosinePairs(all, least)) }));
  return { messages: all.length, pairsMade: truth.size, plain, ours: timed(() => likePairs(all)) };
}

/** A stand-up surge: so many complaints and reports a second over the counties, each sent twice; every one is there once. */
async function measureSurge(quick: boolean): Promise<object> {
  const [perSecond, seconds] = [200, quick ? 5 : 60];
  const cluster = await openCluster();
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-surge-'));
  try {
    const platform = await openPlatform({ folder, databaseUrl: await cluster.fresh('surge') });
    try {
      await seedOffices(platform);
      const counties = [...platform.offices.values()].filter(
        ({ kind, code }) => kind === 'bureau' && /^43\d{4}$/.test(code) && !code.endsWith('00'),
      );
      const sent: string[] = [];
      const took: number[] = [];
      const failed: string[] = [];
      const waiting: Promise<void>[] = [];
      const send = (incoming: Incoming, at: number): Promise<void> =>
        takeIn(platform, null, incoming).then(
          () => void took.push(performance.now() - at),
          (error: Error) => void failed.push(error.message),
        );
      const from = performance.now();
      for (let n = 0; n < perSecond * seconds; n += 1) {
        const due = from + (n * 1000) / perSecond;
        const early = due - performance.now();
        if (early > 1) await wait(early);
        const id = randomUUID();
        sent.push(id);
        const incoming = Incoming.parse({
          id,
          kind: n % 4 === 0 ? 'report' : 'complaint',
          channel: 'web',
          person: { name: `某${n}`, phone: `139${String(n).padStart(8, '0')}` },
          subjectName: `第${n % 500}号店`,
          region: counties[n % counties.length]!.region,
          matter: '预付卡余额不退，门店已经关门。',
          demand: '退还余额',
          facts: '门店停业后仍在网上收款。',
          consentMediation: true,
        });
        waiting.push(send(incoming, due));
        // Whoever gets no answer presses again: the same form comes twice.
        if (n % 10 === 0) waiting.push(send(incoming, due));
      }
      await Promise.all(waiting);
      const elapsed = (performance.now() - from) / 1000;
      const [counted] = await platform.database.asOwner((tx) =>
        tx.query<{ records: number; commands: number; identities: number; followed: number; numbers: number }>(
          `select (select count(*)::int from kernel.record where entity in ('complaints.complaint', 'complaints.report')) as records,
             (select count(distinct command)::int from kernel.event where command = any($1::uuid[])) as commands,
             (select count(*)::int from complaints.identity) as identities, (select count(*)::int from complaints.follow) as followed,
             (select count(distinct number)::int from kernel.record where entity in ('complaints.complaint', 'complaints.report')) as numbers`,
          [sent],
        ),
      );
      took.sort((a, b) => a - b);
      const at = (part: number) => Math.round(took[Math.floor(took.length * part)] ?? 0);
      const { records, commands, identities, followed, numbers } = counted!;
      const lost = sent.length - commands;
      const twice = records - sent.length;
      if (
        lost !== 0 ||
        twice !== 0 ||
        identities !== sent.length ||
        followed !== sent.length ||
        numbers !== sent.length
      )
        throw new Error(
          `The surge lost ${lost} and took ${twice} twice: ${JSON.stringify({ ...counted, failed: failed.slice(0, 3) })}`,
        );
      return {
        sent: sent.length,
        sentAgain: Math.ceil(sent.length / 10),
        perSecond,
        seconds: Number(elapsed.toFixed(1)),
        answeredPerSecond: Math.round(sent.length / elapsed),
        lost,
        twice,
        failed: failed.length,
        milliseconds: { p50: at(0.5), p95: at(0.95), p99: at(0.99) },
      };
    } finally {
      await platform.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await cluster.stop();
  }
}

/** Routing and near-duplicates over the test corpus beside the plain way on the same split; the surge on PostgreSQL. */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  return {
    routing: await measureRouting(),
    duplicates: await measureDuplicates(quick),
    surge: await measureSurge(quick),
  };
}
