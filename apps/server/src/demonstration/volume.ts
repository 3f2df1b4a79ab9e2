import { createHash } from 'node:crypto';
import { ingest, type Label, type Row } from '@hengjian/kernel';
import { detailedRules } from '../../../../data/products/index.ts';
import { type Campaign, itemsFor, type Laboratory, prepareCampaign, putPlanInForce } from './campaign.ts';
import { later, type OfficeWork } from './office-work.ts';
import { failureRow, firmRow, isFailure, taskRow, testRow } from './volume-rows.ts';

/** How much a register holds. */
export interface Volume {
  enterprises: number;
  /** Sampling tasks of past years, each with its conclusion. */
  samplings: number;
  /** Commissioned tests of past years, each with its report. */
  tests: number;
}

/** `hunan` is what the province has after four years; `county` is a hundredth of it, for a look. */
export const volumes = {
  hunan: { enterprises: 600_000, samplings: 500_000, tests: 450_000 },
  county: { enterprises: 6_000, samplings: 5_000, tests: 4_500 },
} as const satisfies Record<string, Volume>;

/** Told as rows are written. */
export type ShowProgress = (what: Label, done: number, total: number) => void;

const labels = {
  enterprises: { zh: '经营主体', en: 'enterprises' },
  schemes: { zh: '计划、方案和细则', en: 'plans, schemes and rules' },
  samplings: { zh: '抽样任务', en: 'sampling tasks' },
  loops: { zh: '结果处理', en: 'loops of result handling' },
  tests: { zh: '委托检验', en: 'commissioned tests' },
} satisfies Record<string, Label>;

/** Parts of a year in which one file of each kind arrives. */
const parts = 8;
const firmsAtOnce = 50_000;
const hashOf = (text: string): string => createHash('sha256').update(`hengjian volume: ${text}`).digest('hex');

/**
 * Years of a province before the demonstration's own: firms, concluded tasks under schemes that went through the usual
 * actions, closed loops of their failures, and commissioned tests, all through the kernel's bulk path. Every number makes the same row in every run.
 */
export async function writeVolume(
  work: OfficeWork,
  bodies: readonly Laboratory[],
  volume: Volume,
  years: readonly number[],
  show: ShowProgress,
): Promise<void> {
  await enterNumberedFirms(work, volume, `${years[0]! - 1}-12-05`, show);
  const benches = await openBenches(work, bodies);
  const done = { samplings: 0, loops: 0, tests: 0 };
  for (const [at, year] of years.entries()) {
    const campaigns = await prepareYear(work, bodies, volume, year, years.length, show);
    for (let part = 0; part < parts; part += 1) {
      const [from, until] = [at * parts + part, at * parts + part + 1].map((step) => step / (years.length * parts));
      const upTo = (total: number): [number, number] => [Math.floor(total * from!), Math.floor(total * until!)];
      const begun = later(`${year}-02-01`, part * 30);
      work.on(later(begun, 80));
      const taken = { volume, begun, campaigns, benches };
      const tasks = () => numbers(...upTo(volume.samplings), (number) => taskRow(number, taken));
      await take(work, 'sampling.task', null, tasks(), `${year} ${part}`, (rows) =>
        show(labels.samplings, done.samplings + rows, volume.samplings),
      );
      done.samplings = upTo(volume.samplings)[1];
      const failures = [...tasks()].filter(isFailure).map((task) => failureRow(task));
      await take(work, 'handling.loop', 'closed', failures, `${year} ${part}`, (rows) =>
        show(labels.loops, done.loops + rows, Math.round(volume.samplings * 0.08)),
      );
      done.loops += failures.length;
      const tests = numbers(...upTo(volume.tests), (number) => testRow(number, taken));
      await take(work, 'laboratory.sample', 'reported', tests, `${year} ${part}`, (rows) =>
        show(labels.tests, done.tests + rows, volume.tests),
      );
      done.tests = upTo(volume.tests)[1];
      await work.platform.settle();
    }
  }
}

function* numbers(from: number, until: number, row: (number: number) => Row): Generator<Row> {
  for (let number = from; number < until; number += 1) yield row(number);
}

/** Writes rows in the states that they name, or all in one. */
async function take(
  work: OfficeWork,
  entity: string,
  state: string | null,
  rows: Iterable<Row>,
  file: string,
  onProgress: (done: number) => void,
): Promise<void> {
  const actor = work.who(entity === 'laboratory.sample' ? 'accreditation-officer.430000' : 'sampling-organiser.430000');
  const held = state === null ? Map.groupBy(rows, (row) => row.state as string) : new Map([[state, [...rows]]]);
  let before = 0;
  for (const [into, list] of held) {
    if (list.length === 0) continue;
    await ingest(work.platform, actor, {
      entity,
      state: into,
      office: (row) => row.office as string,
      rows: list,
      contentHash: hashOf(`${entity} ${into} ${file}`),
      onProgress: (done) => onProgress(before + done),
    });
    before += list.length;
  }
}

async function enterNumberedFirms(work: OfficeWork, volume: Volume, day: string, show: ShowProgress): Promise<void> {
  work.on(day);
  for (let from = 0; from < volume.enterprises; from += firmsAtOnce)
    await ingest(work.platform, work.who('data-steward.430000'), {
      entity: 'subjects.enterprise',
      state: 'registered',
      office: (row) => row.office as string,
      rows: numbers(from, Math.min(volume.enterprises, from + firmsAtOnce), (number) => firmRow(number, day)),
      contentHash: hashOf(`enterprises from ${from}`),
      onProgress: (done) => show(labels.enterprises, from + done, volume.enterprises),
    });
}

/** A bench for each of the province's bodies but the first, whose bench the demonstration opens. */
async function openBenches(work: OfficeWork, bodies: readonly Laboratory[]) {
  const benches: { bench: string; body: Laboratory }[] = [];
  for (const body of bodies.slice(1)) {
    const opening = { organisation: body.id, name: body.name, retainedMonths: 3 };
    const opened = await work.act(work.who('accreditation-officer.430000'), 'laboratory.bench', 'open', opening);
    benches.push({ bench: opened.record, body });
  }
  return benches;
}

export interface YearCampaign extends Campaign {
  samplers: { person: string; name: string }[];
}

/** The year's plan with every product that has detailed rules, and a published scheme for each. */
async function prepareYear(
  work: OfficeWork,
  bodies: readonly Laboratory[],
  { samplings }: Volume,
  year: number,
  years: number,
  show: ShowProgress,
): Promise<YearCampaign[]> {
  const products = detailedRules()
    .rules.map(({ product }) => product)
    .filter((product) => itemsFor(product).length > 0);
  const batches = Math.ceil(samplings / years / products.length);
  const lines = products.map((product) => ({ product, batches, perBatch: 60_000 }));
  const plan = await putPlanInForce(work, year, `${year}-01-05`, lines);
  const campaigns: YearCampaign[] = [];
  for (const [index, product] of products.entries()) {
    const body = bodies[index % bodies.length]!;
    const wanted = {
      product,
      from: `${year}-01-09`,
      plan,
      batches,
      population: batches * 3,
      reserves: 0,
      failEvery: 0,
    };
    const campaign = await prepareCampaign(work, { ...wanted, sampling: body, testing: body });
    const samplers = [`sampler.${body.key}`, `sampler.${body.key}.2`].map((account) => {
      const { person, name } = work.who(account);
      return { person, name };
    });
    campaigns.push({ ...campaign, samplers });
    show(labels.schemes, index + 1, products.length);
  }
  return campaigns;
}
