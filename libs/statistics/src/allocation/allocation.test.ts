import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StatisticsError } from '../errors.ts';
import {
  anticipatedDeviation,
  boundedAllocation,
  budgetAllocation,
  costOptimalAllocation,
  horvitzThompson,
  inclusionProbabilities,
  integerBudgetAllocation,
  integerNeymanAllocation,
  largestRemainder,
  neymanAllocation,
  neymanCensusAllocation,
  riskWeightedAllocation,
  systematicSelection,
} from './index.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const strata = fc.array(
  fc.record({ population: fc.integer({ min: 1, max: 12 }), deviation: fc.double({ min: 0.01, max: 5, noNaN: true }) }),
  { minLength: 2, maxLength: 4 },
);

/** Smallest Σ A²/n over every whole allocation with 1 ≤ n_h ≤ N_h. */
function bruteForce(n: number, list: readonly { population: number; deviation: number }[]): number {
  const [first, ...rest] = list;
  if (first === undefined) {
    return n === 0 ? 0 : Number.POSITIVE_INFINITY;
  }
  let best = Number.POSITIVE_INFINITY;
  for (let size = 1; size <= Math.min(first.population, n); size += 1) {
    best = Math.min(best, (first.population * first.deviation) ** 2 / size + bruteForce(n - size, rest));
  }
  return best;
}

describe('allocation in whole numbers', () => {
  it('largest remainder adds up and misses no quota by a unit', () => {
    const weights = fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 }).filter((list) => sum(list) > 0);
    fc.assert(
      fc.property(fc.nat(500), weights, (n, list) => {
        const allocation = largestRemainder(n, list);
        expect(sum(allocation)).toBe(n);
        allocation.forEach((size, h) => {
          expect(Math.abs(size - (n * list[h]!) / sum(list))).toBeLessThan(1);
        });
      }),
    );
  });

  it('ties go to the lowest index', () => {
    expect(largestRemainder(1, [1, 1, 1])).toEqual([1, 0, 0]);
    expect(largestRemainder(2, [0.1, 0.1, 0.1])).toEqual([1, 1, 0]);
  });

  it('Wright priorities reach the optimum that exhaustive search finds', () => {
    fc.assert(
      fc.property(strata, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const n = list.length + Math.floor(share * (sum(list.map((stratum) => stratum.population)) - list.length));
        const allocation = integerNeymanAllocation(n, list);
        expect(sum(allocation)).toBe(n);
        const reached = sum(allocation.map((size, h) => (list[h]!.population * list[h]!.deviation) ** 2 / size));
        expect(reached).toBeLessThanOrEqual(bruteForce(n, list) * (1 + 1e-12));
      }),
      { numRuns: 60 },
    );
  });

  it('风险加权：每格至少保底数，小格全查，总数不差一个', () => {
    const cells = [
      { population: 1000, riskScore: 5 },
      { population: 200, riskScore: 0 },
      { population: 2, riskScore: 1 },
    ];
    const { allocation, quotas, weights } = riskWeightedAllocation(60, cells, 3);
    expect(allocation).toEqual([55, 3, 2]);
    expect(quotas).toEqual([3, 3, 2]);
    expect(weights).toEqual([5000, 0, 2]);
    expect(() => riskWeightedAllocation(7, cells, 3)).toThrow(/allocation-infeasible/);
  });

  it('risk-weighted quotas stay within floor and cell for any frame', () => {
    const frame = fc.array(fc.record({ population: fc.nat(60), riskScore: fc.nat(9) }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(frame, fc.nat(3), fc.double({ min: 0, max: 1, noNaN: true }), (cells, floor, share) => {
        const least = sum(cells.map((cell) => Math.min(floor, cell.population)));
        const n = least + Math.floor(share * (sum(cells.map((cell) => cell.population)) - least));
        const { allocation } = riskWeightedAllocation(n, cells, floor);
        expect(sum(allocation)).toBe(n);
        allocation.forEach((size, h) => {
          expect(size).toBeGreaterThanOrEqual(Math.min(floor, cells[h]!.population));
          expect(size).toBeLessThanOrEqual(cells[h]!.population);
        });
      }),
    );
  });
});

