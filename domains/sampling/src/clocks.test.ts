import { type ClockRule, computeDeadline, createCalendar } from '@hengjian/calendar';
import { describe, expect, it } from 'vitest';
import { holidayYears } from '../../../data/holidays/index.ts';
import golden from '../../../libs/calendar/fixtures/clocks.json' with { type: 'json' };
import { planningLifecycles } from './planning-side.ts';
import { taskSideLifecycles } from './task-side.ts';

const calendar = createCalendar(holidayYears);

interface Limit {
  rule: ClockRule & { id: string };
  cases: { starts: string; due?: string; opens?: string }[];
}
const limits = golden.limits as Limit[];
const lifecycles = new Map([...planningLifecycles, ...taskSideLifecycles].map((one) => [one.entity.name, one]));
const clockOf = (entity: string, clock: string) => lifecycles.get(entity)!.clocks[clock]!;

/** Which limit of which procedure each clock is; a second one is what an extension makes of it. */
const clocks: [entity: string, clock: string, limit: string, amount: number, article: string, extension?: number][] = [
  ['sampling.notice', 'objection', 'product-supervision-sampling/raise-objection', 15, '第三十六条'],
  ['sampling.objection', 'formalities', 'product-retest/complete-formalities', 7, '第三十八条'],
  ['sampling.objection', 'designation', 'product-retest/designate-lab', 10, '第三十九条'],
  ['sampling.task', 'foodDelivery', 'food-sampling-inspection/deliver', 5, '第二十条'],
  ['sampling.task', 'foodReport', 'food-sampling-inspection/issue-report', 20, '第二十四条'],
  ['sampling.task', 'foodConforming', 'food-sampling-inspection/report', 7, '第二十六条'],
  ['sampling.task', 'foodFailing', 'food-sampling-inspection/report', 2, '第二十六条'],
  ['sampling.food-notice', 'service', 'food-sampling-inspection/serve', 5, '第二十九条'],
  ['sampling.food-notice', 'request', 'food-sampling-inspection/apply-retest-or-objection', 7, '第三十条'],
  ['sampling.food-retest', 'acceptance', 'food-reinspection/accept', 5, '第三十二条'],
  ['sampling.food-retest', 'selection', 'food-reinspection/select-lab', 5, '第三十二条', 5],
  ['sampling.food-retest', 'transfer', 'food-reinspection/transfer', 3, '第三十三条', 3],
  ['sampling.food-retest', 'retest', 'food-reinspection/conclude', 10, '第三十五条'],
  ['sampling.food-retest', 'telling', 'food-reinspection/notify', 5, '第三十五条'],
  ['sampling.food-objection', 'acceptance', 'food-objection/accept', 5, '第三十八条'],
  ['sampling.food-objection', 'samplingDecision', 'food-objection/decide-sampling-process', 20, '第三十九条'],
  ['sampling.food-objection', 'otherDecision', 'food-objection/decide-other', 30, '第三十九条'],
];

describe('每一个法定时限按条文重算', () => {
  it.each(clocks)('%s 的 %s：%s', (entity, clock, limit, amount, article, extension) => {
    const { rule, extends: extended } = clockOf(entity, clock);
    expect(rule.basis).toContain(article);
    const written = limits.filter((one) => one.rule.id === limit && one.rule.amount === amount);
    expect(written).not.toEqual([]);
    for (const { rule: known, cases } of written) {
      expect([rule.kind, rule.unit, rule.amount]).toEqual([known.kind, known.unit, known.amount]);
      for (const { starts, due } of cases) expect(computeDeadline(rule, starts, calendar).dueOn).toBe(due);
    }
    expect(extended?.amount).toBe(extension);
  });

  it('没有遗漏：每个有法定数值的时限都在上表', () => {
    const agreed = new Set([
      // terms that a scheme, a letter, an order or an agreement sets, or that are not among these procedures' limits
      'sampling.task due',
      'sampling.task producerAnswer',
      'sampling.task agreedDelivery',
      'sampling.task agreedReport',
      'sampling.objection retest',
      'sampling.food-retest agreedRetest',
      'sampling.entrustment validity',
      'sampling.notice publicNotice',
      'sampling.food-notice publicNotice',
      // two working days in which a body explains that it cannot (order 15 art. 32(3)), and the months of art. 25: counted by hand below
      'sampling.food-retest declining',
      'sampling.kept-sample retentionConforming',
      'sampling.kept-sample retentionFailing',
    ]);
    const listed = new Set(clocks.map(([entity, clock]) => `${entity} ${clock}`));
    const missing = [...lifecycles.values()]
      .filter(({ entity }) => !/follow-up|outside-failure|reversal/.test(entity.name))
      .flatMap(({ entity, clocks: own }) => Object.keys(own).map((clock) => `${entity.name} ${clock}`))
      .filter((name) => !listed.has(name) && !agreed.has(name));
    expect(missing).toEqual([]);
  });

  it('复检机构两个工作日内说明；备份样品保存三个月、六个月，月末取当月最后一日', () => {
    const declining = clockOf('sampling.food-retest', 'declining').rule;
    expect(computeDeadline(declining, '2025-01-26', calendar).dueOn).toBe('2025-02-05'); // Spring Festival between
    const [passing, failing] = ['retentionConforming', 'retentionFailing'].map(
      (name) => clockOf('sampling.kept-sample', name).rule,
    );
    expect(computeDeadline(passing!, '2025-11-30', calendar).opensOn).toBe('2026-03-01');
    expect(computeDeadline(failing!, '2025-08-31', calendar).opensOn).toBe('2026-03-01');
  });
});
