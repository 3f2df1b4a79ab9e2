import { findEpcScheme } from '../identifiers/epc-schemes.ts';
import { composeEpcUri, parseEpcUri } from '../identifiers/epc-uri.ts';
import { brief, type EpcisProblem, type EpcisResult } from '../problems.ts';
import { BitReader, BitWriter } from './bits.ts';
import { PREFIX_BITS, TAG_SCHEMES, type TagScheme } from './tag-schemes.ts';

/** What an RFID tag holds. */
export interface EpcTag {
  /** `sgtin-96`, `sscc-96` … */
  readonly scheme: string;
  /** Pure identity: `urn:epc:id:…`. */
  readonly epcUri: string;
  /** `urn:epc:tag:…`, with the filter value. */
  readonly tagUri: string;
  readonly filter: number;
}

/** Which tag scheme and filter value to encode with (TDS 2.x). */
export interface EncodeTagOptions {
  /** Filter value 0 to 7; default 0. */
  readonly filter?: number;
  /** Which encoding; default the shortest that can hold the identity. */
  readonly scheme?: string;
  /** Bits that the hexadecimal text is filled up to; default 16, the word of a tag's memory. */
  readonly unit?: 4 | 8 | 16;
}

/**
 * Reads the EPC memory of a tag from hexadecimal digits (TDS 2.x §14). Digits after the encoding are left alone, as readers
 * deliver whole words.
 */
export function decodeTag(hex: string): EpcisResult<EpcTag> {
  const digits = hex.replace(/\s/g, '');
  if (!/^[0-9A-Fa-f]{4,}$/.test(digits)) {
    return refuse(hex, 'tag-hex', '不是十六进制数字', 'it is no run of hexadecimal digits');
  }
  const header = Number.parseInt(digits.slice(0, 2), 16);
  if (header === 0x2f) return decodeDefence(digits);
  const scheme = TAG_SCHEMES.find((candidate) => candidate.header === header);
  if (scheme === undefined) {
    return refuse(
      hex,
      'tag-header',
      `不认识的头字段${digits.slice(0, 2)}`,
      `the header ${digits.slice(0, 2)} is not known`,
    );
  }
  if (digits.length * 4 < scheme.bits) {
    return refuse(hex, 'tag-short', `${scheme.name}应有${scheme.bits}位`, `${scheme.name} needs ${scheme.bits} bits`);
  }
  const reader = new BitReader(digits);
  reader.read(8);
  const filter = reader.readNumber(3);
  const partition = reader.readNumber(3);
  if (partition > 6) return refuse(hex, 'tag-partition', '分区值7无效', 'there is no partition value 7');
  const prefixDigits = 12 - partition;
  const prefix = String(reader.read(PREFIX_BITS[partition]!));
  if (prefix.length > prefixDigits) {
    return refuse(hex, 'tag-overflow', '厂商识别代码超出位数', 'the company prefix has too many digits');
  }
  const parts = [prefix.padStart(prefixDigits, '0')];
  if (scheme.reference !== undefined) {
    const size = scheme.reference.digits + partition;
    const value = String(reader.read(scheme.reference.bits[partition]!));
    if (size === 0 ? value !== '0' : value.length > size) {
      return refuse(hex, 'tag-overflow', '参考代码超出位数', 'the reference has too many digits');
    }
    parts.push(size === 0 ? '' : value.padStart(size, '0'));
  }
  const tail =
    scheme.rest === undefined ? scheme.serial : { kind: scheme.rest.kind, bits: scheme.rest.bits[partition]! };
  if (tail !== undefined) {
    const value = tail.kind === 'number' ? String(reader.read(tail.bits)) : readText(reader, tail.bits);
    if (value === undefined)
      return refuse(hex, 'tag-character', '序列号含有非法字符', 'the serial holds a character that none may');
    parts.push(value);
  }
  const epc = findEpcScheme(scheme.epc)!;
  const epcUri = composeEpcUri('id', epc, parts);
  const tagUri = `urn:epc:tag:${scheme.name}:${filter}.${epcUri.slice(`urn:epc:id:${scheme.epc}:`.length)}`;
  return { ok: true, value: { scheme: scheme.name, epcUri, tagUri, filter }, warnings: [] };
}

/** Characters of seven bits up to the first zero; nothing may follow that. */
function readText(reader: BitReader, bits: number): string | undefined {
  let text = '';
  let ended = false;
  for (let left = bits; left >= 7; left -= 7) {
    const code = reader.readNumber(7);
    if (code === 0) ended = true;
    else if (ended || !isGs1Character(code)) return undefined;
    else text += String.fromCharCode(code);
  }
  return text;
}

// The 82 characters of the GS1 General Specifications, figure 7.11-1.
function isGs1Character(code: number): boolean {
  return /[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]/.test(String.fromCharCode(code));
}

