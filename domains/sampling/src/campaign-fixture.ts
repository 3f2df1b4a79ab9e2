import { randomUUID } from 'node:crypto';
import { composeCreditCode } from '@hengjian/identifiers';
import {
  type Actor,
  expireClocks,
  type Flow,
  type Lifecycle,
  type MigrationFolder,
  machineActor,
  machines,
  type Outcome,
  type Query,
} from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { roles } from '@hengjian/people';
import { prepare } from './campaign-schemes.ts';
import { planningLifecycles } from './planning-side.ts';
import { taskSideLifecycles, taskSideQueries } from './task-side.ts';

export { anotherScheme, items } from './campaign-schemes.ts';

export interface Laboratory {
  id: string;
  name: string;
  receiver: Actor;
  tester: Actor;
  signatory: Actor;
}

/** A province, its counties, two laboratories and one scheme, ready for tasks. */
export interface Campaign {
  kernel: TestKernel;
  scheme: string;
  rules: string;
  draw: string;
  organiser: Actor;
  chief: Actor;
  head: Actor;
  auditor: Actor;
  county: Actor;
  samplers: [Actor, Actor];
  lab: Laboratory;
  retestLab: Laboratory;
  /** Takes an action, with papers of the given kinds; throws its refusal. */
  act(
    actor: Actor,
    entity: string,
    action: string,
    input?: Record<string, unknown>,
    record?: string,
    papers?: string[],
  ): Promise<Outcome>;
  /** Takes an action that section chief and head must sign, or those named. */
  signed(
    actor: Actor,
    entity: string,
    action: string,
    record: string,
    input?: Record<string, unknown>,
    by?: Actor[],
    papers?: string[],
  ): Promise<void>;
  rows<T = Record<string, unknown>>(actor: Actor, text: string, params?: unknown[]): Promise<T[]>;
  get<T = Record<string, unknown>>(table: string, id: string): Promise<T>;
  ask<T>(actor: Actor, query: string, input: Record<string, unknown>): Promise<T>;
  clock(record: string, name: string): Promise<Record<string, unknown> | undefined>;
}

async function laboratory(kernel: TestKernel, name: string): Promise<Laboratory> {
  const id = randomUUID();
  const agent = (post: string, role: string) => kernel.agent(`${name}${post}`, role, id);
  return {
    id,
    name,
    receiver: await agent('收样', 'laboratory-receiver'),
    tester: await agent('检验', 'laboratory-tester'),
    signatory: await agent('签发', 'laboratory-signatory'),
  };
}

export async function openCampaign(
  flows: readonly Flow[] = [],
  beside: { lifecycles: readonly Lifecycle[]; queries: readonly Query[]; migrations: MigrationFolder[] } = {
    lifecycles: [],
    queries: [],
    migrations: [],
  },
): Promise<Campaign> {
  const kernel = await testKernel({
    lifecycles: [...planningLifecycles, ...taskSideLifecycles, ...beside.lifecycles],
    roles,
    queries: [...taskSideQueries, ...beside.queries],
    flows: [...flows],
    migrations: [
      { name: 'institutions', path: new URL('../../institutions/migrations', import.meta.url).pathname },
      { name: 'sampling', path: new URL('../migrations', import.meta.url).pathname },
      ...beside.migrations,
    ],
  });
  kernel.at('2026-03-02T02:00:00Z');
  const { scheme, rules } = await prepare(kernel, 'supervision', 'any-item', '2026-03-01', false);
  const organiser = await kernel.officer('王组织', 'organiser', '43');
  const chief = await kernel.officer('赵处长', 'section-chief', '43');
  const head = await kernel.officer('钱局长', 'bureau-head', '43');
  const body = randomUUID();
  const { act } = kernel;
  const rows: Campaign['rows'] = (actor, text, params) =>
    kernel.database.transaction('hengjian_app', actor.claim, (tx) => tx.query(text, params));
  return {
    kernel,
    scheme,
    rules,
    organiser,
    chief,
    head,
    act,
    rows,
    draw: randomUUID(),
    auditor: await kernel.officer('孙审计', 'auditor', '43'),
    county: await kernel.officer('周县局', 'result-handler', '430102'),
    samplers: [await kernel.agent('甲抽样', 'sampler', body), await kernel.agent('乙抽样', 'sampler', body)],
    lab: await laboratory(kernel, '省质检院'),
    retestLab: await laboratory(kernel, '市质检所'),
    signed: async (actor, entity, action, record, input = {}, by = [chief, head], papers = []) => {
      const { sheet } = await act(actor, entity, action, input, record, papers);
      for (const signatory of by) await act(signatory, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!);
    },
    get: async (table, id) =>
      (
        await kernel.database.asOwner((tx) => tx.query(`select * from sampling.${table} where id = $1`, [id]))
      )[0] as never,
    ask: async (actor, name, input) => {
      const query = kernel.register.queries.get(name)!;
      return kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
        query.answer(query.input.parse(input), { actor, sql, kernel, today: '2026-03-02' }),
      ) as never;
    },
    clock: async (record, name) =>
      (
        await kernel.database.asOwner((tx) =>
          tx.query('select * from kernel.clock where record = $1 and name = $2 order by started_on desc, id desc', [
            record,
            name,
          ]),
        )
      )[0],
  };
}

