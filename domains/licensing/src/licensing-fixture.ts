import { randomUUID } from 'node:crypto';
import { institutionsLifecycles } from '@hengjian/institutions';
import { type Actor, expireClocks, type Outcome } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { roles } from '@hengjian/people';
import { licensingLifecycles, licensingQueries } from './index.ts';

/** An office of people in their posts with a firm that applies; shared by the tests of this domain. */
export interface Hall {
  kernel: TestKernel;
  firm: string;
  agent: Actor;
  window: Actor;
  examiner: Actor;
  chief: Actor;
  decider: Actor;
  head: Actor;
  /** The account of the firm. */
  account: string;
  act(
    actor: Actor,
    entity: string,
    action: string,
    input?: Record<string, unknown>,
    record?: string,
    papers?: string[],
  ): Promise<Outcome>;
  signed(
    actor: Actor,
    entity: string,
    action: string,
    record: string,
    input: Record<string, unknown>,
    by: Actor[],
    papers?: string[],
  ): Promise<void>;
  /** Begins an application of the firm and gives its id. */
  begin(input: Record<string, unknown>): Promise<string>;
  /** Fills in the form in force, attaches papers and hands it in. */
  handIn(application: string, answers: Record<string, string>, papers: string[]): Promise<void>;
  get<T = Record<string, unknown>>(table: string, id: string): Promise<T>;
  rows<T = Record<string, unknown>>(text: string, params?: unknown[]): Promise<T[]>;
  clock(record: string, name: string): Promise<Record<string, unknown> | undefined>;
  ask<T>(actor: Actor | null, query: string, input: Record<string, unknown>): Promise<T>;
  expire(): Promise<void>;
  /** Registers reviewers; gives the actors by person. */
  reviewers(
    many: { name: string; unit: string; mayLead?: boolean }[],
    specialties: string[],
  ): Promise<Map<string, Actor>>;
  leaderOf(application: string): Promise<Actor>;
  /** The record by which the paper that ends an application is served. */
  serviceOf(application: string): Promise<string>;
}

export const firmCode = '91430102MA4L00011X';

export async function openHall(): Promise<Hall> {
  const folder = (domain: string) => new URL(`../../${domain}/migrations`, import.meta.url).pathname;
  const kernel = await testKernel({
    lifecycles: [...institutionsLifecycles, ...licensingLifecycles],
    roles,
    queries: [...licensingQueries],
    migrations: ['institutions', 'licensing'].map((name) => ({ name, path: folder(name) })),
  });
  kernel.at('2026-03-02T02:00:00Z');
  const firm = randomUUID();
  const rows = <T>(text: string, params: unknown[] = []): Promise<T[]> =>
    kernel.database.asOwner((tx) => tx.query<T>(text, params));
  // A team is drawn from the log: what was accepted is sealed by then.
  const act: TestKernel['act'] = async (actor, entity, action, ...rest) => {
    if (action === 'drawTeam') await kernel.sealer.seal();
    return kernel.act(actor, entity, action, ...rest);
  };
  const people = {
    window: await kernel.officer('周窗口', 'licence-window', '43'),
    examiner: await kernel.officer('吴审查', 'licence-examiner', '43'),
    chief: await kernel.officer('郑处长', 'section-chief', '43'),
    decider: await kernel.officer('王决定', 'licence-decider', '43'),
    head: await kernel.officer('钱局长', 'bureau-head', '43'),
  };
  const agent = await kernel.agent('陈经办', 'enterprise-agent', firm);
  const { record: account } = await act(people.window, 'licensing.account', 'open', {
    organisation: firm,
    subject: 'firm',
    name: '湖南试验电缆厂',
    creditCode: firmCode,
  });
  const team = new Map<string, Actor>();
  const get: Hall['get'] = async (table, id) =>
    (await rows(`select * from licensing.${table} where id = $1`, [id]))[0] as never;
  return {
    kernel,
    firm,
    agent,
    ...people,
    account,
    act,
    rows,
    get,
    signed: async (actor, entity, action, record, input, by, papers = []) => {
      const { sheet } = await act(actor, entity, action, input, record, papers);
      for (const signer of by) await act(signer, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!);
    },
    begin: async (input) => {
      const { created } = await act(
        agent,
        'licensing.account',
        'begin',
        { purpose: 'new', track: 'ordinary', region: '430102', address: '芙蓉区试验路1号', ...input },
        account,
      );
      return created[0]!;
    },
    handIn: async (application, answers, papers) => {
      const { form_version: formVersion } = await get<{ form_version: string }>('application', application);
      const named = Object.entries(answers).map(([name, value]) => ({ name, value }));
      await act(agent, 'licensing.application', 'saveDraft', { formVersion, answers: named }, application, papers);
      await act(agent, 'licensing.application', 'submit', {}, application);
    },
    clock: async (record, name) =>
      (
        await rows<Record<string, unknown>>(
          'select * from kernel.clock where record = $1 and name = $2 order by started_on desc, id desc',
          [record, name],
        )
      )[0],
    ask: (actor, name, input) => {
      const query = kernel.register.queries.get(name)!;
      const today = new Date(kernel.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
      const claim = actor?.claim ?? null;
      return kernel.database.transaction(actor === null ? 'hengjian_public' : 'hengjian_app', claim, (sql) =>
        query.answer(query.input.parse(input), { actor: actor as Actor, sql, kernel, today }),
      ) as never;
    },
    expire: async () => {
      const { refused } = await expireClocks(kernel);
      if (refused.length > 0) throw refused[0]!.problem;
    },
    reviewers: async (many, specialties) => {
      for (const { name, unit, mayLead = false } of many) {
        const actor = await kernel.officer(name, 'licence-reviewer', '43');
        team.set(actor.person, actor);
        await act(people.examiner, 'licensing.reviewer', 'register', {
          person: actor.person,
          name,
          unit,
          certificate: `湘评-${name}`,
          validUntil: '2030-12-31',
          specialties,
          mayLead,
        });
      }
      return team;
    },
    serviceOf: async (application) =>
      (await rows<{ id: string }>('select id from licensing.service where application = $1', [application]))[0]!.id,
    leaderOf: async (application) => {
      const { team: drawn } = await get<{ team: { person: string; leader: boolean }[] }>('application', application);
      return team.get(drawn.find(({ leader }) => leader)!.person)!;
    },
  };
}

export const cableForm = {
  site: '芙蓉区试验路1号',
  capacity: '3000 km',
  qualityOfficer: '李质量',
  standard: 'GB/T 5023.3-2008',
};
export const cablePapers = ['application', 'processFlow', 'equipmentList', 'selfDeclaration'];
export const cable = { kind: 'industrial-product', products: ['P301'] };
/** Every item of a checklist with the same finding. */
export const findings = (items: readonly string[], met: 'yes' | 'partly' | 'no' = 'yes') =>
  items.map((item) => ({ item, met }));
export const cableItems = ['premises', 'equipment', 'testing', 'people', 'records'];
