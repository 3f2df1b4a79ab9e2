import { flow } from '@hengjian/kernel';
import { failureContentOf } from '@hengjian/sampling';

/** A failure whose firm is in the organiser's own region → a loop at that authority itself, in hand at once. */
export const failureKeptToLoop = flow({
  name: 'failure-kept-to-loop',
  on: [{ entity: 'sampling.follow-up', action: 'handleHere' }],
  sends: [{ entity: 'handling.loop', action: 'open' }],
  owner: 'result-handler',
  decide: async ({ record }, sql) => {
    const content = await failureContentOf(sql, { followUp: record });
    if (content === undefined) return [];
    const { office, handover: _handover, ...input } = content;
    return [{ entity: 'handling.loop', action: 'open', office, input }];
  },
});
