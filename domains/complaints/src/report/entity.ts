import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { intakeShape, subjectShape } from '../fields.ts';
import { categoryChoices, resultDutyChoices } from '../grounds.ts';

export const pauseGrounds = {
  testing: { zh: '检测、检验', en: 'Testing' },
  appraisal: { zh: '鉴定', en: 'Appraisal' },
  'right-holder': { zh: '权利人辨认或者鉴别', en: 'Identification by the right holder' },
} as const;

export const Addition = z.object({
  on: field.date('收到日期', { en: 'Received on' }),
  facts: field.longText('补充的新事实', { en: 'New facts', max: 8000 }),
});

/** What a reporter tells, and on what terms. */
export const tipShape = {
  facts: field.longText('线索和事实', {
    en: 'Facts and leads',
    max: 8000,
    help: { zh: '不写本人姓名和电话。', en: 'No name or telephone of yours.' },
  }),
  anonymous: field.flag('匿名举报', { en: 'Anonymous' }),
  insider: field.flag('经营者内部人员', { en: 'From within the firm' }),
  wantsReward: field.flag('申请奖励', { en: 'Asks for a reward' }),
};

/** 举报: what somebody tells of an offence. Nothing of it goes to whom it is about (order 121 art. 37). */
export const Report = entity(
  'complaints.report',
  { zh: '举报', en: 'Report of an offence' },
  {
    fields: {
      ...intakeShape,
      ...subjectShape,
      ...tipShape,
      mixed: field.flag('含投诉内容，待分开', { en: 'Holds a complaint, to be split' }),
      source: optional(field.text('分出来源', { en: 'Split from' })),
      unit: optional(field.office('承办机构', { en: 'Unit' })),
      verifiers: field.list('核查人员', field.identifier('人员', { en: 'Person' }), { en: 'Named verifiers', max: 8 }),
      moves: field.integer('指定次数', { en: 'Times designated' }),
      cameFrom: optional(field.reference('转来的举报', 'complaints.report', { en: 'Came from' })),
      wentTo: optional(field.office('指定的机关', { en: 'Designated authority' })),
      returnReason: optional(field.longText('退回或者指定理由', { en: 'Why returned or designated', max: 2000 })),
      lastReceivedOn: field.date('最后一次收到日期', { en: 'Last received on' }),
      additions: optional(field.list('补充的新事实', Addition, { en: 'New facts', max: 20 })),
      extended: optional(field.flag('已延长核查期限', { en: 'Verification extended' })),
      pauseGround: optional(field.choice('不计入期限的事由', pauseGrounds, { en: 'What is not counted' })),
      findings: optional(field.longText('核查情况', { en: 'Findings', max: 8000 })),
      reason: optional(field.longText('理由', { en: 'Reasons', max: 4000 })),
      decidedOn: optional(field.date('决定日期', { en: 'Decided on' })),
      toldWhere: optional(field.text('告知其向哪个机关提出', { en: 'Told to turn to', max: 300 })),
      referTo: optional(field.text('移送机关', { en: 'Referred to', max: 300 })),
      resultDuty: optional(field.choice('告知处理结果的规定', resultDutyChoices, { en: 'Rule on telling the result' })),
      result: optional(field.longText('告知的处理结果', { en: 'Result as told', max: 4000 })),
      resultToldOn: optional(field.date('告知日期', { en: 'Told on' })),
      mergedInto: optional(field.reference('并入的举报', 'complaints.report', { en: 'Merged into' })),
      referral: optional(field.reference('案源移交', 'complaints.referral', { en: 'Handed to cases' })),
      fined: optional(field.money('罚款', { en: 'Fine' })),
      confiscated: optional(field.money('没收', { en: 'Confiscated' })),
      concludedOn: optional(field.date('案件办结日期', { en: 'Case concluded on' })),
    },
    title: (row) => `${row.subjectName}：${row.productName ?? categoryChoices[row.category]?.zh ?? row.category}`,
    subject: (row) => (row.subjectId ? { id: row.subjectId, name: row.subjectName } : null),
    words: (row) => [row.subjectCode, row.productName, row.foreignNumber, row.address],
    purpose: {
      zh: '违法线索：十五个工作日内核查，决定是否立案；举报人身份封存，只有列名的核查人员凭理由查看。',
      en: 'Leads on offences: verified in fifteen working days, a case filed or not; the reporter is sealed and opened by named verifiers with a reason.',
    },
  },
);
export type ReportRow = RecordRow<typeof Report>;
