import { requireList, requirePositive, requireProbability, requireWhole } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';
import { poissonUpperTail, tCdf } from '../distributions/index.ts';
import { cusumRunLength, ewmaRunLength, shewhartRunLength } from './run-length.ts';

const CLAUSE = 'expected false alarms';

/** A threshold in force. Widths and CUSUM settings are in standard deviations of the series. */
export type Threshold =
  | { readonly kind: 'shewhart'; readonly width: number }
  | { readonly kind: 'cusum'; readonly k: number; readonly h: number; readonly sided: 'one' | 'two' }
  | { readonly kind: 'ewma'; readonly lambda: number; readonly width: number }
  /** EARS C1 or C2 with this threshold, over a baseline of seven normal observations. */
  | { readonly kind: 'ears'; readonly threshold: number }
  /** An alarm when a Poisson count with this expectation reaches `least`. */
  | { readonly kind: 'poisson-count'; readonly expected: number; readonly least: number }
  /** Probability of a false alarm at one look. */
  | { readonly kind: 'probability'; readonly p: number };

/** A threshold applied to a number of series (products × counties), looked at so often a month. */
export interface AlarmRule {
  readonly name: string;
  readonly threshold: Threshold;
  readonly series: number;
  readonly looksPerMonth: number;
}

/** What a set of thresholds costs when nothing is wrong. */
export interface FalseAlarmBudget {
  readonly rules: readonly { readonly name: string; readonly perLook: number; readonly perMonth: number }[];
  /** Expected false alarms a month, all rules together. */
  readonly perMonth: number;
  /** Probability of a month with one or more, taking looks as independent. */
  readonly anyInMonth: number;
}

/** Long-run probability of a false alarm at one look: 1/ARL₀ for charts with memory. */
export function falseAlarmRate(threshold: Threshold): number {
  switch (threshold.kind) {
    case 'shewhart':
      return 1 / shewhartRunLength(threshold.width, 0);
    case 'cusum':
      return 1 / cusumRunLength(threshold.k, threshold.h, 0, threshold.sided);
    case 'ewma':
      return 1 / ewmaRunLength(threshold.lambda, threshold.width, 0);
    case 'ears':
      // (x − mean of 7)/sd is √(8/7) times a Student t with 6 degrees of freedom.
      return tCdf(-requirePositive(threshold.threshold, 'threshold', CLAUSE) / Math.sqrt(8 / 7), 6);
    case 'poisson-count':
      requirePositive(threshold.expected, 'expected', CLAUSE);
      return poissonUpperTail(requireWhole(threshold.least, 'least', CLAUSE, 1) - 1, threshold.expected);
    case 'probability':
      return requireProbability(threshold.p, 'p', CLAUSE);
    default:
      return refuse('threshold-unknown', 'threshold', CLAUSE, '未知的预警规则。', 'Unknown kind of threshold.');
  }
}

/**
 * Expected false alarms a month for thresholds in force together: series × looks × probability at one look, summed over
 * the rules. Series whole ≥ 0, looks > 0. Throws `StatisticsError` on other input.
 */
export function expectedFalseAlarms(rules: readonly AlarmRule[]): FalseAlarmBudget {
  requireList(rules, 'rules', CLAUSE);
  let logNone = 0;
  const each = rules.map((rule, i) => {
    requireWhole(rule.series, `rules[${i}].series`, CLAUSE);
    requirePositive(rule.looksPerMonth, `rules[${i}].looksPerMonth`, CLAUSE);
    const perLook = falseAlarmRate(rule.threshold);
    const looks = rule.series * rule.looksPerMonth;
    logNone += looks === 0 ? 0 : looks * Math.log1p(-perLook);
    return { name: rule.name, perLook, perMonth: looks * perLook };
  });
  return {
    rules: each,
    perMonth: each.reduce((total, rule) => total + rule.perMonth, 0),
    anyInMonth: -Math.expm1(logNone),
  };
}
