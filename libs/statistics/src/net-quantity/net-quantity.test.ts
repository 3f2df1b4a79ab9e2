import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import file from '../../fixtures/06_net_quantity.json' with { type: 'json' };
import { runVectorCase, type VectorCase } from '../vector-runner.ts';
import { judgePrepackageLot } from './batch.ts';
import { correctionFactor, prepackageEditionOn, prepackagePlan } from './plan.ts';
import { labelUnits, leastCharacterHeight, tolerableShortage } from './shortage.ts';
import { netQuantityVectors } from './vectors.ts';

describe('reference vectors of net quantity', () => {
  it.each((file.cases as VectorCase[]).map((vector) => [vector.id, vector] as const))('%s', (_id, vector) => {
    expect(runVectorCase(vector, netQuantityVectors).problems).toEqual([]);
  });
});

describe('tolerable shortage', () => {
  it.each([
    ['75', 'g', '4.5'],
    ['150', 'g', '6.8'],
    ['250', 'mL', '9'],
    ['400', 'g', '12'],
    ['750', 'mL', '15'],
    ['2.5', 'kg', '38'],
    ['12', 'L', '150'],
    ['20000', 'g', '200'],
  ])('of %s %s is %s', (nominal, unit, T) => {
    expect(tolerableShortage(nominal, unit).T).toBe(T);
  });

  it('differs from OIML R 87, which rounds up', () => {
    expect(tolerableShortage('25', 'g').T).toBe('2.2');
    expect(tolerableShortage('25', 'g', 'oiml-r87').T).toBe('2.3');
  });

  it('never falls when the package grows, and OIML never allows less than China', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), (grams) => {
        const here = Number(tolerableShortage(String(grams), 'g').T);
        if (grams > 1) expect(Number(tolerableShortage(String(grams - 1), 'g').T)).toBeLessThanOrEqual(here);
        expect(Number(tolerableShortage(String(grams), 'g', 'oiml-r87').T)).toBeGreaterThanOrEqual(here);
      }),
    );
  });

  it('refuses what is no package quantity', () => {
    expect(() => tolerableShortage('0', 'g')).toThrow(/nominal-not-positive/);
    expect(() => tolerableShortage('10', 'MPa')).toThrow(/not-a-package-quantity/);
    expect(() => tolerableShortage('60', 'kg')).toThrow(/outside-scope/);
    expect(() => tolerableShortage('50.5', '个')).toThrow(/count-not-whole/);
  });
});

describe('the label', () => {
  it('states the unit and the character height that go with the quantity', () => {
    expect(labelUnits('999', 'g')).toEqual(['g']);
    expect(labelUnits('1000', 'mL')).toEqual(['L']);
    expect(labelUnits('80', 'cm')).toEqual(['mm', 'cm']);
    expect(labelUnits('50', 'dm2')).toEqual(['dm2']);
    expect([50, 51, 200, 201, 1000, 1001].map((g) => leastCharacterHeight(String(g), 'g'))).toEqual([2, 3, 3, 4, 4, 6]);
  });
});

describe('editions', () => {
  it('changes on 12 October 2024 and does not guess the new table', () => {
    expect(prepackageEditionOn('2024-10-11').id).toBe('JJF 1070-2005');
    const current = prepackageEditionOn('2024-10-12');
    expect(current.id).toBe('JJF 1070-2023');
    expect(() => prepackagePlan(300, current.id)).toThrow(/table-not-imported/);
    expect(() => prepackagePlan(99, 'OIML R 87:2016')).toThrow(/lot-not-covered/);
    expect(() => prepackageEditionOn('12.10.2024')).toThrow(/not-a-date/);
  });

  it('uses the table of an edition once two persons have transcribed and compared it', () => {
    const row = { lotFrom: 1, lotTo: null, sampleSize: 2, correction: '1.5', allowedT1: 0 };
    const table = {
      slot: 'jjf-1070-2023-sampling',
      edition: 'JJF 1070-2023',
      source: 'invented for this test',
      rows: [row],
    };
    const two = { ...table, transcribedBy: '甲', verifiedBy: '乙' };
    expect(prepackagePlan(300, 'JJF 1070-2023', two)).toMatchObject({ sampleSize: 2, correction: '1.5', allowedT1: 0 });
    expect(() => prepackagePlan(300, 'JJF 1070-2023', { ...two, verifiedBy: '甲' })).toThrow(/table-import-refused/);
  });

  it('prints the correction factors that t gives, save the one printed as 0.848', () => {
    for (const [n, printed] of [
      [10, 1.028],
      [50, 0.379],
      [80, 0.295],
      [125, 0.234],
    ] as const) {
      expect(correctionFactor(n, 0.995)).toBeCloseTo(printed, 3);
    }
    expect(correctionFactor(13, 0.995)).toBeCloseTo(0.8472, 4);
    expect(prepackagePlan(60, 'JJF 1070-2005').correction).toBe('0.848');
  });
});

describe('a lot', () => {
  const lot = { lotSize: 30, nominal: '500', unit: 'g', edition: 'JJF 1070-2005' };

  it('passes with a shortage of exactly T and fails just beyond', () => {
    const rest = Array.from({ length: 9 }, () => '505');
    expect(judgePrepackageLot({ ...lot, actual: ['485', ...rest] })).toMatchObject({
      T: '15',
      countT1: 0,
      accept: true,
    });
    expect(judgePrepackageLot({ ...lot, actual: ['484.9', ...rest] })).toMatchObject({
      countT1: 1,
      individualPass: false,
    });
    expect(judgePrepackageLot({ ...lot, actual: ['470', ...rest] })).toMatchObject({ countT1: 1, countT2: 0 });
    expect(judgePrepackageLot({ ...lot, actual: ['469.9', ...rest] })).toMatchObject({
      countT1: 0,
      countT2: 1,
      accept: false,
    });
  });

  it('takes weights in another unit and needs the sample of the plan', () => {
    const actual = Array.from({ length: 10 }, () => '0.5');
    expect(judgePrepackageLot({ ...lot, actual, actualUnit: 'kg' })).toMatchObject({
      mean: '500',
      s: '0',
      accept: true,
    });
    expect(() => judgePrepackageLot({ ...lot, actual: actual.slice(1) })).toThrow(/sample-size/);
    expect(() => judgePrepackageLot({ ...lot, actual: [...actual.slice(1), 'NaN'] })).toThrow(/not-a-decimal/);
  });
});
