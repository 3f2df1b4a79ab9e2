import { flow } from '@hengjian/kernel';

/** A bulletin withdrawn → the block entries that cite it fall with it: without its document an entry has no source (practice W13). */
export const bulletinWithdrawnToBlockEntriesReversed = flow({
  name: 'bulletin-withdrawn-to-block-entries-reversed',
  on: [{ entity: 'sampling.bulletin', action: 'withdraw' }],
  sends: [{ entity: 'sampling.follow-up', action: 'reverse' }],
  owner: 'organiser',
  decide: async ({ record }, sql) => {
    const entries = await sql.query<{ id: string }>(
      `select f.id from sampling.follow_up f join public_record.entry e on e.id = f.entry
       where e.record = $1 and f.kind = 'block-entry' and f.state in ('open', 'in-force') order by f.id`,
      [record],
    );
    return entries.map(({ id }) => ({
      entity: 'sampling.follow-up',
      action: 'reverse',
      record: id,
      input: { reason: '所引公告已撤回。' },
    }));
  },
});
