import { createHash } from 'node:crypto';
import { type Actor, execute, type Kernel, Problem } from '@hengjian/kernel';
import { asObject, type Line } from '../counterpart/mapping.ts';
import { keyOf } from '../package/rules.ts';
import type { Answer } from './contract.ts';
import type { Endpoint } from './endpoint.ts';

interface Waiting {
  id: string;
  version: number;
  state: 'queued' | 'sent';
  message: string;
  mapping: string;
  payload: Line[];
}

/** What one round through the API did. */
export interface Delivered {
  sent: number;
  accepted: number;
  rejected: number;
}

/** A command's id that follows from what it does: a repetition after a crash is the same command. */
function commandId(text: string): string {
  const hex = createHash('sha256').update(`exchange/${text}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Sends what is queued for one system and asks after what was sent. Every step may be repeated: the key is the same, so the counterpart
 * takes an item once; the command's id is the same, so its answer is recorded once.
 * @throws Error when the counterpart cannot be reached now; what was done until then stands
 */
export async function deliver(
  kernel: Kernel,
  actor: Actor,
  place: { office: string; system: string },
  endpoint: Endpoint,
  control: { signal: AbortSignal; progress: (done: number, total: number) => void },
): Promise<Delivered> {
  const counts: Delivered = { sent: 0, accepted: 0, rejected: 0 };
  const waiting = await kernel.database.transaction(
    'hengjian_app',
    actor.claim,
    (sql) =>
      sql.query<Waiting>(
        `select id, version, state, message, mapping, payload from exchange.dispatch
         where office = $1 and system = $2 and (state = 'queued' or (state = 'sent' and via = 'api')) order by state = 'sent' desc, fact_on, id limit 1000`,
        [place.office, place.system],
      ),
    'jobs',
  );
  for (const [index, item] of waiting.entries()) {
    control.signal.throwIfAborted();
    const key = keyOf(item.id, item.version);
    const { id, version, message, mapping, payload } = item;
    const known = item.state === 'sent' ? await endpoint.ask(key, control.signal) : undefined;
    const answer = known ?? (await endpoint.put({ key, message, mapping, values: asObject(payload) }, control.signal));
    const act = (action: string, input: Record<string, unknown>) =>
      execute(kernel, actor, {
        id: commandId(`${key}/${action}`),
        entity: 'exchange.dispatch',
        action,
        record: id,
        input: { ...input, version },
      });
    if (await record(item, answer, act)) {
      if (item.state === 'queued') counts.sent += 1;
      if (answer.state !== 'received') counts[answer.state] += 1;
    }
    control.progress(index + 1, waiting.length);
  }
  return counts;
}

/** False when the dispatch was drawn again or cancelled meanwhile: its new version is sent in the next round. */
async function record(
  { state }: Waiting,
  answer: Answer,
  act: (action: string, input: Record<string, unknown>) => Promise<unknown>,
): Promise<boolean> {
  try {
    if (state === 'queued') await act('send', { via: 'api' });
    if (answer.state === 'accepted') await act('accept', { foreignNumber: answer.foreignNumber });
    if (answer.state === 'rejected')
      await act('reject', { ...(answer.code ? { code: answer.code } : {}), reason: answer.reason });
    return true;
  } catch (error) {
    if (error instanceof Problem && ['other-version', 'not-allowed-now'].includes(error.code)) return false;
    throw error;
  }
}

/** The counterpart's list of one day against ours. A day that was reconciled through the API is not asked for again. */
export async function reconcileDay(
  kernel: Kernel,
  actor: Actor,
  place: { office: string; system: string },
  endpoint: Endpoint,
  day: string,
  signal: AbortSignal,
): Promise<boolean> {
  const held = await kernel.database.transaction(
    'hengjian_app',
    actor.claim,
    (sql) =>
      sql.query(
        `select 1 from exchange.reconciliation where office = $1 and system = $2 and until = $3 and origin = 'api'`,
        [place.office, place.system, day],
      ),
    'jobs',
  );
  if (held.length > 0) return false;
  const list = await endpoint.list(day, day, signal);
  await execute(kernel, actor, {
    id: commandId(`${place.office}/${place.system}/${day}`),
    entity: 'exchange.reconciliation',
    action: 'reconcile',
    office: place.office,
    input: { system: place.system, since: day, until: day, origin: 'api', list },
  });
  return true;
}
