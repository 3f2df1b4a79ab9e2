import { field, lifecycle, on, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { edition, licenceLaw, o16, readers } from '../clauses.ts';
import { Reviewer, type ReviewerRow } from './entity.ts';

const { shape } = Reviewer;
const Registration = z.strictObject({
  person: shape.person,
  name: shape.name,
  unit: shape.unit,
  body: shape.body,
  certificate: shape.certificate,
  validUntil: shape.validUntil,
  specialties: shape.specialties,
  mayLead: shape.mayLead,
});
const Renewal = z.strictObject({
  validUntil: shape.validUntil,
  specialties: shape.specialties,
  mayLead: shape.mayLead,
});
const Recusals = z.strictObject({
  recusals: field.list('应当回避的单位', field.text('统一社会信用代码', { en: 'Credit code', max: 18 }), {
    en: 'Recused from',
    max: 200,
  }),
});
const Reasoned = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });
const Rating = z.strictObject({ rating: field.integer('评价（1 至 5）', { en: 'Rating, 1 to 5', min: 1, max: 5 }) });

/** 评审员: registered → qualified; drawn while qualified; suspended or removed with a reason. */
export const reviewerLifecycle = lifecycle(Reviewer, {
  editions: [edition],
  states: {
    qualified: { zh: '可以抽取', en: 'Qualified' },
    suspended: { zh: '暂停', en: 'Suspended' },
    removed: { zh: '移出名录', en: 'Removed', closed: true },
  },
  readers: [...readers, 'accreditation-officer'],
  columns: ['unit', 'validUntil', 'mayLead', 'rating'],
  parties: {
    reviewer: {
      label: { zh: '评审员本人', en: 'The reviewer' },
      of: (row) => [`person:${row.person}`],
      sees: 'all',
      from: 'qualified',
    },
  },
  actions: {
    register: on({
      label: { zh: '登记评审员', en: 'Register' },
      from: null,
      to: 'qualified',
      by: ['licence-examiner'],
      basis: o16('第十八条'),
      input: Registration,
      reserves: (_row: ReviewerRow, input: z.infer<typeof Registration>) => [
        {
          key: `reviewer:${input.person}`,
          refusal: refuse('reviewer-registered', '该人员已在评审员名录中。', 'This person is on the register already.'),
        },
      ],
    }),
    renew: on({
      label: { zh: '换证或者调整专业', en: 'Renew or change fields' },
      from: ['qualified', 'suspended'],
      to: 'same',
      by: ['licence-examiner'],
      aside: true,
      basis: o16('第十八条'),
      input: Renewal,
    }),
    declareRecusals: on({
      label: { zh: '申报应当回避的单位', en: 'Declare recusals' },
      from: ['qualified', 'suspended'],
      to: 'same',
      by: ['reviewer', 'licence-examiner'],
      aside: true,
      basis: licenceLaw('第五条、第四十八条第三项'),
      input: Recusals,
    }),
    rate: on({
      label: { zh: '评价', en: 'Rate' },
      from: 'qualified',
      to: 'same',
      by: ['licence-examiner', 'licence-decider'],
      aside: true,
      basis: '评审员管理制度',
      input: Rating,
    }),
    suspend: on({
      label: { zh: '暂停', en: 'Suspend' },
      from: 'qualified',
      to: 'suspended',
      by: ['licence-examiner'],
      aside: true,
      danger: true,
      basis: '评审员管理制度',
      input: Reasoned,
    }),
    resume: on({
      label: { zh: '恢复', en: 'Resume' },
      from: 'suspended',
      to: 'qualified',
      by: ['licence-examiner'],
      aside: true,
      basis: '评审员管理制度',
    }),
    remove: on({
      label: { zh: '移出名录', en: 'Remove' },
      from: ['qualified', 'suspended'],
      to: 'removed',
      by: ['licence-examiner'],
      aside: true,
      danger: true,
      basis: '评审员管理制度',
      input: Reasoned,
      run: async (row: ReviewerRow, _input, act) => {
        await act.sql.query('select kernel.release_reservations($1)', [row.id]);
      },
    }),
  },
});
