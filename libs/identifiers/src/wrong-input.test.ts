import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as identifiers from './index.ts';

/** Any code point, halves of surrogate pairs among them; the table behind fast-check's 'binary' takes seconds to build. */
const codePoint = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));

type Arguments = fc.Arbitrary<readonly unknown[]>;

const text = fc.oneof(
  fc.string({ unit: codePoint, maxLength: 24 }),
  fc.string({ unit: fc.constantFrom(...'0123456789ABXYZ〔〕()-/.号湘 Oo\u001D０'), maxLength: 24 }),
  fc.constantFrom('', '0', ' ', '91350100M000100Y43', 'GB/T 1-2020', '430102', '101', '430000'),
);
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, 1, 2026, Number.NaN, Number.POSITIVE_INFINITY, 1e21, 0.5),
);
const issuer = fc.constantFrom({}, { issuedBy: 'us' }, { issuedBy: 'others' });
const identifier = fc.oneof(text, fc.constantFrom('00', '01', '10', '17', '21', '253', '3103', '8006', '8200'));
const element = fc.record({ identifier, value: text });
const elements = fc.array(element, { maxLength: 4 });
const region = fc.record({
  name: text,
  kind: fc.constantFrom('division', 'statistical-zone'),
  validFrom: fc.constantFrom('2020-01-01', '', '9999-12-31'),
  validTo: fc.constantFrom('2021-01-01', '', '0000-00-00'),
});
const checked = fc.oneof(
  text.map((written) => identifiers.parseGtin(written)),
  text.map((written) => identifiers.parseStandardNumber(written)),
);
const standard = fc
  .constantFrom('GB 1-2000', 'GB/T 1.1', 'Q/AB 0001S-2023', 'T/A 1-2020', 'DB43/T 9-2020', 'GB 1-2014(2018年版)')
  .map((written) => identifiers.getValue(identifiers.parseStandardNumber(written, { undated: true })));
const parts = fc.record({ organ: text, kind: text, year: number, sequence: number, ordinal: fc.boolean() });

/** What each exported function is called with: arguments of the declared types, and whatever can stand in them. */
const calls: Readonly<Record<string, Arguments>> = {
  checkCombination: fc.tuple(elements, issuer),
  compareStandardNumbers: fc.tuple(standard, standard),
  composeCreditCode: fc.tuple(text, text, text, text),
  composeDigitalLink: fc.tuple(elements, fc.oneof(fc.constant({}), fc.record({ stem: text }))),
  composeElementString: fc.tuple(elements),
  composeFoodOperationNumber: fc.tuple(fc.constantFrom('JY', 'YB'), text, text, number),
  composeFoodProductionLicence: fc.tuple(text, text, number),
  composeGtin13: fc.tuple(text),
  composeOrganisationCode: fc.tuple(text),
  findApplicationIdentifierAt: fc.tuple(text, number),
  findDecimalValue: fc.tuple(element),
  findEquipmentClass: fc.tuple(text),
  findFoodCategory: fc.tuple(text),
  findIndustry: fc.tuple(text),
  findProvince: fc.tuple(text),
  findProvinceByAbbreviation: fc.tuple(text),
  formatDocumentNumber: fc.tuple(parts),
  getValue: fc.tuple(checked),
  isCreditCode: fc.tuple(text),
  isGtin: fc.tuple(text),
  isRegionWithin: fc.tuple(text, text),
  isSameStandard: fc.tuple(standard, standard),
  maskOfficerNumber: fc.tuple(text),
  maskPersonalName: fc.tuple(text),
  maskPhone: fc.tuple(text),
  maskResidentIdentity: fc.tuple(text),
  modulus10: fc.tuple(text),
  parseBracketedElements: fc.tuple(text, issuer),
  parseCccCertificate: fc.tuple(text),
  parseCmaCertificate: fc.tuple(text),
  parseCreditCode: fc.tuple(text, issuer),
  parseDigitalLink: fc.tuple(
    fc.oneof(
      text,
      text.map((path) => `https://a.cn/01/${path}`),
    ),
    issuer,
  ),
  parseDocumentNumber: fc.tuple(text, fc.record({ organs: fc.array(text) })),
  parseElementString: fc.tuple(text, issuer),
  parseEquipmentCode: fc.tuple(text),
  parseEquipmentManufacturingLicence: fc.tuple(text),
  parseEquipmentRegistrationCode: fc.tuple(text),
  parseFoodOperationNumber: fc.tuple(text, issuer),
  parseFoodProductionLicence: fc.tuple(text, issuer),
  parseGtin: fc.tuple(text, issuer),
  parseIndustrialLicence: fc.tuple(text),
  parseOrganisationCode: fc.tuple(text, issuer),
  parseRegionCode: fc.tuple(
    text,
    fc.array(fc.tuple(text, region)).map((rows) => new Map(rows)),
    text,
  ),
  parseResidentIdentity: fc.tuple(text, issuer),
  parseStandardNumber: fc.tuple(text, fc.record({ undated: fc.boolean() })),
  parseUseRegistration: fc.tuple(text, fc.constantFrom({}, { pattern: /(?<kind>.)(?<province>.)/ })),
  resolveGs1Date: fc.tuple(text, number),
  showPersonal: fc.tuple(
    fc.constantFrom('resident-identity', 'phone', 'officer-number', 'personal-name'),
    text,
    fc.record({ inClear: fc.boolean() }),
  ),
  supersedes: fc.tuple(standard, standard),
};

const functions = Object.entries<unknown>({ ...identifiers }).filter(
  (entry): entry is [string, (...given: never[]) => unknown] =>
    typeof entry[1] === 'function' && entry[0] !== 'IdentifierError',
);

/** No NaN, no undefined and no "NaN" or "undefined" in a sentence, however deep. */
function soundness(value: unknown): void {
  const found = unsound(value);
  if (found !== undefined) throw new Error(`unsound: ${found}`);
}

function unsound(value: unknown): string | undefined {
  if (value === undefined || Number.isNaN(value)) return String(value);
  if (typeof value === 'string') return /\b(?:NaN|undefined)\b/.exec(value)?.[0];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, part] of Object.entries(value)) {
    // What stands there may be anything; it is repeated as it is.
    const fault = name === 'found' ? undefined : unsound(part);
    if (fault !== undefined) return `${name}: ${fault}`;
  }
  return undefined;
}

describe('wrong input', () => {
  it('is tried on every exported function', () => {
    expect(functions.map(([name]) => name).sort()).toEqual(Object.keys(calls).sort());
  });

  it.each(functions)('%s answers soundly or throws its typed error', (name, call) => {
    fc.assert(
      fc.property(calls[name]!, (given) => {
        try {
          const answer = (call as (...all: readonly unknown[]) => unknown)(...given);
          // Only those that look something up may find nothing.
          if (!(answer === undefined && name.startsWith('find'))) soundness(answer);
        } catch (error) {
          if (!(error instanceof identifiers.IdentifierError)) throw error;
          expect(error.problems.length).toBeGreaterThan(0);
          soundness(error.problems);
        }
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});
