import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';

/** An electronic seal over the hash of a report. `demonstration`: made with a local key, worth nothing in law (practice W18). */
export const SignatureFields = {
  provider: z.string().max(100),
  algorithm: z.enum(['Ed25519', 'SM2']),
  /** Hash that was signed, hexadecimal. */
  over: z.string().regex(/^[0-9a-f]{64}$/),
  /** Base64. */
  value: z.string().max(4_000),
  /** Public key or certificate of the signer, PEM. */
  certificate: z.string().max(10_000),
  signedAt: z.iso.datetime({ offset: true }),
  demonstration: z.boolean(),
};
const Signature = z.object(SignatureFields);
export type Signature = z.infer<typeof Signature>;

/** Whoever makes electronic seals: an agency reached over the network, or the local key of the demonstration. */
export interface SigningPort {
  readonly provider: string;
  /** Signs a SHA-256 given in hexadecimal. Throws when the provider refuses or cannot be reached. */
  sign(hash: string, signedAt: string): Promise<Signature>;
}

/**
 * Signs with a local Ed25519 key. It shows where the seal of an agency stands (GB/T 38540) and is marked as a demonstration: a seal image or
 * a key of one's own is no 电子签章.
 */
export function createLocalSigningPort(seed: Uint8Array): SigningPort {
  const key = keyFromSeed(seed);
  const certificate = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  return {
    provider: '本机密钥（演示）',
    sign: async (hash, signedAt) => ({
      provider: '本机密钥（演示）',
      algorithm: 'Ed25519',
      over: hash,
      value: sign(null, Buffer.from(hash, 'hex'), key).toString('base64'),
      certificate,
      signedAt,
      demonstration: true,
    }),
  };
}

/** PKCS #8 around the 32 bytes of an Ed25519 seed (RFC 8410). */
function keyFromSeed(seed: Uint8Array): KeyObject {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

/** A seal must be over this very report; Ed25519 is verified here, SM2 by its provider's own service. */
export function checkSignature(hash: string, signature: Signature): true | Refusal {
  if (signature.over !== hash)
    return refuse('seal-of-another', '签章不是对这份报告作的。', 'The seal is not over this report.', 'signature');
  const sound =
    signature.algorithm !== 'Ed25519' ||
    verify(
      null,
      Buffer.from(hash, 'hex'),
      createPublicKey(signature.certificate),
      Buffer.from(signature.value, 'base64'),
    );
  return sound || refuse('seal-wrong', '签章验证不通过。', 'The seal does not verify.', 'signature');
}
