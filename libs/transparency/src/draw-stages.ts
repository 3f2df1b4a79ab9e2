import { type BeaconRound, beaconRandomness } from './beacon.ts';
import { fromHex, toHex } from './bytes.ts';
import type { JsonValue } from './canonical-json.ts';
import {
  buildSamplerPool,
  commitExclusions,
  commitmentDigest,
  commitPool,
  type DrawCommitment,
  decodePool,
  drawSeed,
  encodePool,
  type SecretParty,
} from './commitment.ts';
import { type DrawBundle, frameRowsOf, type OpenedExclusion, type OpenedRecord } from './draw-bundle.ts';
import { TransparencyError } from './errors.ts';
import { buildFrame, decodeFrame, frameRoot, frameSize } from './frame.ts';
import type { HashProfile } from './hashing.ts';
import { type Pairing, pairSamplersWith, type TeamRule } from './pairing.ts';
import { randomSalt } from './salted-fields.ts';
import { drawWith, type StratumSize, taskOrder } from './selection.ts';

/** Whom the draw is about, in plain objects: for frames that fit in memory as such. */
export interface DrawRequest {
  readonly id: string;
  /** UTC, to the second. */
  readonly committedAt: string;
  readonly hash?: HashProfile;
  readonly enterprises: readonly { readonly record: JsonValue; readonly stratum: number; readonly weight: number }[];
  readonly strata: readonly StratumSize[];
  readonly samplers?: {
    readonly team: TeamRule;
    readonly people: readonly { readonly record: JsonValue; readonly body: number }[];
    /** Pairs of indices into `enterprises` and `people` that must not meet. */
    readonly exclusions: readonly { readonly enterprise: number; readonly person: number }[];
  };
  readonly beacon?: { readonly chain: string; readonly round: number };
  readonly parties?: readonly SecretParty[];
  readonly replaces?: string;
}

/** What the organiser keeps under seal until the opening: everything that gives names to leaves. Plain JSON. */
export interface SealedDraw {
  /** By frame position. */
  readonly leaves: readonly { readonly salt: string; readonly record: JsonValue }[];
  readonly samplers: {
    readonly poolRows: string;
    /** By pool index. */
    readonly people: readonly { readonly salt: string; readonly record: JsonValue; readonly body: number }[];
    readonly exclusions: readonly OpenedExclusion[];
  } | null;
}

function inverse(order: readonly number[]): number[] {
  const positions = new Array<number>(order.length);
  order.forEach((entry, position) => {
    positions[entry] = position;
  });
  return positions;
}

function sealSamplers(
  { team, people, exclusions }: NonNullable<DrawRequest['samplers']>,
  leaves: Uint8Array,
  positionOf: readonly number[],
  profile: HashProfile,
): { committed: Pick<DrawCommitment, 'samplers' | 'exclusions'>; sealed: NonNullable<SealedDraw['samplers']> } {
  const salted = people.map((person) => ({ ...person, salt: randomSalt() }));
  const { pool, order } = buildSamplerPool(salted, profile);
  const indexOf = inverse(order);
  const edges = exclusions.map(({ enterprise, person }) => ({
    position: positionOf[enterprise] ?? -1,
    sampler: indexOf[person] ?? -1,
    salt: randomSalt(),
  }));
  const hashing = { profile };
  return {
    committed: {
      samplers: { ...commitPool(pool, hashing), team },
      exclusions: commitExclusions(edges, leaves, pool, hashing),
    },
    sealed: {
      poolRows: toHex(encodePool(pool)),
      people: order.map((index) => {
        const { salt, record, body } = salted[index]!;
        return { salt: toHex(salt), record, body };
      }),
      exclusions: edges.map((edge) => ({ ...edge, salt: toHex(edge.salt) })),
    },
  };
}

/**
 * Hides everybody behind fresh salts and commits. `bundle` is to be published at once; `sealed` stays with the
 * organiser until the opening.
 * @throws TransparencyError FRAME_INVALID, SAMPLER_POOL_INVALID, EXCLUSIONS_INVALID, NOT_CANONICAL_JSON
 */
