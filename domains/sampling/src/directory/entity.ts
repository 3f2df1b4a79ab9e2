import { entity, field, optional, type RecordRow } from '@hengjian/kernel';

/** How it is known that a firm makes or sells a product (practice M6). */
export const directoryBases = {
  licence: { zh: '生产许可', en: 'Production licence' },
  ccc: { zh: '强制性产品认证', en: 'Compulsory certification' },
  'past-batch': { zh: '历年抽查', en: 'Past batch' },
  survey: { zh: '县级摸底', en: 'County survey' },
} as const;
export type DirectoryBasis = keyof typeof directoryBases;

/** What a firm is to the product: frames hold sellers, markets and shops as well as producers (practice M6). */
export const directoryRoles = {
  producer: { zh: '生产者', en: 'Producer' },
  seller: { zh: '销售者', en: 'Seller' },
  market: { zh: '集中交易市场', en: 'Market' },
  'online-shop': { zh: '网店', en: 'Online shop' },
} as const;

export const makingStates = {
  making: { zh: '在产（在售）', en: 'Making or selling' },
  stopped: { zh: '停产（停售）', en: 'Stopped' },
  moved: { zh: '已迁出', en: 'Moved away' },
  closed: { zh: '已关闭', en: 'Closed down' },
} as const;

/** 产品生产销售者名录: one firm and one product; frames of draws are built from it, and only as good as its freshness. */
export const DirectoryEntry = entity(
  'sampling.directory',
  { zh: '产品生产销售者名录', en: 'Directory of producers and sellers' },
  {
    fields: {
      enterprise: field.identifier('企业', { en: 'Firm' }),
      enterpriseName: field.text('企业名称', { en: 'Name of firm' }),
      product: field.text('产品分类代码', { en: 'Product class', max: 40 }),
      productName: field.text('产品名称', { en: 'Product' }),
      role: field.choice('角色', directoryRoles, { en: 'Role' }),
      address: optional(field.text('经营地址', { en: 'Place of business', max: 300 })),
      platform: optional(
        field.text('所在平台', { en: 'Platform', help: { zh: '网店填写。', en: 'For online shops.' } }),
      ),
      basis: field.choice('列入依据', directoryBases, { en: 'Basis' }),
      reference: optional(field.text('许可、认证或批次编号', { en: 'Number of licence, certificate or batch' })),
      checkedOn: field.date('核查日期', { en: 'Checked on' }),
      pastFailures: field.integer('历次不合格（结论生效）', { en: 'Final failures so far', unit: '次' }),
      creditClass: optional(
        field.choice(
          '信用风险分类',
          { A: 'A', B: 'B', C: 'C', D: 'D' },
          {
            en: 'Credit-risk class',
            help: { zh: '内部使用，不公开。', en: 'Internal, never public.' },
          },
        ),
      ),
      note: optional(field.longText('说明', { en: 'Remark', max: 2000 })),
    },
    title: (row) => `${row.enterpriseName} · ${row.productName}`,
    subject: (row) => ({ id: row.enterprise, name: row.enterpriseName }),
    purpose: {
      zh: '谁生产、销售哪种产品，何时核查过；抽样框由此生成。',
      en: 'Who makes or sells which product, and when that was last checked; frames are built from it.',
    },
  },
);
export type DirectoryRow = RecordRow<typeof DirectoryEntry>;
