import { requireList, requireOpenProbability, requireWhole, requireWithin } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';
import { normalQuantile } from '../distributions/index.ts';

const CLAUSE = 'CDC EARS C1, C2, C3 (Hutwagner et al. 2003)';
const BASELINE = 7;
const LAG = 2;

/** C1 has the seven days before as baseline, C2 leaves two days out between, C3 sums the last three of C2. */
export type EarsMethod = 'C1' | 'C2' | 'C3';

/** First position (from 1) for which the method has its whole baseline. */
const EARLIEST: Readonly<Record<EarsMethod, number>> = { C1: BASELINE + 1, C2: BASELINE + LAG + 1, C3: 12 };

function requireCounts(counts: readonly number[], from: number, earliest: number): void {
  requireList(counts, 'counts', CLAUSE);
  counts.forEach((count, i) => {
    requireWhole(count, `counts[${i}]`, CLAUSE);
  });
  requireWhole(from, 'from', CLAUSE, earliest, counts.length);
}

/** Mean and sample standard deviation of the seven counts that end `lag` before position `at`. */
function baseline(counts: readonly number[], at: number, lag: number): { mean: number; sd: number } {
  const end = at - 1 - lag;
  const window = counts.slice(end - BASELINE, end);
  const mean = window.reduce((total, count) => total + count, 0) / BASELINE;
  const squares = window.reduce((total, count) => total + (count - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (BASELINE - 1)) };
}

/** Standardised count; null where the baseline did not vary and no least standard deviation is given. */
function standardised(counts: readonly number[], at: number, lag: number, leastSd: number): number | null {
  const { mean, sd } = baseline(counts, at, lag);
  const scale = Math.max(sd, leastSd);
  return scale === 0 ? null : (counts[at - 1]! - mean) / scale;
}

/** Statistics of one period; `alarm` with the published thresholds 3, 3 and 2. */
export interface EarsPeriod {
  /** Position counted from 1. */
  readonly at: number;
  readonly c1: number | null;
  readonly c2: number | null;
  readonly c3: number | null;
  readonly alarm: Readonly<Record<EarsMethod, boolean>>;
}

/**
 * EARS statistics from position `from` (12 or later, the first with all three): C1 and C2 standardise the count by the seven
 * periods before it, C2 leaving out two; C3 = Σ max(0, C2 − 1) over this and the two periods before. `leastSd` ≥ 0 is used
 * where the baseline varies less; without it such a period is null. Throws `StatisticsError` on counts that are not whole.
 */
export function earsStatistics(counts: readonly number[], from = EARLIEST.C3, leastSd = 0): EarsPeriod[] {
  requireCounts(counts, from, EARLIEST.C3);
  requireWithin(leastSd, 'leastSd', CLAUSE, 0, Number.MAX_VALUE);
  const periods: EarsPeriod[] = [];
  for (let at = from; at <= counts.length; at += 1) {
    const c1 = standardised(counts, at, 0, leastSd);
    const recent = [at - 2, at - 1, at].map((t) => standardised(counts, t, LAG, leastSd));
    const c2 = recent[2]!;
    const c3 = recent.reduce<number | null>(
      (total, value) => (total === null || value === null ? null : total + Math.max(0, value - 1)),
      0,
    );
    periods.push({
      at,
      c1,
      c2,
      c3,
      alarm: { C1: c1 !== null && c1 > 3, C2: c2 !== null && c2 > 3, C3: c3 !== null && c3 > 2 },
    });
  }
  return periods;
}

/** Upper bound of one period and whether the count exceeds it. */
export interface EarsBound {
  readonly at: number;
  readonly upper: number;
  readonly alarm: boolean;
}

/**
 * EARS as upper bounds: mean + z_{1−α}·sd of the method's baseline, for C3 less Σ max(0, C2 − 1) standard deviations of the
 * two periods before. A baseline without variation bounds by its mean unless `leastSd` is larger. `from` is a position
 * counted from 1, at least 8, 10 or 12 for C1, C2, C3. Throws `StatisticsError` on other input.
 */
export function earsBounds(
  counts: readonly number[],
  method: EarsMethod,
  alpha = 0.001,
  from: number = EARLIEST[method],
  leastSd = 0,
): EarsBound[] {
  if (EARLIEST[method] === undefined) {
    refuse('method-unknown', 'method', CLAUSE, '方法应为 C1、C2 或 C3。', 'The method must be C1, C2 or C3.');
  }
  requireCounts(counts, from, EARLIEST[method]);
  requireOpenProbability(alpha, 'alpha', CLAUSE);
  requireWithin(leastSd, 'leastSd', CLAUSE, 0, Number.MAX_VALUE);
  const z = normalQuantile(1 - alpha);
  const bounds: EarsBound[] = [];
  for (let at = from; at <= counts.length; at += 1) {
    const { mean, sd } = baseline(counts, at, method === 'C1' ? 0 : LAG);
    const memory =
      method === 'C3'
        ? [at - 1, at - 2].reduce(
            (total, t) => total + Math.max(0, (standardised(counts, t, LAG, leastSd) ?? 0) - 1),
            0,
          )
        : 0;
    const upper = mean + (z - memory) * Math.max(sd, leastSd);
    bounds.push({ at, upper, alarm: counts[at - 1]! > upper });
  }
  return bounds;
}
