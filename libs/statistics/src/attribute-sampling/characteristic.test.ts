import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StatisticsError } from '../errors.ts';
import {
  averageOutgoingQualityLimit,
  multistageCharacteristic,
  operatingCharacteristic,
  probabilityOfAcceptance,
  qualityAtAcceptance,
  rectifyingInspection,
  schemeCharacteristic,
  schemeFromAcceptance,
} from './index.ts';

const plan = fc
  .integer({ min: 1, max: 300 })
  .chain((n) => fc.record({ n: fc.constant(n), ac: fc.integer({ min: 0, max: Math.min(n - 1, 20) }) }));
const fraction = fc.double({ min: 0, max: 1, noNaN: true });

describe('operating characteristic', () => {
  it('falls with worse quality', () => {
    fc.assert(
      fc.property(plan, fraction, fraction, (p, a, b) => {
        const [better, worse] = operatingCharacteristic(p, [Math.min(a, b), Math.max(a, b)], { model: 'binomial' });
        expect(worse!.pa).toBeLessThanOrEqual(better!.pa + 1e-12);
      }),
    );
  });

  it('is at every point what a single question answers, and keeps its digits where hardly a lot is accepted', () => {
    fc.assert(
      fc.property(plan, fraction, (given, p) => {
        const [point] = operatingCharacteristic(given, [p], { model: 'binomial' });
        expect(point!.pa).toBeCloseTo(probabilityOfAcceptance(given, { model: 'binomial', p }), 10);
      }),
    );
    const [rare, rarer] = operatingCharacteristic({ n: 2000, ac: 21 }, [0.2, 0.305], { model: 'binomial' });
    // pbinom of R 4.2.2
    expect(rare!.pa / 1.32748210813063e-157).toBeCloseTo(1, 10);
    expect(rarer!.pa / 1.08734034610376e-274).toBeCloseTo(1, 10);
    expect(operatingCharacteristic({ n: 5, ac: 1 }, [0, 1], { model: 'binomial' }).map(({ pa }) => pa)).toEqual([1, 0]);
    expect(() => operatingCharacteristic({ n: 5, ac: 1 }, [1.1], { model: 'binomial' })).toThrow(/out-of-range/);
  });

  it('of a small lot falls with every further nonconforming unit, from 1', () => {
    const qualities = Array.from({ length: 21 }, (_, D) => D / 20);
    const curve = operatingCharacteristic({ n: 5, ac: 1 }, qualities, { model: 'hypergeometric', lotSize: 20 });
    expect(curve[0]!.pa).toBe(1);
    curve.slice(1).forEach((point, index) => {
      expect(point.pa).toBeLessThanOrEqual(curve[index]!.pa);
    });
  });

  it('is undone by the quality at a given probability of acceptance', () => {
    fc.assert(
      fc.property(plan, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (p, pa) => {
        const binomial = qualityAtAcceptance(p, pa, 'binomial');
        expect(probabilityOfAcceptance(p, { model: 'binomial', p: binomial })).toBeCloseTo(pa, 9);
        const poisson = qualityAtAcceptance(p, pa, 'poisson');
        expect(probabilityOfAcceptance(p, { model: 'poisson', per100Units: poisson })).toBeCloseTo(pa, 9);
      }),
    );
  });

  it('refuses a sample larger than the lot, NaN and negative quality', () => {
    const lot = { model: 'hypergeometric', lotSize: 10, nonconforming: 1 } as const;
    expect(() => probabilityOfAcceptance({ n: 11, ac: 0 }, lot)).toThrow(/sample-larger-than-lot/);
    expect(() => probabilityOfAcceptance({ n: 5, ac: 0 }, { model: 'binomial', p: Number.NaN })).toThrow(
      StatisticsError,
    );
    expect(() => probabilityOfAcceptance({ n: 5, ac: -1 }, { model: 'binomial', p: 0.1 })).toThrow(StatisticsError);
    expect(() => operatingCharacteristic({ n: 5, ac: 0 }, [0.03], { model: 'hypergeometric', lotSize: 20 })).toThrow(
      /not-a-whole-number/,
    );
    expect(() => qualityAtAcceptance({ n: 3, ac: 3 }, 0.5, 'binomial')).toThrow(/never-rejects/);
  });
});