export function announceDraw(request: DrawRequest): { bundle: DrawBundle; sealed: SealedDraw } {
  const profile = request.hash ?? 'sha256';
  const entries = request.enterprises.map((enterprise) => ({ ...enterprise, salt: randomSalt() }));
  const { frame, order } = buildFrame(entries, profile);
  const samplers =
    request.samplers === undefined ? undefined : sealSamplers(request.samplers, frame.leaves, inverse(order), profile);
  const commitment: DrawCommitment = {
    format: 'hengjian-draw-v1',
    hash: profile,
    id: request.id,
    committedAt: request.committedAt,
    frame: { size: frameSize(frame), root: toHex(frameRoot(frame, { profile })) },
    strata: request.strata,
    samplers: samplers?.committed.samplers ?? null,
    exclusions: samplers?.committed.exclusions ?? null,
    beacon: request.beacon ?? null,
    parties: request.parties ?? [],
    replaces: request.replaces ?? null,
  };
  const bundle: DrawBundle = {
    format: 'hengjian-draw-bundle-v1',
    commitment,
    commitmentDigest: toHex(commitmentDigest(commitment)),
    frameRows: frameRowsOf(frame),
    publication: null,
    result: null,
    opening: null,
  };
  const leaves = order.map((index) => ({ salt: toHex(entries[index]!.salt), record: entries[index]!.record }));
  return { bundle, sealed: { leaves, samplers: samplers?.sealed ?? null } };
}

function seedOf(commitment: DrawCommitment, beacon: BeaconRound | null, secrets: readonly string[]): Uint8Array {
  const randomness = beacon === null ? null : beaconRandomness(beacon.signature);
  return drawSeed(commitment, randomness, secrets.map(fromHex));
}

/**
 * The drawn bundle, once the beacon round is out and the secrets are revealed. The round's signature is checked by
 * `verifyDraw`, not here.
 * @throws TransparencyError DRAW_VOID, STRATUM_SIZES_INVALID
 */
export function resolveDraw(
  bundle: DrawBundle,
  source: { readonly beacon?: BeaconRound; readonly secrets?: readonly string[] },
): DrawBundle {
  const beacon = source.beacon ?? null;
  const secrets = source.secrets ?? [];
  const { commitment } = bundle;
  const seed = seedOf(commitment, beacon, secrets);
  const frame = decodeFrame(fromHex(bundle.frameRows));
  const selection = drawWith({ profile: commitment.hash })(frame, commitment.strata, seed);
  return { ...bundle, result: { beacon, secrets, selection } };
}

function notYet(): TransparencyError {
  return new TransparencyError('DRAW_NOT_READY', {
    zh: '尚未抽取，或本次抽取不含抽样人员。',
    en: 'Nothing has been drawn yet, or this draw has no samplers.',
  });
}

/**
 * Who visits whom: known to the organiser as soon as the leaves are drawn, public only with the opening.
 * @throws TransparencyError DRAW_NOT_READY
 */
export function pairDrawn(bundle: DrawBundle, sealed: SealedDraw): Pairing {
  const { commitment, result } = bundle;
  if (result === null || sealed.samplers === null || commitment.samplers === null) throw notYet();
  const { poolRows, exclusions } = sealed.samplers;
  return pairSamplersWith({ profile: commitment.hash })({
    seed: seedOf(commitment, result.beacon, result.secrets),
    tasks: taskOrder(result.selection),
    pool: decodePool(fromHex(poolRows)),
    exclusions: {
      positions: Uint32Array.from(exclusions, ({ position }) => position),
      samplers: Uint32Array.from(exclusions, ({ sampler }) => sampler),
    },
    team: commitment.samplers.team,
  });
}

/**
 * The opened bundle: records and salts of the drawn leaves and of the reserves that were called on, and the samplers.
 * @param options.reserves how many reserves each stratum called on, by stratum code; none where absent
 * @param options.exclusions true only for an auditor, a reconsideration body or a court
 * @throws TransparencyError DRAW_NOT_READY
 */
export function openDraw(
  bundle: DrawBundle,
  sealed: SealedDraw,
  options: { readonly reserves?: Readonly<Record<number, number>>; readonly exclusions?: boolean } = {},
): DrawBundle {
  const { result } = bundle;
  if (result === null) throw notYet();
  const positions = result.selection.flatMap(({ stratum, drawn, reserve }) => [
    ...drawn,
    ...reserve.slice(0, options.reserves?.[stratum] ?? 0),
  ]);
  const leaves = positions.map((index): OpenedRecord => ({ index, ...sealed.leaves[index]! }));
  if (sealed.samplers === null) return { ...bundle, opening: { leaves, pairing: null } };
  const { pairs, impossible } = pairDrawn(bundle, sealed);
  const named = new Set(pairs.flatMap(({ samplers }) => samplers));
  const samplers = [...named]
    .sort((a, b) => a - b)
    .map((index): OpenedRecord => {
      const { salt, record } = sealed.samplers!.people[index]!;
      return { index, salt, record };
    });
  const { poolRows, exclusions } = sealed.samplers;
  const opened = options.exclusions === true ? exclusions : null;
  return { ...bundle, opening: { leaves, pairing: { poolRows, samplers, pairs, impossible, exclusions: opened } } };
}
