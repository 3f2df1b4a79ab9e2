import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poissonPmf } from '../distributions/index.ts';
import { poissonRateInterval } from '../estimation/index.ts';
import {
  batchesPerThousandPersons,
  chainIndex,
  changePercent,
  compareRates,
  competitivenessBand,
  compositeIndex,
  dueWorkCoverage,
  efficacyScore,
  publishedRateOf,
  ratePerTenThousand,
  samplingCoverage,
  satisfactionIndex,
  totalOf,
  valueWeightedPassRate,
} from './index.ts';

describe('quality competitiveness', () => {
  it('an index lies among its scores, and does not change with the scale of the weights or the order of indicators', () => {
    const rows = fc.array(
      fc.record({
        score: fc.double({ min: 60, max: 100, noNaN: true }),
        weight: fc.integer({ min: 1, max: 50 }),
        group: fc.nat(1),
      }),
      { minLength: 2, maxLength: 12 },
    );
    fc.assert(
      fc.property(rows, (given) => {
        const index = (list: typeof given, scale = 1) =>
          compositeIndex(
            list.map(({ score }) => score),
            list.map(({ weight }) => weight * scale),
            list.map(() => 0),
            list.map(({ group }) => group),
          );
        const here = index(given).index!;
        expect(here).toBeGreaterThanOrEqual(Math.min(...given.map(({ score }) => score)) - 1e-9);
        expect(here).toBeLessThanOrEqual(Math.max(...given.map(({ score }) => score)) + 1e-9);
        expect(index(given, 7).index).toBeCloseTo(here, 9);
        expect(index(given.toReversed()).index).toBeCloseTo(here, 9);
      }),
    );
  });

  it('scores run from 60 to 100 and turn round where less is better', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 150, noNaN: true }), (x) => {
        const score = efficacyScore(x, 0, 100, true);
        expect(score).toBeGreaterThanOrEqual(60);
        expect(score).toBeLessThanOrEqual(100);
        expect(efficacyScore(x, 0, 100, false)).toBeCloseTo(160 - score, 9);
      }),
    );
    expect(() => efficacyScore(1, 5, 5, true)).toThrow(/range-reversed/);
  });

  it('bands are those of the edition asked for', () => {
    expect(competitivenessBand(81.85, '2008').zh).toBe('较强');
    expect(competitivenessBand(81.85, '2011').zh).toBe('初步');
    expect(competitivenessBand(79.9, '2008').zh).toBe('一般');
    expect(() => competitivenessBand(81, '2020')).toThrow(/edition-unknown/);
    expect(() => competitivenessBand(59, '2011')).toThrow(/out-of-range/);
  });
});

describe('rates', () => {
  it('nothing done or inspected has no rate', () => {
    expect(valueWeightedPassRate([{ value: 5, inspected: 0, passed: 0 }])).toBeNull();
    expect(valueWeightedPassRate([{ value: 0, inspected: 9, passed: 9 }])).toBeNull();
    expect(samplingCoverage(0, 0, 0)).toEqual({ unitsPercent: null, batchesPerUnit: null });
    expect(batchesPerThousandPersons(9, 0)).toBeNull();
    expect(satisfactionIndex([5], [0])).toBeNull();
    expect(dueWorkCoverage({ due: 5, exempt: 5, done: 0 })).toEqual({
      coveragePercent: null,
      timelyPercent: null,
      passPercent: null,
    });
    expect(chainIndex([0, 5, 10])).toEqual({ changePercent: [null, 100], meanGrowthPercent: null });
    expect(changePercent([3], [0])).toEqual([null]);
  });

  it('coverage counts enterprises once however often they were sampled', () => {
    expect(samplingCoverage(200, 50, 90)).toEqual({ unitsPercent: 25, batchesPerUnit: 0.45 });
    expect(batchesPerThousandPersons(264_000, 66_000_000)).toBe(4);
    expect(() => samplingCoverage(200, 50, 49)).toThrow(/out-of-range/);
  });

  it('more cannot be done than was due, nor late than was done', () => {
    expect(() => dueWorkCoverage({ due: 10, exempt: 3, done: 8 })).toThrow(/out-of-range/);
    expect(() => dueWorkCoverage({ due: 10, done: 8, late: 9 })).toThrow(/out-of-range/);
    expect(() => satisfactionIndex([11], [1])).toThrow(/out-of-range/);
  });

  it('sums counts of 万台 without the dust of binary fractions', () => {
    expect(totalOf({ 在用: 0.1, 停用: 0.2 })).toBe(0.3);
  });
});

describe('special equipment', () => {
  it('keeps the published figure beside the recomputed one', () => {
    expect(ratePerTenThousand(99, 1816.23)).toBeCloseTo(0.0545, 4);
    expect(publishedRateOf(99, 1816.23)).toMatchObject({ printed: 0.08, scope: '全国' });
    expect(publishedRateOf(98, 1816.23)).toBeNull();
  });

  it('the exact interval covers every true rate at least as often as promised', () => {
    const intervals = Array.from({ length: 120 }, (_, events) => poissonRateInterval(events, 1, 0.95));
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 40, noNaN: true }), (rate) => {
        const coverage = intervals.reduce(
          (sum, { lower, upper }, events) => sum + (lower <= rate && rate <= upper ? poissonPmf(events, rate) : 0),
          0,
        );
        expect(coverage).toBeGreaterThanOrEqual(0.95 - 1e-9);
      }),
    );
  });

  it('compares two provinces alike from either side, and does not rank one event against none', () => {
    const rate = fc.record({ x: fc.nat(30), t: fc.double({ min: 0.5, max: 300, noNaN: true }) });
    fc.assert(
      fc.property(rate, rate, (one, other) => {
        const here = compareRates(one.x, one.t, other.x, other.t);
        expect(compareRates(other.x, other.t, one.x, one.t).p).toBeCloseTo(here.p, 9);
        expect(here.p).toBeLessThanOrEqual(1);
      }),
    );
    expect(compareRates(1, 10, 0, 10)).toEqual({ rateRatio: null, p: 1 });
  });
});
