import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contradictionPower,
  DECLARED_QUALITY_SLOT,
  decideByCensus,
  decideDeclaredQuality,
  decideSmallPopulation,
  declaredQualityPlan,
  declaredQualityRisks,
  largestSampleForLimit,
  largestSmallPopulationSample,
  missProbability,
  smallPopulationFalseContradiction,
  smallPopulationLimitingCount,
  smallPopulationPlan,
} from './index.ts';

describe('声称质量水平 GB/T 2828.4', () => {
  const plan = { n: 125, limit: 2 };

  it('标准的例子：DQL 0.65%、n 125、L 2，错误否定的风险 4.87%', () => {
    expect(declaredQualityRisks(plan, 0.65).falseContradictionRisk).toBeCloseTo(0.0487, 4);
    expect(decideDeclaredQuality(plan, 2).contradicted).toBe(false);
    expect(decideDeclaredQuality(plan, 3).contradicted).toBe(true);
  });

  it('任何结论都不说“合格”“接收”，也不说 accepted', () => {
    const statements = [
      decideDeclaredQuality(plan, 0),
      decideDeclaredQuality(plan, 3),
      decideByCensus(80, 2, 2.5),
      decideByCensus(80, 3, 2.5),
      decideSmallPopulation({ populationSize: 50, n: 10, limit: 1 }, 2, 0),
      decideSmallPopulation({ populationSize: 50, n: 10, limit: 1 }, 2, 2),
    ].map((decision) => decision.statement);
    for (const { zh, en } of statements) {
      expect(zh).not.toMatch(/合格|接收|通过/);
      expect(en).not.toMatch(/accept|pass|qualified|approv/i);
    }
    expect(statements[0]!.zh).toContain('未否定');
    expect(statements[0]!.en).toContain('not contradicted');
    expect(statements[1]!.zh).toContain('否定声称质量水平');
  });

  it('全数检验直接按十进制比较：恰好等于声称值不否定', () => {
    expect(decideByCensus(80, 2, 2.5).contradicted).toBe(false);
    expect(decideByCensus(1000, 7, '0.7').contradicted).toBe(false);
    expect(decideByCensus(80, 3, 2.5)).toMatchObject({ census: true, actualPercent: 3.75, contradicted: true });
  });

  it('the largest sample keeps the risk, one more unit breaks it', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.double({ min: 0.05, max: 10, noNaN: true }), (limit, dql) => {
        const n = largestSampleForLimit(limit, dql);
        if (n === null) {
          expect(declaredQualityRisks({ n: limit + 1, limit }, dql).falseContradictionRisk).toBeGreaterThan(0.05);
          return;
        }
        expect(declaredQualityRisks({ n, limit }, dql).falseContradictionRisk).toBeLessThanOrEqual(0.05);
        expect(declaredQualityRisks({ n: n + 1, limit }, dql).falseContradictionRisk).toBeGreaterThan(0.05);
      }),
    );
    expect(largestSampleForLimit(0, 10)).toBeNull();
  });

  it('contradicting and missing are complements', () => {
    expect(contradictionPower(plan, 0.65, 5) + missProbability(plan, 3.25)).toBeCloseTo(1, 12);
  });

  it('主表未导入时拒绝查表，参数错误时拒绝计算', () => {
    expect(() => declaredQualityPlan(undefined, 'I', 0.65)).toThrow(/table-not-imported/);
    expect(() => smallPopulationPlan(undefined, 'I', 50, 2)).toThrow(/table-not-imported/);
    expect(DECLARED_QUALITY_SLOT.columns.map((column) => column.name)).toContain('dqlPercent');
    expect(() => decideDeclaredQuality(plan, 126)).toThrow(/out-of-range/);
    expect(() => decideDeclaredQuality({ n: 2, limit: 2 }, 0)).toThrow(/out-of-range/);
    expect(() => declaredQualityRisks(plan, 0)).toThrow(/not-positive/);
    expect(() => declaredQualityRisks(plan, Number.NaN)).toThrow(/not-a-number/);
    expect(() => contradictionPower(plan, 60, 2)).toThrow(/out-of-range/);
  });
});

describe('小总体 GB/T 2828.11', () => {
  it('限定数不小于声称数时没有错误否定的可能', () => {
    expect(smallPopulationFalseContradiction({ populationSize: 20, n: 5, limit: 1 }, 1)).toBe(0);
    expect(largestSmallPopulationSample(20, 1, 1)).toBe(20);
  });

  it('总体很小时可能没有任何样本量满足 5%', () => {
    expect(largestSmallPopulationSample(6, 2, 0)).toBeNull();
    expect(largestSmallPopulationSample(1, 1, 0)).toBeNull();
  });

  it('全数检验时与声称数直接比较，不用限定数', () => {
    const plan = { populationSize: 30, n: 30, limit: 0 };
    expect(decideSmallPopulation(plan, 3, 3)).toMatchObject({ census: true, contradicted: false });
    expect(decideSmallPopulation(plan, 3, 4)).toMatchObject({ census: true, contradicted: true });
  });

  it('refuses a sample larger than the population and finds no limiting count when all is missed', () => {
    expect(() => smallPopulationFalseContradiction({ populationSize: 5, n: 6, limit: 0 }, 1)).toThrow(
      /sample-larger-than-lot/,
    );
    expect(smallPopulationLimitingCount({ populationSize: 5, n: 2, limit: 2 })).toBeNull();
  });
});
