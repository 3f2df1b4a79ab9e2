import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { directoryBases, directoryRoles } from '../directory/index.ts';
import { allocationMethods } from '../scheme/allocation.ts';
import { weightReasons } from './rules.ts';

export const StratumField = z.object({
  key: field.text('层代号', { en: 'Key', max: 20, pattern: /^[^+]+$/ }),
  label: field.text('层名称', { en: 'Stratum', max: 60 }),
  regions: field.list(
    '地区（代码前缀，空为全部）',
    field.text('地区', { en: 'Region', max: 9, pattern: /^\d{2,9}$/ }),
    { en: 'Regions (code prefixes)', max: 200 },
  ),
  bases: field.list('列入依据（空为全部）', field.choice('依据', directoryBases, { en: 'Basis' }), { en: 'Bases' }),
  roles: optional(
    field.list('角色（空为全部）', field.choice('角色', directoryRoles, { en: 'Role' }), {
      en: 'Roles (none means all)',
    }),
  ),
  unitCost: optional(field.money('每批费用', { en: 'Cost of a batch here' })),
  sample: field.integer('样本量', { en: 'Sample', max: 100_000 }),
  reserves: field.integer('候补数', { en: 'Reserves', max: 100_000 }),
});
/** How the sample sizes of the strata were found; kept inside, with every weight. */
export const AllocationField = {
  method: field.choice('分配方法', allocationMethods, { en: 'Method' }),
  floor: field.integer('每层保底数', { en: 'Least in every stratum', max: 1_000 }),
};
export const WeightField = z.object({
  reason: field.choice('理由', weightReasons, { en: 'Reason' }),
  weight: field.integer('权重', { en: 'Weight', min: 1, max: 10 }),
});
export const SamplerField = z.object({
  person: field.identifier('抽样人员', { en: 'Sampler' }),
  name: field.text('姓名', { en: 'Name' }),
  organisation: field.identifier('抽样机构', { en: 'Body' }),
  organisationName: field.text('机构名称', { en: 'Name of body' }),
});
export const ExclusionField = z.object({
  sampler: field.identifier('抽样人员', { en: 'Sampler' }),
  enterprise: field.identifier('企业', { en: 'Firm' }),
  reason: field.text('回避理由', { en: 'Reason', max: 500 }),
});
export const LaboratoryField = z.object({
  id: field.identifier('检验机构', { en: 'Laboratory' }),
  name: field.text('检验机构名称', { en: 'Name of laboratory' }),
  products: field.list('可检产品', field.text('产品分类代码', { en: 'Product class', max: 40 }), { en: 'Products' }),
  strata: optional(field.list('承担的层（空为全部）', field.text('层代号', { en: 'Key', max: 20 }), { en: 'Strata' })),
});
export const PartyField = z.object({
  name: field.text('参与方', { en: 'Party' }),
  commitment: field.text('承诺值', { en: 'Commitment', pattern: /^[0-9a-f]{64}$/ }),
});
export const teams = {
  any: { zh: '可来自不同机构', en: 'Any two of the pool' },
  'same-body': { zh: '同一机构两人', en: 'Two of one body' },
} as const;
export const chains = {
  quicknet: { zh: 'drand quicknet（每 3 秒一轮）', en: 'drand quicknet, every 3 s' },
  default: { zh: 'drand default（每 30 秒一轮）', en: 'drand default, every 30 s' },
} as const;

/**
 * 抽取: who is sampled, in an order that anybody can compute again and that warns nobody (order 18 arts 14, 15; W1). The
 * record holds leaves, sizes and roots; names and salts lie in tables of their own until the opening.
 */
export const SamplingDraw = entity(
  'sampling.draw',
  { zh: '随机抽取', en: 'Random draw' },
  {
    fields: {
      scheme: field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' }),
      rules: field.reference('实施细则', 'sampling.rules', { en: 'Detailed rules' }),
      name: field.text('抽取名称', { en: 'Name', public: true }),
      product: field.text('产品分类代码', { en: 'Product class', max: 40, public: true }),
      productName: field.text('产品名称', { en: 'Product', public: true }),
      hash: field.choice('哈希算法', { sha256: 'SHA-256', sm3: 'SM3' }, { en: 'Hash', public: true }),
      strata: field.json('分层', { en: 'Strata', public: true }),
      weightRules: field.list('权重规则', WeightField, {
        en: 'Weight rules',
        help: { zh: '内部使用，不公开。', en: 'Internal, never public.' },
      }),
      sizes: field.object(
        '规模',
        {
          frame: field.integer('抽样框', { en: 'Frame' }),
          drawn: field.integer('抽取', { en: 'Drawn' }),
          reserves: field.integer('候补', { en: 'Reserves' }),
        },
        { en: 'Sizes', public: true },
      ),
      frameRoot: field.text('抽样框根', { en: 'Root of the frame', public: true }),
      allocation: optional(
        field.json('样本分配', { en: 'Allocation', help: { zh: '内部使用，不公开。', en: 'Internal, never public.' } }),
      ),
      allotment: optional(
        field.json('检验任务分配', {
          en: 'Tasks by laboratory',
          help: { zh: '协议份额 × 等级系数，内部使用。', en: 'Agreed share times the factor of the grade; internal.' },
        }),
      ),
      freshness: field.json('名录核查情况', { en: 'Freshness of the directory' }),
      replaces: optional(field.reference('替代的作废抽取', 'sampling.draw', { en: 'Void draw that it repeats' })),
      team: optional(field.choice('派员方式', teams, { en: 'Team', public: true })),
      labs: optional(field.list('检验机构', LaboratoryField, { en: 'Laboratories' })),
      beaconChain: optional(field.choice('随机信标', chains, { en: 'Beacon', public: true })),
      beaconRound: optional(field.integer('信标轮次', { en: 'Round', min: 1, public: true })),
      beaconAt: optional(field.instant('信标发布时间', { en: 'Round comes out at', public: true })),
      commitment: optional(field.json('承诺', { en: 'Commitment', public: true })),
      commitmentDigest: optional(field.text('承诺摘要', { en: 'Digest of the commitment', public: true })),
      committedOn: optional(field.date('公布承诺日期', { en: 'Committed on', public: true })),
      entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
      result: optional(field.json('抽取结果', { en: 'Result', public: true })),
      drawnOn: optional(field.date('抽取日期', { en: 'Drawn on', public: true })),
      openedOn: optional(field.date('公开名单日期', { en: 'Opened on', public: true })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
    },
    title: (row) => row.name,
    words: (row) => [row.productName],
    purpose: {
      zh: '随机抽取被抽样企业和抽样人员：先公布承诺，再由事后才知道的随机数决定，任何人都能重算，谁也不能提前知道。',
      en: 'Draws firms and samplers at random: committed to in public first, decided by a number that nobody knows yet, open to anybody to compute again.',
    },
  },
);
export type DrawRow = RecordRow<typeof SamplingDraw>;
