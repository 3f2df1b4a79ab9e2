import { describe, expect, it } from 'vitest';
import { parseCccCertificate, parseCmaCertificate } from './conformity-certificate.ts';
import { parseEquipmentManufacturingLicence, parseUseRegistration } from './equipment-certificate.ts';
import { parseIndustrialLicence } from './industrial-licence.ts';
import { parseEquipmentCode, parseEquipmentRegistrationCode } from './special-equipment.ts';

describe('industrial product licence', () => {
  it.each([
    ['XK08-001-00123', 'XK08-001-00123', undefined],
    ['(湘)XK13-006-00001', '(湘)XK13-006-00001', '43'],
    ['（湘）xk13-006-00001', '(湘)XK13-006-00001', '43'],
    ['湘XK06-001-12345', '(湘)XK06-001-12345', '43'],
  ])('reads %s', (text, number, province) => {
    const checked = parseIndustrialLicence(text);
    expect(checked).toMatchObject({ ok: true, value: { number } });
    if (checked.ok) expect(checked.value.province).toBe(province);
  });

  it('says where XK8-001-00123 and XK08-001-0012 lack a digit', () => {
    expect(parseIndustrialLicence('XK8-001-00123')).toMatchObject({
      ok: false,
      problems: [
        { found: '13', expected: '14' },
        { position: 4, found: '-', expected: '0-9' },
      ],
    });
    expect(parseIndustrialLicence('XK08-001-0012')).toMatchObject({
      ok: false,
      problems: [{ code: 'industrial-licence-length', position: 14 }],
    });
  });

  it('refuses an unbalanced bracket and a province that does not exist', () => {
    expect(parseIndustrialLicence('(湘XK13-006-00001')).toMatchObject({
      ok: false,
      problems: [
        { found: '16', expected: '17' },
        { position: 3, expected: ')' },
      ],
    });
    expect(parseIndustrialLicence('(汉)XK13-006-00001')).toMatchObject({
      ok: false,
      problems: [{ position: 2, found: '汉' }],
    });
  });
});

describe('special equipment', () => {
  it('reads the code 215010890201500098', () => {
    expect(parseEquipmentCode('215010890201500098')).toMatchObject({
      ok: true,
      warnings: [],
      value: {
        catalogue: '2150',
        equipmentClass: { zh: '压力容器' },
        manufacturer: '10890',
        year: 2015,
        sequence: '00098',
      },
    });
  });

  it('accepts the sequence A0000 after 99999 and a catalogue code with a letter', () => {
    expect(parseEquipmentCode('4D00108902015A0000')).toMatchObject({
      ok: true,
      value: { catalogue: '4D00', sequence: 'A0000' },
    });
  });

  it('accepts the older 17 characters with a warning', () => {
    expect(parseEquipmentCode('21501089020150098')).toMatchObject({
      ok: true,
      warnings: [{ code: 'equipment-code-older-form' }],
      value: { sequence: '0098' },
    });
  });

  it.each([
    ['2150108902', [['equipment-code-length', 11]]],
    [
      '2150108901815000098',
      [
        ['equipment-code-length', 19],
        ['equipment-code-year', 10],
      ],
    ],
    ['215010890181500098', [['equipment-code-year', 10]]],
    ['G15010890201500098', [['equipment-code-character', 1]]],
  ])('refuses %s', (code, expected) => {
    const checked = parseEquipmentCode(code);
    expect(checked.ok ? [] : checked.problems.map((problem) => [problem.code, problem.position])).toEqual(expected);
  });

  it.each([
    ['21603101012006010101', '310101', '2006-01'],
    ['31103506002016053337', '350600', '2016-05'],
    ['3110350600201605A001', '350600', '2016-05'],
  ])('reads the registration code %s', (code, region, month) => {
    expect(parseEquipmentRegistrationCode(code)).toMatchObject({ ok: true, value: { region, month } });
  });

  it('refuses month 13', () => {
    expect(parseEquipmentRegistrationCode('31103506002016133337')).toMatchObject({
      ok: false,
      problems: [{ code: 'equipment-registration-month', position: 15, found: '13' }],
    });
  });

  it.each([
    ['梯11闽E3622(16)', { kind: '梯', catalogue: '11', province: '35', city: 'E', sequence: '3622', year: '16' }],
    ['起17湘A00012(26)', { kind: '起', catalogue: '17', province: '43', city: 'A', sequence: '00012', year: '26' }],
    ['容15湘B01234(25)', { kind: '容', sequence: '01234' }],
    ['容15湘b01234（25）', { kind: '容', number: '容15湘B01234(25)', printed: '容15湘b01234（25）' }],
    ['梯湘AA0012(26)', { city: 'A', sequence: 'A0012' }],
  ])('reads the use-registration %s', (text, value) => {
    expect(parseUseRegistration(text)).toMatchObject({ ok: true, warnings: [], value });
  });

  it('finds the city letter missing in 梯11湘00001(26)', () => {
    expect(parseUseRegistration('梯11湘00001(26)')).toMatchObject({
      ok: false,
      problems: [{ position: 5, found: '0', expected: 'A-Z' }],
    });
  });

  it.each(['', '梯', '梯11', '梯11湘A12(26)', '梯11湘A1234567(26)', '梯11湘A1234(26', '船11湘A1234(26)'])(
    'refuses %j',
    (text) => {
      expect(parseUseRegistration(text).ok).toBe(false);
    },
  );

  it('warns of a letter that no Hunan city has', () => {
    expect(parseUseRegistration('梯11湘Z0001(26)')).toMatchObject({
      ok: true,
      warnings: [{ code: 'use-registration-city', position: 5 }],
    });
  });

  it('follows a configured pattern instead', () => {
    const pattern = /^(?<kind>.)-(?<province>.)(?<city>[A-Z])-(?<sequence>\d{6})-(?<year>\d{2})$/;
    expect(parseUseRegistration('梯-湘A-000123-27', { pattern })).toMatchObject({
      ok: true,
      value: { sequence: '000123', province: '43' },
    });
    expect(parseUseRegistration('梯11湘A00012(26)', { pattern })).toMatchObject({
      ok: false,
      problems: [{ code: 'use-registration-pattern' }],
    });
  });

  it('links a manufacturing licence to the manufacturer in equipment codes', () => {
    expect(parseEquipmentManufacturingLicence('TS2210890-2015')).toMatchObject({
      ok: true,
      value: { licenceClass: '22', manufacturer: '10890', expiryYear: 2015 },
    });
    expect(parseEquipmentManufacturingLicence('TS2210890-1915')).toMatchObject({
      ok: false,
      problems: [{ position: 11 }],
    });
    expect(parseEquipmentManufacturingLicence('TS2210890')).toMatchObject({
      ok: false,
      problems: [{ code: 'equipment-licence-length' }],
    });
  });
});

