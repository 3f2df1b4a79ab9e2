import { describe, expect, it } from 'vitest';
import { getSystem, stepsOf, systems } from './index.ts';
import { catalogueStep } from './journeys.ts';

describe('the catalogue of systems', () => {
  it('holds all 276 systems in 27 groups with their 1,542 steps', () => {
    expect(systems()).toHaveLength(276);
    expect(new Set(systems().map((system) => system.id)).size).toBe(276);
    expect(new Set(systems().map((system) => system.group)).size).toBe(27);
    expect(systems().flatMap((system) => stepsOf(system))).toHaveLength(1542);
  });

  it('keeps nothing but names, group, domain and steps', () => {
    for (const system of systems()) {
      expect(Object.keys(system)).toEqual(['id', 'zh', 'en', 'group', 'domain', 'workflow']);
      expect([system.zh, system.en, system.group, system.domain].every(Boolean)).toBe(true);
    }
  });

  it('tells repeated steps apart', () => {
    expect(stepsOf(getSystem('accident-investigation'))).toEqual([
      'report',
      'team',
      'investigate',
      'report (2)',
      'handle',
      'lessons',
    ]);
  });

  it('finds a step by a part of its text, and refuses a text of no step or of several', () => {
    expect(catalogueStep('product-supervision-sampling', 'joint review')).toContain('REVIEWED');
    expect(catalogueStep('accident-investigation', 'report')).toBe('report');
    expect(() => catalogueStep('product-supervision-sampling', 'coffee')).toThrow('no step');
    expect(() => catalogueStep('product-supervision-sampling', '监督处')).toThrow('4 steps');
    expect(() => catalogueStep('no-such-system', 'report')).toThrowError(
      expect.objectContaining({ code: 'system-unknown' }),
    );
  });
});
