import { describe, expect, it } from 'vitest';
import { PREFERRED_AQL } from '../attribute-sampling/index.ts';
import { foreignDoublePlan, foreignVariablesPlan } from './index.ts';

const LOTS = [2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10_001, 35_001, 150_001, 500_001];
const SEVERITIES = ['normal', 'tightened', 'reduced'] as const;

describe('tables of foreign editions', () => {
  it('every double plan decides at its second sample, except reduced ones, which may leave a gap', () => {
    for (const severity of SEVERITIES) {
      for (const lot of LOTS) {
        for (const aql of PREFERRED_AQL) {
          const plan = foreignDoublePlan(lot, 'II', aql, severity);
          if (plan === null) continue;
          const [first, second] = plan.stages as [(typeof plan.stages)[0], (typeof plan.stages)[0]];
          expect(plan.edition).toBe('MIL-STD-105E (1989)');
          expect(first.re).toBeGreaterThan(first.ac! + 1);
          if (severity === 'reduced') expect(second.re).toBeGreaterThan(second.ac!);
          else expect(second.re).toBe(second.ac! + 1);
        }
      }
    }
  });

  it('follow arrows to the plan below and above, and say where only a single plan exists', () => {
    expect(foreignDoublePlan(2, 'I', 15, 'normal')?.stages).toEqual([
      { n: 2, ac: 0, re: 2 },
      { n: 2, ac: 1, re: 2 },
    ]);
    expect(foreignDoublePlan(10_001, 'II', 100, 'normal')?.stages[1]).toEqual({ n: 8, ac: 26, re: 27 });
    expect(foreignDoublePlan(1201, 'II', 0.15, 'normal')).toBeNull();
  });

  it('plans for variables get stricter from reduced to tightened, and with the AQL', () => {
    for (const lot of LOTS) {
      for (const aql of [0.4, 1, 2.5, 6.5]) {
        const k = (severity: (typeof SEVERITIES)[number], at = aql): number =>
          foreignVariablesPlan(lot, 'II', at, severity).k;
        expect(k('tightened')).toBeGreaterThanOrEqual(k('normal'));
        expect(k('normal')).toBeGreaterThanOrEqual(k('reduced') - 0.05);
        expect(k('normal', 10)).toBeLessThan(k('normal'));
      }
    }
  });

  it('refuse levels, AQLs and lots that the tables do not have', () => {
    expect(() => foreignVariablesPlan(100, 'II', 15, 'normal')).toThrow(/aql-not-preferred/);
    expect(() => foreignVariablesPlan(100, 'S-1' as 'S-3', 1, 'normal')).toThrow(/level-unknown/);
    expect(() => foreignVariablesPlan(1, 'II', 1, 'normal')).toThrow(/out-of-range/);
  });
});
