import { flow } from '@hengjian/kernel';
import { openNotices } from '@hengjian/sampling';

/** The last notice of a task has run out or its objection is settled → the conclusion is final (order 18 arts 36, 42). */
export const noticeClosedToTaskConcluded = flow({
  name: 'notice-closed-to-task-concluded',
  on: ['elapse', 'confirmElapsed', 'settle', 'withdraw'].map((action) => ({ entity: 'sampling.notice', action })),
  sends: [{ entity: 'sampling.task', action: 'conclude' }],
  owner: 'organiser',
  decide: async ({ record }, sql) => {
    const [task] = await sql.query<{ id: string }>(
      `select t.id from sampling.notice n join sampling.task t on t.id = n.task where n.id = $1 and t.state in ('notified', 'disputed')`,
      [record],
    );
    if (task === undefined || (await openNotices(sql, task.id)) > 0) return [];
    return [{ entity: 'sampling.task', action: 'conclude', record: task.id, input: {} }];
  },
});
