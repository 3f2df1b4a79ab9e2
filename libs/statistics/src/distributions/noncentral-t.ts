import normalCdfStdlib from '@stdlib/stats-base-dists-normal-cdf';
import { requireFinite, requireOpenProbability, requireWithin } from '../arguments.ts';
import { gaussLegendre, monotoneRoot, stirlingRemainder } from './special.ts';

const CLAUSE = 'ISO 3951-1 (GB/T 6378.1) operating characteristic, noncentral t';
const RULE = gaussLegendre(24);
const PANELS = 6;
/** e^−45 < 3e-20: what lies outside contributes nothing to a double. */
const LOG_NEGLIGIBLE = 45;
const NORMAL_REACH = 9.5;
/** Far beyond √n·z of any plan, and far from where squares overflow. */
const LARGEST_NONCENTRALITY = 1e100;

/** Logarithm of the density of S = sqrt(χ²_v / v) at s, written around its mode so that large v loses no digits. */
function logDensity(s: number, df: number): number {
  const a = df / 2;
  const constant = 0.5 * Math.log(a) + Math.LN2 - 0.5 * Math.log(2 * Math.PI) - stirlingRemainder(a);
  return constant + a * (1 + 2 * Math.log(s) - s * s) - Math.log(s);
}

/** Where the density of S has fallen by e^−45 from its mode, on either side. */
function support(df: number): { low: number; high: number } {
  const mode = Math.sqrt(Math.max(df - 1, 0) / df);
  const threshold = logDensity(Math.max(mode, 1e-3), df) - LOG_NEGLIGIBLE;
  const level = (s: number): number => logDensity(s, df) - threshold;
  const high = monotoneRoot(level, Math.max(mode, 1e-3), Math.max(mode, 1e-3) + 14);
  const low = mode > 1e-3 && level(1e-12) < 0 ? monotoneRoot(level, 1e-12, mode) : 0;
  return { low, high };
}

/** ∫ Φ(sign·(t s − δ)) f_S(s) ds over the support, split where the normal factor turns from 0 to 1. */
function integrate(t: number, df: number, ncp: number, sign: 1 | -1): number {
  const { low, high } = support(df);
  const cuts = [low, high, low + (high - low) * 1e-5, low + (high - low) * 1e-2];
  if (t !== 0) {
    const reach = NORMAL_REACH / Math.abs(t);
    const margin = 1e-9 * (high - low);
    for (const cut of [ncp / t - reach, ncp / t, ncp / t + reach]) {
      // A cut on top of an end adds nothing but a panel of width 0, where ln s is −∞.
      if (cut > low + margin && cut < high - margin) {
        cuts.push(cut);
      }
    }
  }
  cuts.sort((a, b) => a - b);
  let total = 0;
  for (let c = 1; c < cuts.length; c += 1) {
    const from = cuts[c - 1]!;
    const width = (cuts[c]! - from) / PANELS;
    for (let panel = 0; panel < PANELS; panel += 1) {
      const centre = from + (panel + 0.5) * width;
      for (let i = 0; i < RULE.nodes.length; i += 1) {
        const s = centre + 0.5 * width * RULE.nodes[i]!;
        const weight = 0.5 * width * RULE.weights[i]!;
        total += weight * Math.exp(logDensity(s, df)) * normalCdfStdlib(sign * (t * s - ncp), 0, 1);
      }
    }
  }
  return Math.min(1, total);
}

function requireArguments(df: number, ncp: number): void {
  requireWithin(df, 'df', CLAUSE, 1, 1e9);
  requireWithin(ncp, 'ncp', CLAUSE, -LARGEST_NONCENTRALITY, LARGEST_NONCENTRALITY);
}

/**
 * P(T ≤ t) for the noncentral t distribution, df ≥ 1 degrees of freedom, noncentrality ncp up to ±1e100.
 * F(t; v, δ) = ∫ Φ(t √(w/v) − δ) χ²_v(w) dw by Gauss–Legendre quadrature over the χ range outside which less than
 * 1e-19 of the probability lies. Absolute error below 1e-13. Throws `StatisticsError` on NaN or df < 1.
 */
export function noncentralTCdf(t: number, df: number, ncp: number): number {
  requireFinite(t, 't', CLAUSE);
  requireArguments(df, ncp);
  return integrate(t, df, ncp, 1);
}

/** P(T > t) of the same distribution, accurate in the far tail. Input as {@link noncentralTCdf}. */
export function noncentralTUpperTail(t: number, df: number, ncp: number): number {
  requireFinite(t, 't', CLAUSE);
  requireArguments(df, ncp);
  return integrate(t, df, ncp, -1);
}

/** t with P(T ≤ t) = p, 0 < p < 1. Input as {@link noncentralTCdf}. */
export function noncentralTQuantile(p: number, df: number, ncp: number): number {
  requireOpenProbability(p, 'p', CLAUSE);
  requireArguments(df, ncp);
  const distance = (t: number): number => (p < 0.5 ? integrate(t, df, ncp, 1) - p : 1 - p - integrate(t, df, ncp, -1));
  let reach = 4 + Math.abs(ncp);
  while (distance(ncp - reach) > 0) {
    reach *= 2;
  }
  let ahead = 4 + Math.abs(ncp);
  while (distance(ncp + ahead) < 0) {
    ahead *= 2;
  }
  return monotoneRoot(distance, ncp - reach, ncp + ahead);
}
