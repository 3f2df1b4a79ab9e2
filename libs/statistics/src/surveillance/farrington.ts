import { requireList, requireOpenProbability, requireProbability, requireWhole, requireWithin } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';
import { negativeBinomialQuantile, normalQuantile, poissonQuantile, tCdf } from '../distributions/index.ts';
import { fitQuasiPoisson, type QuasiPoissonFit } from './quasi-poisson.ts';

const CLAUSE = 'Farrington et al. 1996';
const IMPROVED_CLAUSE = 'Noufaily et al. 2013';

/** Power to which counts are raised before a normal limit is set; `none` leaves them. */
export type PowerTransform = '2/3' | '1/2' | 'none';

interface CommonOptions {
  /** Periods a year: 52 weeks (default), 12 months. */
  readonly periodsPerYear?: number;
  /** Years back. */
  readonly years?: number;
  /** Periods on each side of the same period of a former year. */
  readonly halfWindow?: number;
  /** No alarm with fewer than `cases` in the last `periods`; default 5 in 4. */
  readonly least?: { readonly cases: number; readonly periods: number };
  readonly alpha?: number;
}

/** Defaults: 52 periods, 5 years, half window 3, α 0.05 two-sided, power 2/3, reweighting, trend when significant at 5 %. */
export interface FarringtonOptions extends CommonOptions {
  readonly power?: PowerTransform;
  /** Gives past outbreaks (residual above 1) less weight. */
  readonly reweight?: boolean;
  readonly trend?: boolean;
}

/** Defaults: as before, but α 0.05 one-sided, ten seasonal levels, the last 26 periods left out. */
export interface ImprovedFarringtonOptions extends CommonOptions {
  /** Levels of the seasonal factor, 2 or more: one around the period itself and the rest over the other periods. */
  readonly seasonalLevels?: number;
  /** Latest periods left out of the baseline, so that an outbreak under way does not become its own baseline. */
  readonly leaveOut?: number;
}

/** Verdict on one period. */
export interface FarringtonPeriod {
  /** Position counted from 1. */
  readonly at: number;
  readonly expected: number;
  /** A count above it alarms, when there are enough cases. */
  readonly upper: number;
  /** Over-dispersion φ ≥ 1. */
  readonly dispersion: number;
  readonly trendUsed: boolean;
  readonly enoughCases: boolean;
  readonly alarm: boolean;
}

interface Baseline {
  readonly times: readonly number[];
  /** Columns of the design beside intercept and time, one row per time. */
  readonly levels: readonly (readonly number[])[];
}

interface Forecast {
  readonly fit: QuasiPoissonFit;
  readonly dispersion: number;
  readonly trendUsed: boolean;
}

/** Weights that give residuals s above the threshold the weight γ/s² and all others γ, with mean 1. */
function outbreakWeights(
  y: readonly number[],
  fit: QuasiPoissonFit,
  dispersion: number,
  threshold: number,
): readonly number[] {
  const raw = y.map((value, i) => {
    const mu = fit.fitted[i]!;
    const residual =
      (1.5 * (value ** (2 / 3) * mu ** (-1 / 6) - Math.sqrt(mu))) / Math.sqrt(dispersion * (1 - fit.leverage[i]!));
    return residual > threshold ? residual ** -2 : 1;
  });
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return raw.map((weight) => (weight * y.length) / total);
}

function fitBaseline(
  y: readonly number[],
  baseline: Baseline,
  at: number,
  trend: boolean,
  threshold: number | null,
): { fit: QuasiPoissonFit; dispersion: number; hasTrend: boolean } | null {
  // Time counts from the period itself, so that the intercept is its forecast.
  const design = baseline.times.map((time, i) => [1, ...(trend ? [time - at] : []), ...baseline.levels[i]!]);
  const equal = y.map(() => 1);
  const first = fitQuasiPoisson(y, design, equal);
  if (first === null) {
    return trend ? fitBaseline(y, baseline, at, false, threshold) : null;
  }
  let fit: QuasiPoissonFit = first;
  let dispersion = Math.max(1, first.dispersion ?? 1);
  if (threshold !== null) {
    const weighted = fitQuasiPoisson(y, design, outbreakWeights(y, fit, dispersion, threshold));
    if (weighted === null) {
      return trend ? fitBaseline(y, baseline, at, false, threshold) : null;
    }
    fit = weighted;
    dispersion = Math.max(1, fit.dispersion ?? 1);
  }
  return { fit, dispersion, hasTrend: trend };
}

/** Two-sided p-value of the time coefficient. */
function trendSignificance(fit: QuasiPoissonFit): number {
  const slope = fit.coefficients[1]!;
  const se = Math.sqrt((fit.dispersion ?? 0) * fit.covariance[1]![1]!);
  if (se === 0) return slope === 0 ? 1 : 0;
  return 2 * tCdf(-Math.abs(slope / se), fit.degreesOfFreedom);
}

