import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';

export const sources = {
  supervision: { zh: '监督检查', en: 'Supervision' },
  sampling: { zh: '监督抽查', en: 'Sampling' },
  complaint: { zh: '投诉、举报', en: 'Complaint or report' },
  transfer: { zh: '其他部门移送', en: 'Transferred' },
  superior: { zh: '上级交办', en: 'Assigned from above' },
  other: { zh: '其他', en: 'Other' },
} as const;
export const partyKinds = {
  entity: { zh: '法人或者其他组织', en: 'Entity' },
  'individual-business': { zh: '个体工商户', en: 'Individual business' },
  person: { zh: '自然人', en: 'Natural person' },
} as const;
export const notFiledGrounds = {
  minor: { zh: '违法行为轻微并及时改正，没有造成危害后果', en: 'Minor, corrected, no harm' },
  first: { zh: '初次违法且危害后果轻微并及时改正', en: 'First violation, slight harm, corrected' },
  'no-fault': { zh: '当事人有证据足以证明没有主观过错', en: 'No fault, proved' },
  other: { zh: '依法可以不予立案的其他情形', en: 'Other by law' },
} as const;
/** Grounds on which the time to decide does not run: article 46 for the first five, article 64(2) for the others. */
export const pauseGrounds = {
  ruling: { zh: '须以相关案件的裁判结果或者其他行政决定为依据', en: 'Awaits another ruling' },
  interpretation: { zh: '法律适用需送请解释或者确认', en: 'Awaits an interpretation of law' },
  'force-majeure': { zh: '不可抗力', en: 'Force majeure' },
  missing: { zh: '当事人下落不明', en: 'The party cannot be found' },
  other: { zh: '其他应当中止调查的情形', en: 'Other reason to suspend' },
  test: { zh: '检测、检验、检疫、鉴定', en: 'Test or appraisal' },
  identification: { zh: '权利人辨认或者鉴别', en: 'Identification by the right-holder' },
  refund: { zh: '责令退还多收价款', en: 'Refund of what was overcharged' },
} as const;
export const proposals = {
  penalise: { zh: '给予行政处罚', en: 'Penalise' },
  minor: { zh: '轻微不罚', en: 'Minor: no penalty' },
  first: { zh: '首违不罚', en: 'First violation: no penalty' },
  'no-fault': { zh: '没有主观过错，不予处罚', en: 'No fault: no penalty' },
  'no-violation': { zh: '违法事实不能成立', en: 'No violation' },
} as const;
export const reviewGrounds = {
  interest: { zh: '涉及重大公共利益', en: 'Major public interest' },
  complex: { zh: '案件情况疑难复杂、涉及多个法律关系', en: 'Difficult, several legal relations' },
  law: { zh: '法律、法规规定应当进行法制审核', en: 'Law asks for it' },
} as const;
export const licenceMeasures = {
  suspend: { zh: '暂扣许可证件', en: 'Suspend the licence' },
  revoke: { zh: '吊销许可证件', en: 'Revoke the licence' },
  downgrade: { zh: '降低资质等级', en: 'Lower the grade' },
} as const;
export const closings = {
  performed: { zh: '行政处罚决定执行完毕', en: 'Performed' },
  'court-ended': { zh: '人民法院裁定终结执行', en: 'Enforcement ended by the court' },
  terminated: { zh: '案件终止调查', en: 'Investigation terminated' },
  'not-penalised': { zh: '不予行政处罚', en: 'No penalty' },
  transferred: { zh: '移送其他部门或者司法机关', en: 'Transferred' },
  overturned: { zh: '决定被撤销、变更或者确认违法', en: 'The decision fell' },
} as const;

