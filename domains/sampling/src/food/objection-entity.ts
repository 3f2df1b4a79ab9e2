import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { applicantShape } from './retest-entity.ts';

/** What may be objected to once a failing result was served (order 15 art. 37(3)). */
export const noticeGrounds = {
  authenticity: { zh: '样品真实性', en: 'Whether the sample is genuine' },
  'not-my-product': { zh: '样品真实性（不是本单位产品）', en: 'Not our product' },
  method: { zh: '检验方法', en: 'The method' },
  standard: { zh: '标准适用', en: 'The standard applied' },
} as const;
export const foodGrounds = {
  'sampling-process': { zh: '抽样过程', en: 'The sampling' },
  ...noticeGrounds,
} as const;
export type FoodGround = keyof typeof foodGrounds;

/** 食品抽检异议 (order 15 arts 37–39). */
export const FoodObjectionRecord = entity(
  'sampling.food-objection',
  { zh: '食品抽检异议', en: 'Objection on food' },
  {
    fields: {
      task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }),
      notice: optional(field.reference('结果通知', 'sampling.food-notice', { en: 'Notice' })),
      applicant: field.object('申请人', applicantShape, { en: 'Applicant' }),
      sampleName: field.text('样品名称', { en: 'Sample' }),
      ground: field.choice('异议事项', foodGrounds, { en: 'Ground' }),
      reasons: field.longText('理由', { en: 'Reasons', max: 4000 }),
      filedOn: field.date('收到申请日期', { en: 'Filed on' }),
      onPaper: field.flag('纸质申请', { en: 'On paper' }),
      missing: optional(field.longText('需要补正的内容', { en: 'What is missing', max: 2000 })),
      supplementedOn: optional(field.date('补正日期', { en: 'Supplied on' })),
      acceptedOn: optional(field.date('受理日期', { en: 'Accepted on' })),
      rejectionNote: optional(field.longText('不予受理理由', { en: 'Why it is not taken up', max: 2000 })),
      consultation: optional(field.longText('商请有关部门的事项', { en: 'Asked of other departments', max: 2000 })),
      decision: optional(
        field.choice(
          '审核结论',
          { upheld: { zh: '异议成立', en: 'Upheld' }, dismissed: { zh: '异议不成立', en: 'Dismissed' } },
          { en: 'Decision' },
        ),
      ),
      decisionReason: optional(field.longText('理由', { en: 'Reasons of the decision', max: 4000 })),
      outcome: optional(
        field.choice(
          '结果',
          {
            stands: { zh: '维持检验结论', en: 'Conclusion stands' },
            void: { zh: '结论撤销', en: 'Void' },
            'seller-only': { zh: '否认成立，仅对经营者有效', en: 'Denial proved: seller only' },
          },
          { en: 'Outcome' },
        ),
      ),
      toldOn: optional(field.date('告知申请人日期', { en: 'Told on' })),
      toldHow: optional(field.text('告知方式', { en: 'Told how' })),
    },
    title: (row) => `${row.applicant.name} · ${row.sampleName}`,
    subject: (row) => (row.applicant.id ? { id: row.applicant.id, name: row.applicant.name } : null),
    purpose: {
      zh: '食品生产经营者对抽样过程、样品真实性、检验方法、标准适用的异议：补正、受理、审核、告知。',
      en: 'What a food operator objects to in sampling, sample, method or standard: supplied, accepted, examined, told.',
    },
  },
);
export type FoodObjectionRow = RecordRow<typeof FoodObjectionRecord>;
