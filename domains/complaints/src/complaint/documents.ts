import type { Act, Paper } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { otherWays } from '../clauses.ts';
import { channels } from '../fields.ts';
import { articleOf, factorChoices, refusalChoices, terminationChoices } from '../grounds.ts';
import { type ComplaintRow, modes } from './entity.ts';

/** Forms of SAMR of April 2026. The name stands on none: whoever serves the paper writes it in from the sealed identity. */
const person = '投诉人（姓名由承办人送达时填写）';
const facts = (row: ComplaintRow): [string, string | null][] => [
  ['被投诉人', row.subjectName],
  ['地址', row.address ?? null],
  ['商品或者服务', row.productName ?? null],
  ['收到日期', row.receivedOn],
];

const sheet =
  (template: string, title: string, content: (row: ComplaintRow, act: Act) => Record<string, unknown>) =>
  (row: ComplaintRow, act: Act): Paper => ({
    template: `complaint-${template}`,
    title,
    content: { to: person, facts: facts(row), ...content(row, act) },
  });

/** 式样一 */
export const registration = sheet('registration', '投诉登记表', (row, act) => ({
  to: authorityOf(act.offices, row.office).label.zh,
  facts: [
    ...facts(row),
    ['来源渠道', channels[row.channel].zh],
    ['平台编号', row.foreignNumber ?? null],
    ['争议金额（元）', row.amount ?? null],
    ['是否同意公示投诉信息', row.consentPublish ? '同意' : '不同意'],
    ['是否同意委托调解', row.consentEntrust ? '同意' : '不同意'],
    ['投诉人身份', '单独封存'],
  ],
  paragraphs: [row.matter, row.demand],
  signatures: ['投诉人签字', '经办人签字', '日期'],
}));

/** 式样三 */
export const distribution = sheet('distribution', '投诉分送通知书', (row, act) => ({
  to: act.offices.get(row.unit ?? row.wentTo ?? row.office)?.label.zh ?? null,
  paragraphs: [
    `现将关于${row.subjectName}的投诉分送你单位处理，应当自收到之日起七个工作日内作出受理或者不予受理的决定；不具备处理权限的，及时反馈，不得自行移送（令第121号第十五条、第四十一条）。`,
    ...(row.returnReason ? [row.returnReason] : []),
  ],
}));

/** 式样四 */
export const identityRequest = sheet('identity', '限期提供身份证明材料通知书', (row) => ({
  paragraphs: [
    `为核验真实身份信息，请于 ${row.identityUntil} 前提供身份证明材料（令第121号第十条第三款）。`,
    '冒用他人名义或者拒不配合核验的，不予受理（第十六条第六项）。',
  ],
}));

/** 式样五 */
export const acceptance = sheet('acceptance', '投诉受理决定书', (row) => ({
  paragraphs: [
    `你于 ${row.receivedOn} 的投诉符合规定，本机关决定受理。`,
    '经双方同意，采用调解的方式处理；自受理之日起六十日内未能达成协议的，终止调解（鉴定、检测所需时间不计算在内）。',
  ],
}));

/** 式样六 */
export const refusal = sheet('refusal', '投诉不予受理决定书', (row) => ({
  paragraphs: [
    `你的投诉有《市场监督管理投诉举报处理办法》${articleOf('refusal', row.ground!)}规定的情形（${refusalChoices[row.ground!]!.zh}），本机关决定不予受理。`,
    `理由：${row.reason}`,
    ...(row.factors?.length
      ? [
          `判断因素：${row.factors.map((code) => `${factorChoices[code]!.zh}（${articleOf('factors', code)}）`).join('；')}`,
        ]
      : []),
    otherWays,
  ],
}));

/** 式样七 */
export const mediationNotice = sheet('mediation', '投诉调解通知书', (row) => ({
  to: `${person}；${row.subjectName}`,
  facts: [
    ...facts(row),
    ['调解方式', row.mode ? modes[row.mode].zh : null],
    ['时间', row.mediationOn ?? null],
    ['地点', row.place ?? null],
    ['调解人员', row.mediator ?? null],
    ['受委托组织', row.entrustedTo ?? null],
  ],
  paragraphs: [
    '调解人员是投诉人或者被投诉人的近亲属或者有其他利害关系的，可以申请回避（令第121号第二十一条）。',
    '无正当理由不参加调解的，终止调解。',
  ],
}));

/** 式样八 */
export const termination = sheet('termination', '投诉终止调解决定书', (row) => ({
  to: `${person}；${row.subjectName}`,
  paragraphs: [
    `因${terminationChoices[row.endGround!]!.zh}，依据《市场监督管理投诉举报处理办法》${articleOf('termination', row.endGround!)}，终止调解。`,
    ...(row.reason ? [`情况：${row.reason}`] : []),
    otherWays,
  ],
}));

/** 式样九 */
export const agreement = sheet('agreement', '投诉调解书', (row) => ({
  to: `${person}；${row.subjectName}`,
  paragraphs: [
    `投诉内容：${row.matter}`,
    `投诉请求：${row.demand}`,
    `经调解，双方自愿达成如下协议：${row.agreement}`,
    ...(row.agreementAmount ? [`协议金额：${row.agreementAmount} 元。`] : []),
    '本调解书一式三份，投诉人、被投诉人各执一份，本机关留存一份归档（令第121号第二十四条）。',
  ],
  signatures: ['投诉人签字', '被投诉人签字（盖章）', '调解人员', '日期'],
}));
