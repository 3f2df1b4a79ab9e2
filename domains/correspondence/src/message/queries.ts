import { query } from '@hengjian/kernel';
import { z } from 'zod';

const most = 200;

/** Leaves enough of an address to tell one from another, and no more. */
export function maskAddress(address: string): string {
  const at = address.indexOf('@');
  if (at > 0) return `${address.slice(0, 1)}***${address.slice(at)}`;
  return address.length <= 4 ? '****' : `${address.slice(0, 3)}****${address.slice(-2)}`;
}

/** 发件箱: what failed first, then what waits, then what was sent lately; addresses masked. */
export const outbox = query({
  name: 'correspondence.outbox',
  label: { zh: '发件箱', en: 'Outbox' },
  roles: ['organiser', 'section-chief', 'result-handler', 'planner', 'bureau-head', 'auditor'],
  input: z.object({}),
  answer: async (_input, { sql }) => {
    const counts = await sql.query<{ state: string; n: number }>(
      'select state, count(*)::int as n from correspondence.message group by state',
    );
    const rows = await sql.query<{ address: string | null }>(
      `select m.id, m.state, m.channel, m.occasion, m.addressee_name as "addresseeName", m.address, m.text, m.attempts, m.failure,
         m.not_before as "notBefore", m.sent_at as "sentAt", m.arrived_at as "arrivedAt", m.about, r.opened_at as "queuedAt"
       from correspondence.message m join kernel.record r on r.id = m.id
       order by array_position(array['failed', 'sending', 'queued', 'sent', 'arrived', 'cancelled'], m.state), r.updated_at desc limit $1`,
      [most],
    );
    return {
      counts: Object.fromEntries(counts.map(({ state, n }) => [state, n])),
      rows: rows.map((row) => ({ ...row, address: row.address === null ? null : maskAddress(row.address) })),
    };
  },
});
