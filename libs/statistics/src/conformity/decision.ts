import type { Decimal } from 'decimal.js';
import { requireOneOf, requireOpenProbability, requirePositive, requireWithin } from '../arguments.ts';
import { normalCdf, normalQuantile } from '../distributions/continuous.ts';
import { Exact, parseDecimal, printExact } from './decimal.ts';
import { refuse } from './refuse.ts';

const ILAC = 'ILAC-G8:09/2019 4.2';
const JCGM106 = 'JCGM 106:2012 7, 8';

/** Tolerance limits as decimal strings in the result's unit; null where there is none. */
export interface ToleranceLimits {
  readonly lower: string | null;
  readonly upper: string | null;
}

/**
 * How measurement uncertainty enters the verdict; part of the standard or the contract, fixed before testing.
 * `r` is a decimal string: the guard band is w = r·U.
 */
export type DecisionRule =
  | { readonly kind: 'simple' }
  | { readonly kind: 'guarded-acceptance'; readonly r: string }
  | { readonly kind: 'guarded-rejection'; readonly r: string }
  | { readonly kind: 'non-binary' };

/** Acceptance limits; `empty` when the guard bands leave nothing between them. */
export interface AcceptanceLimits extends ToleranceLimits {
  readonly guardBand: string;
  readonly empty: boolean;
}

function limitsOf(limits: ToleranceLimits): { lower: Decimal | null; upper: Decimal | null } {
  const lower = limits.lower === null ? null : parseDecimal(limits.lower, 'lower');
  const upper = limits.upper === null ? null : parseDecimal(limits.upper, 'upper');
  if (lower === null && upper === null) {
    refuse('limit-empty', 'limits', JCGM106, '上限和下限至少填写一个。', 'Give at least one tolerance limit.');
  }
  if (lower !== null && upper !== null && lower.greaterThan(upper)) {
    refuse('range-reversed', 'limits', JCGM106, '下限大于上限。', 'The lower limit lies above the upper limit.');
  }
  return { lower, upper };
}

/** Reads an expanded uncertainty U as a positive decimal string; throws `uncertainty-not-positive`. */
export function expandedUncertainty(U: string): Decimal {
  const value = parseDecimal(U, 'U');
  if (!value.greaterThan(0)) {
    refuse(
      'uncertainty-not-positive',
      'U',
      ILAC,
      '扩展不确定度必须大于零。',
      'The expanded uncertainty must be above zero.',
    );
  }
  return value;
}

/**
 * Acceptance limits of a binary rule: tolerance limits moved inwards by w = r·U (guarded acceptance), outwards by w
 * (guarded rejection) or left alone (simple acceptance). Decimal strings in one unit, exact.
 * Throws `not-a-decimal`, `uncertainty-not-positive`, `guard-band-negative`, `limit-empty`, `range-reversed`,
 * `rule-not-binary`. Source: ILAC-G8:09/2019 4.2.1, 4.2.2; JCGM 106:2012 8.3.
 */
export function acceptanceLimits(limits: ToleranceLimits, U: string, rule: DecisionRule): AcceptanceLimits {
  const { lower, upper } = limitsOf(limits);
  requireOneOf(rule.kind, ['simple', 'guarded-acceptance', 'guarded-rejection', 'non-binary'], 'rule', ILAC);
  if (rule.kind === 'non-binary') {
    refuse(
      'rule-not-binary',
      'rule',
      ILAC,
      '非二元规则没有单一的接受限。',
      'A non-binary rule has no single acceptance limit.',
    );
  }
  let w = new Exact(0);
  if (rule.kind !== 'simple') {
    const r = parseDecimal(rule.r, 'rule.r');
    if (r.isNegative()) {
      refuse(
        'guard-band-negative',
        'rule.r',
        ILAC,
        '保护带倍数不能为负。',
        'The guard-band multiplier must not be negative.',
      );
    }
    w = r.times(expandedUncertainty(U));
  }
  const inwards = rule.kind === 'guarded-rejection' ? w.negated() : w;
  const from = lower === null ? null : lower.plus(inwards);
  const to = upper === null ? null : upper.minus(inwards);
  return {
    lower: from === null ? null : printExact(from),
    upper: to === null ? null : printExact(to),
    guardBand: printExact(w),
    empty: from !== null && to !== null && from.greaterThan(to),
  };
}

/** Outcome of a binary rule with the limits it used. */
export interface BinaryDecision extends AcceptanceLimits {
  readonly accept: boolean;
}

/**
 * Accepts when the measured value lies within the acceptance limits, ends included; never when they leave nothing.
 * Errors and source as {@link acceptanceLimits}.
 */
export function decideBinary(y: string, U: string, limits: ToleranceLimits, rule: DecisionRule): BinaryDecision {
  const value = parseDecimal(y, 'y');
  const acceptance = acceptanceLimits(limits, U, rule);
  const above = acceptance.lower === null || value.greaterThanOrEqualTo(acceptance.lower);
  const under = acceptance.upper === null || value.lessThanOrEqualTo(acceptance.upper);
  return { ...acceptance, accept: !acceptance.empty && above && under };
}

