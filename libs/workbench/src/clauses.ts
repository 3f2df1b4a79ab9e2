import type { ClockRule } from '@hengjian/calendar';
import { both, type Label } from './label.ts';

/** A time limit of the law that can be chosen by name. */
export interface Clause {
  readonly name: string;
  readonly label: Label;
  /** From which day it runs. */
  readonly from: Label;
  readonly rule: ClockRule;
}

type Term = Pick<ClockRule, 'kind' | 'unit' | 'amount'> & Partial<Pick<ClockRule, 'until' | 'rollForward'>>;

function clause(name: string, zh: string, en: string, from: Label, term: Term, basis: string): Clause {
  return { name, label: both(zh, en), from, rule: { ...term, basis } };
}

const days = (amount: number): Term => ({ kind: 'within', unit: 'day', amount });
/** Terms in working days end on one, so that nothing rolls. */
const working = (amount: number): Term => ({ kind: 'within', unit: 'working-day', amount, rollForward: 'none' });
const before = (amount: number, unit: 'day' | 'month' | 'working-day'): Term => ({ kind: 'before', unit, amount });

const received = both('收到检验结论之日', 'the day the conclusion was received');
const accepted = both('受理之日', 'the day of acceptance');
const filed = both('立案之日', 'the day the case was filed');
const served = both('送达之日', 'the day of service');
const expiry = both('有效期届满之日', 'the day of expiry');
const decided = both('作出决定之日', 'the day of the decision');
const applied = both('收到申请之日', 'the day the application was received');

const sampling = '《产品质量监督抽查管理暂行办法》';
const food = '《食品安全抽样检验管理办法》';
const penalty = '《市场监督管理行政处罚程序规定》';
const licence = '《工业产品生产许可证管理条例实施办法》';

