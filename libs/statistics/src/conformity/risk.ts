import { requireFinite, requirePositive } from '../arguments.ts';
import { normalCdf, normalDensity } from '../distributions/continuous.ts';
import { gaussLegendre, logGamma } from '../distributions/special.ts';
import { refuse } from './refuse.ts';

const CLAUSE = 'JCGM 106:2012 9.5';
const RULE = gaussLegendre(20);
/** Standard uncertainties beyond which the normal distribution function is 0 or 1 to double precision. */
const REACH = 9;

/** Interval of the measurand; a missing end is open. */
export interface Interval {
  readonly lower?: number | null;
  readonly upper?: number | null;
}

/** Global risks of a decision rule over a whole production. */
export interface GlobalRisk {
  /** Consumer's risk: an item is nonconforming and accepted. */
  readonly pfa: number;
  /** Producer's risk: an item is conforming and rejected. */
  readonly pfr: number;
  /** Share of nonconforming items before inspection. */
  readonly pNonconform: number;
}

function integrate(f: (x: number) => number, from: number, to: number, step: number): number {
  if (!(to > from)) return 0;
  const panels = Math.min(20_000, Math.max(1, Math.ceil((to - from) / step)));
  const half = (to - from) / panels / 2;
  let sum = 0;
  for (let panel = 0; panel < panels; panel += 1) {
    const middle = from + (2 * panel + 1) * half;
    RULE.nodes.forEach((node, index) => {
      sum += (RULE.weights[index] ?? 0) * f(middle + half * node);
    });
  }
  return sum * half;
}

function ends(interval: Interval, argument: string): readonly [number, number] {
  const lower = interval.lower ?? Number.NEGATIVE_INFINITY;
  const upper = interval.upper ?? Number.POSITIVE_INFINITY;
  if (interval.lower != null) requireFinite(interval.lower, `${argument}.lower`, CLAUSE);
  if (interval.upper != null) requireFinite(interval.upper, `${argument}.upper`, CLAUSE);
  if (lower === Number.NEGATIVE_INFINITY && upper === Number.POSITIVE_INFINITY) {
    refuse('limit-empty', argument, CLAUSE, '上限和下限至少填写一个。', 'Give at least one limit.');
  }
  return [lower, upper];
}

/** Integrates a prior density over [from, to] against the measurement error of standard uncertainty u. */
function risk(
  density: (x: number) => number,
  range: readonly [number, number],
  scale: number,
  u: number,
  tolerance: Interval,
  acceptance: Interval,
): GlobalRisk {
  requirePositive(u, 'u', CLAUSE);
  const [TL, TU] = ends(tolerance, 'tolerance');
  const [AL, AU] = ends(acceptance, 'acceptance');
  const [from, to] = range;
  const accepted = (x: number): number => {
    if (AL > AU) return 0;
    const above = AL === Number.NEGATIVE_INFINITY ? 0 : normalCdf((AL - x) / u);
    return Math.max(0, (AU === Number.POSITIVE_INFINITY ? 1 : normalCdf((AU - x) / u)) - above);
  };
  // Where the acceptance probability turns from 0 to 1 panels follow u, elsewhere the prior, so that no u is too small.
  const turns = [AL, AU].filter(Number.isFinite).flatMap((limit) => [limit - REACH * u, limit, limit + REACH * u]);
  const between = (f: (x: number) => number, start: number, end: number): number => {
    const cuts = [start, ...turns.filter((cut) => cut > start && cut < end).sort((a, b) => a - b), end];
    return cuts.slice(1).reduce((sum, cut, i) => {
      const middle = (cuts[i]! + cut) / 2;
      const turning = [AL, AU].some((limit) => Math.abs(middle - limit) < REACH * u);
      return sum + integrate(f, cuts[i]!, cut, (turning ? Math.min(scale, u) : scale) / 2);
    }, 0);
  };
  const outside = (f: (x: number) => number): number =>
    between(f, from, Math.min(to, TL)) + between(f, Math.max(from, TU), to);
  const inside = (f: (x: number) => number): number => between(f, Math.max(from, TL), Math.min(to, TU));
  return {
    pfa: outside((x) => density(x) * accepted(x)),
    pfr: inside((x) => density(x) * (1 - accepted(x))),
    pNonconform: outside(density),
  };
}

/**
 * Global risks when the items are normal (mean, standard deviation > 0) and the measurement error is normal with standard
 * uncertainty u > 0. All in one unit. Throws `not-a-number`, `not-positive`, `limit-empty`. Source: JCGM 106:2012 9.5.
 */
export function globalRiskNormal(
  process: { readonly mean: number; readonly sd: number },
  u: number,
  tolerance: Interval,
  acceptance: Interval,
): GlobalRisk {
  const mean = requireFinite(process.mean, 'process.mean', CLAUSE);
  const sd = requirePositive(process.sd, 'process.sd', CLAUSE);
  const density = (x: number): number => normalDensity((x - mean) / sd) / sd;
  return risk(density, [mean - 10 * sd, mean + 10 * sd], sd, u, tolerance, acceptance);
}

/**
 * Global risks when the items follow a gamma distribution (shape, rate > 0; rate per unit of the measurand), for quantities
 * that cannot be negative. Throws `not-positive`, `limit-empty`, and `shape-below-one`, whose density is unbounded at zero.
 * Source: JCGM 106:2012 9.5.4 (ball bearings).
 */
export function globalRiskGamma(
  process: { readonly shape: number; readonly rate: number },
  u: number,
  tolerance: Interval,
  acceptance: Interval,
): GlobalRisk {
  const shape = requirePositive(process.shape, 'process.shape', CLAUSE);
  const rate = requirePositive(process.rate, 'process.rate', CLAUSE);
  if (shape < 1) {
    refuse('shape-below-one', 'process.shape', CLAUSE, '形状参数不能小于 1。', 'The shape must be at least 1.');
  }
  const constant = shape * Math.log(rate) - logGamma(shape);
  const density = (x: number): number => (x <= 0 ? 0 : Math.exp(constant + (shape - 1) * Math.log(x) - rate * x));
  const sd = Math.sqrt(shape) / rate;
  return risk(density, [0, shape / rate + 30 * sd], sd, u, tolerance, acceptance);
}
