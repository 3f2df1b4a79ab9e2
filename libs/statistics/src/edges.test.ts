import { describe, expect, it } from 'vitest';
import {
  acceptanceLimits,
  adjustForMultiplicity,
  averageOutgoingQualityLimit,
  betaQuantile,
  binomialQuantile,
  boundedAllocation,
  chainIndex,
  codeLetter,
  compareWithLimit,
  compositeIndex,
  cusumRunLength,
  decideByCensus,
  driftInterval,
  empiricalBayes,
  entropyWeights,
  europeanMatrixOn,
  expectedLotCost,
  foreignDoublePlan,
  foreignVariablesPlan,
  fQuantile,
  gammaQuantile,
  globalRiskNormal,
  horvitzThompson,
  integerNeymanAllocation,
  kishEffectiveSize,
  monteCarlo,
  multistageCharacteristic,
  neymanAllocation,
  parseLimit,
  parseResult,
  poissonCdf,
  poissonRateInterval,
  poissonUpperTail,
  precision,
  prepackageEditionOn,
  probabilityOfAcceptance,
  propagate,
  proportionalAllocation,
  ratePerTenThousand,
  rectifyingInspection,
  type Stage,
  StatisticsError,
  sampleSizeForProportion,
  satisfactionIndex,
  scoreGainMultistage,
  scores,
  spaceTimePermutationScan,
  spatialScan,
  stratifiedInterval,
  summariseMeasurements,
  tabularCusum,
  tolerableShortage,
  tQuantile,
  typeB,
  uncertaintyRatio,
  variablesAcceptance,
  welchSatterthwaite,
} from './index.ts';

/** C(n, k) in whole numbers; 0 where there is no such choice. */
function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let result = 1n;
  for (let i = 1n; i <= BigInt(k); i += 1n) result = (result * (BigInt(n) - BigInt(k) + i)) / i;
  return result;
}

/** Pa of a double plan for one lot, by counting all ways to draw both samples. */
function acceptedWays([first, second]: readonly Stage[], lot: number, bad: number): number {
  const { n: n1, ac: ac1, re: re1 } = first!;
  const { n: n2, ac: ac2 } = second!;
  let ways = 0n;
  for (let x = 0; x <= n1; x += 1) {
    for (let y = 0; y <= n2; y += 1) {
      const accepted = x <= ac1! || (x < re1 && x + y <= ac2!);
      if (!accepted) continue;
      const here = choose(bad, x) * choose(lot - bad, n1 - x);
      ways += here * choose(bad - x, y) * choose(lot - bad - (n1 - x), n2 - y);
    }
  }
  const all = choose(lot, n1) * choose(lot - n1, n2);
  return Number((ways * 10n ** 18n) / all) / 1e18;
}

describe('a double plan in one lot', () => {
  const stages = [
    { n: 5, ac: 0, re: 3 },
    { n: 5, ac: 3, re: 4 },
  ];

  it('accepts as often as counting every way of drawing says, whatever the lot holds', () => {
    for (let bad = 0; bad <= 20; bad += 1) {
      const { pa } = multistageCharacteristic(stages, { model: 'hypergeometric', lotSize: 20, nonconforming: bad });
      expect(pa, `${bad} of 20`).toBeCloseTo(acceptedWays(stages, 20, bad), 12);
    }
  });

  it('counts more nonconformities than units', () => {
    const quality = { model: 'poisson', per100Units: 150 } as const;
    expect(multistageCharacteristic([{ n: 2, ac: 5, re: 6 }], quality).pa).toBeCloseTo(
      probabilityOfAcceptance({ n: 2, ac: 5 }, quality),
      12,
    );
  });
});

