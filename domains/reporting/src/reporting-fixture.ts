import { randomUUID } from 'node:crypto';
import { handlingLifecycles } from '@hengjian/handling';
import { type Actor, execute, expireClocks, type Outcome } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { roles } from '@hengjian/people';
import { samplingLifecycles } from '@hengjian/sampling';
import { reportingLifecycles, reportingQueries } from './index.ts';

const folder = (path: string): string => new URL(path, import.meta.url).pathname;

/** A task as the state table holds it: what a figure looks at, and nothing of how it came about. */
export interface PlainTask {
  office?: string;
  scheme: string;
  region: string;
  conclusion?: 'conforms' | 'fails' | 'void' | null;
  on?: string;
  product?: string;
  size?: string | null;
  selection?: string;
  failedItems?: string[];
  seriousness?: string | null;
  state?: string;
}

/** A province with its offices, a planner and a chief, and tasks put straight into the state table. */
export interface Province {
  kernel: TestKernel;
  planner: Actor;
  chief: Actor;
  city: Actor;
  put(task: PlainTask): Promise<string>;
  owner<T = Record<string, unknown>>(text: string, values?: unknown[]): Promise<T[]>;
  ask<T>(actor: Actor, query: string, input: Record<string, unknown>): Promise<T>;
  act(actor: Actor, entity: string, action: string, input?: object, record?: string): Promise<Outcome>;
  expire(instant: string): Promise<void>;
}

export async function openProvince(): Promise<Province> {
  const kernel = await testKernel({
    lifecycles: [...samplingLifecycles, ...handlingLifecycles, ...reportingLifecycles],
    roles,
    queries: [...reportingQueries],
    migrations: [
      { name: 'institutions', path: folder('../../institutions/migrations') },
      { name: 'sampling', path: folder('../../sampling/migrations') },
      { name: 'handling', path: folder('../../handling/migrations') },
      { name: 'reporting', path: folder('../migrations') },
    ],
  });
  kernel.at('2026-03-02T02:00:00Z');
  const owner: Province['owner'] = (text, values = []) => kernel.database.asOwner((tx) => tx.query(text, values));
  return {
    kernel,
    owner,
    planner: await kernel.officer('李计划', 'planner', '43'),
    chief: await kernel.officer('赵处长', 'section-chief', '43'),
    city: await kernel.officer('周市局', 'bureau-head', '4301'),
    async put(task) {
      const id = randomUUID();
      const { conclusion = 'conforms', on = '2026-03-01', failedItems = [] } = task;
      await owner(
        `insert into sampling.task (id, home, office, parties, state, scheme, rules, sequence, stratum, is_reserve, enterprise, enterprise_name,
           enterprise_region, product, product_name, samplers, sampling_body, lab, due_on, leaf, plan_kind, rules_version, items, test_sample,
           spare_sample, sample_unit, verdict_rule, separate_bodies, refusals, report_revision, overturned, selection, sampled_on, reported_on,
           channel, final_conclusion, concluded_on, seriousness, failed_items, firm_size)
         values ($1, 430, $2, '{}', $3, $4, $4, 1, 's', false, $5, '甲厂', $6, $7, '插座', '[]', '{}', '{}', $8, 'ab', 'supervision', 1,
           '[{"item":"绝缘电阻"},{"item":"标志"}]', 1, 1, '件', 'any-item', false, 0, 1, false, $9, $8, $8, 'producer', $10, $8, $11, $12, $13)`,
        [
          id,
          task.office ?? '43',
          task.state ?? 'concluded',
          task.scheme,
          randomUUID(),
          task.region,
          task.product ?? 'P108',
          on,
          task.selection ?? 'random',
          conclusion,
          task.seriousness ?? null,
          JSON.stringify(failedItems.map((item) => ({ item }))),
          task.size ?? null,
        ],
      );
      return id;
    },
    ask: (actor, name, input) => {
      const query = kernel.register.queries.get(name)!;
      const parsed = query.input.parse(input) as Record<string, unknown>;
      return kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
        query.answer(parsed, { actor, sql, kernel, today: kernel.now().toISOString().slice(0, 10) }),
      ) as never;
    },
    act: (actor, entity, action, input = {}, record) =>
      execute(kernel, actor, {
        id: randomUUID(),
        entity,
        action,
        input: input as Record<string, unknown>,
        ...(record === undefined ? {} : { record }),
      }),
    async expire(instant) {
      kernel.at(instant);
      await expireClocks(kernel);
    },
  };
}
