import { describe, expect, it } from 'vitest';
import { representationFrom } from './representation.ts';

const stratum = (size: number, sample: number, weights = [1]) => ({
  size,
  sample,
  weightClasses: weights.map((weight) => ({ weight, size: size / weights.length })),
});
const drawn = (...strata: ReturnType<typeof stratum>[]) => ({ strata, method: null });

describe('不合格率能代表什么', () => {
  it('各层按比例随机抽取的才代表名录内企业', () => {
    expect(representationFrom([drawn(stratum(100, 10), stratum(50, 5))], 0)).toBe('random');
    expect(representationFrom([drawn(stratum(101, 10), stratum(52, 5))], 0)).toBe('random');
  });

  it('比例不同的须加权；按风险加权、点名抽取的不代表总体', () => {
    expect(representationFrom([drawn(stratum(100, 10), stratum(50, 20))], 0)).toBe('weighted');
    expect(representationFrom([drawn(stratum(100, 10, [1, 3]))], 0)).toBe('targeted');
    expect(representationFrom([{ strata: [stratum(100, 10)], method: 'risk-weighted' }], 0)).toBe('targeted');
    expect(representationFrom([drawn(stratum(100, 10))], 1)).toBe('targeted');
  });
});
