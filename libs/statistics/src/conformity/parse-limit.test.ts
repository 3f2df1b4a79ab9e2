import { describe, expect, it } from 'vitest';
import { StatisticsError } from '../errors.ts';
import type { Limit } from './limit.ts';
import { type LimitOptions, parseLimit } from './parse-limit.ts';
import { parseResult } from './result.ts';

function show(limit: Limit): string {
  if (limit.kind === 'range') {
    const lower = limit.lower === null ? '' : `${limit.lower.inclusive ? '[' : '('}${limit.lower.value}`;
    const upper = limit.upper === null ? '' : `${limit.upper.value}${limit.upper.inclusive ? ']' : ')'}`;
    return `${lower} .. ${upper} ${limit.unit}`.trim();
  }
  return limit.kind;
}

function refusal(text: string, unit: string | null, options?: LimitOptions): string {
  try {
    return show(parseLimit(text, unit, options));
  } catch (error) {
    if (error instanceof StatisticsError) return error.code;
    throw error;
  }
}

describe('limits as regulators write them', () => {
  it.each<[string, string | null, string]>([
    ['≤0.20', 'mg/kg', '.. 0.20] mg/kg'],
    ['≤ 0.20 mg/kg', null, '.. 0.20] mg/kg'],
    ['＜０．５％', null, '.. 0.5) %'],
    ['>=97.0', '%(m/m)', '[97.0 ..  %(m/m)'],
    ['≥97.0%', '%(m/m)', '[97.0 ..  %(m/m)'],
    ['> 0', '1', '(0 ..  1'],
    ['不大于 5 mm', null, '.. 5] mm'],
    ['应不小于5mm', null, '[5 ..  mm'],
    ['不得超过 0.02 g/kg', null, '.. 0.02] g/kg'],
    ['小于10', 'N', '.. 10) N'],
    ['10 mg 以下', null, '.. 10] mg'],
    ['1.2~1.6', '%', '[1.2 .. 1.6] %'],
    ['1.2％～1.6％', null, '[1.2 .. 1.6] %'],
    ['6.5—8.5', '1', '[6.5 .. 8.5] 1'],
    ['6.5≤pH≤8.5', '1', '[6.5 .. 8.5] 1'],
    ['≥6.5且≤8.5', '1', '[6.5 .. 8.5] 1'],
    ['[1.2, 1.6)', '%', '[1.2 .. 1.6) %'],
    ['-18~-15 ℃', null, '[-18 .. -15] °C'],
    ['10.0±0.1 mm', null, '[9.9 .. 10.1] mm'],
    ['(10.0±0.1)mm', null, '[9.9 .. 10.1] mm'],
    ['10.0±0.1(不含0.1)', 'mm', '(9.9 .. 10.1) mm'],
    ['10.0±0.1(不含+0.1)', 'mm', '[9.9 .. 10.1) mm'],
    ['10.0±0.1(不含-0.1)', 'mm', '(9.9 .. 10.1] mm'],
    ['1.2~1.6(不含1.6)', '%', '[1.2 .. 1.6) %'],
    ['10 +0.2/-0.1', 'mm', '[9.9 .. 10.2] mm'],
    ['10(+0.2/0)mm', null, '[10.0 .. 10.2] mm'],
    ['10(0/-0.1)mm', null, '[9.9 .. 10.0] mm'],
    ['100 0/-0.1', 'mm', '[99.9 .. 100.0] mm'],
    ['100g±5%', null, '[95 .. 105] g'],
    ['大于等于5', '%', '[5 ..  %'],
    ['小于或等于5', '%', '.. 5] %'],
    ['≥14×100', 'MPa', '[1400 ..  MPa'],
    ['≤1.0×10⁴ CFU/g', null, '.. 10000] CFU/g'],
    ['≤10⁵ CFU/mL', null, '.. 100000] CFU/mL'],
    ['≤1 000', 'CFU/g', '.. 1000] CFU/g'],
    ['≤0.15 g/L', 'g/kg', '.. 0.15] g/L'],
    ['暂无标准值', 'mg/kg', 'no-value'],
    ['/', null, 'no-value'],
    ['不得检出', null, 'not-detected'],
    ['不得检出/25g', null, 'not-detected'],
    ['0/25g', null, 'not-detected'],
    ['不得使用', null, 'prohibited'],
    ['禁止使用', 'mg/kg', 'prohibited'],
    ['按生产需要适量使用', 'g/kg', 'as-needed'],
    ['应清晰', null, 'requirement'],
    ['应符合GB 4806.7-2016的规定', null, 'requirement'],
    ['无异味', null, 'requirement'],
  ])('%s (%s) reads %s', (text, unit, expected) => {
    expect(show(parseLimit(text, unit))).toBe(expected);
  });

  it.each<[string, string]>([
    ['(以恩诺沙星与环丙沙星之和计)(≤100μg/kg)', '.. 100] μg/kg'],
    ['(以恩诺沙星与环丙沙星之和计)(μg/kg)(≤100)', '.. 100] μg/kg'],
    ['(以恩诺沙星与环丙沙星之和计)(≤100ug/kg)', '.. 100] μg/kg'],
    ['(以恩诺沙星与环丙沙星之和计)μg/kg(不得检出)', 'not-detected'],
    ['(总量)(≤100μg/kg)', '.. 100] μg/kg'],
    ['(强力霉素)(≤100μg/kg)', '.. 100] μg/kg'],
    ['(强力霉素)(不得检出)', 'not-detected'],
    ['(不得检出μg/kg)', 'not-detected'],
    ['(≤20mg/100g)', '.. 20] mg/100g'],
  ])('the bulletin entry %s reads %s', (text, expected) => {
    expect(show(parseLimit(text, null))).toBe(expected);
  });

  it('keeps what the sum is made of, or that only the total is meant', () => {
    expect(parseLimit('(以恩诺沙星与环丙沙星之和计)(≤100μg/kg)', null).basis).toEqual({
      kind: 'sum',
      analytes: ['恩诺沙星', '环丙沙星'],
    });
    expect(parseLimit('(总量)(≤100μg/kg)', null).basis).toEqual({ kind: 'sum', analytes: [] });
    expect(parseLimit('以As计≤0.5mg/kg', null).basis).toEqual({ kind: 'expressed-as', substance: 'As' });
    expect(parseLimit('(强力霉素)(≤100μg/kg)', null).remarks).toEqual(['强力霉素']);
  });

  it('keeps the detection limit and the portion that the text demands', () => {
    expect(parseLimit('不得检出（检出限 0.5 μg/kg）', null)).toMatchObject({
      detectionLimit: { value: '0.5', unit: 'μg/kg' },
    });
    expect(parseLimit('不得检出/25g', null)).toMatchObject({ portion: { value: '25', unit: 'g' } });
  });

  it('remembers the last digit the standard wrote', () => {
    expect(parseLimit('≥14×100', 'MPa')).toMatchObject({ lower: { value: '1400', decimals: -2 } });
    expect(parseLimit('≤0.20', 'mg/kg')).toMatchObject({ upper: { value: '0.20', decimals: 2 } });
    expect(parseLimit('100g±5%', null)).toMatchObject({ upper: { value: '105', decimals: null } });
  });

  it('takes a bare number only when the column says what it means', () => {
    expect(refusal('0.20', 'mg/kg')).toBe('limit-direction-missing');
    expect(refusal('0.20', 'mg/kg', { bareNumber: 'maximum' })).toBe('.. 0.20] mg/kg');
    expect(refusal('(以恩诺沙星与环丙沙星之和计)(100μg/kg)', null)).toBe('limit-direction-missing');
  });

  it.each<[string, string | null, string]>([
    ['', 'mg/kg', 'limit-missing'],
    ['N/A', 'mg/kg', 'limit-missing'],
    ['暂无数据', null, 'limit-missing'],
    ['≤0.20', null, 'unit-missing'],
    ['≤0.20 ppm', null, 'ambiguous-unit'],
    ['≤0.20 mgs', null, 'unknown-unit'],
    ['1mm~2cm', null, 'mixed-units'],
    ['1.6~1.2', '%', 'range-reversed'],
    ['≤7/68μg/kg', null, 'slash-for-decimal-point'],
    ['≤0.5 1', 'mg/kg', 'limit-not-understood'],
    ['≤1.45×103 μg/kg', null, 'limit-not-understood'],
    ['≤1,000', 'mg/kg', 'limit-not-understood'],
    ['50%±5%', null, 'ambiguous-tolerance'],
    ['10.0±0.1(不含0.2)', 'mm', 'exclusion-not-understood'],
    ['应不超过 5mm 和 3mm', null, 'unknown-unit'],
    ['100 0/-0.1.2', 'mm', 'limit-not-understood'],
    ['大概0.5', 'mg/kg', 'limit-not-understood'],
  ])('%s (%s) is refused: %s', (text, unit, code) => {
    expect(refusal(text, unit)).toBe(code);
  });
});

