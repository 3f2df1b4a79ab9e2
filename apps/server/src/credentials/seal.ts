import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { secretOf } from '../platform.ts';

/**
 * Who signs electronic certificates. A provider of electronic seals (GB/T 38540) takes the place of the local key; whatever is
 * signed by the local key says that it is a demonstration (practice W18).
 */
export interface Seal {
  demonstration: boolean;
  keyId: string;
  /** The public key as JWK, for checking without this installation. */
  publicKey: { kty: 'OKP'; crv: 'Ed25519'; x: string; alg: 'EdDSA'; use: 'sig'; kid: string };
  sign(claims: JWTPayload): Promise<string>;
}

/** DER of an Ed25519 private key without the key itself (RFC 8410). */
const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The local key of an installation, made at its first use and kept beside the data. */
export function localSeal(folder: string): Seal {
  const secret = Buffer.from(secretOf(folder, 'certificate-seal'), 'hex');
  const key = createPrivateKey({ key: Buffer.concat([prefix, secret]), format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(key).export({ format: 'jwk' }) as { x: string };
  // Thumbprint of the key (RFC 7638): the same key has the same name everywhere.
  const keyId = createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
  return {
    demonstration: true,
    keyId,
    publicKey: { kty: 'OKP', crv: 'Ed25519', x, alg: 'EdDSA', use: 'sig', kid: keyId },
    sign: (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'vc+jwt', cty: 'vc', kid: keyId }).sign(key),
  };
}
