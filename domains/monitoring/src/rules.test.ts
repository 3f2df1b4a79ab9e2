import { createCalendar } from '@hengjian/calendar';
import { entity, field, lifecycle, on } from '@hengjian/kernel';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { holidayYears } from '../../../data/holidays/index.ts';
import { chartOf } from './powers/flow.ts';
import { findInClock, isDutyOfOffice, type LateClock } from './rules/clocks.ts';
import { type Rule, type RuleFile, unfittingRules } from './rules/declaration.ts';
import type { Around, Step } from './rules/findings.ts';
import { findInStep } from './rules/steps.ts';
import { scoreOf } from './score.ts';

const calendar = createCalendar(holidayYears);
const workingDays = (from: string, to: string) => (to > from ? calendar.workingDaysBetween(from, to).count : 0);
const Permit = entity(
  'trial.permit',
  { zh: '许可', en: 'Permit' },
  {
    fields: { name: field.text('名称'), fee: field.money('费用'), until: field.date('期限') },
    title: (row) => row.name,
    purpose: { zh: '试验', en: 'trial' },
  },
);
const permit = lifecycle(Permit, {
  editions: [{ name: '2020', basis: '试验办法', inForce: '2020-01-01' }],
  states: { asked: '已申请', accepted: '已受理', decided: { zh: '已决定', closed: true } },
  readers: ['organiser'],
  documents: { opinion: '意见书', decision: '决定书' },
  parties: { firm: { label: '企业', of: () => [], sees: 'all', from: 'asked' } },
  actions: {
    ask: on({ label: '申请', from: null, to: 'asked', by: ['firm'], basis: '一' }),
    accept: on({ label: '受理', from: 'asked', to: 'accepted', by: ['organiser'], basis: '二' }),
    supply: on({ label: '补正', from: 'asked', to: 'same', by: ['firm'], basis: '三' }),
    decide: on({
      label: '决定',
      from: ['asked', 'accepted'],
      to: 'decided',
      by: ['organiser', 'section-chief'],
      basis: '四',
      needs: ['opinion'],
      approval: ['bureau-head'],
      notBy: [{ actions: ['accept'], same: 'person' }],
      input: z.strictObject({ until: field.date('期限') }),
    }),
    lapse: on({ label: '视为受理', from: 'asked', to: 'accepted', by: ['system'], basis: '五' }),
  },
  clocks: {
    decision: {
      label: '决定期限',
      rule: { kind: 'within', unit: 'working-day', amount: 5, basis: '四' },
      starts: { at: ['accept'] },
      stops: ['decide'],
    },
    silence: {
      label: '受理期限',
      rule: { kind: 'within', unit: 'working-day', amount: 5, basis: '五' },
      starts: { at: ['ask'] },
      stops: ['accept', 'lapse'],
      onExpiry: 'lapse',
    },
    supplement: {
      label: '补正期限',
      rule: { kind: 'within', unit: 'day', amount: 5, basis: '三' },
      starts: { at: ['ask'] },
      stops: ['supply', 'accept', 'lapse'],
      onExpiry: 'lapse',
    },
    waiting: {
      label: '等待企业',
      rule: { kind: 'within', unit: 'day', amount: 5, basis: '三' },
      starts: { at: ['ask'] },
      stops: ['supply'],
    },
  },
});

const about = { level: 'red', points: 3, zh: '试', en: 'trial', basis: '试', confidence: 'illustrative' } as const;
const rule = (kind: Rule['kind'], check: Rule['check'], more: Partial<Rule> = {}): Rule => ({
  ...about,
  code: check.by,
  kind,
  check,
  ...more,
});
const rules: Rule[] = [
  rule('order', { by: 'sequence' }),
  rule('order', { by: 'delay', workingDays: 5 }),
  rule('order', { by: 'after', entity: 'trial.permit', actions: ['decide'], requires: ['accept', 'lapse'] }),
  rule('separation', { by: 'declared-separation' }),
  rule('separation', { by: 'deputy-separation' }),
  rule('document', { by: 'declared-documents' }),
  rule('fee', {
    by: 'amount',
    entity: 'trial.permit',
    field: 'fee',
    most: '0.00',
    from: '2017-04-01',
    where: { name: ['甲'] },
  }),
  rule('discretion', {
    by: 'term',
    entity: 'trial.permit',
    action: 'decide',
    field: 'until',
    leastDays: 5,
    mostDays: 30,
  }),
];

