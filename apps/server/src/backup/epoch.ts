import { Problem, type Transaction } from '@hengjian/kernel';
import { logKeyOf, signTreeHead, type TreeHead, verifyTreeHead } from '@hengjian/transparency/verification';
import type { LogHead, RecomputedLog } from './recompute-log.ts';

/**
 * Reads the newest tree head that anybody outside kept, to say by it what a restore loses. Only a head under the log's own key
 * counts, or anybody could make the log confess a loss that never was.
 * @throws Problem 422 `last-head-not-ours`
 */
export function readLastHead(note: string, logName: string, key: Uint8Array): TreeHead {
  const head = verifyTreeHead(note, [logKeyOf(logName, key)]);
  if (head === undefined)
    throw new Problem(
      422,
      'last-head-not-ours',
      '所给的日志签名摘要不是用本系统的密钥签署的，不能采用。',
      'The tree head given was not signed with the key of this log and cannot be used.',
    );
  return head;
}

export interface OpenedEpoch {
  epoch: number;
  /** Entries that the restored log has, and that the last known head had. */
  kept: number;
  last: number;
}

/**
 * Signs the first head of a new epoch of the log, which says what the epoch before had and what of it survives, and stores it.
 * A restore always opens one: whoever holds a head that is newer than the archive must be able to see that history branched.
 * Nothing is opened for a log that never had an entry.
 * @throws Problem 422 `last-head-contradicts`
 */
export async function openEpoch(
  tx: Transaction,
  log: RecomputedLog,
  options: {
    logName: string;
    key: Uint8Array;
    lastHead: TreeHead | null;
    rootAt: (size: number) => Promise<string>;
    now: Date;
  },
): Promise<OpenedEpoch | null> {
  const { logName, key, lastHead, now } = options;
  if (log.size === 0 && lastHead === null) return null;
  if (lastHead !== null && lastHead.size <= log.size && lastHead.root !== (await options.rootAt(lastHead.size)))
    throw new Problem(
      422,
      'last-head-contradicts',
      '所给的日志签名摘要与备份中的日志不一致：它们不是同一日志。',
      'The tree head given contradicts the log in the archive: they are not the same log.',
    );
  const last = lastHead !== null && lastHead.size > log.size ? lastHead : { size: log.size, root: log.root };
  const epoch = Math.max(log.newest?.epoch ?? 0, lastHead?.epoch ?? 0) + 1;
  const time = `${now.toISOString().slice(0, 19)}Z`;
  const head: TreeHead = {
    origin: logName,
    size: log.size,
    root: log.root,
    epoch,
    time,
    hash: 'sha256',
    restored: { lastSize: last.size, lastRoot: last.root, keptSize: log.size },
  };
  await tx.query('insert into kernel.log_head (epoch, size, root, signed_at, note) values ($1, $2, $3, $4, $5)', [
    epoch,
    log.size,
    log.root,
    time,
    signTreeHead(head, logName, key),
  ]);
  return { epoch, kept: log.size, last: last.size };
}

/**
 * Whether a head of this log was signed with the key that is here.
 * @throws Problem 422 `head-signature`
 */
export function requireOwnHead(head: LogHead, logName: string, publicKey: string): void {
  const signed = verifyTreeHead(head.note, [{ name: logName, publicKey }]);
  if (signed?.size === head.size && signed.root === head.root && signed.epoch === head.epoch) return;
  throw new Problem(
    422,
    'head-signature',
    '备份中最新的日志签名摘要的签名无效。',
    'The signature of the newest tree head in the archive is not valid.',
  );
}
