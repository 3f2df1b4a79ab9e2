import { concatBytes } from './bytes.ts';
import { TransparencyError } from './errors.ts';
import { type Hash, sha256 } from './hashing.ts';

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

/** Hash of a leaf's content: H(0x00 ‖ content) (RFC 6962, section 2.1). */
export function leafHash(content: Uint8Array, hash: Hash = sha256): Uint8Array {
  return hash(concatBytes(LEAF_PREFIX, content));
}

/** Hash of an inner node: H(0x01 ‖ left ‖ right) (RFC 6962, section 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Hash = sha256): Uint8Array {
  return hash(concatBytes(NODE_PREFIX, left, right));
}

/**
 * Root of the tree over these leaf hashes, in order. The root of no leaves is the hash of no bytes.
 * Neighbours are joined level by level and an odd last node moves up unchanged, which gives the tree of RFC 6962.
 */
export function rootOf(leafHashes: readonly Uint8Array[], hash: Hash = sha256): Uint8Array {
  let level = [...leafHashes];
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const left = level[index]!;
      const right = level[index + 1];
      above.push(right === undefined ? left : nodeHash(left, right, hash));
    }
    level = above;
  }
  return level[0] ?? hash(new Uint8Array(0));
}

/**
 * The compact range of a growing tree: all that is needed to append and to know the root. `nodes` are the roots of the
 * complete subtrees that make up the tree, the largest (leftmost) first: one per set bit of `size`.
 */
export interface Frontier {
  readonly size: number;
  readonly nodes: readonly Uint8Array[];
}

/**
 * A complete subtree to be stored: it covers the leaves index·2^level up to (index+1)·2^level. Level 0 are the leaf
 * hashes. Nodes over an incomplete right edge are never stored; they are computed from these, so a stored node never
 * changes.
 */
export interface StoredNode {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

/** The frontier of a tree without leaves: where every log begins. */
export const EMPTY_FRONTIER: Frontier = { size: 0, nodes: [] };

function countOnes(size: number): number {
  return [...size.toString(2)].filter((bit) => bit === '1').length;
}

/**
 * Appends one leaf hash. Answers the new frontier and the nodes completed by it (the leaf itself first), which a sealer
 * writes down in the same transaction.
 * @throws TransparencyError FRONTIER_MALFORMED when the number of nodes does not fit the size
 */
export function appendToTree(
  frontier: Frontier,
  leaf: Uint8Array,
  hash: Hash = sha256,
): { frontier: Frontier; completed: StoredNode[] } {
  if (!Number.isSafeInteger(frontier.size) || frontier.nodes.length !== countOnes(frontier.size)) {
    throw new TransparencyError('FRONTIER_MALFORMED', {
      zh: '日志树的保存状态与条数不符。',
      en: 'The stored state of the log tree does not fit its number of entries.',
    });
  }
  const nodes = [...frontier.nodes];
  const completed: StoredNode[] = [{ level: 0, index: frontier.size, hash: leaf }];
  let last = completed[0]!;
  while (last.index % 2 === 1) {
    last = {
      level: last.level + 1,
      index: (last.index - 1) / 2,
      hash: nodeHash(nodes.pop()!, last.hash, hash),
    };
    completed.push(last);
  }
  nodes.push(last.hash);
  return { frontier: { size: frontier.size + 1, nodes }, completed };
}

/** Joins the roots of adjoining subtrees, given from left to right, into the root above them. */
export function joinSubtrees(roots: readonly Uint8Array[], hash: Hash = sha256): Uint8Array {
  return roots.length === 0 ? hash(new Uint8Array(0)) : roots.reduceRight((right, left) => nodeHash(left, right, hash));
}

/** Root of the tree that a frontier stands for. */
export function rootOfFrontier(frontier: Frontier, hash: Hash = sha256): Uint8Array {
  return joinSubtrees(frontier.nodes, hash);
}
