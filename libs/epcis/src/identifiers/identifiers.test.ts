import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpusNote, hasCorpus, readCorpus } from '../../fixtures/corpus.ts';
import {
  canonicalUri,
  composeEpcUri,
  digitalLinkOfEpcUri,
  EPC_SCHEMES,
  epcUriOfDigitalLink,
  firstKnownLength,
  identifyScheme,
  isSameIdentifier,
  parseEpcUri,
  requireValue,
} from '../index.ts';
import { gs1CompanyPrefixLength } from './company-prefix-table.ts';

describe('EPC URI and Digital Link', () => {
  it.each([
    ['urn:epc:id:sgtin:0614141.112345.6789', 'https://id.gs1.org/01/10614141123459/21/6789'],
    ['urn:epc:id:sscc:0614141.1234567890', 'https://id.gs1.org/00/106141412345678908'],
    ['urn:epc:id:sgln:0614141.12345.400', 'https://id.gs1.org/414/0614141123452/254/400'],
    ['urn:epc:id:sgln:0614141.12345.0', 'https://id.gs1.org/414/0614141123452'],
    ['urn:epc:id:grai:0614141.12345.400', 'https://id.gs1.org/8003/00614141123452400'],
    ['urn:epc:id:cpi:0614141.123ABC.123456789', 'https://id.gs1.org/8010/0614141123ABC/8011/123456789'],
    ['urn:epc:class:lgtin:4012345.012345.Lot987', 'https://id.gs1.org/01/04012345123456/10/Lot987'],
    ['urn:epc:idpat:sgtin:0614141.112345.*', 'https://id.gs1.org/01/10614141123459'],
    ['urn:epc:id:sgtin:0614141.812345.A%2F%3F', 'https://id.gs1.org/01/80614141123458/21/A%2F%3F'],
  ])('writes %s as %s and back', (urn, link) => {
    expect(requireValue(digitalLinkOfEpcUri(urn))).toBe(link);
    expect(requireValue(epcUriOfDigitalLink(link, () => 7))).toBe(urn);
  });

  it('refuses to guess where a company prefix ends', () => {
    const answer = epcUriOfDigitalLink('https://id.gs1.org/01/04012345111118/21/1', () => undefined);
    expect(answer).toMatchObject({ ok: false, problems: [{ code: 'company-prefix-unknown' }] });
  });

  it('looks prefixes up in the table of GS1, after what the caller knows', () => {
    const lookup = firstKnownLength((digits) => (digits.startsWith('4012345') ? 9 : undefined), gs1CompanyPrefixLength);
    expect(requireValue(epcUriOfDigitalLink('https://id.gs1.org/01/04012345111118/21/1', lookup))).toBe(
      'urn:epc:id:sgtin:401234511.0111.1',
    );
    expect(requireValue(epcUriOfDigitalLink('https://id.gs1.org/01/06901020000017', lookup))).toBe(
      'urn:epc:idpat:sgtin:6901020.000001.*',
    );
    expect([gs1CompanyPrefixLength('69010281'), gs1CompanyPrefixLength('952088')]).toEqual([10, 6]);
    expect(gs1CompanyPrefixLength('9')).toBeUndefined();
  });

  it('warns of a wrong check digit and of a lot that an instance URI cannot carry', () => {
    const answer = epcUriOfDigitalLink('https://id.gs1.org/01/04012345111119/10/L1/21/S1', () => 7);
    expect(answer).toMatchObject({
      ok: true,
      value: 'urn:epc:id:sgtin:4012345.011111.S1',
      warnings: [{ code: 'gs1-check-digit' }, { code: 'link-qualifier-lost' }],
    });
  });

  it.each([
    ['urn:epc:id:sgtin:0614141.12345.1', 'epc-uri-length'],
    ['urn:epc:id:sgtin:06141x1.112345.1', 'epc-uri-prefix'],
    ['urn:epc:id:sscc:0614141', 'epc-uri-parts'],
    ['urn:epc:id:bic:CSQU3054383', 'epc-uri-scheme'],
    ['urn:epc:idpat:sgtin:0614141.*.*', 'epc-uri-no-link'],
  ])('refuses %s with %s', (uri, code) => {
    expect(digitalLinkOfEpcUri(uri)).toMatchObject({ ok: false, problems: [{ code }] });
  });

  it('is its own inverse for every scheme', () => {
    const drawn = (signs: string, minLength: number, maxLength: number) =>
      fc.string({ unit: fc.constantFrom(...signs), minLength, maxLength });
    const digits = '0123456789';
    const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const number = (size: number) => drawn(digits, size, size);
    // A first letter ends the digits of the company prefix; the slash and the others must be escaped.
    const letters = fc
      .tuple(drawn(capitals, 1, 1), drawn(`${capitals}${digits}-/`, 0, 8))
      .map((parts) => parts.join(''));
    for (const scheme of EPC_SCHEMES) {
      const numeric = ['sgcn', 'cpi'].includes(scheme.name);
      const serial = numeric
        ? fc.integer({ min: 1, max: 1e9 }).map(String)
        : drawn(`${capitals}${digits}!"%&'()*+,-./:;<=>?_abcdefghijklmnopqrstuvwxyz`, 1, 12);
      const arbitrary = fc.integer({ min: 6, max: 12 }).chain((size) => {
        const reference = scheme.digits === undefined ? letters : number(scheme.digits - size);
        const rest =
          scheme.name === 'itip' ? [fc.constant('01'), fc.constant('02'), serial] : scheme.size === 3 ? [serial] : [];
        return fc.tuple(number(size), reference, ...rest).map((parts) => ({ size, parts }));
      });
      fc.assert(
        fc.property(arbitrary, ({ size, parts }) => {
          const urn = composeEpcUri(scheme.name === 'lgtin' ? 'class' : 'id', scheme, parts);
          expect(requireValue(parseEpcUri(urn)).parts).toEqual(parts);
          expect(requireValue(epcUriOfDigitalLink(requireValue(digitalLinkOfEpcUri(urn)), () => size))).toBe(urn);
        }),
        { numRuns: 40 },
      );
    }
  });
});

