import { requireList, requirePositive, requireWhole, requireWithin } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';
import type { Generator } from '../uncertainty/generator.ts';
import { excessRatio, monteCarloP } from './scan-ratio.ts';
import { type ScanZone, tourOf, type ZoneTour } from './scan-zones.ts';

const CLAUSE = 'Kulldorff 1997';

/** Where the significance comes from; the same generator state gives the same p-values. */
export interface MonteCarlo {
  /** Simulated data sets, customarily 999. */
  readonly replicates: number;
  readonly generator: Pick<Generator, 'uniform'>;
}

/** A zone with an excess. */
export interface ScanCluster {
  /** Indices of its areas, ascending, from 0. */
  readonly zone: readonly number[];
  readonly cases: number;
  readonly expected: number;
  /** Rate inside over rate outside; null when all cases lie inside. */
  readonly relativeRisk: number | null;
  /** Logarithm of the likelihood ratio. */
  readonly llr: number;
  /** (R+1)/(S+1); null without simulation. */
  readonly p: number | null;
}

/** Result of a scan. Clusters descend; those after the first overlap none before them. */
export interface ScanResult<Cluster extends ScanCluster = ScanCluster> {
  /** Null when no zone has an excess. */
  readonly mostLikely: Cluster | null;
  readonly secondary: readonly Cluster[];
  readonly replicates: number;
  /** The value that 5 % of the simulated maxima reach; null without simulation. */
  readonly criticalValue: number | null;
}

/** Rate inside over rate outside, from cases and expectations. */
export function relativeRisk(cases: number, expected: number, total: number): number | null {
  return cases === total ? null : cases / expected / ((total - cases) / (total - expected));
}

/** The clusters of a list in which the more likely stand first, each free of areas that stand before it. */
export function withoutOverlap<Candidate extends { readonly llr: number; readonly zone: ScanZone }>(
  candidates: readonly Candidate[],
  most: number,
): Candidate[] {
  const taken = new Set<number>();
  const kept: Candidate[] = [];
  for (const candidate of candidates) {
    if (kept.length === most) break;
    if (candidate.zone.some((area) => taken.has(area))) continue;
    for (const area of candidate.zone) taken.add(area);
    kept.push(candidate);
  }
  return kept;
}

/** Significance of clusters among the simulated maxima. */
export function significance(maxima: Float64Array): {
  p: (llr: number) => number | null;
  criticalValue: number | null;
} {
  if (maxima.length === 0) return { p: () => null, criticalValue: null };
  const sorted = maxima.slice().sort();
  const reaching = (llr: number): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < llr) low = middle + 1;
      else high = middle;
    }
    return sorted.length - low;
  };
  const place = Math.ceil(0.95 * (sorted.length + 1)) - 1;
  return {
    p: (llr) => monteCarloP(reaching(llr), sorted.length),
    criticalValue: place < sorted.length ? sorted[place]! : null,
  };
}

/** Expected cases of each step of the tour, on the scale on which all add up to the number of cases. */
function expectedAlong(tour: ZoneTour, expected: Float64Array): Float64Array {
  let current = 0;
  return Float64Array.from(tour.area, (area, step) => {
    current = (tour.fresh[step] === 1 ? 0 : current) + expected[area]!;
    return current;
  });
}

/** The largest ratio over a tour. The square of the excess bounds the ratio, so most zones need no logarithm. */
function largestRatio(tour: ZoneTour, along: Float64Array, cases: Float64Array, total: number): number {
  let inside = 0;
  let largest = 0;
  for (let step = 0; step < tour.area.length; step += 1) {
    inside = (tour.fresh[step] === 1 ? 0 : inside) + cases[tour.area[step]!]!;
    const e = along[step]!;
    const excess = inside - e;
    if (tour.zone[step]! < 0 || excess <= 0 || excess * excess * total <= largest * e * (total - e)) continue;
    const ratio = excessRatio(inside, e, total);
    if (ratio > largest) largest = ratio;
  }
  return largest;
}

