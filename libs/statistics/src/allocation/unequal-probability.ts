import { requireFinite, requireList, requireRepresentable, requireWhole, requireWithin } from '../arguments.ts';
import { StatisticsError } from '../errors.ts';

const CLAUSE = 'sampling with probability proportional to size (Madow 1949; Särndal et al. 1992 3.6)';
/** Distances to a selection point below this are rounding of the sum, so that ten times 0.1 makes exactly 1. */
const ROUNDING = 1e-10;

/**
 * Inclusion probabilities π_i = n x_i/Σx; units that would reach 1 are taken with certainty and the rest is re-scaled
 * until none exceeds 1. n whole ≥ 1, sizes ≥ 0. Throws `not-enough-units` when fewer than n sizes are positive.
 */
export function inclusionProbabilities(sizes: readonly number[], n: number): number[] {
  requireWhole(n, 'n', CLAUSE, 1);
  requireList(sizes, 'sizes', CLAUSE);
  sizes.forEach((size, i) => {
    requireWithin(size, `sizes[${i}]`, CLAUSE, 0, Number.MAX_VALUE);
  });
  const positive = sizes.filter((size) => size > 0).length;
  if (n > positive) {
    throw new StatisticsError({
      code: 'not-enough-units',
      argument: 'n',
      clause: CLAUSE,
      zh: `规模大于零的单元只有 ${positive} 个，少于样本量 ${n}`,
      en: `only ${positive} units have a size above zero, fewer than the sample size ${n}`,
    });
  }
  const certain = sizes.map(() => false);
  for (;;) {
    const left = n - certain.filter(Boolean).length;
    const total = sizes.reduce((sum, size, i) => (certain[i] ? sum : sum + size), 0);
    let changed = false;
    const pi = sizes.map((size, i) => (certain[i] ? 1 : total > 0 ? (left * size) / total : 0));
    pi.forEach((value, i) => {
      if (!certain[i] && value >= 1) {
        certain[i] = true;
        changed = true;
      }
    });
    if (!changed) {
      return pi;
    }
  }
}

/**
 * Systematic selection with inclusion probabilities π and one start u in [0, 1): unit i is selected when
 * C_{i−1} ≤ u + k < C_i for some whole k ≥ 0. Returns indices from 0, in frame order.
 * Throws range errors for π outside [0, 1] or u outside [0, 1).
 */
export function systematicSelection(pi: readonly number[], u: number): number[] {
  requireList(pi, 'pi', CLAUSE);
  requireWithin(u, 'u', CLAUSE, 0, 1 - Number.EPSILON / 2);
  const selected: number[] = [];
  let cumulative = 0;
  let passed = pointsBelow(cumulative - u);
  pi.forEach((value, i) => {
    requireWithin(value, `pi[${i}]`, CLAUSE, 0, 1);
    cumulative += value;
    const now = pointsBelow(cumulative - u);
    if (now > passed) {
      selected.push(i);
      passed = now;
    }
  });
  return selected;
}

/** Number of whole k ≥ 0 below a distance from the start. */
function pointsBelow(distance: number): number {
  const nearest = Math.round(distance);
  return Math.max(0, Math.abs(distance - nearest) < ROUNDING ? nearest : Math.ceil(distance));
}

/**
 * Horvitz–Thompson total Σ y/π and Hájek mean Σ(y/π)/Σ(1/π) of the sampled units. Every π in (0, 1].
 * Throws `zero-inclusion-probability`, `length-mismatch`, range errors. Source: Horvitz & Thompson 1952; Hájek 1971.
 */
export function horvitzThompson(y: readonly number[], pi: readonly number[]): { total: number; hajekMean: number } {
  requireList(y, 'y', CLAUSE);
  requireList(pi, 'pi', CLAUSE, y.length);
  let total = 0;
  let units = 0;
  y.forEach((value, i) => {
    const probability = requireWithin(pi[i]!, `pi[${i}]`, CLAUSE, 0, 1);
    if (probability === 0) {
      throw new StatisticsError({
        code: 'zero-inclusion-probability',
        argument: `pi[${i}]`,
        clause: CLAUSE,
        zh: `第 ${i + 1} 个样本单元的入样概率为 0，不可能被抽中`,
        en: `unit ${i + 1} has inclusion probability 0 and cannot have been drawn`,
      });
    }
    total += requireFinite(value, `y[${i}]`, CLAUSE) / probability;
    units += 1 / probability;
  });
  requireRepresentable(total, 'y', CLAUSE);
  return { total, hajekMean: total / units };
}
