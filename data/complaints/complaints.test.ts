import { describe, expect, it } from 'vitest';
import { complaintCategories, complaintGrounds, rewardRule, ticketMapping } from './index.ts';

describe('complaints and reports', () => {
  it('has every class once, each below one that exists, with seed words', () => {
    const codes = complaintCategories().map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { parent, seeds } of complaintCategories()) {
      expect(parent === undefined || codes.includes(parent)).toBe(true);
      expect(seeds.split(' ').length).toBeGreaterThan(3);
    }
  });

  it('has the seven grounds of art. 16, the five factors of art. 17 and the eight of art. 23', () => {
    const { refusal, factors, termination } = complaintGrounds();
    expect([refusal.length, factors.length, termination.length]).toEqual([7, 5, 8]);
  });

  it('rewards fall from level to level; the share of the finance department lies below the cap', () => {
    const { levels, cap, financeFrom } = rewardRule();
    expect(levels.map(({ rate }) => rate)).toEqual(['0.05', '0.03', '0.01']);
    expect(Number(financeFrom)).toBeLessThan(Number(cap));
  });

  it('maps the columns of both platforms to fields that are taken in, and their codes to ours', () => {
    const known = new Set(complaintCategories().map(({ code }) => code));
    for (const system of ['consumer-12315', 'hotline-12345'] as const) {
      const { columns, codes } = ticketMapping(system);
      for (const needed of ['foreignNumber', 'kind', 'receivedOn', 'subjectName', 'region', 'text'])
        expect(columns[needed]).toBeTruthy();
      for (const name of Object.keys(codes)) expect(columns[name]).toBeTruthy();
      for (const category of Object.values(codes.category!)) expect(known).toContain(category);
    }
  });
});
