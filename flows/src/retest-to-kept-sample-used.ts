import { flow } from '@hengjian/kernel';

/** A retest has its conclusion → the kept sample was used, and what is owed for it is known (order 18 art. 37(3); order 15 art. 33). */
export const retestToKeptSampleUsed = flow({
  name: 'retest-to-kept-sample-used',
  on: [
    { entity: 'sampling.objection', action: 'concludeRetest' },
    { entity: 'sampling.food-retest', action: 'conclude' },
  ],
  sends: [{ entity: 'sampling.kept-sample', action: 'useInRetest' }],
  owner: 'organiser',
  decide: async ({ record, entity }, sql) => {
    const [source, payment] =
      entity === 'sampling.objection'
        ? ['sampling.objection', 'o.spare_payment::text']
        : ['sampling.food_retest', 'null::text'];
    const kept = await sql.query<{ id: string; payment: string | null }>(
      `select k.id, ${payment} as payment from ${source} o join sampling.kept_sample k on k.task = o.task where o.id = $1 and k.state = 'kept'`,
      [record],
    );
    return kept.map(({ id, payment: owed }) => ({
      entity: 'sampling.kept-sample',
      action: 'useInRetest',
      record: id,
      input: { payment: owed },
    }));
  },
});
