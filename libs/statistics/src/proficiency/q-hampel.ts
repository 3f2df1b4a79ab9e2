import { requireList } from '../arguments.ts';
import { decimalOf } from '../conformity/decimal.ts';
import { refuse } from '../conformity/refuse.ts';
import { normalQuantile } from '../distributions/continuous.ts';
import { mean, measurements, median, sorted } from './sample.ts';

const Q = 'ISO 13528:2022 C.5.2.2';
const HAMPEL = 'ISO 13528:2022 C.5.3';

/** Q/Hampel estimate in the unit of the data; `u` is 1.25 s*∕√p. */
export interface QHampelEstimate {
  readonly degenerate: boolean;
  readonly location: number;
  readonly scale: number;
  readonly u: number;
}

interface StepFunction {
  /** Distinct differences in ascending order. */
  readonly at: readonly number[];
  /** H1 just at and after each of them. */
  readonly height: readonly number[];
}

/** H1: cumulative share of between-laboratory differences, each pair of laboratories weighing the same. */
function differencesBetween(groups: readonly (readonly number[])[]): StepFunction {
  const exact = groups.map((group) => group.map(decimalOf));
  const weights = new Map<string, number>();
  for (let i = 1; i < exact.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const one = exact[i] ?? [];
      const other = exact[j] ?? [];
      const weight = 1 / (one.length * other.length);
      for (const a of one) {
        for (const b of other) {
          // Differences equal in decimal must fall on one step; binary subtraction would split them.
          const key = a.minus(b).abs().toFixed();
          weights.set(key, (weights.get(key) ?? 0) + weight);
        }
      }
    }
  }
  const pairs = (groups.length * (groups.length - 1)) / 2;
  const steps = [...weights].map(([key, weight]) => [Number(key), weight] as const).sort((a, b) => a[0] - b[0]);
  let total = 0;
  const height = steps.map(([, weight]) => {
    total += weight / pairs;
    return total;
  });
  return { at: steps.map(([difference]) => difference), height };
}

/**
 * Q method: robust reproducibility standard deviation from all between-laboratory differences.
 * `groups`: the results of each laboratory (at least 2 laboratories, at least 1 result each), one unit; 0 when the quarter of
 * smallest differences is zero. Throws `too-few-values`, `empty-list`, `not-a-number`. Source: ISO 13528:2022 C.5.2.2.
 */
export function qMethod(groups: readonly (readonly number[])[]): number {
  if (requireList(groups, 'groups', Q).length < 2) {
    refuse('too-few-values', 'groups', Q, '至少需要两个实验室。', 'At least two laboratories are needed.');
  }
  for (const group of groups) measurements(group, 1, 'groups', Q);
  const { at, height } = differencesBetween(groups);
  const h0 = at[0] === 0 ? (height[0] ?? 0) : 0;
  const target = 0.25 + 0.75 * h0;
  // G1 joins (0, 0) and the middles of the steps of H1 by straight lines.
  let fromX = 0;
  let fromG = 0;
  for (let i = 0; i < at.length; i += 1) {
    const x = at[i] ?? 0;
    const g = i === 0 && x === 0 ? 0 : 0.5 * ((height[i] ?? 0) + (i === 0 ? 0 : (height[i - 1] ?? 0)));
    if (g >= target) {
      const crossing = fromX + ((x - fromX) * (target - fromG)) / (g - fromG);
      return crossing / (Math.SQRT2 * normalQuantile(0.625 + 0.375 * h0));
    }
    fromX = x;
    fromG = g;
  }
  // The last step of H1 ends at 1 but its middle may stay below the target when few distinct differences exist.
  if (h0 >= 1) return 0;
  refuse(
    'too-few-distinct-values',
    'groups',
    Q,
    '不同的实验室间差值太少，Q 法得不出标准差。',
    'Too few distinct between-laboratory differences for the Q method.',
  );
}

function psi(q: number): number {
  const size = Math.abs(q);
  const value = size <= 1.5 ? size : size <= 3 ? 1.5 : size <= 4.5 ? 4.5 - size : 0;
  return q < 0 ? -value : value;
}

/**
 * Hampel location for a known scale, by the finite-step solution: the zero of the piecewise linear estimating function that
 * lies nearest the median; the median itself when two lie equally near. `y`: one value per laboratory; `scale` above 0.
 * Throws `too-few-values`, `not-a-number`, `degenerate-scale`. Source: ISO 13528:2022 C.5.3.3.
 */
export function hampelLocation(y: readonly number[], scale: number): number {
  const values = measurements(y, 1, 'y', HAMPEL);
  if (!(scale > 0)) {
    refuse('degenerate-scale', 'scale', HAMPEL, '标准差必须大于零。', 'The scale must be above zero.');
  }
  const nodes = sorted(values.flatMap((value) => [-4.5, -3, -1.5, 1.5, 3, 4.5].map((step) => value + step * scale)));
  const at = (x: number): number => {
    const sum = values.reduce((total, value) => total + psi((value - x) / scale), 0);
    return Math.abs(sum) < 1e-12 * values.length ? 0 : sum;
  };
  const heights = nodes.map(at);
  const middle = median(values);
  const zeros: number[] = [];
  for (let i = 0; i < nodes.length; i += 1) {
    const x = nodes[i] ?? 0;
    const height = heights[i] ?? 0;
    const inside = x > (nodes[0] ?? 0) && x < (nodes.at(-1) ?? 0);
    if (height === 0 && inside) zeros.push(x);
    const next = heights[i + 1];
    const nextX = nodes[i + 1];
    if (next !== undefined && nextX !== undefined && height * next < 0) {
      zeros.push(x + ((nextX - x) * height) / (height - next));
    }
  }
  const nearest = Math.min(...zeros.map((zero) => Math.abs(zero - middle)));
  const best = zeros.filter((zero) => Math.abs(zero - middle) <= nearest + 1e-12 * scale);
  const [low, high] = [Math.min(...best), Math.max(...best)];
  return best.length === 0 || high - low > 1e-9 * scale ? middle : low;
}

/**
 * Q method for the scale and Hampel's estimator for the location.
 * `groups`: the results of each laboratory, one unit; a plain list of numbers counts as one result per laboratory.
 * A scale of zero is reported as degenerate with the median as location. Errors as {@link qMethod}.
 * Source: ISO 13528:2022 C.5.2.2, C.5.3.3.
 */
export function qHampel(groups: readonly (readonly number[])[] | readonly number[]): QHampelEstimate {
  const lists = groups.map((group) => (typeof group === 'number' ? [group] : group));
  const scale = qMethod(lists);
  const means = lists.map(mean);
  const degenerate = scale === 0;
  return {
    degenerate,
    location: degenerate ? median(means) : hampelLocation(means, scale),
    scale,
    u: (1.25 * scale) / Math.sqrt(lists.length),
  };
}