const ids = (function* () {
  for (let at = 1; ; at += 1) yield at;
})();
const step = (action: string, actor: string, on: string, more: Partial<Step> = {}): Step => ({
  id: `${action}-${ids.next().value}`,
  record: 'r',
  entity: 'trial.permit',
  action,
  office: '43',
  actor,
  actorName: `${actor}某`,
  role: 'organiser',
  actingFor: null,
  organisation: null,
  hands: [],
  occurredOn: on,
  recordedOn: on,
  recordedAt: `${on}T02:00:00.000Z`,
  input: {},
  changes: {},
  ...more,
});
const opinion = { kind: 'opinion', event: 'x', createdAt: '2026-03-01T00:00:00.000Z' };
const found = (last: Step, earlier: Step[] = [], papers: Around['papers'] = [opinion]): string[] =>
  findInStep(last, { lifecycle: permit, earlier, papers, workingDays }, rules).map((one) => one.rule.code);
const accepted = step('accept', '甲', '2026-03-02');
const until = { input: { until: '2026-03-20' } };

describe('rules over the steps of a record', () => {
  it('find nothing in a lawful decision, and nothing in what machines and firms do', () => {
    expect(found(step('decide', '乙', '2026-03-03', until), [accepted])).toEqual([]);
    expect(found(step('decide', '甲', '2026-03-01', { role: 'system' }), [accepted], [])).toEqual([]);
    expect(found(step('decide', '甲', '2026-03-01', { organisation: 'o' }), [accepted], [])).toEqual([]);
  });

  it('find the hand that took two parts that are kept apart, by itself, by signature and by deputy', () => {
    expect(found(step('decide', '甲', '2026-03-03', until), [accepted])).toEqual(['declared-separation']);
    const signed = step('decide', '乙', '2026-03-03', { ...until, hands: [{ person: '甲' }] });
    expect(found(signed, [accepted])).toEqual(['declared-separation']);
    expect(found(step('decide', '丙', '2026-03-03', { ...until, actingFor: '甲某' }), [accepted])).toEqual([
      'deputy-separation',
    ]);
  });

  it('find a step dated before the one that precedes it, entered late, or without what must come first', () => {
    expect(found(step('decide', '乙', '2026-03-01', { ...until, recordedOn: '2026-03-02' }), [accepted])).toContain(
      'sequence',
    );
    expect(found(step('accept', '乙', '2026-03-02', { recordedOn: '2026-03-09' }))).toEqual([]);
    expect(found(step('accept', '乙', '2026-03-02', { recordedOn: '2026-03-10' }))).toEqual(['delay']);
    expect(found(step('decide', '乙', '2026-03-03', until))).toEqual(['after']);
  });

  it('find a paper that is not on the file, or came after', () => {
    expect(found(step('decide', '乙', '2026-03-03', until), [accepted], [])).toEqual(['declared-documents']);
    const later = { ...opinion, createdAt: '2026-03-04T00:00:00.000Z' };
    expect(found(step('decide', '乙', '2026-03-03', until), [accepted], [later])).toEqual(['declared-documents']);
  });

  it('find a fee outside the list, where the list applies, and a term outside the range', () => {
    const fee = (amount: string, name = '甲', on = '2026-03-03') =>
      found(step('accept', '乙', on, { changes: { fee: [null, amount], name: [null, name] } }));
    expect([fee('20.00'), fee('0.00'), fee('20.00', '乙'), fee('20.00', '甲', '2017-03-31')]).toEqual([
      ['amount'],
      [],
      [],
      [],
    ]);
    const term = (day: string) => found(step('decide', '乙', '2026-03-03', { input: { until: day } }), [accepted]);
    expect([term('2026-03-07'), term('2026-03-08'), term('2026-04-02'), term('2026-04-03')]).toEqual([
      ['term'],
      [],
      [],
      ['term'],
    ]);
  });
});

