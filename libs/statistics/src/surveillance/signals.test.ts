import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gammaQuantile } from '../distributions/index.ts';
import { digamma } from '../distributions/special.ts';
import { createGenerator } from '../uncertainty/index.ts';
import {
  disproportionality,
  ebgmOfCells,
  empiricalBayes,
  evansRule,
  exposureRatio,
  fitGammaPoissonPrior,
  type GammaPoissonPrior,
  gammaPoissonLogLikelihood,
  informationComponent,
} from './index.ts';

const PRIOR: GammaPoissonPrior = { alpha1: 3.25, beta1: 0.4, alpha2: 2.02, beta2: 1.91, weight: 0.065 };
const cell = fc.record({
  n: fc.integer({ min: 0, max: 400 }),
  expected: fc.double({ min: 0.01, max: 300, noNaN: true }),
});

describe('disproportionality', () => {
  it('the information component is pulled towards 0 from the raw ratio', () => {
    fc.assert(
      fc.property(cell, ({ n, expected }) => {
        const { ic, lower, upper } = informationComponent(n, expected);
        if (n > 0) {
          const raw = Math.log2(n / expected);
          expect(Math.abs(ic)).toBeLessThanOrEqual(Math.abs(raw) + 1e-12);
          expect(ic * raw).toBeGreaterThanOrEqual(-1e-12);
        }
        expect(lower).toBeLessThan(ic);
        expect(upper).toBeGreaterThan(ic);
      }),
    );
  });

  it('the odds ratio is the same from the side of the hazard and from the side of the product', () => {
    const table = fc.record({ a: fc.nat(90), b: fc.nat(90), c: fc.nat(90), d: fc.integer({ min: 1, max: 900 }) });
    fc.assert(
      fc.property(table, ({ a, b, c, d }) => {
        const here = disproportionality({ a, b, c, d });
        const turned = disproportionality({ a, b: c, c: b, d });
        expect(turned.ror?.value ?? null).toBe(here.ror?.value ?? null);
        expect(turned.expected).toBeCloseTo(here.expected, 10);
      }),
    );
  });

  it('an empty cell leaves the ratios undefined and the information component finite', () => {
    const none = disproportionality({ a: 0, b: 10, c: 20, d: 1000 });
    expect(none).toMatchObject({ prr: null, ror: null });
    expect(Number.isFinite(none.information.ic)).toBe(true);
    expect(disproportionality({ a: 4, b: 6, c: 0, d: 0 })).toMatchObject({ prr: null, chiSquare: null });
    expect(evansRule(null, 9, 5)).toBe(false);
    expect(evansRule(9, 9, 2)).toBe(false);
  });

  it('refuses an empty table and sets a rate against sales where they are known', () => {
    expect(() => disproportionality({ a: 0, b: 0, c: 0, d: 0 })).toThrow(/out-of-range/);
    expect(exposureRatio(10, 1000, 50, 20_000)).toBe(4);
    expect(exposureRatio(10, 1000, 0, 20_000)).toBeNull();
  });
});

