import {
  requireFinite,
  requireList,
  requirePositive,
  requireRepresentable,
  requireWhole,
  requireWithin,
} from '../arguments.ts';
import { StatisticsError } from '../errors.ts';
import { boundedAllocation, requireFeasible } from './bounded.ts';

const CLAUSE = 'allocation of a stratified sample (Cochran 1977 5.5–5.9)';
/** Remainders closer than this are ties; they differ only by the rounding of a division. */
const TIE_GRAIN = 1e9;

/** A stratum to be given part of the sample. */
export interface AllocationStratum {
  /** Units in the frame, N_h. */
  readonly population: number;
  /** Anticipated standard deviation S_h of the characteristic within the stratum (≥ 0). */
  readonly deviation: number;
}

/** A stratum with the cost of one sampled unit, in any one currency. */
export interface CostedStratum extends AllocationStratum {
  readonly unitCost: number;
}

function requireStrata(strata: readonly AllocationStratum[]): void {
  requireList(strata, 'strata', CLAUSE);
  strata.forEach((stratum, h) => {
    requireWhole(stratum.population, `strata[${h}].population`, CLAUSE, 0);
    requireWithin(stratum.deviation, `strata[${h}].deviation`, CLAUSE, 0, Number.MAX_VALUE);
  });
}

