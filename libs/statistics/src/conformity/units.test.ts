import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exact } from './decimal.ts';
import { convertUnit, getUnit } from './units.ts';

const FAMILIES = [
  ['g/kg', 'mg/kg', 'μg/kg', 'mg/100g', 'g/100g'],
  ['kg', 'g', 'mg', 'μg', 't'],
  ['m', 'cm', 'mm', 'μm', 'km'],
  ['mg/L', 'μg/L', 'g/100mL', 'mg/m3'],
  ['MPa', 'kPa', 'N/mm2', 'bar'],
  ['CFU/g', 'CFU/25g', 'CFU/100g'],
] as const;

describe('units', () => {
  it('convert there and back without loss within one kind', () => {
    const pair = fc
      .constantFrom(...FAMILIES)
      .chain((family) => fc.tuple(fc.constantFrom(...family), fc.constantFrom(...family)));
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), pair, (whole, [from, to]) => {
        const value = new Exact(whole).times('0.001');
        expect(convertUnit(convertUnit(value, from, to, 'x'), to, from, 'x').equals(value)).toBe(true);
      }),
    );
  });

  it('refuse to cross from one kind to another', () => {
    FAMILIES.forEach((one, i) => {
      for (const other of FAMILIES.slice(i + 1)) {
        expect(() => convertUnit(new Exact(1), one[0], other[0], 'x')).toThrow(/incompatible-units/);
      }
    });
    expect(() => convertUnit(new Exact(1), 'mg/dm2', 'mg/kg', 'x')).toThrow(/incompatible-units/);
    expect(() => convertUnit(new Exact(1), 'CFU/g', 'MPN/g', 'x')).toThrow(/incompatible-units/);
    expect(() => convertUnit(new Exact(1), '%', '%vol', 'x')).toThrow(/incompatible-units/);
  });

  it.each([
    ['ug/kg', 'μg/kg'],
    ['µg/kg', 'μg/kg'],
    ['㎎/㎏', 'mg/kg'],
    ['mg / L', 'mg/L'],
    ['ml', 'mL'],
    ['cfu/mL', 'CFU/mL'],
    ['℃', '°C'],
    ['％', '%'],
    ['pH', '1'],
    ['Kg', 'kg'],
  ])('read the spelling %s as %s', (spelling, symbol) => {
    expect(getUnit(spelling, 'unit').symbol).toBe(symbol);
  });

  it.each([
    ['ppm', 'ambiguous-unit'],
    ['mgs', 'unknown-unit'],
    ['ML', 'unknown-unit'],
    ['', 'unknown-unit'],
  ])('refuse %s: %s', (spelling, code) => {
    expect(() => getUnit(spelling, 'unit')).toThrow(new RegExp(code));
  });
});
