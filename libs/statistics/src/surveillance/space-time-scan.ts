import { requireList, requireOneOf, requireWhole } from '../arguments.ts';
import { excessRatio } from './scan-ratio.ts';
import { type ScanZone, tourOf, type ZoneTour } from './scan-zones.ts';
import {
  type MonteCarlo,
  relativeRisk,
  type ScanCluster,
  type ScanResult,
  significance,
  withoutOverlap,
} from './spatial-scan.ts';

const CLAUSE = 'Kulldorff et al. 2005, space-time permutation';

/** Counts of areas (rows) over equally long periods (columns). */
export interface SpaceTimeCounts {
  readonly counts: readonly (readonly number[])[];
  readonly zones: readonly ScanZone[];
  /** Longest duration of a cluster in periods. */
  readonly longest: number;
  /** `current`: only clusters that last to the final period (surveillance); `any`: also past ones. */
  readonly windows?: 'current' | 'any';
}

/** A zone over the periods `from` to `to` (counted from 1, both included). */
export interface SpaceTimeCluster extends ScanCluster {
  readonly from: number;
  readonly to: number;
}

/** Everything of a scan that a permutation leaves as it is. */
interface Frame {
  readonly tour: ZoneTour;
  readonly areas: number;
  /** Periods looked at: the last `longest` for current windows, all for any. */
  readonly width: number;
  readonly skipped: number;
  readonly longest: number;
  readonly current: boolean;
  readonly total: number;
  /** Cases of each area over all periods. */
  readonly rows: Float64Array;
  /** Cases of all areas in each period looked at, summed from the end; [width] is 0. */
  readonly tails: Float64Array;
}

type Visit = (zone: number, from: number, to: number, cases: number, expected: number, llr: number) => void;

/**
 * Walks all zones and windows over `tails` (areas × (width+1) counts summed from the end) and returns the largest ratio.
 * Windows whose ratio cannot exceed `floor` or the largest so far are passed over without a logarithm.
 */
function walk(frame: Frame, tails: Float64Array, floor: number, visit: Visit | null): number {
  const { tour, width, longest, total, current } = frame;
  const stride = width + 1;
  const inside = new Float64Array(stride);
  const shared = frame.tails;
  let row = 0;
  let largest = floor;
  for (let step = 0; step < tour.area.length; step += 1) {
    const area = tour.area[step]!;
    const offset = area * stride;
    if (tour.fresh[step] === 1) {
      row = 0;
      inside.fill(0);
    }
    row += frame.rows[area]!;
    for (let t = 0; t < width; t += 1) inside[t]! += tails[offset + t]!;
    if (tour.zone[step]! < 0) continue;
    const share = row / total;
    for (let to = current ? width : 1; to <= width; to += 1) {
      const end = inside[to]!;
      const sharedEnd = shared[to]!;
      for (let from = Math.max(0, to - longest); from < to; from += 1) {
        const c = inside[from]! - end;
        const e = share * (shared[from]! - sharedEnd);
        const excess = c - e;
        if (excess <= 0 || excess * excess * total <= largest * e * (total - e)) continue;
        const ratio = excessRatio(c, e, total);
        if (visit !== null) visit(tour.zone[step]!, from, to, c, e, ratio);
        else if (ratio > largest) largest = ratio;
      }
    }
  }
  return largest;
}

function requireGrid({ counts, zones, longest, windows = 'current' }: SpaceTimeCounts): Frame {
  requireList(counts, 'counts', CLAUSE);
  const periods = requireList(counts[0]!, 'counts[0]', CLAUSE).length;
  counts.forEach((row, i) => {
    requireList(row, `counts[${i}]`, CLAUSE, periods);
    row.forEach((count, t) => {
      requireWhole(count, `counts[${i}][${t}]`, CLAUSE);
    });
  });
  requireWhole(longest, 'longest', CLAUSE, 1, periods);
  const current = requireOneOf(windows, ['current', 'any'], 'windows', CLAUSE) === 'current';
  const width = current ? longest : periods;
  const tails = new Float64Array(width + 1);
  for (let t = width - 1; t >= 0; t -= 1) {
    tails[t] = tails[t + 1]! + counts.reduce((sum, row) => sum + row[periods - width + t]!, 0);
  }
  const rows = Float64Array.from(counts, (row) => row.reduce((sum, count) => sum + count, 0));
  const total = rows.reduce((sum, count) => sum + count, 0);
  const skipped = periods - width;
  return {
    tour: tourOf(zones, counts.length),
    areas: counts.length,
    width,
    skipped,
    longest,
    current,
    total,
    rows,
    tails,
  };
}

