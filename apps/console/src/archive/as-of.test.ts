import { describe, expect, it } from 'vitest';
import { changedFields, findPeriod } from './as-of.ts';

const history = [
  { from: '2024-03-01', until: '2026-05-01', fields: { address: '书院路 88 号', name: '甲厂' } },
  { from: '2026-05-01', until: null, fields: { address: '麓谷大道 627 号', name: '甲厂' } },
];

describe('the facts of an enterprise on a day', () => {
  it('are the new ones from the day of change on', () => {
    expect(findPeriod(history, '2026-04-30')?.fields.address).toBe('书院路 88 号');
    expect(findPeriod(history, '2026-05-01')?.fields.address).toBe('麓谷大道 627 号');
  });

  it('do not exist before anything was recorded', () => {
    expect(findPeriod(history, '2024-02-29')).toBeUndefined();
  });

  it('differ in the fields that changed, and in those that came or went', () => {
    expect(changedFields({ a: 1, b: [1], gone: 'x' }, { a: 1, b: [2] })).toEqual(['b', 'gone']);
  });
});
