import { requirePositive, requireWhole } from '../arguments.ts';
import { binomialPmf } from '../distributions/index.ts';

/**
 * A rate as a notice printed it, with numerator and denominator as the same notice gives them. A published figure is never
 * overwritten with a recomputed one: the denominator behind it may be another.
 */
export interface PublishedRate {
  readonly scope: string;
  readonly year: number;
  readonly measure: 'accidents' | 'deaths';
  readonly events: number;
  /** 万台 (units of 10,000). */
  readonly unitsTenThousand: number;
  /** Events per 10,000 units as printed. */
  readonly printed: number;
  readonly source: string;
}

/** Rates as published, with the counts they can be computed again from. */
export const PUBLISHED_RATES: readonly PublishedRate[] = [
  {
    scope: '全国',
    year: 2021,
    measure: 'deaths',
    events: 99,
    unitsTenThousand: 1816.23,
    printed: 0.08,
    source: '市场监管总局关于2021年全国特种设备安全状况的通告 (au28.cn/post/3917.html)',
  },
  {
    scope: '江苏',
    year: 2020,
    measure: 'accidents',
    events: 7,
    unitsTenThousand: 219.78,
    printed: 0.032,
    source: '江苏省2020年特种设备安全状况 (jsgcjxdjw.cn/news/detail.do?id=3399)',
  },
  {
    scope: '江苏',
    year: 2020,
    measure: 'deaths',
    events: 9,
    unitsTenThousand: 219.78,
    printed: 0.041,
    source: '江苏省2020年特种设备安全状况 (jsgcjxdjw.cn/news/detail.do?id=3399)',
  },
];

/** The published rate with this numerator and denominator, or null. */
export function publishedRateOf(events: number, unitsTenThousand: number): PublishedRate | null {
  return PUBLISHED_RATES.find((rate) => rate.events === events && rate.unitsTenThousand === unitsTenThousand) ?? null;
}

/** Comparison of two rates of rare events. */
export interface RateComparison {
  /** First rate over second; null when the second has no event. */
  readonly rateRatio: number | null;
  /** Two-sided p-value, given the sum of the events. */
  readonly p: number;
}

/** Splits as probable as the observed one up to rounding count as equally extreme. */
const TIE = 1 + 1e-7;

/**
 * Compares x₁ events in exposure t₁ with x₂ in t₂ by the conditional exact binomial test: whole counts ≥ 0, exposures > 0.
 * Provinces with no or one event are not to be ranked. Throws `StatisticsError` on other input.
 * Source: Przyborowski & Wilenski 1940.
 */
export function compareRates(x1: number, t1: number, x2: number, t2: number): RateComparison {
  const clause = 'Przyborowski & Wilenski 1940';
  requireWhole(x1, 'x1', clause);
  requireWhole(x2, 'x2', clause);
  requirePositive(t1, 't1', clause);
  requirePositive(t2, 't2', clause);
  const events = x1 + x2;
  const share = t1 / (t1 + t2);
  const observed = binomialPmf(x1, events, share) * TIE;
  let p = 0;
  for (let k = 0; k <= events; k += 1) {
    const probability = binomialPmf(k, events, share);
    p += probability <= observed ? probability : 0;
  }
  return { rateRatio: x2 === 0 ? null : x1 / t1 / (x2 / t2), p: Math.min(1, p) };
}
