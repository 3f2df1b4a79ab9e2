import type { Act, Paper } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { o2 } from '../clauses.ts';
import { benchmarkOn, rangeOf } from '../discretion/rules.ts';
import { formTitle } from '../forms.ts';
import {
  type CaseRow,
  closings,
  licenceMeasures,
  notFiledGrounds,
  partyKinds,
  pauseGrounds,
  proposals,
  reviewGrounds,
  sources,
} from './entity.ts';
import { inHearingScope, remediesText } from './rules.ts';

type Fact = [string, string | null];
const bureau = (row: CaseRow, act: Act): string => authorityOf(act.offices, row.office).label.zh;
const party = (row: CaseRow): Fact[] => [
  ['当事人', row.partyName],
  ['当事人类别', partyKinds[row.partyKind].zh],
  ['统一社会信用代码', row.partyCode ?? null],
  ['住所（住址）', row.address ?? null],
  ['法定代表人（负责人、经营者）', row.representative ?? null],
];
const officers = (row: CaseRow): string =>
  (row.officers ?? []).map(({ name, certificate }) => `${name}（执法证号 ${certificate}）`).join('、');
const caseName = (row: CaseRow): Fact => ['案件名称', `${row.partyName}涉嫌${row.cause}案`];
const sheet = (no: number, content: Record<string, unknown>): Paper => ({
  template: `penalty-form-${no}`,
  title: formTitle(no),
  content,
});
/** What the sheet of an approval says of who wrote and signed it. */
const hands = (act: Act): Fact[] => [
  ...act.hands.map(({ name, part }): Fact => [part === 'proposed' ? '经办人' : '签批人', name]),
  ['办理人', act.actor.name],
];

/** The measures of a penalty as they stand in notice and decision, one line each. */
export function penaltyLines(row: CaseRow): string[] {
  return [
    row.warning ? '警告' : null,
    row.confiscatedGoods ? `没收违法财物（价值 ${row.confiscatedGoods} 元）` : null,
    row.confiscatedGains ? `没收违法所得 ${row.confiscatedGains} 元` : null,
    row.fine ? `罚款 ${row.fine} 元` : null,
    row.licenceMeasure
      ? `${licenceMeasures[row.licenceMeasure].zh}${row.suspendedUntil ? `至 ${row.suspendedUntil}` : ''}`
      : null,
    row.businessStop ? '责令停产停业' : null,
  ].filter((line): line is string => line !== null);
}
const numbered = (lines: readonly string[]): string[] => lines.map((line, index) => `${index + 1}．${line}`);

/** The law that was broken and on which the penalty rests. */
function grounds(row: CaseRow): { violates: string; basis: string } {
  const benchmark = benchmarkOn(row.violation ?? '', row.violatedOn ?? row.foundOn);
  return { violates: benchmark?.violates ?? row.cause, basis: benchmark?.basis ?? '' };
}
function discretion(row: CaseRow): string[] {
  const benchmark = benchmarkOn(row.violation ?? '', row.violatedOn ?? row.foundOn);
  if (benchmark === undefined || row.goodsValue == null) return [];
  const { steps } = rangeOf(benchmark, { goodsValue: row.goodsValue, factors: row.factors ?? [] });
  return steps.map(({ zh }) => zh);
}

export const sourceSheet = (row: CaseRow): Paper =>
  sheet(1, {
    facts: [
      ['来源分类', sources[row.source].zh],
      ['发现线索、收到材料时间', row.foundOn],
      ['案由', row.cause],
      ...party(row),
    ],
    paragraphs: [row.facts],
    signatures: ['登记人', '办案机构负责人'],
  });
export const filingSheet = (row: CaseRow, act: Act): Paper =>
  sheet(7, {
    facts: [
      ...party(row),
      ['案由', row.cause],
      ['发现线索、收到材料时间', row.foundOn],
      ['结论', row.notFiledGround ? `不予立案：${notFiledGrounds[row.notFiledGround].zh}` : '立案'],
      ...hands(act),
    ],
    paragraphs: [`核查情况：${row.verification ?? ''}`, `理由：${row.reason ?? ''}`],
    signatures: ['核查人员', '办案机构负责人', '部门负责人'],
  });
