import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeOrganisationCode, parseOrganisationCode } from './organisation-code.ts';
import { IdentifierError } from './result.ts';

describe('organisation code', () => {
  it.each(['D2143569-X', '71526726-X', '19220382-1', '80210043-3', '10001031-0'])(
    'accepts %s, with and without hyphen',
    (code) => {
      expect(parseOrganisationCode(code)).toMatchObject({ ok: true, value: { code } });
      expect(parseOrganisationCode(code.replace('-', '').toLowerCase())).toMatchObject({ ok: true, value: { code } });
    },
  );

  it('names the check digit that D2143569 requires', () => {
    expect(parseOrganisationCode('D2143569-0')).toMatchObject({
      ok: false,
      problems: [{ code: 'organisation-code-check-digit', position: 10, found: '0', expected: 'X' }],
    });
    expect(parseOrganisationCode('D21435690')).toMatchObject({ ok: false, problems: [{ position: 9 }] });
  });

  it('records a mistyped foreign code with a warning', () => {
    expect(parseOrganisationCode('D2143569-0', { issuedBy: 'others' })).toMatchObject({
      ok: true,
      warnings: [{ expected: 'X' }],
    });
  });

  it('composes what it accepts, including letters that no credit code may contain', () => {
    const body = fc.string({
      unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(body, (body8) => {
        expect(parseOrganisationCode(composeOrganisationCode(body8)).ok).toBe(true);
      }),
    );
    expect(composeOrganisationCode('D2143569')).toBe('D2143569-X');
  });

  it('refuses a body of seven characters', () => {
    expect(() => composeOrganisationCode('D214356')).toThrow(IdentifierError);
  });
});
