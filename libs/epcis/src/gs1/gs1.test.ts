import {
  composeDigitalLink,
  type Gs1Element,
  getValue,
  parseBracketedElements,
  parseDigitalLink,
} from '@hengjian/identifiers';
import { describe, expect, it } from 'vitest';
import { corpusNote, hasCorpus, readCorpus } from '../../fixtures/corpus.ts';
import { checkElements, syntaxDictionary } from '../index.ts';
import { LINTERS } from './linters.ts';

/** `(01)…(10)…` for identifiers of the dictionary; an opening bracket in a value is written `\(`. */
function elementsOf(text: string): Gs1Element[] {
  return [...text.matchAll(/\((\d{2,4})\)((?:\\\(|[^(])*)/g)].map(([, identifier, value]) => ({
    identifier: identifier!,
    value: value!.replaceAll('\\(', '('),
  }));
}

const codes = (text: string): string[] => checkElements(elementsOf(text)).map(({ code }) => code);

describe('application identifiers of one item', () => {
  it('knows those of the dictionary', () => {
    expect(syntaxDictionary.size).toBeGreaterThan(480);
    expect(syntaxDictionary.get('01')).toMatchObject({ title: 'GTIN', qualifiers: [['22', '10', '21'], ['235']] });
  });

  it.each([
    ['(01)06901028075763(10)A1(17)261231', []],
    ['(01)06901028075764', ['gs1-incorrect-check-digit']],
    ['(01)0690102807576', ['gs1-length']],
    ['(17)261301', ['gs1-illegal-month', 'gs1-required']],
    ['(10)A1', ['gs1-required']],
    ['(01)06901028075763(02)06901028075763(37)5', ['gs1-excluded', 'gs1-excluded', 'gs1-required']],
    ['(01)06901028075763(10)A1(10)A2', ['gs1-contradiction']],
    ['(01)06901028075763(422)157', ['gs1-not-iso3166']],
    ['(89)X', ['gs1-identifier']],
    ['(253)1234567890128(8030)ABC', ['gs1-required']],
  ])('finds in %s %j', (text, expected) => {
    expect(codes(text)).toEqual(expected);
    for (const { zh, en } of checkElements(elementsOf(text))) expect([zh.slice(-1), en.slice(-1)]).toEqual(['。', '.']);
  });

  it('leaves out what goes together when asked to', () => {
    expect(checkElements(elementsOf('(10)A1'), { associations: false })).toEqual([]);
  });
});

describe.skipIf(!hasCorpus)(`vectors of the GS1 syntax engine and dictionary (${corpusNote})`, () => {
  interface LintVector {
    readonly linter: string;
    readonly input: string;
    readonly valid: boolean;
    readonly error?: string;
  }

  it('meets 747 of 762 lint vectors; 15 put a register of company prefixes to the test', () => {
    const vectors = JSON.parse(readCorpus('digital-link/ai-lint-vectors.json')) as LintVector[];
    const tested = vectors.filter(({ linter }) => !linter.startsWith('gcppos'));
    expect([vectors.length, tested.length]).toEqual([762, 747]);
    for (const { linter, input, error } of tested)
      expect(LINTERS[linter]!(input)?.error, `${linter} ${input}`).toBe(error);
  });

  interface EngineVector {
    readonly kind: 'parseDigitalLink' | 'parseBracketedAI' | 'generateDigitalLink' | 'validateAIs';
    readonly input: string;
    readonly valid: boolean;
    readonly elementString?: string | null;
    readonly stem?: string | null;
    readonly uri?: string | null;
    readonly flags?: Readonly<Record<string, boolean>>;
  }
  // Options of the engine that ask for what no standard has any more, and placeholders of its macros.
  const unlike = ({ input, flags = {} }: EngineVector): boolean =>
    flags.permitConvenienceAlphas === true || flags.UNKNOWN_AI_NOT_DL_ATTR === false || input === 'inbuf';
  // Written for others' labels, the reader pads short GTINs and warns (GS1 Digital Link 1.1); the engine refuses them by default.
  const PADDED = ['https://a/01/2112345678900', 'https://a/01/416000336108'];

  const plain = (elements: readonly Gs1Element[]): string =>
    elements.map(({ identifier, value }) => identifier + value).join('');
  // The engine writes FNC1 as ^.
  const unseparated = (text: string | null | undefined): string | undefined => text?.replaceAll('^', '');

  it('agrees on Digital Links, bracketed strings and associations', () => {
    const vectors = JSON.parse(readCorpus('digital-link/dl-and-ai-vectors.json')) as EngineVector[];
    const left = vectors.filter((vector) => unlike(vector) || (PADDED.includes(vector.input) && !vector.valid));
    expect([vectors.length, left.length]).toEqual([163, 7]);
    for (const vector of vectors) {
      if (left.includes(vector)) continue;
      const { kind, input, valid, stem, uri, elementString } = vector;
      if (kind === 'parseDigitalLink') {
        const read = parseDigitalLink(input, { issuedBy: 'others' });
        expect(read.ok, input).toBe(valid);
        if (read.ok) expect(plain(read.value.elements), input).toBe(unseparated(elementString));
      } else if (kind === 'parseBracketedAI') {
        const read = parseBracketedElements(input, { issuedBy: 'others' });
        expect(read.ok, input).toBe(valid);
        if (read.ok) expect(plain(read.value), input).toBe(unseparated(elementString));
      } else if (kind === 'validateAIs') {
        expect(
          checkElements(elementsOf(input)).filter(({ code }) => /required|excluded|contradiction/.test(code)).length ===
            0,
          input,
        ).toBe(valid);
      } else if (valid) {
        const elements = getValue(parseBracketedElements(input.replace(/^\^/, ''), { issuedBy: 'others' }));
        expect(composeDigitalLink(elements, stem == null ? {} : { stem })).toBe(uri);
      }
    }
  });
});
