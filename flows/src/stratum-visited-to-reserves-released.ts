import { flow } from '@hengjian/kernel';
import { stratumState } from '@hengjian/sampling';

/** The last visit of a stratum is past doubt → its remaining reserves are let go, and the draw may open its names (practice W1). */
export const stratumVisitedToReservesReleased = flow({
  name: 'stratum-visited-to-reserves-released',
  on: ['receive', 'notSampled', 'terminate', 'cancel', 'stopTest'].map((action) => ({
    entity: 'sampling.task',
    action,
  })),
  sends: [{ entity: 'sampling.task', action: 'release' }],
  owner: 'organiser',
  decide: async ({ record }, sql) => {
    const [task] = await sql.query<{ draw: string; stratum: string }>(
      'select draw, stratum from sampling.task where id = $1',
      [record],
    );
    if (task === undefined) return [];
    const { open, vacancies } = await stratumState(sql, task.draw, task.stratum);
    if (open > 0 || vacancies > 0) return [];
    const reserves = await sql.query<{ id: string }>(
      `select id from sampling.task where draw = $1 and stratum = $2 and state = 'reserved' order by sequence`,
      [task.draw, task.stratum],
    );
    return reserves.map(({ id }) => ({ entity: 'sampling.task', action: 'release', record: id, input: {} }));
  },
});