export const mattersSheet = (row: CaseRow, act: Act): Paper =>
  sheet(8, {
    facts: [
      caseName(row),
      ['事由', row.pauseGround ? pauseGrounds[row.pauseGround].zh : null],
      ['延长至', row.continuedUntil ?? null],
      ...hands(act),
    ],
    paragraphs: [`提请审批的理由、依据及处理意见：${row.reason ?? ''}`],
    signatures: ['经办人', '经办机构负责人', '部门负责人'],
  });
export const addressForm = (row: CaseRow): Paper =>
  sheet(10, {
    facts: [
      ['受送达人', row.partyName],
      ['送达地址', null],
      ['是否接受电子送达', null],
      ['手机号码、电子邮件地址、即时通讯账号', null],
      ['收件人及电话', null],
    ],
    paragraphs: [
      `依据${o2('第八十二条第三项、第八十三条')}告知：送达至受送达人确认的地址，即视为送达；地址变更未及时书面告知的，按原地址送达视为依法送达；经同意电子送达的，到达特定系统的日期为送达日期。`,
    ],
    signatures: ['受送达人'],
  });
export const transferLetter = (row: CaseRow, act: Act): Paper =>
  sheet(4, {
    to: row.otherOrgan ?? '',
    paragraphs: [
      `${row.partyName}涉嫌${row.cause}一案，因${row.reason ?? row.answer ?? ''}，不属于本局管辖。依据${o2('第十四条、第十七条')}的规定，现将该案移送你单位处理。`,
    ],
    facts: [['联系机关', bureau(row, act)]],
  });
export const policeLetter = (row: CaseRow, act: Act): Paper =>
  sheet(5, {
    to: row.otherOrgan ?? '',
    paragraphs: [
      `${row.partyName}涉嫌${row.cause}一案，经调查，当事人的行为涉嫌犯罪。依据《中华人民共和国行政处罚法》第二十七条、《行政执法机关移送涉嫌犯罪案件的规定》第三条的规定，现将该案移送你单位。`,
      row.reason ?? '',
    ],
    facts: [['联系机关', bureau(row, act)]],
    closing: '抄送：人民检察院',
  });
export const report = (row: CaseRow): Paper =>
  sheet(35, {
    facts: [...party(row), ['立案日期', row.filedOn ?? null], ['办案人员', officers(row)]],
    paragraphs: [
      `案件来源、调查经过：${row.facts}`,
      `调查认定的事实：${row.findings ?? ''}`,
      `主要证据：${row.evidenceText ?? ''}`,
      `案件性质：违反了${grounds(row).violates}。`,
      `自由裁量理由：${row.discretionText ?? ''}`,
      ...discretion(row),
      ...(row.deviates ? [`超出幅度的理由：${row.deviationReason ?? ''}`] : []),
      `处理意见及依据：${row.proposal ? proposals[row.proposal].zh : ''}。${numbered(penaltyLines(row)).join('；')}（${grounds(row).basis}）`,
    ],
    signatures: ['办案人员', '办案人员', '办案机构负责人'],
  });
export const reviewSheet = (row: CaseRow, act: Act): Paper =>
  sheet(36, {
    facts: [
      caseName(row),
      ['审核种类', row.legalOpinion || row.reviewGrounds?.length ? '法制审核' : '案件审核'],
      ['应当法制审核的情形', (row.reviewGrounds ?? []).map((one) => reviewGrounds[one].zh).join('；') || null],
      ['退卷时间', act.occurredOn],
    ],
    paragraphs: [`审核意见和建议：${row.legalOpinion ?? row.reviewOpinion ?? ''}`],
    signatures: ['审核人', '审核机构负责人'],
  });
