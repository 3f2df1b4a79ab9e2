import { invert } from '../linear-algebra.ts';

/** Iterations after which a model counts as not converging, and the relative change of deviance that ends them. */
const MOST_ITERATIONS = 25;
const SETTLED = 1e-8;
/** Further steps after settling, which make the coefficients exact to the last digits. */
const POLISHING_STEPS = 2;

/** A fitted log-linear quasi-Poisson model. */
export interface QuasiPoissonFit {
  readonly coefficients: readonly number[];
  /** Unscaled covariance (XᵀWX)⁻¹. */
  readonly covariance: readonly (readonly number[])[];
  readonly fitted: readonly number[];
  /** Diagonal of the hat matrix. */
  readonly leverage: readonly number[];
  /** Pearson estimate Σ ω (y−μ)²/μ / (n − p); null without residual degrees of freedom. */
  readonly dispersion: number | null;
  readonly degreesOfFreedom: number;
}

function dot(left: readonly number[], right: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < left.length; i += 1) total += left[i]! * right[i]!;
  return total;
}

function weightedInverse(design: readonly (readonly number[])[], weights: readonly number[]): number[][] | null {
  const columns = design[0]!.length;
  const normal = Array.from({ length: columns }, (_, a) =>
    Array.from({ length: columns }, (__, b) =>
      design.reduce((sum, row, i) => sum + weights[i]! * row[a]! * row[b]!, 0),
    ),
  );
  return invert(normal);
}

function deviance(y: readonly number[], mu: readonly number[], weights: readonly number[]): number {
  return y.reduce((sum, value, i) => {
    const log = value === 0 ? 0 : value * Math.log(value / mu[i]!);
    return sum + 2 * weights[i]! * (log - (value - mu[i]!));
  }, 0);
}

/**
 * Fits ln μ = Xβ to counts by iteratively reweighted least squares, with prior weights. Returns null when it does not
 * converge in 25 steps or the design is singular. Source: McCullagh & Nelder 1989, 2.5 and 9.2.
 */
export function fitQuasiPoisson(
  y: readonly number[],
  design: readonly (readonly number[])[],
  weights: readonly number[],
): QuasiPoissonFit | null {
  let eta = y.map((value) => Math.log(value + 0.1));
  let mu = y.map((value) => value + 0.1);
  let coefficients: number[] = [];
  let previous = deviance(y, mu, weights);
  let left = -1;
  for (let iteration = 0; left !== 0; iteration += 1) {
    if (iteration === MOST_ITERATIONS + POLISHING_STEPS) return null;
    const working = mu.map((value, i) => weights[i]! * value);
    const inverse = weightedInverse(design, working);
    if (inverse === null) return null;
    const target = eta.map((value, i) => value + (y[i]! - mu[i]!) / mu[i]!);
    const score = inverse.map((_, a) => design.reduce((sum, row, i) => sum + working[i]! * row[a]! * target[i]!, 0));
    coefficients = inverse.map((row) => dot(row, score));
    eta = design.map((row) => dot(row, coefficients));
    mu = eta.map(Math.exp);
    const current = deviance(y, mu, weights);
    if (!Number.isFinite(current)) return null;
    if (left > 0) left -= 1;
    else if (Math.abs(current - previous) / (Math.abs(current) + 0.1) < SETTLED) left = POLISHING_STEPS;
    previous = current;
  }
  const working = mu.map((value, i) => weights[i]! * value);
  const covariance = weightedInverse(design, working);
  if (covariance === null) return null;
  const leverage = design.map(
    (row, i) =>
      working[i]! *
      dot(
        row,
        covariance.map((line) => dot(line, row)),
      ),
  );
  const degreesOfFreedom = y.length - design[0]!.length;
  const pearson = y.reduce((sum, value, i) => sum + (weights[i]! * (value - mu[i]!) ** 2) / mu[i]!, 0);
  return {
    coefficients,
    covariance,
    fitted: mu,
    leverage,
    dispersion: degreesOfFreedom > 0 ? pearson / degreesOfFreedom : null,
    degreesOfFreedom,
  };
}
