import { requireOneOf, requireProbability, requireSampleWithinLot, requireWhole, requireWithin } from '../arguments.ts';
import { binomialCdf, binomialPmf, poissonCdf, poissonPmf } from '../distributions/index.ts';
import { monotoneRoot } from '../distributions/special.ts';
import { type AcceptancePlan, probabilityOfAcceptance } from './operating-characteristic.ts';

const CLAUSE = 'GB/T 2828.1-2012 12.4 (AOQ, AOQL)';

/** Distribution behind AOQ and ATI: nonconforming units, or nonconformities (p is then their number per unit). */
export type RectifyingModel = 'binomial' | 'poisson';

/** Outcome of rectifying inspection: non-accepted lots are screened and nonconforming units replaced. */
export interface Rectification {
  readonly pa: number;
  /** Average outgoing quality, fraction nonconforming or nonconformities per unit: Pa·p·(N−n)/N. */
  readonly aoq: number;
  /** Average total inspection per lot, units: n·Pa + N·(1−Pa). */
  readonly ati: number;
}

/**
 * AOQ and ATI of a single plan at incoming fraction nonconforming p (Poisson: nonconformities per unit, which may exceed 1)
 * in lots of `lotSize` units. Throws `sample-larger-than-lot`, `out-of-range`. Source: ISO 2859-1:1999 12.4; Montgomery, SQC ch. 15.
 */
export function rectifyingInspection(
  plan: AcceptancePlan,
  lotSize: number,
  p: number,
  model: RectifyingModel = 'binomial',
): Rectification {
  requireSampleWithinLot(plan.n, lotSize, CLAUSE);
  requireOneOf(model, ['binomial', 'poisson'], 'model', CLAUSE);
  if (model === 'poisson') requireWithin(p, 'p', CLAUSE, 0, Number.MAX_VALUE);
  else requireProbability(p, 'p', CLAUSE);
  const quality =
    model === 'poisson' ? ({ model, per100Units: 100 * p } as const) : ({ model: 'binomial', p } as const);
  const pa = probabilityOfAcceptance(plan, quality);
  return { pa, aoq: (pa * p * (lotSize - plan.n)) / lotSize, ati: plan.n * pa + lotSize * (1 - pa) };
}

/**
 * Average outgoing quality limit, the maximum of AOQ over p, and the p at which it is reached.
 * The maximum solves d/dp [p Pa(p)] = 0, where dPa/dp = −n·P(c; n−1, p) (binomial) or −n·P(c; np) (Poisson); p·Pa is
 * unimodal, so the root is unique. Throws as {@link rectifyingInspection}.
 */
export function averageOutgoingQualityLimit(
  plan: AcceptancePlan,
  lotSize: number,
  model: RectifyingModel = 'binomial',
): { aoql: number; p: number } {
  const { n, ac } = plan;
  requireSampleWithinLot(n, lotSize, CLAUSE);
  requireOneOf(model, ['binomial', 'poisson'], 'model', CLAUSE);
  requireWhole(ac, 'ac', CLAUSE, 0, model === 'poisson' ? Number.MAX_SAFE_INTEGER : n - 1);
  const slope =
    model === 'poisson'
      ? (p: number): number => poissonCdf(ac, n * p) - n * p * poissonPmf(ac, n * p)
      : (p: number): number => binomialCdf(ac, n, p) - n * p * binomialPmf(ac, n - 1, p);
  const p = monotoneRoot(slope, 0, firstFallingPoint(slope, model === 'poisson'));
  return { aoql: rectifyingInspection(plan, lotSize, p, model).aoq, p };
}

/**
 * A p at which p·Pa falls, found by doubling from 1e-6 and, for fractions past ½, by halving the distance to 1; near 0 and 1
 * the slope can underflow, so the end must not be far beyond the maximum.
 */
function firstFallingPoint(slope: (p: number) => number, unbounded: boolean): number {
  let p = 1e-6;
  while (slope(p) >= 0) {
    if (unbounded) p *= 2;
    else p = p < 0.5 ? Math.min(2 * p, 0.5) : (1 + p) / 2;
  }
  return p;
}
