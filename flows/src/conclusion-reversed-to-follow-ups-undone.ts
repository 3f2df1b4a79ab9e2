import { dayInChina, type Flow, flow } from '@hengjian/kernel';
import { clauseOf, followUpsHeld, undoing } from '@hengjian/sampling';

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
    const [reversal] = await sql.query<{ task: string; change: string; reason: string; producer: string | null }>(
      `select r.task, r.change, r.reason, t.labelled_producer ->> 'name' as producer
       from sampling.reversal r join sampling.task t on t.id = r.task where r.id = $1`,
      [record],
    );
    if (reversal === undefined) return [];
    const { task, change, producer } = reversal;
    const reason = `结论变更：${reversal.reason}`.slice(0, 2000);
    const concerned = (await followUpsHeld(sql, task)).filter(
      ({ subjectName }) => change !== 'seller-only' || subjectName === producer,
    );
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
