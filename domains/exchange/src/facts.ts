import type { Transaction } from '@hengjian/kernel';
import { type Counterpart, counterparts, findCounterpart, type Message, systems } from './counterpart/index.ts';
import { concerns, drawFrom } from './dispatch/drawing.ts';

/** Every kind of fact that any edition of any counterpart wants to know of. */
export const reportedFacts: readonly { entity: string; action: string }[] = [
  ...new Map(
    counterparts
      .flatMap(({ messages }) => messages.flatMap(({ entity, on }) => on.map((action) => ({ entity, action }))))
      .map((fact) => [`${fact.entity}.${fact.action}`, fact]),
  ).values(),
];

interface Fact {
  entity: string;
  action: string;
  record: string;
  office: string;
  occurredOn: string;
}

/** A dispatch that a fact asks for: a new one, or one under way that is drawn again. */
export type Wanted =
  | { action: 'queue'; input: Record<string, unknown> }
  | { action: 'refresh' | 'resend'; record: string };

/**
 * What a fact asks of the exchange desk of its organ. The same fact is queued once; a later one about the same record draws a dispatch
 * that is not out yet again, and follows one that is with a correction where the content differs.
 */
export async function dispatchesFor(fact: Fact, sql: Transaction): Promise<Wanted[]> {
  const connected = await sql.query<{ system: string }>(
    `select system from exchange.connection where office = $1 and state = 'connected' and since <= $2`,
    [fact.office, fact.occurredOn],
  );
  const wanted: Wanted[] = [];
  for (const counterpart of connectedTo(connected, fact.occurredOn))
    for (const message of counterpart.messages)
      if (message.entity === fact.entity && message.on.includes(fact.action))
        wanted.push(...(await wantedOf(counterpart, message, fact, sql)));
  return wanted;
}

const connectedTo = (connected: readonly { system: string }[], day: string): Counterpart[] =>
  systems
    .filter((system) => connected.some((row) => row.system === system))
    .flatMap((system) => findCounterpart(system, day) ?? []);

async function wantedOf(
  { system }: Counterpart,
  message: Message,
  { record: source, occurredOn: factOn }: Fact,
  sql: Transaction,
): Promise<Wanted[]> {
  const drawn = await drawFrom(sql, message, source, factOn);
  if (drawn === undefined || !concerns(message, drawn.fields)) return [];
  const [latest] = await sql.query<{ id: string; state: string; hash: string }>(
    `select id, state, hash from exchange.dispatch where source = $1 and system = $2 and message = $3 order by id desc limit 1`,
    [source, system, message.name],
  );
  const input = { system, message: message.name, source, factOn };
  if (latest === undefined) return [{ action: 'queue', input }];
  if (latest.hash === drawn.payload.hash) return [];
  if (latest.state === 'incomplete' || latest.state === 'queued') return [{ action: 'refresh', record: latest.id }];
  if (latest.state === 'rejected') return [{ action: 'resend', record: latest.id }];
  return [{ action: 'queue', input: { ...input, previous: latest.id } }];
}
