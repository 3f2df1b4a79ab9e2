import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import {
  adjustForMultiplicity,
  baselineLimit,
  bernoulliScanRatio,
  binomialCusum,
  type ControlChart,
  cChart,
  chartConstants,
  circularZones,
  cusumRunLength,
  disproportionality,
  type EarsMethod,
  earsBounds,
  earsStatistics,
  empiricalBayes,
  evansRule,
  ewmaRunLength,
  farrington,
  type GammaPoissonPrior,
  gammaPoissonLogLikelihood,
  informationComponent,
  laneyChart,
  monteCarloP,
  nelsonRules,
  type PowerTransform,
  pChart,
  poissonCusum,
  poissonExceedance,
  poissonScanRatio,
  type ScanZone,
  shewhartRunLength,
  spaceTimePermutationScan,
  spatialScan,
  tabularCusum,
  uChart,
} from './index.ts';

/** The files list points above before points below. */
function charted(chart: ControlChart): Readonly<Record<string, unknown>> {
  return { ...chart, beyond: [...chart.above, ...chart.below] };
}

function priorOf(inputs: VectorInputs): GammaPoissonPrior {
  const [alpha1, beta1, alpha2, beta2, weight] = inputs.theta as number[];
  return { alpha1: alpha1!, beta1: beta1!, alpha2: alpha2!, beta2: beta2!, weight: weight! };
}

/** Every non-empty set of the areas, as the permutation vectors scan. */
function allZones(areas: number): ScanZone[] {
  return Array.from({ length: 2 ** areas - 1 }, (_, bits) =>
    Array.from({ length: areas }, (__, area) => area).filter((area) => ((bits + 1) >> area) & 1),
  );
}

function fromOne(zone: readonly number[] | undefined): number[] | null {
  return zone === undefined ? null : zone.map((area) => area + 1);
}

const charts: VectorRegistry = {
  'spc.p_chart': (inputs) => {
    const { defective, n } = inputs as unknown as { defective: number[]; n: number[] };
    return charted(pChart(defective, n));
  },
  'spc.u_chart': (inputs) => {
    const { count, n } = inputs as unknown as { count: number[]; n: number[] };
    return charted(uChart(count, n));
  },
  'spc.c_chart': (inputs) => charted(cChart(inputs.count as number[])),
  'spc.laney_p': (inputs) => {
    const { defective, n } = inputs as unknown as { defective: number[]; n: number[] };
    return charted(laneyChart(defective, n));
  },
  'spc.constants': (inputs) => chartConstants(inputs.n as number),
  'spc.tabular_cusum': (inputs) => {
    const { x, target, K, H, headStart, side } = inputs as unknown as {
      x: number[];
      target: number;
      K: number;
      H: number;
      headStart?: number;
      side?: 'upper' | 'lower';
    };
    const start = headStart === undefined ? {} : { headStart };
    const cusum = tabularCusum(x, { target, reference: K, decision: H, ...start });
    const signals = [...(side === 'lower' ? [] : cusum.upperSignals), ...(side === 'upper' ? [] : cusum.lowerSignals)];
    return {
      cPlus: cusum.upper,
      cMinus: cusum.lower,
      firstSignal: signals.length === 0 ? null : Math.min(...signals),
    };
  },
  'spc.arl_cusum': (inputs) => {
    const { k, h, shift, sided } = inputs as { k: number; h: number; shift: number; sided: 'one' | 'two' };
    return { arl: cusumRunLength(k, h, shift, sided) };
  },
  'spc.arl_ewma': (inputs) => {
    const { lambda, c, shift } = inputs as { lambda: number; c: number; shift: number };
    return { arl: ewmaRunLength(lambda, c, shift) };
  },
  'spc.arl_shewhart': (inputs) => {
    const { L, shift } = inputs as { L: number; shift: number };
    return { arl: shewhartRunLength(L, shift) };
  },
  'spc.binomial_llr_cusum': (inputs) => {
    const { x, n, p0, p1 } = inputs as unknown as { x: number[]; n: number | number[]; p0: number; p1: number };
    return { S: binomialCusum(x, n, p0, p1).sums };
  },
  'spc.poisson_llr_cusum': (inputs) => {
    const { x, expected, ratio } = inputs as unknown as { x: number[]; expected: number[]; ratio: number };
    return { S: poissonCusum(x, expected, ratio).sums };
  },
  'spc.nelson_rules': (inputs) => nelsonRules(inputs.z as number[]),
};

