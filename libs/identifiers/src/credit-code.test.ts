import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeCreditCode, isCreditCode, parseCreditCode } from './credit-code.ts';
import { IdentifierError } from './result.ts';

/** Any code point, halves of surrogate pairs among them; the table behind fast-check's 'binary' takes seconds to build. */
const codePoint = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const listed = JSON.parse(readFileSync(new URL('../fixtures/credit-codes.json', import.meta.url), 'utf8')) as {
  valid: string[];
};
const published = (
  '91350100M000100Y43 9144030071526726XG 914403001922038216 91110000802100433B 91110000600037341L 91330100799655058B ' +
  '911101083303521997 11330723307360844C 91430000MA4L1A2B9W 91430100MA4P00015P 92430102MA4R0C3D71 93430121MA4Q77YX15 ' +
  '12430000448800129F 51430000MJJ123450M'
).split(' ');

function problemsOf(code: string) {
  const checked = parseCreditCode(code);
  return checked.ok ? [] : checked.problems;
}

describe('unified social credit code', () => {
  it.each([...published, ...listed.valid])('accepts %s', (code) => {
    expect(parseCreditCode(code)).toMatchObject({ ok: true, value: { code }, warnings: [] });
    expect(isCreditCode(code)).toBe(true);
  });

  it('reads the example of the standard', () => {
    expect(parseCreditCode('91350100m000100y43')).toEqual({
      ok: true,
      warnings: [],
      value: {
        code: '91350100M000100Y43',
        department: { code: '9', zh: '市场监督管理', en: 'market regulation' },
        category: { code: '1', zh: '企业', en: 'enterprise' },
        registrationRegion: '350100',
        organisationCode: 'M000100Y-4',
        checkCharacter: '3',
      },
    });
  });

  it('names the 18th character and what it should be', () => {
    expect(problemsOf('91350100M000100Y44')).toMatchObject([
      { code: 'credit-code-check-character', position: 18, found: '4', expected: '3' },
    ]);
  });

  it('tells a wrong inner organisation code from a wrong 18th character', () => {
    // The 17th character is altered and the 18th recomputed, so only GB 11714 can notice.
    expect(problemsOf('91350100M000100Y56')).toMatchObject([
      { code: 'credit-code-organisation-digit', position: 17, expected: '4' },
    ]);
  });

  it('notices the transposition 38/83', () => {
    expect(problemsOf('914403001922083216').map((problem) => problem.code)).toEqual([
      'credit-code-organisation-digit',
      'credit-code-check-character',
    ]);
  });

  it('suggests zero for the letter O', () => {
    const [problem, ...others] = problemsOf('914403O01922038216');
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'credit-code-character', position: 7, found: 'O', expected: '0' });
    expect(problem?.zh).toBe('统一社会信用代码第7位“O”有误，应为“0”。');
  });

  it('suggests the half-width form of a full-width digit', () => {
    expect(problemsOf('９1350100M000100Y43')).toMatchObject([{ position: 1, found: '９', expected: '9' }]);
  });

  it.each([
    ['9144030019220382', '16', 17],
    ['91350100M000100Y433', '19', 19],
    ['', '0', 1],
  ])('says how many characters are missing in %j', (code, found, position) => {
    expect(problemsOf(code)).toMatchObject([{ code: 'credit-code-length', found, expected: '18', position }]);
  });

  it('refuses spaces', () => {
    expect(problemsOf('91350100 000100Y43')).toMatchObject([{ position: 9, found: ' ' }]);
  });

  it('turns failing check characters of a foreign label into warnings', () => {
    const checked = parseCreditCode('914403001922083216', { issuedBy: 'others' });
    expect(checked).toMatchObject({ ok: true, warnings: [{ position: 17 }, { position: 18 }] });
  });

  it('warns of a department or category that is not allotted', () => {
    const body = 'MA4L1A2B';
    expect(parseCreditCode(composeCreditCode('L', '1', '430000', body))).toMatchObject({
      ok: true,
      warnings: [{ code: 'credit-code-department' }],
    });
    expect(parseCreditCode(composeCreditCode('9', '7', '430000', body))).toMatchObject({
      ok: true,
      warnings: [{ code: 'credit-code-category', position: 2, expected: '123' }],
    });
  });

  it.each(['91350100M000100Y43', '9144030071526726XG', '91430000MA4L1A2B9W'])(
    'detects all 510 single substitutions in %s',
    (code) => {
      let detected = 0;
      for (let position = 0; position < 17; position++) {
        for (const character of ALPHABET) {
          if (character === code[position]) continue;
          const altered = code.slice(0, position) + character + code.slice(position + 1);
          if (!isCreditCode(altered) && !parseCreditCode(altered).ok) detected++;
        }
      }
      expect(detected).toBe(510);
    },
  );

  it('composes codes that it accepts itself', () => {
    const characters = fc.constantFrom(...ALPHABET);
    const body = fc.string({ unit: characters, minLength: 8, maxLength: 8 });
    const region = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(characters, characters, region, body, (department, category, area, body8) => {
        const code = composeCreditCode(department, category, area, body8);
        expect(isCreditCode(code)).toBe(true);
        expect(parseCreditCode(code)).toMatchObject({ ok: true, value: { registrationRegion: area } });
      }),
    );
  });

  it('refuses to compose from a body with a letter outside the alphabet', () => {
    expect(() => composeCreditCode('9', '1', '430100', 'MA4O0001')).toThrow(IdentifierError);
    expect(() => composeCreditCode('9', '1', '4301', 'MA4P0001')).toThrow(/行政区划码应为6位，实为4位/);
  });

  it('answers in bulk exactly as in detail, whatever the text', () => {
    const almost = fc
      .tuple(fc.constantFrom(...published), fc.nat(17), fc.string({ unit: codePoint, minLength: 1, maxLength: 1 }))
      .map(([code, at, character]) => code.slice(0, at) + character + code.slice(at + 1));
    fc.assert(
      fc.property(fc.oneof(almost, fc.string()), (text) => isCreditCode(text) === parseCreditCode(text).ok),
      { numRuns: 2000 },
    );
  });
});
