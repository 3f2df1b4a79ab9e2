import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { conclusions, FailedItem, TestItemFields, verdictRules } from '../task/items.ts';
import { Body } from '../task/sample-fields.ts';

const applicantShape = {
  kind: field.choice(
    '身份',
    {
      sampled: { zh: '被抽样单位', en: 'Sampled firm' },
      'labelled-producer': { zh: '标称生产者', en: 'Labelled producer' },
    },
    { en: 'Capacity' },
  ),
  id: optional(field.identifier('主体库编号', { en: 'In the register' })),
  name: field.text('名称', { en: 'Name' }),
  code: optional(field.text('统一社会信用代码', { en: 'Credit code' })),
  address: optional(field.text('地址', { en: 'Address', max: 300 })),
};

/** What the first test found on each item, as far as the final conclusion needs it. */
const FirstVerdict = z.object({
  item: field.text('检验项目', { en: 'Item' }),
  verdict: field.choice('判定', { conforms: '合格', fails: '不合格', 'not-judged': '不判定' }, { en: 'Verdict' }),
  value: field.text('检验结果', { en: 'Result', max: 500 }),
  unit: optional(field.text('单位', { en: 'Unit' })),
});

export const grounds = {
  'sampling-process': { zh: '抽样过程', en: 'The sampling' },
  authenticity: { zh: '样品真实性', en: 'Whether the sample is genuine' },
  'not-my-product': { zh: '不是本单位产品', en: 'Not our product' },
} as const;

/** What an objection came to. */
export const outcomes = {
  stands: { zh: '维持初检结论', en: 'First conclusion stands' },
  overturned: { zh: '复检改变初检结论', en: 'Overturned by retest' },
  void: { zh: '抽样或样品不成立，结论撤销', en: 'Sampling or sample unsound: void' },
  'seller-only': { zh: '否认成立，仅对销售者有效', en: 'Denial proved: seller only' },
} as const;

/** The ways in which the firm can spoil its spare sample (order 18 art. 40). */
export const spareFates = {
  hidden: { zh: '隐匿', en: 'Hidden' },
  moved: { zh: '转移', en: 'Moved' },
  sold: { zh: '变卖', en: 'Sold' },
  destroyed: { zh: '损毁', en: 'Destroyed' },
} as const;

/** 异议处理与复检: one addressee against one conclusion (order 18 arts 36–43). */
export const Objection = entity(
  'sampling.objection',
  { zh: '异议与复检', en: 'Objection and retest' },
  {
    fields: {
      notice: field.reference('告知书', 'sampling.notice', { en: 'Notice' }),
      task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }),
      applicant: field.object('申请人', applicantShape, { en: 'Applicant' }),
      sampleName: field.text('样品名称', { en: 'Sample' }),
      kind: field.choice(
        '申请事项',
        {
          objection: { zh: '异议处理', en: 'Objection' },
          retest: { zh: '复检', en: 'Retest' },
          both: { zh: '异议处理和复检', en: 'Objection and retest' },
        },
        { en: 'What is asked' },
      ),
      ground: optional(field.choice('异议事由', grounds, { en: 'Ground' })),
      reasons: field.longText('理由', { en: 'Reasons', max: 4000 }),
      contested: optional(
        field.list('申请复检的项目', field.text('检验项目', { en: 'Item' }), { en: 'Items to be retested', max: 300 }),
      ),
      filedOn: field.date('申请日期', { en: 'Filed on' }),
      onPaper: field.flag('纸质申请', { en: 'On paper' }),
      items: field.list('检验项目', TestItemFields, { en: 'Items' }),
      verdictRule: field.choice('判定规则', verdictRules, { en: 'Rule of conclusion' }),
      firstVerdicts: field.list('初检结果', FirstVerdict, { en: 'First results' }),
      firstConclusion: field.choice('初检结论', conclusions, { en: 'First conclusion' }),
      firstLab: field.object('初检机构', Body, { en: 'First laboratory' }),
      spareKeptAt: field.choice(
        '备用样品存放处',
        { laboratory: { zh: '检验机构', en: 'Laboratory' }, firm: { zh: '被抽样单位', en: 'Sampled firm' } },
        { en: 'Spare sample is at' },
      ),
      spareQuantity: field.integer('备用样品数量', { en: 'Spare sample' }),
      unitPrice: optional(field.money('样品单价', { en: 'Unit price' })),
      decision: optional(
        field.choice(
          '异议处理结论',
          { upheld: { zh: '异议成立', en: 'Upheld' }, dismissed: { zh: '异议不成立', en: 'Dismissed' } },
          { en: 'Decision' },
        ),
      ),
      decisionReason: optional(field.longText('处理理由', { en: 'Reasons of the decision', max: 4000 })),
      refusalReason: optional(field.longText('不予复检理由', { en: 'Why no retest', max: 4000 })),
      noticeReceivedOn: optional(field.date('复检通知收到日期', { en: 'Retest notice received on' })),
      formalitiesOn: optional(field.date('办理复检手续日期', { en: 'Formalities done on' })),
      retestFee: optional(field.money('复检费用', { en: 'Retest fee' })),
      feePaidOn: optional(field.date('预付日期', { en: 'Paid on' })),
      retestLab: optional(field.object('复检机构', Body, { en: 'Retest laboratory' })),
      onlyLabReason: optional(
        field.longText('由初检机构复检的理由', { en: 'Why the first laboratory retests', max: 1000 }),
      ),
      retestDueOn: optional(field.date('复检期限', { en: 'Retest due on' })),
      designatedOn: optional(field.date('确定复检机构日期', { en: 'Laboratory named on' })),
      spareState: optional(field.text('备用样品状态', { en: 'State of the spare sample', max: 500 })),
      spareFate: optional(field.choice('备用样品处置情形', spareFates, { en: 'What became of the spare sample' })),
      spareNote: optional(field.longText('情况说明', { en: 'Account', max: 2000 })),
      retestReport: optional(field.text('复检报告编号', { en: 'Retest report' })),
      retestConclusion: optional(field.choice('复检结论', conclusions, { en: 'Conclusion after retest' })),
      retestedOn: optional(field.date('复检报告日期', { en: 'Retested on' })),
      finalFailedItems: optional(field.list('复检后不合格项目', FailedItem, { en: 'Failed after retest' })),
      feeBearer: optional(
        field.choice(
          '复检费用承担',
          { applicant: { zh: '申请人', en: 'Applicant' }, organiser: { zh: '组织监督抽查的部门', en: 'Organiser' } },
          { en: 'Who bears the fee' },
        ),
      ),
      sparePayment: optional(field.money('应付备用样品费用', { en: 'Owed for the spare sample' })),
      outcome: optional(field.choice('结果', outcomes, { en: 'Outcome' })),
      toldOn: optional(field.date('告知申请人日期', { en: 'Told on' })),
      toldHow: optional(field.text('告知方式', { en: 'Told how' })),
    },
    title: (row) => `${row.applicant.name} · ${row.sampleName}`,
    subject: (row) => (row.applicant.id ? { id: row.applicant.id, name: row.applicant.name } : null),
    words: (row) => [row.applicant.code, row.retestReport],
    purpose: {
      zh: '被抽样单位或标称生产者在十五日内提出的异议和复检申请，办到书面告知申请人为止。',
      en: 'Objections and requests for a retest raised within fifteen days, until the applicant has the answer in writing.',
    },
  },
);
export type ObjectionRow = RecordRow<typeof Objection>;
