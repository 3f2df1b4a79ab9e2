import { describe, expect, it } from 'vitest';
import { shippedAliases, shippedCategories, shippedLimits } from '../../../../data/limits/index.ts';
import { createLibrary, judgeByLimit, type Limit } from './library.ts';

const library = createLibrary(shippedLimits(), shippedCategories(), shippedAliases());
const on = (
  category: string,
  parameter: string,
  sampledOn: string | null = '2019-11-01',
  producedOn: string | null = null,
) => library.find({ category, parameter, producedOn, sampledOn });

describe('the library of limits', () => {
  it('finds the limit of a category itself, with standard and clause', () => {
    expect(on('韭菜', '腐霉利')).toMatchObject({
      limit: { limit: '≤0.2', unit: 'mg/kg', standard: 'GB 2763-2014/2016' },
      path: ['韭菜'],
    });
  });

  it('climbs the classification: 小油菜 is 普通白菜 is 叶菜类, whose limit of chlorpyrifos it has', () => {
    expect(on('小油菜', '毒死蜱')).toMatchObject({ path: ['小油菜', '普通白菜', '叶菜类'], limit: { limit: '≤0.1' } });
  });

  it('prefers the nearer category: celery has its own limit though it is a leaf vegetable', () => {
    expect(on('西芹', '毒死蜱')).toMatchObject({ path: ['西芹', '芹菜'], limit: { limit: '≤0.05' } });
  });

  it('reads a written product name: brackets, a kind of egg, a unit behind the parameter', () => {
    expect(library.categoryOf('泥鳅(养殖)')).toBe('泥鳅');
    expect(library.categoryOf('红皮鸡蛋')).toBe('鸡蛋');
    expect(library.categoryOf('畜副产品(猪肝)')).toBe('猪肝');
    expect(on('土鸡蛋', '氟苯尼考μg/kg')).toMatchObject({ limit: { limit: '不得检出', category: '家禽·蛋' } });
  });

  it('takes the edition of the day that the standard names: of sampling for produce, of production for prepackaged food', () => {
    expect(on('草鱼', '恩诺沙星', '2020-03-31')).toMatchObject({ limit: { standard: '农业部公告第235号' } });
    expect(on('草鱼', '恩诺沙星', '2020-04-01')).toMatchObject({ limit: { standard: 'GB 31650-2019' } });
    expect(on('调制乳', '番茄红素', '2026-01-01')).toMatchObject({ code: 'day-missing', path: 'producedOn' });
    expect(on('调制乳', '番茄红素', '2026-01-01', '2025-02-07')).toMatchObject({ limit: { standard: 'GB 2760-2014' } });
    expect(on('调制乳', '番茄红素', '2026-01-01', '2025-02-08')).toMatchObject({ code: 'limit-not-in-force' });
  });

  it('refuses what it does not hold, and says which piece is unknown', () => {
    expect(on('韭菜', '苯并芘')).toMatchObject({ code: 'parameter-without-limit' });
    expect(on('某种新食品', '毒死蜱')).toMatchObject({ code: 'category-unknown' });
    expect(on('猪肉', '毒死蜱')).toMatchObject({ code: 'no-limit-for-category' });
  });

  it('does not choose between two broader categories that disagree', () => {
    const limit = (category: string, text: string): Limit => ({
      parameter: '铅',
      category,
      limit: text,
      unit: 'mg/kg',
      standard: 'GB 2762-2022',
      clause: null,
      validFrom: '2023-06-30',
      validUntil: null,
      dayOf: 'sampling',
      confidence: 'unverified',
    });
    const torn = createLibrary(
      [limit('甲', '≤0.1'), limit('乙', '≤0.2')],
      [
        ['丙', '甲'],
        ['丙', '乙'],
      ],
    );
    expect(torn.find({ category: '丙', parameter: '铅', producedOn: null, sampledOn: '2026-01-01' })).toMatchObject({
      code: 'limit-ambiguous',
    });
  });

  it('judges with the clause, converts units, and refuses a unit of another kind', () => {
    const found = on('韭菜', '腐霉利');
    if ('code' in found) throw new Error(found.code);
    expect(judgeByLimit(found, '205', 'μg/kg')).toMatchObject({
      verdict: 'fails',
      clause: expect.stringContaining('GB 2763-2014/2016 4'),
    });
    expect(judgeByLimit(found, '0.2', null)).toMatchObject({ verdict: 'conforms' });
    expect(judgeByLimit(found, '0.3', 'mg/L')).toMatchObject({
      code: 'incompatible-units',
      zh: expect.stringContaining('mg/L'),
    });
    expect(judgeByLimit(found, '7/68', 'mg/kg')).toMatchObject({ code: 'slash-for-decimal-point' });
  });
});
