import { requireOpenProbability, requireWhole } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';
import { fQuantile, tQuantile } from '../distributions/continuous.ts';
import { mean, measurements, standardDeviation } from './sample.ts';

const CLAUSE = 'ISO 5725-2:2019 8';

/** Precision of a method at one level, in the unit of the results. */
export interface Precision {
  readonly mean: number;
  readonly sr: number;
  /** Between-laboratory standard deviation; 0 when its estimate is negative. */
  readonly sL: number;
  readonly sR: number;
  /** Repeatability limit 2.8 sr. */
  readonly r: number;
  /** Reproducibility limit 2.8 sR. */
  readonly R: number;
  /** Mandel's between-laboratory statistic by laboratory. */
  readonly h: Readonly<Record<string, number>>;
  /** Mandel's within-laboratory statistic by laboratory. */
  readonly k: Readonly<Record<string, number>>;
}

/**
 * Repeatability and reproducibility of one level. `results`: laboratory → at least 2 results; at least 2 laboratories. The
 * numbers of results may differ. Throws `too-few-values`, `not-a-number`, `no-spread` when h or k would be 0/0.
 * Source: ISO 5725-2:2019 7.4, 8.3 (h, k).
 */
export function precision(results: Readonly<Record<string, readonly number[]>>): Precision {
  const laboratories = Object.keys(results);
  const p = laboratories.length;
  if (p < 2) {
    refuse('too-few-values', 'results', CLAUSE, '至少需要两个实验室。', 'At least two laboratories are needed.');
  }
  const rows = laboratories.map((name) => measurements(results[name] ?? [], 2, 'results', CLAUSE));
  const means = rows.map(mean);
  const deviations = rows.map(standardDeviation);
  const counts = rows.map((row) => row.length);
  const total = counts.reduce((sum, n) => sum + n, 0);
  const weighted = (values: readonly number[], weights: readonly number[]): number =>
    values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
  const grand = weighted(means, counts) / total;
  const sr2 =
    weighted(
      deviations.map((s) => s * s),
      counts.map((n) => n - 1),
    ) /
    (total - p);
  const between =
    weighted(
      means.map((value) => (value - grand) ** 2),
      counts,
    ) /
    (p - 1);
  const typical = (total - weighted(counts, counts) / total) / (p - 1);
  const sL2 = Math.max(0, (between - sr2) / typical);
  const spread = Math.sqrt(means.reduce((sum, value) => sum + (value - grand) ** 2, 0) / (p - 1));
  if (spread === 0 || sr2 === 0) {
    refuse(
      'no-spread',
      'results',
      CLAUSE,
      '实验室间或实验室内没有离散，h 或 k 无法计算。',
      'There is no spread between or within the laboratories, so h or k does not exist.',
    );
  }
  const pooled = Math.sqrt(mean(deviations.map((s) => s * s)));
  const named = (values: readonly number[]): Record<string, number> =>
    Object.fromEntries(laboratories.map((name, i) => [name, values[i] ?? 0]));
  const sR = Math.sqrt(sr2 + sL2);
  return {
    mean: grand,
    sr: Math.sqrt(sr2),
    sL: Math.sqrt(sL2),
    sR,
    r: 2.8 * Math.sqrt(sr2),
    R: 2.8 * sR,
    h: named(means.map((value) => (value - grand) / spread)),
    k: named(deviations.map((s) => s / pooled)),
  };
}

/**
 * Critical value of Grubbs' test for one outlying value among `p` ≥ 3, two-sided `alpha`.
 * Throws `out-of-range`, `not-strictly-between-0-and-1`. Source: ISO 5725-2:2019 Table 5 (reproduced by t(1-α/2p; p-2)).
 */
export function grubbsCritical(p: number, alpha: number): number {
  requireWhole(p, 'p', CLAUSE, 3);
  requireOpenProbability(alpha, 'alpha', CLAUSE);
  const t = tQuantile(1 - alpha / (2 * p), p - 2);
  return ((p - 1) / Math.sqrt(p)) * Math.sqrt((t * t) / (p - 2 + t * t));
}

/**
 * Critical value of Cochran's test for `p` ≥ 2 laboratories with `n` ≥ 2 results each, one-sided `alpha`.
 * Throws `out-of-range`, `not-strictly-between-0-and-1`. Source: ISO 5725-2:2019 Table 4 (reproduced by F(1-α/p)).
 */
