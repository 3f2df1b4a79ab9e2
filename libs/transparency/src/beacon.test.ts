import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { beaconRandomness, type DrandChain, type DrandScheme, getChain, roundAt, timeOfRound } from './beacon.ts';
import { verifyBeacon } from './beacon-signature.ts';
import { concatBytes, fromHex, toHex, uint64, utf8 } from './bytes.ts';
import { sha256 } from './hashing.ts';

interface DrandCase {
  id: string;
  method: string;
  inputs: {
    chain?: string;
    round?: number;
    genesis?: number;
    period?: number;
    unixTime?: number;
    publicKeyHex?: string;
    signatureHex?: string;
    previousSignatureHex?: string;
    scheme?: DrandScheme;
  };
  expected: { valid?: boolean; randomness?: string; round?: number; unixTime?: number; error?: boolean };
}
const { cases } = JSON.parse(readFileSync(new URL('../fixtures/drand.json', import.meta.url), 'utf8')) as {
  cases: DrandCase[];
};
const of = (method: string) => cases.filter((vector) => vector.method === method);

function chainOf({ inputs }: DrandCase): DrandChain {
  const chain = getChain(inputs.chain ?? 'quicknet');
  const { publicKeyHex, scheme, genesis, period } = inputs;
  return {
    ...chain,
    publicKey: publicKeyHex ?? chain.publicKey,
    scheme: scheme ?? chain.scheme,
    genesis: genesis ?? chain.genesis,
    period: period ?? chain.period,
  };
}

function flip(hex: string): string {
  return `${hex.slice(0, 20)}${hex[20] === '0' ? '1' : '0'}${hex.slice(21)}`;
}

describe('the drand beacon', () => {
  it.each(of('draw.drand_verify_bls'))('signature $id', (vector) => {
    const { round = 0, signatureHex = '', previousSignatureHex } = vector.inputs;
    const published = { round, signature: signatureHex, previousSignature: previousSignatureHex };
    expect(verifyBeacon(chainOf(vector), published)).toBe(true);
    expect(verifyBeacon(chainOf(vector), { ...published, round: round + 1 })).toBe(false);
    expect(verifyBeacon(chainOf(vector), { ...published, signature: flip(signatureHex) })).toBe(false);
    expect(verifyBeacon(chainOf(vector), { ...published, signature: 'xyz' })).toBe(false);
    if (vector.expected.randomness !== undefined) {
      expect(toHex(beaconRandomness(signatureHex))).toBe(vector.expected.randomness);
    }
  });

  it('a chained round does not verify without the signature before it', () => {
    const vector = of('draw.drand_verify_bls').find(({ id }) => id === 'default.round-1')!;
    const { round = 0, signatureHex = '', previousSignatureHex = '' } = vector.inputs;
    expect(verifyBeacon(chainOf(vector), { round, signature: signatureHex })).toBe(false);
    const forged = { round, signature: signatureHex, previousSignature: flip(previousSignatureHex) };
    expect(verifyBeacon(chainOf(vector), forged)).toBe(false);
  });

  it.each(of('draw.drand_randomness'))('randomness $id', ({ inputs, expected }) => {
    expect(toHex(beaconRandomness(inputs.signatureHex!))).toBe(expected.randomness);
  });

  it.each(of('draw.drand_round_at'))('round at a time: $id', (vector) => {
    const ask = () => roundAt(vector.inputs.unixTime!, chainOf(vector));
    if (vector.expected.error) expect(ask).toThrow(expect.objectContaining({ code: 'BEACON_BEFORE_GENESIS' }));
    else expect(ask()).toBe(vector.expected.round);
  });

  it.each(of('draw.drand_round_time'))('time of a round: $id', (vector) => {
    expect(timeOfRound(vector.inputs.round!, chainOf(vector))).toBe(vector.expected.unixTime);
  });

  it.each([
    ['quicknet', 'f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e', 'quicknet'],
    ['default', '176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a', ''],
  ])('the built-in constants of %s hash to the chain hash that identifies it', (name, groupHash, beaconId) => {
    const chain = getChain(name);
    const period = uint64(chain.period).subarray(4);
    const described = concatBytes(period, uint64(chain.genesis), fromHex(chain.publicKey), fromHex(groupHash));
    expect(toHex(sha256(concatBytes(described, utf8(beaconId))))).toBe(chain.hash);
    expect(getChain(chain.hash)).toBe(chain);
  });

  it('an unknown chain and a round 0 are refused', () => {
    expect(() => getChain('fastnet')).toThrow(expect.objectContaining({ code: 'BEACON_CHAIN_UNKNOWN' }));
    expect(() => timeOfRound(0, getChain('quicknet'))).toThrow(
      expect.objectContaining({ code: 'BEACON_ROUND_INVALID' }),
    );
  });
});
