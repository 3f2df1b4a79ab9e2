import { requireFinite, requireList, requirePositive, requireWhole } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';
import { normalCdf } from '../distributions/index.ts';
import { gaussLegendre, logGamma } from '../distributions/special.ts';

const CLAUSE = 'ISO 7870-2:2013 (GB/T 17989.2) attribute control charts';
const LANEY_CLAUSE = "Laney 2002, p' chart";

/** The printed d2 of two points, which the p' chart is defined with. */
const LANEY_D2 = 1.128;

/** Limits of a chart, one per point, and the points outside them. Positions count from 1, as periods are counted. */
export interface ControlChart {
  readonly center: number;
  readonly lcl: readonly number[];
  readonly ucl: readonly number[];
  readonly above: readonly number[];
  readonly below: readonly number[];
}

function chart(
  values: readonly number[],
  center: number,
  sigmas: readonly number[],
  width: number,
  most: number,
): ControlChart {
  const lcl = sigmas.map((sigma) => Math.max(0, center - width * sigma));
  const ucl = sigmas.map((sigma) => Math.min(most, center + width * sigma));
  const positions = values.map((_, i) => i + 1);
  return {
    center,
    lcl,
    ucl,
    above: positions.filter((at) => values[at - 1]! > ucl[at - 1]!),
    below: positions.filter((at) => values[at - 1]! < lcl[at - 1]!),
  };
}