export function cochranCritical(p: number, n: number, alpha: number): number {
  requireWhole(p, 'p', CLAUSE, 2);
  requireWhole(n, 'n', CLAUSE, 2);
  requireOpenProbability(alpha, 'alpha', CLAUSE);
  return 1 / (1 + (p - 1) / fQuantile(1 - alpha / p, n - 1, (p - 1) * (n - 1)));
}

/**
 * Indicators of Mandel's h and k for `p` ≥ 3 laboratories with `n` ≥ 2 results each at level `alpha` (5 % warns, 1 % acts).
 * Throws `out-of-range`, `not-strictly-between-0-and-1`. Source: ISO 5725-2:2019 8.3.1.
 */
export function mandelCritical(p: number, n: number, alpha: number): { readonly h: number; readonly k: number } {
  requireWhole(p, 'p', CLAUSE, 3);
  requireWhole(n, 'n', CLAUSE, 2);
  requireOpenProbability(alpha, 'alpha', CLAUSE);
  const t = tQuantile(1 - alpha / 2, p - 2);
  // F is inverted so that the laboratory's own n-1 degrees of freedom stand in the numerator.
  const F = fQuantile(1 - alpha, n - 1, (p - 1) * (n - 1));
  return { h: ((p - 1) * t) / Math.sqrt(p * (t * t + p - 2)), k: Math.sqrt(p / (1 + (p - 1) / F)) };
}

/** How an outlier test is read. */
export type OutlierClass = 'unremarkable' | 'straggler' | 'outlier';

/** The suspected laboratory, its statistic and the 5 % and 1 % critical values. */
export interface OutlierTest {
  readonly laboratory: string;
  readonly statistic: number;
  readonly critical5: number;
  readonly critical1: number;
  readonly result: OutlierClass;
}

function classify(statistic: number, critical5: number, critical1: number): OutlierClass {
  return statistic <= critical5 ? 'unremarkable' : statistic <= critical1 ? 'straggler' : 'outlier';
}

/**
 * Cochran's test: is the largest within-laboratory variance too large? `results`: laboratory → results, all laboratories with
 * the same number n ≥ 2, at least 2 laboratories. Throws `too-few-values`, `replicates-differ`, `no-spread`.
 * Source: ISO 5725-2:2019 8.3.4.
 */
export function cochranTest(results: Readonly<Record<string, readonly number[]>>): OutlierTest {
  const entries = Object.entries(results).map(
    ([name, row]) => [name, standardDeviation(measurements(row, 2, 'results', CLAUSE)) ** 2] as const,
  );
  const sizes = new Set(Object.values(results).map((row) => row.length));
  const [n] = sizes;
  if (entries.length < 2 || n === undefined) {
    refuse('too-few-values', 'results', CLAUSE, '至少需要两个实验室。', 'At least two laboratories are needed.');
  }
  if (sizes.size !== 1) {
    refuse(
      'replicates-differ',
      'results',
      CLAUSE,
      '各实验室重复次数应相同。',
      'All laboratories need the same replicates.',
    );
  }
  const total = entries.reduce((sum, [, variance]) => sum + variance, 0);
  if (total === 0) {
    refuse('no-spread', 'results', CLAUSE, '实验室内没有离散。', 'There is no spread within the laboratories.');
  }
  const [laboratory, largest] = entries.reduce((a, b) => (b[1] > a[1] ? b : a));
  const critical5 = cochranCritical(entries.length, n, 0.05);
  const critical1 = cochranCritical(entries.length, n, 0.01);
  const statistic = largest / total;
  return { laboratory, statistic, critical5, critical1, result: classify(statistic, critical5, critical1) };
}

/**
 * Grubbs' test for the single value farthest from the mean. `means`: laboratory → mean, at least 3.
 * Throws `too-few-values`, `not-a-number`, `no-spread`. Source: ISO 5725-2:2019 8.3.5.
 */
export function grubbsTest(means: Readonly<Record<string, number>>): OutlierTest {
  const names = Object.keys(means);
  const values = measurements(Object.values(means), 3, 'means', CLAUSE);
  const centre = mean(values);
  const s = standardDeviation(values);
  if (s === 0) {
    refuse('no-spread', 'means', CLAUSE, '各实验室均值相同。', 'All laboratory means are equal.');
  }
  const distances = values.map((value) => Math.abs(value - centre) / s);
  const statistic = Math.max(...distances);
  const critical5 = grubbsCritical(names.length, 0.05);
  const critical1 = grubbsCritical(names.length, 0.01);
  const laboratory = names[distances.indexOf(statistic)] ?? '';
  return { laboratory, statistic, critical5, critical1, result: classify(statistic, critical5, critical1) };
}