let serial = 0;

/** What the draw would say of one firm. */
export function assignment(campaign: Campaign, more: Record<string, unknown> = {}): Record<string, unknown> {
  serial += 1;
  const { draw, scheme, rules, samplers, lab } = campaign;
  return {
    draw,
    scheme,
    rules,
    sequence: serial,
    stratum: '长沙',
    isReserve: false,
    enterprise: randomUUID(),
    enterpriseName: `湖南试验电缆${serial}厂`,
    enterpriseCode: composeCreditCode('9', '1', '430102', `MA4L${String(serial).padStart(4, '0')}`),
    enterpriseRegion: '430102',
    product: 'P201',
    productName: '电线电缆',
    samplers: samplers.map(({ person, name }) => ({ person, name })),
    samplingBody: { id: samplers[0].organisation, name: '抽样机构' },
    lab: { id: lab.id, name: lab.name },
    dueOn: '2026-05-29',
    leaf: 'ab12',
    ...more,
  };
}

/** Assigns as the draw does, and issues the papers as the flow does. */
export async function assigned(campaign: Campaign, more: Record<string, unknown> = {}): Promise<string> {
  const draw = machineActor(campaign.kernel, machines.seed, '43');
  const { record, state } = await campaign.act(draw, 'sampling.task', 'assign', assignment(campaign, more));
  if (state === 'assigned') await campaign.act(campaign.organiser, 'sampling.task', 'issue', {}, record);
  return record;
}

/** A sampling record in the producer's own store. */
export function sampleRecord(campaign: Campaign, more: Record<string, unknown> = {}): Record<string, unknown> {
  serial += 1;
  return {
    sampledOn: '2026-03-02',
    channel: 'producer',
    place: '成品仓库',
    storage: '干燥',
    sampleName: 'BV 电缆',
    trademark: '衡',
    model: `BV 2.5-${serial}`,
    batch: '2026-02-11',
    standard: 'GB/T 5023.3-2008',
    stock: 60,
    unitPrice: '120.50',
    testQuantity: 2,
    spareQuantity: 2,
    spareKeptAt: 'firm',
    seal: '封条 001、002，骑缝签字',
    present: campaign.samplers.map(({ person }) => person),
    signature: 'signed',
    contact: '张三',
    contactPhone: '13900000000',
    ...more,
  };
}

/** A sampling record at a seller; the labelled producer is in the same province unless told otherwise. */
export function sellerRecord(
  campaign: Campaign,
  producer: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  serial += 1;
  const labelledProducer = {
    name: `湖南标称${serial}公司`,
    code: composeCreditCode('9', '1', '430102', `MA5P${String(serial).padStart(4, '0')}`),
    region: '430102',
    address: '芙蓉区',
    enterprise: randomUUID(),
    ...producer,
  };
  return sampleRecord(campaign, { channel: 'seller', place: '门店', labelledProducer, ...more });
}

