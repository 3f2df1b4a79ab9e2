import {
  requireFinite,
  requireList,
  requireOneOf,
  requireOpenProbability,
  requirePositive,
  requireRepresentable,
  requireWithin,
} from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';
import { normalQuantile, tQuantile } from '../distributions/continuous.ts';
import { mean, measurements, standardDeviation } from '../proficiency/sample.ts';
import { compileModel, type MeasurementModel } from './model.ts';

const CLAUSE = 'JCGM 100:2008 5';

/** Type A evaluation of repeated readings, in their unit. */
export interface TypeA {
  readonly mean: number;
  readonly s: number;
  /** Standard uncertainty of the mean, s/√n. */
  readonly u: number;
  readonly df: number;
}

/** Evaluates at least 2 independent readings. Throws `too-few-values`, `not-a-number`. Source: JCGM 100:2008 4.2. */
export function typeA(x: readonly number[]): TypeA {
  const values = measurements(x, 2, 'x', 'JCGM 100:2008 4.2');
  const s = standardDeviation(values);
  return { mean: mean(values), s, u: s / Math.sqrt(values.length), df: values.length - 1 };
}

/**
 * What is known without repeating: half-widths `a` of a distribution, the step of a display, or an expanded uncertainty with
 * its factor. All in the unit of the input, above zero.
 */
export type TypeBKnowledge =
  | { readonly kind: 'rectangular' | 'triangular' | 'arcsine'; readonly halfWidth: number }
  | { readonly kind: 'trapezoid'; readonly halfWidth: number; readonly beta: number }
  | { readonly kind: 'resolution'; readonly step: number }
  | { readonly kind: 'expanded'; readonly U: number; readonly k: number };

/** Standard uncertainty of a Type B evaluation. Throws `not-positive`, `out-of-range`. Source: JCGM 100:2008 4.3. */
export function typeB(knowledge: TypeBKnowledge): number {
  const clause = 'JCGM 100:2008 4.3';
  requireOneOf(
    knowledge.kind,
    ['rectangular', 'triangular', 'arcsine', 'trapezoid', 'resolution', 'expanded'],
    'kind',
    clause,
  );
  if (knowledge.kind === 'resolution') return requirePositive(knowledge.step, 'step', clause) / Math.sqrt(12);
  if (knowledge.kind === 'expanded') {
    return requirePositive(knowledge.U, 'U', clause) / requirePositive(knowledge.k, 'k', clause);
  }
  const a = requirePositive(knowledge.halfWidth, 'halfWidth', clause);
  if (knowledge.kind === 'rectangular') return a / Math.sqrt(3);
  if (knowledge.kind === 'triangular') return a / Math.sqrt(6);
  if (knowledge.kind === 'trapezoid') {
    const beta = requireWithin(knowledge.beta, 'beta', clause, 0, 1);
    return a * Math.sqrt((1 + beta * beta) / 6);
  }
  return a / Math.SQRT2;
}

/**
 * Coverage factor for a two-sided coverage probability `p` and `df` degrees of freedom (whole or fractional, at least 1;
 * null for infinitely many). Throws `not-strictly-between-0-and-1`, `out-of-range`. Source: JCGM 100:2008 G.3, Table G.2.
 */
export function coverageFactor(p: number, df: number | null): number {
  requireOpenProbability(p, 'p', 'JCGM 100:2008 G.3');
  if (df === null) return normalQuantile((1 + p) / 2);
  requireWithin(df, 'df', 'JCGM 100:2008 G.3', 1, Number.MAX_VALUE);
  return tQuantile((1 + p) / 2, df);
}

/** Combined and expanded uncertainty of independent components. */
export interface CombinedUncertainty {
  readonly uc: number;
  /** Effective degrees of freedom; null when every component has infinitely many. */
  readonly dfEff: number | null;
  readonly k: number;
  readonly U: number;
}

/**
 * Welch–Satterthwaite: `u` are the contributions |c|u(x) in the unit of the result, `df` their degrees of freedom (null =
 * infinite); ν_eff is truncated to a whole number before the t quantile for probability `p`.
 * Throws `length-mismatch`, `out-of-range`, `all-zero`, `too-few-degrees-of-freedom` below 1. Source: JCGM 100:2008 G.4.
 */
