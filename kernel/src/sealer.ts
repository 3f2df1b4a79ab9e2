import {
  appendToTree,
  EMPTY_FRONTIER,
  type Frontier,
  rootOfFrontier,
  type StoredNode,
  toHex,
} from '@hengjian/transparency';
import { logKeyOf, signTreeHead, type TreeHead, verifyTreeHead } from '@hengjian/transparency/verification';
import type { Database, Transaction } from './database/database.ts';

export interface SealerOptions {
  database: Database;
  /** Who this process is among those that may lead. */
  holder: string;
  /** Ed25519 secret key (32 bytes) and the name under which tree heads are signed. */
  key: Uint8Array;
  name: string;
  now?: () => Date;
}

export interface Sealer {
  /** Seals what is there; the number of events sealed. Calls never overlap. */
  seal(): Promise<number>;
  /** Seals again and again until stopped. */
  start(everyMilliseconds?: number): void;
  stop(): Promise<void>;
}

const batch = 2_000;
const leaseSeconds = 15;

/**
 * Numbers visible events that have no number yet, without gaps, and appends their leaves to the Merkle log. One process leads
 * by a lease that is renewed in the same transaction, so two can never number the same event. The head is signed in a
 * transaction of its own, after the events are committed.
 */
export function createSealer(options: SealerOptions): Sealer {
  const { database, holder, key, name, now = () => new Date() } = options;
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const asMachine = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
    database.transaction('hengjian_machine', null, work, 'jobs');

  async function sealBatch(): Promise<number> {
    const sealed = await asMachine(async (tx) => {
      if (!(await takeLease(tx, holder))) return null;
      const events = await tx.query<{ id: string; leaf: Uint8Array }>(
        'select id, leaf from kernel.event where number is null order by recorded_at, id limit $1',
        [batch],
      );
      if (events.length === 0) return null;
      let frontier = await readFrontier(tx);
      const first = frontier.size;
      const nodes: StoredNode[] = [];
      for (const { leaf } of events) {
        const step = appendToTree(frontier, new Uint8Array(leaf));
        frontier = step.frontier;
        nodes.push(...step.completed);
      }
      await tx.query(
        `update kernel.event e set number = s.number from unnest($1::uuid[], $2::bigint[]) as s (id, number) where e.id = s.id`,
        [events.map(({ id }) => id), events.map((_, index) => first + index)],
      );
      await tx.query(
        `insert into kernel.log_node (level, index, hash)
         select level, index, decode(hash, 'hex') from unnest($1::smallint[], $2::bigint[], $3::text[]) as n (level, index, hash)`,
        [nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => toHex(hash))],
      );
      return frontier;
    });
    if (sealed === null) return 0;
    const time = `${now().toISOString().slice(0, 19)}Z`;
    const root = toHex(rootOfFrontier(sealed));
    await asMachine(async (tx) => {
      const standing = await standingEpoch(tx, name, key);
      const head = { origin: name, size: sealed.size, root, time, hash: 'sha256', ...standing } as const;
      await tx.query(
        'insert into kernel.log_head (epoch, size, root, signed_at, note) values ($1, $2, $3, $4, $5) on conflict do nothing',
        [standing.epoch, sealed.size, root, time, signTreeHead(head, name, key)],
      );
    });
    return sealed.size;
  }

  const sealer: Sealer = {
    seal() {
      const next = running.then(async () => {
        let count = 0;
        for (let before = -1; ; ) {
          const size = await sealBatch();
          if (size === 0 || size === before) return count;
          count += 1;
          before = size;
        }
      });
      running = next.catch(() => undefined);
      return next;
    },
    start(every = 100) {
      const tick = (): void => {
        if (stopped) return;
        sealer
          .seal()
          .catch((error: unknown) => {
            if (!stopped) process.emitWarning(`Sealing failed and will be tried again: ${(error as Error).message}`);
          })
          .finally(() => {
            if (!stopped) timer = setTimeout(tick, every);
          });
      };
      tick();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
  return sealer;
}

/** Takes or renews the lease; false while another process holds it. */
async function takeLease(tx: Transaction, holder: string): Promise<boolean> {
  const rows = await tx.query(
    `insert into kernel.lease as l (name, holder, until) values ('sealer', $1, now() + make_interval(secs => $2))
     on conflict (name) do update set holder = $1, until = excluded.until where l.holder = $1 or l.until < now() returning name`,
    [holder, leaseSeconds],
  );
  return rows.length > 0;
}

/**
 * The epoch of the newest head, which a restore raises. What its first head said of the loss, every further head of the epoch
 * says too, so that whoever sees only the newest one learns of it.
 */
async function standingEpoch(
  tx: Transaction,
  name: string,
  key: Uint8Array,
): Promise<Pick<TreeHead, 'epoch' | 'restored'>> {
  const [newest] = await tx.query<{ epoch: number; note: string }>(
    'select epoch, note from kernel.log_head order by epoch desc, size desc limit 1',
  );
  if (newest === undefined) return { epoch: 0 };
  const restored = verifyTreeHead(newest.note, [logKeyOf(name, key)])?.restored;
  return { epoch: newest.epoch, ...(restored === undefined ? {} : { restored }) };
}

/** The roots of the complete subtrees that make up the log as it is stored. */
export async function readFrontier(tx: Transaction): Promise<Frontier> {
  const [{ size } = { size: 0 }] = await tx.query<{ size: number }>(
    'select coalesce(max(index) + 1, 0) as size from kernel.log_node where level = 0',
  );
  if (Number(size) === 0) return EMPTY_FRONTIER;
  const levels: number[] = [];
  const indexes: number[] = [];
  let covered = 0;
  for (let level = 52; level >= 0; level -= 1) {
    const width = 2 ** level;
    if (Math.floor(Number(size) / width) % 2 === 0) continue;
    levels.push(level);
    indexes.push(covered / width);
    covered += width;
  }
  const rows = await tx.query<{ level: number; hash: Uint8Array }>(
    `select n.level, n.hash from unnest($1::smallint[], $2::bigint[]) as w (level, index) join kernel.log_node n using (level, index) order by n.level desc`,
    [levels, indexes],
  );
  return { size: Number(size), nodes: rows.map(({ hash }) => new Uint8Array(hash)) };
}
