import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, replay } from './judge.ts';
import { parseLimit } from './parse-limit.ts';
import { parseResult } from './result.ts';
import { roundDecimals, roundInterval } from './rounding.ts';
import type { JudgeInput, Verdict } from './verdict.ts';

type Options = Partial<Omit<JudgeInput, 'limit'>>;

function verdictOn(limit: string, result: string, unit: string | null, options: Options = {}): Verdict {
  return judge({ limit: parseLimit(limit, unit), result, unit, method: 'full', rule: { kind: 'simple' }, ...options });
}

const U = (expanded: string): Options => ({ uncertainty: { expanded, coverageFactor: '2' } });

describe('a result against a numeric limit', () => {
  it('shows that the two methods of GB/T 8170 may disagree on the same result', () => {
    expect(verdictOn('≤0.20', '0.205', 'mg/kg').verdict).toBe('fails');
    expect(verdictOn('≤0.20', '0.205', 'mg/kg', { method: 'rounded' }).verdict).toBe('conforms');
    expect(verdictOn('10.0±0.1(不含0.1)', '9.94', 'mm').verdict).toBe('conforms');
    expect(verdictOn('10.0±0.1(不含0.1)', '9.94', 'mm', { method: 'rounded' }).verdict).toBe('fails');
    expect(verdictOn('≥14×100', '1351', 'MPa', { method: 'rounded' }).verdict).toBe('conforms');
    expect(verdictOn('≥14×100', '1350', 'MPa', { method: 'rounded' }).verdict).toBe('conforms');
    expect(verdictOn('≥14×100', '1349', 'MPa', { method: 'rounded' }).verdict).toBe('fails');
  });

  it('heeds the mark of a value that the laboratory rounded once', () => {
    expect(verdictOn('≤0.20', '0.20(+)', 'mg/kg').verdict).toBe('fails');
    expect(verdictOn('≤0.20', '0.20(-)', 'mg/kg').verdict).toBe('conforms');
    expect(verdictOn('≤15', '15.5(-)', 'mm', { method: 'rounded' }).verdict).toBe('conforms');
    expect(verdictOn('≤16', '16.5(+)', 'mm', { method: 'rounded' }).verdict).toBe('fails');
    expect(verdictOn('≥-18', '-18(+)', '°C').verdict).toBe('fails');
  });

  it('converts units of one kind and refuses others', () => {
    const limit = parseLimit('≤100μg/kg', null);
    const on = (result: string, unit: string) =>
      judge({ limit, result, unit, method: 'full', rule: { kind: 'simple' } });
    expect(on('0.1', 'mg/kg').verdict).toBe('conforms');
    expect(on('0.1001', 'mg/kg').verdict).toBe('fails');
    expect(() => on('0.1', 'mg/L')).toThrow(/incompatible-units/);
    expect(() => on('0.1', '%')).toThrow(/incompatible-units/);
    expect(verdictOn('≤2 N/mm2', '1999 kPa', null).verdict).toBe('conforms');
    expect(() => verdictOn('≤1 h', '20 min', null)).toThrow(/conversion-not-exact/);
    expect(verdictOn('≤60 min', '1 h', null).verdict).toBe('conforms');
  });

  it('cites the clauses and shows each step in both languages', () => {
    const verdict = verdictOn('≤0.20', '205 μg/kg', 'mg/kg', { method: 'rounded', source: 'GB 2763-2021 4.1' });
    expect(verdict.clause).toBe('GB 2763-2021 4.1; GB/T 8170-2008 4.3.3; ILAC-G8:09/2019 4.2.1');
    expect(verdict.steps.map((step) => step.en)).toEqual([
      'Limit "≤0.20": ≤0.20 mg/kg.',
      'Unit: 205 μg/kg = 0.205 mg/kg.',
      'Rounded-value method: the value is rounded, then meets the limit.',
      'Rounded to the last place of the limit: 0.205 → 0.20.',
      'The result is within the limit ≤0.20 mg/kg.',
    ]);
    expect(verdict.steps.every((step) => /[\u4e00-\u9fff]/.test(step.zh))).toBe(true);
  });

  it('refuses to round at a place the standard did not write', () => {
    expect(() => verdictOn('100g±5%', '105.2', 'g', { method: 'rounded' })).toThrow(/rounding-place-unknown/);
  });
});

