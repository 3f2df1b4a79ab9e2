import { createHash } from 'node:crypto';
import { type Actor, dayInChina, ingest } from '@hengjian/kernel';
import { demonstrationEnterprises, demonstrationLaboratories } from '../../../../data/demonstration/index.ts';
import { getProduct } from '../../../../data/products/index.ts';
import type { Platform } from '../platform.ts';
import { followFailures } from './aftermath.ts';
import { signAgreements } from './agreements.ts';
import {
  type Campaign,
  type CampaignPlan,
  drawCampaign,
  laboratoryOf,
  prepareCampaign,
  putPlanInForce,
} from './campaign.ts';
import { bringCases } from './cases.ts';
import { hearComplaints } from './complaints.ts';
import { connectSystems, exchangeReports } from './exchange.ts';
import { doErrands, type Errand, errandsOf, type Stage, serveNotices, tasksOf } from './fieldwork.ts';
import { keepHouse } from './house.ts';
import { beginInspections } from './inspections.ts';
import { openBench, registerBodies } from './laboratory.ts';
import { issueFirstLicence, openCounters } from './licensing.ts';
import { createOfficeWork, later, type OfficeWork } from './office-work.ts';
import { appointAgent, demonstrationSeed, idOf, seedOffices, seedPeople } from './organisation.ts';
import { type ShowProgress, type Volume, writeVolume } from './volume.ts';

export interface SeedOptions {
  say: (line: string) => void;
  /** Puts the platform's clock under the story's command; undefined gives it back to the real time. */
  setClock: (clock: (() => Date) | undefined) => void;
  /** The day on which the story is told; everything happens before it. */
  today?: string;
  /** Years before the story, with a register of this size. */
  history?: { volume: Volume; show: ShowProgress };
}

const enterpriseCount = 1_200;
const historyYears = 4;
/** Product classes whose makers the demonstration's directory lists. */
const listed = ['P101', 'P105', 'P108', 'P118', 'P201', 'P206', 'P301', 'P315'];

/**
 * Fills an empty installation with the demonstration province: the real tree of offices and regions, invented people, firms and
 * laboratories, and two years of campaigns that went through the same actions as every other.
 */
