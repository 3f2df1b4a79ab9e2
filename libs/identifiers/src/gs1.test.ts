import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicationIdentifiers } from './application-identifiers.ts';
import { composeDigitalLink, parseDigitalLink } from './digital-link.ts';
import { checkCombination } from './element-combination.ts';
import { composeElementString, FNC1, parseBracketedElements, parseElementString } from './element-string.ts';
import { findDecimalValue, resolveGs1Date } from './element-values.ts';
import { getValue, IdentifierError } from './result.ts';

interface Fixtures {
  readonly parse: readonly { uri: string; elementString: string | null; shortGtin: boolean }[];
  readonly compose: readonly { elements: string; stem: string | null; uri: string | null }[];
  readonly bracketed: readonly { text: string; elementString: string | null }[];
}
const fixtures = JSON.parse(
  readFileSync(new URL('../fixtures/digital-link.json', import.meta.url), 'utf8'),
) as Fixtures;

const combinations = JSON.parse(
  readFileSync(new URL('../fixtures/combinations.json', import.meta.url), 'utf8'),
) as readonly { input: string; rule: string; valid: boolean }[];

/** The notation of the fixtures: ^ for FNC1, one in front. */
function withCarets(elements: Parameters<typeof composeElementString>[0]): string {
  return `^${composeElementString(elements).replaceAll(FNC1, '^')}`;
}

describe('element string', () => {
  it.each([
    ['as GS1-128', ']C1'],
    ['as DataMatrix', ']d2'],
    ['with a leading FNC1', FNC1],
    ['bare', ''],
  ])('reads a label scanned %s: GTIN, batch, expiry, net weight, price', (_, prefix) => {
    const scanned = `${prefix}010690102807576310A1${FNC1}17261231310300019539220299`;
    expect(getValue(parseElementString(scanned))).toEqual([
      { identifier: '01', value: '06901028075763' },
      { identifier: '10', value: 'A1' },
      { identifier: '17', value: '261231' },
      { identifier: '3103', value: '000195' },
      { identifier: '3922', value: '0299' },
    ]);
  });

  it('names the wrong check digit of the GTIN by its place in the scan', () => {
    expect(parseElementString('0106901028075764')).toMatchObject({
      ok: false,
      problems: [{ code: 'gs1-check-digit', position: 16, found: '4', expected: '3' }],
    });
    expect(parseElementString('0106901028075764', { issuedBy: 'others' })).toMatchObject({
      ok: true,
      warnings: [{ expected: '3' }],
    });
  });

  it.each([
    ['', 'empty', 1],
    ['8901', 'identifier', 1],
    [`010690102807576310${FNC1}`, 'length', 19],
    ['01069010280757', 'length', 15],
    ['17261301', 'value', 3],
    ['17260230', 'value', 3],
    ['10ABC~', 'character', 6],
    ['10A23456789012345678901', 'length', 23],
    [`10A${FNC1}10B`, 'repeated', 7],
    ['70032601001200', 'value', 5],
    ['70032601022460', 'value', 11],
  ])('refuses %j with %s at %d', (text, suffix, position) => {
    expect(parseElementString(text)).toMatchObject({ ok: false, problems: [{ code: `gs1-${suffix}`, position }] });
  });

  it('accepts day 00 where GS1 means the whole month', () => {
    expect(parseElementString('11260100').ok).toBe(true);
  });

  it('counts the same element twice as one', () => {
    expect(getValue(parseElementString(`10A${FNC1}10A`))).toEqual([{ identifier: '10', value: 'A' }]);
  });

  it.each(fixtures.bracketed)('reads the printed form $text as the GS1 reference does', ({ text, elementString }) => {
    const checked = parseBracketedElements(text);
    expect(checked.ok ? withCarets(checked.value) : null).toBe(elementString);
  });

  it('reads back every element string it writes', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ABCxyz0189-/%()'), minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(text, text, fc.nat(999_999), (batch, serial, weight) => {
        const elements = [
          { identifier: '01', value: '06901028075763' },
          { identifier: '10', value: batch },
          { identifier: '3103', value: String(weight).padStart(6, '0') },
          { identifier: '21', value: serial },
        ];
        expect(getValue(parseElementString(composeElementString(elements)))).toEqual(elements);
        const link = getValue(parseDigitalLink(composeDigitalLink(elements)));
        expect(new Set(link.elements.map((element) => `${element.identifier} ${element.value}`))).toEqual(
          new Set(elements.map((element) => `${element.identifier} ${element.value}`)),
        );
      }),
    );
  });

  it('has no identifier that begins another', () => {
    const codes = [...applicationIdentifiers.keys()];
    expect(codes.filter((code) => codes.some((other) => other !== code && other.startsWith(code)))).toEqual([]);
  });
});

