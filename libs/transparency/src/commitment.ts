import { concatBytes, domainTag, equalBytes, fromHex, isStrictlyAscending, toHex, uint16, utf8 } from './bytes.ts';
import { canonicalBytes } from './canonical-json.ts';
import { TransparencyError } from './errors.ts';
import { type Hashing, hasherOf, leafAt, rootOfRows, saltedLeaf } from './frame.ts';
import { DIGEST_BYTES, type HashProfile, hashOf } from './hashing.ts';
import type { SamplerPool, TeamRule } from './pairing.ts';
import { SALT_BYTES } from './salted-fields.ts';
import type { StratumSize } from './selection.ts';

const COMMITMENT_TAG = domainTag('hengjian-draw-commitment-v1');
const SEED_TAG = domainTag('hengjian-draw-seed-v1');
const SECRET_TAG = domainTag('hengjian-draw-secret-v1');
const SAMPLER_TAG = domainTag('hengjian-sampler-leaf-v1');
const EXCLUSION_TAG = domainTag('hengjian-exclusion-leaf-v1');

/** A sampler row: leaf (32), body (2, big-endian). */
export const SAMPLER_ROW_BYTES = 34;

/** A set of rows of which only size and Merkle root (lower-case hexadecimal) are told. */
export interface CommittedSet {
  readonly size: number;
  readonly root: string;
}

/** A party that contributes a secret to the seed: it commits before the draw and reveals before the beacon round. */
export interface SecretParty {
  readonly name: string;
  /** {@link secretCommitment}, lower-case hexadecimal. */
  readonly commitment: string;
}

/**
 * What the organiser publishes before anybody can know the seed. It names no enterprise and no sampler; `id` and the
 * strata are codes of the public plan.
 */
export interface DrawCommitment {
  readonly format: 'hengjian-draw-v1';
  readonly hash: HashProfile;
  readonly id: string;
  /** UTC, to the second: 2026-11-22T02:00:00Z. */
  readonly committedAt: string;
  readonly frame: CommittedSet;
  readonly strata: readonly StratumSize[];
  /** null when samplers are not drawn. */
  readonly samplers: (CommittedSet & { readonly team: TeamRule }) | null;
  /** null exactly when `samplers` is; an empty set has size 0 and the root of nothing. */
  readonly exclusions: CommittedSet | null;
  /** The chain by its hash, and a round that lies in the future. */
  readonly beacon: { readonly chain: string; readonly round: number } | null;
  readonly parties: readonly SecretParty[];
  /** Digest of the commitment of a void draw that this one repeats. */
  readonly replaces: string | null;
}

/** An exclusion as the organiser keeps it: opened to an auditor only. */
export interface ExclusionEntry {
  /** Position in the frame. */
  readonly position: number;
  /** Index in the pool. */
  readonly sampler: number;
  /** 32 random bytes of its own. */
  readonly salt: Uint8Array;
}

/** H(tag ‖ canonical JSON of the commitment), under the commitment's own hash. */
export function commitmentDigest(commitment: DrawCommitment): Uint8Array {
  return hashOf(commitment.hash)(concatBytes(COMMITMENT_TAG, canonicalBytes(commitment)));
}

/** The salted leaf of a sampler's record. */
export function samplerLeaf(record: unknown, salt: Uint8Array, profile?: HashProfile): Uint8Array {
  return saltedLeaf(SAMPLER_TAG, record, salt, profile);
}

/**
 * Hides samplers behind salted leaves in ascending order. `order[index]` is the index of the entry that has become that
 * pool index. `body` numbers the bodies (0 to 65535) in any order the organiser likes.
 * @throws TransparencyError SAMPLER_POOL_INVALID, SALT_MISSING, NOT_CANONICAL_JSON
 */
export function buildSamplerPool(
  entries: readonly { readonly record: unknown; readonly salt: Uint8Array; readonly body: number }[],
  profile: HashProfile = 'sha256',
): { pool: SamplerPool; order: number[] } {
  const hidden = entries.map(({ record, salt }) => toHex(samplerLeaf(record, salt, profile)));
  const order = entries.map((_, index) => index).sort((a, b) => (hidden[a]! < hidden[b]! ? -1 : 1));
  const pool: SamplerPool = {
    leaves: concatBytes(...order.map((index) => fromHex(hidden[index]!))),
    bodies: Uint16Array.from(order, (index) => entries[index]!.body),
  };
  if (!order.every((index, at) => pool.bodies[at] === entries[index]!.body)) throw invalidPool();
  requirePoolOrder(pool);
  return { pool, order };
}

function invalidPool(): TransparencyError {
  return new TransparencyError('SAMPLER_POOL_INVALID', {
    zh: '抽样人员名单不完整、未按升序排列，或有重复。',
    en: 'The pool of samplers is incomplete, not in ascending order, or one repeats.',
  });
}

function requirePoolOrder(pool: SamplerPool): void {
  if (!isStrictlyAscending(pool.leaves, DIGEST_BYTES)) throw invalidPool();
}

