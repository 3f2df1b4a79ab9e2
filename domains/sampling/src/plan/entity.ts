import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';

/** Kinds of sampling that a plan may order (order 18; practice M9). */
export const planKinds = {
  supervision: { zh: '监督抽查', en: 'Supervision sampling' },
  'follow-up': { zh: '跟踪抽查', en: 'Follow-up of failures' },
  linked: { zh: '联动抽查', en: 'Linked with the superior' },
  special: { zh: '专项抽查', en: 'Special campaign' },
  emergency: { zh: '应急抽查', en: 'Emergency' },
  'risk-monitoring': { zh: '风险监测', en: 'Risk monitoring' },
} as const;
export type PlanKind = keyof typeof planKinds;

/** Which law governs the sampling: two editions of one procedure. */
export const regimes = {
  product: { zh: '产品质量监督抽查（总局令第18号）', en: 'Product quality (order 18)' },
  food: { zh: '食品安全抽样检验（总局令第15号）', en: 'Food safety (order 15)' },
} as const;
export type Regime = keyof typeof regimes;

/** Levels of government that plan, from the top. */
export const planLevels = {
  national: { zh: '国家级', en: 'National' },
  provincial: { zh: '省级', en: 'Provincial' },
  city: { zh: '市级', en: 'City' },
  county: { zh: '县级', en: 'County' },
} as const;
export type PlanLevel = keyof typeof planLevels;

/** One product of a plan. */
export const PlanItem = z.object({
  product: field.text('产品分类代码', { en: 'Product class', max: 40 }),
  productName: field.text('产品名称', { en: 'Product' }),
  batches: field.integer('批次数', { en: 'Batches', min: 1, max: 1_000_000, unit: '批次' }),
  budget: field.money('经费', { en: 'Budget' }),
});
export type PlanItem = z.infer<typeof PlanItem>;

/** The same product in another plan of the year that the planner can see. */
export const Duplicate = z.object({
  product: field.text('产品分类代码', { en: 'Product class' }),
  productName: field.text('产品名称', { en: 'Product' }),
  relation: field.choice(
    '关系',
    {
      superior: { zh: '上级计划', en: "Superior's plan" },
      own: { zh: '本级其他计划', en: 'Another plan of this level' },
      subordinate: { zh: '下级计划', en: 'Plan of a lower level' },
    },
    { en: 'Relation' },
  ),
  plan: field.text('计划名称', { en: 'Plan' }),
  issuer: field.text('制定机关', { en: 'Issued by' }),
  record: optional(field.reference('计划', 'sampling.plan', { en: 'Record of the plan' })),
});
export type Duplicate = z.infer<typeof Duplicate>;

/** A firm that was sampled for a product of the plan within six months, by whom, and where that is recorded. */
export const FirmDuplicate = z.object({
  product: field.text('产品分类代码', { en: 'Product class' }),
  productName: field.text('产品名称', { en: 'Product' }),
  enterpriseName: field.text('企业名称', { en: 'Firm' }),
  enterpriseCode: optional(field.text('统一社会信用代码', { en: 'Credit code' })),
  relation: field.choice(
    '关系',
    {
      own: { zh: '本级', en: 'This authority' },
      subordinate: { zh: '下级', en: 'A lower authority' },
      other: { zh: '其他机关（据公开名单）', en: 'Another authority, by its opened draw' },
    },
    { en: 'Relation' },
  ),
  authority: field.text('抽查机关', { en: 'Sampled by' }),
  on: field.date('抽样（公开）日期', { en: 'Sampled, or opened, on' }),
  task: optional(field.reference('抽样任务', 'sampling.task', { en: 'Task' })),
  entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
});
export type FirmDuplicate = z.infer<typeof FirmDuplicate>;

/** How many of the licensed producers known a product's batches can reach; the aim is all of them (practice M9). */
export const Coverage = z.object({
  product: field.text('产品分类代码', { en: 'Product class' }),
  productName: field.text('产品名称', { en: 'Product' }),
  firms: field.integer('名录在产企业', { en: 'Firms in the directory', unit: '家' }),
  licensed: field.integer('其中获证生产企业', { en: 'of which licensed producers', unit: '家' }),
  batches: field.integer('计划批次', { en: 'Batches planned', unit: '批次' }),
  sampled: field.integer('本年度已抽获证企业', { en: 'Licensed producers sampled this year', unit: '家' }),
  share: optional(field.decimal('可达覆盖率', { en: 'Coverage that can be reached', unit: '%' })),
});
export type Coverage = z.infer<typeof Coverage>;

/** 年度计划: which products are sampled in a year, how many batches, at what cost (order 18 art. 11). */
export const SamplingPlan = entity(
  'sampling.plan',
  { zh: '监督抽查年度计划', en: 'Annual sampling plan' },
  {
    fields: {
      year: field.integer('年度', { en: 'Year', min: 2000, max: 2100 }),
      name: field.text('计划名称', { en: 'Name' }),
      kind: field.choice('抽查类型', planKinds, { en: 'Kind' }),
      regime: field.choice('适用规定', regimes, { en: 'Governed by' }),
      level: field.choice('层级', planLevels, { en: 'Level' }),
      ground: optional(
        field.longText('开展依据', {
          en: 'Ground',
          max: 2000,
          help: {
            zh: '跟踪抽查写明不合格结果，应急写明突发事件，风险监测写明风险信号。',
            en: 'The failure followed up, the emergency, or the signal of risk.',
          },
        }),
      ),
      issuer: optional(
        field.text('上级制定机关', {
          en: 'Issued by',
          help: { zh: '仅用于登记的上级计划。', en: 'Only for a registered plan of a superior.' },
        }),
      ),
      items: field.list('抽查产品', PlanItem, { en: 'Products', max: 1000 }),
      batches: field.integer('批次合计', { en: 'Batches in total', unit: '批次' }),
      budget: field.money('经费合计', { en: 'Budget in total' }),
      duplicates: field.list('与其他计划重复的产品', Duplicate, { en: 'Products in other plans' }),
      firmDuplicates: field.list('六个月内已被抽查的企业', FirmDuplicate, { en: 'Firms sampled within six months' }),
      coverage: field.list('获证企业覆盖', Coverage, { en: 'Coverage of licensed producers' }),
      subordinates: field.list('通报的下级机关', field.office('机关', { en: 'Office' }), { en: 'Told to' }),
      approvedOn: optional(field.date('批准日期', { en: 'Approved on' })),
      filedUpward: optional(field.date('报备日期', { en: 'Filed on' })),
      filedWith: optional(field.text('备案机关', { en: 'Filed with' })),
      filingNumber: optional(field.text('备案文号', { en: 'Filing number' })),
      reason: optional(field.longText('撤回理由', { en: 'Reason of withdrawal', max: 2000 })),
    },
    title: (row) => row.name,
    words: (row) => row.items.map(({ productName }) => productName),
    purpose: {
      zh: '一年抽查哪些产品、多少批次、多少经费；批准并报上一级备案后执行。',
      en: 'Which products are sampled in a year, how many batches, at what cost; in force once approved and filed with the superior.',
    },
  },
);
export type PlanRow = RecordRow<typeof SamplingPlan>;
