import { flow } from '@hengjian/kernel';
import { openNotices } from '@hengjian/sampling';

const closing = [
  ...['elapse', 'confirmElapsed', 'settle', 'withdraw'].flatMap((action) => [
    { entity: 'sampling.notice', action },
    { entity: 'sampling.food-notice', action },
  ]),
  { entity: 'sampling.food-objection', action: 'decide' },
  { entity: 'sampling.food-objection', action: 'reject' },
];

/** The last notice of a task has run out or its objection is settled → the conclusion is final (order 18 arts 36, 42; order 15 arts 30, 35, 39). */
export const noticeClosedToTaskConcluded = flow({
  name: 'notice-closed-to-task-concluded',
  on: closing,
  sends: [{ entity: 'sampling.task', action: 'conclude' }],
  owner: 'organiser',
  decide: async ({ record, entity }, sql) => {
    const table = entity.replace('-', '_');
    const [task] = await sql.query<{ id: string }>(
      `select t.id from ${table} n join sampling.task t on t.id = n.task where n.id = $1 and t.state in ('notified', 'disputed')`,
      [record],
    );
    if (task === undefined || (await openNotices(sql, task.id)) > 0) return [];
    return [{ entity: 'sampling.task', action: 'conclude', record: task.id, input: {} }];
  },
});
