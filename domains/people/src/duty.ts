import { type Act, entity, field, lifecycle, on, optional, type RecordRow, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { nameOf } from './names.ts';

const planners = ['section-chief', 'bureau-head'];
const basis = '机关值班制度';

export const shifts = {
  day: { zh: '白班', en: 'Day' },
  night: { zh: '夜班', en: 'Night' },
  whole: { zh: '全天', en: 'All day' },
} as const;
export const parts = { leader: { zh: '带班', en: 'In charge' }, officer: { zh: '值班', en: 'On duty' } } as const;

const planShape = {
  day: field.date('日期', { en: 'Day' }),
  shift: field.choice('班次', shifts, { en: 'Shift' }),
  person: field.identifier('人员', { en: 'Person' }),
  part: field.choice('职责', parts, { en: 'Part' }),
  telephone: optional(
    field.text('值班电话', { en: 'Telephone', personal: { zh: '值班联络', en: 'to reach whoever is on duty' } }),
  ),
};

/** 值班: one person on one day at one office. */
const Duty = entity(
  'people.duty',
  { zh: '值班', en: 'Duty' },
  {
    fields: {
      ...planShape,
      personName: field.text('姓名', { en: 'Name' }),
      reason: optional(field.text('调整理由', { en: 'Why it was changed', max: 500 })),
    },
    title: (row) => `${row.day} ${shifts[row.shift].zh} ${row.personName}`,
    purpose: {
      zh: '各机关每天谁带班、谁值班；可以从表格导入。',
      en: 'Who is in charge and on duty at each office and day; may be imported from a spreadsheet.',
    },
  },
);
type DutyRow = RecordRow<typeof Duty>;

const named = async (_row: DutyRow, input: { person: string }, act: Act) => ({
  personName: await nameOf(input.person, act.sql),
});

export const dutyLifecycle = lifecycle(Duty, {
  editions: [{ name: '2026', basis, inForce: '2000-01-01' }],
  states: {
    planned: { zh: '已排班', en: 'Planned' },
    cancelled: { zh: '已取消', en: 'Cancelled', closed: true },
  },
  readers: [...planners, 'organiser', 'result-handler', 'planner', 'auditor'],
  columns: ['day', 'shift', 'personName', 'part'],
  parties: {
    onDuty: {
      label: { zh: '值班人', en: 'On duty' },
      of: (row) => [`person:${row.person}`],
      sees: 'all',
      from: 'planned',
    },
  },
  actions: {
    plan: on({
      label: { zh: '排班', en: 'Plan' },
      from: null,
      to: 'planned',
      by: planners,
      basis,
      input: z.strictObject(planShape),
      reserves: (row: DutyRow, input) => [
        {
          key: `people.duty|${row.office}|${input.day}|${input.shift}|${input.person}`,
          refusal: refuse('planned-already', '这个人这一班已经排过。', 'This person has this shift already.', 'person'),
        },
      ],
      run: named,
    }),
    swap: on({
      label: { zh: '换班', en: 'Swap' },
      from: 'planned',
      to: 'same',
      by: [...planners, 'onDuty'],
      aside: true,
      basis,
      input: z.strictObject({
        person: field.identifier('换成', { en: 'Instead' }),
        reason: field.text('理由', { en: 'Why', max: 500 }),
      }),
      check: (row: DutyRow, _input, act) =>
        row.day >= act.today || refuse('duty-past', '已经过去的值班不能调整。', 'A past duty is not changed.'),
      run: named,
    }),
    cancel: on({
      label: { zh: '取消', en: 'Cancel' },
      from: 'planned',
      to: 'cancelled',
      by: planners,
      aside: true,
      basis,
      input: z.strictObject({ reason: field.text('理由', { en: 'Why', max: 500 }) }),
      run: async (row: DutyRow, _input, act) => {
        await act.sql.query('select kernel.release_reservations($1)', [row.id]);
      },
    }),
  },
});
