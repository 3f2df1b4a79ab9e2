import {
  judge,
  parseLimit,
  passRate,
  probabilityOfDetection,
  replay,
  replaySwitching,
  singlePlanForLot,
} from './src/index.ts';

// GB/T 2828.1: a lot of 2000, level II, AQL 1.
const { code, n, ac, re } = singlePlanForLot(2000, 'II', 1);
console.log(code, n, ac, re);

// Two lots refused out of five: inspection becomes tightened.
console.log(replaySwitching('K', 1, [{ nonconforming: 4 }, { nonconforming: 5 }]).at(-1)?.next.severity);

// Sixty samples find a fault that one product in twenty has.
console.log(probabilityOfDetection(60, { model: 'binomial', p: 0.05 }).toFixed(3));

// A pass rate that keeps saying what it is not.
console.log(passRate({ inspected: 50, passed: 46, representative: false }).statement.en);

// A verdict with its reasoning, which can be reached again years later.
const verdict = judge({
  limit: parseLimit('≤0.20', 'mg/kg'),
  result: '205 μg/kg',
  unit: 'mg/kg',
  method: 'full',
  rule: { kind: 'simple' },
  source: 'GB 2763-2021 4.1',
});
console.log(verdict.verdict, verdict.reason.en, replay(verdict).identical);
