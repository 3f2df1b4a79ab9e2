import { parseLimit } from '@hengjian/statistics';
import { describe, expect, it } from 'vitest';
import { shippedAliases, shippedCategories, shippedLimits } from './index.ts';

describe('limits that ship', () => {
  it('are all there, each with a day from which it holds', () => {
    const byConfidence = Object.groupBy(shippedLimits(), ({ confidence }) => confidence);
    expect(Object.entries(byConfidence).map(([name, rows]) => [name, rows.length])).toEqual([
      ['sourced', 1149],
      ['derived', 15],
      ['unverified', 102],
    ]);
    for (const { validFrom, validUntil } of shippedLimits()) {
      expect(validFrom).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(validUntil === null || validUntil > validFrom).toBe(true);
    }
  });

  it('can each be read by the judge', () => {
    for (const { limit, unit } of shippedLimits()) expect(() => parseLimit(limit, unit)).not.toThrow();
  });

  it('say one thing: no two limits of one parameter and category are in force on the same day', () => {
    const seen = new Map<string, [string, string][]>();
    for (const { parameter, category, validFrom, validUntil } of shippedLimits()) {
      const key = `${parameter}|${category}`;
      const held = seen.get(key) ?? [];
      expect(
        held.filter(([from, until]) => from <= (validUntil ?? '9999') && validFrom <= until),
        key,
      ).toEqual([]);
      seen.set(key, [...held, [validFrom, validUntil ?? '9999']]);
    }
  });

  it('stand in a tree without circles, and aliases lead to parameters that have limits', () => {
    const parents = Map.groupBy(shippedCategories(), ([category]) => category);
    const climb = (category: string, below: readonly string[]): void => {
      expect(below, category).not.toContain(category);
      for (const [, parent] of parents.get(category) ?? []) climb(parent, [...below, category]);
    };
    for (const category of parents.keys()) climb(category, []);
    const known = new Set(shippedLimits().map(({ parameter }) => parameter));
    for (const [parameter] of shippedAliases()) expect(known).toContain(parameter);
  });
});