describe('results as laboratories report them', () => {
  it.each<[string, string | null, unknown]>([
    ['0.205', 'mg/kg', { kind: 'value', value: '0.205', unit: 'mg/kg', mark: '' }],
    ['376ug/kg', null, { kind: 'value', value: '376', unit: 'μg/kg', mark: '' }],
    ['15.5(-)', 'mm', { kind: 'value', value: '15.5', unit: 'mm', mark: '-' }],
    ['-18.6℃', null, { kind: 'value', value: '-18.6', unit: '°C', mark: '' }],
    ['1.45×10³μg/kg', null, { kind: 'value', value: '1450', unit: 'μg/kg', mark: '' }],
    ['ND', 'mg/kg', { kind: 'not-detected', detectionLimit: null }],
    ['未检出(检出限 0.5 μg/kg)', null, { kind: 'not-detected', detectionLimit: { value: '0.5', unit: 'μg/kg' } }],
    ['未检出<1.2', 'μg/kg', { kind: 'not-detected', detectionLimit: { value: '1.2', unit: 'μg/kg' } }],
    ['0/25g', null, { kind: 'not-detected', detectionLimit: null }],
    ['<0.5', 'mg/kg', { kind: 'below', threshold: { value: '0.5', unit: 'mg/kg' } }],
    ['不合格', null, { kind: 'assessment', meets: false, observed: '不合格' }],
  ])('%s (%s)', (text, unit, expected) => {
    expect(parseResult(text, unit)).toEqual(expected);
  });

  it('does not read a slash as a decimal point unless told to', () => {
    expect(() => parseResult('7/68μg/kg', null)).toThrow(/slash-for-decimal-point/);
    expect(parseResult('7/68μg/kg', null, { slashDecimal: true })).toMatchObject({ value: '7.68', unit: 'μg/kg' });
    expect(parseResult('2/44×100μg/kg', null, { slashDecimal: true })).toMatchObject({ value: '244' });
    expect(() => parseResult('1/45×103μg/kg', null, { slashDecimal: true })).toThrow(/result-not-understood/);
  });

  it('reads a sum with its components and checks the total', () => {
    const text = '32/2(恩诺沙星32/2;环丙沙星未检出<1/2)';
    expect(parseResult(text, 'μg/kg', { slashDecimal: true })).toMatchObject({
      kind: 'components',
      components: [
        { analyte: '恩诺沙星', amount: { value: '32.2' } },
        { analyte: '环丙沙星', amount: { kind: 'not-detected', detectionLimit: { value: '1.2', unit: 'μg/kg' } } },
      ],
    });
    expect(() => parseResult('40(恩诺沙星32.2;环丙沙星1.2)', 'μg/kg')).toThrow(/sum-mismatch/);
  });

  it.each([
    ['Jan-82', 'result-not-understood'],
    ['', 'result-missing'],
    ['N/A', 'result-missing'],
    ['0,205', 'result-not-understood'],
    ['NaN', 'result-not-understood'],
  ])('%s is refused: %s', (text, code) => {
    expect(() => parseResult(text, 'mg/kg')).toThrow(new RegExp(code));
  });

  it('needs a unit', () => {
    expect(() => parseResult('0.205', null)).toThrow(/unit-missing/);
  });
});
