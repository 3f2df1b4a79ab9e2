import {
  appendToTree,
  consistencyProof,
  EMPTY_FRONTIER,
  inclusionProof,
  leafHash,
  rootOfFrontier,
  toHex,
  utf8,
} from '@hengjian/transparency';
import { logKeyOf, signTreeHead } from '@hengjian/transparency/verification';
import type { PublicLog } from '../public-record.ts';

const secretKey = new Uint8Array(32).fill(7);

/** A log of so many entries, signed under a key of its own. */
export function logOf(size: number): PublicLog & { key: NonNullable<PublicLog['key']> } {
  const nodes = new Map<string, Uint8Array>();
  const roots: string[] = [];
  let frontier = EMPTY_FRONTIER;
  for (let index = 0; index < size; index += 1) {
    const appended = appendToTree(frontier, leafHash(utf8(`第 ${index} 条`)));
    for (const { level, index: at, hash } of appended.completed) nodes.set(`${level}/${at}`, hash);
    frontier = appended.frontier;
    roots.push(toHex(rootOfFrontier(frontier)));
  }
  const name = 'log.example.gov/hunan';
  const node = (level: number, index: number): Uint8Array => nodes.get(`${level}/${index}`)!;
  const root = roots.at(-1)!;
  return {
    key: logKeyOf(name, secretKey),
    head: async () => ({
      epoch: 0,
      size,
      root,
      note: signTreeHead(
        { origin: name, size, root, epoch: 0, time: '2026-11-22T02:00:00Z', hash: 'sha256' },
        name,
        secretKey,
      ),
    }),
    inclusion: async (leaf, of) => ({
      leaf,
      size: of,
      hash: toHex(node(0, leaf)),
      proof: (await inclusionProof(leaf, of, node)).map(toHex),
    }),
    consistency: async (from, to) => ({ from, to, proof: (await consistencyProof(from, to, node)).map(toHex) }),
  };
}