const identity = { zh: '查明当事人身份', en: 'to identify the party' };
const contact = { zh: '联系和送达', en: 'to reach and serve the party' };
export const partyShape = {
  partyKind: field.choice('当事人类别', partyKinds, { en: 'Kind of party' }),
  party: optional(field.identifier('当事人（经营主体）', { en: 'Party (register)' })),
  partyName: field.text('当事人名称', { en: 'Name of the party' }),
  partyCode: optional(field.text('统一社会信用代码', { en: 'Credit code', max: 18 })),
  address: optional(field.text('住所（住址）', { en: 'Address', max: 300 })),
  representative: optional(field.text('法定代表人（负责人、经营者）', { en: 'Representative', personal: identity })),
  idNumber: optional(field.text('身份证件号码', { en: 'Identity number', max: 40, personal: identity })),
  contact: optional(field.text('联系电话', { en: 'Telephone', max: 60, personal: contact })),
};
/** What a case source tells; the contract of everybody who hands a lead over (see the README). */
export const sourceShape = {
  source: field.choice('来源分类', sources, { en: 'Source' }),
  sourceRecord: optional(field.identifier('来源记录', { en: 'Record it came from' })),
  foundOn: field.date('发现线索或者收到材料日期', { en: 'Found or received on' }),
  region: field.region('违法行为发生地', { en: 'Place of the act' }),
  ...partyShape,
  cause: field.text('案由', { en: 'Cause', max: 200 }),
  facts: field.longText('案源内容', { en: 'What is alleged', max: 6000 }),
};
export const officer = z.object({
  person: field.identifier('办案人员', { en: 'Officer' }),
  name: field.text('姓名', { en: 'Name' }),
  certificate: field.text('执法证号', { en: 'Certificate' }),
});
export const recusal = z.object({
  person: field.identifier('人员', { en: 'Person' }),
  ground: field.longText('理由', { en: 'Ground', max: 2000 }),
  askedOn: field.date('提出日期', { en: 'Asked on' }),
  granted: optional(field.flag('应当回避', { en: 'Recused' })),
});
export const money = (zh: string, en: string) => optional(field.money(zh, { en }));
/** The penalty as proposed, told and decided. */
export const penaltyShape = {
  warning: optional(field.flag('警告、通报批评', { en: 'Warning or criticism' })),
  fine: money('罚款', 'Fine'),
  confiscatedGains: money('没收违法所得', 'Gains confiscated'),
  confiscatedGoods: money('没收非法财物价值', 'Value of goods confiscated'),
  licenceMeasure: optional(field.choice('许可证件处罚', licenceMeasures, { en: 'Penalty on a licence' })),
  licence: optional(field.identifier('所涉许可证', { en: 'Licence' })),
  suspendedUntil: optional(field.date('暂扣至', { en: 'Suspended until' })),
  businessStop: optional(field.flag('责令停产停业、关闭或者限制从业', { en: 'Stop, closure or ban' })),
};
const text = (zh: string, en: string, max = 6000) => optional(field.longText(zh, { en, max }));
const day = (zh: string, en: string) => optional(field.date(zh, { en }));

