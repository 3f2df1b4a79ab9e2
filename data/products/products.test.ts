import { describe, expect, it } from 'vitest';
import { getIndustry } from '../industries/index.ts';
import { detailedRules, findDetailedRules, findProduct, getProduct, parseLimit, products } from './index.ts';

const STANDARD = /^(?:GB|GB\/T|QB\/T|NY\/T) \d+(?:\.\d+)?(?:-\d{4})?$/;
const items = () => detailedRules().rules.flatMap((rules) => rules.items);

describe('the product classes', () => {
  it('are 82 with unique codes that tell their group', () => {
    const groups = ['consumer', 'building', 'industrial', 'agricultural', 'food-contact'];
    expect(products()).toHaveLength(82);
    expect(new Set(products().map((product) => product.code)).size).toBe(82);
    expect(new Set(products().map((product) => product.zh)).size).toBe(82);
    for (const { code, group } of products()) expect(groups[Number(code[1]) - 1], code).toBe(group);
  });

  it('hold the 27 products of the 14 licence categories', () => {
    const licensed = products().filter((product) => product.licence === 'XK');
    expect(licensed).toHaveLength(27);
    expect(new Set(licensed.map((product) => product.licenceCategory)).size).toBe(14);
    expect(products().filter((product) => (product.licence === 'XK') !== (product.licenceCategory !== null))).toEqual(
      [],
    );
    for (const added of ['冷轧带肋钢筋', '瓶装液化石油气调压器', '钢丝绳', '胶合板', '细木工板', '安全帽']) {
      expect(
        licensed.find((product) => product.zh === added),
        added,
      ).toMatchObject({ confidence: 'sourced' });
    }
  });

  it('name a manufacturing class of GB/T 4754 and well-formed standard numbers', () => {
    for (const { code, industry, standards } of products()) {
      expect(getIndustry(industry), code).toMatchObject({ section: 'C', level: 'class' });
      expect(
        standards.filter((standard) => !STANDARD.test(standard)),
        code,
      ).toEqual([]);
    }
    expect(() => getProduct('P999')).toThrowError(expect.objectContaining({ code: 'product-unknown' }));
  });
});

describe('the templates of detailed rules', () => {
  it('are 16, all marked as illustrative, with a notice in both languages', () => {
    expect(detailedRules().rules).toHaveLength(16);
    expect(
      detailedRules().rules.every((rules) => rules.confidence === 'illustrative' && findProduct(rules.product)),
    ).toBe(true);
    expect(detailedRules().notice.zh).toContain('演示数据');
    expect(detailedRules().notice.en).toContain('illustrative');
  });

  it('each set both samples, a stock to sample from, items of class A and at least one critical item', () => {
    for (const { product, sample, items: own } of detailedRules().rules) {
      expect(sample.test > 0 && sample.spare > 0 && sample.minimumStock > sample.test + sample.spare, product).toBe(
        true,
      );
      expect(own.length, product).toBeGreaterThanOrEqual(7);
      expect(own.filter((item) => item.critical && item.severity === 'A').length, product).toBeGreaterThan(0);
    }
  });

  it('give every item a method, a limit and a code of its own; only items of class A are critical', () => {
    expect(items()).toHaveLength(141);
    expect(new Set(items().map((item) => item.id)).size).toBe(141);
    expect(items().filter((item) => !STANDARD.test(item.method) || !item.limit || !item.zh || !item.en)).toEqual([]);
    expect(items().filter((item) => item.critical && item.severity !== 'A')).toEqual([]);
  });
});

describe('a limit as regulators write it', () => {
  it.each([
    ['≤7.41 Ω/km', { kind: 'at-most', value: '7.41', unit: 'Ω/km' }],
    ['≥16 MPa', { kind: 'at-least', value: '16', unit: 'MPa' }],
    ['≤10.00 mg/kg', { kind: 'at-most', value: '10.00', unit: 'mg/kg' }],
    ['>50 mm', { kind: 'above', value: '50', unit: 'mm' }],
    ['<10 %', { kind: 'below', value: '10', unit: '%' }],
    ['±4.5 %', { kind: 'tolerance', value: '4.5', unit: '%' }],
    ['150～250 N', { kind: 'between', lower: '150', upper: '250', unit: 'N' }],
    ['4.0～7.5', { kind: 'between', lower: '4.0', upper: '7.5', unit: '' }],
    ['≥1.25', { kind: 'at-least', value: '1.25', unit: '' }],
    ['合格', { kind: 'descriptive', text: '合格' }],
    ['2500 V，5 min不击穿', { kind: 'descriptive', text: '2500 V，5 min不击穿' }],
  ])('%s is read', (text, limit) => expect(parseLimit(text)).toEqual(limit));

  it('is read as a number wherever a template begins it with a sign', () => {
    const signed = items().filter((item) => /^[≤≥<>±]|～/.test(item.limit));
    expect(signed.length).toBeGreaterThan(80);
    expect(signed.filter((item) => parseLimit(item.limit).kind === 'descriptive')).toEqual([]);
    expect(findDetailedRules('P301')?.items.find((item) => item.zh.startsWith('导体电阻'))?.limit).toBe('≤7.41 Ω/km');
  });
});