describe('one form for one thing', () => {
  it.each([
    [
      'https://example.com/some/stem/01/10614141123459/21/6789?17=261231',
      'https://id.gs1.org/01/10614141123459/21/6789',
    ],
    ['https://example.com/gtin/614141123452', 'https://id.gs1.org/01/00614141123452'],
    ['https://id.gs1.org/01/10614141123459/22/2A/10/L1/21/S1', 'https://id.gs1.org/01/10614141123459/21/S1'],
    ['https://id.gs1.org/8004/0614141ABC#part', 'https://id.gs1.org/8004/0614141ABC'],
    ['http://transaction.example.com/po/12345678', 'http://transaction.example.com/po/12345678'],
    ['https://example.com/00/12', 'https://example.com/00/12'],
    ['urn:epc:id:bic:CSQU3054383', 'urn:epc:id:bic:CSQU3054383'],
    ['urn:epcglobal:cbv:bt:0614141073467:1152', 'urn:epcglobal:cbv:bt:0614141073467:1152'],
  ])('%s is %s', (uri, canonical) => {
    expect(canonicalUri(uri)).toBe(canonical);
    expect(canonicalUri(canonical)).toBe(canonical);
  });

  it.each([
    ['urn:epc:id:sgtin:0614141.112345.6789', 'gs1', 'instance'],
    ['https://example.com/01/10614141123459/10/L1', 'gs1', 'class'],
    ['urn:epc:id:bic:CSQU3054383', 'epc', 'instance'],
    ['1000012345678901', 'ecode', undefined],
    ['https://www.iotroot.com/1000012345678901', 'ecode', undefined],
    ['88.166.1/ABC', 'handle', undefined],
    ['https://hdl.handle.net/20.500.12345/abc', 'handle', undefined],
    ['urn:uuid:374D95FC-9457-4a51-bd6a-0bba133845a8', 'uuid', 'instance'],
    ['https://example.com/cartons/1', 'private', undefined],
  ])('tells that %s is of the family %s', (uri, scheme, level) => {
    expect(identifyScheme(uri)).toMatchObject({ scheme, ...(level === undefined ? {} : { level }) });
  });

  it('knows the same handle with and without proxy and in another case', () => {
    expect(isSameIdentifier('88.166.1/ABC', 'https://hdl.handle.net/88.166.1/abc')).toBe(true);
    expect(isSameIdentifier('88.166.1/ABC', '88.166.1/ABD')).toBe(false);
  });
});

/** Why vectors of a translator differ: what is no URI, no GS1 value, or another edition of the prefix table. */
function reasonOf({ urn, uri }: Vector): string | undefined {
  if (/["<>]|%(?![0-9A-Fa-f]{2})/.test(urn + uri)) return 'RFC 3986 §2: a character that no URI may hold';
  if (/\/\/(?!id\.gs1|[a-z0-9.A-Z]+\/)|\/(?:38|94304)$/.test(uri))
    return 'RFC 3986 §3.3: an unescaped slash within a value';
  if (uri.includes('#')) return 'RFC 3986 §3.5: an unescaped number sign begins a fragment';
  if (/https:\/\/https:/.test(uri)) return 'RFC 3986 §3.2: no host';
  if (uri.includes('TR-07-AVE')) return 'GS1 GenSpecs §3.9: GIAI of 31 characters';
  if (uri.endsWith('/8010/123457-57578')) return 'TDS §6.3.10: a company prefix is numeric';
  if (uri.endsWith('/8018/302241753828392832')) return 'another edition of the GCP Prefix Format List';
  return undefined;
}

interface Vector {
  readonly kind: 'urnToDigitalLink' | 'digitalLinkToUrn';
  readonly urn: string;
  readonly uri: string;
  readonly gcpLength?: number | null;
}

const decoded = (text: string): string => decodeURIComponent(text.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'));

describe.skipIf(!hasCorpus)(`143 translations of others (${corpusNote})`, () => {
  it('agrees with all but those that break a standard', () => {
    const vectors = JSON.parse(readCorpus('digital-link/epc-urn-digitallink-vectors.json')) as Vector[];
    let agreed = 0;
    for (const vector of vectors) {
      const { kind, urn, uri, gcpLength } = vector;
      const answer =
        kind === 'urnToDigitalLink'
          ? digitalLinkOfEpcUri(urn)
          : epcUriOfDigitalLink(uri, typeof gcpLength === 'number' ? () => gcpLength : gs1CompanyPrefixLength);
      // Values that the vectors leave unescaped although a URI could not hold them otherwise are compared unescaped.
      const meets = answer.ok && decoded(answer.value) === decoded(kind === 'urnToDigitalLink' ? uri : urn);
      if (meets) agreed++;
      else expect(reasonOf(vector), `${urn} ${uri}`).toBeDefined();
    }
    expect([vectors.length, agreed]).toEqual([143, 120]);
  });
});
