import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { planKinds } from '../plan/index.ts';
import { Body, Person } from '../task/sample-fields.ts';

export const Target = z.object({
  enterprise: field.identifier('企业', { en: 'Firm' }),
  name: field.text('企业名称', { en: 'Name of firm' }),
  code: optional(field.text('统一社会信用代码', { en: 'Credit code' })),
  region: field.region('所在地', { en: 'Region' }),
  reason: field.text('列入理由', { en: 'Why it is named', max: 500 }),
});

export const targetingFields = {
  name: field.text('名单名称', { en: 'Name' }),
  ground: field.longText('定向确定的依据', { en: 'Ground', max: 2000 }),
  targets: field.list('被抽样单位', Target, { en: 'Firms', max: 500 }),
  samplers: field.list('抽样人员', Person, { en: 'Samplers', max: 10 }),
  samplingBody: field.object('抽样机构', Body, { en: 'Sampling body' }),
  lab: field.object('检验机构', Body, { en: 'Laboratory' }),
  dueOn: field.date('完成期限', { en: 'Due on' }),
};

/** 定向抽样名单: firms that a follow-up, an emergency or a monitoring names; never representative (order 18 art. 8(3); practice M9). */
export const Targeting = entity(
  'sampling.targeting',
  { zh: '定向抽样名单', en: 'List of named firms' },
  {
    fields: {
      scheme: field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' }),
      rules: field.reference('实施细则', 'sampling.rules', { en: 'Detailed rules' }),
      product: field.text('产品分类代码', { en: 'Product class', max: 40 }),
      productName: field.text('产品名称', { en: 'Product' }),
      planKind: field.choice('抽查类型', planKinds, { en: 'Kind' }),
      ...targetingFields,
      assignedOn: optional(field.date('下达日期', { en: 'Assigned on' })),
      reason: optional(field.longText('撤回理由', { en: 'Why it was withdrawn', max: 2000 })),
    },
    title: (row) => row.name,
    words: (row) => [row.productName],
    purpose: {
      zh: '跟踪抽查、应急抽查和风险监测中直接确定的被抽样单位；须写明依据并经批准，结果不代表总体。',
      en: 'Firms named for a follow-up, an emergency or a monitoring: with its ground, signed, and representative of nothing.',
    },
  },
);
export type TargetingRow = RecordRow<typeof Targeting>;
