import { expect, it } from 'vitest';
import { allotmentOf } from './allotment.ts';

const labs = ['甲', '乙', '丙'].map((name) => ({ id: name, name }));

it('shares tasks by agreed share times grade, and says how', () => {
  const agreed = new Map([
    ['甲', 50],
    ['乙', 30],
    ['丙', 20],
  ]);
  const lines = allotmentOf(
    labs,
    agreed,
    new Map([
      ['甲', 'C'],
      ['乙', 'A'],
    ]),
  );
  expect(
    lines.map(({ name, agreed: own, grade, factor, weight, share }) => [name, own, grade, factor, weight, share]),
  ).toEqual([
    ['甲', 50, 'C', 0.4, 20, '28.57'],
    ['乙', 30, 'A', 1, 30, '42.86'],
    ['丙', 20, null, 1, 20, '28.57'],
  ]);
});

it('lets all count alike where one share is not agreed, and gives a D nothing', () => {
  const lines = allotmentOf(labs, new Map([['甲', 90]]), new Map([['丙', 'D']]));
  expect(lines.map(({ share }) => share)).toEqual(['50.00', '50.00', '0.00']);
});