describe('certificates of testing and certification', () => {
  it('reads a CMA certificate of Hunan', () => {
    expect(parseCmaCertificate('181812050123')).toMatchObject({
      ok: true,
      warnings: [],
      value: {
        year: '18',
        authority: '18',
        authorityName: '湖南',
        field: '12',
        fieldName: '环境',
        ministry: '05',
        serial: '0123',
      },
    });
    expect(parseCmaCertificate('220020110096')).toMatchObject({ value: { authorityName: '国家', fieldName: '综合' } });
  });

  it('refuses authority 99 and eleven digits', () => {
    expect(parseCmaCertificate('329912050123')).toMatchObject({
      ok: false,
      problems: [{ code: 'cma-certificate-authority', position: 3, found: '99' }],
    });
    expect(parseCmaCertificate('18181205012')).toMatchObject({
      ok: false,
      problems: [{ code: 'cma-certificate-length', position: 12 }],
    });
    expect(parseCmaCertificate('181812050000')).toMatchObject({
      ok: false,
      problems: [{ code: 'cma-certificate-serial' }],
    });
  });

  it('warns of an unknown field', () => {
    expect(parseCmaCertificate('181877050123')).toMatchObject({
      ok: true,
      warnings: [{ code: 'cma-certificate-field' }],
    });
  });

  it('reads a CCC certificate and a self-declaration', () => {
    expect(parseCccCertificate('2016010901123456')).toMatchObject({
      ok: true,
      value: { year: 2016, body: '01', productClass: '0901', selfDeclared: false },
    });
    expect(parseCccCertificate('2021970901000123')).toMatchObject({ ok: true, value: { selfDeclared: true } });
  });

  it('refuses fifteen digits and a year before the scheme', () => {
    expect(parseCccCertificate('201601090112345')).toMatchObject({
      ok: false,
      problems: [{ code: 'ccc-certificate-length', position: 16 }],
    });
    expect(parseCccCertificate('1999010901123456')).toMatchObject({
      ok: false,
      problems: [{ code: 'ccc-certificate-year' }],
    });
  });
});
