import { createHash, createHmac } from 'node:crypto';
import type { Keyring } from './keyring.ts';

/** Letters that nobody mistakes for another when they are read over the telephone (Crockford's base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Number and secret by which a person follows a matter; made from the command, so that a repetition gives the same. */
export interface Follow {
  number: string;
  /** Twelve letters, sixty bits. */
  secret: string;
  /** What is kept of it. */
  fingerprint: string;
}

export function followFor(keyring: Keyring, command: string): Follow {
  const bytes = createHmac('sha256', keyring.tag).update(`follow/${command}`).digest();
  const secret = [...bytes.subarray(0, 12)].map((byte) => alphabet[byte & 31]).join('');
  const number = String(bytes.readUIntBE(12, 6) % 1_000_000_000_000).padStart(12, '0');
  return { number, secret, fingerprint: fingerprintOf(number, secret) };
}

export const fingerprintOf = (number: string, secret: string): string =>
  createHash('sha256')
    .update(`${number}/${tidySecret(secret)}`)
    .digest('hex');

/** A secret as it was meant, however it was typed: case, blanks, O for 0, I and L for 1. */
const tidySecret = (typed: string): string =>
  typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
