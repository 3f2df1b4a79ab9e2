import { entity, field, optional, type RecordRow } from '@hengjian/kernel';

export const designBases = {
  aql: { zh: '按 GB/T 2828.1 的接收质量限', en: 'AQL of GB/T 2828.1' },
  risk: { zh: '按生产方和使用方风险', en: "Producer's and consumer's risk" },
  fixed: { zh: '国家实施细则规定样本量', en: 'Fixed by national rules' },
} as const;
export const inspectionLevels = {
  'S-1': 'S-1',
  'S-2': 'S-2',
  'S-3': 'S-3',
  'S-4': 'S-4',
  I: 'I',
  II: 'II',
  III: 'III',
} as const;
export const severities = {
  normal: { zh: '正常检验', en: 'Normal' },
  tightened: { zh: '加严检验', en: 'Tightened' },
  reduced: { zh: '放宽检验', en: 'Reduced' },
} as const;

/** Fields that an officer fills in; the rest of a scheme follows from them. */
export const schemeFields = {
  name: field.text('方案名称', { en: 'Name' }),
  scope: field.longText('抽查产品范围', { en: 'Scope of products' }),
  division: field.longText('工作分工', { en: 'Division of labour' }),
  scheduleFrom: field.date('开始日期', { en: 'From' }),
  scheduleUntil: field.date('完成日期', { en: 'Until' }),
  separateBodies: field.flag('抽样机构与检验机构分开', {
    en: 'Sampling body and laboratory differ',
    help: {
      zh: '人员分离是法定要求；机构分离由方案决定。',
      en: 'Persons always differ by law; that bodies differ is for the scheme to say.',
    },
  }),
  designBasis: field.choice('样本量依据', designBases, { en: 'Basis of the sample size' }),
  nationalRule: optional(field.text('国家实施细则名称', { en: 'National rules' })),
  lotSize: optional(field.integer('批量', { en: 'Lot size', min: 2, unit: '件' })),
  level: optional(field.choice('检验水平', inspectionLevels, { en: 'Inspection level' })),
  aql: optional(field.decimal('接收质量限 AQL', { en: 'AQL', unit: '%' })),
  severity: optional(field.choice('检验严格度', severities, { en: 'Severity' })),
  acceptableQuality: optional(field.decimal('可接收质量', { en: 'Acceptable quality', unit: '%' })),
  limitingQuality: optional(field.decimal('极限质量', { en: 'Limiting quality', unit: '%' })),
  population: optional(field.integer('企业总数', { en: 'Firms', min: 1, unit: '家' })),
  licensed: optional(field.integer('其中获证企业数', { en: 'of which licensed', unit: '家' })),
  batches: field.integer('抽查批次数', { en: 'Batches', min: 1, unit: '批次' }),
  visitCost: field.money('每批抽样及运输费', { en: 'Visit and carriage per batch' }),
  unitPrice: field.money('样品单价', { en: 'Price of one unit' }),
  testingFee: field.money('每件检验费', { en: 'Testing fee per unit' }),
};

/** 抽查方案: one product of the plan, with its sample and what that sample can tell (order 18 art. 12). */
export const SamplingScheme = entity(
  'sampling.scheme',
  { zh: '监督抽查方案', en: 'Sampling scheme' },
  {
    fields: {
      plan: field.reference('年度计划', 'sampling.plan', { en: 'Plan' }),
      year: field.integer('年度', { en: 'Year' }),
      product: field.text('产品分类代码', { en: 'Product class', max: 40 }),
      productName: field.text('产品名称', { en: 'Product' }),
      ...schemeFields,
      sampleSize: field.integer('样本量 n', { en: 'Sample size n', min: 1, unit: '件' }),
      acceptance: field.integer('接收数 c', { en: 'Acceptance number c' }),
      costPerBatch: field.money('每批费用', { en: 'Cost per batch' }),
      cost: field.money('费用合计', { en: 'Cost in total' }),
      budget: field.money('计划经费', { en: 'Budget of the plan' }),
      coverage: optional(
        field.object(
          '获证企业覆盖',
          {
            firms: field.integer('名录在产企业', { en: 'Firms in the directory', unit: '家' }),
            licensed: field.integer('其中获证生产企业', { en: 'of which licensed producers', unit: '家' }),
            sampled: field.integer('本年度已抽获证企业', { en: 'Licensed producers sampled this year', unit: '家' }),
            share: optional(field.decimal('可达覆盖率', { en: 'Coverage that can be reached', unit: '%' })),
          },
          { en: 'Coverage of licensed producers' },
        ),
      ),
      design: optional(field.json('抽样设计', { en: 'Sampling design' })),
      reason: optional(field.longText('说明', { en: 'Remark', max: 2000 })),
    },
    title: (row) => row.name,
    words: (row) => [row.productName, row.product],
    purpose: {
      zh: '一种产品怎么抽：范围、分工、进度、样本量及其检出能力和费用；批准前必须算清。',
      en: 'How one product is sampled: scope, division, schedule, sample with its power and cost, all settled before approval.',
    },
  },
);
export type SchemeRow = RecordRow<typeof SamplingScheme>;
