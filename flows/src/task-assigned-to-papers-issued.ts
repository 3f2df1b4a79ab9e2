import { flow } from '@hengjian/kernel';

/** A firm drawn → its sampling notice, letter of authorisation and blank record. One command a task, so a large draw stays quick. */
export const taskAssignedToPapersIssued = flow({
  name: 'task-assigned-to-papers-issued',
  on: [{ entity: 'sampling.task', action: 'assign' }],
  sends: [{ entity: 'sampling.task', action: 'issue' }],
  owner: 'organiser',
  decide: async ({ record, toState }) =>
    toState === 'assigned' ? [{ entity: 'sampling.task', action: 'issue', record, input: {} }] : [],
});
