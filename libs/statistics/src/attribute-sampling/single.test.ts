import { describe, expect, it } from 'vitest';
import { StatisticsError } from '../errors.ts';
import {
  CODE_LETTERS,
  codeLetter,
  DOUBLE_SAMPLING_SLOT,
  FRACTIONAL_SAMPLING_SLOT,
  findNextTighterAql,
  fractionalPlanByCode,
  isPercentNonconformingAql,
  PREFERRED_AQL,
  type Severity,
  singlePlanByCode,
  singlePlanForLot,
  stagePlanByCode,
} from './index.ts';

function refusal(run: () => unknown): StatisticsError {
  try {
    run();
  } catch (error) {
    if (error instanceof StatisticsError) {
      return error;
    }
  }
  throw new Error('expected a StatisticsError');
}

describe('GB/T 2828.1 single sampling', () => {
  it('批量 50、水平 II、AQL 1.0：字码 D 的箭头指向 E，抽 13 件，Ac 0', () => {
    const plan = singlePlanForLot(50, 'II', 1);
    expect(plan).toMatchObject({ initialCode: 'D', code: 'E', n: 13, ac: 0, re: 1, fullInspection: false });
  });

  it('样本量不小于批量时全数检验', () => {
    expect(singlePlanForLot(8, 'II', 0.1)).toMatchObject({ n: 125, fullInspection: true, inspect: 8 });
    expect(singlePlanForLot(13, 'II', 1)).toMatchObject({ n: 13, fullInspection: true, inspect: 13 });
  });

  it('批量 1 没有字码，AQL 1.2 不是优先值，检验水平 IV 不存在', () => {
    expect(refusal(() => codeLetter(1, 'II'))).toMatchObject({ code: 'lot-of-one', argument: 'lotSize' });
    expect(refusal(() => singlePlanForLot(1000, 'II', 1.2)).code).toBe('aql-not-in-standard');
    expect(refusal(() => codeLetter(100, 'IV' as 'II')).code).toBe('unknown-inspection-level');
    expect(refusal(() => codeLetter(12.5, 'II')).code).toBe('not-a-whole-number');
    expect(refusal(() => codeLetter(Number.NaN, 'II')).code).toBe('not-a-whole-number');
    expect(refusal(() => singlePlanByCode('I' as 'H', 1, 'normal')).code).toBe('unknown-code-letter');
    expect(refusal(() => singlePlanByCode('H', 1, 'relaxed' as 'normal')).code).toBe('unknown-severity');
  });

  it('错误信息让人看得懂：中文、英文、条款', () => {
    const error = refusal(() => singlePlanForLot(1000, 'II', 1.2));
    expect(error.zh).toContain('26 个优先值');
    expect(error.en).toContain('interpolation');
    expect(error.clause).toContain('GB/T 2828.1-2012');
  });

  it('every cell of the three tables leads to a plan with Re = Ac + 1 and Ac below what n can hold', () => {
    for (const severity of ['normal', 'tightened', 'reduced'] as Severity[]) {
      for (const code of CODE_LETTERS) {
        for (const aql of PREFERRED_AQL) {
          const plan = singlePlanByCode(code, aql, severity);
          expect(plan.re).toBe(plan.ac + 1);
          if (aql <= 10) {
            expect(plan.ac).toBeLessThan(plan.n);
          }
        }
      }
    }
  });

  it('tightened inspection is never more lenient and reduced inspection never draws more', () => {
    for (const code of CODE_LETTERS) {
      for (const aql of PREFERRED_AQL) {
        const normal = singlePlanByCode(code, aql, 'normal');
        const tightened = singlePlanByCode(code, aql, 'tightened');
        expect(tightened.ac / tightened.n).toBeLessThanOrEqual(normal.ac / normal.n);
        expect(singlePlanByCode(code, aql, 'reduced').n).toBeLessThanOrEqual(normal.n);
      }
    }
  });

  it('bottom corner: letter S exists only for tightened inspection at AQL 0.025', () => {
    expect(singlePlanByCode('R', 0.025, 'tightened')).toEqual({ code: 'S', n: 3150, ac: 1, re: 2 });
    expect(singlePlanByCode('Q', 0.025, 'tightened').code).toBe('S');
    expect(singlePlanByCode('R', 0.015, 'tightened')).toEqual({ code: 'Q', n: 1250, ac: 0, re: 1 });
    expect(singlePlanByCode('R', 0.025, 'reduced')).toEqual({ code: 'N', n: 200, ac: 0, re: 1 });
    expect(singlePlanByCode('R', 0.01, 'normal')).toEqual({ code: 'Q', n: 1250, ac: 0, re: 1 });
  });

  it('reduced rows A and B do not follow the diagonal', () => {
    expect(singlePlanByCode('A', 6.5, 'reduced')).toEqual({ code: 'A', n: 2, ac: 0, re: 1 });
    expect(singlePlanByCode('B', 4, 'reduced')).toEqual({ code: 'B', n: 2, ac: 0, re: 1 });
    expect(singlePlanByCode('B', 6.5, 'reduced')).toEqual({ code: 'A', n: 2, ac: 0, re: 1 });
    expect(singlePlanByCode('A', 10, 'reduced')).toEqual({ code: 'D', n: 3, ac: 1, re: 2 });
    expect(singlePlanByCode('B', 15, 'reduced')).toEqual({ code: 'C', n: 2, ac: 1, re: 2 });
    expect(singlePlanByCode('B', 1000, 'reduced')).toEqual({ code: 'B', n: 2, ac: 30, re: 31 });
  });

  it('AQL above 10 counts nonconformities per 100 units only', () => {
    expect(isPercentNonconformingAql(10)).toBe(true);
    expect(isPercentNonconformingAql(15)).toBe(false);
    expect(findNextTighterAql(1)).toBe(0.65);
    expect(findNextTighterAql(0.01)).toBeUndefined();
  });
});

