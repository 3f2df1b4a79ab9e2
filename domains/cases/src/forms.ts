/**
 * The official forms of penalty papers (《市场监督管理行政处罚文书格式范本（2021年修订版）》, 56 forms). `number` is what stands between the
 * organ's short name and the year; `paper` says which record writes it, as `entity.document`; `blank` names the form that is filled in by
 * hand and scanned back, or that another part of the platform prints.
 */
export interface OfficialForm {
  no: number;
  zh: string;
  number?: string;
  paper?: string;
  blank?: string;
}

export const officialForms: readonly OfficialForm[] = [
  { no: 1, zh: '案件来源登记表', paper: 'cases.case.sourceSheet' },
  { no: 2, zh: '指定管辖通知书', number: '指定', paper: 'cases.paper.designation' },
  { no: 3, zh: '案件交办通知书', number: '交办', paper: 'cases.paper.assignment' },
  { no: 4, zh: '案件移送函', number: '案移', paper: 'cases.case.transferLetter' },
  { no: 5, zh: '涉嫌犯罪案件移送书', number: '涉罪移', paper: 'cases.case.policeLetter' },
  { no: 6, zh: '查封/扣押物品移送告知书', number: '物移', paper: 'cases.measure.goodsTransfer' },
  { no: 7, zh: '立案/不予立案审批表', paper: 'cases.case.filingSheet' },
  { no: 8, zh: '行政处罚案件有关事项审批表', paper: 'cases.case.mattersSheet' },
  { no: 9, zh: '现场笔录', paper: 'cases.evidence.sceneRecord' },
  { no: 10, zh: '送达地址确认书', paper: 'cases.case.addressForm' },
  { no: 11, zh: '证据提取单', paper: 'cases.evidence.extraction' },
  { no: 12, zh: '电子数据证据提取笔录', paper: 'cases.evidence.electronic' },
  { no: 13, zh: '询问通知书', number: '询通', paper: 'cases.paper.inquiry' },
  { no: 14, zh: '询问笔录', paper: 'cases.evidence.interview' },
  { no: 15, zh: '限期提供材料通知书', number: '限提', paper: 'cases.paper.materials' },
  { no: 16, zh: '协助辨认/鉴别通知书', number: '辨鉴通', paper: 'cases.paper.identification' },
  { no: 17, zh: '协助调查函', number: '协查', paper: 'cases.paper.assistance' },
  { no: 18, zh: '协助扣押通知书', number: '协扣', paper: 'cases.paper.assistSeizure' },
  { no: 19, zh: '先行登记保存证据通知书', number: '先登', paper: 'cases.measure.preservation' },
  { no: 20, zh: '解除先行登记保存证据通知书', number: '解登', paper: 'cases.measure.preservationEnd' },
  { no: 21, zh: '实施行政强制措施决定书', number: '强制', paper: 'cases.measure.seizure' },
  { no: 22, zh: '延长行政强制措施期限决定书', number: '延强', paper: 'cases.measure.extension' },
  { no: 23, zh: '解除行政强制措施决定书', number: '解强', paper: 'cases.measure.seizureEnd' },
  { no: 24, zh: '场所/设施/财物清单', paper: 'cases.measure.inventory' },
  { no: 25, zh: '封条', paper: 'cases.measure.seal' },
  { no: 26, zh: '实施行政强制措施场所/设施/财物委托保管书', number: '托管', paper: 'cases.measure.custody' },
  { no: 27, zh: '先行处置物品确认书', blank: '权利人手写确认，扫描后随先行处置登记' },
  { no: 28, zh: '先行处置物品公告', number: '先处告', paper: 'cases.paper.disposalNotice' },
  { no: 29, zh: '抽样记录', paper: 'cases.evidence.sampling' },
  { no: 30, zh: '检测/检验/检疫/鉴定委托书', number: '检鉴委', paper: 'cases.paper.testOrder' },
  { no: 31, zh: '检测/检验/检疫/鉴定期间告知书', number: '检鉴期', paper: 'cases.measure.testPeriod' },
  { no: 32, zh: '检测/检验/检疫/鉴定结果告知书', number: '检鉴结', paper: 'cases.paper.testResult' },
  { no: 33, zh: '责令改正通知书', number: '责改', paper: 'cases.paper.correction' },
  { no: 34, zh: '责令退款通知书', number: '责退', paper: 'cases.paper.refund' },
  { no: 35, zh: '案件调查终结报告', paper: 'cases.case.report' },
  { no: 36, zh: '案件审核/法制审核表', paper: 'cases.case.reviewSheet' },
  { no: 37, zh: '行政处罚告知书', number: '罚告', paper: 'cases.paper.notice' },
  { no: 38, zh: '陈述申辩笔录', paper: 'cases.case.statementRecord' },
  { no: 39, zh: '行政处罚听证通知书', number: '听通', paper: 'cases.paper.hearingNotice' },
  { no: 40, zh: '听证笔录', paper: 'cases.hearing.minutes' },
  { no: 41, zh: '听证报告', paper: 'cases.hearing.report' },
  { no: 42, zh: '行政处罚案件集体讨论记录', paper: 'cases.case.deliberationRecord' },
  { no: 43, zh: '行政处理决定审批表', paper: 'cases.case.decisionSheet' },
  { no: 44, zh: '当场行政处罚决定书', number: '当罚', paper: 'cases.summary.decision' },
  { no: 45, zh: '行政处罚决定书', number: '处罚', paper: 'cases.paper.decision' },
  { no: 46, zh: '不予行政处罚决定书', number: '不罚', paper: 'cases.paper.noPenalty' },
  { no: 47, zh: '延期/分期缴纳罚款通知书', number: '延分通', paper: 'cases.paper.deferral' },
  { no: 48, zh: '行政处罚决定履行催告书', number: '罚催', paper: 'cases.paper.demand' },
  { no: 49, zh: '强制执行申请书', number: '执申', paper: 'cases.case.courtApplication' },
  { no: 50, zh: '送达回证', paper: 'cases.paper.receiptForm' },
  { no: 51, zh: '行政处罚文书送达公告', number: '罚送告', paper: 'cases.paper.publicNotice' },
  { no: 52, zh: '涉案物品处理记录', paper: 'cases.measure.disposalRecord' },
  { no: 53, zh: '结案审批表', paper: 'cases.case.closingSheet' },
  { no: 54, zh: '卷宗封面', blank: '由档案（archives）立卷时按档号和题名印制' },
  { no: 55, zh: '卷内文件目录', blank: '由档案（archives）归档时印制，页码随清点顺移' },
  { no: 56, zh: '卷内备考表', blank: '由立卷人、检查人手写，扫描入卷' },
];

/** What a form is called, by its number in the list. */
export const formTitle = (no: number): string => officialForms[no - 1]!.zh;
export const formNumber = (no: number): string => officialForms[no - 1]!.number!;
