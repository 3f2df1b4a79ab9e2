import { randomUUID } from 'node:crypto';
import { type Actor, expireClocks, machineActor, machines } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { roles } from '@hengjian/people';
import { handlingLifecycles, handlingQueries } from './index.ts';

/** Takes actions as people do, with papers; shared by the tests of this domain. */
export interface Bureau {
  kernel: TestKernel;
  county: Actor;
  countyHead: Actor;
  city: Actor;
  province: Actor;
  chief: Actor;
  head: Actor;
  firm: string;
  agent: Actor;
  act: TestKernel['act'];
  signed(
    actor: Actor,
    entity: string,
    action: string,
    record: string,
    input: Record<string, unknown>,
    by: Actor[],
    papers?: string[],
  ): Promise<void>;
  get<T = Record<string, unknown>>(table: string, id: string): Promise<T>;
  held<T = Record<string, unknown>>(text: string, params?: unknown[]): Promise<T[]>;
  clock(record: string, name: string): Promise<Record<string, unknown> | undefined>;
  ask<T>(actor: Actor, query: string, input: Record<string, unknown>): Promise<T>;
  expire(): Promise<void>;
}

export const laboratory = { id: randomUUID(), name: '省质检院' };

export async function openBureau(): Promise<Bureau> {
  const kernel = await testKernel({
    lifecycles: [...handlingLifecycles],
    roles,
    queries: [...handlingQueries],
    migrations: [{ name: 'handling', path: new URL('../migrations', import.meta.url).pathname }],
  });
  kernel.at('2026-03-02T02:00:00Z');
  const firm = randomUUID();
  const owner = <T>(text: string, params: unknown[] = []): Promise<T[]> =>
    kernel.database.asOwner((tx) => tx.query<T>(text, params));
  const { act } = kernel;
  return {
    kernel,
    firm,
    act,
    county: await kernel.officer('周县局', 'result-handler', '430102'),
    countyHead: await kernel.officer('郑局长', 'bureau-head', '430102'),
    city: await kernel.officer('吴市局', 'organiser', '4301'),
    province: await kernel.officer('王组织', 'organiser', '43'),
    chief: await kernel.officer('赵处长', 'section-chief', '43'),
    head: await kernel.officer('钱局长', 'bureau-head', '43'),
    agent: await kernel.agent('陈经办', 'enterprise-agent', firm),
    signed: async (actor, entity, action, record, input, by, papers = []) => {
      const { sheet } = await act(actor, entity, action, input, record, papers);
      for (const signer of by) await act(signer, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!);
    },
    get: async (table, id) => (await owner(`select * from handling.${table} where id = $1`, [id]))[0] as never,
    held: owner,
    clock: async (record, name) =>
      (
        await owner<Record<string, unknown>>(
          'select * from kernel.clock where record = $1 and name = $2 order by started_on desc, id desc',
          [record, name],
        )
      )[0],
    ask: async (actor, name, input) => {
      const query = kernel.register.queries.get(name)!;
      return kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
        query.answer(query.input.parse(input), {
          actor,
          sql,
          kernel,
          today: new Date(kernel.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10),
        }),
      ) as never;
    },
    expire: async () => {
      const { refused } = await expireClocks(kernel);
      if (refused.length > 0) throw refused[0]!.problem;
    },
  };
}

export const items = [
  { item: '导体电阻', method: 'GB/T 3048.4', limit: '≤7.41', unit: 'Ω', severity: 'A', judge: 'rounded' },
  { item: '绝缘厚度', method: 'GB/T 2951.11', limit: '≥0.7', unit: 'mm', severity: 'B', judge: 'rounded' },
];
export const conforming = [
  { item: '导体电阻', result: '7.28' },
  { item: '绝缘厚度', result: '0.74' },
];
export const failing = [
  { item: '导体电阻', result: '7.95' },
  { item: '绝缘厚度', result: '0.74' },
];

/** What a loop of one's own authority is opened with. */
export function failure(bureau: Bureau, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    task: randomUUID(),
    source: 'own',
    regime: 'product',
    duty: 'producer',
    organiser: '43',
    subjectId: bureau.firm,
    subjectName: '湖南试验电缆厂',
    subjectCode: '91430102MA4L00011X',
    productName: '电线电缆',
    region: '430102',
    model: 'BV 2.5',
    batch: '2026-02-11',
    reportNumber: 'R-1',
    failedItems: [{ item: '导体电阻', limit: '≤7.41', result: '7.95', unit: 'Ω', severity: 'A' }],
    items,
    lab: laboratory,
    ground: '电线电缆：导体电阻不合格',
    ...more,
  };
}

/** Opens a loop at the county, in hand. */
export async function inHand(bureau: Bureau, more: Record<string, unknown> = {}): Promise<string> {
  const machine = machineActor(bureau.kernel, machines.flow, '430102');
  return (await bureau.act(machine, 'handling.loop', 'open', failure(bureau, more))).record;
}

export const orderOf = async (bureau: Bureau, loop: string, kind: string): Promise<string> =>
  (
    await bureau.held<{ id: string }>('select id from handling.order where loop = $1 and kind = $2 order by id desc', [
      loop,
      kind,
    ])
  )[0]!.id;

/** Served in person, on the present day of the test. */
export const serve = (bureau: Bureau, order: string, servedOn: string) =>
  bureau.act(bureau.county, 'handling.order', 'serve', { way: 'direct', servedOn, receivedBy: '李四' }, order, [
    'receipt',
  ]);

export async function ordered(bureau: Bureau, on: string, more: Record<string, unknown> = {}): Promise<string> {
  bureau.kernel.at(`${on}T02:00:00Z`);
  const loop = await inHand(bureau, more);
  await bureau.act(bureau.county, 'handling.loop', 'order', { demands: '查明原因，整改到位' }, loop);
  await serve(bureau, await orderOf(bureau, loop, 'rectification'), on);
  return loop;
}

/** Organises, samples, tests and recognises a recheck within one day; returns the recheck. */
export async function recheck(
  bureau: Bureau,
  loop: string,
  on: string,
  results: object[],
  action = 'recheck',
): Promise<string> {
  bureau.kernel.at(`${on}T02:00:00Z`);
  await bureau.act(bureau.county, 'handling.loop', action, {}, loop);
  const [{ id } = { id: '' }] = await bureau.held<{ id: string }>(
    `select id from handling.recheck where loop = $1 and state = 'ordered'`,
    [loop],
  );
  const take = (what: string, input: Record<string, unknown>, papers: string[] = []) =>
    bureau.act(bureau.county, 'handling.recheck', what, input, id, papers);
  await take('sample', { sampledOn: on, quantity: 2, batch: 'B2', seal: '封条完好', samplers: '甲、乙' }, ['sheet']);
  await take('report', { reportNumber: `F-${on}`, reportedOn: on, results }, ['report']);
  const passes = results === conforming;
  await take(passes ? 'recognisePass' : 'recogniseFailure', { opinion: passes ? '复查合格' : '复查不合格' });
  return id;
}

/** The penalty lead of a loop decided, signed by the head. */
export async function leadDecided(bureau: Bureau, loop: string): Promise<void> {
  const [lead] = await bureau.held<{ id: string }>(
    `select id from handling.referral where loop = $1 and kind = 'penalty' and state = 'received'`,
    [loop],
  );
  const decision = { decision: 'filed', decisionReason: '事实清楚' };
  await bureau.signed(
    bureau.county,
    'handling.referral',
    'decideLead',
    lead!.id,
    decision,
    [bureau.countyHead],
    ['record'],
  );
}
