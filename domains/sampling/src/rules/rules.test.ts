import { describe, expect, it } from 'vitest';
import { readStated } from './decision.ts';
import type { Item, Review } from './entity.ts';
import { checkContent, isJointlyReviewed } from './rules.ts';

const item = (name: string): Item => ({
  item: name,
  method: 'GB/T 2099.1',
  limit: '≤54 N',
  unit: 'N',
  severity: 'A',
  judge: 'rounded',
});
const verdictRule = '任一项目不合格的，判定为不合格';
const opinion = (person: string, part: Review['part'], agrees = true): Review => ({
  person,
  name: person,
  part,
  agrees,
  opinion: '意见',
  on: '2023-08-23',
});

describe('实施细则', () => {
  it('holds items, each once, and a verdict rule that can be applied', () => {
    expect(checkContent({ items: [item('标志'), item('温升')], verdictRule })).toBe(true);
    expect(checkContent({ items: [], verdictRule })).toMatchObject({ code: 'no-items' });
    expect(checkContent({ items: [item('标志'), item('标志')], verdictRule })).toMatchObject({
      code: 'item-twice',
      path: 'items.1.item',
    });
    expect(checkContent({ items: [item('标志')], verdictRule: '视情况而定' })).toMatchObject({
      code: 'verdict-rule-unclear',
    });
  });

  it('is jointly reviewed when a supervisor and a test expert, two persons, have agreed last', () => {
    expect(isJointlyReviewed([opinion('甲', 'supervision')])).toBe(false);
    expect(isJointlyReviewed([opinion('甲', 'supervision'), opinion('乙', 'testing')])).toBe(true);
    expect(isJointlyReviewed([opinion('甲', 'supervision'), opinion('甲', 'testing')])).toBe(false);
    expect(
      isJointlyReviewed([opinion('甲', 'supervision'), opinion('乙', 'testing'), opinion('甲', 'supervision', false)]),
    ).toBe(false);
    expect(
      isJointlyReviewed([opinion('甲', 'supervision', false), opinion('乙', 'testing'), opinion('丙', 'supervision')]),
    ).toBe(true);
  });
});

describe('a result written with its expanded uncertainty', () => {
  it.each([
    ['0.19±0.02', '0.19', '0.02', '2'],
    ['0.19 ± 0.02 mg/kg', '0.19 mg/kg', '0.02', '2'],
    ['190 μg/kg ± 20 μg/kg', '190 μg/kg', '20', '2'],
    ['47.5+/-0.5（k=1.96）', '47.5', '0.5', '1.96'],
  ])('%s is taken apart', (written, result, expanded, coverageFactor) => {
    expect(readStated(written)).toEqual({ result, uncertainty: { expanded, coverageFactor } });
  });

  it.each(['0.19', '未检出（检出限 0.005 mg/kg）', '符合', '-0.2'])('%s has none and stays as it is', (written) => {
    expect(readStated(written)).toEqual({ result: written, uncertainty: null });
  });
});
