import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { planKinds, regimes } from '../plan/index.ts';
import { KeptEvidence } from './capture.ts';
import { Correction } from './correcting.ts';
import { conclusions, FailedItem, finalConclusions, seriousness, TestItemFields, verdictRules } from './items.ts';
import {
  Body,
  carriageShape,
  orderShape,
  Person,
  parcelShape,
  receiptShape,
  sampleShape,
  shopPapersShape,
  untilEntered,
} from './sample-fields.ts';

/** Lawful reasons for which no sample was taken (order 18 arts 8, 18, 20, 21). */
export const unsampledReasons = {
  stopped: { zh: '停业、停产（第二十条）', en: 'Closed or not producing (art. 20)' },
  'changed-production': { zh: '转产（第二十条）', en: 'Makes something else now (art. 20)' },
  'not-found': { zh: '查无下落（第二十条）', en: 'Not to be found (art. 20)' },
  'no-product': { zh: '没有待销产品（第十八条第一项）', en: 'Nothing waiting for sale (art. 18(1))' },
  'stock-too-small': { zh: '待销产品数量不足（第十八条第一项）', en: 'Too few goods waiting for sale (art. 18(1))' },
  'not-for-sale': { zh: '不用于销售（第十八条第二项）', en: 'Not for sale (art. 18(2))' },
  'export-only': {
    zh: '只用于出口且合同另有约定（第十八条第二项）',
    en: 'Export only, with other quality terms (art. 18(2))',
  },
  'marked-trial': {
    zh: '标注“试制”“处理”“样品”（第十八条第三项）',
    en: 'Marked trial, seconds or specimen (art. 18(3))',
  },
  'six-months': {
    zh: '同一产品六个月内已经抽查（第八条第一款）',
    en: 'Same product sampled within six months (art. 8(1))',
  },
  'superior-sampled': {
    zh: '企业证明六个月内经上级抽查（第八条第二款）',
    en: 'Firm proves that a superior sampled it (art. 8(2))',
  },
  'not-delivered': { zh: '网购订单未能交付（第二十条）', en: 'Ordered online, never delivered (art. 20)' },
  refused: { zh: '阻碍、拒绝或者不配合（第二十一条）', en: 'Obstructed or refused (art. 21)' },
} as const;

/** Offences that are plain without a test (order 18 arts 17, 30). */
export const plainOffences = {
  unlicensed: { zh: '无生产许可证或者强制性产品认证', en: 'No production licence or compulsory certification' },
  unregistered: { zh: '无营业执照', en: 'No business licence' },
  other: { zh: '其他无需检验即可判定违法的情形', en: 'Another offence that is plain without a test' },
} as const;

export const stopReasons = {
  ...plainOffences,
  impossible: { zh: '样品失效等无法检验（第三十一条）', en: 'Sample spoiled or test impossible (art. 31)' },
} as const;

/** 样品确认: what the labelled producer says of a sample found elsewhere. */
const producerAnswers = {
  confirms: { zh: '确认为其产品', en: 'Confirms' },
  denies: { zh: '否认为其产品', en: 'Denies' },
  none: { zh: '逾期未答复', en: 'No answer in time' },
} as const;

const denials = {
  proved: { zh: '否认成立', en: 'Denial proved' },
  'not-proved': { zh: '否认不成立', en: 'Denial not proved' },
} as const;

/** How the firm came to be sampled; what was named is never representative of anything (practice M9). */
export const selections = {
  random: { zh: '随机抽取', en: 'Drawn at random' },
  targeted: { zh: '定向确定（不具代表性）', en: 'Named, not representative' },
} as const;