describe('elements together', () => {
  it.each(combinations.map(({ input, rule, valid }) => [input, rule, valid] as const))('%s: %s', (input, _, valid) => {
    const elements = parseBracketedElements(input);
    expect(elements.ok && checkCombination(elements.value).ok).toBe(valid);
    if (!elements.ok) return;
    const label = checkCombination(elements.value, { issuedBy: 'others' });
    expect(label.ok && label.warnings.length > 0).toBe(!valid);
  });

  it('says what a batch number needs and what a GTIN excludes', () => {
    const problems = (input: string) => {
      const checked = checkCombination(getValue(parseBracketedElements(input)));
      return checked.ok ? [] : checked.problems;
    };
    expect(problems('(10)A1')[0]).toMatchObject({
      code: 'gs1-combination-missing',
      expected: '01 / 02 / 03 / 8006 / 8026',
    });
    expect(problems('(01)06901028075763(37)2').map(({ code }) => code)).toContain('gs1-combination-excluded');
  });
});

describe('values of elements', () => {
  it.each([
    ['261231', 2026, '2026-12-31'],
    ['260200', 2026, '2026-02-28'],
    ['280200', 2026, '2028-02-29'],
    ['990101', 2026, '1999-01-01'],
    ['760101', 2026, '2076-01-01'],
    ['770101', 2026, '1977-01-01'],
    ['010101', 2099, '2101-01-01'],
  ])('resolves %s seen from %d', (value, year, date) => {
    expect(resolveGs1Date(value, year)).toBe(date);
  });

  it.each([
    ['3103', '000195', '0.195'],
    ['3100', '000195', '195'],
    ['3922', '0299', '2.99'],
    ['3932', '1560299', '2.99'],
    ['3105', '000001', '0.00001'],
    ['10', '123', undefined],
  ])('reads (%s)%s as %s', (identifier, value, decimal) => {
    expect(findDecimalValue({ identifier, value })).toBe(decimal);
  });
});

describe('Digital Link', () => {
  it.each(fixtures.parse)('reads $uri as the GS1 reference does', ({ uri, elementString, shortGtin }) => {
    const checked = parseDigitalLink(uri, shortGtin ? { issuedBy: 'others' } : {});
    expect(checked.ok ? withCarets(checked.value.elements) : null).toBe(elementString);
    if (shortGtin) expect(checked).toMatchObject({ warnings: [{ code: 'digital-link-short-gtin' }] });
  });

  it.each(fixtures.compose)('writes $elements as the GS1 reference does', ({ elements, stem, uri }) => {
    const read = parseBracketedElements(elements);
    const write = () => composeDigitalLink(getValue(read), stem === null ? {} : { stem });
    if (uri === null) expect(write).toThrow(IdentifierError);
    else expect(write()).toBe(uri);
  });

  it('separates stem, key, qualifiers, attributes and the rest', () => {
    expect(parseDigitalLink('https://example.cn/p/01/06901028075763/10/A1?17=261231&from=scan')).toEqual({
      ok: true,
      warnings: [],
      value: {
        stem: 'https://example.cn/p',
        key: { identifier: '01', value: '06901028075763' },
        qualifiers: [{ identifier: '10', value: 'A1' }],
        attributes: [{ identifier: '17', value: '261231' }],
        elements: [
          { identifier: '01', value: '06901028075763' },
          { identifier: '10', value: 'A1' },
          { identifier: '17', value: '261231' },
        ],
        otherParameters: ['from=scan'],
      },
    });
  });

  it('names the place of a wrong check digit, of qualifiers out of order and of broken encoding', () => {
    expect(parseDigitalLink('https://a.cn/01/06901028075764')).toMatchObject({
      ok: false,
      problems: [{ code: 'gs1-check-digit', position: 30, expected: '3' }],
    });
    expect(parseDigitalLink('https://a.cn/01/06901028075763/21/X/10/A')).toMatchObject({
      ok: false,
      problems: [{ code: 'digital-link-qualifier', found: '10', expected: '22/10/21 | 235' }],
    });
    expect(parseDigitalLink('https://a.cn/01/06901028075763/10/A%')).toMatchObject({
      ok: false,
      problems: [{ code: 'digital-link-encoding' }],
    });
  });

  it('does not write links from a stem that is no address', () => {
    const elements = [{ identifier: '01', value: '06901028075763' }];
    expect(() => composeDigitalLink(elements, { stem: 'example.cn' })).toThrow(/网址前缀/);
    expect(() => composeDigitalLink([{ identifier: '10', value: 'A' }])).toThrow(/主标识符/);
  });
});
