import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeGtin13, isGtin, parseGtin } from './gtin.ts';

describe('GTIN', () => {
  it.each([
    ['6901028075763', '06901028075763', 'china'],
    ['6903148078501', '06903148078501', 'china'],
    ['6921168509256', '06921168509256', 'china'],
    ['96385074', '00000096385074', 'elsewhere'],
    ['036000291452', '00036000291452', 'elsewhere'],
    ['10614141000415', '10614141000415', 'elsewhere'],
    ['16901028075760', '16901028075760', 'china'],
  ])('accepts %s', (gtin, gtin14, allotment) => {
    expect(parseGtin(gtin)).toMatchObject({ ok: true, value: { gtin, gtin14, allotment }, warnings: [] });
  });

  it.each([
    ['6901028075764', 13, '3'],
    ['6901028075736', 13, '2'],
    ['0690102807576', 13, '9'],
    ['96385075', 8, '4'],
  ])('refuses %s and names the check digit', (gtin, position, expected) => {
    expect(parseGtin(gtin)).toMatchObject({ ok: false, problems: [{ code: 'gtin-check-digit', position, expected }] });
    expect(parseGtin(gtin, { issuedBy: 'others' })).toMatchObject({ ok: true, warnings: [{ position }] });
  });

  it('gives the bulk check the verdict of the reading one, whatever is written', () => {
    const digit = fc.constantFrom(...'0123456789');
    const number = fc.string({ unit: digit, minLength: 7, maxLength: 15 });
    const complete = fc.string({ unit: digit, minLength: 12, maxLength: 12 }).map((body) => composeGtin13(body));
    const anything = fc.oneof(
      number,
      complete,
      fc.string({ minLength: 12, maxLength: 14 }),
      fc.constant('６901028075763'),
    );
    fc.assert(fc.property(anything, (code) => isGtin(code) === parseGtin(code).ok));
    expect(isGtin('6901028075763')).toBe(true);
    expect(isGtin('690102807576:')).toBe(false);
  });

  it('shows the packaging level of a case', () => {
    expect(parseGtin('16901028075760')).toMatchObject({ value: { indicator: '1', prefix: '690' } });
    expect(parseGtin('6901028075763')).not.toHaveProperty('value.indicator');
  });

  it('recognises numbers for use inside a shop', () => {
    expect(parseGtin(composeGtin13('221234500123'))).toMatchObject({ value: { allotment: 'restricted' } });
  });

  it('says which lengths exist and which character is no digit', () => {
    expect(parseGtin('690102807')).toMatchObject({
      ok: false,
      problems: [{ code: 'gtin-length', found: '9', expected: '8/12/13/14', position: 10 }],
    });
    expect(parseGtin('69O1028075763')).toMatchObject({
      ok: false,
      problems: [{ position: 3, found: 'O', expected: '0' }],
    });
  });

  it('detects every single wrong digit', () => {
    const prefix = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(prefix, fc.nat(12), fc.integer({ min: 1, max: 9 }), (prefix12, at, shift) => {
        const gtin = composeGtin13(prefix12);
        expect(parseGtin(gtin).ok).toBe(true);
        const digit = (Number(gtin[at]) + shift) % 10;
        expect(parseGtin(gtin.slice(0, at) + digit + gtin.slice(at + 1)).ok).toBe(false);
      }),
    );
  });

  it('composes from twelve digits only', () => {
    expect(composeGtin13('690102807576')).toBe('6901028075763');
    expect(() => composeGtin13('69010280757')).toThrow(/应为12位，实为11位/);
  });
});
