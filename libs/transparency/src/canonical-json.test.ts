import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from './bytes.ts';
import { canonicalBytes, canonicalJson } from './canonical-json.ts';

const fixture = JSON.parse(readFileSync(new URL('../fixtures/rfc8785.json', import.meta.url), 'utf8')) as {
  cases: { name: string; input: string; output: string; hex: string }[];
};

describe('canonical JSON (RFC 8785)', () => {
  it.each(fixture.cases)('published vector $name', ({ input, output, hex }) => {
    const value: unknown = JSON.parse(input);
    expect(canonicalJson(value)).toBe(output);
    expect(toHex(canonicalBytes(value))).toBe(hex);
  });

  it('does not depend on the order in which fields were entered', () => {
    expect(canonicalJson({ 单位: '甲', 数量: 3, a: 1 })).toBe(canonicalJson({ a: 1, 数量: 3, 单位: '甲' }));
  });

  it('reads back as the same value, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { seed: 8785 },
    );
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const refused: [string, unknown][] = [
    ['NaN', Number.NaN],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['undefined', { amount: undefined }],
    ['a hole in a list', new Array(2)],
    ['a bigint', 5n],
    ['a date object', { at: new Date(0) }],
    ['a map', new Map()],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['half a character', { name: '\ud83d' }],
    ['half a character in a field name', { '\udc00': 1 }],
    ['a cycle', cycle],
  ];
  it.each(refused)('refuses %s instead of dropping it', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'NOT_CANONICAL_JSON' }));
  });
});
