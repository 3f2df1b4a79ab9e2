import type { BeaconRound } from './beacon.ts';
import { toHex } from './bytes.ts';
import { canonicalJson, type JsonValue } from './canonical-json.ts';
import type { DrawCommitment, SecretParty } from './commitment.ts';
import { TransparencyError } from './errors.ts';
import { encodeFrame, type Frame } from './frame.ts';
import type { SamplerPair } from './pairing.ts';
import type { CommittedField, CommittedRecord } from './salted-fields.ts';
import type { StratumSelection, StratumSize } from './selection.ts';

/** Proof that the commitment stands in the public log: a record whose opened field `commitment` is its digest. */
export interface Publication {
  /** A signed note, see `signTreeHead`. */
  readonly treeHead: string;
  readonly leafIndex: number;
  /** Audit path, lower-case hexadecimal, the leaf's sibling first. */
  readonly proof: readonly string[];
  readonly record: CommittedRecord;
}

/** What is known once the beacon round is out: the sources of the seed and the leaves drawn. It names nobody. */
export interface DrawResult {
  readonly beacon: BeaconRound | null;
  /** Revealed secrets (32 bytes, lower-case hexadecimal) in the order of the commitment's parties. */
  readonly secrets: readonly string[];
  readonly selection: readonly StratumSelection[];
}

/** A record with the salt that ties it to its leaf. `index` is a frame position or a pool index. */
export interface OpenedRecord {
  readonly index: number;
  /** 32 bytes, lower-case hexadecimal. */
  readonly salt: string;
  readonly record: JsonValue;
}

/** An excluded pair of frame position and sampler, with the salt that opens its commitment (lower-case hexadecimal). */
export interface OpenedExclusion {
  readonly position: number;
  readonly sampler: number;
  readonly salt: string;
}

/** The samplers of an opened draw. `poolRows`: 34 bytes a sampler, lower-case hexadecimal. */
export interface OpenedPairing {
  readonly poolRows: string;
  readonly samplers: readonly OpenedRecord[];
  readonly pairs: readonly SamplerPair[];
  readonly impossible: readonly number[];
  /** Opened to an auditor, a reconsideration body or a court; null for everybody else. */
  readonly exclusions: readonly OpenedExclusion[] | null;
}

/** What is told when every task of the round is sampled, unsampled or cancelled. */
export interface Opening {
  readonly leaves: readonly OpenedRecord[];
  readonly pairing: OpenedPairing | null;
}

/**
 * A draw as a file: plain JSON, bytes in lower-case hexadecimal. `result` is null until the beacon round, `opening`
 * until the visits are over; before the opening nothing in it names anybody.
 */
export interface DrawBundle {
  readonly format: 'hengjian-draw-bundle-v1';
  readonly commitment: DrawCommitment;
  readonly commitmentDigest: string;
  /** 35 bytes a leaf: leaf, stratum, weight class. */
  readonly frameRows: string;
  readonly publication: Publication | null;
  readonly result: DrawResult | null;
  readonly opening: Opening | null;
}

/** How much of a draw a bundle tells. */
export type DrawStage = 'announced' | 'drawn' | 'opened' | 'audited';

/** The stage that a bundle has reached, by what it holds. */
export function stageOf(bundle: DrawBundle): DrawStage {
  if (bundle.result === null) return 'announced';
  if (bundle.opening === null) return 'drawn';
  return bundle.opening.pairing?.exclusions ? 'audited' : 'opened';
}

/** The rows of a frame as a bundle holds them. */
export function frameRowsOf(frame: Frame): string {
  return toHex(encodeFrame(frame));
}

type Fields = Readonly<Record<string, unknown>>;
type Reader<T> = (value: unknown, path: string) => T;

function refuse(path: string): never {
  throw new TransparencyError('BUNDLE_MALFORMED', {
    zh: `抽取文件格式不正确：${path}。`,
    en: `The file of the draw is malformed at ${path}.`,
  });
}

function fieldsOf(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(path);
  return value as Fields;
}

const text: Reader<string> = (value, path) => (typeof value === 'string' ? value : refuse(path));
const hex: Reader<string> = (value, path) =>
  typeof value === 'string' && value.length % 2 === 0 && !/[^0-9a-f]/.test(value) ? value : refuse(path);
const count: Reader<number> = (value, path) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : refuse(path);
const json: Reader<JsonValue> = (value) => JSON.parse(canonicalJson(value)) as JsonValue;

