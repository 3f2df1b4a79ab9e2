import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpusNote, hasCorpus, readCorpus } from '../../fixtures/corpus.ts';
import {
  composeEpcUri,
  decodeTag,
  describeFilter,
  type EpcScheme,
  encodeTag,
  parseEpcUri,
  requireValue,
  TAG_SCHEMES,
} from '../index.ts';

const schemeOf = (name: string): EpcScheme => {
  const parsed = requireValue(
    parseEpcUri(`urn:epc:id:${name}:${name.startsWith('s') ? '0614141.0' : '0614141.'}${SAMPLES[name]}`),
  );
  return parsed.scheme;
};
const SAMPLES: Readonly<Record<string, string>> = {
  sgtin: '12345.1',
  sscc: '123456789',
  sgln: '1234.0',
  grai: '12345.1',
  giai: '1',
  gsrn: '1234567890',
  gsrnp: '1234567890',
  gdti: '12345.1',
};

describe('EPC tags', () => {
  it.each([
    ['urn:epc:tag:sgtin-96:3.0614141.812345.6789', '3074257BF7194E4000001A85'],
    ['urn:epc:tag:sscc-96:0.0614141.1234567890', '3114257BF4499602D2000000'],
    ['urn:epc:tag:sgln-96:0.0614141.12345.400', '3214257BF460720000000190'],
    ['urn:epc:tag:grai-96:0.0614141.12345.400', '3314257BF40C0E4000000190'],
    ['urn:epc:tag:giai-96:0.0614141.12345400', '3414257BF400000000BC6038'],
    ['urn:epc:tag:usdod-96:0.2S194.12345678901', '2F02032533139342DFDC1C35'],
  ])('writes and reads %s', (tagUri, hex) => {
    expect(requireValue(encodeTag(tagUri))).toBe(hex);
    expect(requireValue(decodeTag(hex)).tagUri).toBe(tagUri);
  });

  it('chooses the long encoding for a serial with letters or a leading zero', () => {
    const schemeFor = (serial: string): string =>
      requireValue(decodeTag(requireValue(encodeTag(`urn:epc:id:sgtin:0614141.812345.${serial}`)))).scheme;
    expect([schemeFor('6789'), schemeFor('06789'), schemeFor('A%2F1')]).toEqual(['sgtin-96', 'sgtin-198', 'sgtin-198']);
  });

  it.each([
    ['30742', 'tag-short'],
    ['FF00000000000000000000000000', 'tag-header'],
    ['301C257BF7194E4000001A85', 'tag-partition'],
    ['no digits', 'tag-hex'],
  ])('refuses %s with %s', (hex, code) => {
    expect(decodeTag(hex)).toMatchObject({ ok: false, problems: [{ code }] });
  });

  it('refuses a serial that does not fit into the encoding asked for', () => {
    expect(encodeTag('urn:epc:id:sgtin:0614141.812345.A1', { scheme: 'sgtin-96' })).toMatchObject({
      problems: [{ code: 'tag-no-room' }],
    });
  });

  it('tells what a filter value means', () => {
    expect(describeFilter('sgtin', 2).en).toBe('full case for transport');
    expect(describeFilter('sscc', 5).zh).toBe('保留');
  });

  it('reads back what it writes, for every encoding, partition and filter', () => {
    const number = (digits: number) =>
      fc.bigInt({ min: 0n, max: 10n ** BigInt(digits) - 1n }).map((value) => String(value).padStart(digits, '0'));
    for (const scheme of TAG_SCHEMES) {
      const epc = schemeOf(scheme.epc);
      const arbitrary = fc.integer({ min: 6, max: 12 }).chain((size) =>
        fc.record({
          prefix: number(size),
          reference:
            epc.digits === undefined
              ? fc.constant('')
              : epc.digits - size === 0
                ? fc.constant('')
                : number(epc.digits - size),
          digits: fc.bigInt({ min: 0n, max: 2n ** 38n - 1n }).map(String),
          letters: fc.stringMatching(/^[A-Z!"%&'()*+,\-./:;<=>?_a-z][A-Za-z0-9!"%&/_]{0,14}$/),
          filter: fc.integer({ min: 0, max: 7 }),
        }),
      );
      fc.assert(
        fc.property(arbitrary, ({ prefix, reference, digits, letters, filter }) => {
          const tail = scheme.serial ?? scheme.rest;
          const serial = tail === undefined ? [] : [tail.kind === 'number' ? digits : letters];
          const parts = scheme.rest === undefined ? [prefix, reference, ...serial] : [prefix, ...serial];
          const epcUri = composeEpcUri('id', epc, parts);
          const hex = requireValue(encodeTag(epcUri, { filter, scheme: scheme.name }));
          expect(hex.length * 4).toBe(Math.ceil(scheme.bits / 16) * 16);
          expect(requireValue(decodeTag(hex))).toMatchObject({ epcUri, filter, scheme: scheme.name });
        }),
        { numRuns: 40 },
      );
    }
  });

  it.skipIf(!hasCorpus)(`meets the binary vectors of others (${corpusNote})`, () => {
    interface Vector {
      readonly hex: string;
      readonly tagURI?: string;
      readonly pureURI?: string;
    }
    const vectors = JSON.parse(readCorpus('digital-link/rfid-epc-binary-vectors.json')) as Vector[];
    expect(vectors).toHaveLength(4);
    for (const { hex, tagURI, pureURI } of vectors) {
      const tag = requireValue(decodeTag(hex));
      if (tagURI !== undefined) expect([tag.tagUri, tag.epcUri]).toEqual([tagURI, pureURI]);
      expect(requireValue(encodeTag(tag.tagUri, { unit: 8 }))).toBe(hex);
    }
  });
});
