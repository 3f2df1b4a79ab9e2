import { describe, expect, it } from 'vitest';
import { beijingTime, dayWithWeekday, grouped, percent, timeLeft } from './format.ts';

describe('dates and numbers as an officer reads them', () => {
  it('puts the weekday beside the date', () => {
    expect(dayWithWeekday('2026-11-22', 'zh')).toBe('2026-11-22 周日');
    expect(dayWithWeekday('2026-11-23', 'en')).toBe('2026-11-23 Mon');
  });

  it('shows an instant in Beijing, wherever the computer stands', () => {
    expect(beijingTime('2026-11-22T16:05:59Z')).toBe('2026-11-23 00:05');
  });

  it('groups thousands without touching a single decimal', () => {
    expect(grouped('343200.00')).toBe('343,200.00');
    expect(grouped('0.1000')).toBe('0.1000');
    expect(grouped('-1234567')).toBe('-1,234,567');
    expect(grouped('≤ 1000')).toBe('≤ 1000');
  });

  it('writes a probability as per cent', () => {
    expect(percent(0.0575)).toBe('5.75 %');
  });

  it('counts down to zero and not below', () => {
    const round = '2026-11-22T02:00:00Z';
    expect(timeLeft(round, Date.parse('2026-11-20T00:59:57Z'))).toEqual({ days: 2, hours: 1, minutes: 0, seconds: 3 });
    expect(timeLeft(round, Date.parse('2026-11-23T00:00:00Z'))).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 0 });
  });
});