export function welchSatterthwaite(
  u: readonly number[],
  df: readonly (number | null)[],
  p = 0.95,
): CombinedUncertainty {
  const clause = 'JCGM 100:2008 G.4';
  requireList(u, 'u', clause);
  requireList(df, 'df', clause, u.length);
  for (const one of u) requireWithin(one, 'u', clause, 0, Number.MAX_VALUE);
  for (const one of df) if (one !== null) requirePositive(one, 'df', clause);
  const uc = Math.hypot(...u);
  if (uc === 0) refuse('all-zero', 'u', clause, '所有分量都为零。', 'Every component is zero.');
  const quarter = u.reduce((sum, one, i) => {
    const freedom = df[i];
    return freedom == null ? sum : sum + (one / uc) ** 4 / freedom;
  }, 0);
  const dfEff = quarter === 0 ? null : 1 / quarter;
  if (dfEff !== null && truncated(dfEff) < 1) {
    refuse(
      'too-few-degrees-of-freedom',
      'df',
      clause,
      '有效自由度小于 1，得不出包含因子。',
      'The effective degrees of freedom are below 1; there is no coverage factor.',
    );
  }
  const k = coverageFactor(p, dfEff === null ? null : truncated(dfEff));
  return { uc, dfEff, k, U: k * uc };
}

/** ν_eff as a whole number, not one less because of the last digits of the division: 2.9999999999999996 is 3. */
function truncated(degreesOfFreedom: number): number {
  return Math.floor(degreesOfFreedom * (1 + 1e-12));
}

/** One input quantity with its estimate and standard uncertainty (0 or more) in its own unit. */
export interface InputQuantity {
  readonly name: string;
  readonly value: number;
  readonly u: number;
  /** Degrees of freedom; null or absent means infinitely many. */
  readonly df?: number | null;
}

/** Correlation coefficient between two inputs, -1 to 1. */
export interface Correlation {
  readonly between: readonly [string, string];
  readonly r: number;
}

/** Result of propagating uncertainty, in the unit of the model's value. */
export interface Propagation {
  readonly y: number;
  readonly u: number;
  /** ∂f/∂x by input (for Kragten the difference quotient). */
  readonly sensitivities: Readonly<Record<string, number>>;
  /** |c|·u(x) by input. */
  readonly contributions: Readonly<Record<string, number>>;
  /** Welch–Satterthwaite degrees of freedom; null when infinite or when inputs are correlated. */
  readonly dfEff: number | null;
  /** True when an uncertain input has no first-order effect here, so that a Monte Carlo run should confirm the result. */
  readonly monteCarloAdvised: boolean;
}

interface Prepared {
  readonly model: MeasurementModel;
  readonly x: readonly number[];
  readonly u: readonly number[];
  readonly df: readonly (number | null)[];
}

function prepare(formula: string, inputs: readonly InputQuantity[]): Prepared {
  const model = compileModel(formula);
  const byName = new Map(inputs.map((input) => [input.name, input]));
  const ordered = model.names.map((name): InputQuantity => {
    return (
      byName.get(name) ??
      refuse('input-missing', 'inputs', CLAUSE, `缺少输入量“${name}”。`, `The input "${name}" is missing.`)
    );
  });
  const unused = inputs.find((input) => !model.names.includes(input.name));
  if (unused !== undefined || byName.size !== inputs.length) {
    const name = unused?.name ?? 'inputs';
    refuse(
      'input-not-in-model',
      'inputs',
      CLAUSE,
      `输入量“${name}”不在模型中或重复给出。`,
      `The input "${name}" does not occur in the model or is given twice.`,
    );
  }
  return {
    model,
    x: ordered.map((input) => requireFinite(input.value, input.name, CLAUSE)),
    u: ordered.map((input) => requireWithin(input.u, input.name, CLAUSE, 0, Number.MAX_VALUE)),
    df: ordered.map(({ name, df = null }) => (df === null ? null : requirePositive(df, `${name}.df`, CLAUSE))),
  };
}

function correlationOf(prepared: Prepared, correlations: readonly Correlation[]): (i: number, j: number) => number {
  const { names } = prepared.model;
  const table = new Map<string, number>();
  for (const { between, r } of correlations) {
    requireWithin(r, 'r', 'JCGM 100:2008 5.2.2', -1, 1);
    const [i, j] = between.map((name) => names.indexOf(name));
    if (i === undefined || j === undefined || i < 0 || j < 0 || i === j) {
      refuse(
        'input-not-in-model',
        'correlations',
        'JCGM 100:2008 5.2.2',
        '相关系数必须对应模型中的两个不同输入量。',
        'A correlation must name two different inputs of the model.',
      );
    }
    table.set(`${Math.min(i, j)},${Math.max(i, j)}`, r);
  }
  return (i, j) => (i === j ? 1 : (table.get(`${Math.min(i, j)},${Math.max(i, j)}`) ?? 0));
}

