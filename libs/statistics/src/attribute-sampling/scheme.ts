import { requireProbability } from '../arguments.ts';
import { type AcceptancePlan, type LotQuality, probabilityOfAcceptance } from './operating-characteristic.ts';

/** Long-run behaviour of the normal/tightened pair under the switching rules. */
export interface SchemeCharacteristic {
  /** Long-run fraction of lots accepted. */
  readonly pa: number;
  /** Long-run fraction of lots inspected under normal inspection. */
  readonly fractionNormal: number;
  readonly paNormal: number;
  readonly paTightened: number;
}

/** Mean number of lots under normal inspection before "2 of 5 or fewer consecutive lots not accepted". */
function meanStayNormal(pa: number): number {
  return (2 - pa ** 4) / ((1 - pa) * (1 - pa ** 4));
}

/** Mean number of lots under tightened inspection before 5 consecutive lots are accepted. */
function meanStayTightened(pa: number): number {
  // (1 − x⁵)/(1 − x) written out, so that x = 1 needs no limit.
  return (1 + pa + pa ** 2 + pa ** 3 + pa ** 4) / pa ** 5;
}

/**
 * Scheme OC of a normal and a tightened plan joined by the switching rules, discontinuation and reduced inspection
 * left aside: the stationary Markov chain of Stephens & Larson (1967). At Pa(normal) = 1 normal inspection never ends
 * and the scheme accepts with probability 1; at Pa(tightened) = 0 tightened inspection never ends.
 * Throws `StatisticsError` on an invalid plan or quality.
 */
export function schemeCharacteristic(
  normal: AcceptancePlan,
  tightened: AcceptancePlan,
  quality: LotQuality,
): SchemeCharacteristic {
  return schemeFromAcceptance(probabilityOfAcceptance(normal, quality), probabilityOfAcceptance(tightened, quality));
}

/** The same from the two probabilities of acceptance, for example of double plans; both in [0, 1]. */
export function schemeFromAcceptance(paNormal: number, paTightened: number): SchemeCharacteristic {
  const clause = 'Stephens & Larson 1967; GB/T 2828.1-2012 9.3';
  requireProbability(paNormal, 'paNormal', clause);
  requireProbability(paTightened, 'paTightened', clause);
  if (paNormal === 1) {
    return { pa: 1, fractionNormal: 1, paNormal, paTightened };
  }
  if (paTightened ** 5 === 0) {
    return { pa: paTightened, fractionNormal: 0, paNormal, paTightened };
  }
  const inNormal = meanStayNormal(paNormal);
  const inTightened = meanStayTightened(paTightened);
  const fractionNormal = inNormal / (inNormal + inTightened);
  return {
    pa: fractionNormal * paNormal + (1 - fractionNormal) * paTightened,
    fractionNormal,
    paNormal,
    paTightened,
  };
}
