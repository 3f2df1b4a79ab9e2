import { utf8 } from './bytes.ts';
import { TransparencyError } from './errors.ts';

/** What JSON can say. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Deeper nesting than any record has; a cycle runs into it. */
const MAXIMUM_DEPTH = 500;

function refuse(what: Readonly<{ zh: string; en: string }>, path: string): never {
  throw new TransparencyError('NOT_CANONICAL_JSON', {
    zh: `无法规范化为 JSON（${path}）：${what.zh}。`,
    en: `Not canonical JSON (${path}): ${what.en}.`,
  });
}

function quoted(text: string, path: string): string {
  if (!text.isWellFormed()) refuse({ zh: '文本含有不完整的字符', en: 'a string with a lone surrogate' }, path);
  return JSON.stringify(text);
}

function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > MAXIMUM_DEPTH) refuse({ zh: '嵌套过深或循环引用', en: 'nested too deeply, or a cycle' }, path);
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === 'string') return quoted(value, path);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse({ zh: '数值不是有限数', en: 'a number that is not finite' }, path);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    // Array.from visits the holes of a sparse array too, so that they are refused as undefined
    return `[${Array.from(value, (item: unknown, index) => write(item, `${path}[${index}]`, depth + 1)).join(',')}]`;
  }
  if (typeof value === 'object' && isPlainObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${quoted(key, path)}:${write(value[key], `${path}.${key}`, depth + 1)}`);
    return `{${members.join(',')}}`;
  }
  const kind = typeof value === 'object' ? 'an object that is neither plain nor an array' : `a ${typeof value}`;
  return refuse({ zh: `不支持的类型 ${typeof value}`, en: kind }, path);
}

/**
 * The canonical JSON text of a value: no white space, members ordered by UTF-16 code units, numbers as ECMAScript
 * prints them (RFC 8785).
 * @throws TransparencyError NOT_CANONICAL_JSON for NaN, infinities, lone surrogates, undefined, functions, bigint,
 *   symbols, class instances (a Date, say) and cycles; nothing is ever dropped in silence
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0);
}

/** The UTF-8 bytes of {@link canonicalJson}. */
export function canonicalBytes(value: unknown): Uint8Array {
  return utf8(canonicalJson(value));
}
