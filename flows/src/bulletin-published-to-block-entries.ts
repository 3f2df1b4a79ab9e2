import { flow } from '@hengjian/kernel';
import type { BatchRow } from '@hengjian/sampling';

/**
 * A bulletin published or corrected → a block entry for each failing batch that has none, citing the public entry; entries of
 * batches that no longer fail are taken back (practice W13).
 */
export const bulletinPublishedToBlockEntries = flow({
  name: 'bulletin-published-to-block-entries',
  on: ['publish', 'correct'].map((action) => ({ entity: 'sampling.bulletin', action })),
  sends: [
    { entity: 'handling.block-entry', action: 'open' },
    { entity: 'handling.block-entry', action: 'reverse' },
  ],
  owner: 'organiser',
  decide: async ({ record, office }, sql) => {
    const [bulletin] = await sql.query<{ scheme: string; entry: string; failing: BatchRow[]; name: string }>(
      `select scheme, entry, failing, name from sampling.bulletin where id = $1 and state = 'published'`,
      [record],
    );
    if (bulletin === undefined) return [];
    const held = await sql.query<{ id: string; task: string }>(
      `select b.id, b.task from handling.block_entry b join sampling.task t on t.id = b.task
       where t.scheme = $1 and b.source = 'published-conclusion' and b.state in ('open', 'listed')`,
      [bulletin.scheme],
    );
    const failing = new Set(bulletin.failing.map(({ task }) => task));
    const opened = bulletin.failing
      .filter(({ task }) => !held.some((entry) => entry.task === task))
      .map((row) => ({
        entity: 'handling.block-entry',
        action: 'open',
        office,
        parent: row.task,
        input: {
          task: row.task,
          source: 'published-conclusion',
          citedEntry: bulletin.entry,
          subjectName: row.producer ?? row.enterprise,
          subjectCode: (row.producer ? row.producerCode : row.enterpriseCode) ?? null,
          region: row.producer ? null : row.region,
          productName: row.productName,
          batches: `${row.trademark} ${row.model} ${row.batch}`,
          ground: `经监督抽查检验不合格，见《${bulletin.name}》`,
        },
      }));
    const reversed = held
      .filter(({ task }) => !failing.has(task))
      .map(({ id }) => ({
        entity: 'handling.block-entry',
        action: 'reverse',
        record: id,
        input: { reason: '公告更正后该批次不再列为不合格。' },
      }));
    return [...opened, ...reversed];
  },
});
