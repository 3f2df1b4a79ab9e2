import { Decimal } from 'decimal.js';
import {
  requireOpenProbability,
  requirePositive,
  requireRepresentable,
  requireWhole,
  requireWithin,
} from '../arguments.ts';
import { parseDecimal } from '../conformity/decimal.ts';
import { betaQuantile, binomialCdf, binomialUpperTail } from '../distributions/index.ts';
import { StatisticsError } from '../errors.ts';
import { firstWhole } from '../estimation/intervals.ts';
import { censusStatement, type DeclaredQualityStatement, sampleStatement } from './statement.ts';

const CLAUSE = 'GB/T 2828.4-2008 (ISO 2859-4)';
/** No table of the standard reaches this sample size. */
const SEARCH_END = 100_000_000;

/** A plan of GB/T 2828.4: n units, limiting number L; more than L nonconforming contradict the declared level. */
export interface DeclaredQualityPlan {
  readonly n: number;
  readonly limit: number;
}

function requirePlan(plan: DeclaredQualityPlan): void {
  requireWhole(plan.n, 'n', CLAUSE, 1);
  requireWhole(plan.limit, 'limit', CLAUSE, 0, plan.n - 1);
}

function fraction(dqlPercent: number): number {
  requireWithin(dqlPercent, 'dqlPercent', CLAUSE, 0, 100);
  return requirePositive(dqlPercent, 'dqlPercent', CLAUSE) / 100;
}

/** What the sample says about the declared level, with the sentence to put on paper. */
export interface DeclaredQualityDecision {
  readonly contradicted: boolean;
  readonly statement: DeclaredQualityStatement;
}

/**
 * Decision after inspecting the sample: d ≤ L does not contradict the declared level, d > L contradicts it. It is a
 * finding about a declaration, never lot acceptance. Throws range errors on d > n, L ≥ n.
 * Source: GB/T 2828.4-2008 (ISO 2859-4) clause 7.
 */
export function decideDeclaredQuality(plan: DeclaredQualityPlan, nonconforming: number): DeclaredQualityDecision {
  requirePlan(plan);
  requireWhole(nonconforming, 'nonconforming', CLAUSE, 0, plan.n);
  const contradicted = nonconforming > plan.limit;
  return { contradicted, statement: sampleStatement(plan, nonconforming, contradicted) };
}

/** Comparison of a completely inspected population with the declared level. */
export interface CensusDecision extends DeclaredQualityDecision {
  readonly census: true;
  /** Actual percent nonconforming. */
  readonly actualPercent: number;
}

/**
 * Decision when all `populationSize` units were inspected: the actual percentage is compared with the declared one
 * directly and exactly (decimal arithmetic); no sampling risk exists. `dqlPercent` as number or plain decimal string.
 * Throws `not-a-decimal`, range errors. Source: GB/T 2828.4-2008, sample size ≥ population size.
 */
export function decideByCensus(
  populationSize: number,
  nonconforming: number,
  dqlPercent: number | string,
): CensusDecision {
  requireWhole(populationSize, 'populationSize', CLAUSE, 1);
  requireWhole(nonconforming, 'nonconforming', CLAUSE, 0, populationSize);
  if (typeof dqlPercent === 'string') parseDecimal(dqlPercent, 'dqlPercent');
  requireWithin(typeof dqlPercent === 'string' ? Number(dqlPercent) : dqlPercent, 'dqlPercent', CLAUSE, 0, 100);
  const contradicted = new Decimal(nonconforming).times(100).gt(new Decimal(dqlPercent).times(populationSize));
  return {
    census: true,
    actualPercent: (100 * nonconforming) / populationSize,
    contradicted,
    statement: censusStatement(populationSize, nonconforming, String(dqlPercent), contradicted),
  };
}

/** Risks of a declared-quality plan. */
export interface DeclaredQualityRisks {
  /** Probability of contradicting a declaration that is just true. */
  readonly falseContradictionRisk: number;
  /** Percent nonconforming that escapes contradiction with probability 10 %. */
  readonly limitingPercent: number;
  /** Limiting quality ratio: limitingPercent / DQL. */
  readonly limitingQualityRatio: number;
}

/**
 * Risks of a plan for a declared quality level in percent (0 < DQL ≤ 100): 1 − F_bin(L; n, DQL), the limiting quality
 * qbeta(0.9; L+1, n−L) and its ratio to the DQL. Throws range errors. Source: ISO 2859-4 8, binomial model.
 */
export function declaredQualityRisks(plan: DeclaredQualityPlan, dqlPercent: number): DeclaredQualityRisks {
  requirePlan(plan);
  const p = fraction(dqlPercent);
  const limitingPercent = 100 * betaQuantile(0.9, plan.limit + 1, plan.n - plan.limit);
  return {
    falseContradictionRisk: binomialUpperTail(plan.limit, plan.n, p),
    limitingPercent,
    limitingQualityRatio: requireRepresentable(limitingPercent / dqlPercent, 'dqlPercent', CLAUSE),
  };
}

/**
 * Probability of contradicting the declaration when the real quality is `qualityRatio` times the DQL (ratio ≥ 0; the
 * product must not exceed 100 %). Throws range errors.
 */
export function contradictionPower(plan: DeclaredQualityPlan, dqlPercent: number, qualityRatio: number): number {
  requirePlan(plan);
  fraction(dqlPercent);
  requireWithin(qualityRatio, 'qualityRatio', CLAUSE, 0, 100 / dqlPercent);
  return binomialUpperTail(plan.limit, plan.n, Math.min(1, (qualityRatio * dqlPercent) / 100));
}

/**
 * Largest n > L whose risk of false contradiction stays ≤ alpha at the DQL, or null when none does. The standard's
 * tables take sizes of the R5 series, so a table's n may be smaller. Throws range errors.
 */
export function largestSampleForLimit(limit: number, dqlPercent: number, alpha = 0.05): number | null {
  requireWhole(limit, 'limit', CLAUSE);
  requireOpenProbability(alpha, 'alpha', CLAUSE);
  const p = fraction(dqlPercent);
  const exceeds = (n: number): boolean => binomialUpperTail(limit, n, p) > alpha;
  if (exceeds(limit + 1)) {
    return null;
  }
  let high = 2 * (limit + 1);
  while (!exceeds(high)) {
    if (high > SEARCH_END) {
      throw new StatisticsError({
        code: 'plan-too-large',
        argument: 'dqlPercent',
        clause: CLAUSE,
        zh: `声称质量水平 ${dqlPercent}% 过小，所需样本量超出可行范围`,
        en: `the declared level ${dqlPercent} % is too small: no practicable sample size`,
      });
    }
    high *= 2;
  }
  return firstWhole(limit + 1, high, exceeds) - 1;
}

/** Probability of not contradicting at `actualPercent` (0 to 100). Throws range errors. */
export function missProbability(plan: DeclaredQualityPlan, actualPercent: number): number {
  requirePlan(plan);
  requireWithin(actualPercent, 'actualPercent', CLAUSE, 0, 100);
  return binomialCdf(plan.limit, plan.n, actualPercent / 100);
}
