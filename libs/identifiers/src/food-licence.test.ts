import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  composeFoodOperationNumber,
  composeFoodProductionLicence,
  findFoodCategory,
  parseFoodOperationNumber,
  parseFoodProductionLicence,
} from './food-licence.ts';

describe('food production licence', () => {
  it.each(
    (
      'SC10811310111839 SC12441112200063 SC11464010500015 SC10744030704994 SC12221021200659 SC11834020305037 ' +
      'SC10737110203268 SC10643011100016 SC10143010200124 SC20143120200031 SC12743000000013'
    ).split(' '),
  )('accepts %s', (number) => {
    expect(parseFoodProductionLicence(number)).toMatchObject({ ok: true, value: { number }, warnings: [] });
  });

  it('takes SC11834020305037 apart', () => {
    expect(parseFoodProductionLicence('sc11834020305037')).toMatchObject({
      value: {
        category: '118',
        categoryName: '炒货食品及坚果制品',
        group: 'food',
        region: '340203',
        sequence: '0503',
        checkDigit: '7',
      },
    });
    expect(parseFoodProductionLicence('SC20143120200031')).toMatchObject({
      value: { group: 'additive', categoryName: '食品添加剂' },
    });
  });

  it.each([
    ['SC11834020305036', '7'],
    ['SC11834020350037', '0'],
    ['SC12442011202449', '0'],
    ['SC11453282248002', '4'],
    ['SC10935070200158', '7'],
  ])('refuses %s as a number of ours and records it with a warning from a label', (number, expected) => {
    const problem = { code: 'food-production-licence-check-digit', position: 16, expected };
    expect(parseFoodProductionLicence(number)).toMatchObject({ ok: false, problems: [problem] });
    expect(parseFoodProductionLicence(number, { issuedBy: 'others' })).toMatchObject({ ok: true, warnings: [problem] });
  });

  it('explains the old QS mark', () => {
    expect(parseFoodProductionLicence('QS110101010001')).toMatchObject({
      ok: false,
      problems: [{ code: 'food-production-licence-old-mark' }],
    });
  });

  it('refuses category 132 and names those that exist', () => {
    const place = { code: 'food-production-licence-category', position: 3, expected: '101-131, 201-203' };
    const text = 'SC13243010200120';
    const ours = parseFoodProductionLicence(text);
    expect(ours).toMatchObject({ ok: false });
    expect(ours.ok ? [] : ours.problems).toContainEqual(expect.objectContaining(place));
    const theirs = parseFoodProductionLicence(text, { issuedBy: 'others' });
    expect(theirs.ok ? theirs.warnings : []).toContainEqual(expect.objectContaining(place));
  });

  it('names 31 foods and 3 additives', () => {
    expect(findFoodCategory('101')).toBe('粮食加工品');
    expect(findFoodCategory('127')).toBe('保健食品');
    expect(findFoodCategory('129')).toBe('婴幼儿配方食品');
    expect(findFoodCategory('131')).toBe('其他食品');
    expect(findFoodCategory('203')).toBe('复配食品添加剂');
    expect(['100', '132', '200', '204', '301', '1'].map(findFoodCategory)).toEqual(Array(6).fill(undefined));
  });

  it('numbers new licences and detects every single wrong digit in them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 2, max: 15 }),
        fc.integer({ min: 1, max: 9 }),
        (sequence, at, shift) => {
          const number = composeFoodProductionLicence('101', '430102', sequence);
          expect(parseFoodProductionLicence(number)).toMatchObject({ ok: true, value: { region: '430102' } });
          const altered = number.slice(0, at) + ((Number(number[at]) + shift) % 10) + number.slice(at + 1);
          expect(parseFoodProductionLicence(altered).ok).toBe(false);
        },
      ),
    );
    expect(composeFoodProductionLicence('101', '430102', 12)).toBe('SC10143010200124');
  });

  it.each([0, 10_000, 1.5])('refuses the sequence %d', (sequence) => {
    expect(() => composeFoodProductionLicence('101', '430102', sequence)).toThrow(/顺序号/);
  });
});

describe('food operation licence and filing', () => {
  it.each(['JY13301080111719', 'JY11108071215650', 'JY13301860112412'])('accepts %s', (number) => {
    expect(parseFoodOperationNumber(number)).toMatchObject({
      ok: true,
      value: { kind: 'licence', formName: '食品销售经营者' },
    });
  });

  it('numbers a retail filing', () => {
    const number = composeFoodOperationNumber('YB', '2', '430102', 1234);
    expect(number).toMatch(/^YB2430102001234\d$/);
    expect(parseFoodOperationNumber(number)).toMatchObject({
      ok: true,
      value: { kind: 'filing', formName: '零售', sequence: '001234' },
    });
  });

  it('refuses a filing that is neither wholesale nor retail', () => {
    expect(() => composeFoodOperationNumber('YB', '3', '430102', 1)).toThrow(/第3位/);
  });

  it('names the wrong check digit and the wrong length', () => {
    expect(parseFoodOperationNumber('JY13301080111710')).toMatchObject({
      ok: false,
      problems: [{ code: 'food-operation-licence-check-digit', expected: '9' }],
    });
    expect(parseFoodOperationNumber('JY1330108011171')).toMatchObject({
      ok: false,
      problems: [{ code: 'food-operation-licence-length', position: 16 }],
    });
    expect(parseFoodOperationNumber('XX13301080111719')).toMatchObject({
      ok: false,
      problems: [
        { position: 1, expected: 'J' },
        { position: 2, expected: 'Y' },
      ],
    });
  });
});
