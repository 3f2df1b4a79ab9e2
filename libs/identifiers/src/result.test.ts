import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as identifiers from './index.ts';

/** Any code point, halves of surrogate pairs among them; the table behind fast-check's 'binary' takes seconds to build. */
const codePoint = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));

const parsers = {
  parseCccCertificate: identifiers.parseCccCertificate,
  parseCmaCertificate: identifiers.parseCmaCertificate,
  parseCreditCode: identifiers.parseCreditCode,
  parseDigitalLink: identifiers.parseDigitalLink,
  parseDocumentNumber: identifiers.parseDocumentNumber,
  parseElementString: identifiers.parseElementString,
  parseBracketedElements: identifiers.parseBracketedElements,
  parseEquipmentCode: identifiers.parseEquipmentCode,
  parseEquipmentManufacturingLicence: identifiers.parseEquipmentManufacturingLicence,
  parseEquipmentRegistrationCode: identifiers.parseEquipmentRegistrationCode,
  parseFoodOperationNumber: identifiers.parseFoodOperationNumber,
  parseFoodProductionLicence: identifiers.parseFoodProductionLicence,
  parseGtin: identifiers.parseGtin,
  parseIndustrialLicence: identifiers.parseIndustrialLicence,
  parseOrganisationCode: identifiers.parseOrganisationCode,
  parseRegionCode: identifiers.parseRegionCode,
  parseResidentIdentity: identifiers.parseResidentIdentity,
  parseStandardNumber: identifiers.parseStandardNumber,
  parseUseRegistration: identifiers.parseUseRegistration,
};

const seeds = [
  '91350100M000100Y43',
  'SC11834020305037',
  '湘市监处罚〔2026〕12号',
  '(湘)XK13-006-00001',
  '梯11闽E3622(16)',
  'GB/T 7588.1-2020',
  'https://a.cn/01/06901028075763/10/A?17=261231',
  '010690102807576310A1',
  '(01)06901028075763(10)A1',
  '31103506002016053337',
  '11010519491231002X',
];

const damaged = fc
  .tuple(fc.constantFrom(...seeds), fc.nat(40), fc.nat(3), fc.string({ unit: 'grapheme', maxLength: 3 }))
  .map(([text, at, removed, added]) => text.slice(0, at) + added + text.slice(at + removed));

describe('every parser', () => {
  it('is covered here', () => {
    expect(
      Object.keys(identifiers)
        .filter((name) => name.startsWith('parse'))
        .sort(),
    ).toEqual(Object.keys(parsers).sort());
  });

  it.each(Object.entries(parsers))('%s never throws and always explains a refusal in both languages', (_, parse) => {
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string({ unit: codePoint }), fc.constant('')), (text) => {
        const checked = parse(text);
        const said = checked.ok ? checked.warnings : checked.problems;
        const unexplained = said.filter(({ code, zh, en, position = 1 }) => {
          const coded = /^[a-z0-9]+(-[a-z0-9]+)+$/.test(code);
          return !(coded && /\p{Script=Han}.*[。]$/su.test(zh) && en.endsWith('.') && position >= 1);
        });
        // One assertion a run: most of the time would go into asserting.
        if ((!checked.ok && said.length === 0) || unexplained.length > 0)
          expect({ text, checked }).toBe('explained by every problem');
      }),
      { numRuns: 500 },
    );
  });

  it('throws the explanation when a value is demanded', () => {
    expect(() => identifiers.getValue(identifiers.parseGtin('6901028075764'))).toThrow(
      expect.objectContaining({ name: 'IdentifierError', code: 'gtin-check-digit' }),
    );
  });
});
