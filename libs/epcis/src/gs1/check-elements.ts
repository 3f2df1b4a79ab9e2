import type { Gs1Element } from '@hengjian/identifiers';
import { brief, type EpcisProblem } from '../problems.ts';
import { type SyntaxEntry, syntaxDictionary } from './dictionary.ts';
import { LINTERS } from './linters.ts';

const CHARACTER_LINTERS = { N: 'csetnumeric', X: 'cset82', Y: 'cset39', Z: 'cset64' } as const;

/**
 * Checks the element strings of one item by the GS1 Barcode Syntax Dictionary: each value by its components, and which
 * identifiers need or exclude each other. The `path` of a problem is the identifier.
 * @param options.associations false leaves out which identifiers go together, as they may be spread over several symbols
 */
export function checkElements(
  elements: readonly Gs1Element[],
  options: { readonly associations?: boolean } = {},
): EpcisProblem[] {
  const problems: EpcisProblem[] = [];
  const values = new Map<string, string>();
  for (const { identifier, value } of elements) {
    const known = values.get(identifier);
    if (known !== undefined && known !== value) {
      problems.push(
        problem('gs1-contradiction', identifier, '出现两次且值不同', 'stands there twice with different values', value),
      );
    }
    values.set(identifier, value);
    const entry = syntaxDictionary.get(identifier);
    if (entry === undefined)
      problems.push(
        problem('gs1-identifier', identifier, '不是已知的应用标识符', 'is no known application identifier'),
      );
    else problems.push(...checkValue(entry, value));
  }
  if (options.associations !== false)
    for (const identifier of values.keys()) problems.push(...checkAssociations(identifier, values));
  return problems;
}

function checkValue(entry: SyntaxEntry, value: string): EpcisProblem[] {
  let at = 0;
  for (const { characters, minimum, maximum, optional, linters } of entry.components) {
    if (optional && at >= value.length) break;
    const part = value.slice(at, at + maximum);
    at += part.length;
    if (part.length < minimum) return [problem('gs1-length', entry.code, '长度不足', 'is too short', value)];
    for (const name of [CHARACTER_LINTERS[characters], ...linters]) {
      const found = LINTERS[name]?.(part);
      if (found !== undefined)
        return [
          problem(`gs1-${found.error.toLowerCase().replaceAll('_', '-')}`, entry.code, found.zh, `: ${found.en}`, part),
        ];
    }
  }
  return at < value.length ? [problem('gs1-length', entry.code, '过长', 'is too long', value)] : [];
}

/** `n` in a pattern stands for any digit, and a pattern of fewer digits for all that begin with it. */
function matchesPattern(identifier: string, pattern: string): boolean {
  return (
    pattern.length === identifier.length &&
    [...pattern].every((sign, index) => sign === 'n' || sign === identifier[index])
  );
}

function checkAssociations(identifier: string, values: ReadonlyMap<string, string>): EpcisProblem[] {
  const entry = syntaxDictionary.get(identifier);
  if (entry === undefined) return [];
  const present = (pattern: string): boolean =>
    [...values.keys()].some((one) => one !== identifier && matchesPattern(one, pattern));
  const problems: EpcisProblem[] = [];
  for (const pattern of entry.excluded) {
    if (present(pattern))
      problems.push(
        problem('gs1-excluded', identifier, `不能与（${pattern}）同时使用`, `may not stand beside (${pattern})`),
      );
  }
  for (const alternatives of entry.required) {
    if (alternatives.some((group) => group.every(present))) continue;
    const wanted = alternatives.map((group) => group.map((one) => `(${one})`).join('+')).join(' ');
    problems.push(problem('gs1-required', identifier, `需要以下之一：${wanted}`, `needs one of ${wanted}`));
  }
  if (identifier === '8030') problems.push(...checkSignedKey(values));
  return problems;
}

// A digital signature signs one thing: keys whose serial is a part of their value must have it (GenSpecs 4.13).
const SERIAL_FROM: Readonly<Record<string, number>> = { '253': 13, '255': 13, '8003': 14 };

function checkSignedKey(values: ReadonlyMap<string, string>): EpcisProblem[] {
  return Object.entries(SERIAL_FROM).flatMap(([key, size]) =>
    (values.get(key)?.length ?? size + 1) > size
      ? []
      : [problem('gs1-required', '8030', `所签的（${key}）应带有序列号`, `signs a (${key}) that has no serial`)],
  );
}

function problem(code: string, identifier: string, zh: string, en: string, value?: string): EpcisProblem {
  const found = value === undefined ? {} : { found: brief(value) };
  return {
    code,
    path: identifier,
    zh: `应用标识符（${identifier}）${zh}。`,
    en: `(${identifier}) ${en}.`.replace(') : ', '): '),
    ...found,
  };
}
