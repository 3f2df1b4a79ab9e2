import { flow } from '@hengjian/kernel';
import { findNextReserve } from '@hengjian/sampling';

/** No sample, or sampling ended → the next reserve of the stratum by order; nobody chooses it (practice M6). */
export const taskUnsampledToReserveActivated = flow({
  name: 'task-unsampled-to-reserve-activated',
  on: [
    { entity: 'sampling.task', action: 'notSampled' },
    { entity: 'sampling.task', action: 'terminate' },
  ],
  sends: [{ entity: 'sampling.task', action: 'activate' }],
  owner: 'organiser',
  decide: async ({ record, occurredAt }, sql) => {
    const [ended] = await sql.query<{ draw: string; stratum: string; due_on: string; replaced: boolean }>(
      `select draw, stratum, due_on, exists (select from sampling.task r where r.replaces = t.id) as replaced
       from sampling.task t where id = $1`,
      [record],
    );
    if (ended === undefined || ended.replaced) return [];
    const reserve = await findNextReserve(sql, ended.draw, ended.stratum);
    if (reserve === undefined) return [];
    const dueOn = ended.due_on < occurredAt.slice(0, 10) ? {} : { dueOn: ended.due_on };
    return [{ entity: 'sampling.task', action: 'activate', record: reserve, input: { replaces: record, ...dueOn } }];
  },
});