/** 行政处罚案件（普通程序）：from a lead to the closing. */
export const Case = entity(
  'cases.case',
  { zh: '行政处罚案件', en: 'Penalty case' },
  {
    fields: {
      ...sourceShape,
      verification: text('核查情况', 'What the check found'),
      verificationExtended: optional(field.flag('核查已延长', { en: 'Check extended' })),
      violatedOn: day('违法行为发生（终了）日期', 'Act ended on'),
      endangers: optional(field.flag('涉及生命健康、金融安全且有危害后果', { en: 'Life, health or finance harmed' })),
      notFiledGround: optional(field.choice('不予立案的情形', notFiledGrounds, { en: 'Why no case' })),
      reason: text('理由', 'Reason', 4000),
      filedOn: day('立案日期', 'Filed on'),
      officers: optional(field.list('办案人员', officer, { en: 'Case officers', max: 12 })),
      recusals: optional(field.list('回避', recusal, { en: 'Recusals', max: 50 })),
      pauseGround: optional(field.choice('不计入期限的事由', pauseGrounds, { en: 'Why the time stands' })),
      returnTo: optional(field.text('恢复后的状态', { en: 'State to return to' })),
      extended: optional(field.flag('办案期限已延长', { en: 'Extended' })),
      continuedUntil: day('集体讨论确定的期限', 'Continued until'),
      disputeWith: optional(field.text('争议机关', { en: 'In dispute with' })),
      otherOrgan: optional(field.text('移送的机关', { en: 'Transferred to' })),
      sentOn: day('移送日期', 'Transferred on'),
      answer: text('回复', 'Answer', 4000),
      findings: text('调查认定的事实', 'Facts found', 10_000),
      evidenceText: text('主要证据', 'Evidence', 10_000),
      violation: optional(field.text('违法行为（裁量基准）', { en: 'Violation (benchmark)' })),
      goodsValue: money('货值金额', 'Value of the goods'),
      factors: optional(field.list('裁量情节', field.text('情节', { en: 'Factor' }), { en: 'Factors', max: 30 })),
      rangeFrom: money('裁量幅度下限', 'Range from'),
      rangeTo: money('裁量幅度上限', 'Range to'),
      benchmark: optional(field.text('所用裁量基准版本', { en: 'Edition of the benchmark' })),
      deviates: optional(field.flag('超出裁量幅度', { en: 'Outside the range' })),
      deviationReason: text('超出幅度的理由', 'Why outside the range', 4000),
      deviationOpinion: text('负责人对超出幅度的决定', 'Decision of the head on it', 4000),
      discretionText: text('自由裁量的理由', 'Reasons of discretion', 4000),
      proposal: optional(field.choice('处理意见', proposals, { en: 'Proposal' })),
      ...penaltyShape,
      reviewGrounds: optional(
        field.list('应当法制审核的情形', field.choice('情形', reviewGrounds, { en: 'Ground' }), {
          en: 'Grounds of legal review',
          max: 3,
        }),
      ),
      reviewOpinion: text('审核意见', 'Opinion of the review', 4000),
      reviewedOn: day('审核通过日期', 'Review passed on'),
      legalOpinion: text('法制审核意见', 'Opinion of the legal review', 4000),
      legalPassedOn: day('法制审核通过日期', 'Legal review passed on'),
      toldFine: money('告知的罚款', 'Fine as told'),
      toldTotal: money('告知的没收金额', 'Confiscation as told'),
      toldLicence: optional(field.text('告知的资格处罚', { en: 'Licence penalty as told' })),
      noticeServedOn: day('告知书送达日期', 'Notice served on'),
      statementUntil: day('陈述申辩截止', 'Statement until'),
      statement: text('陈述、申辩意见', 'Statement', 10_000),
      reexamination: text('复核意见', 'Re-examination', 4000),
      hearingOn: day('要求听证日期', 'Hearing asked for on'),
      hearingText: text('听证意见', 'Outcome of the hearing', 6000),
      deliberatedOn: day('集体讨论日期', 'Deliberated on'),
      deliberation: text('集体讨论意见', 'Deliberation', 6000),
      decidedOn: day('决定日期', 'Decided on'),
      decisionNumber: optional(field.text('决定书文号', { en: 'Number of the decision' })),
      decisionServedOn: day('决定书送达日期', 'Decision served on'),
      paymentDueOn: day('缴款期限', 'To be paid by'),
      remedyUntil: day('复议、诉讼期限届满日', 'Remedies end on'),
      underReview: optional(field.flag('复议或者诉讼期间', { en: 'Reconsideration or suit pending' })),
      reviewDays: optional(field.integer('复议、诉讼占用天数', { en: 'Days under review' })),
      reviewSince: day('复议、诉讼开始日期', 'Under review since'),
      payments: optional(
        field.list(
          '缴款',
          z.object({ on: field.date('日期', { en: 'On' }), amount: field.money('金额', { en: 'Amount' }) }),
          { en: 'Payments', max: 200 },
        ),
      ),
      instalments: optional(
        field.list(
          '延期、分期',
          z.object({ until: field.date('期限', { en: 'Until' }), amount: field.money('金额', { en: 'Amount' }) }),
          { en: 'Instalments', max: 60 },
        ),
      ),
      demandServedOn: day('催告书送达日期', 'Demand served on'),
      surcharge: money('加处罚款', 'Surcharge'),
      courtCase: optional(field.text('法院受理案号', { en: 'Case number of the court' })),
      performedOn: day('履行完毕日期', 'Performed on'),
      closing: optional(field.choice('结案情形', closings, { en: 'Closed as' })),
    },
    title: (row) => `${row.partyName}${row.cause}案`,
    subject: (row) => (row.party ? { id: row.party, name: row.partyName } : null),
    words: (row) => [row.partyCode, row.decisionNumber],
    purpose: {
      zh: '行政处罚案件：核查、立案、调查、审核、告知、听证、决定、送达、履行、结案。',
      en: 'Penalty cases from the lead to the closing.',
    },
  },
);
export type CaseRow = RecordRow<typeof Case>;
