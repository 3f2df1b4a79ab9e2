import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskOfficerNumber, maskPersonalName, maskPhone, maskResidentIdentity, showPersonal } from './masking.ts';
import { parseResidentIdentity } from './resident-identity.ts';

// Invented numbers that satisfy the check character.
const WOMAN = '110101199003070124';

function withCheck(body: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return body + '10X98765432'[weights.reduce((sum, weight, index) => sum + weight * Number(body[index]), 0) % 11];
}

describe('resident identity number', () => {
  it('accepts the published example of GB 11643 (check character X)', () => {
    expect(parseResidentIdentity('11010519491231002x')).toEqual({
      ok: true,
      warnings: [],
      value: { number: '11010519491231002X', region: '110105', birthDate: '1949-12-31', sex: 'female' },
    });
    expect(parseResidentIdentity('440524188001010014')).toMatchObject({
      ok: true,
      value: { birthDate: '1880-01-01', sex: 'male' },
    });
  });

  it('names the check character', () => {
    expect(parseResidentIdentity('110105194912310021')).toMatchObject({
      ok: false,
      problems: [{ code: 'resident-identity-check-digit', position: 18, expected: 'X' }],
    });
  });

  it.each([
    [withCheck('43010219901301001'), 11],
    [withCheck('43010219900230001'), 13],
    [withCheck('43010219000229001'), 13],
    [withCheck('43010217990101001'), 7],
  ])('refuses a birth date that never was in %s', (number, position) => {
    expect(parseResidentIdentity(number)).toMatchObject({
      ok: false,
      problems: [{ code: 'resident-identity-birth-date', position }],
    });
  });

  it('accepts 29 February of a leap year and a residence permit', () => {
    expect(parseResidentIdentity(withCheck('43010220000229001')).ok).toBe(true);
    expect(parseResidentIdentity(withCheck('83000019900101001'))).toMatchObject({ ok: true, warnings: [] });
  });

  it('explains numbers of 15 digits', () => {
    expect(parseResidentIdentity('110105491231002')).toMatchObject({
      ok: false,
      problems: [{ code: 'resident-identity-first-generation' }],
    });
  });

  it('never repeats the number in a problem', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789X'), minLength: 18, maxLength: 18 }), (number) => {
        const checked = parseResidentIdentity(number);
        const said = JSON.stringify(checked.ok ? checked.warnings : checked.problems);
        expect(said).not.toContain(number.slice(0, 10));
        expect(said).not.toContain(number.slice(6, 14));
      }),
    );
  });

  it('detects every single wrong digit in the body', () => {
    fc.assert(
      fc.property(fc.nat(16), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const number = withCheck('43010219900307012');
        const digit = (Number(number[at]) + shift) % 10;
        expect(parseResidentIdentity(number.slice(0, at) + digit + number.slice(at + 1)).ok).toBe(false);
      }),
    );
  });
});

describe('masking', () => {
  it('hides district, birth date and sequence of an identity number', () => {
    expect(maskResidentIdentity('43010219900307765X')).toBe('4301************5X');
  });

  it('hides whole what is not shaped like an identity number', () => {
    expect(maskResidentIdentity('110105491231002')).toBe('***************');
    expect(maskResidentIdentity('4301021990030776')).toBe('****************');
  });

  it.each([
    ['13812345678', '138****5678'],
    ['+86 13812345678', '+86 138****5678'],
    ['0731-88881234', '0731-****1234'],
    ['010-88881234', '010-****1234'],
    ['12345', '*****'],
  ])('masks the phone %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  it.each([
    ['43010012345', '********345'],
    ['湘A12', '****'],
  ])('masks the officer number %s', (number, masked) => {
    expect(maskOfficerNumber(number)).toBe(masked);
  });

  it.each([
    ['张三', '张*'],
    ['王小明', '王**'],
    ['欧阳娜', '欧阳*'],
    ['欧阳', '欧*'],
    ['𠮷野家', '𠮷**'],
    ['买买提·艾力', '买*****'],
    ['Li Na', 'L****'],
    ['张', '*'],
    ['', ''],
  ])('masks the name %s', (name, masked) => {
    expect(maskPersonalName(name)).toBe(masked);
  });

  it('masks by default and shows in clear only when asked', () => {
    expect(showPersonal('resident-identity', WOMAN)).toBe('1101************24');
    expect(showPersonal('personal-name', '王小明')).toBe('王**');
    expect(showPersonal('phone', '13812345678', { inClear: false })).toBe('138****5678');
    expect(showPersonal('phone', '13812345678', { inClear: true })).toBe('13812345678');
  });

  it('changes nothing when masking twice', () => {
    const kind = fc.constantFrom('resident-identity', 'phone', 'officer-number', 'personal-name' as const);
    fc.assert(
      fc.property(kind, fc.oneof(fc.string(), fc.constantFrom(WOMAN, '13812345678', '欧阳娜娜')), (which, text) => {
        const once = showPersonal(which, text);
        expect(showPersonal(which, once)).toBe(once);
      }),
    );
  });
});