describe('real-valued allocation', () => {
  it('takes a small, variable stratum whole and shares the rest', () => {
    const list = [
      { population: 100, deviation: 1 },
      { population: 40, deviation: 5 },
      { population: 30, deviation: 9 },
    ];
    expect(neymanAllocation(150, list)[2]).toBeGreaterThan(30);
    expect(neymanCensusAllocation(150, list)).toEqual([80, 40, 30]);
    expect(() => neymanCensusAllocation(171, list)).toThrow(/allocation-infeasible/);
  });

  it('keeps the total and the bounds whatever they are', () => {
    const stratum = fc.record({
      importance: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e4, noNaN: true })),
      min: fc.nat(20),
      room: fc.nat(50),
    });
    fc.assert(
      fc.property(
        fc.array(stratum, { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, share) => {
          const min = list.map((item) => item.min);
          const max = list.map((item) => item.min + item.room);
          const n = sum(min) + share * (sum(max) - sum(min));
          const allocation = boundedAllocation(
            n,
            list.map((item) => item.importance),
            { min, max },
          );
          expect(sum(allocation)).toBeCloseTo(n, 6);
          allocation.forEach((size, h) => {
            expect(size).toBeGreaterThanOrEqual(min[h]! - 1e-9);
            expect(size).toBeLessThanOrEqual(max[h]! + 1e-9);
          });
        },
      ),
    );
  });

  it('spends the budget exactly in reals and never more in whole numbers', () => {
    const list = [
      { population: 500, deviation: 0.2, unitCost: 300 },
      { population: 300, deviation: 0.4, unitCost: 120 },
    ];
    const real = budgetAllocation(30_000, list);
    expect(real[0]! * 300 + real[1]! * 120).toBeCloseTo(30_000, 6);
    const whole = integerBudgetAllocation(30_000, list);
    expect(whole.spent).toBeLessThanOrEqual(30_000);
    expect(whole.spent).toBeGreaterThan(30_000 - 120);
    expect(Math.abs(whole.allocation[0]! - real[0]!)).toBeLessThan(3);
    expect(sum(costOptimalAllocation(100, list))).toBeCloseTo(100, 9);
    expect(() => integerBudgetAllocation(100, list)).toThrow(/budget-too-small/);
  });

  it('anticipated deviation is never 0, however clean the history', () => {
    expect(anticipatedDeviation(0, 200)).toBeGreaterThan(0);
    expect(() => anticipatedDeviation(3, 2)).toThrow(StatisticsError);
    expect(() => neymanAllocation(10, [{ population: 5, deviation: 0 }])).toThrow(/no-weight/);
    expect(() => neymanAllocation(10, [{ population: 5, deviation: Number.NaN }])).toThrow(StatisticsError);
  });
});

describe('unequal probabilities', () => {
  it('inclusion probabilities add up to n, and so many units are drawn from any start', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        sizes,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (list, share, u) => {
          const n = 1 + Math.floor(share * list.length);
          const pi = inclusionProbabilities(list, n);
          expect(sum(pi)).toBeCloseTo(n, 9);
          expect(Math.max(...pi)).toBeLessThanOrEqual(1);
          const drawn = systematicSelection(pi, u);
          expect(drawn).toHaveLength(n);
          expect(new Set(drawn).size).toBe(n);
        },
      ),
    );
  });

  it('ten times 0.1 makes one, even at the start 0', () => {
    expect(
      systematicSelection(
        Array.from({ length: 10 }, () => 0.1),
        0,
      ),
    ).toEqual([0]);
  });

  it('refuses more draws than units, a start of 1 and a unit that could not be drawn', () => {
    expect(() => inclusionProbabilities([1, 0], 2)).toThrow(/not-enough-units/);
    expect(() => systematicSelection([0.5, 0.5], 1)).toThrow(StatisticsError);
    expect(() => horvitzThompson([1], [0])).toThrow(/zero-inclusion-probability/);
    expect(() => horvitzThompson([1], [0.5, 0.5])).toThrow(/length-mismatch/);
  });
});
