import { Decimal } from 'decimal.js';
import { scoreSheet } from '../../../../data/penalties/index.ts';

/** What a reviewer gives for one item of the score sheet. */
export interface Score {
  item: string;
  points: string;
}

/** What is wrong with a sheet as it was filled in: items missing, unknown, twice or above their points. */
export function faultsOf(scores: readonly Score[]): string[] {
  const { items } = scoreSheet();
  return items
    .filter(({ item, points }) => {
      const given = scores.filter((one) => one.item === item);
      return given.length !== 1 || new Decimal(given[0]!.points).gt(points);
    })
    .map(({ zh }) => zh)
    .concat(scores.filter(({ item }) => !items.some((one) => one.item === item)).map(({ item }) => item));
}

/** Sum and grade of one sheet; nothing for an item that can veto fails the file, whatever the rest is worth. */
export function gradeOf(scores: readonly Score[]): { total: string; grade: string; veto: string[] } {
  const { items, grades } = scoreSheet();
  const total = scores.reduce((sum, { points }) => sum.plus(points), new Decimal(0));
  const veto = items
    .filter(({ item, veto }) => veto && new Decimal(scores.find((one) => one.item === item)?.points ?? 0).lte(0))
    .map(({ item }) => item);
  const grade = veto.length > 0 ? 'fail' : grades.find(({ from }) => total.gte(from))!.grade;
  return { total: total.toFixed(2), grade, veto };
}

/** Two sheets that lie further apart than this are looked at by a third (setting). */
export const farApart = (first: string, second: string): boolean => new Decimal(first).minus(second).abs().gt(10);
/** The middle of two sheets. */
export const middleOf = (first: string, second: string): string => new Decimal(first).plus(second).div(2).toFixed(2);