describe('results without a number', () => {
  it('passes "not detected" only when the detection limit lies within the limit', () => {
    expect(verdictOn('≤0.20', '未检出(检出限0.01)', 'mg/kg').verdict).toBe('conforms');
    expect(verdictOn('≤0.20', '未检出(检出限0.20)', 'mg/kg').verdict).toBe('conforms');
    expect(verdictOn('<0.20', '未检出(检出限0.20)', 'mg/kg').verdict).toBe('conforms');
    const insensitive = verdictOn('≤0.20', '未检出(检出限0.5)', 'mg/kg');
    expect([insensitive.verdict, insensitive.reason.code]).toEqual(['not-judged', 'depends-on-undetected']);
    const silent = verdictOn('≤0.20', 'ND', 'mg/kg');
    expect([silent.verdict, silent.reason.code]).toEqual(['not-judged', 'detection-limit-not-stated']);
  });

  it('fails "not detected" against a minimum above the detection limit', () => {
    expect(verdictOn('≥1.0', '未检出(检出限0.1)', 'mg/kg').verdict).toBe('fails');
    expect(verdictOn('≥1.0', '<1.0', 'mg/kg').verdict).toBe('fails');
    expect(verdictOn('≥0', '<1.0', 'mg/kg').verdict).toBe('conforms');
    expect(verdictOn('0.5~1.0', '<1.0', 'mg/kg').verdict).toBe('not-judged');
  });

  it('judges "must not be detected" by detection', () => {
    expect(verdictOn('不得检出', '0.55', 'mg/kg').verdict).toBe('fails');
    expect(verdictOn('不得检出', 'ND', 'mg/kg').verdict).toBe('conforms');
    expect(verdictOn('不得使用', '0.03', 'mg/kg').verdict).toBe('fails');
    expect(verdictOn('不得检出', '<0.5', 'mg/kg').reason.code).toBe('below-quantification');
    expect(verdictOn('不得检出(检出限1.0μg/kg)', '0.8 μg/kg', null).verdict).toBe('conforms');
    expect(verdictOn('不得检出(检出限1.0μg/kg)', '未检出(检出限2μg/kg)', null).reason.code).toBe(
      'detection-limit-too-high',
    );
    expect(verdictOn('不得检出/25g', '0/25g', null).verdict).toBe('conforms');
    expect(() => verdictOn('不得检出', '-0.1', 'mg/kg')).toThrow(/negative-amount/);
  });

  it('judges nothing where no value is set', () => {
    expect(verdictOn('暂无标准值', '0.55', 'mg/kg')).toMatchObject({
      verdict: 'not-judged',
      reason: { code: 'no-limit-value' },
    });
    expect(verdictOn('按生产需要适量使用', '0.55', 'g/kg').reason.code).toBe('no-numeric-maximum');
  });

  it('judges a requirement in words by what the tester recorded', () => {
    expect(verdictOn('应清晰', '符合', null).verdict).toBe('conforms');
    expect(verdictOn('应清晰', '不符合', null).verdict).toBe('fails');
    expect(() => verdictOn('应清晰', '0.5', '1')).toThrow(/assessment-missing/);
    expect(() => verdictOn('≤0.20', '符合', 'mg/kg')).toThrow(/assessment-for-number/);
  });
});

