import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import outbreaks from '../../fixtures/09b_outbreak_detection.json' with { type: 'json' };
import {
  baselineLimit,
  earsBounds,
  earsStatistics,
  farrington,
  improvedFarrington,
  poissonExceedance,
} from './index.ts';

const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 14, maxLength: 30 });
const agona = outbreaks.cases.find(({ method }) => method === 'farrington.1996')!.inputs.counts as number[];

describe('EARS', () => {
  it('C1 and C2 do not change with the level or the unit of the counts', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 50 }), (series, unit, level) => {
        const moved = earsStatistics(series.map((count) => count * unit + level));
        earsStatistics(series).forEach((period, i) => {
          if (period.c1 === null) expect(moved[i]!.c1).toBeNull();
          else expect(moved[i]!.c1).toBeCloseTo(period.c1, 8);
          if (period.c3 === null) expect(moved[i]!.c3).toBeNull();
          else expect(moved[i]!.c3).toBeCloseTo(period.c3, 8);
        });
      }),
    );
  });

  it('a baseline without variation has no statistic unless a least deviation is agreed', () => {
    const flat = [3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 9];
    expect(earsStatistics(flat)[0]).toMatchObject({ c1: null, c2: null, c3: null });
    expect(earsStatistics(flat, 12, 1)[0]).toMatchObject({
      c1: 6,
      c2: 6,
      c3: 5,
      alarm: { C1: true, C2: true, C3: true },
    });
  });

  it('C3 remembers the two days before: its bound is never above that of C2', () => {
    fc.assert(
      fc.property(counts, (series) => {
        const c2 = earsBounds(series, 'C2', 0.01, 12);
        earsBounds(series, 'C3', 0.01, 12).forEach(({ upper }, i) => {
          expect(upper).toBeLessThanOrEqual(c2[i]!.upper + 1e-12);
        });
      }),
    );
  });

  it('refuses to judge before the baseline is complete', () => {
    expect(() => earsBounds([1, 2, 3, 4, 5, 6, 7, 8], 'C2', 0.01, 8)).toThrow(/out-of-range/);
    expect(() => earsBounds([1, 2, -1, 4, 5, 6, 7, 8], 'C1')).toThrow(/out-of-range/);
  });
});

describe('Farrington', () => {
  it('the improved limits are those of R surveillance 1.20.3 farringtonFlexible (noPeriods 10, nbPlugin, 2.58, 26 weeks)', () => {
    const at = [230, 238, 246, 254, 262, 270, 278, 286, 294, 302, 310];
    const periods = improvedFarrington(agona, at, { years: 4, least: { cases: 0, periods: 4 } });
    expect(periods.map(({ upper }) => upper)).toEqual([5, 6, 6, 4, 3, 3, 3, 6, 9, 8, 6]);
    expect(periods.filter(({ alarm }) => alarm).map((period) => period.at)).toEqual([254, 262]);
    const expected = [
      1.72191902, 2.62384874, 2.37905679, 1.42165435, 0.64722726, 0.84147251, 0.80531409, 2.10966173, 4.26042359,
      4.09879838, 2.65639549,
    ];
    periods.forEach((period, i) => {
      expect(period.expected).toBeCloseTo(expected[i]!, 6);
    });
  });

  it('without trend and reweighting is the plain limit over its baseline', () => {
    const at = 300;
    const options = { years: 4, alpha: 0.05, trend: false, reweight: false } as const;
    const [period] = farrington(agona, [at], options);
    const baseline = [4, 3, 2, 1].flatMap((year) => agona.slice(at - year * 52 - 4, at - year * 52 + 3));
    const plain = baselineLimit(baseline, 0.025);
    expect(period!.expected).toBeCloseTo(plain.expected, 9);
    expect(period!.upper).toBeCloseTo(plain.upper, 9);
  });

  it('a past outbreak raises the limit less when it is given less weight', () => {
    const quiet = Array.from({ length: 300 }, (_, week) => 4 + (week % 3));
    const outbreak = quiet.with(300 - 52 - 1, 60);
    const limit = (reweight: boolean): number => farrington(outbreak, [300], { trend: false, reweight })[0]!.upper;
    expect(limit(true)).toBeLessThan(limit(false));
  });

  it('raises no alarm with fewer than five cases in four weeks, and none from an empty past without a case', () => {
    const empty = Array.from({ length: 300 }, () => 0);
    expect(farrington(empty, [300])[0]).toMatchObject({ expected: 0, upper: 0, alarm: false });
    expect(farrington(empty.with(299, 4), [300])[0]).toMatchObject({ enoughCases: false, alarm: false });
    expect(farrington(empty.with(299, 5), [300])[0]).toMatchObject({ enoughCases: true, alarm: true });
  });

  it('refuses positions outside the series and a baseline that is too short', () => {
    expect(() => farrington([1, 2, 3], [4])).toThrow(/out-of-range/);
    expect(() => farrington([1, 2, 3], [3])).toThrow(/baseline-too-short/);
    expect(() => improvedFarrington(agona, [200], { years: 5 })).toThrow(/out-of-range/);
  });

  it('the exceedance probability falls with the count and rises with what is expected', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.double({ min: 0.1, max: 40, noNaN: true }), (x, expected) => {
        expect(poissonExceedance(x + 1, expected)).toBeLessThanOrEqual(poissonExceedance(x, expected));
        expect(poissonExceedance(x, expected + 1)).toBeGreaterThanOrEqual(poissonExceedance(x, expected));
      }),
    );
  });
});
