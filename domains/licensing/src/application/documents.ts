import { explainDeadline } from '@hengjian/calendar';
import type { Act, Paper } from '@hengjian/kernel';
import { remedies } from '../clauses.ts';
import { kindOf } from '../kinds/catalogue.ts';
import { ruleOf } from '../kinds/clocks.ts';
import { clockOf, feesOn, papersOf } from '../kinds/rules.ts';
import { type ApplicationRow, pauseChoices, purposeChoices } from './entity.ts';

const productNames = (row: ApplicationRow): string =>
  kindOf(row)
    .products.filter(({ code }) => row.products.includes(code))
    .map(({ zh }) => zh)
    .join('、');

const facts = (row: ApplicationRow): [string, string | null][] => [
  ['许可事项', kindOf(row).zh],
  ['申请类型', purposeChoices[row.purpose].zh],
  ['产品（类别）', productNames(row)],
  ['统一社会信用代码', row.applicantCode ?? null],
  ['查询编号', row.queryNumber ?? null],
];

const sheet =
  (template: string, title: string, content: (row: ApplicationRow, act: Act) => Record<string, unknown>) =>
  (row: ApplicationRow, act: Act): Paper => ({
    template: `licence-${template}`,
    title,
    content: { to: row.applicantName, facts: facts(row), ...content(row, act) },
  });

/** When the decision falls due if nothing stops the clock, counted from acceptance. */
function decisionLine(row: ApplicationRow, act: Act): string {
  const kind = kindOf(row);
  const clock = clockOf(kind, 'decision')!;
  if (clock.from === 'conclusion') return `自收到评审结论之日起 ${clock.amount} 个工作日内作出决定（${clock.basis}）。`;
  const steps = explainDeadline(ruleOf(clock), row.acceptedOn!, act.calendar);
  return `本机关将在 ${steps.at(-1)!.date} 前作出决定（${clock.basis}：自受理之日起 ${clock.amount} 个工作日；依法扣除的时间另行书面告知）。`;
}

export const receipt = sheet('receipt', '收到申请材料凭据', (row) => ({
  facts: [...facts(row), ['查询密码（只告知申请人）', row.querySecret ?? null], ['收到日期', row.receivedOn ?? null]],
  tables: [
    {
      caption: '收到的材料',
      columns: ['材料', '来源'],
      rows: papersOf(kindOf(row), row.purpose, row.products).map(({ zh, heldIn }) => [
        zh,
        heldIn ? '平台已有，无需提交' : '申请人提交',
      ]),
    },
  ],
  paragraphs: [
    ...(row.lateRenewal ? ['本申请在延续申请期限之后提出，按新的许可申请办理。'] : []),
    '自收到之日起五个工作日内，本机关将告知是否受理；逾期不告知的，自收到申请材料之日起即为受理（《行政许可法》第三十二条）。',
  ],
}));

export const acceptance = sheet('acceptance', '受理通知书', (row, act) => ({
  paragraphs: [
    row.tacit
      ? `本机关未在五个工作日内告知需要补正，依照《行政许可法》第三十二条，自收到申请材料之日（${row.receivedOn}）起即为受理。`
      : `你（单位）的申请材料齐全、符合法定形式，予以受理。`,
    decisionLine(row, act),
    feesOn(kindOf(row), row.acceptedOn!).length === 0 ? '本事项不收费。' : `应缴费用 ${row.fee} 元。`,
  ],
}));

export const supplement = sheet('supplement', '补正材料通知书', (row) => ({
  tables: [
    {
      caption: '一次告知需要补正的全部内容',
      columns: ['材料', '要求'],
      rows: (row.missing ?? []).map(({ paper, demand }) => [
        kindOf(row).papers.find(({ kind }) => kind === paper)?.zh ?? paper,
        demand,
      ]),
    },
  ],
  paragraphs: [`请在 ${row.supplementUntil} 前补正；无正当理由逾期不补正的，视为放弃申请（令第16号第十五条第四项）。`],
}));

const withReasons = (template: string, title: string, sentence: string) =>
  sheet(template, title, (row) => ({ paragraphs: [sentence, `理由：${row.reason ?? ''}`, remedies] }));
export const decline = withReasons('decline', '不予受理决定书', '你（单位）的申请，本机关决定不予受理。');
export const refusal = withReasons('refusal', '不予行政许可决定书', '经审查，本机关决定不予行政许可。');
export const termination = withReasons('termination', '终止办理决定书', '你（单位）的申请，本机关决定终止办理。');

export const siteNotice = sheet('site-notice', '实地核查通知书', (row) => ({
  paragraphs: [`本机关组织核查组于 ${row.siteCheckOn} 进行实地核查，请予配合；对核查人员可以申请回避。`],
  tables: [
    {
      caption: '核查组',
      columns: ['姓名', '单位', '分工'],
      rows: (row.team ?? []).map(({ name, unit, leader }) => [name, unit, leader ? '组长' : '组员']),
    },
  ],
}));

export const siteConclusion = sheet('site-conclusion', '核查结论告知书', (row) => ({
  paragraphs: [
    `核查得分 ${row.score ?? '0'}，结论：${row.state === 'siteFailed' ? '不合格，不再进行产品检验' : '合格'}。`,
  ],
  tables: [
    {
      caption: '核查记录',
      columns: ['项目', '结论', '记录'],
      rows: (row.siteCheck ?? []).map(({ item, met, note }) => [
        kindOf(row).siteCheck.checklist.find(({ code }) => code === item)?.zh ?? item,
        { yes: '符合', partly: '基本符合', no: '不符合' }[met],
        note ?? null,
      ]),
    },
  ],
}));

export const timeNotice = sheet('time-notice', '所需时间告知书', (row) => ({
  paragraphs: [
    `${row.state === 'testing' ? '发证检验' : row.pauseGround ? pauseChoices[row.pauseGround].zh : '评审'}所需时间依法不计算在许可期限内（《行政许可法》第四十五条），自 ${row.stepOn ?? ''} 起暂停计时，结束后恢复。`,
  ],
}));
export const rectification = sheet('rectification', '限期整改通知书', (row) => ({ paragraphs: [row.demands ?? ''] }));
export const extension = sheet('extension', '延长决定期限告知书', (row) => ({
  paragraphs: [
    `经本机关负责人批准，决定期限延长 ${clockOf(kindOf(row), 'decision')!.extension!.amount} 个工作日（${clockOf(kindOf(row), 'decision')!.extension!.basis}）。`,
    `理由：${row.reason ?? ''}`,
  ],
}));
export const grantDecision = sheet('grant', '准予行政许可决定书', (row) => ({
  paragraphs: [
    `经审查，你（单位）的申请符合法定条件，决定准予${purposeChoices[row.purpose].zh === '首次申请' ? '许可' : purposeChoices[row.purpose].zh}。`,
    ...(row.track === 'commitment' ? ['本许可以书面承诺作出；核查发现承诺不实的，依法撤销。'] : []),
  ],
}));
