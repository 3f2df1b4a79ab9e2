import { dayInChina, type Flow, flow } from '@hengjian/kernel';
import { clauseOf, findFallenConclusion, followUpsHeld, undoing } from '@hengjian/sampling';

/**
 * A final conclusion falls → what rests on it is taken back; where a file was already handed over or a case decided, the officer
 * gets a letter to write (practice W2). "Seller only" undoes what concerns the labelled producer alone.
 */
export const conclusionReversedToFollowUpsUndone = flow({
  name: 'conclusion-reversed-to-follow-ups-undone',
  on: [{ entity: 'sampling.reversal', action: 'approve' }],
  sends: [
    { entity: 'sampling.follow-up', action: 'reverse' },
    { entity: 'sampling.follow-up', action: 'open' },
  ],
  owner: 'organiser',
  decide: async ({ record, office, occurredAt }, sql) => {
    const fallen = await findFallenConclusion(sql, record);
    if (fallen === undefined) return [];
    const { task, reason, concerns } = fallen;
    const concerned = (await followUpsHeld(sql, task)).filter(({ subjectName }) => concerns(subjectName));
    return concerned.flatMap((followUp): Awaited<ReturnType<Flow['decide']>> => {
      const how = undoing(followUp);
      if (how === null) return [];
      if (how === 'reverse')
        return [{ entity: 'sampling.follow-up', action: 'reverse', record: followUp.id, input: { reason } }];
      const { subjectName, subjectCode, region, productName } = followUp;
      const input = {
        task,
        kind: 'correction-notice',
        subjectName,
        subjectCode,
        region,
        productName,
        ground: reason,
        clause: clauseOf('correction-notice'),
        startedOn: dayInChina(occurredAt),
      };
      return [{ entity: 'sampling.follow-up', action: 'open', office, parent: task, input }];
    });
  },
});
