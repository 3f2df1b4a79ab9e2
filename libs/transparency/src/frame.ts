import { compareBytes, concatBytes, domainTag, isStrictlyAscending } from './bytes.ts';
import { canonicalBytes } from './canonical-json.ts';
import { TransparencyError } from './errors.ts';
import { DIGEST_BYTES, type Hash, type HashProfile, hashOf, type ShortHasher, shortHasher } from './hashing.ts';
import { SALT_BYTES } from './salted-fields.ts';

const FRAME_TAG = domainTag('hengjian-frame-leaf-v1');

/** A frame row: leaf (32), stratum (2, big-endian), weight class (1). */
export const ROW_BYTES = 35;

/** The highest weight class; larger integers would say no more and cost time. */
export const MAXIMUM_WEIGHT = 100;

/**
 * Which hash to work with. `hash` may be any implementation of the profile (`node:crypto`, say); without it the
 * built-in one is used. Both give the same bits.
 */
export interface Hashing {
  readonly profile?: HashProfile;
  readonly hash?: Hash;
}

/**
 * The public frame of a draw: row i is leaf i with its stratum and weight class. The leaves are strictly ascending as
 * byte strings, so that one set of leaves has one frame and none is listed twice.
 */
export interface Frame {
  /** 32 bytes a leaf, one after the other. */
  readonly leaves: Uint8Array;
  readonly strata: Uint16Array;
  /** Weight classes from 1 to 100: relative chances, see DRAW.md. */
  readonly weights: Uint8Array;
}

/** One element of a frame before it is hidden behind its salt. */
export interface FrameEntry {
  readonly record: unknown;
  /** 32 random bytes of its own. */
  readonly salt: Uint8Array;
  readonly stratum: number;
  readonly weight: number;
}

export function hasherOf(hashing: Hashing = {}): ShortHasher {
  return shortHasher(hashing.profile ?? 'sha256', hashing.hash);
}

/** Number of leaves in a frame. */
export function frameSize(frame: Frame): number {
  return frame.strata.length;
}

/** The 32 bytes of leaf `position`, as a view into the frame. */
export function leafAt(leaves: Uint8Array, position: number): Uint8Array {
  return leaves.subarray(position * DIGEST_BYTES, (position + 1) * DIGEST_BYTES);
}

/** H(tag ‖ salt ‖ canonical JSON of the record): tells nothing of the record without the salt. */
export function saltedLeaf(
  tag: Uint8Array,
  record: unknown,
  salt: Uint8Array,
  profile: HashProfile = 'sha256',
): Uint8Array {
  if (salt.length !== SALT_BYTES) {
    throw new TransparencyError('SALT_MISSING', {
      zh: `每条记录须有 ${SALT_BYTES} 字节的随机盐值。`,
      en: `Every record needs a salt of ${SALT_BYTES} random bytes.`,
    });
  }
  return hashOf(profile)(concatBytes(tag, salt, canonicalBytes(record)));
}

/** The salted leaf of a frame element. */
export function frameLeaf(record: unknown, salt: Uint8Array, profile?: HashProfile): Uint8Array {
  return saltedLeaf(FRAME_TAG, record, salt, profile);
}

/**
 * Hides every entry behind its salted leaf and puts the leaves in order. `order[position]` is the index of the entry
 * that has become that position: the organiser keeps it, with records and salts, until the opening.
 * @throws TransparencyError FRAME_INVALID, SALT_MISSING, NOT_CANONICAL_JSON
 */
export function buildFrame(
  entries: readonly FrameEntry[],
  profile: HashProfile = 'sha256',
): { frame: Frame; order: number[] } {
  const hidden = entries.map(({ record, salt }) => frameLeaf(record, salt, profile));
  const order = entries.map((_, index) => index).sort((a, b) => compareBytes(hidden[a]!, hidden[b]!));
  const frame: Frame = {
    leaves: concatBytes(...order.map((index) => hidden[index]!)),
    strata: Uint16Array.from(order, (index) => entries[index]!.stratum),
    weights: Uint8Array.from(order, (index) => entries[index]!.weight),
  };
  requireFrame(frame);
  // Typed arrays wrap silently; a stratum of 65536 must not become 0
  if (
    !order.every(
      (index, at) => frame.strata[at] === entries[index]!.stratum && frame.weights[at] === entries[index]!.weight,
    )
  ) {
    throw invalidFrame({ zh: '层代码或权重不是允许的整数', en: 'a stratum or weight is not an allowed whole number' });
  }
  return { frame, order };
}

function invalidFrame(why: Readonly<{ zh: string; en: string }>): TransparencyError {
  return new TransparencyError('FRAME_INVALID', {
    zh: `抽样框无效：${why.zh}。`,
    en: `The frame is not valid: ${why.en}.`,
  });
}

/**
 * Refuses a frame that breaks a rule of DRAW.md: lengths, strictly ascending leaves, weight classes.
 * @throws TransparencyError FRAME_INVALID
 */
