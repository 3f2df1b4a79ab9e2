import { randomUUID } from 'node:crypto';
import { type Actor, expireClocks, ingest } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { grantLifecycle, roles } from '@hengjian/people';
import { subjectsLifecycles } from '@hengjian/subjects';
import { inspectionsLifecycles, inspectionsQueries } from './index.ts';

/** A county with a planner, a chief, a head, three officers of the bank, and firms; shared by the tests of this domain. */
export interface County {
  kernel: TestKernel;
  planner: Actor;
  chief: Actor;
  head: Actor;
  cityChief: Actor;
  auditor: Actor;
  officers: Actor[];
  firms: { id: string; name: string; code: string }[];
  act: TestKernel['act'];
  /** Submits and signs with each of the signers. */
  signed(actor: Actor, entity: string, action: string, record: string, by: Actor[], input?: object): Promise<void>;
  rows<T = Record<string, unknown>>(text: string, params?: unknown[]): Promise<T[]>;
  state(entity: string, record: string): Promise<string>;
  clock(record: string, name: string): Promise<{ dueOn: string; status: string } | undefined>;
  ask<T>(actor: Actor | null, name: string, input: object): Promise<T>;
  expire(): Promise<void>;
  /** A checklist in force, with its id. */
  checklist(items?: object[], matter?: string): Promise<string>;
  /** A published plan of the year, with its id. */
  plan(matter?: string): Promise<string>;
  /** A visit to a firm, approved, with its id. */
  visit(input?: object): Promise<string>;
}

export const matter = '产品质量监督检查';
const yesNo = [
  { value: 'yes', label: '符合', outcome: 'met' },
  { value: 'no', label: '不符合', outcome: 'not-met' },
  { value: 'na', label: '不适用', outcome: 'not-applicable' },
];
export const items = [
  {
    key: 'licence',
    text: '是否取得生产许可',
    clause: '《工业产品生产许可证管理条例》第五条',
    kind: 'choice',
    choices: yesNo,
    severity: 'critical',
    required: true,
    photo: false,
  },
  {
    key: 'record',
    text: '是否建立进货检查验收制度',
    clause: '《产品质量法》第三十三条',
    kind: 'choice',
    choices: yesNo,
    severity: 'minor',
    required: true,
    photo: false,
  },
  {
    key: 'temperature',
    text: '仓库温度（℃）',
    clause: 'GB 7718',
    kind: 'number',
    least: '0',
    most: '25',
    severity: 'major',
    required: false,
    photo: false,
  },
];

