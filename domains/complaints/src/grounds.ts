import type { Label } from '@hengjian/kernel';
import { complaintCategories, complaintGrounds, type LegalGround } from '../../../data/complaints/index.ts';

const choicesOf = (items: readonly (Label & { code: string })[]): Record<string, Label> =>
  Object.fromEntries(items.map(({ code, zh, en }) => [code, { zh, en }]));

const grounds = complaintGrounds();
export const refusalChoices = choicesOf(grounds.refusal);
export const factorChoices = choicesOf(grounds.factors);
export const terminationChoices = choicesOf(grounds.termination);
export const resultDutyChoices = choicesOf(grounds.resultDuties);
export const categoryChoices = choicesOf(complaintCategories());

/** The clause of an item of one of the law's lists. */
export function articleOf(list: 'refusal' | 'termination' | 'factors' | 'resultDuties', code: string): string {
  const found = (grounds[list] as readonly LegalGround[]).find((ground) => ground.code === code);
  if (found === undefined) throw new Error(`There is no ${code} among the grounds of ${list}.`);
  return found.article;
}
