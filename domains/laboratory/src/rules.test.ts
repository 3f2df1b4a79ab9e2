import { describe, expect, it } from 'vitest';
import { judgeControl, keepUntil, readChart } from './rules.ts';

const limits = { mean: '100', deviation: '2' };
const rulesOf = (...points: string[]) => readChart(points, limits).map(({ rule }) => rule);

describe('a control chart by the Westgard rules', () => {
  it('says nothing of points within two deviations on both sides', () => {
    expect(rulesOf('101', '99', '103', '97', '104')).toEqual([]);
  });
  it.each([
    [['100', '104.1'], ['1-2s']],
    [
      ['100', '106.1'],
      ['1-2s', '1-3s'],
    ],
    [
      ['104.1', '104.2'],
      ['1-2s', '2-2s'],
    ],
    [
      ['104.1', '95.9'],
      ['1-2s', 'R-4s'],
    ],
    [['102.1', '102.1', '103', '102.5'], ['4-1s']],
    [Array.from({ length: 10 }, () => '100.5'), ['10-x']],
    [Array.from({ length: 9 }, () => '100.5'), []],
  ] as [string[], string[]][])('reads %j', (points, rules) => {
    expect(rulesOf(...points)).toEqual(rules);
  });
  it('stands exactly on a line as inside it', () => {
    expect(rulesOf('104', '104')).toEqual([]);
    expect(rulesOf('106')).toEqual(['1-2s']);
  });
  it('is only about the newest point: an old breach is not told again', () => {
    expect(rulesOf('107', '100')).toEqual([]);
  });
});

describe('controls of a run', () => {
  it('accepts a blank below the limit of quantification only', () => {
    expect(judgeControl({ kind: 'blank', value: '0.009', quantification: '0.01' }).accepted).toBe(true);
    expect(judgeControl({ kind: 'blank', value: '0.010', quantification: '0.01' }).accepted).toBe(false);
  });
  it('compares duplicates with their mean, exactly at the bound still accepted', () => {
    const duplicate = { kind: 'duplicate', first: '0.95', second: '1.05', mostPercent: '10' } as const;
    expect(judgeControl(duplicate)).toMatchObject({ accepted: true, zh: expect.stringContaining('10.0 %') });
    expect(judgeControl({ ...duplicate, second: '1.06' }).accepted).toBe(false);
  });
  it('reckons the recovery of a spike', () => {
    const spike = {
      kind: 'spike',
      found: '0.95',
      original: '0.10',
      added: '1.00',
      leastPercent: '80',
      mostPercent: '110',
    } as const;
    expect(judgeControl(spike)).toMatchObject({ accepted: true, zh: expect.stringContaining('85.0 %') });
    expect(judgeControl({ ...spike, found: '0.85' }).accepted).toBe(false);
  });
  it('rejects a run whose control is out of control, and only warns beyond two deviations', () => {
    const control = { kind: 'control', ...limits, earlier: ['100'], value: '104.5' } as const;
    expect(judgeControl(control)).toMatchObject({ accepted: true, zh: expect.stringContaining('警告') });
    expect(judgeControl({ ...control, earlier: ['104.5'] })).toMatchObject({
      accepted: false,
      zh: expect.stringContaining('2-2s'),
    });
  });
});

describe('how long a sample is kept', () => {
  const addMonths = (day: string, months: number): string => `${day}+${months}`;
  const own = { shelfLifeUntil: null, retainedMonths: 2 };
  it('keeps a food back-up three months after a pass and six after a failure, never beyond its shelf life', () => {
    expect(keepUntil('backup', '2026-03-02', false, own, addMonths)).toBe('2026-03-02+3');
    expect(keepUntil('backup', '2026-03-02', true, own, addMonths)).toBe('2026-03-02+6');
    expect(keepUntil('backup', '2026-03-02', true, { ...own, shelfLifeUntil: '2026-03-01' }, addMonths)).toBe(
      '2026-03-01',
    );
  });
  it('keeps what the laboratory retains by its own rule, and a spare sample until the organiser says', () => {
    expect(keepUntil('retained', '2026-03-02', false, own, addMonths)).toBe('2026-03-02+2');
    expect(keepUntil('spare', '2026-03-02', true, own, addMonths)).toBeNull();
  });
});
