import { createECDH, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';

/** An electronic seal over the hash of a report. `demonstration`: made with a local key, worth nothing in law (practice W18). */
export const SignatureFields = {
  provider: z.string().max(100),
  algorithm: z.enum(['ECDSA-P256', 'SM2']),
  /** Hash that was signed, hexadecimal. */
  over: z.string().regex(/^[0-9a-f]{64}$/),
  /** Base64; ECDSA as DER over SHA-256 of the 32 bytes of the hash. */
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
 * Signs with a local P-256 key made of 32 secret bytes. It shows where the seal of an agency stands (GB/T 38540) and is marked as a
 * demonstration: a seal image or a key of one's own is no 电子签章.
 * @throws Error when the bytes are no private key of the curve
 */
export function createLocalSigningPort(secret: Uint8Array): SigningPort {
  const provider = '本机密钥（演示）';
  const key = keyOf(secret);
  const certificate = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  return {
    provider,
    sign: async (hash, signedAt) => ({
      provider,
      algorithm: 'ECDSA-P256',
      over: hash,
      value: sign('sha256', Buffer.from(hash, 'hex'), key).toString('base64'),
      certificate,
      signedAt,
      demonstration: true,
    }),
  };
}

/**
 * An agency for electronic seals behind an address of its own: the hash goes out as JSON (`hash`, `signedAt`), the signature comes back in
 * the form above. Nothing of the report leaves the house. What comes back is never believed to be other than what was asked for: the
 * record checks it again.
 */
export function createRemoteSigningPort({ url, token }: { url: string; token: string }): SigningPort {
  return {
    provider: new URL(url).host,
    async sign(hash, signedAt) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ hash, signedAt }),
        signal: AbortSignal.timeout(10_000),
      });
      if (!answer.ok) throw new Error(`The provider of seals answered ${answer.status}.`);
      return Signature.parse(await answer.json());
    },
  };
}

function keyOf(secret: Uint8Array): KeyObject {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(secret);
  const point = pair.getPublicKey();
  const part = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  return createPrivateKey({
    key: { kty: 'EC', crv: 'P-256', d: part(secret), x: part(point.subarray(1, 33)), y: part(point.subarray(33)) },
    format: 'jwk',
  });
}

/** A seal must be over this very report; ECDSA is verified here, SM2 by its provider's own service. */
export function checkSignature(hash: string, signature: Signature): true | Refusal {
  if (signature.over !== hash)
    return refuse('seal-of-another', '签章不是对这份报告作的。', 'The seal is not over this report.', 'signature');
  const sound =
    signature.algorithm !== 'ECDSA-P256' ||
    verify(
      'sha256',
      Buffer.from(hash, 'hex'),
      createPublicKey(signature.certificate),
      Buffer.from(signature.value, 'base64'),
    );
  return sound || refuse('seal-wrong', '签章验证不通过。', 'The seal does not verify.', 'signature');
}
