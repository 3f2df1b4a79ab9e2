import { flow } from '@hengjian/kernel';

/** A conclusion is final, or there will be none → the kept sample may be returned or disposed of (order 18 art. 34; order 15 art. 25). */
export const conclusionToKeptSampleReleased = flow({
  name: 'conclusion-to-kept-sample-released',
  on: ['conclude', 'concludeConforming', 'stopTest', 'refuseSample'].map((action) => ({
    entity: 'sampling.task',
    action,
  })),
  sends: [{ entity: 'sampling.kept-sample', action: 'release' }],
  owner: 'organiser',
  decide: async ({ record }, sql) => {
    const kept = await sql.query<{ id: string; conclusion: string | null; signed_on: string | null }>(
      `select k.id, t.final_conclusion as conclusion, t.signed_on from sampling.kept_sample k join sampling.task t on t.id = k.task
       where k.task = $1 and k.state = 'kept' order by k.id`,
      [record],
    );
    return kept.map(({ id, conclusion, signed_on: signedOn }) => ({
      entity: 'sampling.kept-sample',
      action: 'release',
      record: id,
      input: { conclusion: conclusion ?? 'void', keepUntil: signedOn },
    }));
  },
});
