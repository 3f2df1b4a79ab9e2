import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { intakeShape, subjectShape } from '../fields.ts';
import { categoryChoices, factorChoices, refusalChoices, terminationChoices } from '../grounds.ts';

export const modes = {
  'on-site': { zh: '现场调解', en: 'On site' },
  telephone: { zh: '电话调解', en: 'By telephone' },
  video: { zh: '视频调解', en: 'By video' },
  online: { zh: '网络调解', en: 'Online' },
} as const;

export const Meeting = z.object({
  on: field.date('日期', { en: 'Day' }),
  mode: field.choice('方式', modes, { en: 'Mode' }),
  attended: field.text('参加人', { en: 'Who took part', max: 300 }),
  record: field.longText('调解情况', { en: 'What was said', max: 4000 }),
});

/** What a consumer tells: the dispute, and what is asked for. */
export const claimShape = {
  matter: field.longText('争议事实', {
    en: 'Facts of the dispute',
    max: 8000,
    help: {
      zh: '时间、地点、经过、金额。不写本人姓名和电话。',
      en: 'When, where, what, how much. No name or telephone.',
    },
  }),
  demand: field.longText('投诉请求', { en: 'What is asked for', max: 2000 }),
  amount: optional(field.money('争议金额', { en: 'Amount in dispute' })),
  happenedOn: optional(field.date('发生日期', { en: 'Happened on' })),
  knownOn: optional(field.date('知道权益受侵害的日期', { en: 'Known since' })),
  consentMediation: field.flag('同意调解', { en: 'Agrees to mediation' }),
  consentEntrust: field.flag('同意委托消费者协会等调解', { en: 'Agrees to entrusted mediation' }),
  consentPublish: field.flag('同意依法公示投诉信息', { en: 'Agrees to publication' }),
};

/** 投诉: a consumer's dispute with a trader, which the authority is asked to settle. Who complains is sealed beside it. */
export const Complaint = entity(
  'complaints.complaint',
  { zh: '投诉', en: 'Complaint' },
  {
    fields: {
      ...intakeShape,
      ...subjectShape,
      ...claimShape,
      mixed: field.flag('含举报内容，待分开', { en: 'Holds a report, to be split' }),
      source: optional(field.text('分出来源', { en: 'Split from' })),
      report: optional(field.reference('分出的举报', 'complaints.report', { en: 'Report split from it' })),
      unit: optional(field.office('承办机构', { en: 'Unit' })),
      handlers: field.list('承办人', field.identifier('人员', { en: 'Person' }), { en: 'Named handlers', max: 8 }),
      moves: field.integer('转送次数', { en: 'Times passed on' }),
      cameFrom: optional(field.reference('转来的投诉', 'complaints.complaint', { en: 'Came from' })),
      wentTo: optional(field.office('转往机关', { en: 'Passed to' })),
      returnReason: optional(field.longText('退回或者转送理由', { en: 'Why returned or passed on', max: 2000 })),
      identityUntil: optional(field.date('提供身份证明的期限', { en: 'Identity to be shown by' })),
      identityAsked: optional(field.flag('已要求核验身份', { en: 'Identity was asked for' })),
      identityChecked: optional(field.flag('已核验身份', { en: 'Identity verified' })),
      acceptedOn: optional(field.date('受理日期', { en: 'Accepted on' })),
      decidedOn: optional(field.date('决定日期', { en: 'Decided on' })),
      ground: optional(field.choice('不予受理的法定情形', refusalChoices, { en: 'Ground of refusal' })),
      factors: optional(
        field.list('判断因素', field.choice('因素', factorChoices, { en: 'Factor' }), { en: 'Factors', max: 5 }),
      ),
      reason: optional(field.longText('理由', { en: 'Reasons', max: 4000 })),
      respondentConsents: optional(field.flag('被投诉人同意调解', { en: 'Trader agrees to mediation' })),
      entrustedTo: optional(field.text('受委托调解组织', { en: 'Entrusted to' })),
      mode: optional(field.choice('调解方式', modes, { en: 'Mode' })),
      mediationOn: optional(field.date('调解日期', { en: 'Mediation on' })),
      place: optional(field.text('调解地点', { en: 'Place', max: 300 })),
      mediator: optional(field.text('调解人员', { en: 'Mediator' })),
      meetings: optional(field.list('调解记录', Meeting, { en: 'Record of mediation', max: 20 })),
      recusal: optional(field.longText('回避', { en: 'Recusal', max: 2000 })),
      appraiser: optional(field.text('鉴定、检测机构', { en: 'Appraiser or laboratory' })),
      appraisedItem: optional(field.text('鉴定、检测事项', { en: 'What is appraised', max: 500 })),
      appraisalPayer: optional(field.text('费用承担', { en: 'Who pays', max: 300 })),
      appraisalResult: optional(field.longText('鉴定、检测结论', { en: 'Result', max: 2000 })),
      agreement: optional(field.longText('协议内容', { en: 'Agreement', max: 4000 })),
      agreementAmount: optional(field.money('协议金额', { en: 'Amount agreed' })),
      agreedOn: optional(field.date('达成协议日期', { en: 'Agreed on' })),
      endGround: optional(field.choice('终止调解的法定情形', terminationChoices, { en: 'Ground of termination' })),
      endedOn: optional(field.date('终止日期', { en: 'Ended on' })),
      endedBy: optional(field.text('告知方式', { en: 'How it was told', max: 300 })),
      clue: optional(field.longText('发现的违法线索', { en: 'Clue found', max: 4000 })),
      clueFoundOn: optional(field.date('发现线索日期', { en: 'Clue found on' })),
      mergedInto: optional(field.reference('并入的投诉', 'complaints.complaint', { en: 'Merged into' })),
    },
    title: (row) => `${row.subjectName}：${row.productName ?? categoryChoices[row.category]?.zh ?? row.category}`,
    subject: (row) => (row.subjectId ? { id: row.subjectId, name: row.subjectName } : null),
    words: (row) => [row.subjectCode, row.productName, row.foreignNumber, row.address, row.demand],
    purpose: {
      zh: '消费者请求解决的争议：七个工作日内决定是否受理，六十日内调解；投诉人身份单独封存。',
      en: 'Disputes that consumers ask to have settled: accepted or not in seven working days, mediated within sixty; who complains is sealed.',
    },
  },
);
export type ComplaintRow = RecordRow<typeof Complaint>;
