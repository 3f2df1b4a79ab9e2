import { brief, type EpcisProblem, type EpcisResult } from '../problems.ts';
import { type EpcScheme, findEpcScheme } from './epc-schemes.ts';

/** An EPC URI taken apart (TDS 2.x §6.3 pure identity, §8 patterns). */
export interface EpcUri {
  /** `id` an instance, `class` a lot, `pattern` a set written with `*`. */
  readonly form: 'id' | 'class' | 'pattern';
  readonly scheme: EpcScheme;
  /** Parts decoded; `*` in a pattern stands for anything. */
  readonly parts: readonly string[];
}

// TDS 2.x §6.3.1: these characters are escaped in EPC URIs.
const ESCAPED = /["#%&/<>?]/g;

/** Writes a part of an EPC URI with the escapes that TDS asks for. */
export function escapeEpcPart(part: string): string {
  return part.replace(ESCAPED, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

/** Reads the escapes of an EPC URI; `undefined` where a per cent sign begins no escape. */
export function unescapeEpcPart(part: string): string | undefined {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** Splits without checking anything; used where speed matters and the caller keeps what cannot be read. */
export function splitEpcUri(uri: string): EpcUri | undefined {
  const start = uri.startsWith('urn:epc:id:')
    ? 11
    : uri.startsWith('urn:epc:class:')
      ? 14
      : uri.startsWith('urn:epc:idpat:')
        ? 14
        : 0;
  if (start === 0) return undefined;
  const colon = uri.indexOf(':', start);
  if (colon < 0) return undefined;
  const scheme = findEpcScheme(uri.slice(start, colon));
  if (scheme === undefined) return undefined;
  // Only the last part may hold dots of its own.
  const parts: string[] = [];
  let at = colon + 1;
  while (parts.length < scheme.size - 1) {
    const dot = uri.indexOf('.', at);
    if (dot < 0) break;
    parts.push(uri.slice(at, dot));
    at = dot + 1;
  }
  parts.push(uri.slice(at));
  const form = uri.charCodeAt(8) === 99 ? 'class' : start === 14 ? 'pattern' : 'id';
  if (!uri.includes('%')) return { form, scheme, parts };
  const decoded: string[] = [];
  for (const part of parts) {
    const read = unescapeEpcPart(part);
    if (read === undefined) return undefined;
    decoded.push(read);
  }
  return { form, scheme, parts: decoded };
}

/** Writes an EPC URI. */
export function composeEpcUri(form: EpcUri['form'], scheme: EpcScheme, parts: readonly string[]): string {
  const kind = form === 'pattern' ? 'idpat' : form;
  return `urn:epc:${kind}:${scheme.name}:${parts.map((part) => (part === '*' && form === 'pattern' ? part : escapeEpcPart(part))).join('.')}`;
}

/**
 * Reads a pure identity EPC URI, a class or a pattern and checks its structure: number of parts, digits of the company
 * prefix, and that prefix and reference have the length that their key asks for.
 */
export function parseEpcUri(uri: string): EpcisResult<EpcUri> {
  const split = splitEpcUri(uri);
  if (split === undefined) {
    return refuse(uri, 'epc-uri-scheme', '不是带GS1标识的EPC网址', 'it is no EPC URI with a GS1 key');
  }
  const { scheme, parts, form } = split;
  const [prefix = '', reference = ''] = parts;
  if (parts.length !== scheme.size) {
    return refuse(uri, 'epc-uri-parts', `应有${scheme.size}段，现有${parts.length}段`, `it needs ${scheme.size} parts`);
  }
  if (form === 'pattern' && (prefix === '*' || reference === '*')) return { ok: true, value: split, warnings: [] };
  if (!/^\d{4,12}$/.test(prefix)) {
    return refuse(uri, 'epc-uri-prefix', '厂商识别代码应为数字', 'the company prefix must be digits');
  }
  if (scheme.digits !== undefined && (!/^\d*$/.test(reference) || prefix.length + reference.length !== scheme.digits)) {
    const en = `company prefix and reference must be ${scheme.digits} digits together`;
    return refuse(uri, 'epc-uri-length', `厂商识别代码与参考代码合计应为${scheme.digits}位数字`, en);
  }
  if (scheme.longest !== undefined && prefix.length + reference.length > scheme.longest) {
    const en = `company prefix and reference may be ${scheme.longest} characters together`;
    return refuse(uri, 'epc-uri-length', `厂商识别代码与参考代码合计不得超过${scheme.longest}个字符`, en);
  }
  return { ok: true, value: split, warnings: [] };
}

function refuse(uri: string, code: string, zh: string, en: string): { ok: false; problems: EpcisProblem[] } {
  const found = brief(uri);
  return { ok: false, problems: [{ code, path: '', zh: `“${found}”：${zh}。`, en: `“${found}”: ${en}.`, found }] };
}
