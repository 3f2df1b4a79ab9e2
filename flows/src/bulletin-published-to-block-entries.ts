import { dayInChina, flow } from '@hengjian/kernel';
import { type BatchRow, clauseOf } from '@hengjian/sampling';

/**
 * A bulletin published or corrected → a block entry for each failing batch that has none, citing the public entry; entries of
 * batches that no longer fail are taken back (practice W13).
 */
export const bulletinPublishedToBlockEntries = flow({
  name: 'bulletin-published-to-block-entries',
  on: ['publish', 'correct'].map((action) => ({ entity: 'sampling.bulletin', action })),
  sends: [
    { entity: 'sampling.follow-up', action: 'open' },
    { entity: 'sampling.follow-up', action: 'reverse' },
  ],
  owner: 'organiser',
  decide: async ({ record, office, occurredAt }, sql) => {
    const [bulletin] = await sql.query<{ scheme: string; entry: string; failing: BatchRow[]; name: string }>(
      `select scheme, entry, failing, name from sampling.bulletin where id = $1 and state = 'published'`,
      [record],
    );
    if (bulletin === undefined) return [];
    const held = await sql.query<{ id: string; task: string }>(
      `select f.id, f.task from sampling.follow_up f join sampling.task t on t.id = f.task
       where t.scheme = $1 and f.kind = 'block-entry' and f.state in ('open', 'in-force')`,
      [bulletin.scheme],
    );
    const failing = new Set(bulletin.failing.map(({ task }) => task));
    const opened = bulletin.failing
      .filter(({ task }) => !held.some((entry) => entry.task === task))
      .map((row) => ({
        entity: 'sampling.follow-up',
        action: 'open',
        office,
        parent: row.task,
        input: {
          task: row.task,
          kind: 'block-entry',
          subjectName: row.producer ?? row.enterprise,
          subjectCode: (row.producer ? row.producerCode : row.enterpriseCode) ?? null,
          region: row.producer ? null : row.region,
          productName: row.productName,
          ground: `${row.trademark} ${row.model} ${row.batch}，《${bulletin.name}》`,
          clause: clauseOf('block-entry'),
          startedOn: dayInChina(occurredAt),
          entry: bulletin.entry,
        },
      }));
    const reversed = held
      .filter(({ task }) => !failing.has(task))
      .map(({ id }) => ({
        entity: 'sampling.follow-up',
        action: 'reverse',
        record: id,
        input: { reason: '公告更正后该批次不再列为不合格。' },
      }));
    return [...opened, ...reversed];
  },
});
