import { requireProbability } from '../arguments.ts';
import { binomialCdf, binomialPmf } from '../distributions/index.ts';
import { findSinglePlan, requirePoints, type TwoPoints, tooLarge } from './single.ts';

const CLAUSE = 'double sampling plan through two points';
/** The search grows with the cube of the acceptance number; larger plans than this are no use in the field. */
const LARGEST_SINGLE = 20_000;

/** A double plan with equal samples: accept at once when x1 ≤ c1, not when x1 > c2, else when x1 + x2 ≤ c2. */
export interface EqualDoublePlan {
  /** Size of each of the two samples. */
  readonly n: number;
  readonly c1: number;
  readonly c2: number;
  /** Average sample number at the producer's and at the consumer's point. */
  readonly asnAtProducer: number;
  readonly asnAtConsumer: number;
}

interface Characteristic {
  readonly pa: number;
  readonly asn: number;
}

function characteristic(n: number, c1: number, c2: number, p: number): Characteristic {
  let pa = binomialCdf(c1, n, p);
  let second = 0;
  for (let x = c1 + 1; x <= c2 && x <= n; x += 1) {
    const probability = binomialPmf(x, n, p);
    second += probability;
    pa += probability * binomialCdf(c2 - x, n, p);
  }
  return { pa, asn: n * (1 + second) };
}

/**
 * Double plan with n1 = n2 and Re1 = Re2 = c2 + 1 (binomial) that meets both points with the smallest ASN at the
 * producer's point; both samples are inspected completely. A plan with limit c2 needs n ≥ half the single plan's n,
 * which ends the search. Throws `points-inconsistent`, `plan-too-large`, range errors.
 */
export function findEqualDoublePlan(points: TwoPoints): EqualDoublePlan {
  requirePoints(points, CLAUSE);
  requireProbability(points.consumer.p, 'consumer.p', CLAUSE);
  const single = findSinglePlan(points).n;
  if (single > LARGEST_SINGLE) {
    throw tooLarge(CLAUSE);
  }
  const largest = 2 * single;
  let best: EqualDoublePlan | undefined;
  let from = 1;
  for (let c2 = 1; best === undefined || from <= best.asnAtProducer; c2 += 1) {
    // Every lot with at most c2 in both samples together is accepted, so 2n units must already expose a bad lot.
    while (binomialCdf(c2, 2 * from, points.consumer.p) > points.consumer.pa) {
      from += 1;
    }
    if (from > largest) {
      break;
    }
    for (let c1 = 0; c1 < c2; c1 += 1) {
      best = bestSize(points, c1, c2, from, best) ?? best;
    }
  }
  if (best === undefined) {
    throw tooLarge(CLAUSE);
  }
  return best;
}

/** The best plan with these acceptance numbers that beats `best`, if any. */
function bestSize(
  points: TwoPoints,
  c1: number,
  c2: number,
  from: number,
  best: EqualDoublePlan | undefined,
): EqualDoublePlan | undefined {
  let found: EqualDoublePlan | undefined;
  for (let n = Math.max(from, c1 + 1); ; n += 1) {
    const good = characteristic(n, c1, c2, points.producer.p);
    const limit = (found ?? best)?.asnAtProducer ?? Number.POSITIVE_INFINITY;
    if (good.pa < points.producer.pa || n > limit) {
      return found;
    }
    if (good.asn < limit) {
      const bad = characteristic(n, c1, c2, points.consumer.p);
      if (bad.pa <= points.consumer.pa) {
        found = { n, c1, c2, asnAtProducer: good.asn, asnAtConsumer: bad.asn };
      }
    }
  }
}
