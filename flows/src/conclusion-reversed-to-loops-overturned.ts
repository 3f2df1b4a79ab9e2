import { flow } from '@hengjian/kernel';

/**
 * A final conclusion fell → every loop on it ends, with its orders, rechecks, leads, reports and announcements; loops already closed give up
 * what is still public; block entries leave the public list. "Seller only" undoes what concerns the labelled producer alone.
 */
export const conclusionReversedToLoopsOverturned = flow({
  name: 'conclusion-reversed-to-loops-overturned',
  on: [{ entity: 'sampling.reversal', action: 'approve' }],
  sends: [
    { entity: 'handling.loop', action: 'overturn' },
    { entity: 'handling.announcement', action: 'strike' },
    { entity: 'handling.block-entry', action: 'reverse' },
  ],
  owner: 'organiser',
  decide: async ({ record }, sql) => {
    const [reversal] = await sql.query<{ task: string; change: string; reason: string; producer: string | null }>(
      `select r.task, r.change, r.reason, t.labelled_producer ->> 'name' as producer
       from sampling.reversal r join sampling.task t on t.id = r.task where r.id = $1`,
      [record],
    );
    if (reversal === undefined) return [];
    const { task, change, producer } = reversal;
    const reason = `结论变更：${reversal.reason}`.slice(0, 2000);
    const concerned = <T extends { subject: string }>(rows: T[]): T[] =>
      rows.filter(({ subject }) => change !== 'seller-only' || subject === producer);
    const loops = concerned(
      await sql.query<{ id: string; subject: string; state: string }>(
        'select id, subject_name as subject, state from handling.loop where task = $1 order by id',
        [task],
      ),
    );
    const announced = await sql.query<{ id: string; loop: string }>(
      `select a.id, unit ->> 'loop' as loop from handling.announcement a, jsonb_array_elements(a.rows) as unit
       where a.state = 'published' and unit ->> 'loop' = any($1::text[]) order by a.id`,
      [loops.filter(({ state }) => state === 'closed').map(({ id }) => id)],
    );
    const entries = concerned(
      await sql.query<{ id: string; subject: string }>(
        `select id, subject_name as subject from handling.block_entry where task = $1 and state in ('open', 'listed') order by id`,
        [task],
      ),
    );
    return [
      ...entries.map(({ id }) => ({
        entity: 'handling.block-entry',
        action: 'reverse',
        record: id,
        input: { reason },
      })),
      ...loops
        .filter(({ state }) => !['closed', 'returned', 'annulled'].includes(state))
        .map(({ id }) => ({ entity: 'handling.loop', action: 'overturn', record: id, input: { reason } })),
      ...announced.map(({ id, loop }) => ({
        entity: 'handling.announcement',
        action: 'strike',
        record: id,
        input: { loop, reason },
      })),
    ];
  },
});
