import { flow } from '@hengjian/kernel';

/** A hand-over signed for or returned at the general desk → the same on its loop, so that both doors lead to one state. */
export const handoverSettledToLoop = flow({
  name: 'handover-settled-to-loop',
  on: ['receive', 'returnIt'].map((action) => ({ entity: 'kernel.handover', action })),
  sends: ['sign', 'returnIt'].map((action) => ({ entity: 'handling.loop', action })),
  owner: 'result-handler',
  decide: async ({ record, action, input }, sql) => {
    const open = action === 'receive' ? ['sent'] : ['sent', 'in-hand'];
    const loops = await sql.query<{ id: string }>(
      'select id from handling.loop where handover = $1 and state = any($2::text[])',
      [record, open],
    );
    return loops.map(({ id }) =>
      action === 'receive'
        ? { entity: 'handling.loop', action: 'sign', record: id, input: {} }
        : { entity: 'handling.loop', action: 'returnIt', record: id, input: { reason: input.reply } },
    );
  },
});
