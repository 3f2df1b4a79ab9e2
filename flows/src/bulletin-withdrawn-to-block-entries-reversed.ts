import { flow } from '@hengjian/kernel';

/** A bulletin withdrawn → the block entries that cite it fall with it: without its document an entry has no source (practice W13). */
export const bulletinWithdrawnToBlockEntriesReversed = flow({
  name: 'bulletin-withdrawn-to-block-entries-reversed',
  on: [{ entity: 'sampling.bulletin', action: 'withdraw' }],
  sends: [{ entity: 'handling.block-entry', action: 'reverse' }],
  owner: 'organiser',
  decide: async ({ record }, sql) => {
    const entries = await sql.query<{ id: string }>(
      `select b.id from handling.block_entry b join public_record.entry e on e.id = b.cited_entry
       where e.record = $1 and b.state in ('open', 'listed') order by b.id`,
      [record],
    );
    return entries.map(({ id }) => ({
      entity: 'handling.block-entry',
      action: 'reverse',
      record: id,
      input: { reason: '所引公告已撤回。' },
    }));
  },
});