export async function openCounty(): Promise<County> {
  const folder = (domain: string) => new URL(`../../${domain}/migrations`, import.meta.url).pathname;
  const kernel = await testKernel({
    lifecycles: [grantLifecycle, ...subjectsLifecycles, ...inspectionsLifecycles],
    roles,
    queries: [...inspectionsQueries],
    migrations: ['subjects', 'institutions', 'sampling', 'inspections'].map((name) => ({ name, path: folder(name) })),
  });
  kernel.at('2026-03-02T02:00:00Z');
  const { act } = kernel;
  const county = '430102';
  const planner = await kernel.officer('赵计划', 'planner', county);
  const chief = await kernel.officer('钱科长', 'section-chief', county);
  const head = await kernel.officer('孙局长', 'bureau-head', county);
  const cityChief = await kernel.officer('市科长', 'section-chief', '4301');
  const auditor = await kernel.officer('监审', 'auditor', county);
  const administrator = await kernel.officer('管理员', 'system-administrator', county);
  const steward = await kernel.officer('库管', 'data-steward', county);
  const officers: Actor[] = [];
  for (const [index, name] of ['李检', '周查', '吴验'].entries()) {
    const officer = await kernel.officer(name, 'inspector', county);
    const certificate = { certificate: `湘执43010200${index}`, certificateUntil: '2028-12-31' };
    await act(administrator, 'kernel.grant', 'appoint', {
      person: officer.person,
      role: 'inspector',
      validFrom: '2026-01-01',
      ...certificate,
    });
    await act(chief, 'inspections.officer', 'enter', { person: officer.person, name, matters: [], ...certificate });
    officers.push(officer);
  }
  const firms = Array.from({ length: 12 }, (_, index) => ({
    id: randomUUID(),
    name: `试验${'甲乙丙丁戊己庚辛壬癸子丑'[index]}厂`,
    code: `91430102MA4L000${String(index).padStart(2, '0')}X`,
  }));
  await ingest(kernel, steward, {
    entity: 'subjects.enterprise',
    state: 'registered',
    office: () => county,
    rows: firms.map(({ id, name, code }) => ({
      id,
      name,
      creditCode: code,
      kind: 'company',
      region: county,
      industry: '3831',
      status: 'operating',
      source: '试验',
      effectiveOn: '2020-01-01',
      recordedOn: '2026-01-01',
    })),
    contentHash: 'f'.repeat(64),
  });
  const rows: County['rows'] = (text, params = []) => kernel.database.asOwner((tx) => tx.query(text, params));
  const signed: County['signed'] = async (actor, entity, action, record, by, input = {}) => {
    const { sheet } = await act(actor, entity, action, input as Record<string, unknown>, record);
    for (const signer of by) await act(signer, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!);
  };
  const checklist: County['checklist'] = async (own = items, of = matter) => {
    const { record } = await act(planner, 'inspections.checklist', 'draft', {
      code: 'quality',
      name: '产品质量检查表',
      matter: of,
      items: own,
    });
    await act(officers[0]!, 'inspections.checklist', 'review', { reviewOpinion: '条款齐全。' }, record);
    await act(chief, 'inspections.checklist', 'publish', {}, record);
    return record;
  };
  const plan: County['plan'] = async (of = matter) => {
    const { record } = await act(planner, 'inspections.plan', 'draft', {
      kind: 'annual',
      year: 2026,
      name: '2026年度检查计划',
      ground: '年度监管',
      firstDay: '2026-01-01',
      lastDay: '2026-12-31',
      items: [{ matter: of, basis: '《产品质量法》第十八条', scope: '生产企业', firms: 6, cap: 1 }],
    });
    await signed(planner, 'inspections.plan', 'publish', record, [chief, head]);
    return record;
  };
  return {
    kernel,
    planner,
    chief,
    head,
    cityChief,
    auditor,
    officers,
    firms,
    act,
    signed,
    rows,
    checklist,
    plan,
    state: async (entity, record) =>
      (await rows<{ state: string }>(`select state from ${entity} where id = $1`, [record]))[0]!.state,
    clock: async (record, name) =>
      (
        await rows<{ dueOn: string; status: string }>(
          `select to_char(due_on, 'YYYY-MM-DD') as "dueOn", status from kernel.clock where record = $1 and name = $2 order by id desc limit 1`,
          [record, name],
        )
      )[0],
    ask: async <T>(actor: Actor | null, name: string, input: object) => {
      const query = kernel.register.queries.get(name)!;
      return kernel.database.transaction(
        actor === null ? 'hengjian_public' : 'hengjian_app',
        actor?.claim ?? null,
        (sql) => query.answer(query.input.parse(input), { sql, kernel, today: '2026-03-02', actor } as never),
      ) as Promise<T>;
    },
    expire: async () => {
      await expireClocks(kernel);
    },
    visit: async (input = {}) => {
      const firm = firms[0]!;
      const { record } = await act(planner, 'inspections.visit', 'plan', {
        source: 'complaint',
        sourceReference: '12315-2026-001',
        matters: [matter],
        enterprise: firm.id,
        enterpriseName: firm.name,
        enterpriseCode: firm.code,
        enterpriseRegion: county,
        officers: officers.slice(0, 2).map(({ person }) => person),
        dueOn: '2026-03-20',
        unannounced: true,
        checklists: [],
        ...input,
      });
      await signed(planner, 'inspections.visit', 'submit', record, [chief]);
      return record;
    },
  };
}
