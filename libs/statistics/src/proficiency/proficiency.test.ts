import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import file from '../../fixtures/07_proficiency_interlab.json' with { type: 'json' };
import { runVectorCase, type VectorCase } from '../vector-runner.ts';
import { cochranTest, grubbsTest, precision } from './precision.ts';
import { qHampel, qMethod } from './q-hampel.ts';
import { algorithmA, algorithmS, algorithmSFactors, qn } from './robust.ts';
import { classifyZ, horwitz, scores } from './scores.ts';
import { proficiencyVectors } from './vectors.ts';

describe('reference vectors of proficiency testing and interlaboratory precision', () => {
  it.each((file.cases as VectorCase[]).map((vector) => [vector.id, vector] as const))('%s', (_id, vector) => {
    expect(runVectorCase(vector, proficiencyVectors).problems).toEqual([]);
  });
});

describe('Algorithm S', () => {
  it('reproduces the printed factors', () => {
    expect([1, 2, 3, 4, 5].map(algorithmSFactors)).toEqual([
      { eta: 1.645, xi: 1.097 },
      { eta: 1.517, xi: 1.054 },
      { eta: 1.444, xi: 1.039 },
      { eta: 1.395, xi: 1.032 },
      { eta: 1.359, xi: 1.027 },
    ]);
  });

  it('refuses scales that cannot be', () => {
    expect(() => algorithmS([0, 0, 0, 1], 1)).toThrow(/degenerate-scale/);
    expect(() => algorithmS([1, -1], 1)).toThrow(/negative-scale/);
  });
});

describe('robust estimates', () => {
  const round = fc.array(fc.integer({ min: -10_000, max: 10_000 }), { minLength: 5, maxLength: 30 });

  it('follow a change of unit and of origin', () => {
    fc.assert(
      fc.property(round, (whole) => {
        const x = whole.map((value) => value / 8);
        const plain = algorithmA(x);
        const moved = algorithmA(x.map((value) => 4 * value + 16));
        expect(moved.degenerate).toBe(plain.degenerate);
        if (plain.degenerate || moved.degenerate) return;
        expect(moved.location).toBeCloseTo(4 * plain.location + 16, 6);
        expect(moved.scale).toBeCloseTo(4 * plain.scale, 6);
        expect(qn(x.map((value) => 4 * value + 16))).toBeCloseTo(4 * qn(x), 6);
      }),
    );
  });

  it('hardly move when one laboratory errs without bounds', () => {
    const x = [10.1, 10.2, 9.9, 10, 10.3, 9.8, 10.05];
    const wild = [...x, 1e9];
    const estimate = algorithmA(wild);
    expect(estimate.degenerate === false && Math.abs(estimate.location - 10.1) < 0.2).toBe(true);
    expect(Math.abs(qHampel(wild).location - 10.05)).toBeLessThan(0.1);
  });

  it('say when there is no scale instead of dividing by zero', () => {
    expect(algorithmA([3, 3, 3])).toEqual({ degenerate: true, location: 3 });
    expect(qHampel([3, 3, 3])).toMatchObject({ degenerate: true, location: 3, scale: 0 });
    expect(() => algorithmA([1, 2])).toThrow(/too-few-values/);
    expect(() => algorithmA([1, 2, Number.NaN])).toThrow(/not-a-number/);
    expect(() => qMethod([[1]])).toThrow(/too-few-values/);
  });

  it('tell the printed stopping rule from full convergence', () => {
    const x = [10, 10, 12, 19, 20, 20, 23, 23, 25, 25, 26, 28, 28, 30, 28, 29, 30, 30, 31, 32, 32, 45, 50];
    const [full, printed] = [algorithmA(x), algorithmA(x, 'third-digit')];
    expect(full.degenerate === false && printed.degenerate === false && printed.iterations < full.iterations).toBe(
      true,
    );
  });
});

describe('scores', () => {
  it('leave out what no uncertainty allows', () => {
    expect(scores({ x: 1, assigned: 0, sigma: 1, uAssigned: 0 })).toMatchObject({
      Dpercent: null,
      zeta: null,
      En: null,
    });
    expect(() => scores({ x: 1, assigned: 0, sigma: 0, uAssigned: 0 })).toThrow(/not-positive/);
    expect(classifyZ(-2.5)).toBe('warning');
    expect(() => horwitz(1.2)).toThrow(/out-of-range/);
  });
});

describe('outlier tests of ISO 5725-2', () => {
  const results = (file.cases as VectorCase[]).find((vector) => vector.id === 'iso5725.glucose.C')?.inputs
    .results as Record<string, number[]>;

  it('point at laboratory 4 of the glucose study', () => {
    expect(cochranTest(results).laboratory).toBe('Lab4');
    const means = Object.fromEntries(
      Object.entries(results).map(([name, row]) => [name, row.reduce((a, b) => a + b, 0) / 3]),
    );
    const grubbs = grubbsTest(means);
    expect(grubbs.laboratory).toBe('Lab4');
    expect(grubbs.statistic).toBeCloseTo(precision(results).h.Lab4 ?? 0, 9);
    expect(grubbs.result).toBe('straggler');
  });

  it('refuse data without spread', () => {
    expect(() => precision({ a: [1, 1], b: [1, 1] })).toThrow(/no-spread/);
    expect(() => grubbsTest({ a: 1, b: 1, c: 1 })).toThrow(/no-spread/);
    expect(() => cochranTest({ a: [1, 2], b: [1, 2, 3] })).toThrow(/replicates-differ/);
  });
});
