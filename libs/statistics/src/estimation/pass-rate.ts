import { requireOpenProbability, requireWhole } from '../arguments.ts';
import {
  clopperPearsonInterval,
  hypergeometricInterval,
  type Interval,
  type LotInterval,
  wilsonInterval,
} from './intervals.ts';

const CLAUSE = 'published pass rate';

/** Counts behind a published pass rate. */
export interface PassRateInput {
  /** Batches inspected. */
  readonly inspected: number;
  /** Batches that passed. */
  readonly passed: number;
  /** True only when the batches were drawn at random from the frame the rate speaks about. */
  readonly representative: boolean;
  /** Size of that frame in batches, when it is finite and known. */
  readonly population?: number;
}

/** A pass rate with its uncertainty and with what it may be taken for. */
export interface PassRate {
  /** passed / inspected; null when nothing was inspected. */
  readonly rate: number | null;
  /** Wilson interval, the default of reports. */
  readonly wilson: Interval | null;
  /** Clopper–Pearson interval, conservative. */
  readonly exact: Interval | null;
  /** Exact interval for the finite frame, when its size is given. */
  readonly finite: LotInterval | null;
  readonly confidence: number;
  /** Stays on every published rate. */
  readonly representative: boolean;
  readonly statement: { readonly zh: string; readonly en: string };
}

/**
 * Pass rate of inspected batches. Nothing inspected gives null, never 0 or 100 %. A targeted (risk-based) sample keeps
 * `representative: false` and a statement that the rate does not estimate market quality.
 * Throws `StatisticsError` on passed > inspected, inspected > population, negative or fractional counts.
 */
export function passRate(input: PassRateInput, confidence = 0.95): PassRate {
  const { inspected, passed, representative, population } = input;
  requireWhole(inspected, 'inspected', CLAUSE);
  requireWhole(passed, 'passed', CLAUSE, 0, inspected);
  requireOpenProbability(confidence, 'confidence', CLAUSE);
  if (population !== undefined) {
    requireWhole(population, 'population', CLAUSE, inspected);
  }
  const any = inspected > 0;
  return {
    rate: any ? passed / inspected : null,
    wilson: any ? wilsonInterval(passed, inspected, confidence) : null,
    exact: any ? clopperPearsonInterval(passed, inspected, confidence) : null,
    finite: any && population !== undefined ? hypergeometricInterval(passed, inspected, population, confidence) : null,
    confidence,
    representative,
    statement: statementOf(any, representative),
  };
}

function statementOf(any: boolean, representative: boolean): PassRate['statement'] {
  if (!any) {
    return { zh: '未检验任何批次，无合格率可言。', en: 'No batch was inspected: there is no pass rate.' };
  }
  return representative
    ? {
        zh: '批次随机抽自所述总体，合格率可作为该总体质量的估计。',
        en: 'The batches were drawn at random from the stated frame; the rate estimates its quality.',
      }
    : {
        zh: '批次按风险有针对性地抽取，合格率仅反映所检批次，不代表市场总体质量。',
        en: 'The batches were targeted by risk; the rate describes the inspected batches only, not market quality.',
      };
}
