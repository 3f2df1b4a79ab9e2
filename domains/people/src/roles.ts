import type { Label } from '@hengjian/kernel';

const role = (zh: string, en: string, doesZh: string, doesEn: string): Label & { does: Label } => ({
  zh,
  en,
  does: { zh: doesZh, en: doesEn },
});

/** One of the three who administer the platform and see no business: three people (GB/T 22239-2019, 8.1.5). */
const administrator = (zh: string, en: string, doesZh: string, doesEn: string) => ({
  ...role(zh, en, doesZh, doesEn),
  apart: true,
});

/** The posts of the platform. `certificate`: acts on site under an enforcement certificate (行政执法证; which posts need one is practice). A grant gives one of them to a person at an office, or for an organisation. */
export const roles = {
  planner: role(
    '计划管理',
    'Planner',
    '编制年度计划、抽查方案和实施细则，组织抽取',
    'drafts plans, schemes and detailed rules, and runs the draw',
  ),
  'section-chief': role(
    '处（科）长',
    'Section chief',
    '审核计划、方案、细则和公告',
    'reviews plans, schemes, rules and bulletins',
  ),
  'bureau-head': role('局领导', 'Bureau head', '批准计划、方案和公告', 'approves plans, schemes and bulletins'),
  organiser: role(
    '组织抽查',
    'Organiser',
    '下达任务、告知结果、处理异议、发布公告',
    'assigns tasks, serves conclusions, handles objections, publishes',
  ),
  'test-expert': role(
    '检验专家',
    'Test expert',
    '参加实施细则联合评审',
    'takes part in the joint review of detailed rules',
  ),
  sampler: role('抽样人员', 'Sampler', '现场抽样、封样、送样', 'takes, seals and delivers samples'),
  'laboratory-receiver': role(
    '样品管理',
    'Sample custodian',
    '收样、拒收、保管样品',
    'receives, refuses and keeps samples',
  ),
  'laboratory-tester': role('检验人员', 'Tester', '录入检验结果', 'enters test results'),
  'laboratory-checker': role(
    '校核人员',
    'Checker',
    '校核他人的检验记录和计算',
    "checks another person's records and arithmetic",
  ),
  'laboratory-quality': role(
    '质量负责人',
    'Quality officer',
    '申报检验条件，管理仪器、比对和导入对应',
    'declares readiness, keeps instruments, comparisons and import mappings',
  ),
  'accreditation-officer': role(
    '资质认定管理',
    'Accreditation officer',
    '管理检验检测机构名录、能力范围和能力验证',
    'keeps the register of testing bodies, their scope and proficiency rounds',
  ),
  'laboratory-signatory': role('授权签字人', 'Authorised signatory', '签发检验报告', 'signs test reports'),
  'result-handler': {
    ...role('结果处理', 'Result handler', '处理本辖区不合格结果', 'handles failures in the region'),
    certificate: true,
  },
  inspector: {
    ...role(
      '执法检查人员',
      'Inspector',
      '持执法证现场检查，列隐患、复查整改',
      'inspects firms under an enforcement certificate, lists hazards, verifies what was mended',
    ),
    certificate: true,
  },
  'case-officer': {
    ...role(
      '办案人员',
      'Case officer',
      '核查线索、调查取证、送达文书、执行处罚决定',
      'checks leads, investigates, serves papers, carries decisions out',
    ),
    certificate: true,
  },
  'case-reviewer': role(
    '案件审核',
    'Case reviewer',
    '案件审核、法制审核、案卷评查，不参加调查',
    'reviews cases and scores case files; investigates none',
  ),
  'hearing-host': role(
    '听证主持',
    'Hearing host',
    '主持听证、制作听证报告，不参加本案调查',
    'hosts hearings and reports on them; investigates none of those cases',
  ),
  'licence-window': role(
    '许可受理',
    'Licence counter',
    '收件、受理、补正告知、颁证、送达和预约',
    'takes in, accepts, asks for supplements, issues, delivers, keeps appointments',
  ),
  'licence-examiner': role(
    '许可审查',
    'Licence examiner',
    '抽取核查组、组织核查和检验、提出审查意见，不受理也不决定',
    'draws teams, arranges checks and tests, gives the opinion; neither accepts nor decides',
  ),
  'licence-reviewer': role(
    '评审员',
    'Reviewer',
    '参加现场核查（评审），记录核查结论',
    'checks on the spot and records the findings',
  ),
  'licence-decider': role(
    '许可决定',
    'Licence decider',
    '作出准予、不予、撤销、撤回和注销的决定',
    'grants, refuses, annuls, withdraws and deregisters',
  ),
  'licence-supervisor': role(
    '证后监督',
    'Supervisor of holders',
    '回访持证人、核查承诺、督促整改',
    'visits holders, checks commitments, follows up',
  ),
  'complaint-desk': role(
    '12315 接收',
    '12315 desk',
    '接听、登记、分开和分送投诉举报，汇总分析',
    'takes calls, enters, splits and distributes complaints and reports, draws up digests',
  ),
  'complaint-handler': role(
    '投诉承办',
    'Complaint handler',
    '决定是否受理投诉，组织调解',
    'accepts complaints or not, and mediates',
  ),
  'report-verifier': {
    ...role(
      '举报核查',
      'Report verifier',
      '核查举报，提出是否立案',
      'verifies reports, proposes to file a case or not',
    ),
    certificate: true,
  },
  'enterprise-agent': role(
    '企业经办人',
    'Enterprise agent',
    '查看告知、提出异议和复检',
    'reads conclusions, objects, asks for a retest',
  ),
  auditor: role(
    '监督审计',
    'Auditor',
    '查看办理过程和抽取的回避情况',
    'sees how things were done, exclusions of draws included',
  ),
  'data-steward': role(
    '主体库管理',
    'Data steward',
    '维护经营主体库和数据质量',
    'keeps the register of business entities',
  ),
  'system-administrator': administrator(
    '系统管理员',
    'System administrator',
    '机关、人员、任职、授权和代行',
    'keeps offices and people, appoints, grants, deputises',
  ),
  'security-administrator': administrator(
    '安全管理员',
    'Security administrator',
    '查看授权和安全设置',
    'oversees grants and security settings',
  ),
  'audit-administrator': administrator(
    '审计管理员',
    'Audit administrator',
    '审查授权和管理员的操作，不接触业务',
    'examines grants and what administrators did, without business',
  ),
} satisfies Record<string, Label & { does: Label; apart?: boolean; certificate?: boolean }>;

export type Role = keyof typeof roles;
