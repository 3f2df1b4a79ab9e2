import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StandardTable } from '../table-slots.ts';
import {
  europeanMatrixOn,
  GBT_22760_SEVERITIES,
  GBT_22760_SLOT,
  matrixOf,
  productRisk,
  RAPEX_MATRIX,
  RISK_LEVELS,
  type RiskLevel,
  riskLevel,
  riskSensitivity,
  SAFETY_GATE_SLOT,
  scenarioRisk,
} from './index.ts';

const step = fc
  .record({ over: fc.integer({ min: 1, max: 2000 }), part: fc.integer({ min: 1, max: 2000 }) })
  .map(({ over, part }) => (part <= over ? `${part}/${over}` : `${over}/${part}`));
const scenario = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  severity: fc.integer({ min: 1, max: 4 }),
});
const rank = (level: RiskLevel): number => RISK_LEVELS.indexOf(level);

function transcribed(rows: readonly (readonly [above: string | null, codes: string])[]): StandardTable {
  const levels: Record<string, string> = { L: 'low', M: 'medium', H: 'high', S: 'serious' };
  return {
    slot: GBT_22760_SLOT.id,
    edition: 'GB/T 22760-2020',
    source: '示例',
    transcribedBy: '甲',
    verifiedBy: '乙',
    rows: rows.flatMap(([above, codes]) =>
      [...codes].map((code, i) => ({ above, band: above ?? '其余', severity: i + 1, level: levels[code]! })),
    ),
  };
}

describe('risk of consumer products', () => {
  it('a band does not include its lower edge, whichever way the probability is written', () => {
    expect(riskLevel('1/100', 2)).toBe('high');
    expect(riskLevel('0.01', 2)).toBe('high');
    expect(riskLevel('1%', 2)).toBe('high');
    expect(riskLevel('1.0000001%', 2)).toBe('serious');
    // 0.1 · 0.1 · 0.1 is above 1/1000 in floating point
    expect(scenarioRisk({ steps: ['0.1', '0.1', '0.1'], severity: 2 })).toEqual({
      probability: '1/1000',
      band: '>1/10000',
      level: 'medium',
    });
  });

  it('never falls when an injury gets worse or a step likelier, and does not depend on the order of steps or scenarios', () => {
    fc.assert(
      fc.property(fc.array(scenario, { minLength: 1, maxLength: 4 }), (scenarios) => {
        for (const { steps, severity } of scenarios) {
          const { level } = scenarioRisk({ steps, severity });
          expect(scenarioRisk({ steps: steps.toReversed(), severity }).level).toBe(level);
          expect(rank(scenarioRisk({ steps: steps.with(0, '1'), severity }).level)).toBeGreaterThanOrEqual(rank(level));
          expect(rank(scenarioRisk({ steps, severity: Math.min(4, severity + 1) }).level)).toBeGreaterThanOrEqual(
            rank(level),
          );
        }
        const { overall, scenarios: each } = productRisk(scenarios);
        expect(productRisk(scenarios.toReversed()).overall).toBe(overall);
        expect(rank(overall)).toBe(Math.max(...each.map(({ level }) => rank(level))));
      }),
    );
  });

  it('sensitivity brackets the level, and is robust exactly when nothing moves it', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const { base, min, max, robust, variations } = riskSensitivity(given);
        expect(base).toBe(scenarioRisk(given).level);
        expect(rank(min)).toBeLessThanOrEqual(rank(base));
        expect(rank(max)).toBeGreaterThanOrEqual(rank(base));
        expect(robust).toBe(min === max);
        expect(variations).toHaveLength(
          2 * given.steps.length + (given.severity === 1 || given.severity === 4 ? 1 : 2),
        );
      }),
    );
  });

  it('refuses severities and probabilities that cannot be', () => {
    expect(() => riskLevel('1/2', 5)).toThrow(/out-of-range/);
    expect(() => riskLevel('1/2', 1.5)).toThrow(/not-a-whole-number/);
    for (const text of ['3/2', '1/0', '101%']) expect(() => riskLevel(text, 1)).toThrow(/out-of-range/);
    for (const text of ['', '-1/2', '1/2/3', '0.5/2', 'often'])
      expect(() => riskLevel(text, 1)).toThrow(/probability-unreadable/);
    expect(() => productRisk([])).toThrow(/empty-list/);
  });
});

describe('editions of the matrix', () => {
  it('after 13 December 2024 the European matrix has to be imported, and nothing is guessed', () => {
    expect(europeanMatrixOn('2024-12-12')).toBe(RAPEX_MATRIX);
    expect(() => europeanMatrixOn('2024-12-13')).toThrow(/table-not-imported/);
    expect(() => europeanMatrixOn('13.12.2024')).toThrow(/date-unreadable/);
    const table = {
      ...transcribed([
        ['1/10', 'MHSS'],
        [null, 'LLMH'],
      ]),
      slot: SAFETY_GATE_SLOT.id,
    };
    expect(europeanMatrixOn('2025-01-01', table)).toMatchObject({
      from: '2024-12-13',
      rows: [{ levels: ['medium', 'high', 'serious', 'serious'] }, {}],
    });
  });

  it('the matrix of GB/T 22760 is an empty slot with four severities until two persons have filled it', () => {
    expect(GBT_22760_SEVERITIES.map(({ zh }) => zh)).toEqual(['微弱', '一般', '严重', '非常严重']);
    expect(() => matrixOf(GBT_22760_SLOT, undefined)).toThrow(/table-not-imported/);
    const matrix = matrixOf(
      GBT_22760_SLOT,
      transcribed([
        ['1/2', 'MHSS'],
        ['1/100', 'LMHS'],
        [null, 'LLMH'],
      ]),
    );
    expect(riskLevel('1/2', 2, matrix)).toBe('medium');
    expect(riskLevel('3/5', 2, matrix)).toBe('high');
  });

  it('refuses a matrix with a hole, an unknown level, edges out of order, or a level that falls', () => {
    const wrong = [
      transcribed([
        ['1/2', 'MHSS'],
        [null, 'LLM'],
      ]),
      transcribed([
        ['1/2', 'MHXS'],
        [null, 'LLMH'],
      ]),
      transcribed([
        ['1/100', 'MHSS'],
        ['1/2', 'LMHS'],
        [null, 'LLMH'],
      ]),
      transcribed([
        ['1/2', 'MLSS'],
        [null, 'LLMH'],
      ]),
      transcribed([
        ['1/2', 'LMHS'],
        [null, 'MMHS'],
      ]),
      transcribed([
        ['1/2', 'MHSS'],
        ['1/100', 'LLMH'],
      ]),
    ];
    for (const table of wrong)
      expect(() => matrixOf(GBT_22760_SLOT, table)).toThrow(/matrix-invalid|table-import-refused/);
  });
});