describe('rules over terms', () => {
  const posts = new Set(['organiser', 'section-chief', 'sampler']);
  it('tell an office’s duty from a term that waits for a firm or runs out lawfully', () => {
    const duty = (name: string) => isDutyOfOffice(permit, name, posts, new Set(['sampler']));
    expect(['decision', 'silence', 'supplement', 'waiting'].map(duty)).toEqual([true, true, false, false]);
  });

  const clock: LateClock = {
    id: 'c',
    name: 'decision',
    record: 'r',
    entity: 'trial.permit',
    office: '43',
    dueOn: '2026-03-06',
    basis: '四',
    stoppedOn: null,
    stopped: null,
    handler: { id: '甲', name: '甲某' },
  };
  const late = [
    rule('time-limit', { by: 'clock', workingDaysPast: 1 }, { code: 'late', level: 'yellow' }),
    rule('time-limit', { by: 'clock', workingDaysPast: 6 }, { code: 'very-late' }),
  ];
  it('count working days past the last day, name who has it in hand, and take the gravest rule reached', () => {
    const on = (today: string, more: Partial<LateClock> = {}) =>
      findInClock({ ...clock, ...more }, permit, late, today, workingDays);
    expect(on('2026-03-07')).toBeNull();
    expect(on('2026-03-09')).toMatchObject({ rule: { code: 'late' }, officer: { id: '甲' }, key: 'late|c' });
    expect(on('2026-03-16')).toMatchObject({ rule: { code: 'very-late' } });
    const stopped = { person: '乙', name: '乙某', role: 'organiser', organisation: null };
    expect(on('2026-04-30', { stoppedOn: '2026-03-10', stopped })).toMatchObject({
      rule: { code: 'late' },
      officer: { id: '乙' },
      foundOn: '2026-03-10',
    });
    expect(on('2026-04-30', { stoppedOn: '2026-03-10', stopped: { ...stopped, organisation: 'o' } })).toBeNull();
  });
});

describe('what is made of rules and declarations', () => {
  it('a score: points per hundred acts, an excused card half, never below nothing', () => {
    expect(scoreOf({ acts: 200, points: 8, excused: 2 })).toBe('96.50');
    expect(scoreOf({ acts: 3, points: 2, excused: 0 })).toBe('90.00');
    expect(scoreOf({ acts: 3, points: 40, excused: 0 })).toBe('0.00');
    expect(scoreOf({ acts: 0, points: 0, excused: 0 })).toBeNull();
  });

  it('a flow chart: every state and step, those that jump on lines that do not cross one another’s rows', () => {
    const register = {
      lifecycles: new Map([['trial.permit', permit]]),
      roles: { organiser: { zh: '组织', en: 'Organiser' } },
      queries: new Map(),
      flows: [],
    };
    const { states, steps, lanes } = chartOf(permit, register);
    expect(states.map(({ name }) => name)).toEqual(['asked', 'accepted', 'decided']);
    expect(steps.map(({ number, name, lane }) => [number, name, lane])).toEqual([
      [1, 'ask', null],
      [2, 'accept', null],
      [3, 'supply', null],
      [4, 'decide', 0],
      [5, 'lapse', null],
    ]);
    expect(lanes).toBe(1);
    expect(steps[3]).toMatchObject({
      from: [0, 1],
      to: [2],
      needs: [{ zh: '意见书' }],
      apartFrom: [{ zh: '受理' }],
      clocks: [{ zh: '决定期限', turn: 'ends', rule: { zh: '5 个工作日' } }],
    });
    expect(steps[4]!.by).toEqual([{ zh: '平台（自动）', en: 'The platform' }]);
  });

  it('a start: rules that name what nobody declared stop it, each with its place', () => {
    const file: RuleFile = {
      edition: 'x',
      except: ['trial.none'],
      outsiders: ['nobody'],
      rules: [rule('fee', { by: 'amount', entity: 'trial.permit', field: 'price', most: '0.00', from: '2020-01-01' })],
    };
    const register = { lifecycles: new Map([['trial.permit', permit]]), roles: {}, queries: new Map(), flows: [] };
    expect(unfittingRules(file, register)).toEqual([
      'except: there are no records called trial.none',
      'outsiders: there is no post nobody',
      'amount: trial.permit has no field price',
    ]);
  });
});
