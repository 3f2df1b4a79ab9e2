import { entity, field, type Lifecycle, lifecycle, on, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { edition, readers } from '../clauses.ts';
import { kindChoices } from '../kinds/catalogue.ts';

/** 好差评: what an applicant thought of the service. Nobody can change it; a bad one is followed up. */
const Evaluation = entity(
  'licensing.evaluation',
  { zh: '服务评价', en: 'Evaluation of the service' },
  {
    fields: {
      application: field.reference('所评价的申请', 'licensing.application', { en: 'Application' }),
      kind: field.choice('许可事项', kindChoices, { en: 'Licence' }),
      organisation: field.identifier('评价人编号', { en: 'Who evaluates (id)' }),
      stars: field.integer('评分', { en: 'Stars', min: 1, max: 5 }),
      remark: optional(field.longText('评价内容', { en: 'Remark', max: 2000 })),
      reply: optional(field.longText('回访和整改情况', { en: 'What was done about it', max: 2000 })),
    },
    title: (row) => `${row.stars} 星·${kindChoices[row.kind]?.zh ?? row.kind}`,
    purpose: {
      zh: '申请人对办理过程的评价；机关不能修改，差评须回访。',
      en: 'What applicants thought of the service. No office can edit it; a bad one must be answered.',
    },
  },
);
type EvaluationRow = RecordRow<typeof Evaluation>;
const { shape } = Evaluation;
const Given = z.strictObject({
  application: shape.application,
  kind: shape.kind,
  organisation: shape.organisation,
  stars: shape.stars,
  remark: shape.remark,
});
const basis = '国办发〔2019〕51号（政务服务“好差评”）';
/** Two stars and less are bad (差评) and must be followed up. */
const bad = 2;

export const evaluationLifecycle: Lifecycle = lifecycle(Evaluation, {
  editions: [edition],
  states: {
    bad: { zh: '差评，待回访', en: 'Bad, to be followed up' },
    given: { zh: '已评价', en: 'Given', closed: true },
    answered: { zh: '已回访', en: 'Followed up', closed: true },
  },
  readers,
  columns: ['kind', 'stars'],
  parties: {
    giver: {
      label: { zh: '评价人', en: 'Who evaluated' },
      of: (row) => [`org:${row.organisation}`, `person:${row.organisation}`],
      sees: 'all',
      from: 'bad',
    },
  },
  actions: {
    give: on({
      label: { zh: '评价', en: 'Evaluate' },
      from: null,
      to: ['bad', 'given'],
      by: ['system'],
      basis,
      input: Given,
      reserves: (_row: EvaluationRow, input: z.infer<typeof Given>) => [
        {
          key: `evaluation|${input.application}`,
          refusal: {
            code: 'evaluated',
            zh: '该申请已经评价过，评价不能修改。',
            en: 'It was evaluated already, and that stays.',
          },
        },
      ],
      run: (_row: EvaluationRow, input: z.infer<typeof Given>) => ({ to: input.stars <= bad ? 'bad' : 'given' }),
    }),
    answer: on({
      label: { zh: '回访整改', en: 'Follow up' },
      from: 'bad',
      to: 'answered',
      by: ['section-chief'],
      basis,
      input: z.strictObject({ reply: field.longText('回访和整改情况', { en: 'What was done', max: 2000 }) }),
    }),
  },
  clocks: {
    followUp: {
      label: { zh: '差评回访期限', en: 'Time to follow up' },
      rule: { kind: 'within', unit: 'working-day', amount: 15, basis: `${basis}；期限为平台设置，待核` },
      starts: { at: ['give'] },
      stops: ['answer'],
    },
  },
});