/** Limits that are asked for most, with the clause each stands in. Roll-over follows practice (weekends included). */
export const clauses: readonly Clause[] = [
  clause(
    'sampling-objection',
    '抽查异议',
    'Objection to a sampling result',
    received,
    days(15),
    `${sampling}第三十六条`,
  ),
  clause(
    'retest-formalities',
    '办理复检手续',
    'Formalities of a retest',
    both('收到复检通知之日', 'the day the notice of retest was received'),
    days(7),
    `${sampling}第三十八条`,
  ),
  clause(
    'rectification',
    '不合格产品整改',
    'Correction after a failing result',
    both('责令整改之日', 'the day correction was ordered'),
    days(60),
    `${sampling}第四十六条`,
  ),
  clause(
    'second-recheck',
    '公告后再次复查',
    'Second recheck after the announcement',
    both('公告之日', 'the day of the announcement'),
    { kind: 'window', unit: 'day', amount: 60, until: 90 },
    `${sampling}第四十八条`,
  ),
  clause('food-retest', '食品复检申请', 'Application for a food retest', received, working(7), `${food}第三十条`),
  clause(
    'food-report',
    '食品抽检出具报告',
    'Report on a food sample',
    both('收到样品之日', 'the day the sample was received'),
    working(20),
    `${food}第二十四条`,
  ),
  clause(
    'licence-accept',
    '行政许可受理或补正告知',
    'Acceptance or notice to supplement',
    applied,
    working(5),
    '《行政许可法》第三十二条',
  ),
  clause('licence-decide', '行政许可决定', 'Decision on a licence', accepted, working(20), '《行政许可法》第四十二条'),
  clause('licence-issue', '颁发许可证件', 'Issue of the licence', decided, working(10), '《行政许可法》第四十四条'),
  clause(
    'licence-renewal',
    '行政许可延续申请',
    'Application for renewal',
    expiry,
    before(30, 'working-day'),
    '《行政许可法》第五十条',
  ),
  clause(
    'xk-decide',
    '工业产品生产许可决定',
    'Decision on an industrial licence',
    accepted,
    working(60),
    `${licence}第二十四条`,
  ),
  clause(
    'xk-renewal',
    '工业产品生产许可证延续',
    'Renewal of an industrial licence',
    expiry,
    before(6, 'month'),
    `${licence}第二十七条`,
  ),
  clause(
    'food-licence-decide',
    '食品生产许可决定',
    'Decision on a food production licence',
    accepted,
    working(10),
    '《食品生产许可管理办法》第二十二条',
  ),
  clause(
    'case-filing',
    '案源核查与立案',
    'Verification and filing of a case',
    both('发现线索或收到材料之日', 'the day the lead came in'),
    working(15),
    `${penalty}第十八条`,
  ),
  clause('case-decision', '行政处罚决定', 'Penalty decision', filed, days(90), `${penalty}第六十四条`),
  clause(
    'case-statement',
    '陈述、申辩或要求听证',
    'Statement, or request for a hearing',
    served,
    working(5),
    `${penalty}第五十七条`,
  ),
  clause('case-service', '送达处罚决定书', 'Service of the decision', decided, working(7), `${penalty}第八十一条`),
  clause(
    'case-publication',
    '处罚信息公示',
    'Publication of a penalty',
    decided,
    working(20),
    '《市场监督管理行政处罚信息公示规定》第九条',
  ),
  clause('payment', '缴纳罚款', 'Payment of a fine', served, days(15), '《行政处罚法》第六十七条'),
  clause(
    'evidence',
    '先行登记保存的处理',
    'Decision on preserved evidence',
    both('登记保存之日', 'the day of preservation'),
    working(7),
    '《行政处罚法》第五十六条',
  ),
  clause(
    'seizure',
    '查封、扣押期限',
    'Term of a seizure',
    both('实施之日', 'the day of seizure'),
    days(30),
    '《行政强制法》第二十五条',
  ),
  clause('urging', '催告履行', 'Urging before enforcement', served, working(10), '《行政强制法》第五十四条'),
  clause(
    'court-enforcement',
    '申请法院强制执行',
    'Application to the court',
    both('法定期限届满之日', 'the day the statutory term ran out'),
    { kind: 'within', unit: 'month', amount: 3 },
    '《行政强制法》第五十三条',
  ),
  clause(
    'reconsideration',
    '申请行政复议',
    'Application for reconsideration',
    both('知道该行政行为之日', 'the day the act became known'),
    days(60),
    '《行政复议法》第二十条',
  ),
  clause(
    'complaint-accept',
    '消费投诉受理',
    'Acceptance of a complaint',
    both('收到投诉之日', 'the day the complaint came in'),
    working(7),
    '《市场监督管理投诉举报处理办法》第十五条',
  ),
  clause(
    'complaint-end',
    '消费投诉调解',
    'Mediation of a complaint',
    accepted,
    days(60),
    '《市场监督管理投诉举报处理办法》第二十三条',
  ),
  clause(
    'recall-report',
    '召回：报告缺陷线索',
    'Recall: report of a possible defect',
    both('获知之日', 'the day it became known'),
    working(2),
    '《消费品召回管理暂行规定》第八条',
  ),
  clause(
    'recall-plan',
    '召回：提交召回计划',
    'Recall: submission of the plan',
    both('确认缺陷、收到通知或责令之日', 'the day of the finding, the notice or the order'),
    working(10),
    '《消费品召回管理暂行规定》第十七条',
  ),
  clause(
    'cma-decide',
    '资质认定决定',
    'Decision on accreditation',
    both('收到技术评审结论之日', 'the day the review came in'),
    working(10),
    '《检验检测机构资质认定管理办法》第十一条',
  ),
  clause(
    'cma-renewal',
    '资质认定延续申请',
    'Renewal of accreditation',
    expiry,
    before(3, 'month'),
    '《检验检测机构资质认定管理办法》第十三条',
  ),
  clause(
    'inspection-request',
    '特种设备定期检验申请',
    'Request for a periodic inspection',
    both('检验合格有效期届满之日', 'the day the inspection expires'),
    before(1, 'month'),
    '《特种设备安全法》第四十条',
  ),
  clause(
    'consultation',
    '地方标准征求意见',
    'Consultation on a local standard',
    both('开始征求意见之日', 'the day consultation began'),
    { kind: 'not-before', unit: 'day', amount: 30 },
    '《地方标准管理办法》第十三条',
  ),
];
