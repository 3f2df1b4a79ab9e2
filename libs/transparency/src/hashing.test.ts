import { createHash, getHashes, hash as nodeHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from './bytes.ts';
import { type Hash, type HashProfile, hashOf, sha256, shortHasher, sm3 } from './hashing.ts';

const abcd16 = 'abcd'.repeat(16);

describe('hash profiles', () => {
  it('SM3 gives the two examples of GB/T 32905-2016, annex A', () => {
    expect(toHex(sm3(utf8('abc')))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(toHex(sm3(utf8(abcd16)))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
  });

  it('SHA-256 gives the examples of FIPS 180-4', () => {
    expect(toHex(sha256(utf8('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(toHex(sha256(utf8('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')))).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
  });

  it.skipIf(!getHashes().includes('sm3'))('SM3 agrees with OpenSSL on messages of every length', () => {
    for (let length = 0; length < 200; length += 1) {
      const bytes = new Uint8Array(length).map((_, index) => index * 7 + length);
      expect(toHex(sm3(bytes))).toBe(createHash('sm3').update(bytes).digest('hex'));
    }
  });

  it.each<HashProfile>(['sha256', 'sm3'])(
    'the short-message hasher of %s agrees with the full one, and with an injected hash',
    (profile) => {
      const hash = hashOf(profile);
      const builtIn = shortHasher(profile);
      const injected = shortHasher(profile, hash);
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 119 }), (bytes) => {
          const expected = toHex(hash(bytes));
          for (const hasher of [builtIn, injected]) {
            const digest = new Uint8Array(40);
            hasher.message.set(bytes);
            hasher.digestInto(bytes.length, digest, 5);
            expect(toHex(digest.subarray(5, 37))).toBe(expected);
            const first = hasher.words[0]!.toString(16).padStart(8, '0');
            expect(first).toBe(expected.slice(0, 8));
          }
        }),
        { seed: 180, numRuns: 300 },
      );
    },
  );

  it('the built-in SHA-256 gives the bits of node:crypto', () => {
    const openssl: Hash = (bytes) => nodeHash('sha256', bytes, 'buffer');
    const hasher = shortHasher('sha256');
    for (let length = 0; length < 120; length += 1) {
      hasher.message.set(new Uint8Array(length).fill(length));
      const digest = new Uint8Array(32);
      hasher.digestInto(length, digest, 0);
      expect(toHex(digest)).toBe(toHex(openssl(new Uint8Array(length).fill(length))));
    }
  });
});
