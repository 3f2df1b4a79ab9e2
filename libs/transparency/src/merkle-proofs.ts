import { TransparencyError } from './errors.ts';
import { type Hash, sha256 } from './hashing.ts';
import { joinSubtrees, type StoredNode } from './merkle-tree.ts';

/** Reads the stored hash of a complete subtree, see {@link StoredNode}. It throws when there is none. */
export type NodeReader = (level: number, index: number) => Uint8Array | Promise<Uint8Array>;

/** The leaves begin ≤ i < end, a subtree of the tree whose proof is wanted. */
interface LeafRange {
  readonly begin: number;
  readonly end: number;
}

/** Where a node stands: level 0 are the leaves, and each level is numbered from the left. */
export type NodeAddress = Pick<StoredNode, 'level' | 'index'>;

function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** The complete subtrees, from left to right, that make up a range beginning where the tree's split puts it. */
function addressesOf(range: LeafRange): NodeAddress[] {
  const addresses: NodeAddress[] = [];
  let begin = range.begin;
  while (begin < range.end) {
    let level = 0;
    let width = 1;
    while (begin + 2 * width <= range.end) {
      width *= 2;
      level += 1;
    }
    addresses.push({ level, index: begin / width });
    begin += width;
  }
  return addresses;
}

function inclusionRanges(leafIndex: number, size: number): LeafRange[] {
  const siblings: LeafRange[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + largestPowerBelow(end - begin);
    if (leafIndex < middle) {
      siblings.push({ begin: middle, end });
      end = middle;
    } else {
      siblings.push({ begin, end: middle });
      begin = middle;
    }
  }
  return siblings.reverse();
}

function consistencyRanges(size1: number, size2: number): LeafRange[] {
  const ranges: LeafRange[] = [];
  let begin = 0;
  let end = size2;
  while (size1 < end) {
    const middle = begin + largestPowerBelow(end - begin);
    if (size1 <= middle) {
      ranges.push({ begin: middle, end });
      end = middle;
    } else {
      ranges.push({ begin, end: middle });
      begin = middle;
    }
  }
  // The old tree itself is known to the verifier and left out (RFC 6962, section 2.1.2, the flag b)
  if (begin > 0) ranges.push({ begin, end });
  return ranges.reverse();
}

async function readRanges(ranges: readonly LeafRange[], read: NodeReader, hash: Hash): Promise<Uint8Array[]> {
  return Promise.all(
    ranges.map(async (range) => {
      const roots = await Promise.all(addressesOf(range).map(({ level, index }) => read(level, index)));
      return joinSubtrees(roots, hash);
    }),
  );
}

function requirePosition(valid: boolean): void {
  if (valid) return;
  throw new TransparencyError('PROOF_OUT_OF_RANGE', {
    zh: '所要证明的位置不在日志之内。',
    en: 'The position or size to be proved lies outside the log.',
  });
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/**
 * The audit path of leaf `leafIndex` (from 0) in the tree of the first `size` leaves, the sibling of the leaf first
 * (RFC 6962, section 2.1.1). Only stored nodes are read, O(log² size) of them; the log need not be in memory.
 * @throws TransparencyError PROOF_OUT_OF_RANGE
 */
export async function inclusionProof(
  leafIndex: number,
  size: number,
  read: NodeReader,
  hash: Hash = sha256,
): Promise<Uint8Array[]> {
  requirePosition(isCount(leafIndex) && isCount(size) && leafIndex < size);
  return readRanges(inclusionRanges(leafIndex, size), read, hash);
}

/**
 * The proof that the tree of the first `size1` leaves is a beginning of the tree of the first `size2`
 * (RFC 6962, section 2.1.2).
 * @throws TransparencyError PROOF_OUT_OF_RANGE unless 0 < size1 ≤ size2
 */
export async function consistencyProof(
  size1: number,
  size2: number,
  read: NodeReader,
  hash: Hash = sha256,
): Promise<Uint8Array[]> {
  requirePosition(isCount(size1) && isCount(size2) && size1 > 0 && size1 <= size2);
  return readRanges(consistencyRanges(size1, size2), read, hash);
}

/** Root of the tree of the first `size` leaves, from stored nodes. */
export async function rootAt(size: number, read: NodeReader, hash: Hash = sha256): Promise<Uint8Array> {
  requirePosition(isCount(size));
  const roots = await Promise.all(addressesOf({ begin: 0, end: size }).map(({ level, index }) => read(level, index)));
  return joinSubtrees(roots, hash);
}

/** Every stored node that {@link inclusionProof} will read, so that a database can fetch them by one query. */
export function inclusionProofAddresses(leafIndex: number, size: number): NodeAddress[] {
  return inclusionRanges(leafIndex, size).flatMap(addressesOf);
}

/** Every stored node that {@link consistencyProof} will read. */
export function consistencyProofAddresses(size1: number, size2: number): NodeAddress[] {
  return consistencyRanges(size1, size2).flatMap(addressesOf);
}