export async function seedDemonstration(
  platform: Platform,
  { say, setClock, today = new Date().toISOString().slice(0, 10), history }: SeedOptions,
): Promise<void> {
  const year = Number(today.slice(0, 4));
  let time = new Date(`${history === undefined ? year - 2 : year - historyYears - 2}-12-02T09:00:00+08:00`);
  // Each look at the clock is a little later, so that the order of events is their order in time.
  setClock(() => {
    time = new Date(time.getTime() + 7);
    return time;
  });
  const work = await openOffices(
    platform,
    () => time,
    (instant) => {
      const next = new Date(instant);
      if (next > time) time = next;
    },
  );
  say('offices, people and posts');
  const bodies = demonstrationLaboratories(demonstrationSeed).map(({ id, zh, creditCode }) =>
    laboratoryOf(id, zh, creditCode),
  );
  if (history !== undefined) {
    const years = Array.from({ length: historyYears }, (_, index) => year - historyYears - 1 + index);
    await writeVolume(work, bodies.slice(0, 8), history.volume, years, history.show);
    say(`${years[0]} to ${years.at(-1)}: what a province has after ${historyYears} years`);
  }
  await enterFirms(work, `${year - 2}-12-05`);
  say(`${enterpriseCount} invented enterprises and the directory of what they make`);

  await registerBodies(work, `${year - 2}-12-05`, listed);
  say('testing bodies with their scope');
  await signAgreements(work, bodies, `${year - 2}-12-08`);
  say('agreements with every sampling and testing body');
  const campaign = (product: string, from: string, plan: string, place: number, failEvery = 4): CampaignPlan => ({
    product,
    from,
    plan,
    batches: 8,
    reserves: 4,
    failEvery,
    sampling: bodies[place % bodies.length]!,
    testing: bodies[place % bodies.length]!,
  });
  const former = await putPlanInForce(work, year - 1, `${year - 1}-01-08`, [
    { product: 'P108', batches: 12 },
    { product: 'P105', batches: 12 },
    { product: 'P315', batches: 12 },
  ]);
  for (const [place, product, start] of [
    [0, 'P108', '03-04'],
    [1, 'P105', '06-03'],
  ] as const) {
    await runCampaign(work, campaign(product, `${year - 1}-${start}`, former, place));
    say(`${year - 1}: ${getProduct(product).zh}, from scheme to bulletin`);
  }
  const current = await putPlanInForce(
    work,
    year,
    `${year}-01-07`,
    ['P101', 'P108', 'P118', 'P201', 'P206', 'P315'].map((product) => ({ product, batches: 12 })),
  );
  await work.act(work.who('planner.430000'), 'reporting.series', 'open', { template: 'quarterly' });
  await runCampaign(work, campaign('P101', `${year}-03-03`, current, 2, 3));
  say(`${year}: ${getProduct('P101').zh}, from scheme to bulletin`);
  await issueFirstLicence(work, dayInChina(time));
  say('one licence from application to delivery');
  await beginInspections(work, dayInChina(time), today);
  say('inspections of a county: checklist, plan, visits to be made, a hazard that is late');
  await followFailures(work, today);
  say('failures handed over to the counties: closed, rechecked, reported up, overdue, unsigned');
  await connectSystems(work, today);
  // What is under way on the day of the visit, at every stage; two campaigns whose days interlock are told together.
  const told = await beginCampaign(work, campaign('P118', later(today, -54), current, 3, 3));
  const visiting = await beginCampaign(work, campaign('P206', later(today, -45), current, 4));
  const stages: Stage[] = ['assigned', 'assigned', 'sampled', 'sampled', 'received', 'received', 'tested', 'reported'];
  await doErrands(work, [
    ...(await errandsFor(work, told, () => 'notified')),
    ...(await errandsFor(work, visiting, (index) => stages[index] ?? 'assigned')),
  ]);
  await work.platform.settle();
  await serveNotices(work, told, later(today, -10));
  const informed = await work.rows<{ enterprise: string; enterprise_name: string }>(
    work.who('sampling-organiser.430000'),
    'select enterprise, enterprise_name from sampling.task where draw = $1 and conclusion is not null order by conclusion desc limit 5',
    [told.draw],
  );
  for (const [index, firm] of informed.entries())
    await appointAgent(
      platform,
      work.who('system-administrator.430000'),
      { id: firm.enterprise, name: firm.enterprise_name },
      `${'陈林周吴郑'[index]}经办`,
    );
  say('campaigns under way: conclusions served, samples tested, firms to be visited');
  await drawCampaign(work, await prepareCampaign(work, campaign('P315', later(today, -9), current, 5)), 'frozen');
  const waiting = await prepareCampaign(work, campaign('P201', later(today, -1), current, 6), 'scheme');
  await work.act(work.who('planner.430000'), 'sampling.scheme', 'submit', {}, waiting.scheme);
  await work.platform.settle();
  await bringCases(work, dayInChina(platform.now()));
  say('penalty cases: one decided and public, one told, goods seized, a lead');
  await openBench(work, today);
  await keepHouse(work, today);
  await exchangeReports(work, today);
  await openCounters(work, today);
  await hearComplaints(work, today);
  await work.platform.settle();
  setClock(undefined);
  say('one frame frozen, one scheme to be approved, one report to the nation sent back');
}

async function openOffices(
  platform: Platform,
  now: () => Date,
  setTime: (instant: string) => void,
): Promise<OfficeWork> {
  await seedOffices(platform);
  return createOfficeWork(platform, await seedPeople(platform, now), setTime);
}

