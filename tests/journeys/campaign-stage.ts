import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DrawVerdict, verifyDraw } from '@hengjian/transparency/verification';
import { expect, it } from 'vitest';
import { itemsFor, resultFor } from '../../apps/server/src/demonstration/campaign.ts';
import { findDetailedRules, getProduct } from '../../data/products/index.ts';
import { createCast, laboratory, type Page, pageOf, person, type readEverythingPublic, rowsOf } from './cast.ts';
import { journeyCoverage } from './coverage.ts';
import { stranger, type Visitor } from './visitor.ts';

export const product = 'P301';
export const template = findDetailedRules(product)!;
export const samplingBody = laboratory('laboratory-01');
export const firstLab = laboratory('laboratory-03');
export const retestLab = laboratory('laboratory-10');
export const items = itemsFor(product);
export const cast = createCast();
export const everybody = stranger();
export const coverage = journeyCoverage('campaign', new URL('./campaign.test.ts', import.meta.url).href);
export const supervision = 'product-supervision-sampling';
export const model = 'sampling-mathematical-model';
export const root = new URL('../../', import.meta.url).pathname;
export const shared = join(process.env.HENGJIAN_SHARED ?? join(root, '../shared'), 'data/enterprises');
export const real = existsSync(join(shared, 'registrations_hunan_1978_1999.csv'));

export interface Task extends Page {
  fields: Page['fields'] & {
    draw: string;
    stratum: string;
    sequence: number;
    isReserve: boolean;
    enterprise: string;
    enterpriseName: string;
    enterpriseCode: string;
    enterpriseRegion: string;
    samplers: { person: string; name: string }[];
  };
}

/** What the journey has come to: its people, its day, its tasks. */
export const story = {
  planner: undefined as unknown as Visitor,
  organiser: undefined as unknown as Visitor,
  today: '',
  tasks: [] as Task[],
  publicBefore: undefined as unknown as Awaited<ReturnType<typeof readEverythingPublic>>,
};

export const made = { plan: '', scheme: '', rules: '', draw: '', bulletin: '' };
let begun = 0;
export let passed = 0;
export const steps = 14;

export const clock = async (): Promise<string> =>
  (await everybody.get<{ today: string }>('/api/demonstration/clock')).body.today;

export async function forward(days: number): Promise<void> {
  const { status } = await story.planner.post('/api/demonstration/clock', { days });
  expect(status).toBe(200);
  cast.forget();
  story.planner = await cast.officer('Planner');
  story.organiser = await cast.officer('Organiser');
  story.today = await clock();
}

export const ofDraw = async (): Promise<Task[]> => {
  const pages = await Promise.all(
    (await rowsOf(story.planner, `entity=sampling.task&q=${encodeURIComponent(getProduct(product).zh)}`)).map(
      ({ id }) => pageOf(story.planner, id) as Promise<Task>,
    ),
  );
  return pages.filter(({ fields }) => fields.draw === made.draw);
};

export const samplerOf = (task: Task): Promise<Visitor> =>
  cast.account(
    ['sampler.laboratory-01', 'sampler.laboratory-01.2'].find(
      (account) => person(account).id === task.fields.samplers[0]!.person,
    )!,
  );

export const sample = (task: Task, index: number) => ({
  sampledOn: story.today,
  channel: 'producer',
  place: '成品仓库',
  sampleName: getProduct(product).zh,
  trademark: '无',
  model: `BV 2.5-${index + 1}`,
  batch: '20260101',
  standard: 'GB/T 5023.3-2008',
  stock: 5_000,
  unitPrice: '4.20',
  testQuantity: template.sample.test,
  spareQuantity: template.sample.spare,
  spareKeptAt: 'laboratory',
  seal: `封条 ${index * 2 + 1}、${index * 2 + 2}，完好`,
  labelledProducer: {
    name: task.fields.enterpriseName,
    code: task.fields.enterpriseCode,
    region: task.fields.enterpriseRegion,
    enterprise: task.fields.enterprise,
  },
  present: task.fields.samplers.map((sampler) => sampler.person),
  signature: 'signed',
});
export const receipt = () => ({
  receivedOn: story.today,
  sealIntact: true,
  matchesSheet: true,
  appearance: '封条完整',
  licenceCheck: 'valid',
  licenceSource: '全国工业产品生产许可证查询',
});
export const results = (fails: boolean) =>
  items.map(({ item, limit }, place) => ({ item, result: resultFor(limit, !(fails && place === 0)) }));

/** One step of the journey; a later one rests on it. */
export function step(name: string, run: () => Promise<void>, timeout?: number): void {
  it(
    name,
    async (context) => {
      context.skip(passed < begun, 'an earlier step of the journey failed');
      begun += 1;
      await run();
      passed += 1;
    },
    timeout,
  );
}

/** Takes up another post of the same person. */
export async function takePost(visitor: Visitor, role: string, place = ''): Promise<void> {
  const { body } = await visitor.get<{ grants: { id: string; role: string; place: { zh: string } }[] }>('/api/me');
  const grant = body.grants.find((held) => held.role === role && held.place.zh.includes(place));
  if (grant === undefined)
    throw new Error(`${visitor.person.name} holds no post ${role} ${place}: ${JSON.stringify(body.grants)}`);
  expect((await visitor.post('/api/me/grant', { grant: grant.id })).status).toBe(200);
}

/** The file by which anybody checks the draw. */
export const bundle = async (): Promise<unknown> => (await everybody.get(`/api/public/draws/${made.draw}/bundle`)).body;
/** What of it does not hold. */
export const failedSteps = (value: unknown): DrawVerdict['steps'] =>
  verifyDraw(value).steps.filter(({ ok }) => ok === false);
