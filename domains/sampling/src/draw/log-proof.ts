import type { Transaction } from '@hengjian/kernel';
import { fromHex, inclusionProof, leafOf, type Publication, toHex, verifyInclusion } from '@hengjian/transparency';
import { DRAW_ENTRY } from './publication.ts';

/**
 * The proof that a draw's commitment stands in the public log, under the first tree head that was signed over it; null until it is
 * sealed. After a restore the first head that still agrees with the log counts. From what is public alone.
 */
export async function proveCommitment(sql: Transaction, draw: string): Promise<Publication | null> {
  const [entry] = await sql.query<{ committed: Publication['record'] | null; leaf: number | null }>(
    `select committed, public_record.leaf_of(id) as leaf from public_record.entry
     where record = $1 and kind = $2 and body->>'stage' = 'committed'`,
    [draw, DRAW_ENTRY],
  );
  if (!entry?.committed || entry.leaf === null) return null;
  const leafIndex = Number(entry.leaf);
  const heads = await sql.query<{ size: number; root: string; note: string }>(
    `select h.size, h.root, h.note from (select distinct epoch from kernel.log_head) e cross join lateral
       (select * from kernel.log_head where epoch = e.epoch and size > $1 order by size limit 1) h order by e.epoch`,
    [leafIndex],
  );
  const node = async (level: number, index: number): Promise<Uint8Array> => {
    const [row] = await sql.query<{ hash: Uint8Array }>(
      'select hash from kernel.log_node where level = $1 and index = $2',
      [level, index],
    );
    if (row === undefined) throw new Error(`The log lacks the node ${index} on level ${level}.`);
    return new Uint8Array(row.hash);
  };
  const leaf = leafOf(entry.committed);
  const [{ size: reached } = { size: 0 }] = await sql.query<{ size: number }>(
    'select coalesce(max(index) + 1, 0) as size from kernel.log_node where level = 0',
  );
  for (const { size, root, note } of heads) {
    if (Number(size) > Number(reached)) continue;
    const proof = await inclusionProof(leafIndex, Number(size), node);
    if (!verifyInclusion(leafIndex, Number(size), leaf, proof, fromHex(root))) continue;
    return { treeHead: note, leafIndex, proof: proof.map(toHex), record: entry.committed };
  }
  return null;
}
