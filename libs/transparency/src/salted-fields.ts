import { concatBytes, domainTag, equalBytes, fromHex, toHex } from './bytes.ts';
import { canonicalBytes, type JsonValue } from './canonical-json.ts';
import { TransparencyError } from './errors.ts';
import { type HashProfile, hashOf } from './hashing.ts';
import { leafHash } from './merkle-tree.ts';

const FIELD_TAG = domainTag('hengjian-field-v1');
const FORMAT = 'hengjian-salted-fields-v1';

/** Bytes of a salt of this library: 256 random bits, so that no list of guesses can be tried against a digest. */
export const SALT_BYTES = 32;

/** One field of a committed record. Redaction deletes `salt` and `value`; the digest stays. */
export interface CommittedField {
  /** Lower-case hexadecimal. */
  readonly digest: string;
  /** 32 bytes in lower-case hexadecimal. */
  readonly salt?: string;
  readonly value?: JsonValue;
}

/** A record whose fields can be redacted one by one while the others stay verifiable. */
export interface CommittedRecord {
  readonly hash: HashProfile;
  readonly fields: Readonly<Record<string, CommittedField>>;
}

/** What became of each field of a record that is being verified. */
export type FieldOutcome = 'opened' | 'redacted' | 'mismatch';

/** 32 fresh random bytes from the platform's generator (browser and Node). */
export function randomSalt(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(SALT_BYTES));
}

/** One fresh salt for each field of a record. */
export function randomSalts(fields: Readonly<Record<string, unknown>>): Record<string, Uint8Array> {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, randomSalt()]));
}

function requireSalt(salt: Uint8Array | undefined, name: string): Uint8Array {
  if (salt?.length === SALT_BYTES) return salt;
  throw new TransparencyError('SALT_MISSING', {
    zh: `字段“${name}”缺少 ${SALT_BYTES} 字节的随机盐值。`,
    en: `Field "${name}" has no salt of ${SALT_BYTES} random bytes.`,
  });
}

function fieldDigest(name: string, value: JsonValue, salt: Uint8Array, profile: HashProfile): Uint8Array {
  return hashOf(profile)(concatBytes(FIELD_TAG, salt, canonicalBytes([name, value])));
}

/**
 * The content of the log leaf that stands for a record: the canonical JSON of its format, hash and field digests. It
 * holds names of fields and digests, never a value.
 */
export function leafContent(record: CommittedRecord): Uint8Array {
  const digests = Object.fromEntries(Object.entries(record.fields).map(([name, field]) => [name, field.digest]));
  return canonicalBytes({ fields: digests, format: FORMAT, hash: record.hash });
}

/** RFC 6962 leaf hash of {@link leafContent}, under the record's own hash. */
export function leafOf(record: CommittedRecord): Uint8Array {
  return leafHash(leafContent(record), hashOf(record.hash));
}

/**
 * Commits to each field by H("hengjian-field-v1" ‖ 0x00 ‖ salt ‖ canonical JSON of [name, value]) and to the record by
 * the leaf over these digests.
 * @throws TransparencyError SALT_MISSING, NOT_CANONICAL_JSON
 */
export function commitFields(
  fields: Readonly<Record<string, JsonValue>>,
  salts: Readonly<Record<string, Uint8Array>>,
  profile: HashProfile = 'sha256',
): { record: CommittedRecord; leaf: Uint8Array } {
  const committed = Object.entries(fields).map(([name, value]) => {
    const salt = requireSalt(salts[name], name);
    return [name, { digest: toHex(fieldDigest(name, value, salt, profile)), salt: toHex(salt), value }] as const;
  });
  const record: CommittedRecord = { hash: profile, fields: Object.fromEntries(committed) };
  return { record, leaf: leafOf(record) };
}

/** The record with salt and value of the named fields deleted. The leaf stays the same. */
export function redact(record: CommittedRecord, names: readonly string[]): CommittedRecord {
  const fields = Object.entries(record.fields).map(([name, field]): [string, CommittedField] => [
    name,
    names.includes(name) ? { digest: field.digest } : field,
  ]);
  return { hash: record.hash, fields: Object.fromEntries(fields) };
}

function outcomeOf(name: string, field: CommittedField, profile: HashProfile): FieldOutcome {
  if (field.salt === undefined && field.value === undefined) return 'redacted';
  if (field.salt === undefined || field.value === undefined) return 'mismatch';
  try {
    const salt = requireSalt(fromHex(field.salt), name);
    return toHex(fieldDigest(name, field.value, salt, profile)) === field.digest ? 'opened' : 'mismatch';
  } catch {
    // A malformed salt or value is one that does not match; the caller gets an answer, not an exception
    return 'mismatch';
  }
}

/**
 * Checks every field that is still there against its digest, and the digests against the leaf in the log. A field has
 * either both salt and value or neither.
 */
export function verifyRedacted(
  record: CommittedRecord,
  leaf: Uint8Array,
): { ok: boolean; fields: Record<string, FieldOutcome> } {
  const outcomes = Object.entries(record.fields).map(
    ([name, field]) => [name, outcomeOf(name, field, record.hash)] as const,
  );
  const fieldsHold = outcomes.every(([, outcome]) => outcome !== 'mismatch');
  return { ok: fieldsHold && equalBytes(leafOf(record), leaf), fields: Object.fromEntries(outcomes) };
}