describe('empirical Bayes', () => {
  it('with a prior of mean 1 the posterior mean lies between 1 and the raw ratio, and EBGM never above it', () => {
    fc.assert(
      fc.property(cell, fc.double({ min: 0.2, max: 20, noNaN: true }), ({ n, expected }, shape) => {
        const prior = { alpha1: shape, beta1: shape, alpha2: shape, beta2: shape, weight: 0.5 };
        const mean = (shape + n) / (shape + expected);
        const raw = n / expected;
        expect(mean).toBeGreaterThanOrEqual(Math.min(1, raw) - 1e-12);
        expect(mean).toBeLessThanOrEqual(Math.max(1, raw) + 1e-12);
        const { ebgm } = empiricalBayes(n, expected, prior);
        expect(ebgm).toBeLessThan(mean);
        expect(ebgm).toBeGreaterThan(mean * Math.exp(-1 / (shape + n)));
      }),
    );
  });

  it('a strong signal is shrunk: EBGM lies between 1 and the raw ratio', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 300 }), fc.double({ min: 10, max: 200, noNaN: true }), (n, ratio) => {
        const { ebgm, eb05, eb95 } = empiricalBayes(n, n / ratio, PRIOR);
        expect(ebgm).toBeGreaterThan(1);
        expect(ebgm).toBeLessThan(ratio);
        expect(eb05).toBeLessThan(ebgm);
        expect(eb95).toBeGreaterThan(ebgm);
      }),
    );
  });

  it('rises with the count and falls with what was expected', () => {
    fc.assert(
      fc.property(cell, ({ n, expected }) => {
        const { ebgm } = empiricalBayes(n, expected, PRIOR);
        expect(empiricalBayes(n + 1, expected, PRIOR).ebgm).toBeGreaterThan(ebgm);
        expect(empiricalBayes(n, expected * 1.1, PRIOR).ebgm).toBeLessThan(ebgm);
      }),
    );
  });

  it('all cells at once are the cells one by one', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 20 }), (cells) => {
        const all = ebgmOfCells(
          cells.map(({ n }) => n),
          cells.map(({ expected }) => expected),
          PRIOR,
        );
        cells.forEach(({ n, expected }, i) => {
          const { ebgm } = empiricalBayes(n, expected, PRIOR);
          expect(Math.abs(all[i]! - ebgm)).toBeLessThan(1e-11 * ebgm);
        });
      }),
    );
  });

  it('finds the prior that made the data, and no other prior near it is more likely', () => {
    const generator = createGenerator(9);
    const truth: GammaPoissonPrior = { alpha1: 2, beta1: 0.5, alpha2: 4, beta2: 5, weight: 0.15 };
    const expected = Array.from({ length: 4000 }, () => 0.5 + 12 * generator.uniform());
    const counts = expected.map((e) => {
      const first = generator.uniform() < truth.weight;
      const ratio = gammaQuantile(
        generator.uniform(),
        first ? truth.alpha1 : truth.alpha2,
        first ? truth.beta1 : truth.beta2,
      );
      let left = generator.uniform();
      let probability = Math.exp(-ratio * e);
      let n = 0;
      while (left > probability && n < 500) {
        left -= probability;
        n += 1;
        probability *= (ratio * e) / n;
      }
      return n;
    });
    const fit = fitGammaPoissonPrior(counts, expected);
    expect(fit.converged).toBe(true);
    expect(fit.logLikelihood).toBeGreaterThanOrEqual(gammaPoissonLogLikelihood(counts, expected, truth));
    for (const name of ['alpha1', 'beta1', 'alpha2', 'beta2', 'weight'] as const) {
      for (const factor of [0.98, 1.02]) {
        const other = { ...fit.prior, [name]: fit.prior[name] * factor };
        expect(gammaPoissonLogLikelihood(counts, expected, other)).toBeLessThan(fit.logLikelihood);
      }
    }
    const means = [fit.prior.alpha1 / fit.prior.beta1, fit.prior.alpha2 / fit.prior.beta2].sort((a, b) => a - b);
    expect(means[0]).toBeCloseTo(0.8, 0);
    expect(Math.abs(means[1]! - 4)).toBeLessThan(1);
  });

  it('refuses expectations of zero, lists of different length and a weight above 1', () => {
    expect(() => empiricalBayes(1, 0, PRIOR)).toThrow(/not-positive/);
    expect(() => ebgmOfCells([1, 2], [1], PRIOR)).toThrow(/length-mismatch/);
    expect(() => empiricalBayes(1, 1, { ...PRIOR, weight: 2 })).toThrow(/out-of-range/);
    expect(() => ebgmOfCells([1.5], [1], PRIOR)).toThrow(/not-a-whole-number/);
  });

  it('rests on a digamma function that steps by 1/x and starts at −γ', () => {
    expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 14);
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), (x) => {
        expect(Math.abs(digamma(x + 1) - digamma(x) - 1 / x)).toBeLessThan(1e-13 * Math.max(1, 1 / x, Math.log(x)));
      }),
    );
  });
});
