import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StatisticsError } from '../errors.ts';
import { judge } from './judge.ts';
import { parseLimit } from './parse-limit.ts';

const pieces = [
  ...'0123456789.,-+±~≤<>≥×*^()（）[]/%：;∶ 　',
  '10⁴',
  '不得检出',
  '未检出',
  'ND',
  '不含',
  '以',
  '与',
  '之和计',
  '总量',
  'mg/kg',
  'μg/kg',
  'mm',
  '℃',
  '以下',
  '不大于',
  '应',
  '符合',
];
const scrap = fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join(''));

describe('whatever text comes in', () => {
  it('gives a verdict or a typed error with a sentence in both languages, nothing else', () => {
    fc.assert(
      fc.property(scrap, scrap, fc.constantFrom('mg/kg', '1', null), (limit, result, unit) => {
        try {
          const verdict = judge({
            limit: parseLimit(limit, unit, { bareNumber: 'maximum' }),
            result,
            unit,
            method: 'full',
            rule: { kind: 'simple' },
          });
          expect(['conforms', 'fails', 'not-judged']).toContain(verdict.verdict);
          expect(JSON.stringify(verdict)).not.toMatch(/NaN|Infinity|undefined/);
        } catch (error) {
          if (!(error instanceof StatisticsError)) throw error;
          expect([error.code, error.argument, error.clause, error.zh, error.en].every((part) => part !== '')).toBe(
            true,
          );
        }
      }),
      { numRuns: 2000 },
    );
  });
});
