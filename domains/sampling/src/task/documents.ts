import type { Act, Paper } from '@hengjian/kernel';
import { kindRule, planKinds } from '../plan/index.ts';
import { stopReasons, type TaskRow, unsampledReasons } from './entity.ts';
import { conclusions, seriousness } from './items.ts';
import { resultsOf } from './results.ts';
import { channels } from './sample-fields.ts';

const visited = (row: TaskRow) => ({
  firm: row.enterpriseName,
  creditCode: row.enterpriseCode ?? null,
  product: row.productName,
  kind: planKinds[row.planKind].zh,
  ...(row.selection === 'targeted' ? { selection: '定向确定，不具代表性' } : {}),
  ...(kindRule(row.regime, row.planKind).penaltyBasis ? {} : { effect: '本次为风险监测，结果不作为行政处罚依据。' }),
});

/** 抽样检验任务书: what the organiser asks of the body and the laboratory, within their agreement (order 18 art. 13; practice M7). */
export const taskLetter = (row: TaskRow): Paper => ({
  template: 'sampling-task-letter',
  title: row.regime === 'food' ? '食品安全抽样检验任务书' : '产品质量监督抽查任务书',
  content: {
    ...visited(row),
    samplingBody: row.samplingBody.name,
    samplers: row.samplers.map(({ name }) => name),
    laboratory: row.lab.name,
    items: row.items.map(({ item }) => item).join('、'),
    testSample: row.testSample,
    spareSample: row.spareSample,
    unit: row.sampleUnit,
    until: row.dueOn,
    paragraphs: ['按委托协议和实施细则执行，不得转包，未经同意不得分包，不得向被抽样单位收取费用。'],
  },
});

const rightsOf = (row: TaskRow): { title: string; duties: string[]; rights: string[] } =>
  row.regime === 'food'
    ? {
        title: '食品安全抽样检验告知书',
        duties: [
          '请配合抽样检验，不得拒绝或者阻挠（总局令第15号第十九条）。',
          '样品由抽样人员随机抽取，不得自行提供；样品费用由市场监管部门支付（第十二条、第十五条）。',
        ],
        rights: [
          '对抽样过程有异议的，在抽样完成后七个工作日内提出书面申请（第三十七条）。',
          '对检验结论有异议的，自收到检验结论之日起七个工作日内提出书面复检申请（第三十条）。',
        ],
      }
    : {
        title: '产品质量监督抽查通知书',
        duties: [
          '请配合监督抽查，如实提供所需材料和信息（第七条）。',
          '样品由抽样人员在待销产品中随机抽取，检验样品按标价购买，备用样品先行无偿提供（第十七条、第二十二条）。',
          '不向被抽样单位收取任何费用（第十四条）。',
        ],
        rights: ['对检验结论有异议的，自收到书面告知之日起十五日内提出书面异议处理申请（第三十六条）。'],
      };

/** 监督抽查通知书, for food 抽样检验告知书: shown to the firm before sampling (order 18 art. 16; order 15 art. 14). */
export function samplingNotice(row: TaskRow): Paper {
  const { title, duties, rights } = rightsOf(row);
  return {
    template: 'sampling-notice',
    title,
    content: {
      ...visited(row),
      samplingBody: row.samplingBody.name,
      samplers: row.samplers.map(({ name }) => name),
      laboratory: row.lab.name,
      until: row.dueOn,
      duties,
      rights,
    },
  };
}

/** 抽样授权委托书: what a commissioned body shows beside the notice (order 18 art. 16). */
export const authorisation = (row: TaskRow): Paper => ({
  template: 'sampling-authorisation',
  title: row.regime === 'food' ? '食品安全抽样检验任务委托书' : '抽样授权委托书',
  content: {
    body: row.samplingBody.name,
    samplers: row.samplers.map(({ name }) => name),
    product: row.productName,
    scope: '在委托范围内抽样，不得转托，不得事先告知被抽样单位（第十四条）。',
    until: row.dueOn,
  },
});

/** 抽样单 before the visit: what is known of the task, the rest to be filled in by hand. */
export const blankSheet = (row: TaskRow): Paper => ({
  template: 'sampling-sheet',
  title: '产品质量监督抽查抽样单（空白）',
  content: {
    ...visited(row),
    testSample: row.testSample,
    spareSample: row.spareSample,
    unit: row.sampleUnit,
    filled: false,
  },
});

