import { randomUUID } from 'node:crypto';
import { type Actor, actorOf, expireClocks, type Flow, type Lifecycle } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { grantLifecycle, type Role, roles } from '@hengjian/people';
import { casesLifecycles, casesQueries } from './index.ts';

/** A bureau of people in their posts, with certificates, and a firm; shared by the tests of this domain. */
export interface Bureau {
  kernel: TestKernel;
  first: Actor;
  second: Actor;
  third: Actor;
  uncertified: Actor;
  reviewer: Actor;
  host: Actor;
  chief: Actor;
  head: Actor;
  firm: string;
  agent: Actor;
  act: TestKernel['act'];
  /** Takes an action of a record and has it signed by these, in order. */
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
  rows<T = Record<string, unknown>>(text: string, params?: unknown[]): Promise<T[]>;
  clock(record: string, name: string): Promise<{ status: string; due_on: string; opens_on: string | null } | undefined>;
  ask<T>(actor: Actor | null, query: string, input: Record<string, unknown>): Promise<T>;
  expire(): Promise<void>;
  on(day: string): void;
}

/** `beside`: what else is declared, for tests of what leads from one domain to another. */
export async function openBureau(
  beside: {
    lifecycles?: readonly Lifecycle[];
    migrations?: { name: string; path: string }[];
    flows?: readonly Flow[];
  } = {},
): Promise<Bureau> {
  const kernel = await testKernel({
    lifecycles: [grantLifecycle, ...(beside.lifecycles ?? []), ...casesLifecycles],
    roles,
    queries: [...casesQueries],
    migrations: [
      ...(beside.migrations ?? []),
      { name: 'cases', path: new URL('../migrations', import.meta.url).pathname },
    ],
    flows: [...(beside.flows ?? [])],
  });
  kernel.at('2026-03-02T02:00:00Z');
  const rows = <T>(text: string, params: unknown[] = []): Promise<T[]> =>
    kernel.database.asOwner((tx) => tx.query<T>(text, params));
  const administrator = await kernel.officer('系统管理员', 'system-administrator', '43');
  const { act } = kernel;
  const officer = async (name: string, role: Role, certificate?: string, certificateUntil = '2030-12-31') => {
    const { person } = await kernel.officer(name, role, '43');
    const { record } = await act(administrator, 'kernel.grant', 'appoint', {
      person,
      role,
      validFrom: '2026-01-01',
      ...(certificate === undefined ? {} : { certificate, certificateUntil }),
    });
    return actorOf(kernel, {
      id: record,
      person,
      personName: name,
      role,
      office: '43',
      organisation: null,
      organisationName: null,
      validUntil: null,
      actingForName: null,
    });
  };
  const firm = randomUUID();
  const bureau: Bureau = {
    kernel,
    first: await officer('甲办案', 'case-officer', '湘执001'),
    second: await officer('乙办案', 'case-officer', '湘执002'),
    third: await officer('丙办案', 'case-officer', '湘执003'),
    uncertified: await officer('丁无证', 'case-officer'),
    reviewer: await officer('戊审核', 'case-reviewer'),
    host: await officer('己听证', 'hearing-host'),
    chief: await officer('庚处长', 'section-chief'),
    head: await officer('辛局长', 'bureau-head'),
    firm,
    agent: await kernel.agent('壬经办', 'enterprise-agent', firm),
    act,
    rows,
    signed: async (actor, entity, action, record, input, by, papers = []) => {
      const { sheet } = await act(actor, entity, action, input, record, papers);
      for (const signer of by) await act(signer, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!);
    },
    get: async (table, id) => (await rows(`select * from cases.${table} where id = $1`, [id]))[0] as never,
    clock: async (record, name) =>
      (
        await rows<{ status: string; due_on: string; opens_on: string | null }>(
          'select * from kernel.clock where record = $1 and name = $2 order by started_on desc, id desc',
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
    expire: async () => {
      const { refused } = await expireClocks(kernel);
      if (refused.length > 0) throw refused[0]!.problem;
    },
    on: (day) => kernel.at(`${day}T02:00:00Z`),
  };
  return bureau;
}

const kind = 'cases.case';
export const lead = (bureau: Bureau, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  source: 'sampling',
  foundOn: '2026-03-02',
  region: '430102',
  partyKind: 'entity',
  party: bureau.firm,
  partyName: '湖南试验电缆厂',
  partyCode: '91430102MA4L00011X',
  address: '芙蓉区试验路1号',
  representative: '钱明礼',
  cause: '生产不符合安全标准的电线',
  facts: '监督抽查导体电阻不合格，批次 2026-02-11。',
  ...more,
});

/** A case under investigation by the first and the second officer. */
export async function investigated(bureau: Bureau, more: Record<string, unknown> = {}): Promise<string> {
  const { record } = await bureau.act(bureau.first, kind, 'register', lead(bureau, more));
  await bureau.act(bureau.first, kind, 'verify', { verification: '属实', violatedOn: '2026-02-11' }, record, [
    'checkRecord',
  ]);
  await bureau.signed(bureau.first, kind, 'file', record, { reason: '应当立案' }, [bureau.chief, bureau.head]);
  await bureau.act(bureau.chief, kind, 'assign', { people: [bureau.first.person, bureau.second.person] }, record);
  return record;
}

export async function withEvidence(bureau: Bureau, record: string): Promise<void> {
  const { created } = await bureau.act(
    bureau.first,
    kind,
    'takeEvidence',
    {
      kind: 'sceneRecord',
      takenAt: bureau.kernel.now().toISOString(),
      place: '成品仓库',
      takenFrom: '仓库保管员',
      text: '现场有同批次电线一百二十卷。',
      proves: '货值',
      rightsTold: true,
      present: [bureau.first.person, bureau.second.person],
    },
    record,
  );
  await bureau.act(bureau.first, 'cases.evidence', 'confirm', { confirmation: '本人签名' }, created[0]!, [
    'signedRecord',
  ]);
}

export const conclusion = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  findings: '当事人生产的电线导体电阻不合格，联系人钱明礼，电话 13812345678。',
  evidenceText: '检验报告、现场笔录。',
  violation: 'substandard-safety',
  goodsValue: '60000.00',
  factors: ['first', 'corrected'],
  proposal: 'penalise',
  fine: '90000.00',
  confiscatedGoods: '60000.00',
  discretionText: '初次违法，主动召回。',
  ...more,
});

/** Concluded and reviewed. */
export async function reviewed(bureau: Bureau, record: string, more: Record<string, unknown> = {}): Promise<void> {
  await bureau.act(bureau.first, kind, 'conclude', conclusion(more), record);
  await bureau.act(bureau.reviewer, kind, 'passReview', { reviewOpinion: '同意' }, record);
}

export const serve = async (bureau: Bureau, record: string, form: string, servedOn: string): Promise<void> => {
  const [paper] = await bureau.rows<{ id: string }>(
    `select id from cases.paper where penalty_case = $1 and form = $2 and state = 'issued' order by id desc`,
    [record, form],
  );
  await bureau.act(bureau.first, 'cases.paper', 'serve', { way: 'direct', servedOn, receivedBy: '收件人' }, paper!.id, [
    'receipt',
  ]);
};

/** Told on the present day, the notice served. */
export async function told(bureau: Bureau, record: string, on: string): Promise<void> {
  await bureau.signed(bureau.first, kind, 'proposeNotice', record, {}, [bureau.chief, bureau.head]);
  await serve(bureau, record, 'notice', on);
}
