import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getValue } from './result.ts';
import { parseStandardNumber } from './standard-number.ts';
import { compareStandardNumbers, findIndustry, isSameStandard, supersedes } from './standard-series.ts';

const read = (text: string) => getValue(parseStandardNumber(text, { undated: true }));

describe('standard number', () => {
  it.each([
    ['GB 32100-2015', 'national', 'GB', 'mandatory'],
    ['GB/T 7588.1-2020', 'national', 'GB', 'recommended'],
    ['GB/Z 12345-2018', 'national', 'GB', 'guidance'],
    ['GBZ/T 2.1-2019', 'national', 'GBZ', 'recommended'],
    ['GSB 08-1337-2018', 'national', 'GSB', 'technical'],
    ['HG/T 2000-2024', 'industry', 'HG', 'recommended'],
    ['JGJ/T 67-2019', 'industry', 'JGJ', 'recommended'],
    ['YY/T 0664-2020', 'industry', 'YY', 'recommended'],
    ['DB/T 100-2024', 'industry', 'DB', 'recommended'],
    ['DB43/T 1168-2016', 'local', 'DB43', 'recommended'],
    ['DB4301/T 001-2022', 'local', 'DB4301', 'recommended'],
    ['DBS43/ 001-2015', 'local', 'DBS43', 'mandatory'],
    ['T/HNFPA 001-2023', 'group', 'T/HNFPA', 'recommended'],
    ['Q/ABC 001-2024', 'enterprise', 'Q/ABC', 'own'],
    ['Q/HNQS 0001S-2023', 'enterprise', 'Q/HNQS', 'own'],
    ['Q/GDW12 1799.1-2013', 'enterprise', 'Q/GDW12', 'own'],
    ['JJF 1070-2023', 'metrology', 'JJF', 'technical'],
    ['JJG(湘) 01-2020', 'metrology', 'JJG(湘)', 'technical'],
    ['TSG 08-2026', 'safety', 'TSG', 'mandatory'],
    ['TSG T7001-2023', 'safety', 'TSG', 'mandatory'],
    ['GB 50016-2014(2018年版)', 'national', 'GB', 'mandatory'],
  ])('reads %s', (text, kind, series, nature) => {
    expect(parseStandardNumber(text)).toMatchObject({
      ok: true,
      warnings: [],
      value: { canonical: text, kind, series, nature },
    });
  });

  it.each([
    ['GB/T7588.1—2020', 'GB/T 7588.1-2020'],
    ['gb/t 7588.1–2020', 'GB/T 7588.1-2020'],
    ['ＧＢ／Ｔ　７５８８．１－２０２０', 'GB/T 7588.1-2020'],
    ['GB/T  7588.1 —— 2020', 'GB/T 7588.1-2020'],
    ['GB/T 7588.1-2020 ', 'GB/T 7588.1-2020'],
    ['DBS43/001-2015', 'DBS43/ 001-2015'],
    ['T/HNFPA001—2023', 'T/HNFPA 001-2023'],
    ['Q/HNQS0001S-2023', 'Q/HNQS 0001S-2023'],
    ['Q/12HG1234-2010', 'Q/12HG 1234-2010'],
    ['TSGT7001-2023', 'TSG T7001-2023'],
    ['JJG（湘）01-2020', 'JJG(湘) 01-2020'],
    ['GB50016-2014（2018年版）', 'GB 50016-2014(2018年版)'],
  ])('brings %s to the canonical form', (text, canonical) => {
    expect(parseStandardNumber(text)).toMatchObject({ ok: true, value: { canonical } });
  });

  it('reads region and owner', () => {
    expect(read('DB4301/T 001-2022')).toMatchObject({ region: '4301', number: '001', year: 2022 });
    expect(read('T/HNFPA 001-2023').owner).toBe('HNFPA');
    expect(read('Q/ABC 001-2024').owner).toBe('ABC');
    expect(read('GB 50016-2014(2018年版)').revision).toBe(2018);
  });

  it('warns of a two-digit year and of an unknown industry', () => {
    expect(parseStandardNumber('GB 191-89')).toMatchObject({
      ok: true,
      value: { canonical: 'GB 191-1989' },
      warnings: [{ code: 'standard-number-short-year', expected: '1989' }],
    });
    expect(parseStandardNumber('GB/T 1234-12')).toMatchObject({ ok: true, value: { year: 2012 } });
    expect(parseStandardNumber('XX/T 123-2020')).toMatchObject({
      ok: true,
      warnings: [{ code: 'standard-number-industry' }],
    });
    expect(findIndustry('HG')).toBe('化工');
  });

  it.each([
    ['DB43 123-2010', 'slash', 5, ' '],
    ['Q ABC 001-2024', 'slash', 2, ' '],
    ['T HNFPA 001-2023', 'slash', 2, ' '],
    ['DB99/T 1-2020', 'region', 3, '99'],
    ['DB430/T 1-2020', 'region', 3, '430'],
    ['GB/X 1-2020', 'nature', 4, 'X'],
    ['GB/T ABC-2020', 'number', 6, 'A'],
    ['GB/T 7588.1:2020', 'dash', 12, ':'],
    ['GB/T 7588.1', 'dash', 12, undefined],
    ['GB/T 7588.1-', 'year', 13, undefined],
    ['GB/T 7588.1-202', 'year', 13, '202'],
    ['GB/T 7588.1-2020 电梯', 'trailing', 18, '电'],
    ['T/ 001-2023', 'owner', 3, ' '],
    ['JJG(汉) 1-2020', 'region', 5, '汉'],
    ['标准1号', 'prefix', 1, '标准1号'],
    ['', 'prefix', 1, ''],
  ])('refuses %j with %s at %d', (text, suffix, position, found) => {
    const checked = parseStandardNumber(text);
    expect(checked).toMatchObject({ ok: false, problems: [{ code: `standard-number-${suffix}`, position }] });
    if (!checked.ok) expect(checked.problems[0]?.found).toBe(found);
  });

  it('records a compulsory local standard with a warning', () => {
    expect(parseStandardNumber('DB43/ 1752-2020')).toMatchObject({
      ok: true,
      value: { canonical: 'DB43/ 1752-2020', series: 'DB43', nature: 'mandatory' },
      warnings: [{ code: 'standard-number-local-mandatory', position: 5, expected: '/T' }],
    });
  });

  it('accepts a reference without year only when asked', () => {
    expect(parseStandardNumber('GB/T 7588.1', { undated: true })).toMatchObject({
      ok: true,
      value: { canonical: 'GB/T 7588.1' },
    });
  });

  it('keeps the canonical form stable', () => {
    const prefix = fc.constantFrom('GB', 'GB/T', 'HG/T', 'DB43/T', 'DBS43/', 'T/CAS', 'Q/AB1', 'JJF', 'JJG(湘)');
    const number = fc.array(fc.nat(99_999), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(prefix, number, fc.integer({ min: 1950, max: 2050 }), (head, digits, year) => {
        const canonical = `${head} ${digits}-${year}`;
        expect(parseStandardNumber(canonical)).toMatchObject({ ok: true, value: { canonical, number: digits, year } });
      }),
    );
  });
});