function forecast(
  y: readonly number[],
  baseline: Baseline,
  at: number,
  rule: { trend: boolean; significance: number; years: number; threshold: number | null },
): Forecast | null {
  const model = fitBaseline(y, baseline, at, rule.trend, rule.threshold);
  if (model === null) return null;
  if (!model.hasTrend) return { ...model, trendUsed: false };
  const kept =
    rule.years >= 3 &&
    trendSignificance(model.fit) < rule.significance &&
    Math.exp(model.fit.coefficients[0]!) <= Math.max(...y);
  if (kept) return { ...model, trendUsed: true };
  const level = fitBaseline(y, baseline, at, false, rule.threshold);
  return level === null ? null : { ...level, trendUsed: false };
}

/** Upper limit {μ^r + z·sd}^{1/r} for a forecast with variance factor τ = φ + Var(μ̂)/μ. */
function powerLimit(mu: number, tau: number, z: number, power: PowerTransform): number {
  if (power === 'none') return mu + z * Math.sqrt(mu * tau);
  if (power === '1/2') return (Math.sqrt(mu) + (z / 2) * Math.sqrt(tau)) ** 2;
  if (power === '2/3') return (mu ** (2 / 3) + z * Math.sqrt((4 / 9) * Math.cbrt(mu) * tau)) ** 1.5;
  return refuse('power-unknown', 'power', CLAUSE, '未知的幂变换。', `Unknown power transform "${String(power)}".`);
}

function requireCounts(counts: readonly number[], clause: string): void {
  requireList(counts, 'counts', clause);
  counts.forEach((count, i) => {
    requireWhole(count, `counts[${i}]`, clause);
  });
}

function requireCommon(options: CommonOptions, clause: string) {
  const periodsPerYear = requireWhole(options.periodsPerYear ?? 52, 'periodsPerYear', clause, 4, 366);
  return {
    periodsPerYear,
    years: requireWhole(options.years ?? 5, 'years', clause, 1, 30),
    halfWindow: requireWhole(options.halfWindow ?? 3, 'halfWindow', clause, 0, Math.floor((periodsPerYear - 1) / 2)),
    cases: requireWithin(options.least?.cases ?? 5, 'least.cases', clause, 0, Number.MAX_SAFE_INTEGER),
    periods: requireWhole(options.least?.periods ?? 4, 'least.periods', clause, 1),
    alpha: requireOpenProbability(options.alpha ?? 0.05, 'alpha', clause),
  };
}

function enough(counts: readonly number[], at: number, least: { cases: number; periods: number }): boolean {
  const recent = counts.slice(Math.max(0, at - least.periods), at);
  return recent.reduce((sum, count) => sum + count, 0) >= least.cases;
}

function notFitted(at: number, clause: string): never {
  refuse(
    'model-not-fitted',
    `counts[${at - 1}]`,
    clause,
    `第 ${at} 期的基线无法拟合。`,
    `The baseline of period ${at} cannot be fitted.`,
  );
}

/** A baseline without any case: nothing expected, and every case exceeds it. */
function emptyBaseline(counts: readonly number[], at: number, enoughCases: boolean): FarringtonPeriod {
  const alarm = enoughCases && counts[at - 1]! > 0;
  return { at, expected: 0, upper: 0, dispersion: 1, trendUsed: false, enoughCases, alarm };
}

/**
 * Farrington's algorithm for one series of counts, at `positions` (counted from 1). Baseline: the same period ±halfWindow of
 * the former years, those before the series left out; log-linear quasi-Poisson regression with a trend that is kept only
 * when significant at 5 %, from three years on, and not extrapolating above the baseline's maximum.
 * Throws `StatisticsError` on counts that are not whole, positions outside the series, a baseline of fewer than three counts
 * (`baseline-too-short`) and `model-not-fitted`. Source: Farrington et al. 1996, JRSS A 159.
 */
export function farrington(
  counts: readonly number[],
  positions: readonly number[],
  options: FarringtonOptions = {},
): FarringtonPeriod[] {
  requireCounts(counts, CLAUSE);
  const { periodsPerYear, years, halfWindow, alpha, ...least } = requireCommon(options, CLAUSE);
  const { power = '2/3', reweight = true, trend = true } = options;
  const z = normalQuantile(1 - alpha / 2);
  return positions.map((at, index) => {
    requireWhole(at, `positions[${index}]`, CLAUSE, 1, counts.length);
    const times: number[] = [];
    for (let year = years; year >= 1; year -= 1) {
      for (let offset = -halfWindow; offset <= halfWindow; offset += 1) {
        const time = at - year * periodsPerYear + offset;
        if (time >= 1) times.push(time);
      }
    }
    if (times.length < 3) {
      refuse(
        'baseline-too-short',
        `positions[${index}]`,
        CLAUSE,
        `第 ${at} 期只有 ${times.length} 个基线数据。`,
        `Period ${at} has a baseline of ${times.length} counts only.`,
      );
    }
    const y = times.map((time) => counts[time - 1]!);
    const enoughCases = enough(counts, at, least);
    if (y.every((count) => count === 0)) return emptyBaseline(counts, at, enoughCases);
    const baseline = { times, levels: times.map(() => []) };
    const rule = { trend, significance: 0.05, years, threshold: reweight ? 1 : null };
    const { fit, dispersion, trendUsed } = forecast(y, baseline, at, rule) ?? notFitted(at, CLAUSE);
    const expected = Math.exp(fit.coefficients[0]!);
    // Var(μ̂)/μ = μ φ Var(β₀)
    const tau = dispersion + expected * dispersion * fit.covariance[0]![0]!;
    const upper = powerLimit(expected, tau, z, power);
    return { at, expected, upper, dispersion, trendUsed, enoughCases, alarm: enoughCases && counts[at - 1]! > upper };
  });
}

