import { fromHex } from './bytes.ts';
import { TransparencyError } from './errors.ts';
import { sha256 } from './hashing.ts';

/** How a drand network signs its rounds. */
export type DrandScheme = 'bls-unchained-g1-rfc9380' | 'pedersen-bls-chained';

/** A drand network. `hash` identifies it; `genesis` is in Unix seconds, `period` in seconds; keys are hexadecimal. */
export interface DrandChain {
  readonly name: string;
  readonly hash: string;
  readonly publicKey: string;
  readonly genesis: number;
  readonly period: number;
  readonly scheme: DrandScheme;
}

/** One published round. Signatures in lower-case hexadecimal; the previous one only on a chained network. */
export interface BeaconRound {
  readonly round: number;
  readonly signature: string;
  readonly previousSignature?: string;
}

/** The League of Entropy's networks, as published at /{chain hash}/info of every relay. */
export const DRAND_CHAINS: readonly DrandChain[] = [
  {
    name: 'quicknet',
    hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
    publicKey:
      '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451' +
      '0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
    genesis: 1692803367,
    period: 3,
    scheme: 'bls-unchained-g1-rfc9380',
  },
  {
    name: 'default',
    hash: '8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce',
    publicKey: '868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31',
    genesis: 1595431050,
    period: 30,
    scheme: 'pedersen-bls-chained',
  },
];

/**
 * The chain of this name or hash.
 * @throws TransparencyError BEACON_CHAIN_UNKNOWN
 */
export function getChain(nameOrHash: string): DrandChain {
  const chain = DRAND_CHAINS.find(({ name, hash }) => name === nameOrHash || hash === nameOrHash);
  if (chain !== undefined) return chain;
  throw new TransparencyError('BEACON_CHAIN_UNKNOWN', {
    zh: '未知的随机信标链。',
    en: 'Unknown chain of the random beacon.',
  });
}

/**
 * The last round published at or before a time (Unix seconds).
 * @throws TransparencyError BEACON_BEFORE_GENESIS
 */
export function roundAt(unixSeconds: number, chain: DrandChain): number {
  if (!(unixSeconds >= chain.genesis)) {
    throw new TransparencyError('BEACON_BEFORE_GENESIS', {
      zh: '该时间早于随机信标的起始时间。',
      en: 'At that time the random beacon had not begun.',
    });
  }
  return Math.floor((unixSeconds - chain.genesis) / chain.period) + 1;
}

/**
 * When a round is published, in Unix seconds.
 * @throws TransparencyError BEACON_ROUND_INVALID
 */
export function timeOfRound(round: number, chain: DrandChain): number {
  if (!Number.isSafeInteger(round) || round < 1) {
    throw new TransparencyError('BEACON_ROUND_INVALID', {
      zh: '随机信标轮次应为正整数。',
      en: 'A round of the random beacon is a positive whole number.',
    });
  }
  return chain.genesis + (round - 1) * chain.period;
}

/** The randomness of a round: SHA-256 of its signature, whatever the draw's own hash is. */
export function beaconRandomness(signature: string): Uint8Array {
  return sha256(fromHex(signature));
}
