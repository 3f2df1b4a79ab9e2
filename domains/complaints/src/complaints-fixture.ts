import { randomUUID } from 'node:crypto';
import { type Actor, machineActor, machines } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { roles } from '@hengjian/people';
import { subjectsLifecycles } from '@hengjian/subjects';
import { complaintsLifecycles, complaintsQueries } from './index.ts';
import { sealIdentity } from './vault/envelope.ts';
import { followFor } from './vault/follow.ts';
import { readKeyring } from './vault/keyring.ts';

/** A county and its neighbour under one city, with the posts that handle complaints and reports. */
export interface Centre {
  kernel: TestKernel;
  desk: Actor;
  handler: Actor;
  verifier: Actor;
  chief: Actor;
  head: Actor;
  /** Desk of the city, above both counties; and of another province. */
  city: Actor;
  neighbour: Actor;
  act: TestKernel['act'];
  signed(actor: Actor, entity: string, action: string, record: string, input: Record<string, unknown>): Promise<void>;
  get<T = Record<string, unknown>>(table: string, id: string): Promise<T>;
  rows<T = Record<string, unknown>>(text: string, params?: unknown[]): Promise<T[]>;
  clock(record: string, name: string): Promise<Record<string, unknown> | undefined>;
  ask<T>(actor: Actor | null, query: string, input: Record<string, unknown>): Promise<T>;
  machine(office?: string): Actor;
}

export const keyring = readKeyring(
  JSON.stringify({ current: 'k2', keys: { k1: '11'.repeat(32), k2: '22'.repeat(32) }, tag: '33'.repeat(32) }),
);
export const caller = { name: '欧阳植树', phone: '13877654321', address: '芙蓉区试验路9号' };
export const sealed = (identity: Record<string, string> = caller): string =>
  sealIdentity(keyring, identity, randomUUID());
export const followed = () => {
  const follow = followFor(keyring, randomUUID());
  return { ...follow, input: { followNumber: follow.number, followFingerprint: follow.fingerprint } };
};

export async function openCentre(): Promise<Centre> {
  const folder = (domain: string) => new URL(`../../${domain}/migrations`, import.meta.url).pathname;
  const kernel = await testKernel({
    lifecycles: [...subjectsLifecycles, ...complaintsLifecycles],
    roles,
    queries: [...complaintsQueries],
    migrations: ['subjects', 'complaints'].map((name) => ({ name, path: folder(name) })),
  });
  kernel.at('2026-05-06T02:00:00Z');
  await kernel.database.asOwner((tx) =>
    tx.query(
      `insert into kernel.office (code, parent, kind, zh, en, short, region, home, place) values
       ('430103', '4301', 'bureau', '天心区市场监督管理局', 'Tianxin', '天市监', '430103', 431, '{43,4301,430103}'),
       ('430102-T01', '430102', 'station', '文艺路所', 'Wenyi Road station', '芙市监所', '430102', 431, '{43,4301,430102,430102-T01}')`,
    ),
  );
  const station = { kind: 'station', region: '430102', home: 431, closedOn: null };
  kernel.offices.set('430103', {
    ...{ ...station, code: '430103', parent: '4301', kind: 'bureau', region: '430103', short: '天市监' },
    label: { zh: '天心区市场监督管理局', en: 'Tianxin' },
    place: ['43', '4301', '430103'],
  });
  kernel.offices.set('430102-T01', {
    ...{ ...station, code: '430102-T01', parent: '430102', short: '芙市监所' },
    label: { zh: '文艺路所', en: 'Wenyi Road station' },
    place: ['43', '4301', '430102', '430102-T01'],
  });
  const rows = <T>(text: string, params: unknown[] = []): Promise<T[]> =>
    kernel.database.asOwner((tx) => tx.query<T>(text, params));
  const { act } = kernel;
  const chief = await kernel.officer('赵科长', 'section-chief', '430102');
  const head = await kernel.officer('钱局长', 'bureau-head', '430102');
  return {
    kernel,
    act,
    rows,
    desk: await kernel.officer('周接线', 'complaint-desk', '430102'),
    handler: await kernel.officer('吴调解', 'complaint-handler', '430102-T01'),
    verifier: await kernel.officer('郑核查', 'report-verifier', '430102'),
    chief,
    head,
    city: await kernel.officer('孙市局', 'complaint-desk', '4301'),
    neighbour: await kernel.officer('李邻区', 'complaint-desk', '430103'),
    signed: async (actor, entity, action, record, input) => {
      const { sheet } = await act(actor, entity, action, input, record);
      const [form] = await rows<{ steps: { role: string }[] }>('select steps from kernel.approval where id = $1', [
        sheet,
      ]);
      for (const { role } of form!.steps)
        await act(role === 'bureau-head' ? head : chief, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!);
    },
    get: async (table, id) => (await rows(`select * from complaints.${table} where id = $1`, [id]))[0] as never,
    clock: async (record, name) =>
      (
        await rows<Record<string, unknown>>(
          `select *, to_char(due_on, 'YYYY-MM-DD') as due from kernel.clock where record = $1 and name = $2 order by id desc`,
          [record, name],
        )
      )[0],
    ask: (actor, name, input) => {
      const query = kernel.register.queries.get(name)!;
      const today = new Date(kernel.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
      return kernel.database.transaction(
        actor === null ? 'hengjian_public' : 'hengjian_app',
        actor?.claim ?? null,
        (sql) => query.answer(query.input.parse(input), { actor: actor as Actor, sql, kernel, today }),
      ) as never;
    },
    machine: (office = '430102') => machineActor(kernel, machines.flow, office),
  } satisfies Centre;
}

const subject = {
  subjectName: '长沙试验电器店',
  subjectKind: 'trader',
  region: '430102',
  address: '芙蓉区五一大道1号',
};
export const complaint = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  channel: 'phone',
  receivedOn: '2026-05-06',
  productName: '电饭锅',
  category: 'goods.appliance',
  ...subject,
  matter: '5月1日购买的电饭锅使用两天后漏电，商家拒绝退货。',
  demand: '退货退款 299 元',
  amount: '299',
  happenedOn: '2026-05-01',
  knownOn: '2026-05-03',
  consentMediation: true,
  consentEntrust: false,
  consentPublish: true,
  mixed: false,
  identity: sealed(),
  ...more,
});
export const report = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  channel: 'web',
  receivedOn: '2026-05-06',
  productName: '电饭锅',
  category: 'goods.appliance',
  ...subject,
  facts: '该店销售无 3C 认证标志的电饭锅，仓库在后院。',
  anonymous: false,
  insider: false,
  wantsReward: true,
  mixed: false,
  identity: sealed(),
  ...more,
});

/** A complaint at the station, accepted on the day of the test. */
export async function accepted(centre: Centre, more: Record<string, unknown> = {}): Promise<string> {
  const { record } = await centre.act(centre.desk, 'complaints.complaint', 'register', complaint(more));
  await centre.act(centre.desk, 'complaints.complaint', 'distribute', { unit: '430102-T01' }, record);
  await centre.act(centre.handler, 'complaints.complaint', 'accept', {}, record);
  return record;
}
/** A report under verification. */
export async function verifying(centre: Centre, more: Record<string, unknown> = {}): Promise<string> {
  const { record } = await centre.act(centre.desk, 'complaints.report', 'register', report(more));
  await centre.act(centre.desk, 'complaints.report', 'distribute', { unit: '430102' }, record);
  await centre.act(centre.verifier, 'complaints.report', 'verify', {}, record);
  return record;
}
