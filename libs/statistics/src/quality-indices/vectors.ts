import { passRate, poissonRateInterval } from '../estimation/index.ts';
import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import {
  beforeChange,
  COMPETITIVENESS_STRUCTURE,
  chainIndex,
  changePercent,
  compareRates,
  competitivenessBand,
  compositeIndex,
  dueWorkCoverage,
  efficacyScore,
  publishedRateOf,
  ratePerTenThousand,
  satisfactionIndex,
  totalOf,
  valueWeightedPassRate,
} from './index.ts';

function structure(): unknown {
  const second = COMPETITIVENESS_STRUCTURE;
  const third = second.flatMap(({ groups }) => groups);
  const indicators = third.flatMap((group) => group.indicators);
  return {
    tree: Object.fromEntries(
      second.map(({ name, groups }) => [
        name,
        Object.fromEntries(groups.map((group) => [group.name, group.indicators.map((indicator) => indicator.name)])),
      ]),
    ),
    counts: [second.length, third.length, indicators.length],
    negativeIndicators: indicators.filter(({ negative }) => negative).map(({ name }) => name),
  };
}

function band(edition: string): (inputs: VectorInputs) => unknown {
  return (inputs) => ({ band: competitivenessBand(inputs.index as number, edition).zh });
}

/** Reference-vector methods of quality indices and special equipment (files 11 and 12). */
export const qualityIndexVectors: VectorRegistry = {
  'qci.structure': structure,
  'qci.band_2011': band('2011'),
  'qci.band_2008': band('2008'),
  'qci.efficacy_score': (inputs) => {
    const { x, low, high, positive } = inputs as { x: number; low: number; high: number; positive: boolean };
    return { score: efficacyScore(x, low, high, positive) };
  },
  'qci.composite': (inputs) => {
    const { scores, weights, group6, group2 } = inputs as unknown as Record<string, number[]>;
    return compositeIndex(scores!, weights!, group6!, group2!);
  },
  'qci.change': (inputs) => {
    const { current, change, gapToNation } = inputs as { current: number; change: number; gapToNation: number };
    return { previous: beforeChange(current, change), nation: beforeChange(current, gapToNation) };
  },
  'passrate.batch': (inputs) => {
    const { inspected, qualified } = inputs as { inspected: number; qualified: number };
    const { rate } = passRate({ inspected, passed: qualified, representative: false });
    return { percent: rate === null ? null : rate * 100 };
  },
  'passrate.weighted': (inputs) => {
    const strata = inputs.strata as { value: number; inspected: number; qualified: number }[];
    const cells = strata.map(({ value, inspected, qualified }) => ({ value, inspected, passed: qualified }));
    return { percent: valueWeightedPassRate(cells) };
  },
  'csi.acsi': (inputs) => {
    const { means, weights, scaleMin, scaleMax } = inputs as unknown as {
      means: number[];
      weights: number[];
      scaleMin: number;
      scaleMax: number;
    };
    return { index: satisfactionIndex(means, weights, { min: scaleMin, max: scaleMax }) };
  },
  'index.chain': (inputs) => {
    const chain = chainIndex(inputs.series as number[]);
    return { yoyPercent: chain.changePercent, cagrPercent: chain.meanGrowthPercent };
  },
  'special.rate_per_10k': (inputs) => {
    const { events, unitsWan } = inputs as { events: number; unitsWan: number };
    const rate = ratePerTenThousand(events, unitsWan);
    return { rate, publishedRate: publishedRateOf(events, unitsWan)?.printed ?? null };
  },
  'special.total_units': (inputs) => ({ total: totalOf(inputs.wan as Record<string, number>) }),
  'special.change': (inputs) => {
    const { current, previous } = inputs as unknown as { current: number[]; previous: number[] };
    return { percent: changePercent(current, previous) };
  },
  'special.rate_ci': (inputs) => {
    const { events, unitsWan, conf } = inputs as { events: number; unitsWan: number; conf: number };
    return poissonRateInterval(events, unitsWan, conf);
  },
  'special.compare_rates': (inputs) => {
    const { x1, t1, x2, t2 } = inputs as { x1: number; t1: number; x2: number; t2: number };
    return compareRates(x1, t1, x2, t2);
  },
  'special.inspection_coverage': (inputs) => {
    const { due, inspected, late } = inputs as { due: number; inspected: number; late: number };
    const { timelyPercent, coveragePercent } = dueWorkCoverage({ due, done: inspected, late });
    return { timelyPercent, donePercent: coveragePercent };
  },
  'verification.coverage': (inputs) => {
    const { due, verified, failed, exempt } = inputs as Record<'due' | 'verified' | 'failed' | 'exempt', number>;
    return dueWorkCoverage({ due, done: verified, failed, exempt });
  },
};
