import { requireFinite, requireList, requirePositive, requireRepresentable, requireWithin } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';

const CLAUSE = 'scorecard statistics';

/** How well a score tells bad from good. */
export interface Discrimination {
  /** Probability that a bad firm scores above a good one, ties half. */
  readonly auc: number;
  /** 2·AUC − 1. */
  readonly gini: number;
  /** Largest distance between the two distribution functions. */
  readonly ks: number;
}

/**
 * AUC, Gini and Kolmogorov–Smirnov distance of scores, where `event` marks the bad and a higher score means worse. Null when
 * all or none are bad. Throws `StatisticsError` on NaN and lists of different length. Source: Mann & Whitney 1947.
 */
export function discrimination(event: readonly boolean[], score: readonly number[]): Discrimination | null {
  requireList(event, 'event', CLAUSE);
  requireList(score, 'score', CLAUSE, event.length);
  score.forEach((value, i) => {
    requireFinite(value, `score[${i}]`, CLAUSE);
  });
  const bad = event.filter(Boolean).length;
  const good = event.length - bad;
  if (bad === 0 || good === 0) return null;
  const descending = score.map((_, i) => i).sort((a, b) => score[b]! - score[a]!);
  let badAbove = 0;
  let goodAbove = 0;
  let area = 0;
  let ks = 0;
  for (let start = 0; start < descending.length; ) {
    const level = score[descending[start]!]!;
    let badHere = 0;
    let end = start;
    for (; end < descending.length && score[descending[end]!] === level; end += 1) {
      badHere += event[descending[end]!] ? 1 : 0;
    }
    const goodHere = end - start - badHere;
    area += goodHere * (badAbove + badHere / 2);
    badAbove += badHere;
    goodAbove += goodHere;
    ks = Math.max(ks, Math.abs(badAbove / bad - goodAbove / good));
    start = end;
  }
  const auc = area / (bad * good);
  return { auc, gini: 2 * auc - 1, ks };
}

function requireAmounts(values: readonly number[], argument: string, length?: number): number[] {
  requireList(values, argument, CLAUSE, length);
  values.forEach((value, i) => {
    requireWithin(value, `${argument}[${i}]`, CLAUSE, 0, Number.MAX_VALUE);
  });
  const total = requirePositive(
    values.reduce((sum, value) => sum + value, 0),
    `sum of ${argument}`,
    CLAUSE,
  );
  return values.map((value) => value / total);
}

/**
 * Population stability index Σ (a − e) ln(a/e) between the shares of two distributions over the same bins; null when one is
 * empty where the other is not (merge bins). Amounts ≥ 0, not all 0. Throws `StatisticsError` on other input.
 */
export function stabilityIndex(expected: readonly number[], actual: readonly number[]): number | null {
  const e = requireAmounts(expected, 'expected');
  const a = requireAmounts(actual, 'actual', expected.length);
  let index = 0;
  for (const [i, share] of a.entries()) {
    if (share === 0 && e[i] === 0) continue;
    if (share === 0 || e[i] === 0) return null;
    index += (share - e[i]!) * Math.log(share / e[i]!);
  }
  return index;
}

/** Weight of evidence of each bin; null where a bin holds only good or only bad. */
export interface EvidenceWeights {
  readonly weights: readonly (number | null)[];
  /** Information value; null when a weight is. */
  readonly informationValue: number | null;
}

/** WOE = ln(share of good / share of bad), IV = Σ (share of good − share of bad)·WOE. Amounts ≥ 0, not all 0. */
export function evidenceWeights(good: readonly number[], bad: readonly number[]): EvidenceWeights {
  const g = requireAmounts(good, 'good');
  const b = requireAmounts(bad, 'bad', good.length);
  const weights = g.map((share, i) => (share === 0 || b[i] === 0 ? null : Math.log(share / b[i]!)));
  return {
    weights,
    informationValue: weights.reduce<number | null>(
      (sum, weight, i) => (sum === null || weight === null ? null : sum + (g[i]! - b[i]!) * weight),
      0,
    ),
  };
}

