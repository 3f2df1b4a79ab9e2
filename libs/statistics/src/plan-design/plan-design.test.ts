import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probabilityOfAcceptance } from '../attribute-sampling/index.ts';
import { expectedLotCost, findEqualDoublePlan, findSinglePlan, samplingCost } from './index.ts';

const points = { producer: { p: 0.01, pa: 0.95 }, consumer: { p: 0.08, pa: 0.1 } };

describe('plan through two points', () => {
  it('finds the published plans', () => {
    expect(findSinglePlan(points)).toEqual({ n: 65, ac: 2 });
    const lot = { producer: { p: 0.05, pa: 0.85 }, consumer: { p: 0.1, pa: 0.075 } };
    expect(findSinglePlan(lot, { model: 'hypergeometric', lotSize: 1000 })).toEqual({ n: 154, ac: 10 });
  });

  it('meets both points, and no smaller sample does', () => {
    const p1 = fc.double({ min: 0.001, max: 0.05, noNaN: true });
    fc.assert(
      fc.property(p1, fc.double({ min: 3, max: 15, noNaN: true }), (p, ratio) => {
        const wanted = { producer: { p, pa: 0.95 }, consumer: { p: Math.min(0.9, p * ratio), pa: 0.1 } };
        const { n, ac } = findSinglePlan(wanted);
        const meets = (size: number, c: number): boolean =>
          probabilityOfAcceptance({ n: size, ac: c }, { model: 'binomial', p: wanted.producer.p }) >= 0.95 &&
          probabilityOfAcceptance({ n: size, ac: c }, { model: 'binomial', p: wanted.consumer.p }) <= 0.1;
        expect(meets(n, ac)).toBe(true);
        for (let c = 0; c <= ac + 1 && c < n - 1; c += 1) {
          expect(meets(n - 1, c)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('a double plan needs fewer units on average for good lots', () => {
    const plan = findEqualDoublePlan(points);
    expect(plan.asnAtProducer).toBeLessThan(findSinglePlan(points).n);
  });

  it('refuses points in the wrong order, equal points and lots without whole numbers of units', () => {
    expect(() => findSinglePlan({ producer: points.consumer, consumer: points.producer })).toThrow(
      /points-inconsistent/,
    );
    expect(() => findSinglePlan({ producer: { p: 0.01, pa: 0.95 }, consumer: { p: 0.01, pa: 0.1 } })).toThrow(
      /points-inconsistent/,
    );
    expect(() => findSinglePlan({ ...points, producer: { p: 0.01, pa: 1 } })).toThrow(/not-strictly/);
    expect(() => findSinglePlan(points, { model: 'hypergeometric', lotSize: 130 })).toThrow(/not-a-whole-number/);
  });
});

describe('cost', () => {
  it('购样费、检验费、备样按十进制精确相加', () => {
    const prices = { fixed: '800.10', unitPrice: '12.30', testingFee: '150.05', spareUnits: 2 };
    expect(samplingCost(3, prices)).toBe('1311.75');
    expect(() => samplingCost(3, { ...prices, fixed: '-1' })).toThrow(/not-an-amount/);
    expect(() => samplingCost(2.5, prices)).toThrow(/not-a-whole-number/);
  });

  it('expected cost of perfect lots is that of the sample', () => {
    const economics = { fixed: 100, inspectUnit: 2, replaceUnit: 5, escapedUnit: 80 };
    const cost = expectedLotCost({ n: 50, ac: 1 }, 1000, 0, economics);
    expect(cost).toEqual({ inspection: 200, replacement: 0, escaped: 0, total: 200 });
    const worse = expectedLotCost({ n: 50, ac: 1 }, 1000, 0.02, economics);
    expect(worse.escaped).toBeGreaterThan(0);
    expect(() => expectedLotCost({ n: 50, ac: 1 }, 40, 0.02, economics)).toThrow(/sample-larger-than-lot/);
  });
});