describe('rectifying inspection', () => {
  it('never lets more through than the AOQL', () => {
    fc.assert(
      fc.property(plan, fraction, (p, incoming) => {
        const lotSize = p.n + 500;
        const { aoql } = averageOutgoingQualityLimit(p, lotSize);
        expect(rectifyingInspection(p, lotSize, incoming).aoq).toBeLessThanOrEqual(aoql + 1e-12);
      }),
    );
  });

  it('inspects between the sample and the whole lot', () => {
    expect(rectifyingInspection({ n: 80, ac: 2 }, 1000, 0).ati).toBe(80);
    expect(rectifyingInspection({ n: 80, ac: 2 }, 1000, 1).ati).toBe(1000);
  });
});

describe('multi-stage plans', () => {
  it('agree with the single plan when there is one stage', () => {
    fc.assert(
      fc.property(plan, fraction, (p, quality) => {
        const one = multistageCharacteristic([{ n: p.n, ac: p.ac, re: p.ac + 1 }], { model: 'binomial', p: quality });
        expect(one.pa).toBeCloseTo(probabilityOfAcceptance(p, { model: 'binomial', p: quality }), 10);
        expect(one.asn).toBeCloseTo(p.n, 9);
      }),
    );
  });

  it('decide every lot: acceptances and rejections add up to 1', () => {
    const stages = [
      { n: 20, ac: null, re: 3 },
      { n: 20, ac: 1, re: 4 },
      { n: 20, ac: 4, re: 5 },
    ];
    for (const quality of [
      { model: 'binomial', p: 0.05 },
      { model: 'poisson', per100Units: 5 },
      { model: 'hypergeometric', lotSize: 100, nonconforming: 5 },
    ] as const) {
      const result = multistageCharacteristic(stages, quality);
      const decided = [...result.acceptAt, ...result.rejectAt].reduce((sum, value) => sum + value, 0);
      expect(decided).toBeCloseTo(1, 12);
      expect(result.acceptAt[0]).toBe(0);
      expect(result.asn).toBeGreaterThan(20);
      expect(result.asn).toBeLessThan(60);
    }
  });

  it('refuse a last stage that leaves lots undecided and stages beyond the lot', () => {
    const quality = { model: 'binomial', p: 0.05 } as const;
    expect(() => multistageCharacteristic([{ n: 20, ac: 0, re: 2 }], quality)).toThrow(/stages-inconsistent/);
    expect(() => multistageCharacteristic([], quality)).toThrow(/empty-list/);
    const lot = { model: 'hypergeometric', lotSize: 30, nonconforming: 5 } as const;
    const stages = [
      { n: 20, ac: 0, re: 2 },
      { n: 20, ac: 1, re: 2 },
    ];
    expect(() => multistageCharacteristic(stages, lot)).toThrow(/sample-larger-than-lot/);
  });
});

describe('normal/tightened scheme', () => {
  it('accepts everything at perfect quality and lies between its two plans elsewhere', () => {
    const normal = { n: 200, ac: 7 };
    const tightened = { n: 200, ac: 5 };
    expect(schemeCharacteristic(normal, tightened, { model: 'binomial', p: 0 }).pa).toBe(1);
    expect(schemeFromAcceptance(0, 0).pa).toBe(0);
    for (const p of [0.005, 0.02, 0.04, 0.1]) {
      const scheme = schemeCharacteristic(normal, tightened, { model: 'binomial', p });
      expect(scheme.pa).toBeLessThanOrEqual(scheme.paNormal);
      expect(scheme.pa).toBeGreaterThanOrEqual(scheme.paTightened);
    }
  });
});