describe('values at the edge of a method', () => {
  it('the quantile of a count that is never above 0 is 0', () => {
    expect([binomialQuantile(1, 10, 0), binomialQuantile(0.5, 10, 0), binomialQuantile(1, 10, 1)]).toEqual([0, 0, 10]);
  });

  it('a Poisson count of ten thousand million is at most its mean half of the time', () => {
    // F(λ; λ) = 1/2 + 2/(3√(2πλ)) + O(1/λ^{3/2})
    for (const lambda of [1e8, 1e10]) {
      const expected = 0.5 + 2 / (3 * Math.sqrt(2 * Math.PI * lambda));
      expect(poissonCdf(lambda, lambda)).toBeCloseTo(expected, 9);
      expect(poissonUpperTail(lambda, lambda)).toBeCloseTo(1 - expected, 9);
    }
  });

  it('a gamma quantile below the smallest number is 0, and just above it is found', () => {
    expect(gammaQuantile(1e-10, 0.001, 1)).toBe(0);
    // Near 0 the distribution function is x^a / Γ(a + 1), Γ(1.03) = 0.983550...
    const x = gammaQuantile(0.05, 0.03, 1);
    expect(x ** 0.03 / 0.05).toBeCloseTo(0.9835499506, 7);
  });

  it('a population of one unit that cannot vary needs one unit', () => {
    expect(sampleSizeForProportion(0, 0.1, 0.95, 1)).toEqual({ infinite: 0, finite: 0, n: 1 });
  });

  it('nonconformities per unit may exceed one: AOQL of n = 2, Ac = 5', () => {
    const { aoql, p } = averageOutgoingQualityLimit({ n: 2, ac: 5 }, 1000, 'poisson');
    const around = [0.999, 1.001].map((f) => rectifyingInspection({ n: 2, ac: 5 }, 1000, f * p, 'poisson').aoq);
    expect(p).toBeGreaterThan(1);
    expect(Math.max(...around)).toBeLessThan(aoql);
  });

  it('effective degrees of freedom are cut to a whole number, not below it by a rounding error', () => {
    // n equal components of one degree of freedom each have exactly n.
    for (let n = 1; n <= 40; n += 1) {
      const { k } = welchSatterthwaite(Array(n).fill(0.1), Array(n).fill(1));
      expect(k, `${n} components`).toBeCloseTo(welchSatterthwaite([1], [n]).k, 10);
    }
  });

  it('an input without uncertainty lends no degrees of freedom', () => {
    const inputs = [
      { name: 'a', value: 1, u: 0, df: 5 },
      { name: 'b', value: 1, u: 0.1 },
    ];
    expect(propagate('a+b', inputs).dfEff).toBeNull();
  });

  it('an exact instrument leaves a small global risk, not none', () => {
    // For u much smaller than the spread: φ(1)·u/√(2π) at either limit of ±1.
    const limits = { lower: -1, upper: 1 };
    for (const u of [1e-5, 1e-9]) {
      const expected = (2 * Math.exp(-0.5) * u) / (2 * Math.PI);
      const { pfa, pfr } = globalRiskNormal({ mean: 0, sd: 1 }, u, limits, limits);
      expect(pfa / expected).toBeCloseTo(1, 4);
      expect(pfr / expected).toBeCloseTo(1, 4);
    }
  });

  it('a least quota of minus zero is zero', () => {
    const strata = [
      { population: 10, deviation: 1 },
      { population: 20, deviation: 2 },
    ];
    expect(integerNeymanAllocation(5, strata, -0)).toEqual(integerNeymanAllocation(5, strata, 0));
  });

  it('no report where next to nothing was due shrinks to the prior', () => {
    const prior = { alpha1: 0.2, beta1: 10, alpha2: 2, beta2: 4, weight: 0.3 };
    expect(empiricalBayes(0, 5e-324, prior).firstComponent).toBeCloseTo(0.3, 12);
  });
});

