import { type Label, query, type Reader } from '@hengjian/kernel';
import { z } from 'zod';
import { ports } from '../connection/entity.ts';
import { type Counterpart, findCounterpart, systems } from '../counterpart/index.ts';
import { dispatchLifecycle } from '../dispatch/lifecycle.ts';
import type { Difference } from '../reconciliation/rules.ts';

interface Waiting {
  id: string;
  system: string;
  office: string;
  state: string;
  message: string;
  messageLabel: string;
  title: string;
  sourceNumber: string | null;
  source: string;
  reason: string | null;
  code: string | null;
  faults: { field: string; zh: string; en: string }[];
  version: number;
  sentOn: string | null;
  answeredOn: string | null;
  dueOn: string | null;
}

const mostRows = 200;
const asked = z.object({ office: z.string().max(40).optional() });

/** Everything the desk shows: what each system still lacks of ours, what came back and why, what does not agree. */
export const desk = query({
  name: 'exchange.desk',
  label: { zh: '数据交换台', en: 'Exchange desk' },
  roles: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor', 'result-handler'],
  input: asked,
  async answer({ office }, { sql, today, kernel }: Reader) {
    const where = office ?? null;
    const counts = await sql.query<{ system: string; state: string; n: number }>(
      `select system, state, count(*)::int as n from exchange.dispatch where ($1::text is null or office = $1) group by 1, 2`,
      [where],
    );
    const queued = await sql.query<{
      system: string;
      office: string;
      message: string;
      messageLabel: string;
      n: number;
      oldest: string;
    }>(
      `select system, office, message, min(message_label) as "messageLabel", count(*)::int as n, min(fact_on)::text as oldest
       from exchange.dispatch where state = 'queued' and ($1::text is null or office = $1) group by 1, 2, 3 order by 1, 2, 3`,
      [where],
    );
    const stuck = await sql.query<Waiting>(
      `select d.id, d.system, d.office, d.state, d.message, d.message_label as "messageLabel", d.source_title as title, d.source_number as "sourceNumber",
         d.source, d.reason, d.code, d.faults, d.version, d.sent_on as "sentOn", d.answered_on as "answeredOn", r.due as "dueOn"
       from exchange.dispatch d join kernel.record r on r.id = d.id
       where d.state in ('rejected', 'incomplete') and ($1::text is null or d.office = $1)
       order by d.state = 'rejected' desc, r.due nulls last, d.answered_on, d.id limit ${mostRows + 1}`,
      [where],
    );
    const due = await sql.query<{ system: string; overdue: number }>(
      `select d.system, count(*)::int as overdue from exchange.dispatch d join kernel.record r on r.id = d.id
       where r.closed_at is null and r.due < $2 and ($1::text is null or d.office = $1) group by 1`,
      [where, today],
    );
    const packages = await sql.query<{
      id: string;
      system: string;
      number: string | null;
      messageLabel: string;
      packedOn: string;
      total: number;
      accepted: number;
      rejected: number;
      digest: string;
    }>(
      `select p.id, p.system, r.number, p.message_label as "messageLabel", p.packed_on as "packedOn", p.total, p.accepted, p.rejected, p.digest
       from exchange.package p join kernel.record r on r.id = p.id where p.state = 'packed' and ($1::text is null or p.office = $1) order by p.packed_on, p.id`,
      [where],
    );
    const reconciliations = await sql.query<{
      id: string;
      system: string;
      state: string;
      since: string;
      until: string;
      ours: number;
      theirs: number;
      matched: number;
      onlyOurs: number;
      onlyTheirs: number;
      differing: number;
      open: number;
      differences: (Difference & { resolution?: string | null })[];
    }>(
      `select id, system, state, since, until, ours, theirs, matched, only_ours as "onlyOurs", only_theirs as "onlyTheirs", differing, open, differences
       from (select *, row_number() over (partition by system, office order by until desc, id desc) as place from exchange.reconciliation
             where $1::text is null or office = $1) held
       where state = 'open' or place = 1 order by until desc, id desc`,
      [where],
    );
    const connections = await sql.query<{
      id: string;
      system: string;
      office: string;
      port: keyof typeof ports;
      since: string;
    }>(
      `select id, system, office, port, since from exchange.connection where state = 'connected' and ($1::text is null or office = $1) order by office`,
      [where],
    );
    const of = <T extends { system: string }>(rows: readonly T[], system: string): T[] =>
      rows.filter((row) => row.system === system);
    const weight = (system: string): number =>
      of(connections, system).length * 1_000_000 + of(counts, system).reduce((sum, { n }) => sum + n, 0);
    const placed = <T extends { office: string }>(row: T) => ({
      ...row,
      office: { code: row.office, label: kernel.offices.get(row.office)?.label ?? { zh: row.office, en: row.office } },
    });
    return {
      today,
      // Where this post has something to do comes first.
      systems: [...systems]
        .sort((one, other) => weight(other) - weight(one))
        .flatMap((system) => {
          const counterpart = findCounterpart(system, today);
          if (counterpart === undefined) return [];
          return [
            {
              ...described(counterpart),
              states: Object.entries(dispatchLifecycle.states).map(([state, { zh, en }]) => ({
                state,
                label: { zh, en },
                n: of(counts, system).find((row) => row.state === state)?.n ?? 0,
              })),
              overdue: of(due, system)[0]?.overdue ?? 0,
              connections: of(connections, system).map((row) => ({
                ...placed(row),
                portLabel: ports[row.port] as Label,
              })),
              queued: of(queued, system).map((row) => ({ ...placed(row), messageLabel: messageOf(counterpart, row) })),
              packages: of(packages, system),
              reconciliations: of(reconciliations, system).map((one) => ({
                ...one,
                differences: one.differences.filter(({ resolution }) => !resolution),
              })),
            },
          ];
        }),
      stuck: stuck.slice(0, mostRows).map((row) => {
        const counterpart = findCounterpart(row.system, today);
        return {
          ...placed(row),
          systemLabel: counterpart?.short ?? { zh: row.system, en: row.system },
          messageLabel: counterpart ? messageOf(counterpart, row) : { zh: row.messageLabel, en: row.messageLabel },
        };
      }),
      more: stuck.length > mostRows,
    };
  },
});

const messageOf = (
  { messages }: Counterpart,
  { message, messageLabel }: { message: string; messageLabel: string },
): Label => messages.find(({ name }) => name === message)?.label ?? { zh: messageLabel, en: messageLabel };

/** A counterpart as people read it: what is mapped to what, on which clause, and how sure the format is. */
const described = (counterpart: Counterpart) => ({
  system: counterpart.system,
  label: counterpart.label,
  short: counterpart.short,
  edition: counterpart.edition,
  basis: counterpart.basis,
  confidence: counterpart.confidence,
  source: counterpart.source,
  formats: counterpart.formats,
  incoming: counterpart.incoming !== undefined,
  messages: counterpart.messages.map(({ name, label, basis, fields }) => ({
    name,
    label,
    basis,
    fields: fields.map(({ name: foreign, label: words, from, value, required, max, codes, date, number }) => ({
      name: foreign,
      label: words,
      from: from ?? (value === undefined ? '' : `= ${value}`),
      required,
      max: max ?? null,
      form: date ?? (codes ? 'codes' : number ? 'number' : 'text'),
    })),
  })),
});
