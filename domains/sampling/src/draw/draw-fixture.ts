import { randomUUID } from 'node:crypto';
import type { DrawBundle } from '@hengjian/transparency';
import {
  type Actor,
  approvedScheme,
  type Bureau,
  entrust,
  type ListedFirm,
  openBureau,
  planInForce,
  product,
  round1000,
  rulesFor,
} from '../planning-fixture.ts';

export const bodies = [
  { organisation: randomUUID(), organisationName: '长沙甲抽样队' },
  { organisation: randomUUID(), organisationName: '长沙乙抽样队' },
];
export const samplers = Array.from({ length: 8 }, (_, index) => ({
  person: randomUUID(),
  name: `抽样员${index}`,
  ...bodies[index % 2]!,
}));
export const labs = [
  { id: randomUUID(), name: '甲检验院', products: [product] },
  { id: randomUUID(), name: '乙检验中心', products: [product, 'P105'] },
  { id: randomUUID(), name: '丙检验所', products: ['P105'] },
];
export const strata = [
  { key: 'A', label: '芙蓉区', regions: ['430102'], bases: [], sample: 6, reserves: 4 },
  { key: 'B', label: '天心区', regions: ['430103'], bases: [], sample: 3, reserves: 2 },
  { key: 'C', label: '岳麓区', regions: ['430104'], bases: [], sample: 1, reserves: 1 },
];
export const weightRules = [
  { reason: 'past-failure', weight: 3 },
  { reason: 'credit-d', weight: 2 },
];

type Input = Record<string, unknown>;

/** A product with 35 firms in three districts, one of them too small to stand alone, a scheme of 20 batches and public rules. */
export interface Campaign {
  bureau: Bureau;
  listed: ListedFirm[];
  scheme: string;
  rules: string;
  freezeInput(more?: Input): Input;
  /** Two of the pool may not visit the first firm, one the second. */
  exclusions(): { sampler: string; enterprise: string; reason: string }[];
  commitInput(more?: Input): Input;
  draws(actor: Actor, action: string, input?: Input, record?: string): ReturnType<Bureau['act']>;
  owner<T>(text: string, params?: unknown[]): Promise<T[]>;
  asPublic<T>(text: string): Promise<T[]>;
  bundleOf(draw: string): Promise<DrawBundle>;
}

async function listFirms(bureau: Bureau): Promise<ListedFirm[]> {
  const listed: ListedFirm[] = [];
  for (let index = 0; index < 20; index += 1)
    listed.push(await bureau.firm({ pastFailures: index < 6 ? 1 : 0, creditClass: index === 7 ? 'D' : null }));
  for (let index = 0; index < 12; index += 1) listed.push(await bureau.firm({ region: '430103' }));
  for (let index = 0; index < 3; index += 1) listed.push(await bureau.firm({ region: '430104', basis: 'survey' }));
  await bureau.firm({ state: 'stopped' });
  await bureau.firm({ state: 'moved', region: '430521' });
  return listed;
}

export async function openCampaign(): Promise<Campaign> {
  const bureau = await openBureau();
  const { kernel, planner } = bureau;
  for (const { organisation: id, organisationName: name } of bodies) await entrust(kernel, { id, name });
  for (const lab of labs) await entrust(kernel, lab);
  const listed = await listFirms(bureau);
  const figures = { population: 35, licensed: 32, batches: 20, testingFee: '500' };
  const scheme = await approvedScheme(bureau, await planInForce(bureau), figures);
  const campaign: Campaign = {
    bureau,
    listed,
    scheme,
    rules: await rulesFor(bureau, scheme),
    freezeInput: (more = {}) => ({
      scheme,
      rules: campaign.rules,
      name: '2023年延长线插座第一次抽取',
      strata,
      weightRules,
      checkedSince: '2023-05-01',
      ...more,
    }),
    exclusions: () => [
      { sampler: samplers[0]!.person, enterprise: listed[0]!.id, reason: '配偶任职' },
      { sampler: samplers[1]!.person, enterprise: listed[0]!.id, reason: '曾任顾问' },
      { sampler: samplers[2]!.person, enterprise: listed[1]!.id, reason: '持有股份' },
    ],
    commitInput: (more = {}) => ({
      team: 'any',
      samplers,
      exclusions: campaign.exclusions(),
      labs,
      beaconChain: 'quicknet',
      beaconRound: round1000.round,
      ...more,
    }),
    draws: (actor, action, input = {}, record) => bureau.act(actor, 'sampling.draw', action, input, record),
    owner: (text, params = []) => kernel.database.asOwner((tx) => tx.query(text, params)),
    asPublic: (text) => kernel.database.transaction('hengjian_public', null, (tx) => tx.query(text)),
    bundleOf: (draw) =>
      kernel.database.transaction('hengjian_public', null, (sql) => {
        const query = kernel.register.queries.get('sampling.draw-bundle')!;
        return query.answer({ draw }, { sql, kernel, today: '2023-08-23', actor: planner });
      }) as Promise<DrawBundle>,
  };
  return campaign;
}
