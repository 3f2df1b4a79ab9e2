import { type Actor, dayInChina } from '@hengjian/kernel';
import { type ListInput, listInput, listRecords, registerColumns } from '@hengjian/reading';
import type pg from 'pg';
import { searchQuery } from '../kernel/src/words.ts';
import { connectOwner, openCluster } from './cluster.ts';
import { firmOf, openCorpus } from './corpus.ts';
import { numberedUuid } from './measure.ts';
import { type BenchPlatform, openBench } from './platform.ts';
import {
  type Cell,
  measureCell,
  openReaders,
  type PlainStatement,
  plainPool,
  type Reader,
  summary,
  withVisible,
} from './reading.ts';

const entity = 'bench.test';

/** What is asked of lists: as an address holds it. */
export const cases: Record<string, (firm: number, actor: Actor) => Record<string, string>> = {
  newest: () => ({}),
  ofKind: () => ({ entity }),
  inState: () => ({ entity, state: 'handled' }),
  openByDue: () => ({ entity, open: '1', sort: 'due' }),
  overdue: () => ({ overdue: '1', sort: 'due' }),
  mine: () => ({ mine: '1', open: '1' }),
  ofFirm: (firm) => ({ subject: numberedUuid(4, firm) }),
  ofOffice: (_firm, actor) => ({ entity, office: actor.office ?? '430000' }),
  byNumber: () => ({ entity, sort: 'number' }),
  byTitle: () => ({ entity, sort: 'title' }),
  commonWord: () => ({ entity: 'bench.enterprise', q: '有限公司' }),
  partOfName: (firm) => ({ q: firmOf(firm).name.slice(3, 9) }),
  deepPage: () => ({
    entity,
    cursor: Buffer.from(JSON.stringify(['2023-06-01 00:00:00+00', numberedUuid(6, 1)])).toString('base64url'),
  }),
};

/**
 * Lists under row security, from the start of the transaction to the rows as pages show them, beside the same statement run
 * by the owner with the actor's visibility written out as a condition.
 */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const cluster = await openCluster();
  try {
    const url = await openCorpus(cluster, quick);
    const platform = await openBench(url, 8);
    const plain = plainPool(url);
    const meter = await connectOwner(url);
    try {
      const cells: Cell[] = [];
      for (const reader of await openReaders(platform, quick))
        for (const name of Object.keys(cases)) cells.push(await measure(platform, plain, meter, reader, name));
      return summary(cells);
    } finally {
      await meter.end();
      await plain.close();
      await platform.close();
    }
  } finally {
    await cluster.stop();
  }
}

async function measure(
  platform: BenchPlatform,
  plain: ReturnType<typeof plainPool>,
  meter: pg.Client,
  reader: Reader,
  name: string,
): Promise<Cell> {
  const inputs = reader.actors.map((actor, client) => listInput.parse(cases[name]!(reader.firms[client]!, actor)));
  const statements = reader.actors.map((actor, client) => plainOf(platform, actor, inputs[client]!));
  return measureCell(
    { reader: reader.name, case: name },
    meter,
    40,
    (client) => list(platform, reader.actors[client]!, inputs[client]!),
    async (client) =>
      (await plain.run(statements[client]!)).slice(0, inputs[client]!.limit).map(({ id }) => id as string),
  );
}

async function list(platform: BenchPlatform, actor: Actor, input: ListInput): Promise<string[]> {
  const { rows } = await platform.database.transaction('hengjian_app', actor.claim, (sql) =>
    listRecords(platform, actor, sql, input),
  );
  return rows.map(({ id }) => id);
}

/** The statement of a list as a careful engineer would write it without row security. */
function plainOf(platform: BenchPlatform, actor: Actor, input: ListInput): PlainStatement {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const filters: string[] = [];
  if (input.entity) filters.push(`r.entity = ${bind(input.entity)}`);
  if (input.state) filters.push(`r.state = ${bind(input.state)}`);
  if (input.subject) filters.push(`r.subject = ${bind(input.subject)}`);
  if (input.office) {
    const below = [...platform.offices.values()].filter(({ place }) => place.includes(input.office!));
    filters.push(`r.office = any(${bind(below.map(({ code }) => code))}::text[])`);
  }
  if (input.mine) filters.push(`r.handler = ${bind(actor.person)}`);
  if (input.open || input.overdue) filters.push('r.closed_at is null');
  if (input.overdue) filters.push(`r.due < ${bind(dayInChina(platform.now()))}`);
  if (input.q) filters.push(`r.words @@ ${bind(searchQuery(input.q))}::tsquery`);
  if (input.cursor) {
    const [at, id] = JSON.parse(Buffer.from(input.cursor, 'base64url').toString()) as [string, string];
    filters.push(`(r.updated_at, r.id) < (${bind(at)}::timestamptz, ${bind(id)}::uuid)`);
  }
  const where = filters.length === 0 ? '' : `where ${filters.join(' and ')}`;
  const text = `select ${registerColumns} from kernel.record r ${where} order by ${orders[input.sort]} limit ${bind(input.limit + 1)}`;
  return withVisible({ text, values }, actor);
}

const orders: Record<ListInput['sort'], string> = {
  '-updated': 'r.updated_at desc, r.id desc',
  updated: 'r.updated_at, r.id',
  due: `coalesce(r.due, 'infinity'), r.id`,
  number: `coalesce(r.number, ''), r.id`,
  title: 'r.title, r.id',
};
