import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptabilityConstant,
  decideByConstant,
  decideByFraction,
  estimateFractions,
  FORM_K_SLOT,
  findVariablesPlan,
  formKPlan,
  formPPlan,
  fractionFromQuality,
  maximumFraction,
  type SigmaMethod,
  summariseMeasurements,
  variablesAcceptance,
} from './index.ts';

const sample = summariseMeasurements([197, 188, 184, 205, 201]);
const methods: SigmaMethod[] = ['known', 'unknown'];

describe('计量抽样', () => {
  it('MIL-STD-414 的例子：均值 195，s 8.80，Q 1.59 ≥ 1.53，接收', () => {
    const decision = decideByConstant(sample, { upper: 209 }, 1.53);
    expect(decision.statistics.upper).toBeCloseTo(1.59, 2);
    expect(decision.accepted).toBe(true);
    expect(decideByConstant(sample, { upper: 209 }, 1.6).accepted).toBe(false);
  });

  it('均值超出规范限时估计的不符合率大于一半', () => {
    for (const sigma of methods) {
      expect(estimateFractions(sample, { upper: 190 }, sigma).upper).toBeGreaterThan(0.5);
    }
  });

  it('双侧限合并控制：两侧估计之和与 p* 比较', () => {
    const { estimate, accepted } = decideByFraction(sample, { lower: 180, upper: 209 }, 0.05, 'unknown');
    expect(estimate.total).toBeCloseTo(estimate.lower + estimate.upper, 15);
    expect(accepted).toBe(estimate.total <= 0.05);
  });

  it('n = 3 的估计等于反正弦公式', () => {
    const q = 0.7;
    const x = 0.5 - (q * Math.sqrt(3)) / 4;
    expect(fractionFromQuality(q, 3, 'unknown')).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(x)), 12);
  });

  it('k and M undo each other; beyond (n−1)/√n the estimate is 0', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 200 }), fc.double({ min: 1e-4, max: 0.9, noNaN: true }), (n, M) => {
        expect(maximumFraction(acceptabilityConstant(M, n), n)).toBeCloseTo(M, 9);
      }),
    );
    expect(fractionFromQuality(4 / Math.sqrt(5) + 0.01, 5, 'unknown')).toBe(0);
  });

  it('operating characteristic falls with the fraction nonconforming and with k', () => {
    const p = fc.double({ min: 0.001, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 100 }), p, p, fc.constantFrom(...methods), (n, a, b, sigma) => {
        const better = variablesAcceptance({ n, k: 1.5 }, Math.min(a, b), sigma);
        expect(variablesAcceptance({ n, k: 1.5 }, Math.max(a, b), sigma)).toBeLessThanOrEqual(better + 1e-12);
        expect(variablesAcceptance({ n, k: 1.6 }, Math.min(a, b), sigma)).toBeLessThanOrEqual(better + 1e-12);
      }),
      { numRuns: 40 },
    );
  });

  it('the plan found meets both points and one unit less does not', () => {
    const points = { producer: { p: 0.05, pa: 0.95 }, consumer: { p: 0.15, pa: 0.1 } };
    for (const [sigma, n, k] of [
      ['known', 24, 1.309],
      ['unknown', 44, 1.311],
    ] as const) {
      const plan = findVariablesPlan(points, sigma);
      expect(plan.n).toBe(n);
      expect(plan.k).toBeCloseTo(k, 2);
      expect(variablesAcceptance(plan, 0.05, sigma)).toBeCloseTo(0.95, 9);
      expect(variablesAcceptance(plan, 0.15, sigma)).toBeLessThanOrEqual(0.1);
    }
  });

  it('拒绝：没有规范限、上下限颠倒、标准差为零、读数非数、样本太小', () => {
    expect(() => decideByConstant(sample, {}, 1.5)).toThrow(/no-limit/);
    expect(() => decideByConstant(sample, { lower: 209, upper: 180 }, 1.5)).toThrow(/limits-crossed/);
    expect(() => decideByConstant(summariseMeasurements([5, 5, 5]), { upper: 9 }, 1.5)).toThrow(/not-positive/);
    expect(() => summariseMeasurements([1, Number.NaN])).toThrow(/not-a-number/);
    expect(() => summariseMeasurements([1])).toThrow(/out-of-range/);
    expect(() => fractionFromQuality(1, 2, 'unknown')).toThrow(/out-of-range/);
    expect(() => variablesAcceptance({ n: 1, k: 1 }, 0.1, 'unknown')).toThrow(/out-of-range/);
  });

  it('GB/T 6378.1 主表未导入时如实说明；导入后只回答表中所有', () => {
    expect(() => formKPlan(undefined, 'unknown', 'K', 1, 'normal')).toThrow(/table-not-imported/);
    expect(() => formPPlan(undefined, 'unknown', 'K', 1, 'normal')).toThrow(/table-not-imported/);
    const table = {
      slot: FORM_K_SLOT.id,
      edition: 'invented',
      source: 'invented for this test',
      transcribedBy: 'a',
      verifiedBy: 'b',
      rows: [{ sigma: 'unknown', severity: 'normal', code: 'K', aql: 1, n: 7, k: 1.25 }],
    };
    expect(formKPlan(table, 'unknown', 'K', 1, 'normal')).toEqual({ n: 7, k: 1.25 });
    expect(() => formKPlan(table, 'known', 'K', 1, 'normal')).toThrow(/not-in-table/);
  });
});
