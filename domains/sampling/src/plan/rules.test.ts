import { describe, expect, it } from 'vitest';
import { hunan2018 } from '../../../../data/plans/index.ts';
import {
  barredBySuperior,
  checkGround,
  checkItems,
  duplicatesIn,
  levelOfRegion,
  reachableShare,
  totalsOf,
} from './rules.ts';

const item = (product: string, batches = 10, budget = '1000.00') => ({
  product,
  productName: `产品${product}`,
  batches,
  budget,
});
const other = (level: 'national' | 'provincial' | 'city' | 'county', products: string[]) => ({
  id: '01890000-0000-7000-8000-000000000000',
  name: `${level}计划`,
  level,
  issuer: '某局',
  products,
});

describe('年度计划', () => {
  it('adds money exactly, cent by cent', () => {
    expect(totalsOf([item('a', 1, '0.10'), item('b', 2, '0.20'), item('c', 3, '999999999999.03')])).toEqual({
      batches: 6,
      budget: '999999999999.33',
    });
  });

  it('holds the figures of a real province: 184 kinds, 8,000 batches', () => {
    const { figures } = hunan2018();
    const value = (id: string) => Number(figures.find((figure) => figure.id === id)!.value);
    const kinds = value('catalogue-kinds');
    const batches = value('provincial-batches');
    const items = Array.from({ length: kinds }, (_, index) =>
      item(`P${index}`, Math.floor(batches / kinds) + (index < batches % kinds ? 1 : 0), '12345.67'),
    );
    expect(checkItems(items)).toBe(true);
    expect(totalsOf(items)).toEqual({ batches: 8000, budget: '2271603.28' });
  });

  it('names each product once, and at least one', () => {
    expect(checkItems([])).toMatchObject({ code: 'plan-empty' });
    expect(checkItems([item('a'), item('b'), item('a')])).toMatchObject({
      code: 'product-twice',
      path: 'items.2.product',
    });
  });

  it('knows the level of an organ by its region code', () => {
    expect(['43', '430000', '4301', '430100', '430102'].map(levelOfRegion)).toEqual([
      'provincial',
      'provincial',
      'city',
      'city',
      'county',
    ]);
  });

  it('finds products of superiors, of its own level and of lower ones', () => {
    const found = duplicatesIn([item('a'), item('b')], 'city', [
      other('county', ['a']),
      other('national', ['a', 'x']),
      other('city', ['b']),
      other('provincial', ['b']),
    ]);
    expect(found.map(({ product, relation, plan }) => [product, relation, plan])).toEqual([
      ['a', 'superior', 'national计划'],
      ['b', 'superior', 'provincial计划'],
      ['b', 'own', 'city计划'],
      ['a', 'subordinate', 'county计划'],
    ]);
  });

  it('is barred by a superior for supervision and special campaigns only (产品质量法第十五条第二款)', () => {
    const found = duplicatesIn([item('a')], 'city', [other('provincial', ['a']), other('county', ['a'])]);
    expect(barredBySuperior('product', 'supervision', found)).toHaveLength(1);
    expect(barredBySuperior('product', 'special', found)).toHaveLength(1);
    for (const kind of ['follow-up', 'linked', 'emergency', 'risk-monitoring'] as const)
      expect(barredBySuperior('product', kind, found)).toEqual([]);
    expect(barredBySuperior('food', 'supervision', found)).toEqual([]);
  });

  it('an exempt kind names what it answers to (总局令第18号第八条第三款)', () => {
    for (const kind of ['follow-up', 'emergency', 'risk-monitoring'] as const) {
      expect(checkGround('product', kind, null)).toMatchObject({ code: 'ground-missing' });
      expect(checkGround('product', kind, '2026年第3号公告不合格批次')).toBe(true);
    }
    expect(checkGround('product', 'supervision', null)).toBe(true);
  });

  it('says which share of the licensed producers a plan can reach, and nothing where none is known', () => {
    expect(reachableShare(40, 30, 0)).toBe('75');
    expect(reachableShare(40, 30, 20)).toBe('100');
    expect(reachableShare(3, 1, 0)).toBe('33.3');
    expect(reachableShare(0, 10, 0)).toBeNull();
  });
});
