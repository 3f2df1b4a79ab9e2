import { describe, expect, it } from 'vitest';
import { findIndustry, getIndustry, industries } from './index.ts';

describe('the industries of GB/T 4754-2017', () => {
  it.each([
    ['section', 20],
    ['division', 97],
    ['group', 473],
    ['class', 1381],
  ])('hold every %s of the source: %i', (level, count) => {
    expect(industries().filter((industry) => industry.level === level)).toHaveLength(count);
  });

  it('hang together: every parent is listed, in the same section', () => {
    const orphans = industries().filter(
      ({ parent, section }) => parent !== null && findIndustry(parent)?.section !== section,
    );
    expect(orphans).toEqual([]);
  });

  it('give a group with a single class ending in 0 the name of that class', () => {
    expect(getIndustry('314')).toEqual({ code: '314', section: 'C', name: '铁合金冶炼', level: 'group', parent: '31' });
    expect(getIndustry('314').name).toBe(getIndustry('3140').name);
  });

  it('know aircraft manufacture as a class, and refuse a code that does not exist', () => {
    expect(getIndustry('3741')).toMatchObject({ name: '飞机制造', level: 'class', parent: '374' });
    expect(() => getIndustry('9999')).toThrowError(expect.objectContaining({ code: 'industry-unknown' }));
  });
});