function oneOf<T extends string>(...allowed: readonly T[]): Reader<T> {
  return (value, path) => allowed.find((candidate) => candidate === value) ?? refuse(path);
}

function listOf<T>(read: Reader<T>): Reader<T[]> {
  return (value, path) =>
    Array.isArray(value) ? value.map((item: unknown, index) => read(item, `${path}[${index}]`)) : refuse(path);
}

function nullable<T>(read: Reader<T>): Reader<T | null> {
  return (value, path) => (value === null ? null : read(value, path));
}

/** Reads an object of exactly these members: an unknown one is refused, since it might smuggle in a name. */
function shape<T>(readers: { readonly [K in keyof T]: Reader<T[K]> }, optional: readonly (keyof T)[] = []): Reader<T> {
  const keys = Object.keys(readers) as (keyof T & string)[];
  return (value, path) => {
    const fields = fieldsOf(value, path);
    for (const key of Object.keys(fields)) if (!keys.includes(key as keyof T & string)) refuse(`${path}.${key}`);
    const entries = keys
      .filter((key) => !(optional.includes(key) && fields[key] === undefined))
      .map((key) => [key, readers[key](fields[key], `${path}.${key}`)] as const);
    return Object.fromEntries(entries) as T;
  };
}

const committedSet = shape<{ size: number; root: string }>({ size: count, root: hex });
const sizes = shape<StratumSize>({ code: count, sample: count, reserve: count });
const party = shape<SecretParty>({ name: text, commitment: hex });

const commitment = shape<DrawCommitment>({
  format: oneOf('hengjian-draw-v1'),
  hash: oneOf('sha256', 'sm3'),
  id: text,
  committedAt: text,
  frame: committedSet,
  strata: listOf(sizes),
  samplers: nullable(
    shape<NonNullable<DrawCommitment['samplers']>>({ size: count, root: hex, team: oneOf('any', 'same-body') }),
  ),
  exclusions: nullable(committedSet),
  beacon: nullable(shape<NonNullable<DrawCommitment['beacon']>>({ chain: hex, round: count })),
  parties: listOf(party),
  replaces: nullable(hex),
});

const fieldMap: Reader<CommittedRecord['fields']> = (value, path) => {
  const read = shape<CommittedField>({ digest: hex, salt: hex, value: json }, ['salt', 'value']);
  const entries = Object.entries(fieldsOf(value, path));
  return Object.fromEntries(entries.map(([name, field]) => [name, read(field, `${path}.${name}`)]));
};

const publication = shape<Publication>({
  treeHead: text,
  leafIndex: count,
  proof: listOf(hex),
  record: shape<CommittedRecord>({ hash: oneOf('sha256', 'sm3'), fields: fieldMap }),
});

const result = shape<DrawResult>({
  beacon: nullable(shape<BeaconRound>({ round: count, signature: hex, previousSignature: hex }, ['previousSignature'])),
  secrets: listOf(hex),
  selection: listOf(shape<StratumSelection>({ stratum: count, drawn: listOf(count), reserve: listOf(count) })),
});

const twoSamplers: Reader<readonly [number, number]> = (value, path) => {
  const [first, second, ...more] = listOf(count)(value, path);
  return first === undefined || second === undefined || more.length > 0 ? refuse(path) : [first, second];
};

const openedRecord = shape<OpenedRecord>({ index: count, salt: hex, record: json });

const pairing = shape<OpenedPairing>({
  poolRows: hex,
  samplers: listOf(openedRecord),
  pairs: listOf(shape<SamplerPair>({ position: count, samplers: twoSamplers })),
  impossible: listOf(count),
  exclusions: nullable(listOf(shape<OpenedExclusion>({ position: count, sampler: count, salt: hex }))),
});

const bundle = shape<DrawBundle>({
  format: oneOf('hengjian-draw-bundle-v1'),
  commitment,
  commitmentDigest: hex,
  frameRows: hex,
  publication: nullable(publication),
  result: nullable(result),
  opening: nullable(shape<Opening>({ leaves: listOf(openedRecord), pairing: nullable(pairing) })),
});

/**
 * The bundle in a parsed JSON value. Only its form is checked here; `verifyDraw` checks what it says.
 * @throws TransparencyError BUNDLE_MALFORMED, NOT_CANONICAL_JSON
 */
export function parseBundle(value: unknown): DrawBundle {
  return bundle(value, '$');
}
