import { describe, expect, it } from 'vitest';
import { computeDesign, type Design, type DesignRequest } from './rules.ts';

const money = { visitCost: '800', unitPrice: '45.5', testingFee: '600' };
const fixed: DesignRequest = {
  basis: 'fixed',
  n: 3,
  c: 0,
  nationalRule: '国家监督抽查实施细则',
  batches: 12,
  population: 40,
  ...money,
};
const design = (request: DesignRequest): Design => {
  const answer = computeDesign(request);
  if ('code' in answer) throw new Error(`${answer.code}: ${answer.zh}`);
  return answer;
};
const at = (curve: { p: number; accept: number }[], p: number) => curve.find((point) => point.p === p)!.accept;

describe('抽样设计', () => {
  it('takes n and c from GB/T 2828.1: lot 1000, level II, AQL 2.5 gives J, 80, 5', () => {
    const found = design({ basis: 'aql', lotSize: 1000, level: 'II', aql: '2.5', batches: 1, ...money });
    expect(found).toMatchObject({ n: 80, c: 5, codeLetter: 'J', model: 'binomial' });
    // Sums of the binomial terms 0 to 5 of 80 in exact fractions
    expect(at(found.curve, 0.025)).toBeCloseTo(0.984785, 6);
    expect(at(found.curve, 0.05)).toBeCloseTo(0.789225, 6);
    expect(at(found.curve, 0.1)).toBeCloseTo(0.176917, 6);
    expect(found.producerRisk.p).toBe(0.025);
    expect(found.consumerRisk).toMatchObject({ p: 0.11285, risk: 0.1 });
  });

  it('shows what a fixed n can tell, and asks for no other (W7)', () => {
    const found = design(fixed);
    // (1 - p)^3
    expect(
      found.curve.map(({ p, accept }) => accept - (1 - p) ** 3).every((difference) => Math.abs(difference) < 1e-6),
    ).toBe(true);
    expect(found.power.find(({ p }) => p === 0.1)!.detect).toBeCloseTo(0.271, 6);
    expect(found.statement.zh).toContain('每批检验 3 件');
    expect(found.statement.zh).toContain('发现的概率为 27.1%');
    expect(found.statement.en).toContain('found out with probability 27.1%');
  });

  it('tells how surely a failing firm is among those drawn', () => {
    const { coverage } = design(fixed);
    // 1 - C(38,12)/C(40,12) with two failing firms of forty
    expect(coverage!.detect.find(({ p }) => p === 0.05)!.detect).toBeCloseTo(1 - (28 * 27) / (40 * 39), 6);
    expect(coverage!.interval).toMatchObject({ x: 1, n: 12, method: 'Wilson' });
    expect(design({ ...fixed, batches: 40 }).coverage!.detect.every(({ detect }) => detect === 1)).toBe(true);
    expect(design({ ...fixed, population: null }).coverage).toBeNull();
  });

  it('costs what it costs to the cent', () => {
    expect(design(fixed).cost).toEqual({ perBatch: '2736.5', total: '32838', currency: 'CNY' });
  });

  it('finds the smallest plan for two risks', () => {
    const found = design({ basis: 'risk', acceptable: '1', limiting: '8', batches: 1, ...money });
    expect(found.producerRisk.risk).toBeLessThanOrEqual(0.05);
    expect(found.consumerRisk.risk).toBeLessThanOrEqual(0.1);
    expect(found).toMatchObject({ n: 65, c: 2 });
  });

  it('uses the finite lot where the sample is more than a tenth of it', () => {
    const found = design({ ...fixed, lotSize: 20, n: 5 });
    expect(found.model).toBe('hypergeometric');
    // Two bad units among twenty, five drawn: C(18,5)/C(20,5)
    expect(at(found.curve, 0.1)).toBeCloseTo((15 * 14) / (20 * 19), 6);
  });

  it.each([
    [
      'n that the standard does not give',
      { basis: 'aql', lotSize: 1000, level: 'II', aql: '2.5', n: 50, c: 3, batches: 1, ...money },
      'design-differs',
    ],
    [
      'an AQL that the standard does not hold',
      { basis: 'aql', lotSize: 1000, level: 'II', aql: '3', batches: 1, ...money },
      'aql-not-in-standard',
    ],
    [
      'an AQL design without a lot',
      { basis: 'aql', level: 'II', aql: '2.5', batches: 1, ...money },
      'design-incomplete',
    ],
    [
      'risks that no plan can tell apart',
      { basis: 'risk', acceptable: '8', limiting: '1', batches: 1, ...money },
      'points-inconsistent',
    ],
    [
      'n and c that two risks do not give',
      { basis: 'risk', acceptable: '1', limiting: '8', n: 10, c: 0, batches: 1, ...money },
      'design-differs',
    ],
    ['a fixed n without the rules that fix it', { ...fixed, nationalRule: null }, 'design-incomplete'],
    ['a sample larger than the lot', { ...fixed, lotSize: 2 }, 'sample-larger-than-lot'],
    ['a sample that can never fail', { ...fixed, c: 3 }, 'never-rejects'],
  ] satisfies [string, DesignRequest, string][])('refuses %s', (_name, request, code) => {
    expect(computeDesign(request)).toMatchObject({ code });
  });
});