/** The pool as the bytes that its root is over: 34 bytes a row. */
export function encodePool(pool: SamplerPool): Uint8Array {
  const rows = new Uint8Array(pool.bodies.length * SAMPLER_ROW_BYTES);
  pool.bodies.forEach((body, index) => {
    rows.set(leafAt(pool.leaves, index), index * SAMPLER_ROW_BYTES);
    rows.set(uint16(body), index * SAMPLER_ROW_BYTES + DIGEST_BYTES);
  });
  return rows;
}

/**
 * The pool of its rows.
 * @throws TransparencyError SAMPLER_POOL_INVALID
 */
export function decodePool(rows: Uint8Array): SamplerPool {
  if (rows.length % SAMPLER_ROW_BYTES !== 0) throw invalidPool();
  const size = rows.length / SAMPLER_ROW_BYTES;
  const pool = { leaves: new Uint8Array(size * DIGEST_BYTES), bodies: new Uint16Array(size) };
  for (let index = 0; index < size; index += 1) {
    const at = index * SAMPLER_ROW_BYTES;
    pool.leaves.set(rows.subarray(at, at + DIGEST_BYTES), index * DIGEST_BYTES);
    pool.bodies[index] = rows[at + 32]! * 256 + rows[at + 33]!;
  }
  requirePoolOrder(pool);
  return pool;
}

/** Size and root of the pool of samplers. */
export function commitPool(pool: SamplerPool, hashing: Hashing = {}): CommittedSet {
  return {
    size: pool.bodies.length,
    root: toHex(rootOfRows(encodePool(pool), SAMPLER_ROW_BYTES, hasherOf(hashing))),
  };
}

/**
 * Size and root of the exclusions: each is H(tag ‖ salt ‖ leaf of the enterprise ‖ leaf of the sampler), and the root is
 * over these in ascending order.
 * @throws TransparencyError EXCLUSIONS_INVALID when an edge lies outside frame or pool
 */
export function commitExclusions(
  edges: readonly ExclusionEntry[],
  frameLeaves: Uint8Array,
  pool: SamplerPool,
  hashing: Hashing = {},
): CommittedSet {
  const hash = hashing.hash ?? hashOf(hashing.profile ?? 'sha256');
  const hidden = edges.map(({ position, sampler, salt }) => {
    const enterprise = leafAt(frameLeaves, position);
    const person = leafAt(pool.leaves, sampler);
    if (enterprise.length !== DIGEST_BYTES || person.length !== DIGEST_BYTES || salt.length !== SALT_BYTES) {
      throw new TransparencyError('EXCLUSIONS_INVALID', {
        zh: '回避关系指向名单之外的对象，或盐值不完整。',
        en: 'An exclusion points outside the frame or the pool, or its salt is incomplete.',
      });
    }
    return toHex(hash(concatBytes(EXCLUSION_TAG, salt, enterprise, person)));
  });
  const rows = fromHex(hidden.sort().join(''));
  return { size: edges.length, root: toHex(rootOfRows(rows, DIGEST_BYTES, hasherOf(hashing))) };
}

/**
 * A party's commitment to its secret of 32 random bytes: H(tag ‖ length of the name (2) ‖ name ‖ secret). With the name
 * inside, nobody can hand in a copy of another's commitment.
 */
export function secretCommitment(name: string, secret: Uint8Array, profile: HashProfile = 'sha256'): Uint8Array {
  const nameBytes = utf8(name);
  if (secret.length !== SALT_BYTES || nameBytes.length > 65_535) {
    throw new TransparencyError('SECRET_INVALID', {
      zh: `秘密数应为 ${SALT_BYTES} 字节。`,
      en: `A secret has ${SALT_BYTES} bytes.`,
    });
  }
  return hashOf(profile)(concatBytes(SECRET_TAG, uint16(nameBytes.length), nameBytes, secret));
}

/** Whether a revealed secret is the one that the party committed to. */
export function verifySecret(party: SecretParty, secret: Uint8Array, profile: HashProfile = 'sha256'): boolean {
  return (
    secret.length === SALT_BYTES && equalBytes(secretCommitment(party.name, secret, profile), fromHex(party.commitment))
  );
}

/**
 * The seed: H(tag ‖ commitment digest ‖ beacon randomness, where one is announced ‖ the secrets, in the order of the
 * parties). A missing secret makes the draw void: there is no seed without it.
 * @param randomness 32 bytes, or null exactly when the commitment announces no beacon
 * @throws TransparencyError DRAW_VOID
 */
export function drawSeed(
  commitment: DrawCommitment,
  randomness: Uint8Array | null,
  secrets: readonly Uint8Array[] = [],
): Uint8Array {
  const complete =
    (commitment.beacon === null) === (randomness === null) &&
    commitment.parties.length === secrets.length &&
    commitment.parties.every((party, index) => verifySecret(party, secrets[index]!, commitment.hash));
  if (!complete) {
    throw new TransparencyError('DRAW_VOID', {
      zh: '随机数来源不完整或与承诺不符：本次抽取作废，须重新公布承诺后再抽。',
      en: 'A source of randomness is missing or not what was committed to: the draw is void and must be announced anew.',
    });
  }
  const parts = randomness === null ? secrets : [randomness, ...secrets];
  return hashOf(commitment.hash)(concatBytes(SEED_TAG, commitmentDigest(commitment), ...parts));
}
