import { flow } from '@hengjian/kernel';
import { unvisitedTasks } from '@hengjian/sampling';

/** The last visit of a draw is past → its names, salts and pairing become public (practice W1: when every task is done, never earlier). */
export const lastVisitToDrawOpened = flow({
  name: 'last-visit-to-draw-opened',
  on: ['receive', 'notSampled', 'terminate', 'cancel', 'stopTest', 'release'].map((action) => ({
    entity: 'sampling.task',
    action,
  })),
  sends: [{ entity: 'sampling.draw', action: 'open' }],
  owner: 'organiser',
  decide: async ({ record }, sql) => {
    const [draw] = await sql.query<{ id: string }>(
      `select d.id from sampling.draw d join sampling.task t on t.draw = d.id where t.id = $1 and d.state = 'drawn'`,
      [record],
    );
    if (draw === undefined || (await unvisitedTasks(sql, draw.id)) > 0) return [];
    return [{ entity: 'sampling.draw', action: 'open', record: draw.id, input: {} }];
  },
});