function requireCosts(strata: readonly CostedStratum[]): void {
  requireStrata(strata);
  strata.forEach((stratum, h) => {
    requirePositive(stratum.unitCost, `strata[${h}].unitCost`, CLAUSE);
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function requireSomeWeight(weights: readonly number[], argument: string): number {
  const total = sum(weights);
  if (!(total > 0)) {
    throw new StatisticsError({
      code: 'no-weight',
      argument,
      clause: CLAUSE,
      zh: '所有层的权重均为零，无法分配',
      en: 'all strata have weight zero: there is nothing to allocate by',
    });
  }
  return requireRepresentable(total, argument, CLAUSE);
}

function shares(n: number, weights: readonly number[], argument: string): number[] {
  requireFinite(n, 'n', CLAUSE);
  requireWithin(n, 'n', CLAUSE, 0, Number.MAX_VALUE);
  requireList(weights, argument, CLAUSE);
  weights.forEach((weight, h) => {
    requireWithin(weight, `${argument}[${h}]`, CLAUSE, 0, Number.MAX_VALUE);
  });
  const total = requireSomeWeight(weights, argument);
  return weights.map((weight) => requireRepresentable((n * weight) / total, argument, CLAUSE));
}

/** Anticipated deviation √(p̃(1−p̃)) from x of n earlier failures, p̃ = (x+½)/(n+1): never 0. Throws on x > n. */
export function anticipatedDeviation(x: number, n: number): number {
  requireWhole(n, 'n', CLAUSE);
  requireWhole(x, 'x', CLAUSE, 0, n);
  const p = (x + 0.5) / (n + 1);
  return Math.sqrt(p * (1 - p));
}

/** Proportional allocation n·N_h/N, unrounded. Throws `no-weight`, range errors. Source: Cochran 1977 5.5. */
export function proportionalAllocation(n: number, populations: readonly number[]): number[] {
  return shares(n, populations, 'populations');
}

/** Neyman allocation n·N_h S_h / Σ N S, unrounded and uncapped. Throws `no-weight`. Source: Neyman 1934. */
export function neymanAllocation(n: number, strata: readonly AllocationStratum[]): number[] {
  requireStrata(strata);
  return shares(
    n,
    strata.map((stratum) => stratum.population * stratum.deviation),
    'strata',
  );
}

/**
 * Neyman allocation in which a stratum that would need more units than it has is inspected completely and the rest is
 * re-allocated, recursively. Unrounded. Throws `allocation-infeasible` when n exceeds the population.
 */
export function neymanCensusAllocation(n: number, strata: readonly AllocationStratum[]): number[] {
  requireStrata(strata);
  return boundedAllocation(
    n,
    strata.map((stratum) => stratum.population * stratum.deviation),
    { min: strata.map(() => 0), max: strata.map((stratum) => stratum.population) },
  );
}

/** Cost-optimal allocation of n units, n_h ∝ N_h S_h/√c_h, unrounded. Throws `no-weight`. Source: Cochran 1977 (5.23). */
export function costOptimalAllocation(n: number, strata: readonly CostedStratum[]): number[] {
  requireCosts(strata);
  return shares(
    n,
    strata.map((stratum) => (stratum.population * stratum.deviation) / Math.sqrt(stratum.unitCost)),
    'strata',
  );
}

/** Cost-optimal allocation that spends `budget` exactly, unrounded. Throws `no-weight`. Source: Cochran 1977 (5.24). */
export function budgetAllocation(budget: number, strata: readonly CostedStratum[]): number[] {
  requireCosts(strata);
  requirePositive(budget, 'budget', CLAUSE);
  const spent = sum(strata.map((stratum) => stratum.population * stratum.deviation * Math.sqrt(stratum.unitCost)));
  requireSomeWeight([spent], 'strata');
  return strata.map((stratum) =>
    requireRepresentable(
      (budget * stratum.population * stratum.deviation) / (Math.sqrt(stratum.unitCost) * spent),
      'strata',
      CLAUSE,
    ),
  );
}

/**
 * Cheapest allocation whose estimate of the mean has coefficient of variation `cv` when the mean is `mean`, unrounded:
 * n_h = (W_h S_h/√c_h) Σ W S √c / (V + Σ W S²/N), V = (cv·mean)². Throws range errors. Source: Cochran 1977 (5.25).
 */
export function varianceTargetAllocation(cv: number, mean: number, strata: readonly CostedStratum[]): number[] {
  requireCosts(strata);
  requirePositive(cv, 'cv', CLAUSE);
  requirePositive(Math.abs(mean), 'mean', CLAUSE);
  const population = requireSomeWeight(
    strata.map((stratum) => stratum.population),
    'strata',
  );
  const share = (stratum: CostedStratum): number => stratum.population / population;
  const costly = sum(strata.map((stratum) => share(stratum) * stratum.deviation * Math.sqrt(stratum.unitCost)));
  const within = sum(strata.map((stratum) => share(stratum) * stratum.deviation ** 2));
  const variance = (cv * mean) ** 2 + within / population;
  return strata.map((stratum) =>
    requireRepresentable(
      (share(stratum) * stratum.deviation * costly) / (Math.sqrt(stratum.unitCost) * variance),
      'strata',
      CLAUSE,
    ),
  );
}

/**
 * Whole numbers in proportion to the weights that add up to n exactly: largest remainder (Hare), ties to the lowest
 * index. n whole ≥ 0, weights ≥ 0. Throws `no-weight`, range errors.
 */
export function largestRemainder(n: number, weights: readonly number[]): number[] {
  requireWhole(n, 'n', CLAUSE);
  return roundKeepingSum(n, shares(n, weights, 'weights'));
}

/** Rounds real quotas that add up to the whole number n down or up so that the sum stays n; ties to the lowest index. */
function roundKeepingSum(n: number, quotas: readonly number[]): number[] {
  const whole = quotas.map((quota) => Math.floor(quota + 1 / TIE_GRAIN));
  const remainder = quotas.map((quota, h) => Math.round((quota - whole[h]!) * TIE_GRAIN));
  const order = quotas.map((_, h) => h).sort((a, b) => remainder[b]! - remainder[a]! || a - b);
  for (const h of order.slice(0, n - sum(whole))) {
    whole[h]! += 1;
  }
  return whole;
}

/**
 * Exact optimal allocation in whole numbers: minimises Σ N_h² S_h²/n_h with Σ n_h = n and `minimum` ≤ n_h ≤ N_h (a
 * smaller stratum is taken whole). Units are added by priority N_h S_h/√(n_h(n_h+1)), ties to the lowest index.
 * Throws `allocation-infeasible`. Source: Wright 2012, 2017.
 */
export function integerNeymanAllocation(n: number, strata: readonly AllocationStratum[], minimum = 1): number[] {
  requireStrata(strata);
  requireWhole(n, 'n', CLAUSE);
  requireWhole(minimum, 'minimum', CLAUSE);
  const max = strata.map((stratum) => stratum.population);
  const allocation = max.map((most) => Math.min(minimum, most));
  requireFeasible(n, { min: allocation, max }, CLAUSE);
  for (let left = n - sum(allocation); left > 0; left -= 1) {
    allocation[highestPriority(strata, allocation, () => 1)]! += 1;
  }
  return allocation;
}

/** Index of the stratum with room whose next unit reduces the variance most per unit of cost; −1 without room. */
function highestPriority(
  strata: readonly AllocationStratum[],
  allocation: readonly number[],
  costOf: (h: number) => number,
): number {
  let best = -1;
  let bestPriority = -1;
  strata.forEach((stratum, h) => {
    // + 0 makes a minimum of −0 an ordinary 0.
    const size = allocation[h]! + 0;
    if (size >= stratum.population) {
      return;
    }
    const importance = stratum.population * stratum.deviation;
    const priority = importance === 0 ? 0 : importance / Math.sqrt(size * (size + 1) * costOf(h));
    if (priority > bestPriority) {
      best = h;
      bestPriority = priority;
    }
  });
  return best;
}

/**
 * Whole-number allocation within a budget: starting from `minimum` per stratum, each step adds the affordable unit with
 * the largest variance reduction per cost (Fox 1966); until the first step that the budget refuses, every stage is the
 * optimum for what it spends. Strata with S_h = 0 keep the minimum. Throws `budget-too-small` and range errors.
 */
export function integerBudgetAllocation(
  budget: number,
  strata: readonly CostedStratum[],
  minimum = 1,
): { allocation: number[]; spent: number } {
  requireCosts(strata);
  requirePositive(budget, 'budget', CLAUSE);
  requireWhole(minimum, 'minimum', CLAUSE);
  const allocation = strata.map((stratum) => Math.min(minimum, stratum.population));
  const costOf = (h: number): number => strata[h]!.unitCost;
  let spent = sum(allocation.map((size, h) => size * costOf(h)));
  if (spent > budget) {
    throw new StatisticsError({
      code: 'budget-too-small',
      argument: 'budget',
      clause: CLAUSE,
      zh: `经费 ${budget} 不足以支付各层最低样本量所需的 ${spent}`,
      en: `a budget of ${budget} does not pay for the minimum quotas, which cost ${spent}`,
    });
  }
  for (;;) {
    const affordable = strata.map((stratum, h) => {
      const fits = spent + stratum.unitCost <= budget && stratum.population * stratum.deviation > 0;
      return fits ? stratum : { population: allocation[h]!, deviation: 0 };
    });
    const h = highestPriority(affordable, allocation, costOf);
    if (h < 0) {
      return { allocation, spent };
    }
    allocation[h]! += 1;
    spent += costOf(h);
  }
}

/** A cell of a risk-based plan: units in the frame and a risk score ≥ 0. */
export interface RiskCell {
  readonly population: number;
  readonly riskScore: number;
}

/** Allocation with the numbers that make it replayable when published. */
export interface RiskAllocation {
  readonly allocation: readonly number[];
  /** N_h × risk score. */
  readonly weights: readonly number[];
  /** Minimum quota given to each cell: the floor, or the whole cell when smaller. */
  readonly quotas: readonly number[];
}

/**
 * Risk-weighted allocation in whole numbers: n_h ∝ N_h × risk score, but at least `floor` units in every cell (or the
 * whole cell) and at most N_h; what a bound takes or frees is shared among the others, then rounded by largest
 * remainder. Throws `allocation-infeasible` when the floors exceed n or n exceeds the frame.
 */
export function riskWeightedAllocation(n: number, cells: readonly RiskCell[], floor: number): RiskAllocation {
  requireWhole(n, 'n', CLAUSE);
  requireWhole(floor, 'floor', CLAUSE);
  requireList(cells, 'cells', CLAUSE);
  cells.forEach((cell, h) => {
    requireWhole(cell.population, `cells[${h}].population`, CLAUSE);
    requireWithin(cell.riskScore, `cells[${h}].riskScore`, CLAUSE, 0, Number.MAX_VALUE);
  });
  const weights = cells.map((cell) => cell.population * cell.riskScore);
  const quotas = cells.map((cell) => Math.min(floor, cell.population));
  const real = boundedAllocation(n, weights, { min: quotas, max: cells.map((cell) => cell.population) });
  return { allocation: roundKeepingSum(n, real), weights, quotas };
}
