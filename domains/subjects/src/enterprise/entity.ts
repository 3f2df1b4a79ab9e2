import { entity, field, type Label, optional, type RecordRow } from '@hengjian/kernel';
import { withoutRegion } from '../place/find-region.ts';

const forSupervision: Label = {
  zh: '依法开展质量监督时联系和核实当事人',
  en: 'to reach and identify the party in lawful supervision',
};

/** 经营主体类型 (M11): what stands behind a name. */
export const kinds = {
  company: { zh: '企业', en: 'Company' },
  branch: { zh: '分支机构', en: 'Branch' },
  cooperative: { zh: '农民专业合作社', en: 'Farmers’ cooperative' },
  'individual-business': { zh: '个体工商户', en: 'Individual business' },
  'platform-shop': { zh: '平台内经营者', en: 'Shop on a platform' },
  'out-of-province': { zh: '外省主体', en: 'Entity of another province' },
  other: { zh: '其他', en: 'Other' },
} as const;
export type EnterpriseKind = keyof typeof kinds;

/** 经营状况: what a survey finds on the spot, which is not always what the registration says. */
export const statuses = {
  operating: { zh: '在营', en: 'Operating' },
  suspended: { zh: '停业停产', en: 'Suspended' },
  moved: { zh: '迁出', en: 'Moved away' },
  closed: { zh: '关闭', en: 'Closed' },
  cancelled: { zh: '注销', en: 'Cancelled' },
} as const;
export type EnterpriseStatus = keyof typeof statuses;

/** What is told about an enterprise and kept with its history. */
export const facts = {
  name: field.text('名称', { en: 'Name', public: true }),
  creditCode: optional(field.text('统一社会信用代码', { en: 'Unified social credit code', public: true, max: 40 })),
  kind: field.choice('主体类型', kinds, { en: 'Kind', public: true }),
  region: optional(field.region('实际所在地', { en: 'Region of actual place', public: true })),
  address: optional(field.text('地址', { en: 'Address', public: true, max: 400 })),
  industry: optional(field.text('行业（GB/T 4754）', { en: 'Industry (GB/T 4754)', public: true, max: 8 })),
  registeredCapital: optional(field.text('注册资本', { en: 'Registered capital', public: true })),
  registeredOn: optional(field.date('成立日期', { en: 'Registered on', public: true })),
  businessScope: optional(field.longText('经营范围', { en: 'Business scope', public: true })),
  legalRepresentative: optional(
    field.text('法定代表人（经营者）', { en: 'Legal representative or operator', personal: forSupervision }),
  ),
  contact: optional(field.text('联系方式', { en: 'Contact', personal: forSupervision })),
  status: field.choice('经营状况', statuses, { en: 'Status', public: true }),
  aliases: optional(
    field.list('曾用名、别名', field.text('名称', { en: 'Name' }), { en: 'Other names', public: true, max: 50 }),
  ),
};

export const Enterprise = entity(
  'subjects.enterprise',
  { zh: '经营主体', en: 'Business entity' },
  {
    fields: {
      ...facts,
      capitalAmount: optional(
        field.decimal('注册资本金额（按币种主单位）', { en: 'Capital, in units of its currency' }),
      ),
      capitalCurrency: optional(field.text('注册资本币种', { en: 'Currency of capital', max: 3 })),
      source: field.text('资料来源', { en: 'Source' }),
      sourceKey: optional(field.text('来源编号', { en: 'Number at the source' })),
      sourceMarks: optional(
        field.json('来源比对标记', { en: 'Marks of what the source said', personal: forSupervision }),
      ),
      effectiveOn: field.date('内容起始日', { en: 'True since' }),
      recordedOn: field.date('入库日', { en: 'Entered on' }),
      mergedInto: optional(field.reference('并入', 'subjects.enterprise', { en: 'Merged into' })),
    },
    title: (row) => row.name,
    subject: (row) => ({ id: row.id, name: row.name }),
    words: (row) => [
      withoutRegion(row.name),
      row.creditCode,
      row.address,
      ...(row.aliases ?? []).flatMap((name) => [name, withoutRegion(name)]),
    ],
    purpose: {
      zh: '经营主体库，一企一档。先导入登记资料，或者逐户登记。',
      en: 'The register of business entities, one file for each. Import the registrations first, or enter them one by one.',
    },
  },
);
export type EnterpriseRow = RecordRow<typeof Enterprise>;

/** Names of the fields that have a history. */
export const factNames = [
  ...(Object.keys(facts) as (keyof typeof facts)[]),
  'capitalAmount',
  'capitalCurrency',
] as const;
export type Facts = Pick<EnterpriseRow, (typeof factNames)[number]>;

export const factsOf = (row: Facts): Facts =>
  Object.fromEntries(factNames.map((name) => [name, row[name] ?? null])) as unknown as Facts;
