import { beaconRandomness, type DrandChain, type DrandScheme, roundAt, timeOfRound } from './beacon.ts';
import { verifyBeacon } from './beacon-signature.ts';
import { toHex, utf8 } from './bytes.ts';
import { consistentSample } from './consistent-sampling.ts';
import {
  auditIntegers,
  boundedIntegers,
  hashUniform,
  partialShuffle,
  weightedSample,
  weightedSampleOf,
} from './hash-sampling.ts';
import { sha256 } from './hashing.ts';

type Inputs = Readonly<Record<string, unknown>>;

function digest(text: string): string {
  return toHex(sha256(utf8(text)));
}

/** `ENT-0001..ENT-0200`, with `even-numbered ids of` before it for every second. */
function idsOf(pattern: string): string[] {
  const [, from = '', to = ''] = /([A-Z]+-\d+)\.\.([A-Z]+-\d+)/.exec(pattern) ?? [];
  const [prefix = '', first = ''] = from.split('-');
  const last = Number(to.split('-')[1]);
  const numbers = Array.from({ length: last - Number(first) + 1 }, (_, i) => Number(first) + i);
  return numbers
    .filter((number) => !pattern.startsWith('even') || number % 2 === 0)
    .map((number) => `${prefix}-${String(number).padStart(first.length, '0')}`);
}

/** The frame given, or made by the rule `(i mod m)+c` with i from 1. */
function frameOf(inputs: Inputs): { id: string; weight: number }[] {
  const given = inputs.frame as { id: string; w: number }[] | undefined;
  if (given !== undefined) return given.map(({ id, w }) => ({ id, weight: w }));
  const [, modulus, add] = /\(i mod (\d+)\)\+([\d.]+)/.exec(inputs.weightRule as string) ?? [];
  return idsOf(inputs.idPattern as string).map((id, i) => ({ id, weight: ((i + 1) % Number(modulus)) + Number(add) }));
}

/** A chain of which only what the case names is known. */
function chainOf(known: Partial<DrandChain>): DrandChain {
  return { name: '', hash: '', publicKey: '', genesis: 0, period: 1, scheme: 'bls-unchained-g1-rfc9380', ...known };
}

/**
 * Reference-vector methods of random draws (file 05c). Commitment, seed and frame digest are the files' own layouts, which
 * need the hash alone; the platform's are in DRAW.md.
 */
export const drawVectors: Readonly<Record<string, (inputs: Inputs) => unknown>> = {
  'draw.sha256': ({ utf8: text }) => ({ hex: digest(text as string) }),
  'draw.sha256_counter_mod': (inputs) => {
    const { seed, count, modulus } = inputs as { seed: string; count: number; modulus: number };
    return { values: auditIntegers(seed, modulus, count) };
  },
  'draw.consistent_sampler': (inputs) => {
    const { ids, idPattern, seed, take, withReplacement } = inputs as unknown as {
      ids?: string[];
      idPattern?: string;
      seed: string;
      take: number;
      withReplacement: boolean;
    };
    const drawn = consistentSample(ids ?? idsOf(idPattern ?? ''), seed, take, { withReplacement });
    return { ids: drawn.map(({ id }) => id), tickets: drawn.map(({ ticket }) => ticket) };
  },
  'draw.drand_randomness': (inputs) => ({ randomness: toHex(beaconRandomness(inputs.signatureHex as string)) }),
  'draw.drand_verify_bls': (inputs) => {
    const { round, publicKeyHex, signatureHex, previousSignatureHex, scheme } = inputs as unknown as {
      round: number;
      publicKeyHex: string;
      signatureHex: string;
      previousSignatureHex?: string;
      scheme: DrandScheme;
    };
    const previous = previousSignatureHex === undefined ? {} : { previousSignature: previousSignatureHex };
    const chain = chainOf({ publicKey: publicKeyHex, scheme });
    return { valid: verifyBeacon(chain, { round, signature: signatureHex, ...previous }) };
  },
  'draw.drand_round_at': (inputs) => {
    const { genesis, period, unixTime } = inputs as { genesis: number; period: number; unixTime: number };
    return { round: roundAt(unixTime, chainOf({ genesis, period })) };
  },
  'draw.drand_round_time': (inputs) => {
    const { genesis, period, round } = inputs as { genesis: number; period: number; round: number };
    return { unixTime: timeOfRound(round, chainOf({ genesis, period })) };
  },
  'draw.commit_reveal': ({ nonce, secret }) => ({ commitment: digest(`${nonce as string}|${secret as string}`) }),
  'draw.commit_verify': ({ nonce, secret, commitment }) => ({
    valid: digest(`${nonce as string}|${secret as string}`) === commitment,
  }),
  'draw.seed_combine': ({ parts }) => ({ seed: digest((parts as string[]).join('|')) }),
  'draw.weighted_es': (inputs) => {
    const { seed, k } = inputs as { seed: string; k: number };
    const drawn = weightedSample(frameOf(inputs), seed, k);
    return { ids: drawn.map(({ id }) => id), keys: drawn.map(({ key }) => key) };
  },
  'draw.weighted_es_given_u': (inputs) => {
    const { u, w, k } = inputs as unknown as { u: number[]; w: number[]; k: number };
    return weightedSampleOf(u, w, k);
  },
  'draw.hash_uniform': (inputs) => {
    const { seed, id } = inputs as { seed: string; id: string };
    return { u: hashUniform(seed, id) };
  },
  'draw.bounded_int': (inputs) => {
    const { seed, m, count } = inputs as { seed: string; m: number; count: number };
    return { values: boundedIntegers(seed, m, count) };
  },
  'draw.fisher_yates': (inputs) => {
    const { seed, n, k } = inputs as { seed: string; n: number; k: number };
    return { indices: partialShuffle(seed, n, k) };
  },
  'draw.frame_digest': ({ lines }) => ({ hex: digest((lines as string[]).join('\n')) }),
};
