import { flow } from '@hengjian/kernel';

/** A firm drawn → its sampling notice, letter of authorisation and blank record. One command a task, so a large draw stays quick. */
export const taskAssignedToPapersIssued = flow({
  name: 'task-assigned-to-papers-issued',
  on: [{ entity: 'sampling.task', action: 'assign' }],
  sends: [{ entity: 'sampling.task', action: 'issue' }],
  owner: 'organiser',
  decide: async ({ record }, sql) => {
    const waiting = await sql.query(
      `select 1 from sampling.task where id = $1 and state = 'assigned' and issued_on is null`,
      [record],
    );
    return waiting.length === 0 ? [] : [{ entity: 'sampling.task', action: 'issue', record, input: {} }];
  },
});
