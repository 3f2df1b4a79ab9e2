import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from './bytes.ts';
import { hashOf, sm3 } from './hashing.ts';
import {
  consistencyProof,
  consistencyProofAddresses,
  inclusionProof,
  inclusionProofAddresses,
  type NodeReader,
  rootAt,
} from './merkle-proofs.ts';
import { appendToTree, EMPTY_FRONTIER, type Frontier, leafHash, rootOf, rootOfFrontier } from './merkle-tree.ts';
import {
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from './merkle-verification.ts';

interface ProofCase {
  case: string;
  proof: string[];
  wantErr: boolean;
}
interface InclusionCase extends ProofCase {
  leafIdx: string;
  treeSize: string;
  start: string;
  end: string;
  root: string;
  leafHash: string;
}
interface ConsistencyCase extends ProofCase {
  size1: string;
  size2: string;
  start: string;
  end: string;
  size: string;
  root1: string;
  root2: string;
}
const vectors = JSON.parse(readFileSync(new URL('../fixtures/merkle-rfc6962.json', import.meta.url), 'utf8')) as {
  inclusion: InclusionCase[];
  consistency: ConsistencyCase[];
  subtreeinclusion: InclusionCase[];
  subtreeconsistency: ConsistencyCase[];
};
const bytes = (text: string | null): Uint8Array => Uint8Array.from(Buffer.from(text ?? '', 'base64'));

/** A log in memory, kept as a sealer keeps it: stored nodes and a frontier. */
function growLog(size: number, hash = hashOf('sha256')) {
  const nodes = new Map<string, Uint8Array>();
  const leaves: Uint8Array[] = [];
  const roots: Uint8Array[] = [rootOf([], hash)];
  let frontier: Frontier = EMPTY_FRONTIER;
  for (let index = 0; index < size; index += 1) {
    const leaf = leafHash(utf8(`第 ${index} 条`), hash);
    const { frontier: next, completed } = appendToTree(frontier, leaf, hash);
    for (const node of completed) nodes.set(`${node.level}/${node.index}`, node.hash);
    frontier = next;
    leaves.push(leaf);
    roots.push(rootOfFrontier(frontier, hash));
  }
  const read: NodeReader = (level, index) => {
    const node = nodes.get(`${level}/${index}`);
    if (node === undefined) throw new Error(`no node ${level}/${index}`);
    return node;
  };
  return { nodes, leaves, roots, read };
}

describe('published proofs of transparency-dev/merkle', () => {
  it('are 518', () => {
    expect(Object.values(vectors).reduce((sum, cases) => sum + (Array.isArray(cases) ? cases.length : 0), 0)).toBe(518);
  });

  it.each(vectors.inclusion)('$case', (vector) => {
    const { leafIdx, treeSize, leafHash: leaf, proof, root, wantErr } = vector;
    expect(verifyInclusion(Number(leafIdx), Number(treeSize), bytes(leaf), proof.map(bytes), bytes(root))).toBe(
      !wantErr,
    );
  });

  it.each(vectors.consistency)('$case', ({ size1, size2, proof, root1, root2, wantErr }) => {
    expect(verifyConsistency(Number(size1), Number(size2), proof.map(bytes), bytes(root1), bytes(root2))).toBe(
      !wantErr,
    );
  });

  it.each(vectors.subtreeinclusion)('$case', ({ leafIdx, start, end, leafHash: leaf, proof, root, wantErr }) => {
    const [index, from, to] = [leafIdx, start, end].map(Number) as [number, number, number];
    expect(verifySubtreeInclusion(index, from, to, bytes(leaf), proof.map(bytes), bytes(root))).toBe(!wantErr);
  });

  it.each(vectors.subtreeconsistency)('$case', ({ start, end, size, proof, root1, root2, wantErr }) => {
    const [from, to, all] = [start, end, size].map(Number) as [number, number, number];
    expect(verifySubtreeConsistency(from, to, all, proof.map(bytes), bytes(root1), bytes(root2))).toBe(!wantErr);
  });
});

describe('a log that is appended to', () => {
  const log = growLog(70);

  it('has after every leaf the root that all its leaves give', async () => {
    for (let size = 0; size <= 70; size += 1) {
      const expected = toHex(rootOf(log.leaves.slice(0, size)));
      expect(toHex(log.roots[size]!)).toBe(expected);
      expect(toHex(await rootAt(size, log.read))).toBe(expected);
    }
  });

  it('proves each leaf at each size from stored nodes, and no other leaf', async () => {
    for (let size = 1; size <= 70; size += 3) {
      for (let index = 0; index < size; index += 1) {
        const proof = await inclusionProof(index, size, log.read);
        expect(verifyInclusion(index, size, log.leaves[index]!, proof, log.roots[size]!)).toBe(true);
        expect(verifyInclusion(index, size, log.leaves[(index + 1) % 70]!, proof, log.roots[size]!)).toBe(false);
      }
    }
  });

  it('proves that every earlier size is a beginning of every later one', async () => {
    for (let size2 = 1; size2 <= 70; size2 += 1) {
      for (let size1 = 1; size1 <= size2; size1 += 1) {
        const proof = await consistencyProof(size1, size2, log.read);
        expect(verifyConsistency(size1, size2, proof, log.roots[size1]!, log.roots[size2]!)).toBe(true);
        if (size1 < size2) {
          expect(verifyConsistency(size1, size2, proof, log.roots[size1 - 1]!, log.roots[size2]!)).toBe(false);
        }
      }
    }
  });

  it('can tell beforehand which stored nodes a proof will read', async () => {
    const read: string[] = [];
    const recording: NodeReader = (level, index) => {
      read.push(`${level}/${index}`);
      return log.read(level, index);
    };
    await inclusionProof(37, 70, recording);
    expect(inclusionProofAddresses(37, 70).map(({ level, index }) => `${level}/${index}`)).toEqual(read);
    read.length = 0;
    await consistencyProof(37, 70, recording);
    expect(consistencyProofAddresses(37, 70).map(({ level, index }) => `${level}/${index}`)).toEqual(read);
  });

  it('stores fewer than two nodes a leaf, and a frontier no longer than the size in binary', () => {
    expect(log.nodes.size).toBe(70 + 35 + 17 + 8 + 4 + 2 + 1);
  });

  it('works under SM3 too', async () => {
    const national = growLog(11, sm3);
    const proof = await inclusionProof(4, 11, national.read, sm3);
    expect(verifyInclusion(4, 11, national.leaves[4]!, proof, national.roots[11]!, sm3)).toBe(true);
    expect(verifyInclusion(4, 11, national.leaves[4]!, proof, national.roots[11]!)).toBe(false);
  });

  it('refuses to prove what lies outside, and a state that does not fit', async () => {
    await expect(inclusionProof(70, 70, log.read)).rejects.toMatchObject({ code: 'PROOF_OUT_OF_RANGE' });
    await expect(consistencyProof(0, 70, log.read)).rejects.toMatchObject({ code: 'PROOF_OUT_OF_RANGE' });
    expect(() => appendToTree({ size: 3, nodes: [] }, log.leaves[0]!)).toThrow(
      expect.objectContaining({ code: 'FRONTIER_MALFORMED' }),
    );
  });
});