/** Enterprises and laboratories into the register, makers into the directory, each at the bureau of its county. */
async function enterFirms(work: OfficeWork, day: string): Promise<void> {
  work.on(day);
  const { platform } = work;
  const countyOf = (region: string): string => (platform.offices.has(region) ? region : `${region.slice(0, 4)}00`);
  const firms = [
    ...demonstrationEnterprises(demonstrationSeed, enterpriseCount - 200, ['430000']),
    ...demonstrationEnterprises(demonstrationSeed, 200, ['350000']),
  ];
  const statuses = { active: 'operating', stopped: 'suspended', closed: 'closed' } as const;
  const kinds = {
    company: 'company',
    factory: 'company',
    shop: 'company',
    cooperative: 'cooperative',
    'individual-business': 'individual-business',
  } as const;
  const enterprises = [
    ...firms.map((firm) => ({
      id: idOf('organisation', firm.creditCode),
      name: firm.name,
      creditCode: firm.creditCode,
      kind: kinds[firm.kind],
      region: firm.region,
      address: firm.address,
      industry: firm.industry,
      registeredOn: firm.registeredOn,
      legalRepresentative: firm.representative,
      status: statuses[firm.status],
      source: '演示资料',
      effectiveOn: firm.registeredOn,
      recordedOn: day,
    })),
    ...demonstrationLaboratories(demonstrationSeed).map((body) => ({
      id: idOf('organisation', body.creditCode),
      name: body.zh,
      creditCode: body.creditCode,
      kind: 'other',
      region: body.region,
      address: body.address,
      status: 'operating',
      source: '演示资料',
      effectiveOn: day,
      recordedOn: day,
    })),
  ];
  for (const [province, account] of [
    ['43', 'data-steward.430000'],
    ['35', 'data-steward.350000'],
  ] as const) {
    const steward: Actor = work.who(account);
    const rows = enterprises.filter(({ region }) => region.startsWith(province));
    await ingest(platform, steward, {
      entity: 'subjects.enterprise',
      state: 'registered',
      office: (row) => countyOf(row.region as string),
      rows,
      contentHash: hashOf(`enterprises ${province}`),
    });
  }
  for (const firm of firms.filter(({ role, region }) => role === 'producer' && region.startsWith('43')))
    for (const product of firm.products.filter((code) => listed.includes(code)))
      await work.act(work.who('planner.430000'), 'sampling.directory', 'enter', {
        enterprise: idOf('organisation', firm.creditCode),
        enterpriseName: firm.name,
        product,
        productName: getProduct(product).zh,
        basis:
          getProduct(product).licence === 'CCC' ? 'ccc' : getProduct(product).licence === 'XK' ? 'licence' : 'survey',
        status: firm.status === 'active' ? 'making' : firm.status,
        checkedOn: day,
      });
}

const hashOf = (text: string): string => createHash('sha256').update(`hengjian demonstration: ${text}`).digest('hex');

async function beginCampaign(work: OfficeWork, plan: CampaignPlan): Promise<Campaign> {
  const campaign = await drawCampaign(work, await prepareCampaign(work, plan));
  await work.platform.settle();
  return campaign;
}

async function errandsFor(work: OfficeWork, campaign: Campaign, stageOf: (index: number) => Stage): Promise<Errand[]> {
  return (await tasksOf(work, campaign)).flatMap((task, index) =>
    errandsOf(work, campaign, task, index, stageOf(index)),
  );
}

/** A campaign from scheme to bulletin. */
async function runCampaign(work: OfficeWork, plan: CampaignPlan): Promise<void> {
  const campaign = await beginCampaign(work, plan);
  await doErrands(work, await errandsFor(work, campaign, () => 'notified'));
  await work.platform.settle();
  await serveNotices(work, campaign, later(plan.from, 44));
  await work.platform.settle();
  work.on(later(plan.from, 64));
  await work.platform.settle();
  await publishBulletin(work, campaign);
}

/** The organiser's bulletin of a finished campaign; the names of the draw are opened with it. */
async function publishBulletin(work: OfficeWork, campaign: Campaign): Promise<void> {
  const organiser = work.who('sampling-organiser.430000');
  work.on(later(campaign.from, 70));
  await work.platform.settle();
  const [draw] = await work.rows<{ state: string }>(organiser, 'select state from sampling.draw where id = $1', [
    campaign.draw,
  ]);
  if (draw?.state === 'drawn') await work.act(organiser, 'sampling.draw', 'open', {}, campaign.draw);
  const { record } = await work.act(organiser, 'sampling.bulletin', 'draft', {
    scheme: campaign.scheme,
    name: `${campaign.from.slice(0, 4)}年${getProduct(campaign.product).zh}监督抽查结果公告`,
  });
  await work.approve(organiser, 'sampling.bulletin', 'publish', record);
  await work.platform.settle();
}
