import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StatisticsError } from '../errors.ts';
import {
  binomialCdf,
  binomialUpperTail,
  chiSquareCdf,
  chiSquareQuantile,
  fCdf,
  fQuantile,
  hypergeometricCdf,
  hypergeometricQuantile,
  hypergeometricUpperTail,
  negativeBinomialCdf,
  negativeBinomialQuantile,
  noncentralTCdf,
  noncentralTQuantile,
  noncentralTUpperTail,
  normalCdf,
  normalQuantile,
  poissonCdf,
  poissonQuantile,
  poissonUpperTail,
  tCdf,
  tQuantile,
} from './index.ts';

describe('discrete distributions', () => {
  it('keep the far tail that 1 − cdf loses', () => {
    expect(1 - binomialCdf(20, 125, 0.01)).toBe(0);
    expect(binomialUpperTail(20, 125, 0.01) / 1.3209566380010735e-19).toBeCloseTo(1, 9);
  });

  it('are exact for large lots: 114 of 11385 from 177732 units with 1795 nonconforming (exact fraction)', () => {
    expect(hypergeometricCdf(114, 177_732, 1795, 11_385)).toBeCloseTo(0.4868533457660711, 12);
  });

  it('handle a Poisson mean of 100200, where common libraries are off in the third digit', () => {
    expect(poissonCdf(100_000, 100_200)).toBeCloseTo(0.2643711472883879, 12);
  });

  it('have tails that add up to 1 and lie in [0, 1]', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), fc.nat(400), fc.nat(400), (extra, D, n, k) => {
        const N = Math.max(D, n) + extra;
        const lower = hypergeometricCdf(k, N, D, n);
        const upper = hypergeometricUpperTail(k, N, D, n);
        expect(lower + upper).toBeCloseTo(1, 12);
        expect(Math.min(lower, upper)).toBeGreaterThanOrEqual(0);
      }),
    );
    fc.assert(
      fc.property(fc.nat(300), fc.double({ min: 0, max: 300, noNaN: true }), (k, lambda) => {
        expect(poissonCdf(k, lambda) + poissonUpperTail(k, lambda)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('have quantiles that are the first k to reach the probability', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 60 }), (q, m) => {
        const poisson = poissonQuantile(q, m);
        expect(poissonCdf(poisson, m)).toBeGreaterThanOrEqual(q);
        expect(poissonCdf(poisson - 1, m)).toBeLessThan(q);
        const negative = negativeBinomialQuantile(q, m / 3, 0.4);
        expect(negativeBinomialCdf(negative, m / 3, 0.4)).toBeGreaterThanOrEqual(q);
        expect(negativeBinomialCdf(negative - 1, m / 3, 0.4)).toBeLessThan(q);
        const hyper = hypergeometricQuantile(q, 100, m, 30);
        expect(hypergeometricCdf(hyper, 100, m, 30)).toBeGreaterThanOrEqual(q);
      }),
    );
  });

  it('refuse NaN, probabilities beyond 1 and samples larger than the lot', () => {
    expect(() => binomialCdf(1, 10, Number.NaN)).toThrow(StatisticsError);
    expect(() => binomialCdf(1, 10, 1.01)).toThrow(StatisticsError);
    expect(() => hypergeometricCdf(1, 10, 3, 11)).toThrow(StatisticsError);
    expect(() => poissonCdf(Number.NaN, 3)).toThrow(StatisticsError);
  });
});

describe('continuous distributions', () => {
  const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  const freedom = fc.double({ min: 1, max: 400, noNaN: true });

  it('have quantiles that undo their distribution functions', () => {
    fc.assert(
      fc.property(probability, freedom, (p, df) => {
        expect(tCdf(tQuantile(p, df), df)).toBeCloseTo(p, 10);
        expect(chiSquareCdf(chiSquareQuantile(p, df), df)).toBeCloseTo(p, 10);
        expect(fCdf(fQuantile(p, df, 7), df, 7)).toBeCloseTo(p, 9);
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
      }),
    );
  });

  it('reach far into the tails', () => {
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798409, 10);
    expect(normalQuantile(1e-300)).toBeCloseTo(-37.0470962993612, 8);
    expect(tCdf(-9.505197405815125, 255) / 7.757533418828363e-19).toBeCloseTo(1, 9);
  });

  it('refuse a quantile at 0 or 1', () => {
    expect(() => normalQuantile(0)).toThrow(StatisticsError);
    expect(() => tQuantile(1, 9)).toThrow(StatisticsError);
  });
});

describe('noncentral t', () => {
  it('is Student t without noncentrality', () => {
    for (const [t, df] of [
      [2, 4],
      [-1, 1],
      [0.3, 30],
    ] as const) {
      expect(noncentralTCdf(t, df, 0)).toBeCloseTo(tCdf(t, df), 12);
    }
  });

  it('stays right beyond noncentrality 37.62, where base R does not', () => {
    expect(noncentralTCdf(60, 199, 55)).toBeCloseTo(0.941215979999656, 11);
    expect(noncentralTCdf(-60, 199, -55)).toBeCloseTo(1 - 0.941215979999656, 11);
  });

  it('has tails that add up to 1 and a quantile that undoes it', () => {
    const size = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(
        fc.double({ min: -20, max: 90, noNaN: true }),
        size,
        fc.double({ min: -5, max: 80, noNaN: true }),
        (t, df, ncp) => {
          expect(noncentralTCdf(t, df, ncp) + noncentralTUpperTail(t, df, ncp)).toBeCloseTo(1, 12);
        },
      ),
      { numRuns: 40 },
    );
    expect(noncentralTCdf(noncentralTQuantile(0.2, 41, 14), 41, 14)).toBeCloseTo(0.2, 12);
  });
});