/**
 * The upper limit that Farrington's method sets over a plain baseline without trend or reweighting; `alpha` is one-sided.
 * Throws `empty-list` and range errors.
 */
export function baselineLimit(
  counts: readonly number[],
  alpha: number,
  power: PowerTransform = '2/3',
): { readonly expected: number; readonly dispersion: number; readonly upper: number } {
  requireCounts(counts, CLAUSE);
  requireWhole(counts.length, 'counts', CLAUSE, 2);
  requireOpenProbability(alpha, 'alpha', CLAUSE);
  const n = counts.length;
  const expected = counts.reduce((sum, count) => sum + count, 0) / n;
  if (expected === 0) return { expected: 0, dispersion: 1, upper: 0 };
  const pearson = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const dispersion = Math.max(1, pearson / (n - 1));
  const upper = powerLimit(expected, dispersion + dispersion / n, normalQuantile(1 - alpha), power);
  return { expected, dispersion, upper };
}

/** Level of the season at `back` periods before the one judged: 0 around it in every year, else 1 to levels − 1. */
function seasonalLevel(back: number, periodsPerYear: number, halfWindow: number, levels: number): number {
  const year = Math.ceil((back - halfWindow) / periodsPerYear);
  const after = year * periodsPerYear - back;
  if (Math.abs(after) <= halfWindow) return 0;
  const between = periodsPerYear - 2 * halfWindow - 1;
  const length = Math.floor(between / (levels - 1));
  const longer = between % (levels - 1);
  const into = after - halfWindow - 1;
  const inLonger = longer * (length + 1);
  return into < inLonger ? 1 + Math.floor(into / (length + 1)) : 1 + longer + Math.floor((into - inLonger) / length);
}

/**
 * The improved algorithm: all counts since the window of the earliest year but the latest `leaveOut`, a seasonal factor,
 * always a trend (from three years on, not above the baseline's maximum), weights only for residuals above 2.58, and the
 * 1 − α quantile of a negative binomial forecast as limit. Throws as {@link farrington}, and `baseline-too-short` when the
 * series does not reach back to the earliest year. Source: Noufaily et al. 2013, Statistics in Medicine 32.
 */
export function improvedFarrington(
  counts: readonly number[],
  positions: readonly number[],
  options: ImprovedFarringtonOptions = {},
): FarringtonPeriod[] {
  requireCounts(counts, IMPROVED_CLAUSE);
  const { periodsPerYear, years, halfWindow, alpha, ...least } = requireCommon(options, IMPROVED_CLAUSE);
  const between = periodsPerYear - 2 * halfWindow - 1;
  const levels = requireWhole(options.seasonalLevels ?? 10, 'seasonalLevels', IMPROVED_CLAUSE, 2, between + 1);
  const leaveOut = requireWhole(options.leaveOut ?? 26, 'leaveOut', IMPROVED_CLAUSE, 0, periodsPerYear);
  return positions.map((at, index) => {
    const earliest = years * periodsPerYear + halfWindow + 1;
    requireWhole(at, `positions[${index}]`, IMPROVED_CLAUSE, earliest, counts.length);
    const times: number[] = [];
    for (let time = at - years * periodsPerYear - halfWindow; time < at - leaveOut && time < at; time += 1) {
      times.push(time);
    }
    const y = times.map((time) => counts[time - 1]!);
    const enoughCases = enough(counts, at, least);
    if (y.every((count) => count === 0)) return emptyBaseline(counts, at, enoughCases);
    const seasonOf = times.map((time) => seasonalLevel(at - time, periodsPerYear, halfWindow, levels));
    // A season without any case has no finite coefficient; it is one with its reference.
    const present = Array.from({ length: levels - 1 }, (_, level) => level + 1).filter((level) =>
      y.some((count, i) => seasonOf[i] === level && count > 0),
    );
    const rows = seasonOf.map((season) => present.map((level) => (season === level ? 1 : 0)));
    const rule = { trend: true, significance: 1, years, threshold: 2.58 };
    const model = forecast(y, { times, levels: rows }, at, rule) ?? notFitted(at, IMPROVED_CLAUSE);
    const { fit, dispersion, trendUsed } = model;
    const expected = Math.exp(fit.coefficients[0]!);
    const upper =
      dispersion > 1
        ? negativeBinomialQuantile(
            requireProbability(1 - alpha, 'alpha', CLAUSE),
            expected / (dispersion - 1),
            1 / dispersion,
          )
        : poissonQuantile(1 - alpha, expected);
    return { at, expected, upper, dispersion, trendUsed, enoughCases, alarm: enoughCases && counts[at - 1]! > upper };
  });
}