/** A scale of points. */
export interface PointScale {
  /** Score at the base odds. */
  readonly baseScore: number;
  /** Good to bad, > 0. */
  readonly baseOdds: number;
  /** Points that double the odds, > 0. */
  readonly pointsToDouble: number;
}

/** Score of odds (good to bad, > 0): base + points/ln 2 · ln(odds/base odds). */
export function scaledScore(odds: number, scale: PointScale): number {
  requirePositive(odds, 'odds', CLAUSE);
  requireFinite(scale.baseScore, 'baseScore', CLAUSE);
  requirePositive(scale.baseOdds, 'baseOdds', CLAUSE);
  requirePositive(scale.pointsToDouble, 'pointsToDouble', CLAUSE);
  // Two logarithms, because the quotient of the odds may underflow.
  const score = scale.baseScore + (scale.pointsToDouble / Math.LN2) * (Math.log(odds) - Math.log(scale.baseOdds));
  return requireRepresentable(score, 'pointsToDouble', CLAUSE);
}

/** Grades of a score: `cuts` fall, each the lowest score of its label; the last label takes the rest. */
export interface GradeScale {
  readonly cuts: readonly number[];
  /** One more than cuts, from the best. */
  readonly labels: readonly string[];
  /** 0 and 100 by default. */
  readonly min?: number;
  readonly max?: number;
  /** Points by which a score must pass a cut before a firm's grade changes; 0 by default. */
  readonly hysteresis?: number;
}

/** A grade with its reason. */
export interface Grade {
  readonly grade: string;
  /** `veto`: the rule sets the lowest grade whatever the score; `kept`: within the hysteresis of the former grade. */
  readonly reason: 'score' | 'kept' | 'veto';
  readonly vetoes: readonly string[];
}

/**
 * Grade of a score, half-open bands [cut, next cut). With a `former` grade a change needs the score to pass the cut by the
 * hysteresis; any veto (for example serious violation, 严重违法失信) gives the last label. Bands are policy, given as data.
 * Throws `out-of-range` for scores outside the scale, `cuts-not-falling`, `length-mismatch`, `grade-unknown`.
 */
export function gradeOf(
  score: number,
  scale: GradeScale,
  standing: { readonly former?: string; readonly vetoes?: readonly string[] } = {},
): Grade {
  const { cuts, labels, min = 0, max = 100, hysteresis = 0 } = scale;
  requireList(labels, 'labels', CLAUSE, cuts.length + 1);
  requireWithin(score, 'score', CLAUSE, min, max);
  requireWithin(hysteresis, 'hysteresis', CLAUSE, 0, max - min);
  cuts.forEach((cut, i) => {
    requireWithin(cut, `cuts[${i}]`, CLAUSE, min, max);
    if (i > 0 && cut >= cuts[i - 1]!) {
      refuse('cuts-not-falling', `cuts[${i}]`, CLAUSE, '分界分值应由高到低。', 'Cuts must fall.');
    }
  });
  const { former, vetoes = [] } = standing;
  const place = (value: number): number => {
    const index = cuts.findIndex((cut) => value >= cut);
    return index === -1 ? cuts.length : index;
  };
  const reached = place(score);
  if (vetoes.length > 0) return { grade: labels.at(-1)!, reason: 'veto', vetoes };
  if (former === undefined) return { grade: labels[reached]!, reason: 'score', vetoes };
  const held = labels.indexOf(former);
  if (held === -1) {
    refuse('grade-unknown', 'former', CLAUSE, `没有“${former}”这一等级。`, `There is no grade "${former}".`);
  }
  const moved = reached < held ? Math.min(held, place(score - hysteresis)) : Math.max(held, place(score + hysteresis));
  return { grade: labels[moved]!, reason: moved === reached ? 'score' : 'kept', vetoes };
}
