import { flow } from '@hengjian/kernel';

/** A post has a new holder → what his predecessor had in hand there is passed on. */
export const postTakenOverToWorkPassed = flow({
  name: 'post-taken-over-to-work-passed',
  on: [{ entity: 'people.succession', action: 'takeOver' }],
  sends: [{ entity: 'people.succession', action: 'passWork' }],
  owner: 'section-chief',
  decide: async ({ record }) => [{ entity: 'people.succession', action: 'passWork', record, input: {} }],
});
