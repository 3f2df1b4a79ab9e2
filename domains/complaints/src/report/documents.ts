import type { Act, Paper } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { channels } from '../fields.ts';
import { articleOf, resultDutyChoices } from '../grounds.ts';
import type { ReportRow } from './entity.ts';

const facts = (row: ReportRow): [string, string | null][] => [
  ['被举报人', row.subjectName],
  ['地址', row.address ?? null],
  ['商品或者服务', row.productName ?? null],
  ['收到日期', row.lastReceivedOn],
];
const sheet =
  (template: string, title: string, content: (row: ReportRow, act: Act) => Record<string, unknown>) =>
  (row: ReportRow, act: Act): Paper => ({
    template: `report-${template}`,
    title,
    content: { to: authorityOf(act.offices, row.office).label.zh, facts: facts(row), ...content(row, act) },
  });

/** 式样二: without the reporter, who is sealed. */
export const registration = sheet('registration', '举报登记表', (row) => ({
  facts: [...facts(row), ['来源渠道', channels[row.channel].zh], ['举报人', row.anonymous ? '匿名' : '单独封存']],
  paragraphs: [row.facts],
  signatures: ['经办人签字', '日期'],
}));

/** 式样三 */
export const distribution = sheet('distribution', '举报分送通知书', (row, act) => ({
  to: act.offices.get(row.unit ?? row.wentTo ?? row.office)?.label.zh ?? null,
  paragraphs: [
    `现将关于${row.subjectName}的举报分送你单位，请依照《市场监督管理行政处罚程序规定》核查；不具备处理权限的，及时反馈，不得自行移送（令第121号第四十一条）。`,
  ],
}));

export const source = sheet('source', '案件来源登记表', (row) => ({
  facts: [...facts(row), ['案件来源', '举报'], ['线索数', String(1 + (row.additions?.length ?? 0))]],
  paragraphs: [row.facts, ...(row.additions ?? []).map(({ on, facts: added }) => `${on} 补充：${added}`)],
  signatures: ['登记人', '日期'],
}));

export const referralLetter = sheet('referral', '案件移送函', (row) => ({
  to: row.referTo ?? null,
  paragraphs: [row.facts, `核查情况：${row.findings ?? ''}`, '现依法移送你机关处理。举报人信息不随函移送。'],
}));

/** 式样十 */
export const resultNotice = sheet('result', '举报处理结果告知书', (row) => ({
  to: '举报人（姓名由承办人送达时填写）',
  paragraphs: [
    `依据${articleOf('resultDuties', row.resultDuty!)}（${resultDutyChoices[row.resultDuty!]!.zh}），现将处理结果告知如下：`,
    row.result ?? '',
  ],
}));