/** Draws an index with probability in proportion to its weight, one uniform number each (Walker 1977; Vose 1991). */
function aliasSampler(weights: Float64Array, total: number, generator: Pick<Generator, 'uniform'>): () => number {
  const size = weights.length;
  const height = weights.map((weight) => (weight / total) * size);
  const alias = Int32Array.from(weights, (_, i) => i);
  const low: number[] = [];
  const high: number[] = [];
  height.forEach((value, i) => {
    (value < 1 ? low : high).push(i);
  });
  while (low.length > 0 && high.length > 0) {
    const poor = low.pop()!;
    const rich = high.at(-1)!;
    alias[poor] = rich;
    height[rich] = height[rich]! - (1 - height[poor]!);
    if (height[rich]! < 1) low.push(high.pop()!);
  }
  for (const i of [...low, ...high]) height[i] = 1;
  return () => {
    const point = generator.uniform() * size;
    const index = Math.floor(point);
    return point - index < height[index]! ? index : alias[index]!;
  };
}

/** Counts areas. */
export interface SpatialCounts {
  readonly cases: readonly number[];
  /** Expected cases under the null hypothesis, in any scale (population, sales), ≥ 0. */
  readonly expected: readonly number[];
  readonly zones: readonly ScanZone[];
}

function requireSpatial({ cases, expected }: SpatialCounts): { total: number; scaled: Float64Array } {
  requireList(cases, 'cases', CLAUSE);
  requireList(expected, 'expected', CLAUSE, cases.length);
  cases.forEach((count, i) => {
    requireWhole(count, `cases[${i}]`, CLAUSE);
    requireWithin(expected[i]!, `expected[${i}]`, CLAUSE, 0, Number.MAX_VALUE);
    if (expected[i] === 0 && count > 0) {
      refuse(
        'expected-zero',
        `expected[${i}]`,
        CLAUSE,
        '期望数为零的区域出现了病例。',
        'Cases were counted in an area where none can be expected.',
      );
    }
  });
  const sum = requirePositive(
    expected.reduce((whole, value) => whole + value, 0),
    'expected',
    CLAUSE,
  );
  const total = cases.reduce((whole, count) => whole + count, 0);
  return { total, scaled: Float64Array.from(expected, (value) => (value / sum) * total) };
}

/**
 * Kulldorff's scan of counts of areas for the zone with the strongest excess over expectation (Poisson model; high rates).
 * Expectations are scaled to the number of cases; a simulated data set spreads the same number of cases over the areas in
 * proportion to them. `most` limits the clusters reported (10). Throws `StatisticsError` on counts that are not whole,
 * negative expectations, `expected-zero`, zones outside the areas.
 */
export function spatialScan(counts: SpatialCounts, simulation?: MonteCarlo, most = 10): ScanResult {
  const { total, scaled } = requireSpatial(counts);
  requireWhole(most, 'most', CLAUSE, 1);
  const tour = tourOf(counts.zones, counts.cases.length);
  const along = expectedAlong(tour, scaled);
  const observed = Float64Array.from(counts.cases);
  const candidates: { llr: number; zone: ScanZone; cases: number; expected: number }[] = [];
  let inside = 0;
  tour.area.forEach((area, step) => {
    inside = (tour.fresh[step] === 1 ? 0 : inside) + observed[area]!;
    const e = along[step]!;
    if (tour.zone[step]! >= 0 && inside > e) {
      const zone = counts.zones[tour.zone[step]!]!;
      candidates.push({ llr: excessRatio(inside, e, total), zone, cases: inside, expected: e });
    }
  });
  candidates.sort((a, b) => b.llr - a.llr);
  const replicates = simulation === undefined ? 0 : requireWhole(simulation.replicates, 'replicates', CLAUSE, 1);
  const maxima = new Float64Array(total === 0 ? 0 : replicates);
  if (simulation !== undefined && total > 0) {
    const sample = aliasSampler(scaled, total, simulation.generator);
    const simulated = new Float64Array(counts.cases.length);
    for (let replicate = 0; replicate < replicates; replicate += 1) {
      simulated.fill(0);
      for (let n = 0; n < total; n += 1) simulated[sample()]! += 1;
      maxima[replicate] = largestRatio(tour, along, simulated, total);
    }
  }
  const { p, criticalValue } = significance(maxima);
  const [mostLikely = null, ...secondary] = withoutOverlap(candidates, most).map(
    (candidate): ScanCluster => ({
      zone: [...candidate.zone].sort((a, b) => a - b),
      cases: candidate.cases,
      expected: candidate.expected,
      relativeRisk: relativeRisk(candidate.cases, candidate.expected, total),
      llr: candidate.llr,
      p: p(candidate.llr),
    }),
  );
  return { mostLikely, secondary, replicates: maxima.length, criticalValue };
}
