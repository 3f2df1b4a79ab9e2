import type { Actor } from '@hengjian/kernel';
import { type ListInput, listInput, listRecords } from '@hengjian/kernel/read';
import { openCluster } from './cluster.ts';
import { firmOf, openCorpus } from './corpus.ts';
import { numberedUuid } from './measure.ts';
import { type BenchPlatform, openBench } from './platform.ts';
import {
  type Cell,
  measureCell,
  noting,
  openReaders,
  type PlainStatement,
  plainPool,
  type Reader,
  summary,
  withVisible,
} from './reading.ts';

const entity = 'bench.test';

/** What is asked of lists: as an address holds it. */
const cases: Record<string, (firm: number, actor: Actor) => Record<string, string>> = {
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
  rareWord: (firm) => ({ q: firmOf(firm).name.slice(3, 9) }),
  deepPage: () => ({
    entity,
    cursor: Buffer.from(JSON.stringify(['2023-06-01T00:00:00.000Z', numberedUuid(6, 1)])).toString('base64url'),
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
    try {
      const cells: Cell[] = [];
      for (const reader of await openReaders(platform, quick))
        for (const name of Object.keys(cases)) cells.push(await measure(platform, plain, reader, name, quick));
      return summary(cells);
    } finally {
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
  reader: Reader,
  name: string,
  quick: boolean,
): Promise<Cell> {
  const inputs = reader.actors.map((actor, client) => listInput.parse(cases[name]!(reader.firms[client]!, actor)));
  const statements = await Promise.all(reader.actors.map((actor, client) => plainOf(platform, actor, inputs[client]!)));
  return measureCell(
    { reader: reader.name, case: name },
    quick ? 40 : 80,
    (client) => list(platform, reader.actors[client]!, inputs[client]!),
    async (client) => Math.min((await plain.run(statements[client]!)).length, inputs[client]!.limit),
  );
}

async function list(platform: BenchPlatform, actor: Actor, input: ListInput): Promise<number> {
  const { rows } = await platform.database.transaction('hengjian_app', actor.claim, (sql) =>
    listRecords(platform, actor, sql, input),
  );
  return rows.length;
}

/** The statement of a list as a careful engineer would write it without row security. */
async function plainOf(platform: BenchPlatform, actor: Actor, input: ListInput): Promise<PlainStatement> {
  const noted: PlainStatement[] = [];
  await platform.database.transaction('hengjian_app', actor.claim, (sql) =>
    listRecords(platform, actor, noting(sql, noted), input),
  );
  const { text, values } = noted[0]!;
  const direct = text.replace(
    /r\.id in \(select id from kernel\.search\((\$\d+)::tsquery, (\$\d+), 2000\)\)/,
    '(r.words @@ $1::tsquery and ($2::text is null or r.entity = $2))',
  );
  return withVisible({ text: direct, values }, actor);
}
