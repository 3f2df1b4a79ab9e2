import { entity, field, type Label, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { kindChoices } from '../kinds/catalogue.ts';

export const purposeChoices = {
  new: { zh: '首次申请', en: 'First application' },
  change: { zh: '变更', en: 'Change' },
  renewal: { zh: '延续', en: 'Renewal' },
  reissue: { zh: '补领', en: 'Re-issue' },
} as const;
export const changeChoices = {
  name: { zh: '名称、住所等登记事项', en: 'Name or address' },
  conditions: { zh: '生产条件、工艺、地址', en: 'Conditions, process or place' },
  products: { zh: '增加产品（类别）', en: 'More products' },
} as const;
export const trackChoices = {
  ordinary: { zh: '一般程序', en: 'Ordinary' },
  commitment: { zh: '告知承诺（先证后核）', en: 'On commitment, checked afterwards' },
} as const;
export const pauseChoices = {
  hearing: { zh: '听证', en: 'Hearing' },
  'expert-review': { zh: '鉴定、专家评审', en: 'Appraisal or expert review' },
} as const;
export const opinionChoices = {
  grant: { zh: '建议准予', en: 'Proposes to grant' },
  refuse: { zh: '建议不予', en: 'Proposes to refuse' },
} as const;
export const metChoices = {
  yes: { zh: '符合', en: 'Met' },
  partly: { zh: '基本符合', en: 'Partly met' },
  no: { zh: '不符合', en: 'Not met' },
} as const;
export const deliveryChoices = {
  direct: { zh: '直接送达（窗口领取）', en: 'In person' },
  left: { zh: '留置送达', en: 'Left at the place' },
  mail: { zh: '邮寄', en: 'By mail' },
  electronic: { zh: '电子送达', en: 'Electronically' },
  entrusted: { zh: '委托、转交', en: 'Through another authority' },
  'public-notice': { zh: '公告送达', en: 'By public notice' },
} as const;

const toIdentify: Label = { zh: '核实申请人身份', en: 'to identify the applicant' };
const toReach: Label = { zh: '办理中联系申请人', en: 'to reach the applicant' };

export const Member = z.object({
  reviewer: field.identifier('评审员', { en: 'Reviewer' }),
  person: field.identifier('人员', { en: 'Person' }),
  name: field.text('姓名', { en: 'Name' }),
  unit: field.text('单位', { en: 'Unit' }),
  leader: field.flag('组长', { en: 'Leader' }),
});
export const Answer = z.object({
  name: field.text('项目', { en: 'Item', max: 60 }),
  value: field.text('内容', { en: 'Answer', max: 1000 }),
});
export const Checked = z.object({
  item: field.text('核查项目', { en: 'Item', max: 40 }),
  met: field.choice('结论', metChoices, { en: 'Finding' }),
  note: optional(field.text('记录', { en: 'Note', max: 500 })),
});
export const Missing = z.object({
  paper: field.text('材料', { en: 'Paper', max: 60 }),
  demand: field.text('补正要求', { en: 'What is asked', max: 500 }),
});

/** 许可申请: one application for a grant, change, renewal or re-issue, from draft to certificate. */
export const Application = entity(
  'licensing.application',
  { zh: '许可申请', en: 'Licence application' },
  {
    fields: {
      account: field.reference('办事账户', 'licensing.account', { en: 'Account' }),
      organisation: field.identifier('申请人编号', { en: 'Applicant (id)' }),
      applicantName: field.text('申请人', { en: 'Applicant' }),
      applicantCode: optional(field.text('统一社会信用代码', { en: 'Credit code', max: 18 })),
      identity: optional(field.text('身份证件号码', { en: 'Identity number', personal: toIdentify, max: 30 })),
      contact: optional(field.text('联系方式', { en: 'Contact', personal: toReach })),
      kind: field.choice('许可事项', kindChoices, { en: 'Licence' }),
      purpose: field.choice('申请类型', purposeChoices, { en: 'Purpose' }),
      changeOf: optional(field.choice('变更内容', changeChoices, { en: 'What changes' })),
      changedOn: optional(field.date('变化日期', { en: 'Changed on' })),
      track: field.choice('程序', trackChoices, { en: 'Track' }),
      products: field.list('产品（类别）代码', field.text('代码', { en: 'Code', max: 20 }), {
        en: 'Products',
        max: 40,
      }),
      region: field.region('生产经营地', { en: 'Place' }),
      address: field.text('生产经营地址', { en: 'Address', max: 300 }),
      licence: optional(field.reference('原许可证', 'licensing.licence', { en: 'Licence held' })),
      lateRenewal: optional(field.flag('逾期延续，转为新申请', { en: 'Late renewal, now a new application' })),
      formVersion: field.text('表单版本', { en: 'Form version', max: 20 }),
      answers: field.list('申请表内容', Answer, { en: 'Form', max: 40 }),
      counterOffice: optional(field.office('代录窗口', { en: 'Counter that entered it' })),
      receivedOn: optional(field.date('收到日期', { en: 'Received on' })),
      queryNumber: optional(field.text('查询编号', { en: 'Query number', max: 40 })),
      querySecret: optional(
        field.text('查询密码', {
          en: 'Query secret',
          max: 20,
          help: { zh: '只告知申请人', en: 'Told to the applicant alone' },
        }),
      ),
      acceptedOn: optional(field.date('受理日期', { en: 'Accepted on' })),
      tacit: optional(field.flag('逾期视为受理', { en: 'Accepted by silence' })),
      missing: optional(field.list('需补正材料', Missing, { en: 'To be supplemented', max: 40 })),
      supplementUntil: optional(field.date('补正期限', { en: 'Supplement until' })),
      fee: optional(field.money('应缴费用', { en: 'Fee' })),
      team: optional(field.list('核查组', Member, { en: 'Team', max: 6 })),
      teamDraw: optional(field.json('抽取记录', { en: 'Record of the draw' })),
      siteCheckOn: optional(field.date('核查日期', { en: 'Site check on' })),
      siteCheck: optional(field.list('核查记录', Checked, { en: 'Checklist', max: 60 })),
      score: optional(field.decimal('核查得分', { en: 'Score' })),
      concludedOn: optional(field.date('核查（评审）结论日期', { en: 'Concluded on' })),
      laboratory: optional(field.identifier('检验机构编号', { en: 'Laboratory (id)' })),
      laboratoryName: optional(field.text('企业选定的检验机构', { en: 'Laboratory that the firm chose' })),
      testPassed: optional(field.flag('发证检验合格', { en: 'Licensing test passed' })),
      reportNumber: optional(field.text('检验报告编号', { en: 'Report number', max: 60 })),
      pauseGround: optional(field.choice('暂停计时事由', pauseChoices, { en: 'Ground of the pause' })),
      pausedIn: optional(field.text('暂停时的环节', { en: 'Paused in', max: 20 })),
      demands: optional(field.longText('整改要求', { en: 'To be rectified', max: 4000 })),
      opinion: optional(field.choice('审查意见', opinionChoices, { en: 'Opinion' })),
      opinionText: optional(field.longText('审查意见内容', { en: 'Opinion in words', max: 4000 })),
      examinedIn: optional(field.text('审查时的环节', { en: 'Examined in', max: 20 })),
      extended: optional(field.flag('已延长决定期限', { en: 'Decision extended' })),
      decidedOn: optional(field.date('决定日期', { en: 'Decided on' })),
      reason: optional(field.longText('理由', { en: 'Reasons', max: 4000 })),
      stepOn: optional(field.date('本环节起始日', { en: 'Step began on' })),
      issuedLicence: optional(field.reference('颁发的许可证', 'licensing.licence', { en: 'Licence issued' })),
      delivery: optional(field.choice('送达方式', deliveryChoices, { en: 'Delivery' })),
      deliveredOn: optional(field.date('送达日期', { en: 'Delivered on' })),
    },
    title: (row) => `${row.applicantName}·${kindChoices[row.kind]?.zh ?? row.kind}`,
    subject: (row) => ({ id: row.organisation, name: row.applicantName }),
    words: (row) => [row.applicantCode, row.queryNumber, row.address],
    purpose: {
      zh: '企业和个人提出的许可申请：受理、审查、决定由不同的人办理，每一段期限都算给申请人看。',
      en: 'Applications for licences. Acceptance, review and decision are done by different people; every term is shown to the applicant.',
    },
  },
);
export type ApplicationRow = RecordRow<typeof Application>;

/** What the applicant reads of his application. */
export const seenByApplicant = [
  'account',
  'applicantName',
  'applicantCode',
  'identity',
  'contact',
  'kind',
  'purpose',
  'changeOf',
  'changedOn',
  'track',
  'products',
  'region',
  'address',
  'licence',
  'lateRenewal',
  'formVersion',
  'answers',
  'receivedOn',
  'queryNumber',
  'querySecret',
  'acceptedOn',
  'tacit',
  'missing',
  'supplementUntil',
  'fee',
  'siteCheckOn',
  'score',
  'concludedOn',
  'laboratory',
  'laboratoryName',
  'testPassed',
  'reportNumber',
  'pauseGround',
  'demands',
  'extended',
  'decidedOn',
  'reason',
  'issuedLicence',
  'delivery',
  'deliveredOn',
] as const;

const notForTeam = new Set(['identity', 'contact', 'querySecret']);
/** What the review team reads: the file without what identifies a person and without the applicant's secret. */
export const seenByTeam: readonly string[] = Application.fields
  .map(({ name }) => name)
  .filter((name) => !notForTeam.has(name));
