import { flow } from '@hengjian/kernel';

/** An organiser took its result back, or a retest overturned it → the loops that rest on it end. */
export const outsideFailureWithdrawnToLoopsOverturned = flow({
  name: 'outside-failure-withdrawn-to-loops-overturned',
  on: [{ entity: 'sampling.outside-failure', action: 'withdraw' }],
  sends: [{ entity: 'handling.loop', action: 'overturn' }],
  owner: 'organiser',
  decide: async ({ record, input }, sql) => {
    const loops = await sql.query<{ id: string }>(
      `select id from handling.loop where outside_failure = $1 and state not in ('closed', 'returned', 'annulled') order by id`,
      [record],
    );
    return loops.map(({ id }) => ({
      entity: 'handling.loop',
      action: 'overturn',
      record: id,
      input: { reason: String(input.reason) },
    }));
  },
});