export function requireFrame(frame: Frame): void {
  const size = frameSize(frame);
  if (frame.weights.length !== size || frame.leaves.length !== size * DIGEST_BYTES) {
    throw invalidFrame({ zh: '叶、层、权重的数量不一致', en: 'leaves, strata and weights differ in number' });
  }
  if (!isStrictlyAscending(frame.leaves, DIGEST_BYTES)) {
    throw invalidFrame({ zh: '叶未按升序排列，或有重复', en: 'its leaves are not in ascending order, or one repeats' });
  }
  if (!frame.weights.every((weight) => weight >= 1 && weight <= MAXIMUM_WEIGHT)) {
    throw invalidFrame({ zh: '权重应为 1 至 100', en: 'a weight class lies outside 1 to 100' });
  }
}

/** The frame as the bytes that its root is over: 35 bytes a row. */
export function encodeFrame(frame: Frame): Uint8Array {
  const size = frameSize(frame);
  const rows = new Uint8Array(size * ROW_BYTES);
  for (let position = 0; position < size; position += 1) {
    const at = position * ROW_BYTES;
    const from = position * DIGEST_BYTES;
    for (let offset = 0; offset < DIGEST_BYTES; offset += 1) rows[at + offset] = frame.leaves[from + offset]!;
    rows[at + 32] = frame.strata[position]! >>> 8;
    rows[at + 33] = frame.strata[position]!;
    rows[at + 34] = frame.weights[position]!;
  }
  return rows;
}

/**
 * The frame of its rows.
 * @throws TransparencyError FRAME_INVALID
 */
export function decodeFrame(rows: Uint8Array): Frame {
  if (rows.length % ROW_BYTES !== 0) throw invalidFrame({ zh: '行长不符', en: 'its rows are not whole' });
  const size = rows.length / ROW_BYTES;
  const frame: Frame = {
    leaves: new Uint8Array(size * DIGEST_BYTES),
    strata: new Uint16Array(size),
    weights: new Uint8Array(size),
  };
  for (let position = 0; position < size; position += 1) {
    const at = position * ROW_BYTES;
    const to = position * DIGEST_BYTES;
    for (let offset = 0; offset < DIGEST_BYTES; offset += 1) frame.leaves[to + offset] = rows[at + offset]!;
    frame.strata[position] = rows[at + 32]! * 256 + rows[at + 33]!;
    frame.weights[position] = rows[at + 34]!;
  }
  requireFrame(frame);
  return frame;
}

/**
 * RFC 6962 root over rows of equal width (118 bytes at most): the same bits as `rootOf(rows.map(leafHash))`, without an
 * object a row.
 */
export function rootOfRows(rows: Uint8Array, width: number, hasher: ShortHasher): Uint8Array {
  let count = rows.length / width;
  if (count === 0) {
    const empty = new Uint8Array(DIGEST_BYTES);
    hasher.digestInto(0, empty, 0);
    return empty;
  }
  const { message } = hasher;
  const level = new Uint8Array(count * DIGEST_BYTES);
  for (let index = 0; index < count; index += 1) {
    const from = index * width;
    message[0] = 0;
    for (let offset = 0; offset < width; offset += 1) message[offset + 1] = rows[from + offset]!;
    hasher.digestInto(width + 1, level, index * DIGEST_BYTES);
  }
  while (count > 1) {
    const pairs = Math.floor(count / 2);
    for (let index = 0; index < pairs; index += 1) {
      const from = index * 2 * DIGEST_BYTES;
      message[0] = 1;
      for (let offset = 0; offset < 2 * DIGEST_BYTES; offset += 1) message[offset + 1] = level[from + offset]!;
      hasher.digestInto(1 + 2 * DIGEST_BYTES, level, index * DIGEST_BYTES);
    }
    if (count % 2 === 1) level.copyWithin(pairs * DIGEST_BYTES, (count - 1) * DIGEST_BYTES, count * DIGEST_BYTES);
    count = pairs + (count % 2);
  }
  return level.slice(0, DIGEST_BYTES);
}

/** The RFC 6962 root over the rows of a frame. */
export function frameRoot(frame: Frame, hashing: Hashing = {}): Uint8Array {
  return rootOfRows(encodeFrame(frame), ROW_BYTES, hasherOf(hashing));
}

/**
 * Cells (stratum and weight class) with fewer than `minimum` elements. In a small cell the public stratum and weight
 * come close to naming somebody: the organiser merges such strata before committing.
 */
export function sparseCells(frame: Frame, minimum: number): { stratum: number; weight: number; size: number }[] {
  const sizes = new Map<number, number>();
  for (let position = 0; position < frameSize(frame); position += 1) {
    const cell = frame.strata[position]! * 256 + frame.weights[position]!;
    sizes.set(cell, (sizes.get(cell) ?? 0) + 1);
  }
  return [...sizes]
    .filter(([, size]) => size < minimum)
    .map(([cell, size]) => ({ stratum: Math.floor(cell / 256), weight: cell % 256, size }))
    .sort((a, b) => a.stratum - b.stratum || a.weight - b.weight);
}