export const receipt = {
  receivedOn: '2026-03-02',
  sealIntact: true,
  matchesSheet: true,
  appearance: '完好',
  licenceCheck: 'valid',
  licenceSource: '国家许可证查询系统',
};
export const passing = [
  { item: '导体电阻', result: '7.28' },
  { item: '绝缘厚度', result: '0.74' },
  { item: '标志', result: '符合' },
];
export const failing = [
  { item: '导体电阻', result: '7.95' },
  { item: '绝缘厚度', result: '0.61' },
  { item: '标志', result: '符合' },
];

/** What is ordered online, as the first step of buying a sample. */
export const onlineOrder = {
  platform: '试验平台',
  shop: '小店',
  page: 'https://example.cn/1',
  order: 'A1',
  account: 'u1',
  payment: '公务卡',
  delivery: '长沙',
};

/** Ordered, paid, come by parcel and opened before a camera. */
export async function boughtOnline(campaign: Campaign, task: string, order: object = onlineOrder): Promise<void> {
  const [sampler] = campaign.samplers;
  const input = { orderedOn: '2026-03-02', orderPrice: '482.00', onlineOrder: order };
  await campaign.act(sampler, 'sampling.task', 'order', input, task, ['orderEvidence']);
  const parcel = { parcelReceivedOn: '2026-03-02', parcelState: '外包装完好' };
  await campaign.act(sampler, 'sampling.task', 'unbox', parcel, task, ['unboxing']);
}

export async function sampled(
  campaign: Campaign,
  more: Record<string, unknown> = {},
  sample?: Record<string, unknown>,
): Promise<string> {
  const task = await assigned(campaign, more);
  const { onlineOrder: order, ...record } = sample ?? sampleRecord(campaign);
  if (order) await boughtOnline(campaign, task, order);
  await campaign.act(campaign.samplers[0], 'sampling.task', 'sample', record, task, ['photos']);
  return task;
}

export async function received(
  campaign: Campaign,
  more: Record<string, unknown> = {},
  sample?: Record<string, unknown>,
): Promise<string> {
  const task = await sampled(campaign, more, sample);
  await campaign.act(
    campaign.samplers[1],
    'sampling.task',
    'deliver',
    { carriage: 'carried', sentOn: '2026-03-02' },
    task,
  );
  await campaign.act(campaign.lab.receiver, 'sampling.task', 'receive', receipt, task, ['receiptPhotos']);
  return task;
}

export async function reported(
  campaign: Campaign,
  results: object[],
  more: Record<string, unknown> = {},
  sample?: Record<string, unknown>,
): Promise<string> {
  const task = await received(campaign, more, sample);
  await campaign.act(campaign.lab.tester, 'sampling.task', 'enterResults', { results }, task);
  await campaign.act(campaign.lab.signatory, 'sampling.task', 'report', { reportNumber: `检字第${serial}号` }, task);
  return task;
}

/** Reported and told: returns the task and the ids of its notices by capacity. */
export async function notified(
  campaign: Campaign,
  results: object[],
  more: Record<string, unknown> = {},
  sample?: Record<string, unknown>,
) {
  const task = await reported(campaign, results, more, sample);
  await campaign.act(campaign.organiser, 'sampling.task', 'notify', {}, task);
  return { task, notices: await noticesOf(campaign, task) };
}

export async function noticesOf(campaign: Campaign, task: string): Promise<Record<string, string>> {
  const found = await campaign.rows<{ id: string; kind: string }>(
    campaign.organiser,
    `select id, addressee ->> 'kind' as kind from sampling.notice where task = $1`,
    [task],
  );
  return Object.fromEntries(found.map(({ id, kind }) => [kind, id]));
}

/** Signed for in person on a day. */
export const serve = (campaign: Campaign, notice: string, servedOn = '2026-03-02') =>
  campaign.act(
    campaign.organiser,
    'sampling.notice',
    'serve',
    { way: 'direct', servedOn, receivedBy: '李四' },
    notice,
    ['receipt'],
  );

/** Lets every clock that is due by an instant run out. */
export async function expireAll(campaign: Campaign, instant: string): Promise<void> {
  campaign.kernel.at(instant);
  const { refused } = await expireClocks(campaign.kernel);
  if (refused.length > 0) throw refused[0]!.problem;
}
