import { entity, field, type Label, type Lifecycle, lifecycle, on, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';

/** The roles that the benches' readers hold. */
export const roles: Record<string, Label> = {
  planner: { zh: '计划人员', en: 'Planner' },
  'result-handler': { zh: '结果处理人员', en: 'Result handler' },
  organiser: { zh: '抽查承办人', en: 'Organiser' },
  'section-chief': { zh: '处长', en: 'Section chief' },
  'bureau-head': { zh: '局长', en: 'Bureau head' },
  'system-administrator': { zh: '系统管理员', en: 'System administrator' },
  'security-administrator': { zh: '安全管理员', en: 'Security administrator' },
  auditor: { zh: '审计员', en: 'Auditor' },
  'enterprise-agent': { zh: '企业代理人', en: 'Agent of a firm' },
};

const readers = ['organiser', 'section-chief', 'bureau-head'];
const purpose = { zh: '用于测速。', en: 'For measuring speed.' };

export const Inspection = entity(
  'bench.inspection',
  { zh: '监督检查', en: 'Inspection' },
  {
    fields: {
      firm: field.identifier('企业', { en: 'Firm' }),
      firmName: field.text('企业名称', { en: 'Name of firm' }),
      creditCode: field.text('统一社会信用代码', { en: 'Credit code' }),
      region: field.region('行政区划', { en: 'Region' }),
      address: field.text('地址', { en: 'Address' }),
      contact: optional(field.text('联系人', { en: 'Contact' })),
      product: field.text('产品', { en: 'Product' }),
      productName: field.text('产品名称', { en: 'Name of product' }),
      plannedOn: field.date('计划日期', { en: 'Planned on' }),
      inspectedOn: optional(field.date('检查日期', { en: 'Inspected on' })),
      findings: optional(
        field.list(
          '发现的问题',
          z.object({ clause: field.text('条款'), text: field.longText('问题'), grave: field.flag('严重') }),
        ),
      ),
      conclusion: optional(field.longText('结论', { en: 'Conclusion' })),
      fee: optional(field.decimal('费用', { en: 'Fee', unit: '元' })),
    },
    title: (row) => `${row.firmName}（${row.productName}）`,
    subject: (row) => ({ id: row.firm, name: row.firmName }),
    purpose,
  },
);
export type InspectionRow = RecordRow<typeof Inspection>;

/** What an officer enters after an inspection. */
export const reportInput = z.strictObject({
  inspectedOn: field.date('检查日期', { en: 'Inspected on' }),
  findings: field.list(
    '发现的问题',
    z.object({ clause: field.text('条款'), text: field.longText('问题'), grave: field.flag('严重') }),
  ),
  conclusion: field.longText('结论', { en: 'Conclusion' }),
  fee: optional(field.decimal('费用', { en: 'Fee', unit: '元' })),
});

export const objectionRule = { kind: 'within', unit: 'day', amount: 15, basis: '第三条' } as const;
export const edition = '2020';

const report = {
  from: 'planned',
  to: 'reported',
  by: ['organiser'],
  basis: '第二条',
  input: reportInput,
} as const;

export const inspection = lifecycle(Inspection, {
  editions: [{ name: edition, basis: '测速办法', inForce: '2020-01-01' }],
  states: {
    planned: '已计划',
    reported: '已检查',
    objected: '已异议',
    closed: { zh: '已办结', en: 'Closed', closed: true },
  },
  readers,
  ingestible: ['planned'],
  parties: {
    firm: {
      label: '企业',
      of: (row: InspectionRow) => [`org:${row.firm}`],
      sees: ['firmName', 'findings', 'conclusion'],
      from: 'reported',
    },
  },
  actions: {
    report: on({ label: '登记检查', ...report }),
    reportNumbered: on({ label: '登记检查并编号', ...report, numbers: '检' }),
    object: on({ label: '异议', from: 'reported', to: 'objected', by: ['firm'], basis: '第三条' }),
    close: on({
      label: '办结',
      from: ['reported', 'objected'],
      to: 'closed',
      by: ['organiser', 'system'],
      basis: '第四条',
    }),
  },
  clocks: {
    objection: {
      label: '异议期',
      rule: objectionRule,
      starts: { at: ['report', 'reportNumbered'] },
      stops: ['object', 'close'],
      onExpiry: 'close',
    },
  },
});

/** Names of the procedures that the corpus of lists and searches is made of, beside enterprises. */
export const procedures: Record<string, Label> = {
  'bench.sampling': { zh: '抽样单', en: 'Sampling record' },
  'bench.test': { zh: '检验报告', en: 'Test report' },
  'bench.objection': { zh: '异议', en: 'Objection' },
  'bench.case': { zh: '案件', en: 'Case' },
  'bench.complaint': { zh: '投诉举报', en: 'Complaint' },
  'bench.recall': { zh: '召回', en: 'Recall' },
  'bench.licence': { zh: '许可', en: 'Licence' },
  'bench.notice': { zh: '责令改正', en: 'Order to correct' },
};

function plainLifecycle(name: string, label: Label): Lifecycle {
  const Plain = entity(name, label, {
    fields: { name: field.text('名称', { en: 'Name' }), firm: field.identifier('企业', { en: 'Firm' }) },
    title: (row) => row.name,
    purpose,
  });
  return lifecycle(Plain, {
    editions: [{ name: edition, basis: '测速办法', inForce: '2020-01-01' }],
    states: { opened: '已受理', handled: '办理中', closed: { zh: '已办结', en: 'Closed', closed: true } },
    readers,
    parties: { firm: { label: '企业', of: (row) => [`org:${row.firm}`], sees: 'all', from: 'opened' } },
    actions: {
      open: on({ label: '受理', from: null, to: 'opened', by: ['organiser'], basis: '第一条' }),
      handle: on({ label: '办理', from: 'opened', to: 'handled', by: ['organiser'], basis: '第二条' }),
      close: on({ label: '办结', from: 'handled', to: 'closed', by: ['organiser'], basis: '第三条' }),
    },
  });
}

export const lifecycles: Lifecycle[] = [
  inspection,
  plainLifecycle('bench.enterprise', { zh: '企业', en: 'Enterprise' }),
  ...Object.entries(procedures).map(([name, label]) => plainLifecycle(name, label)),
];
