import { randomUUID } from 'node:crypto';
import { exchangeLifecycles, exchangeQueries } from '@hengjian/exchange';
import { handlingLifecycles, handlingQueries } from '@hengjian/handling';
import { type Actor, type Office, runFlows } from '@hengjian/kernel';
import { correspondenceLifecycles } from '../../../domains/correspondence/src/index.ts';
import { institutionsLifecycles } from '../../../domains/institutions/src/index.ts';
import { laboratoryLifecycles, laboratoryQueries } from '../../../domains/laboratory/src/index.ts';
import { grantLifecycle, peopleLifecycles } from '../../../domains/people/src/index.ts';
import {
  anotherScheme,
  type Campaign,
  expireAll,
  failing,
  notified,
  openCampaign,
  sampleRecord,
  sellerRecord,
  serve,
} from '../../../domains/sampling/src/campaign-fixture.ts';
import { flows } from '../index.ts';

const folder = (name: string) => ({
  name,
  path: new URL(`../../../domains/${name}/migrations`, import.meta.url).pathname,
});

/** Result handling, the laboratory and the exchange desk beside sampling, as the platform puts them together. */
export const handling = {
  lifecycles: [
    ...institutionsLifecycles,
    ...laboratoryLifecycles,
    ...handlingLifecycles,
    ...correspondenceLifecycles,
    grantLifecycle,
    ...peopleLifecycles,
    ...exchangeLifecycles,
  ],
  queries: [...laboratoryQueries, ...handlingQueries, ...exchangeQueries],
  migrations: ['laboratory', 'handling', 'correspondence', 'people', 'exchange'].map(folder),
};

/** Two cities of Hunan with a county each, and Fujian with one: offices, handlers, and a campaign that the flows carry on. */
export interface Provinces extends Campaign {
  /** Lets the machines do what waits, until nothing more happens. */
  settle(): Promise<void>;
  handler(office: string): Promise<Actor>;
  parked(): Promise<unknown[]>;
  /** Reads as the owner: what is really there. */
  all<T = Record<string, unknown>>(text: string, params?: unknown[]): Promise<T[]>;
  /** A final failure found at a seller in Furong; the producer is where the region says. Returns the task. */
  failure(producerRegion: string): Promise<string>;
  /** A final failure of a producer in Furong himself. */
  ownFailure(): Promise<string>;
  followUp(task: string, kind: string): Promise<string>;
}

const more: readonly (readonly [string, string, string, string, number, string[]])[] = [
  ['4302', '43', '株洲市市场监督管理局', '株市监', 432, ['43', '4302']],
  ['430211', '4302', '天元区市场监督管理局', '天市监', 432, ['43', '4302', '430211']],
  ['3501', '35', '福州市市场监督管理局', '榕市监', 351, ['35', '3501']],
];

export async function openProvinces(): Promise<Provinces> {
  const campaign = await openCampaign(flows, handling);
  const { kernel } = campaign;
  await kernel.database.asOwner(async (tx) => {
    for (const [code, parent, zh, short, home, place] of more)
      await tx.query(
        `insert into kernel.office (code, parent, kind, zh, en, short, region, home, place) values ($1, $2, 'bureau', $3, $1, $4, $1, $5, $6)`,
        [code, parent, zh, short, home, place],
      );
  });
  for (const [code, parent, zh, short, home, place] of more)
    kernel.offices.set(code, {
      code,
      parent,
      kind: 'bureau',
      label: { zh, en: code },
      short,
      region: code,
      home,
      place,
      closedOn: null,
    } satisfies Office);
  const handlers = new Map<string, Actor>();
  const settle = async (): Promise<void> => {
    for (let more = true; more; ) {
      await kernel.sealer.seal();
      more = (await runFlows(kernel)) > 0;
    }
  };
  const concluded = async (sample: Record<string, unknown>): Promise<string> => {
    kernel.at('2026-03-02T02:00:00Z');
    const { task, notices } = await notified(campaign, failing, await anotherScheme(campaign), sample);
    for (const notice of Object.values(notices)) await serve(campaign, notice);
    await expireAll(campaign, '2026-03-18T02:00:00Z');
    await settle();
    return task;
  };
  const all: Provinces['all'] = (text, params = []) => kernel.database.asOwner((tx) => tx.query(text, params));
  return {
    ...campaign,
    settle,
    all,
    handler: async (office) => {
      const known = handlers.get(office) ?? (await kernel.officer(`承办人${office}`, 'result-handler', office));
      handlers.set(office, known);
      return known;
    },
    parked: () => all('select flow, code, zh from kernel.parked'),
    failure: (region) => concluded(sellerRecord(campaign, { region, enterprise: randomUUID() })),
    ownFailure: () => concluded(sampleRecord(campaign)),
    followUp: async (task, kind) =>
      (
        await all<{ id: string }>('select id from sampling.follow_up where task = $1 and kind = $2 order by id desc', [
          task,
          kind,
        ])
      )[0]!.id,
  };
}
