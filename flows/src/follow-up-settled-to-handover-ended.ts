import { flow } from '@hengjian/kernel';

/**
 * The sender wrote off what he handed over, or the conclusion fell → the hand-overs end, and with them the receivers' sight of the file
 * (practice W3). What a receiver still has in hand ends when he has answered.
 */
export const followUpSettledToHandoverEnded = flow({
  name: 'follow-up-settled-to-handover-ended',
  on: [
    { entity: 'sampling.follow-up', action: 'finish' },
    { entity: 'sampling.follow-up', action: 'reverse' },
    { entity: 'handling.loop', action: 'overturn' },
  ],
  sends: [{ entity: 'kernel.handover', action: 'end' }],
  owner: 'organiser',
  decide: async ({ record, entity }, sql) => {
    const handovers = await sql.query<{ id: string }>(
      entity === 'sampling.follow-up'
        ? `select h.id from kernel.handover h join kernel.record r on r.id = h.id where h.state in ('sent', 'answered')
             and (h.id = (select handover from sampling.follow_up where id = $1)
               or r.parent in (select id from handling.loop where follow_up = $1)) order by h.id`
        : `select h.id from kernel.handover h join handling.loop l on l.handover = h.id where l.id = $1 and h.state in ('sent', 'answered')`,
      [record],
    );
    return handovers.map(({ id }) => ({ entity: 'kernel.handover', action: 'end', record: id, input: {} }));
  },
});
