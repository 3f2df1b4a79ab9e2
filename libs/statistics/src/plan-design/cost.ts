import { Decimal } from 'decimal.js';
import { requireRepresentable, requireWhole, requireWithin } from '../arguments.ts';
import type { AcceptancePlan } from '../attribute-sampling/operating-characteristic.ts';
import { type RectifyingModel, rectifyingInspection } from '../attribute-sampling/rectifying.ts';
import { StatisticsError } from '../errors.ts';

const CLAUSE = 'cost of a sampling plan';

/** Prices of one draw as decimal strings of one currency, for example "128.50". */
export interface SamplingPrices {
  /** Paid once per lot or visit: travel, transport, report. */
  readonly fixed: string;
  /** Purchase of one unit of sample. */
  readonly unitPrice: string;
  /** Testing of one unit. */
  readonly testingFee: string;
  /** Units bought as spare sample but not tested at first. Default 0. */
  readonly spareUnits?: number;
}

function amount(text: string, argument: string): Decimal {
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw new StatisticsError({
      code: 'not-an-amount',
      argument,
      clause: CLAUSE,
      zh: `“${argument}”应为非负十进制金额，实际为“${text}”`,
      en: `"${argument}" must be a non-negative decimal amount but is "${text}"`,
    });
  }
  return new Decimal(text);
}

/**
 * Exact cost of drawing and testing n units: fixed + n·(price + fee) + spare·price, as a decimal string in the
 * currency of the prices, unrounded. Throws `not-an-amount`, range errors.
 */
export function samplingCost(n: number, prices: SamplingPrices): string {
  requireWhole(n, 'n', CLAUSE);
  const spare = requireWhole(prices.spareUnits ?? 0, 'spareUnits', CLAUSE);
  const unitPrice = amount(prices.unitPrice, 'unitPrice');
  return amount(prices.fixed, 'fixed')
    .plus(unitPrice.plus(amount(prices.testingFee, 'testingFee')).times(n))
    .plus(unitPrice.times(spare))
    .toFixed();
}

/** Economic consequences of one lot, all in one currency. */
export interface LotEconomics {
  readonly fixed: number;
  /** Inspecting one unit, in the sample or when a non-accepted lot is screened. */
  readonly inspectUnit: number;
  /** Replacing one nonconforming unit that inspection found. */
  readonly replaceUnit: number;
  /** Damage of one nonconforming unit that reaches the user. */
  readonly escapedUnit: number;
}

/** Expected cost per lot and its parts. */
export interface ExpectedCost {
  readonly inspection: number;
  readonly replacement: number;
  readonly escaped: number;
  readonly total: number;
}

/**
 * Expected cost of rectifying inspection of a lot of `lotSize` units with fraction nonconforming p:
 * fixed + c_i·ATI + c_r·p·ATI + c_e·N·AOQ. Throws `sample-larger-than-lot`, range errors.
 * Source: Guthrie & Johns 1959; Wetherill & Chiu 1975 (linear cost model).
 */
export function expectedLotCost(
  plan: AcceptancePlan,
  lotSize: number,
  p: number,
  economics: LotEconomics,
  model: RectifyingModel = 'binomial',
): ExpectedCost {
  for (const name of ['fixed', 'inspectUnit', 'replaceUnit', 'escapedUnit'] as const) {
    requireWithin(economics[name], name, CLAUSE, 0, Number.MAX_VALUE);
  }
  const { ati, aoq } = rectifyingInspection(plan, lotSize, p, model);
  const inspection = economics.fixed + economics.inspectUnit * ati;
  const replacement = economics.replaceUnit * p * ati;
  const escaped = economics.escapedUnit * lotSize * aoq;
  const total = requireRepresentable(inspection + replacement + escaped, 'economics', CLAUSE);
  return { inspection, replacement, escaped, total };
}
