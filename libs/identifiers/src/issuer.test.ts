import { describe, expect, it } from 'vitest';
import {
  type Checked,
  type IssuerOption,
  parseBracketedElements,
  parseCccCertificate,
  parseCmaCertificate,
  parseEquipmentCode,
  parseEquipmentManufacturingLicence,
  parseEquipmentRegistrationCode,
  parseFoodOperationNumber,
  parseFoodProductionLicence,
} from './index.ts';

type Parser = (text: string, options?: IssuerOption) => Checked<unknown>;

describe('a fault on a label', () => {
  it.each<readonly [string, string, Parser]>([
    ['a food category that does not exist', 'SC19934020305033', parseFoodProductionLicence],
    ['a form of filing that does not exist', 'YB93301080111713', parseFoodOperationNumber],
    ['an authority that does not exist', '329912050123', parseCmaCertificate],
    ['a serial before the first', '181812050000', parseCmaCertificate],
    ['a certificate older than the scheme', '1999010901123456', parseCccCertificate],
    ['equipment of the year 1815', '215010890181500098', parseEquipmentCode],
    ['a thirteenth month', '31103506002016133337', parseEquipmentRegistrationCode],
    ['a licence that ran out in 1915', 'TS2210890-1915', parseEquipmentManufacturingLicence],
    ['a best-before day that does not exist', '(01)06901028075763(15)260230', parseBracketedElements],
  ])('%s is an error on ours and a warning on somebody else’s', (_, text, parse) => {
    const ours = parse(text);
    const theirs = parse(text, { issuedBy: 'others' });
    expect(ours.ok).toBe(false);
    expect(theirs).toMatchObject({ ok: true, warnings: ours.ok ? [] : ours.problems });
  });

  it('that leaves nothing to read stays an error', () => {
    for (const text of ['SC1183402030503', 'QS110101010001', '', 'SC1183402030503X'])
      expect(parseFoodProductionLicence(text, { issuedBy: 'others' }).ok).toBe(false);
  });
});