/** The four statements of a non-binary rule. */
export type NonBinaryStatement = 'pass' | 'conditional-pass' | 'conditional-fail' | 'fail';

/**
 * Non-binary statement with guard band w = U: pass, conditional pass, conditional fail, fail; ends belong to the
 * better statement. Decimal strings in one unit. Errors as {@link acceptanceLimits}. Source: ILAC-G8:09/2019 4.2.3.
 */
export function decideNonBinary(y: string, U: string, limits: ToleranceLimits): NonBinaryStatement {
  const inside = (rule: DecisionRule): boolean => decideBinary(y, U, limits, rule).accept;
  if (inside({ kind: 'guarded-acceptance', r: '1' })) return 'pass';
  if (inside({ kind: 'simple' })) return 'conditional-pass';
  return inside({ kind: 'guarded-rejection', r: '1' }) ? 'conditional-fail' : 'fail';
}

/** Probabilities that the true value conforms or not, given the measured value. */
export interface ConformityProbability {
  readonly pConform: number;
  readonly pNonconform: number;
}

/**
 * Probability that the true value lies within the limits when it is normal about `y` with standard uncertainty `u` > 0
 * (numbers in one unit; a limit may be null). Both tails are summed, so a tiny risk keeps its digits.
 * Throws `not-a-number`, `not-positive`, `limit-empty`, `range-reversed`. Source: JCGM 106:2012 7.2–7.4.
 */
export function conformityProbability(
  y: number,
  u: number,
  lower: number | null,
  upper: number | null,
): ConformityProbability {
  requirePositive(u, 'u', JCGM106);
  if (lower === null && upper === null) {
    refuse('limit-empty', 'limits', JCGM106, '上限和下限至少填写一个。', 'Give at least one tolerance limit.');
  }
  if (lower !== null && upper !== null && lower > upper) {
    refuse('range-reversed', 'limits', JCGM106, '下限大于上限。', 'The lower limit lies above the upper limit.');
  }
  const low = lower === null ? 0 : normalCdf((lower - y) / u);
  const high = upper === null ? 0 : normalCdf((y - upper) / u);
  const pNonconform = low + high;
  if (pNonconform <= 0.5) return { pConform: 1 - pNonconform, pNonconform };
  // Far outside, "1 minus" would lose the small probability of conforming; the difference from the near side keeps it.
  const outside = low > high;
  const near = outside ? (lower ?? 0) - y : y - (upper ?? 0);
  const far = outside
    ? upper === null
      ? 0
      : normalCdf((y - upper) / u)
    : lower === null
      ? 0
      : normalCdf((lower - y) / u);
  const pConform = Math.max(0, normalCdf(-near / u) - far);
  return { pConform, pNonconform };
}

/**
 * Guard band w (in the unit of `U`) that keeps the probability of accepting a nonconforming item, measured exactly at the
 * acceptance limit, at `pfa`: w = z(1-pfa)·U/k. Throws `not-positive`, `out-of-range` (pfa above 0.5 needs no guard band).
 * Source: JCGM 106:2012 8.3.2; ILAC-G8:09/2019 Table 1.
 */
export function guardBandForFalseAcceptance(U: number, k: number, pfa: number): number {
  requirePositive(U, 'U', JCGM106);
  requirePositive(k, 'k', JCGM106);
  requireOpenProbability(pfa, 'pfa', JCGM106);
  requireWithin(pfa, 'pfa', JCGM106, 0, 0.5);
  return (-normalQuantile(pfa) * U) / k;
}

/**
 * Largest probability of false acceptance under w = r·U with coverage factor k: Φ(-r·k); 0.5 for r = 0.
 * Throws `not-positive`, `out-of-range`. Source: ILAC-G8:09/2019 Table 1.
 */
export function largestFalseAcceptance(r: number, k: number): number {
  requireWithin(r, 'r', ILAC, 0, Number.MAX_VALUE);
  requirePositive(k, 'k', ILAC);
  return normalCdf(-r * k);
}

/** Factors by which tolerance limits shrink to acceptance limits. */
export interface GuardBandFactors {
  readonly dobbert: number;
  readonly rss: number;
  readonly test95: number;
  readonly rp10: number;
}

/**
 * Guard-band factors from the test uncertainty ratio (tolerance / U, at least 1): Dobbert's managed-risk factor,
 * root-sum-square, tolerance less U, and RP-10, none above 1.
 * Throws `out-of-range` below 1, where the root-sum-square factor does not exist.
 * Sources: Dobbert, NCSLI 2008; ANSI/NCSL Z540.3 handbook methods 5 and 6; NCSL RP-10.
 */
export function guardBandFactors(tur: number): GuardBandFactors {
  requireWithin(tur, 'tur', 'ANSI/NCSL Z540.3-2006 handbook, methods 5 and 6', 1, Number.MAX_VALUE);
  return {
    dobbert: Math.min(1, 1 - (1.04 - Math.exp(0.38 * Math.log(tur) - 0.54)) / tur),
    rss: Math.sqrt(1 - 1 / (tur * tur)),
    test95: 1 - 1 / tur,
    rp10: Math.min(1, 1.25 - 1 / tur),
  };
}