function requireCounts(counts: readonly number[], argument: string): void {
  requireList(counts, argument, CLAUSE);
  counts.forEach((count, i) => {
    requireWhole(count, `${argument}[${i}]`, CLAUSE);
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function fractions(nonconforming: readonly number[], sizes: readonly number[]): readonly number[] {
  requireCounts(nonconforming, 'nonconforming');
  requireList(sizes, 'sizes', CLAUSE, nonconforming.length);
  return nonconforming.map((count, i) => {
    const size = requireWhole(sizes[i]!, `sizes[${i}]`, CLAUSE, 1);
    requireWhole(count, `nonconforming[${i}]`, CLAUSE, 0, size);
    return count / size;
  });
}

/**
 * p chart: fraction nonconforming in samples of possibly different size, limits p̄ ± width·√(p̄(1−p̄)/n) clipped to
 * [0, 1]. Whole counts 0 ≤ x ≤ n, n ≥ 1; width > 0 (3 by default). Throws `StatisticsError` on other input.
 */
export function pChart(nonconforming: readonly number[], sizes: readonly number[], width = 3): ControlChart {
  const p = fractions(nonconforming, sizes);
  requirePositive(width, 'width', CLAUSE);
  const center = sum(nonconforming) / sum(sizes);
  return chart(
    p,
    center,
    sizes.map((n) => Math.sqrt((center * (1 - center)) / n)),
    width,
    1,
  );
}

/**
 * u chart: nonconformities per unit over possibly fractional areas of opportunity. Whole counts ≥ 0, sizes > 0.
 * Throws `StatisticsError` on other input.
 */
export function uChart(counts: readonly number[], sizes: readonly number[], width = 3): ControlChart {
  requireCounts(counts, 'counts');
  requireList(sizes, 'sizes', CLAUSE, counts.length);
  sizes.forEach((size, i) => {
    requirePositive(size, `sizes[${i}]`, CLAUSE);
  });
  requirePositive(width, 'width', CLAUSE);
  const center = sum(counts) / sum(sizes);
  return chart(
    counts.map((count, i) => count / sizes[i]!),
    center,
    sizes.map((size) => Math.sqrt(center / size)),
    width,
    Number.POSITIVE_INFINITY,
  );
}

/** c chart: nonconformities in equal areas of opportunity. Whole counts ≥ 0. Throws `StatisticsError` on other input. */
export function cChart(counts: readonly number[], width = 3): ControlChart {
  return uChart(
    counts,
    counts.map(() => 1),
    width,
  );
}

/** A p' chart; `sigmaZ` > 1 is spread between samples beyond the binomial. */
export interface LaneyChart extends ControlChart {
  readonly sigmaZ: number;
}

/**
 * p' chart for samples of thousands, where the p chart signals nearly always: limits widened by σ_z, the mean moving
 * range of the standardised fractions divided by 1.128. Needs two points or more; input as {@link pChart}.
 * Throws `chart-degenerate` when every sample is free of, or full of, nonconforming units. Source: Laney 2002.
 */
export function laneyChart(nonconforming: readonly number[], sizes: readonly number[], width = 3): LaneyChart {
  const p = fractions(nonconforming, sizes);
  requireWhole(p.length, 'points', LANEY_CLAUSE, 2);
  const center = sum(nonconforming) / sum(sizes);
  const sigmas = sizes.map((n) => Math.sqrt((center * (1 - center)) / n));
  if (center === 0 || center === 1) {
    refuse(
      'chart-degenerate',
      'nonconforming',
      LANEY_CLAUSE,
      '各期全部合格或全部不合格，无法估计期间变异。',
      'All samples are free of, or full of, nonconforming units: there is no variation to estimate.',
    );
  }
  const z = p.map((value, i) => (value - center) / sigmas[i]!);
  const ranges = z.slice(1).map((value, i) => Math.abs(value - z[i]!));
  const sigmaZ = sum(ranges) / ranges.length / LANEY_D2;
  return {
    ...chart(
      p,
      center,
      sigmas.map((sigma) => sigma * sigmaZ),
      requirePositive(width, 'width', LANEY_CLAUSE),
      1,
    ),
    sigmaZ,
  };
}

/**
 * Constants of variables charts for subgroups of n (2 to 200): d2, the mean range in standard deviations, integrated
 * numerically (error below 1e-10), and c4, the bias of the sample standard deviation.
 * Throws range errors. Source: Tippett 1925; ISO 7870-2 Table 2.
 */
export function chartConstants(n: number): { readonly d2: number; readonly c4: number } {
  requireWhole(n, 'n', 'ISO 7870-2:2013 Table 2', 2, 200);
  const { nodes, weights } = gaussLegendre(24);
  let d2 = 0;
  for (let panel = -9; panel < 9; panel += 1) {
    nodes.forEach((node, i) => {
      const below = normalCdf(panel + 0.5 + node / 2);
      d2 += (weights[i]! / 2) * (1 - below ** n - (1 - below) ** n);
    });
  }
  return { d2, c4: Math.sqrt(2 / (n - 1)) * Math.exp(logGamma(n / 2) - logGamma((n - 1) / 2)) };
}

/** Positions (from 1) of the points that complete each pattern. */
export interface RunRules {
  /** One point beyond 3σ. */
  readonly rule1: readonly number[];
  /** Nine in a row on one side of the centre. */
  readonly rule2: readonly number[];
  /** Six in a row steadily rising or falling. */
  readonly rule3: readonly number[];
  /** Fourteen in a row alternating up and down. */
  readonly rule4: readonly number[];
  /** Two of three beyond 2σ on one side. */
  readonly rule5: readonly number[];
  /** Four of five beyond 1σ on one side. */
  readonly rule6: readonly number[];
  /** Fifteen in a row within 1σ. */
  readonly rule7: readonly number[];
  /** Eight in a row beyond 1σ on either side. */
  readonly rule8: readonly number[];
}

/**
 * Nelson's eight tests for special causes on standardised points (distance from the centre in σ). A point exactly on the
 * centre belongs to neither side, a repeated value neither rises nor falls. Throws `not-a-number`, `empty-list`.
 * Source: Nelson 1984; ISO 7870-2:2013 annex B.
 */
export function nelsonRules(z: readonly number[]): RunRules {
  requireList(z, 'z', 'Nelson 1984');
  z.forEach((value, i) => {
    requireFinite(value, `z[${i}]`, 'Nelson 1984');
  });
  const ending = (length: number, holds: (run: readonly number[]) => boolean): number[] =>
    z.map((_, i) => i + 1).filter((end) => end >= length && holds(z.slice(end - length, end)));
  const steps = (run: readonly number[]): number[] => run.slice(1).map((value, i) => Math.sign(value - run[i]!));
  const oneSided = (length: number, needed: number, limit: number): number[] =>
    ending(length, (run) =>
      [1, -1].some((side) => {
        const beyond = run.map((value) => side * value > limit);
        return beyond.at(-1) === true && beyond.filter(Boolean).length >= needed;
      }),
    );
  return {
    rule1: ending(1, ([value]) => Math.abs(value!) > 3),
    rule2: ending(9, (run) => run.every((value) => value > 0) || run.every((value) => value < 0)),
    rule3: ending(6, (run) => steps(run).every((step) => step > 0) || steps(run).every((step) => step < 0)),
    rule4: ending(14, (run) => {
      const directions = steps(run);
      return directions.every((step, i) => step !== 0 && (i === 0 || step === -directions[i - 1]!));
    }),
    rule5: oneSided(3, 2, 2),
    rule6: oneSided(5, 4, 1),
    rule7: ending(15, (run) => run.every((value) => Math.abs(value) < 1)),
    rule8: ending(8, (run) => run.every((value) => Math.abs(value) > 1)),
  };
}
