import {
  circularZones,
  createGenerator,
  disproportionality,
  dueWorkCoverage,
  empiricalBayes,
  expectedFalseAlarms,
  farrington,
  gradeOf,
  pairwiseWeights,
  passRate,
  poissonCusum,
  probabilityOfDetection,
  replaySwitching,
  riskSensitivity,
  singlePlanForLot,
  spatialScan,
  testInterval,
} from './src/index.ts';

// A plan for a lot of 2,000 at AQL 1.0, and what two lots that are not accepted do to the next.
const plan = singlePlanForLot(2000, 'II', 1);
console.log(plan.code, plan.n, plan.ac, plan.re);
console.log(replaySwitching('K', 1, [{ nonconforming: 4 }, { nonconforming: 5 }]).at(-1)?.next.severity);

// What 60 samples can find, and what 46 of 50 passes may be taken for.
console.log(probabilityOfDetection(60, { model: 'binomial', p: 0.05 }).toFixed(3));
console.log(passRate({ inspected: 50, passed: 46, representative: false }).statement.zh);

// Complaints a week against what was expected: the third week signals.
console.log(poissonCusum([4, 9, 12], [4, 4, 4], 2, 5).signals);

// Five years of weekly counts with an outbreak in the last week.
const weeks = Array.from({ length: 300 }, (_, week) => 4 + (week % 3)).with(299, 16);
const [lastWeek] = farrington(weeks, [300]);
console.log(lastWeek?.alarm, lastWeek?.upper.toFixed(1));

// Are the complaints clustered? Sixteen counties on a grid, two neighbours with many.
const people = Array.from({ length: 16 }, () => 100);
const zones = circularZones(
  people.map((_, i) => i % 4),
  people.map((_, i) => i >> 2),
  people,
);
const cases = people.map((_, i) => (i < 2 ? 30 : 8));
const { mostLikely } = spatialScan(
  { cases, expected: people, zones },
  { replicates: 999, generator: createGenerator(7) },
);
console.log(mostLikely?.zone, mostLikely?.p);

// Chargers and burns: 25 of 500 reports, against 300 of 19,500 elsewhere.
const signal = disproportionality({ a: 25, b: 475, c: 300, d: 19_200 });
const prior = { alpha1: 3.25, beta1: 0.4, alpha2: 2.02, beta2: 1.91, weight: 0.065 };
console.log(signal.prr?.value.toFixed(2), empiricalBayes(25, signal.expected, prior).eb05.toFixed(2));

// What 122 counties looked at four times a month cost in false alarms.
const threshold = { kind: 'shewhart', width: 3 } as const;
console.log(expectedFalseAlarms([{ name: '3σ', threshold, series: 122, looksPerMonth: 4 }]).perMonth.toFixed(1));

// A chair that collapses: low, but not robustly so.
const { base, max, robust } = riskSensitivity({ steps: ['1', '1/50', '1/10'], severity: 1 });
console.log(base, max, robust);

// Weights that agree with each other, a grade, an interval, a coverage.
console.log(
  pairwiseWeights([
    [1, 2],
    [1 / 2, 1],
  ]).weights.map((weight) => weight.toFixed(3)),
);
console.log(gradeOf(91, { cuts: [90, 75, 60], labels: ['A', 'B', 'C', 'D'], hysteresis: 2 }, { former: 'B' }).reason);
console.log(testInterval({ inTolerance: 15, n: 20, interval: 365, target: 0.95 }).interval.toFixed(0));
console.log(dueWorkCoverage({ due: 1200, exempt: 10, done: 1150, failed: 30 }).coveragePercent?.toFixed(2));
