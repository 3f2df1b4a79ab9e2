import { expect, it } from 'vitest';
import { nameOf, periodAfter, periodOf } from './periods.ts';

it('周从周一到周日，月和季按历法，跨年不断', () => {
  expect(periodOf('weekly', '2026-03-01')).toEqual({ from: '2026-02-23', until: '2026-03-01' });
  expect(periodOf('weekly', '2026-01-01')).toEqual({ from: '2025-12-29', until: '2026-01-04' });
  expect(periodOf('monthly', '2024-02-10')).toEqual({ from: '2024-02-01', until: '2024-02-29' });
  expect(periodOf('quarterly', '2026-11-30')).toEqual({ from: '2026-10-01', until: '2026-12-31' });
  expect(periodAfter('quarterly', periodOf('quarterly', '2026-11-30'))).toEqual({
    from: '2027-01-01',
    until: '2027-03-31',
  });
  expect(periodAfter('weekly', periodOf('weekly', '2026-03-01')).from).toBe('2026-03-02');
  expect(nameOf('quarterly', periodOf('quarterly', '2026-11-30'))).toBe('2026年第四季度');
  expect(nameOf('monthly', periodOf('monthly', '2026-03-05'))).toBe('2026年3月');
});
