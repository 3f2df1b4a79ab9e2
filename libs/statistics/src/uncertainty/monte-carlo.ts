import {
  requireFinite,
  requireOneOf,
  requireOpenProbability,
  requirePositive,
  requireRepresentable,
  requireWhole,
} from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';
import { createGenerator, type Generator } from './generator.ts';
import { compileModel, defined, ROWS_AT_ONCE } from './model.ts';

const CLAUSE = 'JCGM 101:2008 6, 7';

/** Distribution of an input quantity, in its unit. `t` is scaled and shifted; `df` may be fractional. */
export type InputDistribution =
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'rectangular' | 'triangular' | 'arcsine'; readonly lower: number; readonly upper: number }
  | { readonly kind: 't'; readonly mean: number; readonly scale: number; readonly df: number };

/** How a Monte Carlo run is made, and made again. */
export interface MonteCarloOptions {
  /** Number of trials; the guide's usual choice is 1 000 000, and fewer than 10 000 are refused. */
  readonly trials: number;
  /** Seed of the generator; stored with the result, it repeats it. */
  readonly seed: number;
  /** Coverage probability of the interval, default 0.95. */
  readonly probability?: number;
  /** `symmetric` leaves equal tails; `shortest` is shorter for skew distributions. Default symmetric. */
  readonly interval?: 'symmetric' | 'shortest';
}

/** Result of a Monte Carlo propagation, in the unit of the model's value. */
export interface MonteCarloResult {
  readonly y: number;
  readonly u: number;
  readonly lower: number;
  readonly upper: number;
  readonly probability: number;
  readonly interval: 'symmetric' | 'shortest';
  readonly trials: number;
  readonly seed: number;
}

function ends(lower: number, upper: number): readonly [middle: number, half: number] {
  requireFinite(lower, 'lower', CLAUSE);
  requireFinite(upper, 'upper', CLAUSE);
  if (lower >= upper) {
    refuse('range-reversed', 'lower', CLAUSE, '下限必须小于上限。', 'The lower end must lie below the upper end.');
  }
  return [(lower + upper) / 2, (upper - lower) / 2];
}

/** Bailey's polar method for Student's t, which also serves fractional degrees of freedom. */
function student(generator: Generator, df: number): number {
  for (;;) {
    const u = 2 * generator.uniform() - 1;
    const v = 2 * generator.uniform() - 1;
    const w = u * u + v * v;
    if (w <= 1 && w > 0) return u * Math.sqrt((df * (w ** (-2 / df) - 1)) / w);
  }
}

function sampler(distribution: InputDistribution, generator: Generator): () => number {
  if (distribution.kind === 'normal') {
    const mean = requireFinite(distribution.mean, 'mean', CLAUSE);
    const sd = requirePositive(distribution.sd, 'sd', CLAUSE);
    return () => mean + sd * generator.normal();
  }
  if (distribution.kind === 't') {
    const mean = requireFinite(distribution.mean, 'mean', CLAUSE);
    const scale = requirePositive(distribution.scale, 'scale', CLAUSE);
    const df = requirePositive(distribution.df, 'df', CLAUSE);
    return () => mean + scale * student(generator, df);
  }
  requireOneOf(distribution.kind, ['rectangular', 'triangular', 'arcsine'], 'kind', CLAUSE);
  const [middle, half] = ends(distribution.lower, distribution.upper);
  if (distribution.kind === 'rectangular') return () => middle + half * (2 * generator.uniform() - 1);
  if (distribution.kind === 'triangular') return () => middle + half * (generator.uniform() + generator.uniform() - 1);
  return () => middle + half * Math.cos(Math.PI * generator.uniform());
}

/**
 * The k-th smallest of the values from `from` on, counted in the whole array; puts smaller ones before it and larger after.
 * Source: Hoare 1961.
 */