/** Counts of the periods looked at, per area, summed from the end. */
function sumFromEnd(counts: Float64Array, areas: number, width: number): void {
  for (let area = 0; area < areas; area += 1) {
    for (let t = width - 1, at = area * (width + 1) + t; t >= 0; t -= 1, at -= 1) counts[at]! += counts[at + 1]!;
  }
}

/** Largest ratios of data sets in which the cases keep their areas and the periods are dealt to them anew. */
function simulate(frame: Frame, { replicates, generator }: MonteCarlo): Float64Array {
  const { areas, width, total } = frame;
  const stride = width + 1;
  const areaOf = new Int32Array(total);
  let next = 0;
  frame.rows.forEach((cases, area) => {
    areaOf.fill(area, next, next + cases);
    next += cases;
  });
  const simulated = new Float64Array(areas * stride);
  const maxima = new Float64Array(replicates);
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    simulated.fill(0);
    // Only the cases of the periods looked at have to be dealt: a partial shuffle of all cases.
    let dealt = 0;
    for (let t = 0; t < width; t += 1) {
      for (let n = frame.tails[t]! - frame.tails[t + 1]!; n > 0; n -= 1) {
        const pick = dealt + Math.floor(generator.uniform() * (total - dealt));
        const area = areaOf[pick]!;
        areaOf[pick] = areaOf[dealt]!;
        areaOf[dealt] = area;
        dealt += 1;
        simulated[area * stride + t]! += 1;
      }
    }
    sumFromEnd(simulated, areas, width);
    maxima[replicate] = walk(frame, simulated, 0, null);
  }
  return maxima;
}

/**
 * The space-time permutation scan, which needs no population: expected cases of a zone and window are row total × column
 * total / all cases. Finds the cylinder with the strongest excess; a simulated data set deals the periods anew to the cases.
 * `most` limits the clusters reported (10). Throws `StatisticsError` on counts that are not whole, rows of different length,
 * zones outside the areas. Source: Kulldorff et al. 2005, PLoS Medicine 2(3).
 */
export function spaceTimePermutationScan(
  grid: SpaceTimeCounts,
  simulation?: MonteCarlo,
  most = 10,
): ScanResult<SpaceTimeCluster> {
  const frame = requireGrid(grid);
  requireWhole(most, 'most', CLAUSE, 1);
  const { areas, width, skipped, total } = frame;
  const observed = new Float64Array(areas * (width + 1));
  grid.counts.forEach((row, area) => {
    for (let t = 0; t < width; t += 1) observed[area * (width + 1) + t] = row[skipped + t]!;
  });
  sumFromEnd(observed, areas, width);
  // Only the best window of a zone can be reported, because reported zones do not overlap.
  const best = new Map<number, { from: number; to: number; cases: number; expected: number; llr: number }>();
  walk(frame, observed, 0, (zone, from, to, cases, expected, llr) => {
    if (llr > (best.get(zone)?.llr ?? 0)) best.set(zone, { from, to, cases, expected, llr });
  });
  const candidates = [...best]
    .map(([zone, found]) => ({ ...found, zone: grid.zones[zone]! }))
    .sort((a, b) => b.llr - a.llr);
  if (simulation !== undefined) requireWhole(simulation.replicates, 'replicates', CLAUSE, 1);
  const maxima = simulation === undefined || total === 0 ? new Float64Array(0) : simulate(frame, simulation);
  const { p, criticalValue } = significance(maxima);
  const [mostLikely = null, ...secondary] = withoutOverlap(candidates, most).map(
    (found): SpaceTimeCluster => ({
      zone: [...found.zone].sort((a, b) => a - b),
      from: skipped + found.from + 1,
      to: skipped + found.to,
      cases: found.cases,
      expected: found.expected,
      relativeRisk: relativeRisk(found.cases, found.expected, total),
      llr: found.llr,
      p: p(found.llr),
    }),
  );
  return { mostLikely, secondary, replicates: maxima.length, criticalValue };
}
