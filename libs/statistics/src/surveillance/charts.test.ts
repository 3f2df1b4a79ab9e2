import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGenerator } from '../uncertainty/index.ts';
import {
  adjustForMultiplicity,
  binomialCusum,
  cChart,
  cusumRunLength,
  ewmaChart,
  ewmaRunLength,
  expectedFalseAlarms,
  falseAlarmRate,
  laneyChart,
  nelsonRules,
  pChart,
  poissonCusum,
  shewhartRunLength,
  tabularCusum,
  uChart,
} from './index.ts';

const samples = fc.array(
  fc.integer({ min: 1, max: 500 }).chain((n) => fc.record({ n: fc.constant(n), x: fc.integer({ min: 0, max: n }) })),
  { minLength: 2, maxLength: 20 },
);
const readings = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 40 });

describe('attribute charts', () => {
  it('counting passes instead of failures mirrors the p chart', () => {
    fc.assert(
      fc.property(samples, (rows) => {
        const sizes = rows.map(({ n }) => n);
        const bad = pChart(
          rows.map(({ x }) => x),
          sizes,
        );
        const good = pChart(
          rows.map(({ n, x }) => n - x),
          sizes,
        );
        expect(good.center).toBeCloseTo(1 - bad.center, 12);
        bad.ucl.forEach((limit, i) => {
          expect(good.lcl[i]).toBeCloseTo(1 - limit, 12);
        });
      }),
    );
  });

  it('the order of the periods moves the points, not the limits', () => {
    fc.assert(
      fc.property(samples, (rows) => {
        const back = rows.toReversed();
        const ahead = uChart(
          rows.map(({ x }) => x),
          rows.map(({ n }) => n),
        );
        const behind = uChart(
          back.map(({ x }) => x),
          back.map(({ n }) => n),
        );
        expect(behind.center).toBeCloseTo(ahead.center, 12);
        expect(behind.above.map((at) => rows.length + 1 - at).reverse()).toEqual(ahead.above);
      }),
    );
  });

  it("the p' chart does not signal at ordinary variation between large samples, where the p chart does", () => {
    const sizes = [52_000, 48_000, 50_500, 49_000, 51_000, 50_000];
    const rates = [0.02, 0.024, 0.019, 0.023, 0.018, 0.022];
    const bad = sizes.map((n, i) => Math.round(n * rates[i]!));
    expect(pChart(bad, sizes).above.length).toBeGreaterThan(0);
    const chart = laneyChart(bad, sizes);
    expect(chart.sigmaZ).toBeGreaterThan(1);
    expect([...chart.above, ...chart.below]).toEqual([]);
  });

  it('refuse more nonconforming units than units, fractions of a unit and a p′ chart of nothing', () => {
    expect(() => pChart([6], [5])).toThrow(/out-of-range/);
    expect(() => cChart([1.5])).toThrow(/not-a-whole-number/);
    expect(() => uChart([1], [0])).toThrow(/not-positive/);
    expect(() => laneyChart([0, 0], [10, 10])).toThrow(/chart-degenerate/);
  });
});

describe('run rules', () => {
  it('see the same in a mirror', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 1, maxLength: 40 }), (z) => {
        expect(nelsonRules(z.map((value) => -value))).toEqual(nelsonRules(z));
      }),
    );
  });

  it('name the point that completes each pattern', () => {
    const alternating = Array.from({ length: 14 }, (_, i) => (i % 2 === 0 ? 0.2 : -0.2));
    expect(nelsonRules(alternating).rule4).toEqual([14]);
    expect(nelsonRules([2.5, 0, 2.1]).rule5).toEqual([3]);
    expect(nelsonRules([1.2, 1.3, 0, 1.4, 1.5]).rule6).toEqual([5]);
    expect(nelsonRules(Array.from({ length: 15 }, () => 0.4)).rule7).toEqual([15]);
    expect(nelsonRules([1.5, -1.5, 1.5, -1.5, 1.5, -1.5, 1.5, -1.5]).rule8).toEqual([8]);
  });
});

describe('cumulative sums', () => {
  const design = { target: 0, reference: 50, decision: 400 };

  it('do not care where zero lies, and swap sides in a mirror', () => {
    fc.assert(
      fc.property(readings, fc.integer({ min: -1000, max: 1000 }), (x, shift) => {
        const chart = tabularCusum(x, design);
        const moved = tabularCusum(
          x.map((value) => value + shift),
          { ...design, target: shift },
        );
        expect(moved).toEqual(chart);
        expect(
          tabularCusum(
            x.map((value) => 0 - value),
            design,
          ).lower,
        ).toEqual(chart.upper);
      }),
    );
  });

  it('never rise when a reading falls', () => {
    fc.assert(
      fc.property(readings, fc.nat(39), fc.integer({ min: 1, max: 300 }), (x, index, drop) => {
        const less = x.map((value, i) => (i === index ? value - drop : value));
        const lower = tabularCusum(less, design).upper;
        tabularCusum(x, design).upper.forEach((sum, i) => {
          expect(lower[i]).toBeLessThanOrEqual(sum);
        });
      }),
    );
  });

  it('begin anew after a signal when told to: what follows is as from the start', () => {
    fc.assert(
      fc.property(readings, readings, (before, after) => {
        const restart = { ...design, restart: true, headStart: 100 };
        const x = [...before, 1000, ...after];
        const chart = tabularCusum(x, restart);
        expect(chart.upperSignals).toContain(before.length + 1);
        expect(chart.upper.slice(before.length + 1)).toEqual(tabularCusum(after, restart).upper);
      }),
    );
  });

  it('stay at zero while everything is as it should be, and climb by a step a failure', () => {
    expect(binomialCusum([0, 0, 0], 50, 0.02, 0.04).sums).toEqual([0, 0, 0]);
    const { sums, signals } = poissonCusum([4, 12, 12], [4, 4, 4], 2, 5);
    expect(sums[2]! - sums[1]!).toBeCloseTo(12 * Math.log(2) - 4, 12);
    expect(signals).toEqual([3]);
  });

  it('refuse equal hypotheses, a head start at the limit and nothing to watch', () => {
    expect(() => binomialCusum([1], 10, 0.1, 0.1)).toThrow(/hypotheses-equal/);
    expect(() => poissonCusum([1], [0], 2)).toThrow(/not-positive/);
    expect(() => tabularCusum([1], { ...design, headStart: 500 })).toThrow(/out-of-range/);
    expect(() => tabularCusum([], design)).toThrow(/empty-list/);
  });
});

