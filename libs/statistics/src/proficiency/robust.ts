import { requireFinite, requireWhole } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';
import { chiSquareCdf, chiSquareQuantile } from '../distributions/continuous.ts';
import { mean, measurements, median, quantile, sorted, standardDeviation } from './sample.ts';

const ALGORITHM_A = 'ISO 13528:2022 C.3.1';
const ALGORITHM_S = 'ISO 13528:2022 C.4';
const QN = 'ISO 13528:2022 C.5.2.3 (Amd 1)';
const MOST_ITERATIONS = 10_000;

/** Median and the two simple robust scales, all in the unit of the data. */
export interface MedianScales {
  readonly median: number;
  /** 0.7413 times the interquartile range. */
  readonly nIQR: number;
  /** 1.483 times the median absolute deviation. */
  readonly MADe: number;
}

/**
 * Median, normalised interquartile range and scaled median absolute deviation of at least 2 results.
 * Throws `too-few-values`, `not-a-number`. Source: ISO 13528:2022 C.2.
 */
export function medianScales(x: readonly number[]): MedianScales {
  const values = measurements(x, 2, 'x', 'ISO 13528:2022 C.2');
  const centre = median(values);
  return {
    median: centre,
    nIQR: 0.7413 * (quantile(values, 0.75) - quantile(values, 0.25)),
    MADe: 1.483 * median(values.map((value) => Math.abs(value - centre))),
  };
}

/** A robust location and scale with the standard uncertainty of the location, 1.25 s*∕√p; in the unit of the data. */
export interface RobustEstimate {
  readonly degenerate: false;
  readonly location: number;
  readonly scale: number;
  readonly u: number;
  readonly iterations: number;
}

/** More than half of the results agree, the scale is zero, and nothing may be divided by it. */
export interface DegenerateEstimate {
  readonly degenerate: true;
  readonly location: number;
}

/** When Algorithm A stops: fully converged, or when the third significant digit of both values no longer changes. */
export type StoppingRule = 'converged' | 'third-digit';

function threeDigits(value: number): string {
  return value.toExponential(2);
}

/**
 * Algorithm A: robust mean and standard deviation by winsorising at 1.5 s*, with the printed factors 1.483 and 1.134.
 * `x`: one result per laboratory, at least 3, one unit. The printed stopping rule may differ in the last digit from the
 * converged value, so the rule is a parameter. A scale of zero is reported as degenerate, never divided by.
 * Throws `too-few-values`, `not-a-number`, `not-converged`. Source: ISO 13528:2022 C.3.1.
 */
export function algorithmA(
  x: readonly number[],
  stop: StoppingRule = 'converged',
): RobustEstimate | DegenerateEstimate {
  const values = measurements(x, 3, 'x', ALGORITHM_A);
  const start = medianScales(values);
  let location = start.median;
  let scale = start.MADe;
  for (let iteration = 1; iteration <= MOST_ITERATIONS; iteration += 1) {
    if (scale === 0) return { degenerate: true, location };
    const reach = 1.5 * scale;
    const low = location - reach;
    const high = location + reach;
    const winsorised = values.map((value) => Math.min(Math.max(value, low), high));
    const nextLocation = mean(winsorised);
    const nextScale = 1.134 * standardDeviation(winsorised);
    const still =
      stop === 'third-digit'
        ? threeDigits(nextLocation) === threeDigits(location) && threeDigits(nextScale) === threeDigits(scale)
        : Math.abs(nextLocation - location) <= 1e-13 * scale && Math.abs(nextScale - scale) <= 1e-13 * scale;
    location = nextLocation;
    scale = nextScale;
    if (still) {
      return {
        degenerate: false,
        location,
        scale,
        u: (1.25 * scale) / Math.sqrt(values.length),
        iterations: iteration,
      };
    }
  }
  refuse('not-converged', 'x', ALGORITHM_A, '算法 A 没有收敛。', 'Algorithm A did not converge.');
}

/**
 * Limit factor η = √(χ²₀.₉(ν)/ν) and adjustment factor ξ, the inverse root of the winsorised mean square, of Algorithm S for
 * ν degrees of freedom, rounded to three decimals as the standard prints them.
 */
export function algorithmSFactors(nu: number): { readonly eta: number; readonly xi: number } {
  requireWhole(nu, 'nu', ALGORITHM_S, 1);
  const cut = chiSquareQuantile(0.9, nu);
  const eta = Math.sqrt(cut / nu);
  const xi = 1 / Math.sqrt(chiSquareCdf(cut, nu + 2) + (0.1 * cut) / nu);
  return { eta: Number(eta.toFixed(3)), xi: Number(xi.toFixed(3)) };
}

/**
 * Algorithm S: robust pooled standard deviation of standard deviations or ranges `w` (at least 2, none negative), each with
 * `nu` degrees of freedom (1 for the range of two). Result in the unit of `w`; a median of zero is refused as degenerate.
 * Throws `too-few-values`, `negative-scale`, `degenerate-scale`, `not-converged`. Source: ISO 13528:2022 C.4.
 */
export function algorithmS(w: readonly number[], nu: number): number {
  const values = measurements(w, 2, 'w', ALGORITHM_S);
  if (values.some((value) => value < 0)) {
    refuse('negative-scale', 'w', ALGORITHM_S, '标准差不能为负。', 'A standard deviation cannot be negative.');
  }
  const { eta, xi } = algorithmSFactors(nu);
  let pooled = median(values);
  for (let iteration = 1; iteration <= MOST_ITERATIONS; iteration += 1) {
    if (pooled === 0) {
      refuse('degenerate-scale', 'w', ALGORITHM_S, '一半以上的标准差为零。', 'Half or more of the scales are zero.');
    }
    const cap = eta * pooled;
    const next = xi * Math.sqrt(mean(values.map((value) => Math.min(value, cap) ** 2)));
    if (Math.abs(next - pooled) <= 1e-13 * pooled) return next;
    pooled = next;
  }
  refuse('not-converged', 'w', ALGORITHM_S, '算法 S 没有收敛。', 'Algorithm S did not converge.');
}

/** Finite-sample factors b_p of Qn for p = 2 to 12. */
const QN_SMALL = [
  0.399356, 0.99365, 0.51321, 0.84401, 0.6122, 0.85877, 0.66993, 0.87344, 0.72014, 0.88906, 0.75743,
] as const;

function qnFactor(p: number): number {
  const small = QN_SMALL[p - 2];
  if (small !== undefined) return small;
  const odd = (1.60188 + (-2.1284 - 5.172 / p) / p) / p;
  const even = (3.67561 + (1.9654 + (6.987 - 77 / p) / p) / p) / p;
  return 1 / (1 + (p % 2 === 1 ? odd : even));
}

/**
 * Qn: robust standard deviation from the pairwise differences of at least 2 results, without a location. The constant is
 * 2.21914 as corrected by Amendment 1 (the 2022 print has a misprint). Throws `too-few-values`, `not-a-number`.
 * Source: ISO 13528:2022 C.5.2.3; Croux and Rousseeuw 1992.
 */
export function qn(x: readonly number[]): number {
  const values = measurements(x, 2, 'x', QN);
  const p = values.length;
  const differences: number[] = [];
  for (let i = 1; i < p; i += 1) {
    for (let j = 0; j < i; j += 1) differences.push(Math.abs((values[i] ?? 0) - (values[j] ?? 0)));
  }
  const h = Math.floor(p / 2) + 1;
  const order = (h * (h - 1)) / 2;
  return requireFinite(2.21914 * qnFactor(p) * (sorted(differences)[order - 1] ?? Number.NaN), 'x', QN);
}
