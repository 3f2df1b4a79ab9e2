import { describe, expect, it } from 'vitest';
import type { RecordPage } from '../api.ts';
import { speechIn } from '../i18n/language.ts';
import { checksOf } from './checks.ts';
import type { Sheet } from './sheet.ts';

const sheet = (targetEntity: string, targetAction: string) => ({ targetEntity, targetAction }) as Sheet;
const verdicts = (of: Sheet, fields: Record<string, unknown>) =>
  checksOf(of, { fields } as RecordPage, speechIn('zh')).map(({ ok }) => ok);

describe('what whoever signs is shown to check', () => {
  it('finds a product that a superior samples, and totals that do not add up', () => {
    const plan = sheet('sampling.plan', 'submit');
    const items = [
      { batches: 2, budget: '100.10' },
      { batches: 3, budget: '0.20' },
    ];
    expect(verdicts(plan, { items, batches: 5, budget: '100.30', duplicates: [{ relation: 'own' }] })).toEqual([
      true,
      true,
    ]);
    expect(verdicts(plan, { items, batches: 6, budget: '100.30', duplicates: [{ relation: 'superior' }] })).toEqual([
      false,
      false,
    ]);
  });

  it('asks for both a supervisor and an expert who agreed', () => {
    const review = (part: string, agrees: boolean) => ({ part, agrees, name: '甲' });
    const rules = sheet('sampling.rules', 'submit');
    const items = [{ method: 'GB/T 1', limit: '≤1' }];
    expect(verdicts(rules, { items, reviews: [review('supervision', true), review('testing', true)] })).toEqual([
      true,
      true,
    ]);
    expect(verdicts(rules, { items, reviews: [review('supervision', true), review('testing', false)] })[0]).toBe(false);
  });

  it('leaves to a person what no record can answer', () => {
    expect(verdicts(sheet('sampling.bulletin', 'withdraw'), {})).toEqual([null]);
    expect(verdicts(sheet('trial.visit', 'close'), {})).toEqual([]);
  });
});