const outbreaks: VectorRegistry = {
  ears: (inputs) => {
    const { counts, method, alpha, startIndex } = inputs as unknown as {
      counts: number[];
      method: EarsMethod;
      alpha: number;
      startIndex: number;
    };
    const bounds = earsBounds(counts, method, alpha, startIndex);
    return { upper: bounds.map((bound) => bound.upper), alarm: bounds.map((bound) => bound.alarm) };
  },
  'ears.statistics': (inputs) => {
    const periods = earsStatistics(inputs.counts as number[], inputs.startIndex as number);
    return {
      C1: periods.map((period) => period.c1),
      C2: periods.map((period) => period.c2),
      C3: periods.map((period) => period.c3),
    };
  },
  'farrington.1996': (inputs) => {
    const given = inputs as unknown as {
      counts: number[];
      frequency: number;
      range: number[];
      b: number;
      w: number;
      reweight: boolean;
      trend: boolean;
      limit54: [number, number];
      powertrans: PowerTransform;
      alpha: number;
    };
    const periods = farrington(given.counts, given.range, {
      periodsPerYear: given.frequency,
      years: given.b,
      halfWindow: given.w,
      reweight: given.reweight,
      trend: given.trend,
      least: { cases: given.limit54[0], periods: given.limit54[1] },
      power: given.powertrans,
      alpha: given.alpha,
    });
    return {
      // The reference prints 0 where too few cases forbid an alarm.
      upper: periods.map((period) => (period.enoughCases ? period.upper : 0)),
      alarm: periods.map((period) => period.alarm),
      trendUsed: periods.map((period) => period.trendUsed),
    };
  },
  'farrington.threshold_unit': (inputs) => {
    const { baseline, alphaOneSided, powertrans } = inputs as unknown as {
      baseline: number[];
      alphaOneSided: number;
      powertrans: PowerTransform;
    };
    const { expected, dispersion, upper } = baselineLimit(baseline, alphaOneSided, powertrans);
    return { mu: expected, phi: dispersion, upper };
  },
  'poisson.exceedance': (inputs) => {
    const { x, expected } = inputs as { x: number; expected: number };
    return { p: poissonExceedance(x, expected) };
  },
  multiple_testing: (inputs) => {
    const p = inputs.p as number[];
    return {
      bh: adjustForMultiplicity(p, 'benjamini-hochberg'),
      bonferroni: adjustForMultiplicity(p, 'bonferroni'),
      holm: adjustForMultiplicity(p, 'holm'),
    };
  },
};

const scans: VectorRegistry = {
  'scan.poisson_llr': (inputs) => {
    const { cases, expected, totalCases } = inputs as { cases: number; expected: number; totalCases: number };
    return { llr: poissonScanRatio(cases, expected, totalCases) };
  },
  'scan.bernoulli_llr': (inputs) => {
    const { cases, n, totalCases, total } = inputs as { cases: number; n: number; totalCases: number; total: number };
    return { llr: bernoulliScanRatio(cases, n, totalCases, total) };
  },
  'scan.circular_poisson': (inputs) => {
    const { x, y, cases, expected, population, maxPopulationShare } = inputs as unknown as {
      x: number[];
      y: number[];
      cases: number[];
      expected: number[];
      population: number[];
      maxPopulationShare: number;
    };
    const zones = circularZones(x, y, population, maxPopulationShare);
    const { mostLikely } = spatialScan({ cases, expected, zones });
    return { ...mostLikely, zone: fromOne(mostLikely?.zone) };
  },
  'scan.space_time_permutation': (inputs) => {
    const { counts, maxDuration } = inputs as unknown as { counts: number[][]; maxDuration: number };
    const { mostLikely } = spaceTimePermutationScan({ counts, zones: allZones(counts.length), longest: maxDuration });
    return {
      ...mostLikely,
      zone: fromOne(mostLikely?.zone),
      duration: mostLikely === null ? null : mostLikely.to - mostLikely.from + 1,
    };
  },
  'scan.monte_carlo_p': (inputs) => {
    const { exceed, simulations } = inputs as { exceed: number; simulations: number };
    return { p: monteCarloP(exceed, simulations) };
  },
};

const signals: VectorRegistry = {
  'signal.disproportionality': (inputs) => {
    const found = disproportionality(inputs as unknown as { a: number; b: number; c: number; d: number });
    return {
      expected: found.expected,
      prr: found.prr?.value ?? null,
      prrLower: found.prr?.lower ?? null,
      prrUpper: found.prr?.upper ?? null,
      ror: found.ror?.value ?? null,
      rorLower: found.ror?.lower ?? null,
      rorUpper: found.ror?.upper ?? null,
      chi2: found.chiSquare,
      chi2Yates: found.chiSquareYates,
      ic: found.information.ic,
      icLower: found.information.lower,
      icUpper: found.information.upper,
    };
  },
  'signal.ic': (inputs) => {
    const found = disproportionality(inputs as unknown as { a: number; b: number; c: number; d: number });
    const { ic, lower, upper } = found.information;
    return {
      expected: found.expected,
      prr: found.prr?.value ?? null,
      ror: found.ror?.value ?? null,
      ic,
      icLower: lower,
      icUpper: upper,
    };
  },
  'signal.ic_from_oe': (inputs) => {
    const { O, E } = inputs as { O: number; E: number };
    const { ic, lower, upper } = informationComponent(O, E);
    return { ic, icLower: lower, icUpper: upper };
  },
  'signal.ebgm': (inputs) => {
    const { O, E } = inputs as { O: number; E: number };
    const { firstComponent, ...posterior } = empiricalBayes(O, E, priorOf(inputs));
    return { qn: firstComponent, ...posterior };
  },
  'signal.gps_negloglik': (inputs) => {
    const { N, E } = inputs as unknown as { N: number[]; E: number[] };
    return { negLL: -gammaPoissonLogLikelihood(N, E, priorOf(inputs)) };
  },
  'signal.evans_rule': (inputs) => {
    const { prr, chi2, n } = inputs as { prr: number | null; chi2: number | null; n: number };
    return { signal: evansRule(prr, chi2, n) };
  },
};

/** Reference-vector methods of surveillance (files 09a to 09d). */
export const surveillanceVectors: VectorRegistry = { ...charts, ...outbreaks, ...scans, ...signals };