/** 抽样单: the record of the sampling (order 18 art. 19). */
export const sheet = (row: TaskRow): Paper => ({
  template: 'sampling-sheet',
  title: '产品质量监督抽查抽样单',
  content: {
    ...visited(row),
    filled: true,
    sampledOn: row.sampledOn,
    channel: channels[row.channel!].zh,
    place: row.place,
    storage: row.storage ?? null,
    sampleName: row.sampleName,
    trademark: row.trademark,
    model: row.model,
    batch: row.batch,
    grade: row.grade ?? null,
    standard: row.standard,
    stock: row.stock,
    unit: row.sampleUnit,
    unitPrice: row.unitPrice,
    testQuantity: row.testQuantity,
    spareQuantity: row.spareQuantity,
    spareKeptAt: row.spareKeptAt === 'firm' ? row.enterpriseName : row.lab.name,
    seal: row.seal,
    producer: row.labelledProducer ?? null,
    samplers: row.samplers.filter(({ person }) => row.present?.includes(person)).map(({ name }) => name),
    signature: row.signature,
    witness: row.witness ?? null,
    onlineOrder: row.onlineOrder ?? null,
    shelfLifeUntil: row.shelfLifeUntil ?? null,
    corrections: row.corrections ?? null,
    repeatGround: row.repeatGround ?? null,
  },
});

/** The reason in words; articles of order 18 are not named on papers about food. */
const reasonOf = (row: TaskRow): string => {
  const { zh } = unsampledReasons[row.unsampledReason!];
  return row.regime === 'food' ? zh.replace(/（第.*?）/, '') : zh;
};

/** 未抽到样情况记录: the truthful record of arts 20 and 21. */
export const unsampledRecord = (row: TaskRow): Paper => ({
  template: 'unsampled-record',
  title: '未抽到样情况记录',
  content: {
    ...visited(row),
    reason: reasonOf(row),
    found: row.unsampledNote,
    instantReport: row.instantReport ?? null,
    samplers: row.samplers.map(({ name }) => name),
  },
});

/** 涉嫌违法情况报告: to the organiser and to the county at once (order 18 arts 17, 30); the test that could not be done (art. 31). */
export const offenceReport = (row: TaskRow): Paper => ({
  template: 'offence-report',
  title: row.offence === 'impossible' ? '无法检验情况报告' : '涉嫌违法情况报告',
  content: {
    ...visited(row),
    offence: stopReasons[row.offence!].zh,
    report: row.instantReport,
    region: row.enterpriseRegion,
  },
});

/** 拒收样品通知: the reasons in writing (order 18 art. 29). */
export const refusalLetter = (row: TaskRow): Paper => ({
  template: 'sample-refusal',
  title: '样品拒收通知',
  content: { ...visited(row), laboratory: row.lab.name, reason: row.refusedReason, times: row.refusals },
});

/** 检验报告: every item with limit, result and how the verdict was reached; a corrected report says so (order 18 art. 32). */
export async function testReport(row: TaskRow, act: Act): Promise<Paper> {
  const results = await resultsOf(act.sql, row.id);
  const revision = row.reportRevision;
  return {
    template: 'test-report',
    title: revision > 1 ? `检验报告（第${revision - 1}次更正）` : '检验报告',
    content: {
      ...visited(row),
      reportNumber: row.reportNumber,
      revision,
      laboratory: row.lab.name,
      sample: {
        name: row.sampleName,
        trademark: row.trademark,
        model: row.model,
        batch: row.batch,
        standard: row.standard,
      },
      producer: row.labelledProducer?.name ?? null,
      sampledOn: row.sampledOn,
      receivedOn: row.receivedOn,
      items: row.items.map(({ item, method, limit, unit, severity }) => {
        const found = results.find((result) => result.item === item)!;
        const { verdict, judgement } = found;
        return {
          item,
          method,
          limit,
          severity,
          verdict,
          result: found.value,
          unit: found.unit ?? unit ?? null,
          reason: judgement.reason.zh,
          steps: judgement.steps.map(({ zh }) => zh),
          clause: judgement.clause,
        };
      }),
      conclusion: conclusions[row.conclusion!].zh,
      seriousness: seriousness[row.seriousness!].zh,
      signatory: act.actor.name,
    },
  };
}

/** 样品确认通知书: asks the labelled producer whether the goods are his (practice M8). */
export const producerLetter = (row: TaskRow): Paper => ({
  template: 'producer-confirmation',
  title: '样品确认通知书',
  content: {
    to: row.labelledProducer!.name,
    sample: { name: row.sampleName, trademark: row.trademark, model: row.model, batch: row.batch },
    takenAt: row.enterpriseName,
    sampledOn: row.sampledOn,
    answerBy: row.producerAnswerDue,
    effect: '逾期不答复的，不影响抽查处理；否认的，请提交书面说明和证据。',
  },
});