describe('order of standards', () => {
  it('sorts parts as numbers', () => {
    const sorted = [
      'GB/T 7588.10-2020',
      'GB/T 7588.2-2020',
      'GB/T 7588-2020',
      'GB/T 191-2008',
      'GB 191-1989',
      'DB43/T 1-2020',
      'GB/T 7588.2',
    ];
    expect(
      sorted
        .map(read)
        .sort(compareStandardNumbers)
        .map((standard) => standard.canonical),
    ).toEqual([
      'DB43/T 1-2020',
      'GB 191-1989',
      'GB/T 191-2008',
      'GB/T 7588-2020',
      'GB/T 7588.2',
      'GB/T 7588.2-2020',
      'GB/T 7588.10-2020',
    ]);
  });

  it.each([
    ['GB/T 7588.1-2020', 'GB/T 7588.1-2003', true],
    ['GB/T 7588.1-2003', 'GB/T 7588.1-2020', false],
    ['GB/T 7588.1-2020', 'GB/T 7588.1-2020', false],
    ['GB/T 7588.1-2020', 'GB/T 7588.2-2003', false],
    ['GB/T 191-2008', 'GB 191-1989', true],
    ['GB 50016-2014(2018年版)', 'GB 50016-2014', true],
    ['DB4301/T 1-2022', 'DB43/T 1-2020', false],
    ['TSG T7001-2023', 'TSG T7001-2009', true],
    ['GB/T 7588.1', 'GB/T 7588.1-2003', false],
    ['T/CAS 001-2023', 'T/CAS 1-2020', true],
  ])('%s supersedes %s: %s', (newer, older, expected) => {
    expect(supersedes(read(newer), read(older))).toBe(expected);
  });

  it('takes an undated reference for the same standard', () => {
    expect(isSameStandard(read('GB/T 7588.1'), read('GB 7588.1-2003'))).toBe(true);
    expect(isSameStandard(read('GB/T 7588.1'), read('GB/T 7588'))).toBe(false);
  });

  it('is a total order', () => {
    const standard = fc
      .tuple(
        fc.constantFrom('GB', 'GB/T', 'JB/T'),
        fc.nat(20),
        fc.option(fc.nat(3)),
        fc.integer({ min: 1990, max: 1993 }),
      )
      .map(([head, number, part, year]) => read(`${head} ${number}${part === null ? '' : `.${part}`}-${year}`));
    fc.assert(
      fc.property(standard, standard, standard, (a, b, c) => {
        expect(Math.sign(compareStandardNumbers(a, b))).toBe(-Math.sign(compareStandardNumbers(b, a)) + 0);
        if (compareStandardNumbers(a, b) <= 0 && compareStandardNumbers(b, c) <= 0)
          expect(compareStandardNumbers(a, c)).toBeLessThanOrEqual(0);
        expect(compareStandardNumbers(a, b) === 0).toBe(a.canonical === b.canonical);
      }),
    );
  });
});