/** Writes the EPC memory of a tag for a pure identity URI (`urn:epc:id:…`) or a tag URI (`urn:epc:tag:…`). */
export function encodeTag(uri: string, options: EncodeTagOptions = {}): EpcisResult<string> {
  const tag = /^urn:epc:tag:(([a-z]+)-\d+):(\d)\.(.*)$/.exec(uri);
  const given = tag === null ? options : { ...options, scheme: tag[1]!, filter: Number(tag[3]) };
  const identity = tag === null ? uri : `urn:epc:id:${tag[2]}:${tag[4]}`;
  if (/^urn:epc:id:usdod:/.test(identity)) return encodeDefence(identity, given);
  const parsed = parseEpcUri(identity);
  if (!parsed.ok) return parsed;
  const { scheme: epc, parts, form } = parsed.value;
  const candidates = TAG_SCHEMES.filter(
    (candidate) => candidate.epc === epc.name && (given.scheme === undefined || candidate.name === given.scheme),
  );
  const filter = given.filter ?? 0;
  if (form !== 'id' || candidates.length === 0 || filter < 0 || filter > 7) {
    return refuse(uri, 'tag-scheme', '没有可用的标签编码', 'no tag encoding fits');
  }
  for (const candidate of candidates) {
    const hex = write(candidate, parts, filter, given.unit ?? 16);
    if (hex !== undefined) return { ok: true, value: hex, warnings: [] };
  }
  const names = candidates.map((candidate) => candidate.name).join(', ');
  return refuse(uri, 'tag-no-room', `序列号放不进${names}`, `its serial does not fit into ${names}`);
}

function write(scheme: TagScheme, parts: readonly string[], filter: number, unit: number): string | undefined {
  const [prefix = '', reference = ''] = parts;
  const partition = 12 - prefix.length;
  if (partition < 0 || partition > 6) return undefined;
  const writer = new BitWriter().write(scheme.header, 8).write(filter, 3).write(partition, 3);
  writer.write(BigInt(prefix), PREFIX_BITS[partition]!);
  if (scheme.reference !== undefined)
    writer.write(BigInt(reference === '' ? 0 : reference), scheme.reference.bits[partition]!);
  const tail =
    scheme.rest === undefined ? scheme.serial : { kind: scheme.rest.kind, bits: scheme.rest.bits[partition]! };
  const used = 14 + PREFIX_BITS[partition]! + (scheme.reference?.bits[partition] ?? 0) + (tail?.bits ?? 0);
  if (tail !== undefined && !writeTail(writer, parts.at(-1)!, tail)) return undefined;
  return writer.write(0, scheme.bits - used).toHex(unit);
}

function writeTail(writer: BitWriter, value: string, tail: { readonly kind: string; readonly bits: number }): boolean {
  if (tail.kind === 'number') {
    // A number cannot keep leading zeros, so such serials need the long encoding.
    if (!/^(?:0|[1-9]\d*)$/.test(value) || BigInt(value) >> BigInt(tail.bits) !== 0n) return false;
    writer.write(BigInt(value), tail.bits);
    return true;
  }
  // TDS allows fewer characters in GIAI-202 than fit into its bits; the key itself ends at 30 characters.
  if (value === '' || value.length * 7 > tail.bits || ![...value].every((sign) => isGs1Character(sign.charCodeAt(0))))
    return false;
  for (const sign of value) writer.write(sign.charCodeAt(0), 7);
  writer.write(0, tail.bits - value.length * 7);
  return true;
}

// USDOD-96 (TDS 2.x §14.6.14): filter of four bits, CAGE or DoDAAC in six characters of eight bits, serial of 36 bits.
function decodeDefence(digits: string): EpcisResult<EpcTag> {
  if (digits.length < 24) return refuse(digits, 'tag-short', 'usdod-96应有96位', 'usdod-96 needs 96 bits');
  const reader = new BitReader(digits.slice(0, 24));
  reader.read(8);
  const filter = reader.readNumber(4);
  let code = '';
  for (let index = 0; index < 6; index++) code += String.fromCharCode(reader.readNumber(8));
  const serial = String(reader.read(36));
  if (!/^ ?[0-9A-HJ-NP-Z]{5,6}$/.test(code))
    return refuse(digits, 'tag-character', 'CAGE/DoDAAC含有非法字符', 'the CAGE or DoDAAC is not well written');
  const rest = `${code.trim()}.${serial}`;
  const epcUri = `urn:epc:id:usdod:${rest}`;
  return {
    ok: true,
    value: { scheme: 'usdod-96', epcUri, tagUri: `urn:epc:tag:usdod-96:${filter}.${rest}`, filter },
    warnings: [],
  };
}

function encodeDefence(uri: string, options: EncodeTagOptions): EpcisResult<string> {
  const match = /^urn:epc:id:usdod:([0-9A-HJ-NP-Z]{5,6})\.(0|[1-9]\d*)$/.exec(uri);
  if (match === null || BigInt(match[2]!) >> 36n !== 0n) {
    return refuse(uri, 'tag-no-room', 'CAGE/DoDAAC或序列号不合要求', 'CAGE, DoDAAC or serial do not fit');
  }
  const writer = new BitWriter().write(0x2f, 8).write(options.filter ?? 0, 4);
  for (const sign of match[1]!.padStart(6, ' ')) writer.write(sign.charCodeAt(0), 8);
  return { ok: true, value: writer.write(BigInt(match[2]!), 36).toHex(options.unit ?? 16), warnings: [] };
}

function refuse(text: string, code: string, zh: string, en: string): { ok: false; problems: EpcisProblem[] } {
  const found = brief(text);
  return { ok: false, problems: [{ code, path: '', zh: `“${found}”：${zh}。`, en: `“${found}”: ${en}.`, found }] };
}
