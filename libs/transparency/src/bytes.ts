import { TransparencyError } from './errors.ts';

const HEX_DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Lower-case hexadecimal, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  const digits = new Uint8Array(2 * bytes.length);
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index]!;
    digits[2 * index] = HEX_DIGITS[byte >>> 4]!;
    digits[2 * index + 1] = HEX_DIGITS[byte & 15]!;
  }
  return decoder.decode(digits);
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  return -1;
}

/**
 * Bytes of a lower-case hexadecimal string. Upper case is refused, so that one value has one spelling.
 * @throws TransparencyError HEX_MALFORMED
 */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1);
  let valid = text.length % 2 === 0;
  for (let index = 0; valid && index < bytes.length; index += 1) {
    const high = hexDigit(text.charCodeAt(2 * index));
    const low = hexDigit(text.charCodeAt(2 * index + 1));
    valid = high >= 0 && low >= 0;
    bytes[index] = high * 16 + low;
  }
  if (!valid) {
    throw new TransparencyError('HEX_MALFORMED', {
      zh: '十六进制内容格式不正确：应为偶数个小写 0-9、a-f。',
      en: 'Malformed hexadecimal: an even number of the digits 0-9 and a-f in lower case is needed.',
    });
  }
  return bytes;
}

/**
 * UTF-8 bytes of a string.
 * @throws TransparencyError LONE_SURROGATE when the string is no valid Unicode and would lose information
 */
export function utf8(text: string): Uint8Array {
  if (!text.isWellFormed()) {
    throw new TransparencyError('LONE_SURROGATE', {
      zh: '文本中含有不完整的字符，无法编码。',
      en: 'The text holds half of a character (a lone surrogate) and cannot be encoded.',
    });
  }
  return encoder.encode(text);
}

/** A domain separation tag: ASCII text followed by one zero byte. */
export function domainTag(text: string): Uint8Array {
  return utf8(`${text}\0`);
}

/** All parts in one new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Lexicographic order of two byte strings: negative, zero or positive. */
export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = left[index]! - right[index]!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Whether two byte strings are the same. Not in constant time: for public values only. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && compareBytes(left, right) === 0;
}

/** Whether every row of `width` bytes is greater than the one before, as a byte string. */
export function isStrictlyAscending(rows: Uint8Array, width: number): boolean {
  for (let at = width; at < rows.length; at += width) {
    let offset = 0;
    while (offset < width && rows[at + offset] === rows[at + offset - width]) offset += 1;
    if (offset === width || rows[at + offset]! < rows[at + offset - width]!) return false;
  }
  return true;
}

/** `value` as 2 bytes, big-endian. */
export function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value);
}

/** `value` as 8 bytes, big-endian. */
export function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

/** Standard base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/**
 * Bytes of standard base64; only the one canonical spelling is taken.
 * @throws TransparencyError BASE64_MALFORMED
 */
export function fromBase64(text: string): Uint8Array {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    if (toBase64(bytes) === text) return bytes;
  } catch {
    // atob reports malformed text by a DOMException; the sentence below replaces it
  }
  throw new TransparencyError('BASE64_MALFORMED', { zh: 'Base64 内容格式不正确。', en: 'Malformed base64.' });
}