export const statementRecord = (row: CaseRow, act: Act): Paper =>
  sheet(38, {
    facts: [caseName(row), ['时间', act.occurredOn], ['记录人', act.actor.name]],
    paragraphs: [row.statement ?? ''],
    signatures: ['陈述申辩人', '执法人员', '记录人'],
  });
export const deliberationRecord = (row: CaseRow, act: Act): Paper =>
  sheet(42, {
    facts: [caseName(row), ['讨论时间', act.occurredOn]],
    paragraphs: [
      '讨论顺序：办案机构汇报；审核机构汇报审核意见；出席人员询问、讨论、发表意见；主持人提出处理意见。',
      row.deliberation ?? '',
    ],
    signatures: ['主持人', '出席人员', '记录人'],
  });
export const decisionSheet = (row: CaseRow, act: Act): Paper =>
  sheet(43, {
    facts: [
      caseName(row),
      ['立案时间', row.filedOn ?? null],
      ['建议类别', row.proposal ? proposals[row.proposal].zh : null],
      ['是否经过复核（听证）程序', row.statement || row.hearingText ? '经复核或者听证' : '未提出意见，未申请听证'],
      ...hands(act),
    ],
    paragraphs: [
      ...numbered(penaltyLines(row)),
      `当事人的意见：${row.statement ?? '无'}`,
      `复核意见或者听证意见：${row.reexamination ?? row.hearingText ?? '无'}`,
    ],
    signatures: ['办案人员', '办案机构负责人', '部门负责人'],
  });
export const courtApplication = (row: CaseRow, act: Act): Paper =>
  sheet(49, {
    to: '人民法院',
    facts: [
      ['申请人', bureau(row, act)],
      ['被申请人', row.partyName],
      ['统一社会信用代码', row.partyCode ?? null],
    ],
    paragraphs: [
      `请求强制执行：《行政处罚决定书》（${row.decisionNumber ?? ''}）中未依法履行的内容；加处罚款 ${row.surcharge ?? '0.00'} 元（每日按罚款数额的百分之三，不超出罚款数额）。`,
      `决定书于 ${row.decisionServedOn} 送达，复议、诉讼期限于 ${row.remedyUntil} 届满；催告书于 ${row.demandServedOn} 送达，被申请人仍未履行。依据《行政强制法》第五十三条、第五十四条申请强制执行。`,
      row.reason ?? '',
    ],
    signatures: ['行政机关负责人'],
  });
export const closingSheet = (row: CaseRow): Paper =>
  sheet(53, {
    facts: [
      caseName(row),
      ['立案日期', row.filedOn ?? null],
      ['办案人员', officers(row)],
      ['处理决定文书', row.decisionNumber ?? null],
      ['处理决定日期', row.decidedOn ?? null],
      ['结案情形', row.closing ? closings[row.closing].zh : null],
    ],
    paragraphs: [...numbered(penaltyLines(row)), row.reason ?? ''],
    signatures: ['办案人员', '办案机构负责人', '部门负责人'],
  });

/** 行政处罚告知书 (form 37): what is intended and why, and which rights there are. */
export function noticeContent(row: CaseRow, act: Act): Record<string, unknown> {
  const { violates, basis } = grounds(row);
  const hearing = inHearingScope(row.partyKind, row, act.occurredOn);
  return {
    to: row.partyName,
    paragraphs: [
      `由本局立案调查的你（单位）涉嫌${row.cause}一案，已调查终结。依据《中华人民共和国行政处罚法》第四十四条的规定，现将本局拟作出行政处罚的内容及事实、理由、依据告知如下：`,
      row.findings ?? '',
      `上述行为违反了${violates}，依据${basis}，拟处罚如下：`,
      ...numbered(penaltyLines(row)),
      ...discretion(row),
      hearing
        ? '依据《中华人民共和国行政处罚法》第四十四条、第四十五条、第六十三条、第六十四条第一项，以及《市场监督管理行政处罚听证办法》第五条的规定，你（单位）有权进行陈述、申辩，并可以要求听证。自收到本告知书之日起五个工作日内未行使陈述、申辩权，未要求听证的，视为放弃此权利。'
        : '依据《中华人民共和国行政处罚法》第四十四条、第四十五条，以及《市场监督管理行政处罚程序规定》第五十七条的规定，你（单位）有权进行陈述、申辩。自收到本告知书之日起五个工作日内未行使陈述、申辩权的，视为放弃此权利。',
    ],
    facts: [['联系机关', bureau(row, act)]],
  };
}