describe('tables that nobody has transcribed yet', () => {
  it('二次抽样主表未导入时明确说明，绝不推测', () => {
    const error = refusal(() => stagePlanByCode(DOUBLE_SAMPLING_SLOT, undefined, 'K', 1, 'normal'));
    expect(error.code).toBe('table-not-imported');
    expect(error.zh).toContain('二次抽样方案主表');
    expect(refusal(() => fractionalPlanByCode(undefined, 'K', 1, 'normal')).code).toBe('table-not-imported');
  });

  const row = { severity: 'normal', code: 'K', aql: 1 };
  const document = {
    slot: DOUBLE_SAMPLING_SLOT.id,
    edition: 'GB/T 2828.1-2012',
    source: 'invented for this test',
    transcribedBy: 'first person',
    verifiedBy: 'second person',
    rows: [
      { ...row, stage: 2, n: 9, ac: 3, re: 4 },
      { ...row, stage: 1, n: 9, ac: null, re: 3 },
    ],
  };

  it('an imported table answers for its own entries only', () => {
    expect(stagePlanByCode(DOUBLE_SAMPLING_SLOT, document, 'K', 1, 'normal')).toEqual([
      { n: 9, ac: null, re: 3 },
      { n: 9, ac: 3, re: 4 },
    ]);
    const missing = refusal(() => stagePlanByCode(DOUBLE_SAMPLING_SLOT, document, 'K', 1.5, 'normal'));
    expect(missing.code).toBe('not-in-table');
  });

  it('refuses an import verified by its transcriber, with a bad cell, or for another slot', () => {
    const attempt = (change: object): string =>
      refusal(() => stagePlanByCode(DOUBLE_SAMPLING_SLOT, { ...document, ...change }, 'K', 1, 'normal')).argument;
    expect(attempt({ verifiedBy: 'first person' })).toBe('verifiedBy');
    expect(attempt({ slot: FRACTIONAL_SAMPLING_SLOT.id })).toBe('slot');
    expect(attempt({ source: ' ' })).toBe('source');
    expect(attempt({ rows: [] })).toBe('rows');
    expect(attempt({ rows: [{ ...row, stage: 1, n: 9.5, ac: 0, re: 1 }] })).toBe('rows[0].n');
  });
});
