import type { Database } from '@hengjian/kernel';
import { consistencyProof, fromHex, toHex, verifyConsistency } from '@hengjian/transparency';
import { type LogKey, type TreeHead, verifyTreeHead } from '@hengjian/transparency/verification';
import type { Remote } from './remote-workplace.ts';

/** One thing looked at. `ok` is null where there was nothing to check, or where something must be known but is no fault. */
export interface Finding {
  ok: boolean | null;
  zh: string;
  en: string;
}

/** Gets the proof that the tree of `from` leaves is a beginning of that of `to`; hexadecimal hashes. */
export type Prover = (from: number, to: number) => Promise<string[]>;

export function remoteProver(remote: Remote): Prover {
  return async (from, to) => (await remote.get<{ proof: string[] }>('/api/public/log/consistency', { from, to })).proof;
}

export function localProver(database: Database): Prover {
  return (from, to) =>
    database.transaction('hengjian_public', null, async (tx) => {
      const proof = await consistencyProof(from, to, async (level, index) => {
        const [row] = await tx.query<{ hash: Uint8Array }>(
          'select hash from kernel.log_node where level = $1 and index = $2',
          [level, index],
        );
        // A node that is missing proves nothing; what recomputes the log names it.
        return row === undefined ? new Uint8Array(32) : new Uint8Array(row.hash);
      });
      return proof.map(toHex);
    });
}

export function checkSignature(note: string, key: LogKey): { head: TreeHead | null; finding: Finding } {
  const head = verifyTreeHead(note, [key]);
  if (head === undefined)
    return {
      head: null,
      finding: {
        ok: false,
        zh: '树头签名无效，或者不是用这把公钥签署的。',
        en: 'The signature of the tree head is not valid under this key.',
      },
    };
  return {
    head,
    finding: {
      ok: true,
      zh: `树头签名有效：第 ${head.epoch} 期，${head.size} 条，${head.time}。`,
      en: `The tree head is signed: epoch ${head.epoch}, ${head.size} entries, ${head.time}.`,
    },
  };
}

/** Whether a head goes on from one that was seen before, or says itself what a restore has lost. */
export async function compareHeads(
  rememberedNote: string | null,
  head: TreeHead,
  key: LogKey,
  prove: Prover,
): Promise<Finding> {
  if (rememberedNote === null)
    return {
      ok: null,
      zh: '首次核验，没有以前所见的树头可比。',
      en: 'Seen for the first time: there is no earlier head to compare with.',
    };
  const before = verifyTreeHead(rememberedNote, [key]);
  if (before === undefined)
    return {
      ok: false,
      zh: '记住的树头不是用这把公钥签署的：日志换了密钥或不是同一日志。',
      en: 'The head remembered was not signed under this key: the log changed its key, or it is another log.',
    };
  if (head.epoch < before.epoch)
    return {
      ok: false,
      zh: `日志退回到第 ${head.epoch} 期，以前见过第 ${before.epoch} 期。`,
      en: `The log went back to epoch ${head.epoch}; epoch ${before.epoch} was seen before.`,
    };
  if (head.epoch > before.epoch + 1)
    return {
      ok: false,
      zh: `日志自第 ${before.epoch} 期以来恢复过 ${head.epoch - before.epoch} 次，单凭最新树头不能核对：请索取其间各期的树头。`,
      en: `The log was restored ${head.epoch - before.epoch} times since epoch ${before.epoch}; its newest head alone cannot be compared: ask for the heads of the epochs in between.`,
    };
  if (head.epoch > before.epoch && before.size > (head.restored?.keptSize ?? before.size))
    return admitted(before, head);
  return grown(before, head, prove);
}

/** A restore kept less than what was seen; that is no fault when the head states it truly. */
function admitted(before: TreeHead, head: TreeHead): Finding {
  const { lastSize, lastRoot, keptSize } = head.restored!;
  if (lastSize < before.size || (lastSize === before.size && lastRoot !== before.root))
    return {
      ok: false,
      zh: `日志声明恢复前有 ${lastSize} 条，但以前见过 ${before.size} 条：它隐瞒了损失。`,
      en: `The log states that it had ${lastSize} entries before it was restored, but ${before.size} were seen: it hides a loss.`,
    };
  return {
    ok: null,
    zh: `日志从备份恢复过，声明保留 ${keptSize} 条；以前所见的 ${before.size} 条中，其后的 ${before.size - keptSize} 条已丢失。`,
    en: `The log was restored and states that it kept ${keptSize} entries: of the ${before.size} seen before, ${before.size - keptSize} are lost.`,
  };
}

async function grown(before: TreeHead, head: TreeHead, prove: Prover): Promise<Finding> {
  if (head.size < before.size)
    return {
      ok: false,
      zh: `日志变短了：以前见过 ${before.size} 条，现在只有 ${head.size} 条。`,
      en: `The log became shorter: ${before.size} entries were seen, now there are ${head.size}.`,
    };
  const proof =
    before.size === 0 || before.size === head.size ? [] : (await prove(before.size, head.size)).map(fromHex);
  const holds =
    before.size === 0 || verifyConsistency(before.size, head.size, proof, fromHex(before.root), fromHex(head.root));
  if (!holds)
    return {
      ok: false,
      zh: `以前所见的 ${before.size} 条不再是日志的开头：历史被改写过。`,
      en: `The ${before.size} entries seen before are no longer the beginning of the log: history was rewritten.`,
    };
  return {
    ok: true,
    zh: `与以前所见的 ${before.size} 条一致，新增 ${head.size - before.size} 条。`,
    en: `Consistent with the ${before.size} entries seen before; ${head.size - before.size} are new.`,
  };
}
