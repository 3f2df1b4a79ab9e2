import { describe, expect, it } from 'vitest';
import { classesOf } from './classes.ts';
import { csvOf, type FigureAnswer, type Figured, sorted } from './shapes.ts';

const line = (group: string, value: string | null, small = false, n = 50): Figured => ({
  group,
  label: { zh: group, en: group },
  numerator: 1,
  denominator: n,
  value,
  interval: null,
  small,
  worth: null,
});

describe('地图分级', () => {
  it('合格率用固定分级，边界值归上一级；批次过少的不着色，没有数据的不是零', () => {
    const { of, breaks } = classesOf('pass-rate', 'percent', []);
    expect(breaks).toEqual([0, 0.6, 0.8, 0.9, 0.95, 1]);
    expect(['0', '0.599999', '0.6', '0.95', '1'].map((value) => of(line('a', value)))).toEqual(
      [0, 0, 1, 4, 4].map((index) => ({ kind: 'class', index })),
    );
    expect(of(line('a', '0.5', true))).toEqual({ kind: 'small' });
    expect(of(undefined)).toEqual({ kind: 'none' });
    expect(of(line('a', null))).toEqual({ kind: 'none' });
  });
  it('数量分级取整且不越界', () => {
    const groups = [line('a', '37'), line('b', '0')];
    const { of } = classesOf('sampled', 'batches', groups);
    expect(groups.map((group) => of(group).kind)).toEqual(['class', 'class']);
    expect(of(groups[1])).toEqual({ kind: 'class', index: 0 });
  });
});

it('排序把没有数值的放在最后；导出带查询条件和校验值，逗号和引号不会错位', () => {
  const groups = [line('b', '0.5'), line('a', null), line('c', '0.9')];
  expect(sorted(groups, 'value', true).map(({ group }) => group)).toEqual(['c', 'b', 'a']);
  expect(sorted(groups, 'value', false).map(({ group }) => group)).toEqual(['b', 'c', 'a']);
  const answer = {
    label: { zh: '率,"甲"', en: '' },
    definition: { zh: 'd', en: '' },
    parameters: { figure: 'x' },
    asOf: 't',
    hash: 'h',
    groups,
    total: line('', '0.7'),
  };
  const text = csvOf(answer as unknown as FigureAnswer, ({ zh }) => zh);
  expect(text).toContain('"率,""甲""",d');
  expect(text).toContain('sha256,h');
});