describe('limits on a sum of analytes', () => {
  const limit = '(以恩诺沙星与环丙沙星之和计)(≤100μg/kg)';

  it('adds the components', () => {
    expect(verdictOn(limit, '(恩诺沙星60;环丙沙星40)', 'μg/kg').verdict).toBe('conforms');
    expect(verdictOn(limit, '(恩诺沙星60;环丙沙星40.1)', 'μg/kg').verdict).toBe('fails');
    expect(verdictOn(limit, '(恩诺沙星 99.5; 环丙沙星 未检出<1.2)', 'μg/kg').verdict).toBe('not-judged');
    expect(
      verdictOn(limit, '(恩诺沙星 99.5; 环丙沙星 未检出<1.2)', 'μg/kg', { notDetectedInSum: 'zero' }).verdict,
    ).toBe('conforms');
    expect(verdictOn(limit, '(恩诺沙星 32.2; 环丙沙星 未检出<1.2)', 'μg/kg').verdict).toBe('conforms');
    expect(verdictOn(limit, '(恩诺沙星 132.2; 环丙沙星 未检出)', 'μg/kg').verdict).toBe('fails');
    expect(verdictOn(limit, '(恩诺沙星 32.2; 环丙沙星 未检出)', 'μg/kg').verdict).toBe('not-judged');
  });

  it('does not take a single number for the sum unless told so', () => {
    expect(() => verdictOn(limit, '248', 'μg/kg')).toThrow(/sum-not-stated/);
    expect(verdictOn(limit, '248', 'μg/kg', { resultIsSum: true }).verdict).toBe('fails');
    expect(() => verdictOn(limit, '(恩诺沙星60;氧氟沙星40)', 'μg/kg')).toThrow(/sum-components-differ/);
    expect(() => verdictOn('≤100', '(恩诺沙星60;环丙沙星40)', 'μg/kg')).toThrow(/unexpected-components/);
  });
});

describe('measurement uncertainty and decision rules', () => {
  it('fails beyond the limit under guarded rejection only past the guard band', () => {
    const rule = { kind: 'guarded-rejection', r: '1' } as const;
    expect(verdictOn('≤0.20', '0.224', 'mg/kg', { rule, ...U('0.024') })).toMatchObject({
      verdict: 'conforms',
      reason: { code: 'inside-guard-band' },
    });
    expect(verdictOn('≤0.20', '0.2241', 'mg/kg', { rule, ...U('0.024') }).verdict).toBe('fails');
  });

  it('accepts under guarded acceptance only short of the guard band', () => {
    const rule = { kind: 'guarded-acceptance', r: '1' } as const;
    expect(verdictOn('≤0.20', '0.176', 'mg/kg', { rule, ...U('0.024') }).verdict).toBe('conforms');
    expect(verdictOn('≤0.20', '0.18', 'mg/kg', { rule, ...U('0.024') })).toMatchObject({
      verdict: 'fails',
      reason: { code: 'inside-guard-band' },
    });
    expect(verdictOn('9.9~10.1', '10.0', 'mm', { rule, ...U('0.2') }).reason.code).toBe('acceptance-interval-empty');
    expect(verdictOn('9.9~10.1', '11', 'mm', { rule, ...U('0.2') }).verdict).toBe('fails');
  });

  it('leaves the conditional statements of a non-binary rule unjudged', () => {
    const rule = { kind: 'non-binary' } as const;
    const on = (result: string) => verdictOn('≤0.20', result, 'mg/kg', { rule, ...U('0.024') });
    expect([on('0.17'), on('0.18'), on('0.21'), on('0.23')].map((v) => [v.verdict, v.statement])).toEqual([
      ['conforms', 'pass'],
      ['not-judged', 'conditional-pass'],
      ['not-judged', 'conditional-fail'],
      ['fails', 'fail'],
    ]);
  });

  it('states the probability of a wrong verdict', () => {
    const verdict = verdictOn('≤0.2', '0.18', 'mg/kg', U('0.024'));
    expect(verdict.probability).toEqual({ conforms: 0.95221, wrongVerdict: 0.0477904 });
    expect(verdictOn('≤0.2', '0.225', 'mg/kg', U('0.024')).probability?.wrongVerdict).toBeCloseTo(0.0186104, 7);
    expect(verdictOn('≤0.2', '0.18', 'mg/kg').probability).toBeNull();
    expect(
      verdictOn('≤0.2', '180 μg/kg', 'mg/kg', { uncertainty: { expanded: '24', coverageFactor: '2', unit: 'μg/kg' } })
        .probability,
    ).toEqual(verdict.probability);
  });

  it('refuses a rule or a limit it does not know', () => {
    const limit = parseLimit('≤0.20', 'mg/kg');
    const input = { limit, result: '0.1', unit: 'mg/kg', method: 'full', rule: { kind: 'simple' } } as const;
    const on = (change: object): Verdict => judge({ ...input, ...change } as JudgeInput);
    expect(() => on({ rule: { kind: 'shared-risk' } })).toThrow(/rule-unknown/);
    expect(() => on({ rule: undefined })).toThrow(/rule-unknown/);
    expect(() => on({ method: 'approximate' })).toThrow(/method-unknown/);
    expect(() => on({ limit: { ...limit, kind: 'target' } })).toThrow(/limit-unknown/);
    expect(() => on({ limit: { ...limit, upper: null } })).toThrow(/limit-empty/);
    expect(() => on({ limit: { ...limit, upper: { value: 'NaN', decimals: 2, inclusive: true } } })).toThrow(
      /not-a-decimal/,
    );
    expect(on({ result: { kind: 'value', value: '0.20', unit: 'ug/g' } }).verdict).toBe('conforms');
  });

  it('refuses what does not go together', () => {
    const rule = { kind: 'guarded-rejection', r: '1' } as const;
    expect(() => verdictOn('≤0.20', '0.21', 'mg/kg', { rule })).toThrow(/uncertainty-missing/);
    expect(() => verdictOn('≤0.20', '0.21', 'mg/kg', { rule, method: 'rounded', ...U('0.02') })).toThrow(
      /rounding-with-guard-band/,
    );
    expect(() => verdictOn('≤0.20', '0.21', 'mg/kg', U('0'))).toThrow(/uncertainty-not-positive/);
  });
});