describe('wrong input is refused with the argument named', () => {
  it('a share that vanishes has no entropy', () => {
    expect(entropyWeights([[5e-324], [1e300]]).entropy).toEqual([0]);
  });

  const strata = [
    { population: 100, n: 10, x: 3 },
    { population: 100, n: 10, x: 5 },
  ];
  const misspelt = 'gaussian' as never;
  const normal = { kind: 'normal', mean: 0, sd: 1 } as const;
  const run = { trials: 10_000, seed: 1 };
  it.each<readonly [string, string, () => unknown]>([
    ['a level that every object has', 'unknown-inspection-level', () => codeLetter(100, 'constructor' as never)],
    ['a misspelt model', 'not-offered', () => rectifyingInspection({ n: 10, ac: 1 }, 100, 0.05, misspelt)],
    ['a misspelt σ method', 'not-offered', () => variablesAcceptance({ n: 10, k: 1.5 }, 0.05, misspelt)],
    ['a misspelt kind of plan', 'not-offered', () => scoreGainMultistage(misspelt, 2)],
    [
      'a misspelt decision rule',
      'not-offered',
      () => acceptanceLimits({ lower: null, upper: '1' }, '0.1', { kind: misspelt }),
    ],
    ['a misspelt interval', 'not-offered', () => stratifiedInterval(strata, 0.95, misspelt)],
    [
      'a misspelt distribution',
      'not-offered',
      () => monteCarlo('x', { x: { kind: misspelt, lower: 0, upper: 1 } }, run),
    ],
    ['a misspelt coverage', 'not-offered', () => monteCarlo('x', { x: normal }, { ...run, interval: misspelt })],
    ['a misspelt knowledge', 'not-offered', () => typeB({ kind: misspelt, halfWidth: 1 })],
    ['a misspelt adjustment', 'not-offered', () => adjustForMultiplicity([0.01], misspelt)],
    ['a misspelt side', 'not-offered', () => cusumRunLength(0.5, 5, 0, misspelt)],
    ['a misspelt rounding', 'not-offered', () => tolerableShortage('25', 'g', misspelt)],
    [
      'a misspelt window',
      'not-offered',
      () => spaceTimePermutationScan({ counts: [[1]], zones: [[0]], longest: 1, windows: misspelt }),
    ],
    ['a misspelt severity abroad', 'not-offered', () => foreignDoublePlan(100, 'II', 1, misspelt)],
    ['a misspelt severity abroad, variables', 'not-offered', () => foreignVariablesPlan(100, 'II', 1, misspelt)],
    ['an input named like a property of objects', 'input-missing', () => monteCarlo('constructor', {}, run)],
    ['degrees of freedom of 0', 'not-positive', () => propagate('a', [{ name: 'a', value: 1, u: 0.1, df: 0 }])],
    [
      'degrees of freedom that are no number',
      'not-a-number',
      () => propagate('a', [{ name: 'a', value: 1, u: 0.1, df: Number.NaN }]),
    ],
    ['a declared level left empty', 'not-a-decimal', () => decideByCensus(10, 1, '')],
    ['a declared level in sixteens', 'not-a-decimal', () => decideByCensus(10, 1, '0x10')],
    ['31 February', 'not-a-date', () => prepackageEditionOn('2024-02-31')],
    ['29 February of a common year', 'date-unreadable', () => europeanMatrixOn('2023-02-29')],
    ['a day before the first matrix', 'edition-unknown', () => europeanMatrixOn('2010-01-25')],
    [
      'a greatest quota that is no number',
      'not-a-number',
      () => boundedAllocation(5, [1, 1], { min: [0, 0], max: [Number.NaN, 3] }),
    ],
    [
      'a head start that signals at once',
      'out-of-range',
      () => tabularCusum([1], { target: 0, reference: 0.5, decision: 5, headStart: 5 }),
    ],
    [
      'an area twice in a zone',
      'area-repeated',
      () => spatialScan({ cases: [5, 1], expected: [1, 1], zones: [[0, 0]] }),
    ],
    [
      'costs of which one is left out',
      'not-a-number',
      () => expectedLotCost({ n: 5, ac: 0 }, 50, 0.1, { fixed: 1 } as never),
    ],
    [
      'half a place of rounding',
      'rounding-place',
      () => compareWithLimit('1', { lower: null, upper: '2', limitDecimals: 0.5 }),
    ],
    ['a result with an exponent', 'result-not-understood', () => parseResult('1e-3', 'mg/kg')],
    ['a limit with an exponent', 'limit-not-understood', () => parseLimit('≤1E-3', 'mg/kg')],
  ])('%s', (_, code, ask) => {
    expect(ask).toThrow(StatisticsError);
    expect(ask).toThrow(expect.objectContaining({ code }));
  });

  it.each<readonly [string, () => unknown]>([
    ['mean', () => summariseMeasurements([1e308, 1e308])],
    ['shares', () => proportionalAllocation(2, [1e308, 1e308])],
    ['Neyman shares', () => neymanAllocation(1e308, [{ population: 1e9, deviation: 1 }])],
    ['margin', () => sampleSizeForProportion(0.5, 1e-200)],
    ['total', () => horvitzThompson([1e308], [1e-3])],
    ['effective size', () => kishEffectiveSize([1e200, 1])],
    [
      'variance',
      () =>
        propagate('a*b', [
          { name: 'a', value: 1e200, u: 1e200 },
          { name: 'b', value: 1, u: 1 },
        ]),
    ],
    ['sum of squares', () => precision({ A: [1e200, 1], B: [1, 2] })],
    ['degrees of freedom of t', () => tQuantile(0.9, 5e-324)],
    ['parameters of beta', () => betaQuantile(0.5, 5e-324, 5)],
    ['rate of gamma', () => gammaQuantile(0.5, 2, 5e-324)],
    ['degrees of freedom of F', () => fQuantile(0.95, 1e308, 10)],
    ['exposure', () => poissonRateInterval(3, 5e-324)],
    ['weights of satisfaction', () => satisfactionIndex([5, 6], [1e308, 1e308])],
    ['weights of an index', () => compositeIndex([80, 90], [1e308, 1e308], [0, 1], [0, 0])],
    ['growth', () => chainIndex([5e-324, 1])],
    ['units', () => ratePerTenThousand(1, 5e-324)],
    ['drift', () => driftInterval({ error: 0, slope: 5e-324, u: 0, mpe: 1 })],
    ['error allowed', () => uncertaintyRatio(5e-324, 1)],
    ['z', () => scores({ x: 1, assigned: 0, sigma: 5e-324, uAssigned: 0 })],
  ])('what is too large to be represented: %s', (_, ask) => {
    expect(ask).toThrow(expect.objectContaining({ code: 'not-representable' }));
  });
});