/** 行政处罚决定书 (form 45), with what order 2 art. 62 asks for. */
export function decisionContent(row: CaseRow, act: Act): Record<string, unknown> {
  const { violates, basis } = grounds(row);
  const money = Boolean(row.fine ?? row.confiscatedGains);
  return {
    facts: party(row),
    paragraphs: [
      `案件来源及调查经过：本局于${row.filedOn}立案调查。${row.facts}`,
      `经查：${row.findings}`,
      `上述事实，主要有以下证据证明：${row.evidenceText}`,
      `本局于${row.noticeServedOn}送达行政处罚告知书。当事人的陈述、申辩、听证意见：${row.statement ?? '未提出'}；复核以及采纳情况和理由：${row.reexamination ?? row.hearingText ?? '无'}。`,
      `本局认为，当事人的行为违反了${violates}。自由裁量的事实和理由：${row.discretionText}`,
      ...discretion(row),
      ...(row.deviates ? [`不在裁量幅度之内的理由和决定：${row.deviationReason}；${row.deviationOpinion}`] : []),
      `综上，依据${basis}，决定处罚如下：`,
      ...numbered(penaltyLines(row)),
      ...(money
        ? [
            '当事人应当自收到本决定书之日起十五日内，到指定银行或者通过电子支付系统缴纳罚没款。到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额，并可依法申请人民法院强制执行。',
          ]
        : []),
      remediesText(bureau(row, act), row.violation),
      '（市场监督管理部门将依法向社会公开行政处罚决定信息）',
    ],
  };
}

/** 不予行政处罚决定书 (form 46), with the education that goes with it. */
export function noPenaltyContent(
  row: CaseRow,
  { reason, education }: { reason: string; education: string },
  organ: string,
): Record<string, unknown> {
  return {
    facts: party(row),
    paragraphs: [
      `案件来源及调查经过：本局于${row.filedOn}立案调查。`,
      `经查：${row.findings}`,
      `上述事实，主要有以下证据证明：${row.evidenceText}`,
      `本局决定不予行政处罚，理由：${reason}`,
      remediesText(organ, row.violation),
      `依据《中华人民共和国行政处罚法》第三十三条第三款的规定，对你（单位）进行教育：${education}`,
    ],
  };
}

export const deferralContent = (
  row: CaseRow,
  { instalments }: { instalments: { until: string; amount: string }[] },
): Record<string, unknown> => ({
  to: row.partyName,
  paragraphs: [
    `本局作出行政处罚决定（${row.decisionNumber}）。依据《行政处罚法》第六十六条、${o2('第七十四条')}的规定，本局同意你（单位）延期、分期缴纳，时限及数额如下。到期不缴纳的，依据《行政处罚法》第七十二条处理。`,
  ],
  tables: [
    {
      columns: ['序号', '缴款时间', '缴款数额（元）'],
      rows: instalments.map(({ until, amount }, index) => [String(index + 1), `${until}前`, amount]),
    },
  ],
});

export const demandContent = (row: CaseRow, surcharge: string): Record<string, unknown> => ({
  to: row.partyName,
  paragraphs: [
    `你（单位）在法定期限内对《行政处罚决定书》（${row.decisionNumber}）确定的义务没有履行：${numbered(penaltyLines(row)).join('；')}；加处罚款现为 ${surcharge} 元。`,
    '依据《行政强制法》第五十四条的规定，本局现催告你（单位）自收到本催告书之日起十个工作日内依法履行。收到本催告书后，你（单位）有权进行陈述、申辩。无正当理由逾期仍不履行的，本局将依法申请人民法院强制执行。',
  ],
});
