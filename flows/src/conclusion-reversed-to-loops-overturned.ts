import { flow } from '@hengjian/kernel';
import { findFallenConclusion } from '@hengjian/sampling';

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
    const fallen = await findFallenConclusion(sql, record);
    if (fallen === undefined) return [];
    const { task, reason, concerns } = fallen;
    const concerned = <T extends { subject: string }>(rows: T[]): T[] =>
      rows.filter(({ subject }) => concerns(subject));
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
