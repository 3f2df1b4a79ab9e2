import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes, equalBytes, fromBase64, fromHex, toBase64, toHex, utf8 } from './bytes.ts';
import { TransparencyError } from './errors.ts';
import { DIGEST_BYTES, type HashProfile, sha256 } from './hashing.ts';

/** Algorithm byte of Ed25519 in a signed note. */
const ED25519_ALGORITHM = Uint8Array.of(1);
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const NAME = /^[^\s+]+$/u;

/**
 * What a log says of itself at one moment. After a restore from backup the log opens a new epoch: `restored` then says
 * which head was the last of the epoch before and how many of its leaves survive.
 */
export interface TreeHead {
  /** Name of the log, without white space or plus sign: a host name and a path, say. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes, lower-case hexadecimal. */
  readonly root: string;
  /** 0, and one more with every restore. */
  readonly epoch: number;
  /** UTC, to the second: 2026-11-22T02:00:00Z. */
  readonly time: string;
  readonly hash: HashProfile;
  readonly restored?: { readonly lastSize: number; readonly lastRoot: string; readonly keptSize: number };
}

/** A log's public key: `name` appears in the signature line, the key is 32 bytes in lower-case hexadecimal. */
export interface LogKey {
  readonly name: string;
  readonly publicKey: string;
}

function malformed(): TransparencyError {
  return new TransparencyError('TREE_HEAD_MALFORMED', {
    zh: '日志树头（签名摘要）格式不正确。',
    en: 'The tree head of the log is malformed.',
  });
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isWellFormed(head: TreeHead): boolean {
  const restored = head.restored;
  const restoredHolds =
    restored === undefined ||
    (isCount(restored.lastSize) && isCount(restored.keptSize) && restored.keptSize <= restored.lastSize);
  return NAME.test(head.origin) && isCount(head.size) && isCount(head.epoch) && TIME.test(head.time) && restoredHolds;
}

function rootLine(hex: string): string {
  const root = fromHex(hex);
  if (root.length !== DIGEST_BYTES) throw malformed();
  return toBase64(root);
}

/** The signed text of a tree head: a checkpoint (C2SP tlog-checkpoint) with epoch, time and hash as extension lines. */
export function treeHeadText(head: TreeHead): string {
  if (!isWellFormed(head)) throw malformed();
  const lines = [
    head.origin,
    String(head.size),
    rootLine(head.root),
    `epoch ${head.epoch}`,
    `time ${head.time}`,
    `hash ${head.hash}`,
  ];
  if (head.restored !== undefined) {
    const { lastSize, lastRoot, keptSize } = head.restored;
    lines.push(`restored ${lastSize} ${rootLine(lastRoot)} ${keptSize}`);
  }
  return `${lines.join('\n')}\n`;
}

/** First four bytes of SHA-256(name ‖ "\n" ‖ algorithm ‖ key) (C2SP signed-note): tells keys apart, proves nothing. */
function keyId(key: LogKey): Uint8Array {
  return sha256(concatBytes(utf8(`${key.name}\n`), ED25519_ALGORITHM, fromHex(key.publicKey))).subarray(0, 4);
}

/** The public key that belongs to an Ed25519 secret key of 32 bytes. */
export function logKeyOf(name: string, secretKey: Uint8Array): LogKey {
  if (!NAME.test(name)) throw malformed();
  return { name, publicKey: toHex(ed25519.getPublicKey(secretKey)) };
}

/**
 * Signs a tree head with Ed25519 (RFC 8032). The answer is a signed note (C2SP signed-note): the text, an empty line,
 * and `— name base64(key id ‖ signature)`.
 * @throws TransparencyError TREE_HEAD_MALFORMED
 */
export function signTreeHead(head: TreeHead, name: string, secretKey: Uint8Array): string {
  const text = treeHeadText(head);
  const key = logKeyOf(name, secretKey);
  const signature = ed25519.sign(utf8(text), secretKey);
  return `${text}\n— ${name} ${toBase64(concatBytes(keyId(key), signature))}\n`;
}

function count(text: string | undefined): number {
  if (text === undefined || !/^(0|[1-9]\d*)$/.test(text)) throw malformed();
  return Number(text);
}

function after(line: string | undefined, word: string): string {
  if (!line?.startsWith(`${word} `)) throw malformed();
  return line.slice(word.length + 1);
}

function parseText(text: string): TreeHead {
  const lines = text.split('\n');
  const [origin, size, root, epoch, time, hash, restored] = lines;
  const profile = after(hash, 'hash');
  if (origin === undefined || root === undefined || (profile !== 'sha256' && profile !== 'sm3')) throw malformed();
  const head: TreeHead = {
    origin,
    size: count(size),
    root: toHex(fromBase64(root)),
    epoch: count(after(epoch, 'epoch')),
    time: after(time, 'time'),
    hash: profile,
  };
  if (restored === undefined || restored === '') return head;
  const [lastSize, lastRoot, keptSize] = after(restored, 'restored').split(' ');
  return {
    ...head,
    restored: {
      lastSize: count(lastSize),
      lastRoot: toHex(fromBase64(lastRoot ?? '')),
      keptSize: count(keptSize),
    },
  };
}

function isSignedBy(text: string, signatureLine: string, key: LogKey): boolean {
  const prefix = `— ${key.name} `;
  if (!signatureLine.startsWith(prefix)) return false;
  const signed = fromBase64(signatureLine.slice(prefix.length));
  if (signed.length !== 68 || !equalBytes(signed.subarray(0, 4), keyId(key))) return false;
  return ed25519.verify(signed.subarray(4), utf8(text), fromHex(key.publicKey), { zip215: false });
}

/**
 * The tree head of a signed note, if one of these keys signed it and the text is exactly what such a head would read.
 * Further signatures (of witnesses) are ignored. Answers undefined when nothing is proved.
 */
export function verifyTreeHead(note: string, keys: readonly LogKey[]): TreeHead | undefined {
  const end = note.indexOf('\n\n');
  if (end < 0) return undefined;
  const text = note.slice(0, end + 1);
  const signatureLines = note.slice(end + 2).split('\n');
  try {
    if (!keys.some((key) => signatureLines.some((line) => isSignedBy(text, line, key)))) return undefined;
    const head = parseText(text);
    return treeHeadText(head) === text ? head : undefined;
  } catch {
    // A note that cannot be read proves nothing
    return undefined;
  }
}
