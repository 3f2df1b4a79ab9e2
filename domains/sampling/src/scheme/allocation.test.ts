import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Allocation, allocate, allocationMethods, type Cell } from './allocation.ts';

const cell = (key: string, population: number, more: Partial<Cell> = {}): Cell => ({
  key,
  label: `${key}层`,
  population,
  inspected: 0,
  failed: 0,
  ...more,
});
const shared = (answer: ReturnType<typeof allocate>): number[] =>
  (answer as Allocation).cells.map(({ allocated }) => allocated);

describe('样本分配', () => {
  const cells = [
    cell('A', 100, { inspected: 50, failed: 2, unitCost: '900', risk: 'low' }),
    cell('B', 100, { inspected: 50, failed: 20, unitCost: '3600', risk: 'high' }),
  ];

  it('四种方法各有其数，且每个权重可见', () => {
    expect(shared(allocate('proportional', 20, 2, cells))).toEqual([10, 10]);
    // deviations √(2.5/51·48.5/51) ≈ 0.216 and √(20.5/51·30.5/51) ≈ 0.490
    expect(shared(allocate('neyman', 20, 2, cells))).toEqual([6, 14]);
    // the second costs four times as much: 0.216/30 against 0.490/60
    expect(shared(allocate('cost-optimal', 20, 2, cells))).toEqual([9, 11]);
    // 1 × 2.5/51 against 3 × 20.5/51: one to twenty-five, but the floor holds
    expect(shared(allocate('risk-weighted', 20, 2, cells))).toEqual([2, 18]);
    expect((allocate('risk-weighted', 20, 2, cells) as Allocation).cells[1]).toMatchObject({
      anticipatedRate: 0.401961,
      score: 1.205882,
      quota: 2,
    });
  });

  it('说明这样抽能说什么、不能说什么：定向样本不代表总体，不抽的层不作判断', () => {
    const targeted = allocate('risk-weighted', 20, 2, cells) as Allocation;
    expect(targeted.representation).toBe('targeted');
    expect(targeted.statement.zh).toContain('不代表总体质量');
    expect(targeted.statement.en).toContain('not the market');
    const even = allocate('proportional', 20, 0, [...cells, cell('C', 1)]) as Allocation;
    expect(even.representation).toBe('random');
    expect(even.statement.zh).toContain('C层，对其不能作任何判断');
    expect((allocate('neyman', 20, 2, cells) as Allocation).statement.zh).toContain('按层加权');
  });

  it('费用不明、批次不够保底或者多于企业的，不分配', () => {
    expect(allocate('cost-optimal', 20, 2, [cell('A', 10)])).toMatchObject({ code: 'unit-cost-missing' });
    expect(allocate('proportional', 3, 2, cells)).toMatchObject({ code: 'allocation-infeasible' });
    expect(allocate('neyman', 300, 2, cells)).toMatchObject({ code: 'allocation-infeasible' });
  });

  it('whatever the method, the sum is kept and every stratum has its floor', () => {
    const anyCell = fc.record({
      key: fc.constant('k'),
      label: fc.constant('层'),
      population: fc.integer({ min: 1, max: 60 }),
      inspected: fc.constant(20),
      failed: fc.nat(20),
      unitCost: fc.integer({ min: 1, max: 9_000 }).map(String),
      risk: fc.constantFrom('high', 'medium', 'low'),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(allocationMethods) as (keyof typeof allocationMethods)[])),
        fc.array(anyCell as fc.Arbitrary<Cell>, { minLength: 1, maxLength: 6 }),
        fc.nat(3),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (method, list, floor, share) => {
          const least = list.reduce((sum, { population }) => sum + Math.min(floor, population), 0);
          const most = list.reduce((sum, { population }) => sum + population, 0);
          const total = Math.max(1, least + Math.floor(share * (most - least)));
          const answer = allocate(method, total, floor, list);
          if (total < least) return;
          const { cells: settled } = answer as Allocation;
          expect(settled.reduce((sum, { allocated }) => sum + allocated, 0)).toBe(total);
          for (const { allocated, population } of settled) {
            expect(allocated).toBeGreaterThanOrEqual(Math.min(floor, population));
            expect(allocated).toBeLessThanOrEqual(population);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