/** 抽样任务: one firm drawn, from the task letter to the final conclusion. */
export const Task = entity(
  'sampling.task',
  { zh: '抽样任务', en: 'Sampling task' },
  {
    fields: {
      draw: optional(field.reference('抽取', 'sampling.draw', { en: 'Draw' })),
      targeting: optional(field.reference('定向名单', 'sampling.targeting', { en: 'List of named firms' })),
      selection: field.choice('确定方式', selections, { en: 'How chosen' }),
      regime: field.choice('适用规定', regimes, { en: 'Governed by' }),
      scheme: field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' }),
      rules: field.reference('实施细则', 'sampling.rules', { en: 'Detailed rules' }),
      sequence: field.integer('层内次序', { en: 'Order in stratum' }),
      stratum: field.text('层', { en: 'Stratum' }),
      reserveOf: optional(field.identifier('候补对象', { en: 'Reserve of' })),
      isReserve: field.flag('候补', { en: 'Reserve' }),
      replaces: optional(field.reference('递补的任务', 'sampling.task', { en: 'Stands in for' })),
      enterprise: field.identifier('被抽样单位编号', { en: 'Enterprise' }),
      enterpriseName: field.text('被抽样单位', { en: 'Sampled firm', public: true }),
      enterpriseCode: optional(field.text('统一社会信用代码', { en: 'Credit code', public: true })),
      enterpriseRegion: field.region('所在地', { en: 'Region', public: true }),
      product: field.text('产品分类代码', { en: 'Product class', public: true }),
      productName: field.text('产品名称', { en: 'Product', public: true }),
      samplers: field.list('抽样人员', Person, { en: 'Samplers', max: 10 }),
      samplingBody: field.object('抽样机构', Body, { en: 'Sampling body' }),
      lab: field.object('检验机构', Body, { en: 'Laboratory', public: true }),
      dueOn: field.date('完成期限', { en: 'Due on' }),
      leaf: optional(field.text('抽取叶值', { en: 'Leaf of the draw' })),
      planKind: field.choice('抽查类型', planKinds, { en: 'Kind', public: true }),
      rulesVersion: field.integer('细则版本', { en: 'Version of the rules' }),
      items: field.list('检验项目', TestItemFields, { en: 'Items' }),
      testSample: field.integer('应抽检验样品', { en: 'Test sample asked' }),
      spareSample: field.integer('应抽备用样品', { en: 'Spare sample asked' }),
      sampleUnit: field.text('计量单位', { en: 'Unit' }),
      minimumStock: optional(field.integer('抽样基数下限', { en: 'Least stock' })),
      verdictRule: field.choice('判定规则', verdictRules, { en: 'Rule of conclusion' }),
      separateBodies: field.flag('抽检机构分离', { en: 'Different bodies sample and test' }),
      issuedOn: optional(field.date('文书签发日期', { en: 'Papers issued on' })),
      ...untilEntered(orderShape),
      ...untilEntered(parcelShape),
      ...untilEntered(sampleShape),
      ...untilEntered(shopPapersShape),
      evidence: optional(field.list('现场证据', KeptEvidence, { en: 'Evidence from the spot' })),
      corrections: optional(field.list('抽样单更正', Correction, { en: 'Corrections of the sheet' })),
      onSiteTestedOn: optional(field.date('现场检验日期', { en: 'Tested on the spot on' })),
      unsampledReason: optional(field.choice('未抽到样原因', unsampledReasons, { en: 'Why no sample' })),
      unsampledNote: optional(field.longText('现场情况', { en: 'What was found', max: 2000 })),
      offence: optional(field.choice('涉嫌违法情形', stopReasons, { en: 'Offence' })),
      instantReport: optional(field.longText('立即报告内容', { en: 'Report made at once', max: 2000 })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
      ...untilEntered(carriageShape),
      ...untilEntered(receiptShape),
      refusals: field.integer('拒收次数', { en: 'Times refused' }),
      refusedReason: optional(field.longText('拒收理由', { en: 'Why the sample was refused', max: 2000 })),
      agreedDeliveryOn: optional(field.date('同意延长的送样期限', { en: 'Delivery agreed by' })),
      agreedReportOn: optional(field.date('约定的报告期限', { en: 'Report agreed by' })),
      agreementReason: optional(field.longText('延长、约定的理由', { en: 'Why it was agreed', max: 2000 })),
      signedOn: optional(field.date('检验结论作出日期', { en: 'Conclusion made on' })),
      reportNumber: optional(field.text('检验报告编号', { en: 'Report number', public: true })),
      reportedOn: optional(field.date('报告日期', { en: 'Reported on' })),
      reportRevision: field.integer('报告版次', { en: 'Revision of the report' }),
      conclusion: optional(field.choice('检验结论', conclusions, { en: 'Conclusion', public: true })),
      seriousness: optional(field.choice('不合格程度', seriousness, { en: 'Seriousness', public: true })),
      failedItems: optional(field.list('不合格项目', FailedItem, { en: 'Failed items', public: true })),
      returnedReason: optional(field.longText('退回报告的理由', { en: 'Why the report was returned', max: 2000 })),
      notifiedOn: optional(field.date('告知日期', { en: 'Told on' })),
      producerAskedOn: optional(field.date('样品确认发函日期', { en: 'Producer asked on' })),
      producerAnswerDue: optional(field.date('样品确认期限', { en: 'Producer answers by' })),
      producerAnswer: optional(field.choice('标称生产者答复', producerAnswers, { en: "Producer's answer" })),
      producerStatement: optional(field.longText('标称生产者陈述', { en: "Producer's statement", max: 4000 })),
      denial: optional(field.choice('否认认定', denials, { en: 'Denial', public: true })),
      denialReason: optional(field.longText('认定理由', { en: 'Why it was so decided', max: 4000 })),
      finalConclusion: optional(field.choice('最终结论', finalConclusions, { en: 'Final conclusion', public: true })),
      overturned: field.flag('复检或异议改变初检结论', { en: 'First conclusion changed' }),
      concludedOn: optional(field.date('结论生效日期', { en: 'Final on' })),
      importedFrom: optional(field.text('导入来源（台账和行号）', { en: 'Taken from (ledger and row)' })),
    },
    title: (row) => `${row.enterpriseName} · ${row.productName}`,
    subject: (row) => ({ id: row.enterprise, name: row.enterpriseName }),
    words: (row) => [row.enterpriseCode, row.trademark, row.model, row.reportNumber, row.labelledProducer?.name],
    purpose: {
      zh: '抽取产生的任务：按通知书到场抽样、封样送检，直到结论生效。',
      en: 'What the draw assigned: visit with the notice, sample, seal and deliver, until the conclusion is final.',
    },
  },
);
export type TaskRow = RecordRow<typeof Task>;