describe('replay', () => {
  it('reaches the same verdict from storage and notices what was altered', () => {
    const stored = JSON.parse(
      JSON.stringify(verdictOn('≤0.20', '205 μg/kg', 'mg/kg', { source: 'GB 2763-2021', ...U('0.024') })),
    ) as Verdict;
    expect(replay(stored)).toMatchObject({ identical: true, differences: [] });
    expect(replay({ ...stored, verdict: 'conforms' }).differences).toEqual(['verdict']);
    expect(replay({ ...stored, input: { ...stored.input, method: 'rounded' } }).identical).toBe(false);
  });
});

const decimalText = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => {
    const size = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
    const text = places === 0 ? size : `${size.slice(0, -places)}.${size.slice(-places)}`;
    return digits < 0n ? `-${text}` : text;
  });

describe('properties of rounding and judging', () => {
  it('rounding twice changes nothing, and mirrors for negatives', () => {
    fc.assert(
      fc.property(decimalText, fc.integer({ min: -4, max: 8 }), (x, decimals) => {
        const once = roundDecimals(x, decimals);
        expect(roundDecimals(once, decimals)).toBe(once);
        const mirrored = x.startsWith('-') ? x.slice(1) : `-${x}`;
        expect(roundDecimals(mirrored, decimals).replace('-', '')).toBe(once.replace('-', ''));
      }),
    );
  });

  it('rounding to the interval 10^-d equals rounding to d decimals', () => {
    fc.assert(
      fc.property(decimalText, fc.integer({ min: 0, max: 8 }), (x, decimals) => {
        const interval = decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`;
        expect(roundInterval(x, interval)).toBe(roundDecimals(x, decimals));
      }),
    );
  });

  it('a printed limit is met by its own value, and a larger result never passes where a smaller one fails', () => {
    fc.assert(
      fc.property(decimalText, decimalText, decimalText, (bound, a, b) => {
        const on = (x: string, method: 'full' | 'rounded') =>
          judge({
            limit: parseLimit(`≤${bound}`, '1'),
            result: parseResult(x, '1'),
            unit: '1',
            method,
            rule: { kind: 'simple' },
          });
        expect(on(bound, 'full').verdict).toBe('conforms');
        const [small, large] = Number(a) <= Number(b) ? [a, b] : [b, a];
        for (const method of ['full', 'rounded'] as const) {
          const verdicts = [on(small, method).verdict, on(large, method).verdict];
          if (Number(small) < Number(large)) expect(verdicts).not.toEqual(['fails', 'conforms']);
        }
      }),
    );
  });
});
