import { requireFinite, requireOpenProbability, requireProbability, requireWhole } from '../arguments.ts';
import {
  type CurveModel,
  type LotQuality,
  probabilityOfAcceptance,
  wholeCount,
} from '../attribute-sampling/operating-characteristic.ts';
import { StatisticsError } from '../errors.ts';
import { firstWhole } from '../estimation/intervals.ts';

const CLAUSE = 'single sampling plan through two points (Guenther 1969)';
/** Beyond this sample size the two points are too close for any inspection to tell apart. */
export const LARGEST_PLAN = 10_000_000;

/** A point of the operating characteristic curve. */
export interface RiskPoint {
  /** Fraction nonconforming; nonconformities per unit under the Poisson model. */
  readonly p: number;
  /** Probability of acceptance: at least this at the producer's point, at most this at the consumer's point. */
  readonly pa: number;
}

/** The two requirements on a plan. */
export interface TwoPoints {
  readonly producer: RiskPoint;
  readonly consumer: RiskPoint;
}

/** Refuses points that no plan can satisfy; throws `points-inconsistent` and range errors. */
export function requirePoints(points: TwoPoints, clause: string): void {
  for (const [name, point] of Object.entries(points) as [string, RiskPoint][]) {
    requireFinite(point.p, `${name}.p`, clause);
    requireOpenProbability(point.pa, `${name}.pa`, clause);
  }
  if (!(points.producer.p >= 0 && points.producer.p < points.consumer.p && points.producer.pa > points.consumer.pa)) {
    throw new StatisticsError({
      code: 'points-inconsistent',
      argument: 'points',
      clause,
      zh: '生产方风险质量须优于使用方风险质量，且其接收概率须更高',
      en: "the producer's point must have the better quality and the higher probability of acceptance",
    });
  }
}

function qualityAt(p: number, model: CurveModel): LotQuality {
  switch (model.model) {
    case 'poisson':
      return { model: 'poisson', per100Units: 100 * p };
    case 'hypergeometric':
      return { model: 'hypergeometric', lotSize: model.lotSize, nonconforming: wholeCount(p, model.lotSize) };
    default:
      return { model: 'binomial', p };
  }
}

function requireModel(points: TwoPoints, model: CurveModel): void {
  if (model.model !== 'poisson') {
    requireProbability(points.consumer.p, 'consumer.p', CLAUSE);
  }
  if (model.model === 'hypergeometric') {
    requireWhole(model.lotSize, 'lotSize', CLAUSE, 1);
  }
}

/**
 * Smallest single plan (n, Ac) with Pa(producer.p) ≥ producer.pa and Pa(consumer.p) ≤ consumer.pa: for c = 0, 1, 2 …
 * the smallest n that meets the consumer's point; the first that also meets the producer's point has the smallest n.
 * Hypergeometric: N·p must be a whole number of units at both points (it is refused otherwise, never rounded).
 * Throws `points-inconsistent`, `plan-too-large`, range errors. Source: Guenther 1969; ISO 28590.
 */
export function findSinglePlan(
  points: TwoPoints,
  model: CurveModel = { model: 'binomial' },
): { n: number; ac: number } {
  requirePoints(points, CLAUSE);
  requireModel(points, model);
  const good = qualityAt(points.producer.p, model);
  const bad = qualityAt(points.consumer.p, model);
  const largest = model.model === 'hypergeometric' ? model.lotSize : LARGEST_PLAN;
  let n = 1;
  for (let ac = 0; ac < largest; ac += 1) {
    n = smallestSample(Math.max(n, model.model === 'poisson' ? 1 : ac + 1), ac, bad, points.consumer.pa, largest);
    if (probabilityOfAcceptance({ n, ac }, good) >= points.producer.pa) {
      return { n, ac };
    }
  }
  throw tooLarge(CLAUSE);
}

/** Error for requirements that need more than {@link LARGEST_PLAN} units. */
export function tooLarge(clause: string): StatisticsError {
  return new StatisticsError({
    code: 'plan-too-large',
    argument: 'points',
    clause,
    zh: '两点过于接近，所需样本量过大，没有可行的抽样方案',
    en: 'the two points are too close: no plan of a practicable size satisfies both',
  });
}

/** Smallest n ≥ from with Pa ≤ pa at the given quality, by doubling and bisection (Pa falls with n). */
function smallestSample(from: number, ac: number, quality: LotQuality, pa: number, largest: number): number {
  const meets = (n: number): boolean => probabilityOfAcceptance({ n, ac }, quality) <= pa;
  let high = Math.min(from, largest);
  let step = 1;
  while (!meets(high)) {
    if (high >= largest) {
      throw tooLarge(CLAUSE);
    }
    high = Math.min(high + step, largest);
    step *= 2;
  }
  return firstWhole(Math.max(from, high - step), high, meets);
}
