import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { kindChoices } from '../kinds/catalogue.ts';

/** 审查人员（评审员）: who may be drawn into a team, for which licences, until when, and from which unit. */
export const Reviewer = entity(
  'licensing.reviewer',
  { zh: '评审员', en: 'Reviewer' },
  {
    fields: {
      person: field.identifier('人员', { en: 'Person' }),
      name: field.text('姓名', { en: 'Name' }),
      unit: field.text('所在单位', { en: 'Unit' }),
      body: optional(field.text('所属评审机构', { en: 'Review body' })),
      certificate: field.text('评审员证号', { en: 'Certificate', max: 60 }),
      validUntil: field.date('证书有效期至', { en: 'Valid until' }),
      specialties: field.list('可评审的许可事项', field.choice('事项', kindChoices, { en: 'Licence' }), {
        en: 'Licences',
        max: 40,
      }),
      mayLead: field.flag('可任组长', { en: 'May lead' }),
      recusals: optional(
        field.list('应当回避的单位', field.text('统一社会信用代码', { en: 'Credit code', max: 18 }), {
          en: 'Recused from',
          max: 200,
        }),
      ),
      rating: optional(field.integer('最近评价', { en: 'Latest rating', min: 1, max: 5 })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
    },
    title: (row) => `${row.name}·${row.unit}`,
    words: (row) => [row.certificate, row.body],
    purpose: {
      zh: '核查（评审）人员和评审机构名录；核查组从中随机抽取。',
      en: 'The register of reviewers and review bodies, from which teams are drawn at random.',
    },
  },
);
export type ReviewerRow = RecordRow<typeof Reviewer>;
