import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { compressSha256, SHA256_INITIAL } from './sha256-compression.ts';
import { compressSm3, SM3_INITIAL } from './sm3-compression.ts';

/** SHA-256 (FIPS 180-4), or SM3 (GB/T 32905-2016) where national algorithms are asked for. */
export type HashProfile = 'sha256' | 'sm3';

/** Any implementation of the profile's hash: bytes in, 32 bytes out. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/** Bytes of a digest under either profile. */
export const DIGEST_BYTES = 32;

const BLOCK_BYTES = 64;

/**
 * Hashes short messages of varying content without allocating. The caller writes the message into `message` and reads
 * the digest from `words` as eight 32-bit big-endian words, or has it written as bytes.
 */
export interface ShortHasher {
  /** Room for the message, 119 bytes at most (two blocks). What lies beyond the length given is overwritten. */
  readonly message: Uint8Array;
  /** The last digest, as words. */
  readonly words: Uint32Array;
  /** Hashes the first `length` bytes of `message` into `words`. */
  digest(length: number): void;
  /** The same, and the 32 bytes are written into `target` at `offset`. */
  digestInto(length: number, target: Uint8Array, offset: number): void;
}

type Compression = (state: Int32Array, block: Int32Array) => void;

function writeWords(words: Uint32Array, target: Uint8Array, offset: number): void {
  for (let index = 0; index < 8; index += 1) {
    const word = words[index]!;
    const at = offset + 4 * index;
    target[at] = word >>> 24;
    target[at + 1] = word >>> 16;
    target[at + 2] = word >>> 8;
    target[at + 3] = word;
  }
}

function compressingHasher(compress: Compression, initial: Int32Array): ShortHasher {
  const message = new Uint8Array(2 * BLOCK_BYTES);
  const view = new DataView(message.buffer);
  const words = new Uint32Array(8);
  const state = new Int32Array(words.buffer);
  const block = new Int32Array(16);

  function digest(length: number): void {
    const blocks = length <= 55 ? 1 : 2;
    message[length] = 0x80;
    message.fill(0, length + 1, BLOCK_BYTES * blocks - 4);
    view.setUint32(BLOCK_BYTES * blocks - 4, length * 8);
    state.set(initial);
    for (let first = 0; first < blocks * BLOCK_BYTES; first += BLOCK_BYTES) {
      for (let index = 0; index < 16; index += 1) block[index] = view.getInt32(first + 4 * index);
      compress(state, block);
    }
  }

  return {
    message,
    words,
    digest,
    digestInto(length, target, offset) {
      digest(length);
      writeWords(words, target, offset);
    },
  };
}

function injectedHasher(hash: Hash): ShortHasher {
  const message = new Uint8Array(2 * BLOCK_BYTES);
  const words = new Uint32Array(8);

  function bytesOf(length: number): Uint8Array {
    const bytes = hash(message.subarray(0, length));
    for (let index = 0; index < 8; index += 1) {
      const at = 4 * index;
      words[index] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    }
    return bytes;
  }

  return {
    message,
    words,
    digest: bytesOf,
    digestInto(length, target, offset) {
      target.set(bytesOf(length), offset);
    },
  };
}

/** A hasher for many short messages: the built-in one of the profile, or one that calls the `hash` injected. */
export function shortHasher(profile: HashProfile, hash?: Hash): ShortHasher {
  if (hash !== undefined) return injectedHasher(hash);
  return profile === 'sm3'
    ? compressingHasher(compressSm3, SM3_INITIAL)
    : compressingHasher(compressSha256, SHA256_INITIAL);
}

/** SHA-256 of a byte string (FIPS 180-4). */
export function sha256(bytes: Uint8Array): Uint8Array {
  return nobleSha256(bytes);
}

/** SM3 of a byte string (GB/T 32905-2016). */
export function sm3(bytes: Uint8Array): Uint8Array {
  const blocks = Math.ceil((bytes.length + 9) / BLOCK_BYTES);
  const padded = new Uint8Array(blocks * BLOCK_BYTES);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  const words = new Uint32Array(8);
  const state = new Int32Array(words.buffer);
  state.set(SM3_INITIAL);
  const block = new Int32Array(16);
  for (let first = 0; first < padded.length; first += BLOCK_BYTES) {
    for (let index = 0; index < 16; index += 1) block[index] = view.getInt32(first + 4 * index);
    compressSm3(state, block);
  }
  const digest = new Uint8Array(DIGEST_BYTES);
  writeWords(words, digest, 0);
  return digest;
}

/** The hash of a profile. */
export function hashOf(profile: HashProfile): Hash {
  return profile === 'sm3' ? sm3 : sha256;
}
