import { flow } from '@hengjian/kernel';

/** A hand-over that came back → the sender has it again: the follow-up is open, the loop above in hand; nothing lies between two desks. */
export const handoverReturnedToSender = flow({
  name: 'handover-returned-to-sender',
  on: [{ entity: 'kernel.handover', action: 'returnIt' }],
  sends: [
    { entity: 'sampling.follow-up', action: 'reopen' },
    { entity: 'handling.loop', action: 'takeBack' },
  ],
  owner: 'organiser',
  decide: async ({ record, input }, sql) => {
    const reason = String(input.reply);
    const followUps = await sql.query<{ id: string }>(
      `select id from sampling.follow_up where handover = $1 and state = 'handed-over'`,
      [record],
    );
    const loops = await sql.query<{ id: string }>(
      `select l.id from kernel.handover h join handling.loop l on l.id = h.target where h.id = $1 and l.state = 'passed-on'`,
      [record],
    );
    return [
      ...followUps.map(({ id }) => ({ entity: 'sampling.follow-up', action: 'reopen', record: id, input: { reason } })),
      ...loops.map(({ id }) => ({ entity: 'handling.loop', action: 'takeBack', record: id, input: { reason } })),
    ];
  },
});