function combine(prepared: Prepared, effects: readonly number[], correlations: readonly Correlation[]): Propagation {
  const { model, x, u, df } = prepared;
  const r = correlationOf(prepared, correlations);
  let variance = 0;
  effects.forEach((a, i) => {
    effects.forEach((b, j) => {
      variance += a * b * r(i, j);
    });
  });
  const size = effects.reduce((sum, effect) => sum + effect * effect, 0);
  if (variance < -1e-12 * size) {
    refuse(
      'correlations-impossible',
      'correlations',
      'JCGM 100:2008 5.2',
      '给定的相关系数互相矛盾，方差为负。',
      'The correlations contradict each other: the variance is negative.',
    );
  }
  const some = u.some((one) => one > 0);
  if (some && size === 0) {
    refuse(
      'first-order-vanishes',
      'model',
      'JCGM 100:2008 5.1.2 note; JCGM 101:2008 5.8',
      '各灵敏系数均为零，一阶传播会得出零不确定度，请改用蒙特卡洛法。',
      'Every sensitivity is zero, so first-order propagation would give no uncertainty; use the Monte Carlo method.',
    );
  }
  const combined = requireRepresentable(Math.sqrt(Math.max(0, variance)), 'inputs', CLAUSE);
  const named = (values: readonly number[]): Record<string, number> =>
    Object.fromEntries(model.names.map((name, i) => [name, values[i] ?? 0]));
  const sizes = effects.map(Math.abs);
  return {
    y: model.value(x),
    u: combined,
    sensitivities: named(effects.map((effect, i) => ((u[i] ?? 0) > 0 ? effect / (u[i] ?? 1) : 0))),
    contributions: named(sizes),
    dfEff: correlations.length > 0 || combined === 0 ? null : effective(sizes, df),
    monteCarloAdvised: effects.some((effect, i) => effect === 0 && (u[i] ?? 0) > 0),
  };
}

function effective(sizes: readonly number[], df: readonly (number | null)[]): number | null {
  const uc = Math.hypot(...sizes);
  const quarter = sizes.reduce((sum, size, i) => (df[i] == null ? sum : sum + (size / uc) ** 4 / (df[i] ?? 1)), 0);
  return quarter === 0 ? null : 1 / quarter;
}

/**
 * First-order propagation with exact partial derivatives and optional correlations.
 * `formula` as for {@link compileModel}; one input for each of its names. A result whose sensitivities all vanish is refused
 * (`first-order-vanishes`): it would claim no uncertainty. Throws also `input-missing`, `input-not-in-model`, `out-of-range`,
 * `correlations-impossible`, and the errors of the model. Source: JCGM 100:2008 5.1, 5.2.
 */
export function propagate(
  formula: string,
  inputs: readonly InputQuantity[],
  correlations: readonly Correlation[] = [],
): Propagation {
  const prepared = prepare(formula, inputs);
  const slopes = prepared.model.gradient(prepared.x);
  const effects = slopes.map((slope, i) => slope * (prepared.u[i] ?? 0));
  const result = combine(prepared, effects, correlations);
  return {
    ...result,
    sensitivities: Object.fromEntries(prepared.model.names.map((name, i) => [name, slopes[i] ?? 0])),
  };
}

/**
 * Kragten's spreadsheet method: each input is raised by its standard uncertainty and the change of the result counted. Equals
 * {@link propagate} only for nearly linear models. Errors as there. Source: Eurachem/CITAC QUAM:2012 8.2, E.2.
 */
export function kragten(
  formula: string,
  inputs: readonly InputQuantity[],
  correlations: readonly Correlation[] = [],
): Propagation {
  const prepared = prepare(formula, inputs);
  const { model, x, u } = prepared;
  const y = model.value(x);
  const effects = x.map((value, i) => {
    const raised = [...x];
    raised[i] = value + (u[i] ?? 0);
    return model.value(raised) - y;
  });
  return combine(prepared, effects, correlations);
}

/**
 * Propagation from simultaneous readings: every input has the same number n ≥ 2 of readings taken together, and the
 * correlation of their means is taken from the data. Throws `length-mismatch`, `too-few-values` and the errors of
 * {@link propagate}. Source: JCGM 100:2008 5.2.3, H.2.
 */
export function propagateReadings(
  formula: string,
  readings: Readonly<Record<string, readonly number[]>>,
): Propagation & { readonly correlations: readonly Correlation[] } {
  const clause = 'JCGM 100:2008 H.2';
  const columns = Object.entries(readings).map(([name, values]) => ({
    name,
    values: measurements(values, 2, name, clause),
  }));
  const n = columns[0]?.values.length ?? 0;
  for (const { name, values } of columns) requireList(values, name, clause, n);
  const inputs = columns.map(({ name, values }) => ({ name, value: mean(values), u: typeA(values).u }));
  const correlations: Correlation[] = [];
  columns.forEach((a, i) => {
    for (const b of columns.slice(i + 1)) {
      const [ma, mb] = [mean(a.values), mean(b.values)];
      const shared = a.values.reduce((sum, value, k) => sum + (value - ma) * ((b.values[k] ?? mb) - mb), 0) / (n - 1);
      const spread = standardDeviation(a.values) * standardDeviation(b.values);
      const r = spread === 0 ? 0 : Math.max(-1, Math.min(1, shared / spread));
      correlations.push({ between: [a.name, b.name], r });
    }
  });
  return { ...propagate(formula, inputs, correlations), correlations };
}
