import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialPmf, hypergeometricPmf } from '../distributions/index.ts';
import { StatisticsError } from '../errors.ts';
import {
  clopperPearsonInterval,
  compareProportions,
  hypergeometricInterval,
  type Interval,
  jeffreysInterval,
  midPInterval,
  minimumDetectableCount,
  minimumDetectableRate,
  passRate,
  poissonRateInterval,
  probabilityOfDetection,
  sampleSizeForDetection,
  sampleSizeForDetectionInLot,
  sampleSizeForProportion,
  stratifiedInterval,
  stratifiedProportion,
  weightedProportion,
  wilsonContinuityInterval,
  wilsonInterval,
} from './index.ts';

const counts = fc
  .integer({ min: 1, max: 200 })
  .chain((n) => fc.record({ n: fc.constant(n), x: fc.integer({ min: 0, max: n }) }));

describe('confidence intervals', () => {
  const methods: ((x: number, n: number, confidence?: number) => Interval)[] = [
    wilsonInterval,
    wilsonContinuityInterval,
    clopperPearsonInterval,
    jeffreysInterval,
    midPInterval,
  ];

  it('contain the observed rate, stay in [0, 1] and mirror failures into passes', () => {
    fc.assert(
      fc.property(counts, ({ x, n }) => {
        for (const method of methods) {
          const { lower, upper } = method(x, n);
          expect(lower).toBeLessThanOrEqual(x / n);
          expect(upper).toBeGreaterThanOrEqual(x / n);
          expect(lower).toBeGreaterThanOrEqual(0);
          expect(upper).toBeLessThanOrEqual(1);
          expect(method(n - x, n).lower).toBeCloseTo(1 - upper, 8);
        }
      }),
    );
  });

  it('Clopper–Pearson covers every true rate at least as often as promised', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (n, p) => {
        let coverage = 0;
        for (let x = 0; x <= n; x += 1) {
          const { lower, upper } = clopperPearsonInterval(x, n, 0.9);
          coverage += lower <= p && p <= upper ? binomialPmf(x, n, p) : 0;
        }
        expect(coverage).toBeGreaterThanOrEqual(0.9 - 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('the finite-lot interval covers every possible lot and pins a completely inspected one', () => {
    const lotSize = 40;
    const n = 12;
    for (let D = 0; D <= lotSize; D += 1) {
      let coverage = 0;
      for (let x = Math.max(0, n + D - lotSize); x <= Math.min(n, D); x += 1) {
        const { lowerCount, upperCount } = hypergeometricInterval(x, n, lotSize, 0.9);
        coverage += lowerCount <= D && D <= upperCount ? hypergeometricPmf(x, lotSize, D, n) : 0;
      }
      expect(coverage).toBeGreaterThanOrEqual(0.9 - 1e-9);
    }
    expect(hypergeometricInterval(3, 20, 20)).toMatchObject({ lowerCount: 3, upperCount: 3 });
  });

  it('全部合格也不给出 [1, 1]，零事故也有上限', () => {
    expect(wilsonInterval(20, 20)).toMatchObject({ upper: 1 });
    expect(wilsonInterval(20, 20).lower).toBeLessThan(0.85);
    expect(poissonRateInterval(0, 219.78).upper).toBeGreaterThan(0);
  });

  it('refuse x > n, n = 0, NaN and a confidence of 95', () => {
    for (const method of methods) {
      expect(() => method(11, 10)).toThrow(StatisticsError);
      expect(() => method(0, 0)).toThrow(StatisticsError);
      expect(() => method(Number.NaN, 10)).toThrow(StatisticsError);
      expect(() => method(1, 10, 95)).toThrow(StatisticsError);
    }
    expect(() => hypergeometricInterval(1, 11, 10)).toThrow(/sample-larger-than-lot/);
    expect(() => poissonRateInterval(1, 0)).toThrow(StatisticsError);
  });
});

describe('published pass rate', () => {
  it('未检验任何批次时合格率为空，不是 0 也不是 100%', () => {
    expect(passRate({ inspected: 0, passed: 0, representative: true })).toMatchObject({ rate: null, wilson: null });
  });

  it('风险抽样的合格率始终带着“不代表市场总体质量”', () => {
    const rate = passRate({ inspected: 50, passed: 46, representative: false });
    expect(rate.representative).toBe(false);
    expect(rate.statement.zh).toContain('不代表市场总体质量');
    expect(rate.rate).toBe(0.92);
  });

  it('已知总体时给出有限总体区间，且更窄', () => {
    const rate = passRate({ inspected: 100, passed: 92, representative: true, population: 160 });
    expect(rate.finite!.upper - rate.finite!.lower).toBeLessThan(rate.exact!.upper - rate.exact!.lower);
    expect(() => passRate({ inspected: 100, passed: 92, representative: true, population: 90 })).toThrow(
      StatisticsError,
    );
    expect(() => passRate({ inspected: 10, passed: 11, representative: true })).toThrow(StatisticsError);
  });
});

describe('stratified pass rate', () => {
  it('只抽 1 个单元的层没有方差，须合并', () => {
    const strata = [
      { population: 100, n: 10, x: 9 },
      { population: 50, n: 1, x: 1 },
    ];
    expect(stratifiedProportion(strata)).toMatchObject({ se: null, collapse: [1], designEffect: null });
    expect(() => stratifiedInterval(strata)).toThrow(/variance-undefined/);
  });

  it('各层全部合格时退回 Clopper–Pearson，先验设计效应使区间更宽', () => {
    const strata = [
      { population: 300, n: 10, x: 10 },
      { population: 200, n: 10, x: 10 },
    ];
    const plain = stratifiedInterval(strata);
    expect(plain).toMatchObject({ method: 'clopper-pearson', upper: 1 });
    expect(plain.lower).toBeCloseTo(clopperPearsonInterval(20, 20).lower, 12);
    expect(stratifiedInterval(strata, 0.95, 'logit', 1.5).lower).toBeLessThan(plain.lower);
  });

  it('全数检验没有抽样误差', () => {
    const interval = stratifiedInterval([{ population: 8, n: 8, x: 6 }]);
    expect(interval).toMatchObject({ lower: 0.75, upper: 0.75, method: 'census' });
  });

  it('every interval method contains the estimate', () => {
    const strata = [
      { population: 1200, n: 60, x: 57 },
      { population: 800, n: 40, x: 39 },
    ];
    const { estimate } = stratifiedProportion(strata);
    for (const method of ['logit', 'beta', 'wilson'] as const) {
      const { lower, upper } = stratifiedInterval(strata, 0.95, method);
      expect(lower).toBeLessThan(estimate);
      expect(upper).toBeGreaterThan(estimate);
    }
  });

  it('refuses a sample larger than its stratum', () => {
    expect(() => stratifiedProportion([{ population: 5, n: 6, x: 0 }])).toThrow(/sample-larger-than-lot/);
    expect(() => stratifiedProportion([])).toThrow(/empty-list/);
  });

  it('等权加权与不加权一致，不等权降低有效样本量', () => {
    const units = [true, true, true, false].map((has) => ({ has, weight: 2 }));
    expect(weightedProportion(units)).toMatchObject({ estimate: 0.75, effectiveN: 4, designEffect: 1 });
    const uneven = weightedProportion([{ has: true, weight: 10 }, ...units]);
    expect(uneven.effectiveN).toBeLessThan(5);
    expect(
      weightedProportion([
        { has: true, weight: 0.1 },
        { has: true, weight: 0.2 },
      ]).estimate,
    ).toBe(1);
    expect(() => weightedProportion([{ has: true, weight: 0 }])).toThrow(StatisticsError);
  });
});

describe('detection power and sample size', () => {
  it('300 批才能以 95% 的把握发现 1% 的不合格', () => {
    expect(sampleSizeForDetection(0.01, 0.95)).toBe(299);
    expect(probabilityOfDetection(299, { model: 'binomial', p: 0.01 })).toBeGreaterThanOrEqual(0.95);
    expect(probabilityOfDetection(298, { model: 'binomial', p: 0.01 })).toBeLessThan(0.95);
  });

  it('what is just detectable is detected with just that power', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 500 }), fc.integer({ min: 0, max: 3 }), (n, c) => {
        const p = minimumDetectableRate(n, 0.9, c);
        expect(probabilityOfDetection(n, { model: 'binomial', p: p! }, c)).toBeCloseTo(0.9, 9);
        const count = minimumDetectableCount(n, 1000, 0.9, c)!;
        const at = (nonconforming: number): number =>
          probabilityOfDetection(n, { model: 'hypergeometric', lotSize: 1000, nonconforming }, c);
        expect(at(count)).toBeGreaterThanOrEqual(0.9);
        expect(at(count - 1)).toBeLessThan(0.9);
      }),
    );
  });

  it('gives null, not a number, when nothing can be found', () => {
    expect(minimumDetectableRate(2, 0.9, 2)).toBeNull();
    expect(sampleSizeForDetection(0, 0.95)).toBeNull();
    expect(sampleSizeForDetectionInLot(1, 20, 0.95, 1)).toBeNull();
    expect(sampleSizeForDetectionInLot(5, 100, 0.95)).toBe(45);
  });

  it('样本量不超过总体，精度为零则拒绝', () => {
    expect(sampleSizeForProportion(0.5, 0.05, 0.95, 50).n).toBeLessThanOrEqual(50);
    expect(sampleSizeForProportion(0.5, 0.05).n).toBe(385);
    expect(() => sampleSizeForProportion(0.5, 0)).toThrow(StatisticsError);
  });

  it('identical samples do not differ', () => {
    const comparison = compareProportions(5, 50, 5, 50);
    expect(comparison.difference).toBe(0);
    expect(comparison.fisherP).toBeCloseTo(1, 12);
  });
});