function select(values: Float64Array, k: number, from: number): number {
  let left = from;
  let right = values.length - 1;
  while (left < right) {
    const one = values[left]!;
    const middle = values[(left + right) >> 1]!;
    const other = values[right]!;
    const pivot = Math.max(Math.min(one, middle), Math.min(Math.max(one, middle), other));
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i += 1;
      while (values[j]! > pivot) j -= 1;
      if (i <= j) {
        const held = values[i]!;
        values[i] = values[j]!;
        values[j] = held;
        i += 1;
        j -= 1;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return values[k]!;
}

/** Ends of the coverage interval; `values` are reordered. */
function coverage(values: Float64Array, p: number, kind: 'symmetric' | 'shortest'): readonly [number, number] {
  const M = values.length;
  const q = Math.min(M - 1, Math.floor(p * M + 0.5));
  if (kind === 'symmetric') {
    const r = Math.min(Math.floor((M - q) / 2), M - 1 - q);
    const lower = select(values, r, 0);
    return [lower, select(values, r + q, r)];
  }
  values.sort();
  let best = Number.POSITIVE_INFINITY;
  let first = 0;
  for (let start = 0; start + q < M; start += 1) {
    const width = values[start + q]! - values[start]!;
    if (width < best) {
      best = width;
      first = start;
    }
  }
  return [values[first]!, values[first + q]!];
}

/**
 * Propagates distributions by Monte Carlo. `formula` as for `compileModel`; `inputs` gives the distribution of each of its
 * names, taken as independent. The same seed gives the same result wherever the model uses only + − * / and `sqrt` of normal,
 * rectangular and triangular inputs; other functions may differ in the last bits between engines.
 * Throws `input-missing`, `input-not-in-model`, `out-of-range` (trials below 10 000), `range-reversed`, `not-positive`,
 * `model-undefined` when a trial has no value. Source: JCGM 101:2008 6.4, 7.2–7.7.
 */
export function monteCarlo(
  formula: string,
  inputs: Readonly<Record<string, InputDistribution>>,
  options: MonteCarloOptions,
): MonteCarloResult {
  const model = compileModel(formula);
  const trials = requireWhole(options.trials, 'trials', 'JCGM 101:2008 7.2', 10_000, 20_000_000);
  const probability = requireOpenProbability(options.probability ?? 0.95, 'probability', CLAUSE);
  const interval = requireOneOf(options.interval ?? 'symmetric', ['symmetric', 'shortest'], 'interval', CLAUSE);
  const stranger = Object.keys(inputs).find((name) => !model.names.includes(name));
  if (stranger !== undefined) {
    refuse(
      'input-not-in-model',
      'inputs',
      CLAUSE,
      `输入量“${stranger}”不在模型中。`,
      `The input "${stranger}" does not occur in the model.`,
    );
  }
  const generator = createGenerator(options.seed);
  const samplers = model.names.map((name) =>
    sampler(
      Object.hasOwn(inputs, name)
        ? inputs[name]!
        : refuse('input-missing', 'inputs', CLAUSE, `缺少输入量“${name}”。`, `The input "${name}" is missing.`),
      generator,
    ),
  );
  const columns = samplers.map(() => new Float64Array(ROWS_AT_ONCE));
  const valuesOf = model.rows();
  const block = new Float64Array(ROWS_AT_ONCE);
  const values = new Float64Array(trials);
  let mean = 0;
  let squares = 0;
  for (let start = 0; start < trials; start += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, trials - start);
    // Trial by trial, which is the order of the stream that a published seed stands for.
    for (let row = 0; row < count; row += 1) {
      for (let i = 0; i < samplers.length; i += 1) columns[i]![row] = samplers[i]!();
    }
    valuesOf(columns, count, block);
    for (let row = 0; row < count; row += 1) {
      const value = defined(block[row]!, model.text);
      values[start + row] = value;
      const delta = value - mean;
      mean += delta / (start + row + 1);
      squares += delta * (value - mean);
    }
  }
  const [lower, upper] = coverage(values, probability, interval);
  const u = requireRepresentable(Math.sqrt(squares / (trials - 1)), 'inputs', CLAUSE);
  return { y: mean, u, lower, upper, probability, interval, trials, seed: options.seed };
}
