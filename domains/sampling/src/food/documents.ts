import type { Paper } from '@hengjian/kernel';
import { conclusions } from '../task/items.ts';
import { type FoodNoticeRow, foodAddressees } from './notice-entity.ts';
import { type FoodObjectionRow, foodGrounds } from './objection-entity.ts';
import { type FoodRetestRow, rejections } from './retest-entity.ts';

/** 抽样检验结果通知书: the failing report, duties and rights (order 15 arts 29, 30, 37, 40). */
export const foodNoticePaper = (row: FoodNoticeRow): Paper => ({
  template: 'food-notice',
  title: '食品安全抽样检验结果通知书',
  content: {
    to: row.addressee.name,
    capacity: foodAddressees[row.addressee.kind].zh,
    sampledFirm: row.enterpriseName,
    product: row.productName,
    sample: { name: row.sampleName, trademark: row.trademark, model: row.model, batch: row.batch },
    laboratory: row.labName,
    reportNumber: row.reportNumber,
    conclusion: conclusions[row.conclusion].zh,
    failedItems: row.failedItems,
    duties: [
      '应当立即封存不合格食品，暂停生产、经营，通知相关生产经营者和消费者，召回已上市销售的不合格食品，排查原因并整改，及时向住所地市场监管部门报告；复检和异议期间不得停止履行（第四十条）。',
    ],
    rights:
      row.addressee.kind === 'platform' || row.addressee.kind === 'market'
        ? []
        : [
            '对检验结论有异议的，自收到检验结论之日起七个工作日内，可以向本机关或者上一级市场监管部门提出书面复检申请（第三十条）。',
            '对样品真实性、检验方法、标准适用等有异议的，自收到本通知之日起七个工作日内，可以向本机关提出书面异议申请并提交证明材料（第三十七条）。',
          ],
  },
});

/** 复检申请受理通知书. */
export const retestAcceptance = (row: FoodRetestRow): Paper => ({
  template: 'food-retest-acceptance',
  title: '食品复检申请受理通知书',
  content: {
    to: row.applicant.name,
    sample: row.sampleName,
    contested: row.contested.join('、'),
    filedOn: row.filedOn,
    paragraphs: [
      '本机关将在五个工作日内从公布的复检机构名录中随机确定复检机构。复检费用由申请人先行支付（第三十六条）。',
    ],
  },
});

/** 不予受理通知书: with its reason (order 15 arts 31, 32). */
export const retestRejection = (row: FoodRetestRow): Paper => ({
  template: 'food-retest-rejection',
  title: '食品复检申请不予受理通知书',
  content: {
    to: row.applicant.name,
    sample: row.sampleName,
    reason: rejections[row.rejection!].zh,
    note: row.rejectionNote ?? null,
  },
});

/** 复检机构随机确定记录: the list, who was left out and why, and the number that decided. */
export const selectionRecord = (row: FoodRetestRow): Paper => ({
  template: 'food-retest-selection',
  title: '复检机构随机确定记录',
  content: {
    sample: row.sampleName,
    chosen: row.retestLab!.name,
    list: row.selection!.listName,
    seed: row.selection!.seed,
    tables: [
      {
        caption: '参加随机确定的机构（按编号排序）',
        columns: ['机构'],
        rows: row.selection!.eligible.map(({ name }) => [name]),
      },
      {
        caption: '回避的机构',
        columns: ['机构', '理由'],
        rows: row.selection!.excluded.map(({ name, reason }) => [name, reason]),
      },
    ],
  },
});

export const retestReport = (row: FoodRetestRow): Paper => ({
  template: 'food-retest-report',
  title: '食品复检报告',
  content: {
    reportNumber: row.retestReport,
    laboratory: row.retestLab!.name,
    sample: row.sampleName,
    contested: row.contested.join('、'),
    conclusion: conclusions[row.retestConclusion!].zh,
  },
});

export const retestAnswer = (row: FoodRetestRow): Paper => ({
  template: 'food-retest-answer',
  title: '食品复检结论通知书',
  content: {
    to: row.applicant.name,
    sample: row.sampleName,
    conclusion: row.retestConclusion ? conclusions[row.retestConclusion].zh : null,
    feeBearer: row.feeBearer === 'applicant' ? '复检申请人' : '实施监督抽检的市场监管部门',
    paragraphs: ['复检结论为最终检验结论（第三十五条）。'],
  },
});

export const objectionAcceptance = (row: FoodObjectionRow): Paper => ({
  template: 'food-objection-acceptance',
  title: '食品抽检异议申请受理通知书',
  content: { to: row.applicant.name, sample: row.sampleName, ground: foodGrounds[row.ground].zh, filedOn: row.filedOn },
});
export const supplementNotice = (row: FoodObjectionRow): Paper => ({
  template: 'food-objection-supplement',
  title: '异议申请材料补正告知书',
  content: { to: row.applicant.name, sample: row.sampleName, missing: row.missing },
});
export const objectionRejection = (row: FoodObjectionRow): Paper => ({
  template: 'food-objection-rejection',
  title: '食品抽检异议申请不予受理通知书',
  content: { to: row.applicant.name, sample: row.sampleName, reason: row.rejectionNote },
});
export const objectionAnswer = (row: FoodObjectionRow): Paper => ({
  template: 'food-objection-answer',
  title: '食品抽检异议审核结论告知书',
  content: {
    to: row.applicant.name,
    sample: row.sampleName,
    ground: foodGrounds[row.ground].zh,
    decision: row.decision === 'upheld' ? '异议成立' : '异议不成立',
    reason: row.decisionReason,
  },
});
