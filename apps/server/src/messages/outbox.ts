import { randomUUID } from 'node:crypto';
import { execute, type Kernel, machineActor, machines, Problem, type Transaction } from '@hengjian/kernel';
import { type MessageProvider, type OutsideChannel, Undeliverable } from './provider.ts';

const leaseSeconds = 60;
/** A receipt is asked for at most this often, and for this long after sending. */
const askAgainMilliseconds = 60_000;
const askDays = 3;

interface Waiting {
  id: string;
  office: string;
  state: 'queued' | 'sending' | 'sent';
  channel: OutsideChannel;
  address: string;
  text: string;
}

export interface Outbox {
  start(): void;
  /** Sends what is due and asks for receipts; the number of messages that moved. Does nothing while another process holds the lease. */
  drain(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Sends what waits in the outbox. One process sends at a time, by a lease. What a dead process left in `sending` is handed over again
 * under the same key, which a provider carries once; so a message goes out once and is never lost.
 */
export function createOutbox(
  kernel: Kernel,
  providers: Partial<Record<OutsideChannel, MessageProvider>>,
  { everyMilliseconds = 2_000 } = {},
): Outbox {
  const holder = randomUUID();
  const asked = new Map<string, number>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<number> | undefined;
  // The embedded database is opened by one process at a time: a lease of another is a lease of the dead.
  let cleared = kernel.database.kind !== 'pglite';

  const asMachine = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
    kernel.database.transaction('hengjian_machine', null, work, 'jobs');

  async function holdLease(): Promise<boolean> {
    const others = cleared ? 'l.until < now()' : 'true';
    const rows = await asMachine((tx) =>
      tx.query(
        `insert into kernel.lease as l (name, holder, until) values ('outbox', $1, now() + make_interval(secs => $2))
         on conflict (name) do update set holder = $1, until = excluded.until where l.holder = $1 or ${others} returning name`,
        [holder, leaseSeconds],
      ),
    );
    cleared = true;
    return rows.length > 0;
  }

  const due = (): Promise<Waiting[]> =>
    asMachine((tx) =>
      tx.query<Waiting>(
        `select id, office, state, channel, address, text from correspondence.message
         where channel <> 'in-app' and (state = 'sending' or (state = 'queued' and (not_before is null or not_before <= $1))
           or (state = 'sent' and sent_at > $2)) order by id limit 200`,
        [kernel.now().toISOString(), new Date(kernel.now().getTime() - askDays * 86_400_000).toISOString()],
      ),
    );

  const take = (message: Waiting, action: string, input: Record<string, unknown> = {}): Promise<unknown> =>
    execute(kernel, machineActor(kernel, machines.flow, message.office), {
      // The state of the message keeps a step from being taken twice, so the command needs no id of its own making.
      id: randomUUID(),
      entity: 'correspondence.message',
      action,
      record: message.id,
      input,
    });

  async function send(message: Waiting, provider: MessageProvider): Promise<void> {
    if (message.state === 'queued') await take(message, 'begin');
    try {
      const { reference } = await provider.send({ key: message.id, to: message.address, text: message.text });
      await take(message, 'accept', { reference });
    } catch (error) {
      if (error instanceof Problem) throw error;
      const failure = (error as Error).message.slice(0, 500) || 'unknown';
      await take(message, 'fail', { failure, final: error instanceof Undeliverable });
    }
  }

  async function askFor(message: Waiting, provider: MessageProvider): Promise<boolean> {
    if ((asked.get(message.id) ?? 0) + askAgainMilliseconds > Date.now()) return false;
    if (asked.size > 10_000) asked.clear();
    asked.set(message.id, Date.now());
    const receipt = await provider.receipt(message.id);
    if (receipt.state === 'arrived') await take(message, 'arrive');
    else if (receipt.state === 'failed') await take(message, 'fail', { failure: receipt.reason, final: true });
    else return false;
    return true;
  }

  async function carry(message: Waiting): Promise<boolean> {
    const provider = providers[message.channel];
    if (provider === undefined) {
      if (message.state !== 'queued') return false;
      await take(message, 'begin');
      await take(message, 'fail', { failure: '没有接入这个渠道 / no provider for this channel', final: true });
      return true;
    }
    if (message.state === 'sent') return askFor(message, provider);
    await send(message, provider);
    return true;
  }

  async function drain(): Promise<number> {
    let moved = 0;
    while (!stopped) {
      if (!(await holdLease())) return moved;
      let now = 0;
      for (const message of await due()) {
        if (stopped) return moved;
        // Somebody cancelled it meanwhile: it is left, and looked at again with the next round.
        const done = await carry(message).catch((error: unknown) => {
          if (error instanceof Problem) return false;
          throw error;
        });
        if (done) now += 1;
      }
      moved += now;
      if (now === 0) return moved;
    }
    return moved;
  }
  const look = (): Promise<number> => {
    working ??= drain().finally(() => {
      working = undefined;
    });
    return working;
  };
  const tick = (): void => {
    look()
      .catch((error: unknown) => {
        if (!stopped) process.emitWarning(`The outbox stumbled and will go on: ${(error as Error).message}`);
      })
      .finally(() => {
        if (!stopped) timer = setTimeout(tick, everyMilliseconds);
      });
  };
  return {
    start: tick,
    drain: look,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working?.catch(() => undefined);
    },
  };
}
