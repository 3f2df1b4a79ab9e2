import type { Transaction } from '@hengjian/kernel';
import {
  concatBytes,
  encodePool,
  type Frame,
  frameLeaf,
  frameRoot,
  fromHex,
  type HashProfile,
  type SamplerPool,
  type SealedDraw,
  toHex,
} from '@hengjian/transparency';
import { firmRecord, type SealedSchema } from './frame.ts';

/** One leaf with what it hides. */
export interface SealedLeaf {
  leaf: string;
  salt: string;
  stratum: number;
  weight: number;
  enterprise: string;
  name: string;
  publicName: string;
  code: string | null;
  region: string;
}

/** One sampler of the pool, at his pool index. */
export interface SealedSampler {
  leaf: string;
  salt: string;
  body: number;
  person: string;
  name: string;
  organisation: string;
  organisationName: string;
}

export interface SealedExclusion {
  position: number;
  sampler: number;
  salt: string;
  /** For the auditor; null for those who carry out the draw. */
  reason: string | null;
}

/** Everything that gives names to a draw, as far as the reader may see the draw at all. */
export interface Sealed {
  leaves: SealedLeaf[];
  samplers: SealedSampler[];
  exclusions: SealedExclusion[];
}

export async function readLeaves(
  sql: Transaction,
  draw: string,
  schema: SealedSchema = 'sampling',
): Promise<SealedLeaf[]> {
  return sql.query<SealedLeaf>(
    `select encode(leaf, 'hex') as leaf, encode(salt, 'hex') as salt, stratum, weight, enterprise, name, public_name as "publicName", code, region
     from ${schema}.frame_entry where draw = $1 order by position`,
    [draw],
  );
}

export async function readSealed(sql: Transaction, draw: string, schema: SealedSchema = 'sampling'): Promise<Sealed> {
  const leaves = await readLeaves(sql, draw, schema);
  const samplers = await sql.query<SealedSampler>(
    `select encode(leaf, 'hex') as leaf, encode(salt, 'hex') as salt, body, person, name, organisation, organisation_name as "organisationName"
     from ${schema}.pool_entry where draw = $1 order by position`,
    [draw],
  );
  const exclusions = await sql.query<SealedExclusion>(
    `select position, sampler, salt, reason from ${schema}.exclusions_of($1)`,
    [draw],
  );
  return { leaves, samplers, exclusions };
}

/** The public side of the leaves. */
export function frameOf(leaves: readonly SealedLeaf[]): Frame {
  return {
    leaves: concatBytes(...leaves.map(({ leaf }) => fromHex(leaf))),
    strata: Uint16Array.from(leaves, ({ stratum }) => stratum),
    weights: Uint8Array.from(leaves, ({ weight }) => weight),
  };
}

/** Whether a name is the one that was masked: masking keeps the length. */
function isMaskOf(masked: string, name: string): boolean {
  const [shown, whole] = [Array.from(masked), Array.from(name)];
  return shown.length === whole.length && shown.every((character, at) => character === '*' || character === whole[at]);
}

/** Whether the stored frame is still the one committed to: its root, and behind every leaf the firm that it hides. */
export function isUnchanged(leaves: readonly SealedLeaf[], root: string, hash: HashProfile): boolean {
  if (toHex(frameRoot(frameOf(leaves), { profile: hash })) !== root) return false;
  return leaves.every(
    (entry) =>
      isMaskOf(entry.publicName, entry.name) &&
      toHex(frameLeaf(firmRecord(entry), fromHex(entry.salt), hash)) === entry.leaf,
  );
}

export function poolOf(samplers: readonly SealedSampler[]): SamplerPool {
  return {
    leaves: concatBytes(...samplers.map(({ leaf }) => fromHex(leaf))),
    bodies: Uint16Array.from(samplers, ({ body }) => body),
  };
}

/** A sampler as the opening names him. */
export const samplerRecord = ({ name, organisationName }: Pick<SealedSampler, 'name' | 'organisationName'>) => ({
  name,
  organisation: organisationName,
});

/** The sealed side in the form of the library that resolves and opens draws. */
export function sealedDraw({ leaves, samplers, exclusions }: Sealed): SealedDraw {
  return {
    leaves: leaves.map((entry) => ({ salt: entry.salt, record: { ...firmRecord(entry) } })),
    samplers: {
      poolRows: toHex(encodePool(poolOf(samplers))),
      people: samplers.map((one) => ({ salt: one.salt, record: samplerRecord(one), body: one.body })),
      exclusions: exclusions.map(({ position, sampler, salt }) => ({ position, sampler, salt })),
    },
  };
}
