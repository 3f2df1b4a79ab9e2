import { equalBytes } from './bytes.ts';
import { DIGEST_BYTES, type Hash, sha256 } from './hashing.ts';
import { nodeHash } from './merkle-tree.ts';

// Positions go up to 2^53 and bitwise operators only to 2^32, hence division.
function half(value: number): number {
  return Math.floor(value / 2);
}

function isOdd(value: number): boolean {
  return value % 2 === 1;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function areDigests(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === DIGEST_BYTES);
}

/** Whether [start, end) can be a subtree: start is a multiple of the smallest power of two that holds its leaves. */
function isSubtree(start: number, end: number): boolean {
  if (!isCount(start) || !isCount(end) || start > end) return false;
  let width = 1;
  while (width < end - start) width *= 2;
  return start % width === 0;
}

/**
 * Whether `proof` shows that `leaf` is the leaf hash at `leafIndex` in the tree of `size` leaves with this root
 * (RFC 9162, section 2.1.3.2). Malformed input is a proof that fails, never an exception.
 */
export function verifyInclusion(
  leafIndex: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
  hash: Hash = sha256,
): boolean {
  if (!isCount(leafIndex) || !isCount(size) || leafIndex >= size) return false;
  if (!areDigests([leaf, root, ...proof])) return false;
  let position = leafIndex;
  let last = size - 1;
  let computed = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(position) || position === last) {
      computed = nodeHash(sibling, computed, hash);
      while (!isOdd(position) && position !== 0) {
        position = half(position);
        last = half(last);
      }
    } else {
      computed = nodeHash(computed, sibling, hash);
    }
    position = half(position);
    last = half(last);
  }
  return last === 0 && equalBytes(computed, root);
}

/**
 * Whether `proof` shows that the leaf at `leafIndex` of the log lies in the subtree [start, end) with this root.
 * The indices count from the beginning of the log.
 */
export function verifySubtreeInclusion(
  leafIndex: number,
  start: number,
  end: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
  hash: Hash = sha256,
): boolean {
  if (!isSubtree(start, end) || !isCount(leafIndex) || leafIndex < start) return false;
  return verifyInclusion(leafIndex - start, end - start, leaf, proof, root, hash);
}

/**
 * Whether `proof` shows that the tree of `size1` leaves with `root1` is a beginning of the tree of `size2` leaves with
 * `root2` (RFC 9162, section 2.1.4.2). An empty first tree proves nothing and is refused.
 */
export function verifyConsistency(
  size1: number,
  size2: number,
  proof: readonly Uint8Array[],
  root1: Uint8Array,
  root2: Uint8Array,
  hash: Hash = sha256,
): boolean {
  return size1 > 0 && verifySubtreeConsistency(0, size1, size2, proof, root1, root2, hash);
}

/**
 * Whether `proof` shows that the subtree [start, end) with `subtreeRoot` is part of the tree of `size` leaves with
 * `root`. With start 0 this is the consistency of two trees. An empty subtree has the root of no leaves and an empty
 * proof; it says nothing about `root`.
 */
export function verifySubtreeConsistency(
  start: number,
  end: number,
  size: number,
  proof: readonly Uint8Array[],
  subtreeRoot: Uint8Array,
  root: Uint8Array,
  hash: Hash = sha256,
): boolean {
  if (!isSubtree(start, end) || !isCount(size) || end > size) return false;
  // Where nothing is hashed the roots are compared as they are
  if (proof.length > 0 && !areDigests([subtreeRoot, root, ...proof])) return false;
  if (start === end) return proof.length === 0 && equalBytes(subtreeRoot, hash(new Uint8Array(0)));

  let first = start;
  let lastOfSubtree = end - 1;
  let lastOfTree = size - 1;
  function climb(): void {
    first = half(first);
    lastOfSubtree = half(lastOfSubtree);
    lastOfTree = half(lastOfTree);
  }

  // Up to the largest complete subtree at the right edge of [start, end): the two trees share everything in it
  if (lastOfSubtree === lastOfTree) while (first !== lastOfSubtree) climb();
  else while (first !== lastOfSubtree && isOdd(lastOfSubtree)) climb();

  const path = [...proof];
  const seed = first === lastOfSubtree ? subtreeRoot : path.shift();
  if (seed === undefined) return false;
  let computedSubtree = seed;
  let computedTree = seed;
  for (const sibling of path) {
    if (lastOfTree === 0) return false;
    if (isOdd(lastOfSubtree) || lastOfSubtree === lastOfTree) {
      if (first < lastOfSubtree) computedSubtree = nodeHash(sibling, computedSubtree, hash);
      computedTree = nodeHash(sibling, computedTree, hash);
      while (!isOdd(lastOfSubtree)) climb();
    } else {
      computedTree = nodeHash(computedTree, sibling, hash);
    }
    climb();
  }
  return lastOfTree === 0 && equalBytes(computedSubtree, subtreeRoot) && equalBytes(computedTree, root);
}