describe('EWMA', () => {
  it('with weight 1 is a Shewhart chart, and its limits widen to the asymptote', () => {
    const chart = ewmaChart([1, -4, 2], { target: 0, sigma: 1, lambda: 1, width: 3 });
    expect(chart.average).toEqual([1, -4, 2]);
    expect(chart.signals).toEqual([2]);
    const slow = ewmaChart([0, 0, 0, 0], { target: 0, sigma: 2, lambda: 0.2, width: 3 });
    expect(slow.ucl[0]).toBeCloseTo(3 * 2 * 0.2, 12);
    slow.ucl.slice(1).forEach((limit, i) => {
      expect(limit).toBeGreaterThan(slow.ucl[i]!);
    });
  });
});

describe('false alarms', () => {
  it('run lengths fall with the shift, and EWMA with weight 1 is a Shewhart chart', () => {
    for (const arl of [(d: number) => cusumRunLength(0.5, 4, d), (d: number) => ewmaRunLength(0.2, 2.86, d)]) {
      const lengths = [0, 0.5, 1, 2, 3].map(arl);
      expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
    }
    expect(ewmaRunLength(1, 3, 0.7)).toBeCloseTo(shewhartRunLength(3, 0.7), 8);
  });

  it('keeps its digits where a chart hardly ever signals (R spc 0.6.7, 120 nodes)', () => {
    expect(cusumRunLength(0.5, 5, -1, 'one') / 20_016_458.9).toBeCloseTo(1, 6);
    expect(cusumRunLength(0.5, 5, -2, 'one') / 931_480_661_445).toBeCloseTo(1, 4);
  });

  it('counts what a simulated year of quiet weeks gives', () => {
    const generator = createGenerator(11);
    let alarms = 0;
    const weeks = 60_000;
    let sum = 0;
    for (let week = 0; week < weeks; week += 1) {
      sum = Math.max(0, sum + generator.normal() - 0.5);
      if (sum > 3) {
        alarms += 1;
        sum = 0;
      }
    }
    const rate = falseAlarmRate({ kind: 'cusum', k: 0.5, h: 3, sided: 'one' });
    expect(Math.abs(alarms - weeks * rate)).toBeLessThan(4 * Math.sqrt(weeks * rate));
  });

  it('adds the rules in force', () => {
    const budget = expectedFalseAlarms([
      { name: '三倍标准差', threshold: { kind: 'shewhart', width: 3 }, series: 122, looksPerMonth: 4 },
      { name: 'C1', threshold: { kind: 'ears', threshold: 3 }, series: 10, looksPerMonth: 30 },
      { name: '五起', threshold: { kind: 'poisson-count', expected: 1.2, least: 5 }, series: 14, looksPerMonth: 4 },
      { name: '约定', threshold: { kind: 'probability', p: 0.01 }, series: 0, looksPerMonth: 4 },
    ]);
    expect(budget.rules[0]!.perMonth).toBeCloseTo(488 * 0.0026998, 4);
    expect(budget.perMonth).toBeCloseTo(
      budget.rules.reduce((total, rule) => total + rule.perMonth, 0),
      12,
    );
    expect(budget.anyInMonth).toBeGreaterThan(0.5);
    expect(budget.anyInMonth).toBeLessThan(1);
    expect(
      expectedFalseAlarms([{ name: '', threshold: { kind: 'probability', p: 1 }, series: 2, looksPerMonth: 1 }])
        .anyInMonth,
    ).toBe(1);
  });

  it('adjusted p-values keep their order, grow, and Holm never exceeds Bonferroni', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }), (p) => {
        const holm = adjustForMultiplicity(p, 'holm');
        const bonferroni = adjustForMultiplicity(p, 'bonferroni');
        const bh = adjustForMultiplicity(p, 'benjamini-hochberg');
        p.forEach((value, i) => {
          expect(bh[i]).toBeGreaterThanOrEqual(value);
          expect(holm[i]).toBeGreaterThanOrEqual(bh[i]!);
          expect(bonferroni[i]).toBeGreaterThanOrEqual(holm[i]!);
          p.forEach((other, j) => {
            if (value < other) expect(bh[i]).toBeLessThanOrEqual(bh[j]!);
          });
        });
      }),
      { numRuns: 50 },
    );
  });
});
