import { flow } from '@hengjian/kernel';
import { followUpsOfTask } from '@hengjian/sampling';

/** A final failure → its follow-ups, each an officer's to do: the verdict itself orders nothing (practice W2). */
export const taskConcludedToFollowUps = flow({
  name: 'task-concluded-to-follow-ups',
  on: [{ entity: 'sampling.task', action: 'conclude' }],
  sends: [{ entity: 'sampling.follow-up', action: 'open' }],
  owner: 'organiser',
  decide: async ({ record, office }, sql) =>
    (await followUpsOfTask(sql, record)).map((opening) => ({
      entity: 'sampling.follow-up',
      action: 'open',
      office,
      parent: record,
      input: { ...opening, task: record },
    })),
});
