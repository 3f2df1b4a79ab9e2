import { type ClockRule, computeDeadline, createCalendar } from '@hengjian/calendar';
import { describe, expect, it } from 'vitest';
import { holidayYears } from '../../../data/holidays/index.ts';
import golden from '../../../libs/calendar/fixtures/clocks.json' with { type: 'json' };
import { declareAll } from './platform.ts';

/** The clock that watches each term of the five procedures after a failure; several steps of a procedure may stand under one. */
const watched: Record<string, string> = {
  'product-nonconformity-handling/rectify': 'handling.loop rectification',
  'product-nonconformity-handling/recheck': 'handling.loop recheck',
  'product-nonconformity-handling/recheck-fail': 'handling.loop recheck',
  'product-nonconformity-handling/second-recheck': 'handling.loop secondRecheck',
  'product-nonconformity-handling/second-recheck-fail': 'handling.loop secondRecheck',
  'food-sampling-inspection/deliver': 'sampling.task foodDelivery',
  'food-sampling-inspection/issue-report': 'sampling.task foodReport',
  'food-sampling-inspection/report 7': 'sampling.task foodConforming',
  'food-sampling-inspection/report 2': 'sampling.task foodFailing',
  'food-sampling-inspection/serve': 'sampling.food-notice service',
  'food-sampling-inspection/apply-retest-or-objection': 'sampling.food-notice request',
  'food-sampling-inspection/window-lapses': 'sampling.food-notice request',
  'food-sampling-inspection/finish-disposal': 'handling.loop foodDisposal',
  'food-reinspection/accept': 'sampling.food-retest acceptance',
  'food-reinspection/reject': 'sampling.food-retest acceptance',
  'food-reinspection/select-lab': 'sampling.food-retest selection',
  'food-reinspection/transfer': 'sampling.food-retest transfer',
  'food-reinspection/conclude': 'sampling.food-retest retest',
  'food-reinspection/notify': 'sampling.food-retest telling',
  'food-objection/request-correction': 'sampling.food-objection acceptance',
  'food-objection/accept': 'sampling.food-objection acceptance',
  'food-objection/reject': 'sampling.food-objection acceptance',
  'food-objection/decide-sampling-process': 'sampling.food-objection samplingDecision',
  'food-objection/decide-other': 'sampling.food-objection otherDecision',
  'document-service/serve-direct': 'handling.order service',
};
const procedures = new Set(Object.keys(watched).map((limit) => limit.split('/')[0]!));
const limits = (
  golden.limits as { rule: ClockRule & { id: string }; cases: { starts: string; due?: string; opens?: string }[] }[]
)
  // The thirty days of a public notice do not roll here and roll in the fixture (order 2 arts 79, 82(5)); the notice's own tests hold its day.
  .filter(({ rule }) => rule.id !== 'document-service/elapsed' && procedures.has(rule.id.split('/')[0]!));
const calendar = createCalendar(holidayYears);

describe('抽检不合格、食品抽检、复检、异议、送达五个程序的期限', () => {
  const { lifecycles } = declareAll();
  it.each(limits.map((limit) => [`${limit.rule.id} ${limit.rule.amount}`, limit] as const))(
    '%s 按条文重算',
    (key, { rule, cases }) => {
      const [entity, name] = (watched[key] ?? watched[rule.id] ?? 'nobody nothing').split(' ') as [string, string];
      const clock = lifecycles.get(entity)?.clocks[name];
      expect(clock, `${key} is watched by no clock`).toBeDefined();
      expect([clock!.rule.kind, clock!.rule.unit, clock!.rule.amount]).toEqual([rule.kind, rule.unit, rule.amount]);
      for (const { starts, due, opens } of cases) {
        const deadline = computeDeadline(clock!.rule, starts, calendar);
        if (due !== undefined) expect(deadline.dueOn).toBe(due);
        if (opens !== undefined) expect(deadline.opensOn).toBe(opens);
      }
    },
  );

  it('表中没有多余的一行', () => {
    const known = new Set(limits.flatMap(({ rule }) => [rule.id, `${rule.id} ${rule.amount}`]));
    expect(Object.keys(watched).filter((limit) => !known.has(limit))).toEqual([]);
  });
});
