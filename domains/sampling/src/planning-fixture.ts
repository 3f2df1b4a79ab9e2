import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeCreditCode } from '@hengjian/identifiers';
import { type Command, entity, execute, field, lifecycle, type Outcome, on, optional } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { roles } from '@hengjian/people';
import { planningLifecycles, planningQueries } from './planning-side.ts';
import { taskLifecycle } from './task/index.ts';

/** Before round 1000 of drand's quicknet came out: 2023-08-23T15:59:24Z. */
export const beforeTheRound = '2023-08-23T02:00:00Z';
export const afterTheRound = '2023-08-23T16:30:00Z';
/** As published by the network (a fact, also in the fixtures of @hengjian/transparency). */
export const round1000 = {
  round: 1000,
  signature: 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
};

export const product = 'P109';
export const productName = '延长线插座';

/** The register of firms, as little of it as planning reads. */
const Firm = entity('subjects.enterprise', '经营主体', {
  fields: {
    name: field.text('名称'),
    creditCode: optional(field.text('代码')),
    kind: field.text('类型'),
    region: optional(field.text('地区')),
    legalRepresentative: optional(field.text('负责人')),
    mergedInto: optional(field.identifier('并入')),
  },
  title: (row) => row.name,
  purpose: { zh: '试验', en: 'trial' },
});
const firms = lifecycle(Firm, {
  editions: [{ name: '2020', basis: '试验', inForce: '2000-01-01' }],
  states: { registered: '在册', closed: { zh: '退出', closed: true } },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  actions: {
    register: on({ label: '登记', from: null, to: 'registered', by: ['planner'], basis: '试验' }),
    close: on({ label: '退出', from: 'registered', to: 'closed', by: ['planner'], basis: '试验' }),
  },
});

export type Actor = Awaited<ReturnType<TestKernel['officer']>>;

export interface Bureau {
  kernel: TestKernel;
  planner: Actor;
  organiser: Actor;
  chief: Actor;
  head: Actor;
  expert: Actor;
  auditor: Actor;
  cityPlanner: Actor;
  /** Takes an action; throws its refusal. */
  act(actor: Actor, name: string, action: string, input?: Record<string, unknown>, record?: string): Promise<Outcome>;
  /** Takes an action that is approved by section chief and head (or the chief alone). */
  approve(actor: Actor, name: string, action: string, record: string, input?: Record<string, unknown>): Promise<void>;
  rows<T = Record<string, unknown>>(actor: Actor, text: string, params?: unknown[]): Promise<T[]>;
  ask<T>(actor: Actor, name: string, input: Record<string, unknown>): Promise<T>;
  /** Puts a firm into register and directory. */
  firm(firm: Partial<ListedFirm>): Promise<ListedFirm>;
}

export interface ListedFirm {
  id: string;
  name: string;
  code: string;
  kind: string;
  operator: string | null;
  region: string;
  basis: string;
  state: string;
  checkedOn: string;
  pastFailures: number;
  creditClass: string | null;
  product: string;
}

let serial = 0;

