import { requireOpenProbability, requirePositive, requireWhole, requireWithin } from '../arguments.ts';
import { gammaQuantile, normalQuantile } from '../distributions/index.ts';

const CLAUSE = 'disproportionality of reports';

/** Two by two table of reports: a product with the hazard, b with others; c other products with it, d with others. */
export interface ReportTable {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** A ratio with its limits. */
export interface RatioInterval {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** What a table says; null where a cell of zero leaves a quantity undefined. */
export interface Disproportionality {
  readonly expected: number;
  /** Proportional reporting ratio, limits by Wald on the logarithm. */
  readonly prr: RatioInterval | null;
  /** Reporting odds ratio, limits by Wald on the logarithm. */
  readonly ror: RatioInterval | null;
  readonly chiSquare: number | null;
  /** With Yates's continuity correction. */
  readonly chiSquareYates: number | null;
  readonly information: InformationComponent;
}

/** log₂((O+½)/(E+½)) with limits from the gamma(O+½, E+½) posterior. Finite for O = 0. */
export interface InformationComponent {
  readonly ic: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Information component of O observed reports where E were expected: whole O ≥ 0, E ≥ 0. Throws `StatisticsError` on other
 * input. Source: Norén et al. 2013, Statistical Methods in Medical Research 22.
 */
export function informationComponent(observed: number, expected: number, confidence = 0.95): InformationComponent {
  requireWhole(observed, 'observed', 'Norén et al. 2013');
  requireWithin(expected, 'expected', 'Norén et al. 2013', 0, Number.MAX_VALUE);
  requireOpenProbability(confidence, 'confidence', 'Norén et al. 2013');
  const tail = (1 - confidence) / 2;
  const shape = observed + 0.5;
  const rate = expected + 0.5;
  return {
    ic: Math.log2(shape / rate),
    lower: Math.log2(gammaQuantile(tail, shape, rate)),
    upper: Math.log2(gammaQuantile(1 - tail, shape, rate)),
  };
}

function ratio(value: number, variance: number, z: number): RatioInterval {
  const half = z * Math.sqrt(variance);
  return { value, lower: value * Math.exp(-half), upper: value * Math.exp(half) };
}

/**
 * Measures of disproportionate reporting. Whole counts ≥ 0, not all zero. PRR is null when a, c or the reports of other
 * products are none, ROR when any cell is, χ² when a margin is. Throws `StatisticsError` on other input.
 * Source: Evans et al. 2001 (PRR); van Puijenbroek et al. 2002 (ROR).
 */
export function disproportionality(table: ReportTable, confidence = 0.95): Disproportionality {
  const { a, b, c, d } = table;
  for (const name of ['a', 'b', 'c', 'd'] as const) {
    requireWhole(table[name], name, CLAUSE);
  }
  requireOpenProbability(confidence, 'confidence', CLAUSE);
  const total = a + b + c + d;
  requireWhole(total, 'a + b + c + d', CLAUSE, 1);
  const z = normalQuantile(0.5 + confidence / 2);
  const expected = ((a + b) * (a + c)) / total;
  const margins = (a + b) * (c + d) * (a + c) * (b + d);
  const difference = Math.abs(a * d - b * c);
  return {
    expected,
    prr: a > 0 && c > 0 ? ratio(a / (a + b) / (c / (c + d)), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d), z) : null,
    ror: a > 0 && b > 0 && c > 0 && d > 0 ? ratio((a * d) / (b * c), 1 / a + 1 / b + 1 / c + 1 / d, z) : null,
    chiSquare: margins > 0 ? (total * difference ** 2) / margins : null,
    chiSquareYates: margins > 0 ? (total * Math.max(0, difference - total / 2) ** 2) / margins : null,
    information: informationComponent(a, expected, confidence),
  };
}

/** Evans's rule for a signal: PRR ≥ 2, χ² ≥ 4 and at least 3 reports. An undefined ratio is no signal. */
export function evansRule(prr: number | null, chiSquare: number | null, reports: number): boolean {
  requireWhole(reports, 'reports', 'Evans et al. 2001');
  if (prr === null || chiSquare === null) return false;
  requireWithin(prr, 'prr', 'Evans et al. 2001', 0, Number.MAX_VALUE);
  requireWithin(chiSquare, 'chiSquare', 'Evans et al. 2001', 0, Number.MAX_VALUE);
  return prr >= 2 && chiSquare >= 4 && reports >= 3;
}

/**
 * Rate of reports per unit of exposure (products sold) against the rest, for products whose sales are known: exposures > 0.
 * Null when the rest has no report. Throws `StatisticsError` on other input.
 */
export function exposureRatio(
  reports: number,
  exposure: number,
  otherReports: number,
  otherExposure: number,
): number | null {
  requireWhole(reports, 'reports', CLAUSE);
  requireWhole(otherReports, 'otherReports', CLAUSE);
  requirePositive(exposure, 'exposure', CLAUSE);
  requirePositive(otherExposure, 'otherExposure', CLAUSE);
  return otherReports === 0 ? null : reports / exposure / (otherReports / otherExposure);
}
