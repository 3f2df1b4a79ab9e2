import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  driftInterval,
  exponentialInterval,
  fitDrift,
  reliabilityTargetInterval,
  staircaseInterval,
  testInterval,
  uncertaintyRatio,
} from './index.ts';

const results = fc
  .integer({ min: 1, max: 60 })
  .chain((n) => fc.record({ n: fc.constant(n), inTolerance: fc.integer({ min: 0, max: n }) }));

describe('testing an interval', () => {
  it('shortens at most to half, lengthens at most to double, and not on weak evidence', () => {
    fc.assert(
      fc.property(results, fc.double({ min: 0.6, max: 0.99, noNaN: true }), ({ n, inTolerance }, target) => {
        const result = testInterval({ inTolerance, n, interval: 365, target });
        expect(result.interval).toBeGreaterThanOrEqual(365 / 2);
        expect(result.interval).toBeLessThanOrEqual(365 * 2);
        if (!result.changed) expect(result.interval).toBe(365);
        if (result.changed && inTolerance < n) expect(result.interval).toBeLessThan(365);
        expect(result.lower).toBeLessThanOrEqual(result.observed);
        expect(result.upper).toBeGreaterThanOrEqual(result.observed);
      }),
    );
  });

  it('more found out of tolerance never gives a longer interval', () => {
    const interval = (inTolerance: number): number =>
      testInterval({ inTolerance, n: 30, interval: 365, target: 0.9 }).interval;
    const all = Array.from({ length: 31 }, (_, k) => interval(k));
    expect(all).toEqual(all.toSorted((a, b) => a - b));
    expect(all[30]).toBeGreaterThan(365);
  });

  it('an exponential reliability gives back the present interval at its own target', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.99, noNaN: true }), (observed) => {
        expect(exponentialInterval(365, observed, observed)).toBeCloseTo(365, 6);
      }),
    );
    expect(exponentialInterval(365, 1, 0.9)).toBeNull();
    expect(() => exponentialInterval(365, 0, 0.9)).toThrow(/not-positive/);
  });

  it('the staircase stays between its limits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('in' as const, 'out' as const), { minLength: 1, maxLength: 40 }),
        (history) => {
          const interval = staircaseInterval(365, history, { increase: 1.2, decrease: 0.7, min: 30, max: 730 });
          expect(interval).toBeGreaterThanOrEqual(30);
          expect(interval).toBeLessThanOrEqual(730);
        },
      ),
    );
    expect(() => staircaseInterval(365, ['maybe' as 'in'], { increase: 1, decrease: 1, min: 1, max: 999 })).toThrow(
      /result-unknown/,
    );
  });
});

describe('drift', () => {
  it('reaches the limit at the time given, up or down', () => {
    const drift = fc.record({
      error: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
      slope: fc.double({ min: 0.001, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(drift, fc.constantFrom(1, -1), ({ error, slope }, side) => {
        const time = driftInterval({ error, slope: side * slope, u: 0.05, mpe: 0.5 })!;
        expect(Math.abs(error + side * slope * time)).toBeCloseTo(0.4, 9);
      }),
    );
    expect(driftInterval({ error: 0.1, slope: 0, u: 0.05, mpe: 0.5 })).toBeNull();
    expect(driftInterval({ error: 0.41, slope: 1, u: 0.05, mpe: 0.5 })).toBe(0);
  });

  it('a fit through points of a polynomial gives back the polynomial', () => {
    const times = [20, 50, 90, 130, 200];
    const { coefficients, syx } = fitDrift({ times, changes: times.map((t) => 2e-3 * t - 3e-6 * t * t), order: 2 });
    expect(coefficients[0]).toBeCloseTo(2e-3, 12);
    expect(coefficients[1]).toBeCloseTo(-3e-6, 14);
    expect(syx).toBeLessThan(1e-12);
  });

  it('has an interval that shrinks with the confidence, none without drift, and 0 outside the limits', () => {
    const data = { times: [100, 200, 300, 400], changes: [0.11, 0.19, 0.32, 0.38], order: 1 };
    const target = { start: 0, u0: 0.01, lower: -1, upper: 1, confidence: 0.9 };
    const interval = reliabilityTargetInterval(data, target)!;
    expect(reliabilityTargetInterval(data, { ...target, confidence: 0.99 })).toBeLessThan(interval);
    expect(reliabilityTargetInterval(data, { ...target, lower: null })).toBeGreaterThan(interval);
    expect(reliabilityTargetInterval(data, { ...target, start: 2 })).toBe(0);
    expect(reliabilityTargetInterval({ ...data, changes: [0, 0, 0, 0] }, target)).toBeNull();
    expect(() => reliabilityTargetInterval(data, { ...target, lower: null, upper: null })).toThrow(/limit-missing/);
    expect(() => fitDrift({ times: [100, 100, 100], changes: [1, 1, 1], order: 2 })).toThrow(/design-singular/);
  });

  it('a third is adequate, exactly', () => {
    expect(uncertaintyRatio(0.3, 0.1).adequate).toBe(true);
    expect(uncertaintyRatio(0.3, 0.1000001).adequate).toBe(false);
  });
});