/** Opens a kernel with the planning side, its officers, and a stand-in for the register of firms. */
export async function openBureau(): Promise<Bureau> {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-'));
  writeFileSync(
    join(folder, '0001.sql'),
    `create schema subjects; grant usage on schema subjects to hengjian_app;
    create table subjects.enterprise (id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
      name text not null, credit_code text, kind text not null, region text, legal_representative text, merged_into uuid);
    select kernel.protect('subjects.enterprise', 'subjects.enterprise');`,
  );
  const kernel = await testKernel({
    lifecycles: [firms, taskLifecycle, ...planningLifecycles],
    roles,
    queries: planningQueries,
    migrations: [
      { name: 'firms', path: folder },
      { name: 'institutions', path: new URL('../../institutions/migrations', import.meta.url).pathname },
      { name: 'sampling', path: new URL('../migrations', import.meta.url).pathname },
    ],
  });
  kernel.at(beforeTheRound);
  const act: Bureau['act'] = (actor, name, action, input = {}, record) =>
    execute(kernel, actor, {
      id: randomUUID(),
      entity: name,
      action,
      input,
      ...(record === undefined ? {} : { record }),
    } satisfies Command);
  const chief = await kernel.officer('赵处长', 'section-chief', '43');
  const head = await kernel.officer('钱局长', 'bureau-head', '43');
  return {
    kernel,
    act,
    chief,
    head,
    planner: await kernel.officer('张计划', 'planner', '43'),
    organiser: await kernel.officer('王组织', 'organiser', '43'),
    expert: await kernel.agent('李专家', 'test-expert', randomUUID()),
    auditor: await kernel.officer('孙审计', 'auditor', '43'),
    cityPlanner: await kernel.officer('周市局', 'planner', '4301'),
    approve: async (actor, name, action, record, input = {}) => {
      const { sheet } = await act(actor, name, action, input, record);
      const first = await act(chief, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!);
      if (first.state === 'submitted') await act(head, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!);
    },
    rows: (actor, text, params) =>
      kernel.database.transaction('hengjian_app', actor.claim, (tx) => tx.query(text, params)),
    ask: async (actor, name, input) => {
      const query = kernel.register.queries.get(name)!;
      return kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
        query.answer(query.input.parse(input), { actor, sql, kernel, today: '2023-08-23' }),
      ) as never;
    },
    firm: async (given) => {
      serial += 1;
      const listed: ListedFirm = {
        id: randomUUID(),
        name: `湖南试验电器${serial}厂`,
        code: composeCreditCode('9', '1', '430100', `MA4L${String(serial).padStart(4, '0')}`),
        kind: 'company',
        operator: null,
        region: '430102',
        basis: 'ccc',
        state: 'making',
        checkedOn: '2023-06-01',
        pastFailures: 0,
        creditClass: null,
        product,
        ...given,
      };
      await kernel.database.asOwner(async (tx) => {
        await tx.query(
          `insert into subjects.enterprise (id, home, office, parties, state, name, credit_code, kind, region, legal_representative)
           values ($1, 430, '43', '{}', 'registered', $2, $3, $4, $5, $6)`,
          [listed.id, listed.name, listed.code, listed.kind, listed.region, listed.operator],
        );
        await tx.query(
          `insert into sampling.directory (id, home, office, parties, state, enterprise, enterprise_name, product, product_name, basis, checked_on, past_failures, credit_class)
           values ($1, 430, '43', '{}', $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [
            randomUUID(),
            listed.state,
            listed.id,
            listed.name,
            listed.product,
            productName,
            listed.basis,
            listed.checkedOn,
            listed.pastFailures,
            listed.creditClass,
          ],
        );
      });
      return listed;
    },
  };
}

export const planInput = {
  year: 2023,
  name: '2023年省级监督抽查计划',
  kind: 'supervision',
  items: [
    { product, productName, batches: 20, budget: '60000.00' },
    { product: 'P105', productName: '儿童玩具', batches: 30, budget: '90000.10' },
  ],
};

/** A plan in force: drafted, approved, filed. */
export async function planInForce(bureau: Bureau, input: Record<string, unknown> = planInput): Promise<string> {
  const { record } = await bureau.act(bureau.planner, 'sampling.plan', 'draft', input);
  await bureau.approve(bureau.planner, 'sampling.plan', 'submit', record);
  const filing = { filedUpward: '2023-08-23', filedWith: '国家市场监督管理总局', filingNumber: '湘市监函〔2023〕8号' };
  await bureau.act(bureau.planner, 'sampling.plan', 'fileUpward', filing, record);
  return record;
}

export const schemeInput = (plan: string) => ({
  plan,
  product,
  name: '2023年延长线插座抽查方案',
  scope: '额定电压250 V及以下延长线插座',
  division: '省局组织，各检验机构承检',
  scheduleFrom: '2023-08-24',
  scheduleUntil: '2023-10-31',
  separateBodies: false,
  designBasis: 'fixed',
  nationalRule: '延长线插座产品质量国家监督抽查实施细则',
  sampleSize: 3,
  acceptance: 0,
  population: 40,
  licensed: 36,
  batches: 12,
  visitCost: '800',
  unitPrice: '45.5',
  testingFee: '600',
});

export async function approvedScheme(
  bureau: Bureau,
  plan: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const { record } = await bureau.act(bureau.planner, 'sampling.scheme', 'draft', { ...schemeInput(plan), ...more });
  await bureau.approve(bureau.planner, 'sampling.scheme', 'submit', record);
  return record;
}

export const rulesInput = (scheme: string, expert: Actor) => ({
  scheme,
  method: '在待销产品中随机抽取',
  testSample: 3,
  spareSample: 3,
  sampleUnit: '只',
  minimumStock: 20,
  verdictRule: '任一项目不合格的，判定为不合格',
  retestDays: 20,
  experts: [{ person: expert.person, name: expert.name }],
  items: [
    { item: '防触电保护', method: 'GB/T 2099.1-2021', limit: '试验指不得触及带电部件', severity: 'A', judge: 'full' },
    {
      item: '拔出插头所需的力',
      method: 'GB/T 2099.1-2021',
      limit: '≤54 N',
      unit: 'N',
      severity: 'B',
      judge: 'rounded',
    },
  ],
});

/** Rules drafted, reviewed by both sides and approved; published unless told otherwise. */
export async function rulesFor(bureau: Bureau, scheme: string, publish = true): Promise<string> {
  const { planner, organiser, expert, act } = bureau;
  const { record } = await act(planner, 'sampling.rules', 'draft', rulesInput(scheme, expert));
  await act(organiser, 'sampling.rules', 'reviewAsSupervisor', { agrees: true, opinion: '同意' }, record);
  await act(expert, 'sampling.rules', 'reviewAsExpert', { agrees: true, opinion: '方法可行' }, record);
  await bureau.approve(planner, 'sampling.rules', 'submit', record);
  if (publish) await act(planner, 'sampling.rules', 'publish', {}, record);
  return record;
}

/** An agreement in force with a body, as its own lifecycle leaves it: no task goes to a body without one. */
export async function entrust(
  kernel: TestKernel,
  body: { id: string; name: string },
  more: { work?: string[]; share?: number; prices?: object[]; ceiling?: string; office?: string } = {},
): Promise<string> {
  const { work = ['sampling', 'testing'], share = null, prices = [], ceiling = '100000.00', office = '43' } = more;
  const id = randomUUID();
  await kernel.database.asOwner((tx) =>
    tx.query(
      `insert into sampling.entrustment (id, home, office, parties, state, body, kind, procurement, agreement_number, signed_on, valid_from, valid_until,
         work, products, share, ceiling, prices, qualification, qualified_until, duties, liability, approved_on)
       values ($1, 430, $2, '{}', 'inForce', $3, 'procured', 'ZC-1', $4, '2023-01-01', '2023-01-01', '2027-12-31', $5, '[]', $6, $7, $8, 'CMA-1', '2030-01-01',
         '按协议', '按协议', '2023-01-01')`,
      [
        id,
        office,
        JSON.stringify(body),
        `协议${id.slice(0, 4)}`,
        JSON.stringify(work),
        share,
        ceiling,
        JSON.stringify(prices),
      ],
    ),
  );
  return id;
}
