import { bls12_381 } from '@noble/curves/bls12-381.js';
import type { BeaconRound, DrandChain } from './beacon.ts';
import { concatBytes, fromHex, uint64 } from './bytes.ts';
import { sha256 } from './hashing.ts';

/**
 * Whether the network signed this round. Unchained: a signature in G1 over SHA-256(round), round as 8 bytes,
 * big-endian; chained: in G2 over SHA-256(previous signature ‖ round). Malformed input fails, without an exception.
 */
export function verifyBeacon(chain: DrandChain, published: BeaconRound): boolean {
  try {
    const signature = fromHex(published.signature);
    const publicKey = fromHex(chain.publicKey);
    if (!Number.isSafeInteger(published.round) || published.round < 1) return false;
    if (chain.scheme === 'bls-unchained-g1-rfc9380') {
      const { hash, verify } = bls12_381.shortSignatures;
      const message = hash(sha256(uint64(published.round)), 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_');
      return verify(signature, message, publicKey);
    }
    if (published.previousSignature === undefined) return false;
    const { hash, verify } = bls12_381.longSignatures;
    const signed = concatBytes(fromHex(published.previousSignature), uint64(published.round));
    return verify(signature, hash(sha256(signed), 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_'), publicKey);
  } catch {
    // Points that are not on the curve are refused by an exception of the curve library
    return false;
  }
}
