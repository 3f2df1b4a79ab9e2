import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { conclusions, FailedItem, TestItemFields, verdictRules } from '../task/items.ts';
import { Body } from '../task/sample-fields.ts';

export const applicantShape = {
  kind: field.choice(
    '身份',
    {
      sampled: { zh: '被抽样食品生产经营者', en: 'Sampled operator' },
      'labelled-producer': { zh: '标称食品生产者', en: 'Labelled producer' },
    },
    { en: 'Capacity' },
  ),
  id: optional(field.identifier('主体库编号', { en: 'In the register' })),
  name: field.text('名称', { en: 'Name' }),
  code: optional(field.text('统一社会信用代码', { en: 'Credit code' })),
  address: optional(field.text('地址', { en: 'Address', max: 300 })),
};

/** Grounds on which there is no retest (order 15 art. 31). */
export const rejections = {
  microbiological: { zh: '检验结论为微生物指标不合格（第三十一条第一项）', en: 'Microbiological failure (art. 31(1))' },
  'past-shelf-life': {
    zh: '复检备份样品超过保质期（第三十一条第二项）',
    en: 'Back-up sample past its shelf life (art. 31(2))',
  },
  late: { zh: '逾期提出复检申请（第三十一条第三项）', en: 'Asked for too late (art. 31(3))' },
  'sample-unfit': {
    zh: '备份样品无法实现复检目的（第三十一条第四项）',
    en: 'Back-up sample cannot serve (art. 31(4))',
  },
  'other-rule': { zh: '法律、标准规定的其他情形（第三十一条第五项）', en: 'Another rule or standard (art. 31(5))' },
} as const;

const FirstVerdict = z.object({
  item: field.text('检验项目', { en: 'Item' }),
  verdict: field.choice(
    '判定',
    {
      conforms: { zh: '合格', en: 'Conforms' },
      fails: { zh: '不合格', en: 'Fails' },
      'not-judged': { zh: '不判定', en: 'Not judged' },
    },
    { en: 'Verdict' },
  ),
  value: field.text('检验结果', { en: 'Result', max: 500 }),
  unit: optional(field.text('单位', { en: 'Unit' })),
});

const NamedBody = z.object(Body);
const LeftOut = z.object({ ...Body, reason: field.text('回避理由', { en: 'Why it is left out', max: 300 }) });

/** How the body was drawn: enough to draw it again. */
export const selectionShape = {
  listName: field.text('名录', { en: 'Published list' }),
  eligible: field.list('参加随机确定的机构', NamedBody, { en: 'Bodies drawn from', max: 1_000 }),
  excluded: field.list('回避的机构', LeftOut, { en: 'Left out', max: 1_000 }),
  seed: field.text('随机数', { en: 'Random number', max: 64 }),
  index: field.integer('抽中序号', { en: 'Place drawn' }),
};

/** 食品复检: the back-up sample at a body drawn from the published list (order 15 arts 30–36). */
export const FoodRetest = entity(
  'sampling.food-retest',
  { zh: '食品复检', en: 'Retest of food' },
  {
    fields: {
      notice: field.reference('结果通知', 'sampling.food-notice', { en: 'Notice' }),
      task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }),
      applicant: field.object('申请人', applicantShape, { en: 'Applicant' }),
      sampleName: field.text('样品名称', { en: 'Sample' }),
      productName: field.text('食品名称', { en: 'Food' }),
      reasons: field.longText('理由', { en: 'Reasons', max: 4000 }),
      contested: field.list('申请复检的项目', field.text('检验项目', { en: 'Item' }), { en: 'Items', max: 300 }),
      filedOn: field.date('收到申请日期', { en: 'Filed on' }),
      onPaper: field.flag('纸质申请', { en: 'On paper' }),
      items: field.list('检验项目', TestItemFields, { en: 'Items of the rules' }),
      verdictRule: field.choice('判定规则', verdictRules, { en: 'Rule of conclusion' }),
      firstVerdicts: field.list('初检结果', FirstVerdict, { en: 'First results' }),
      firstConclusion: field.choice('初检结论', conclusions, { en: 'First conclusion' }),
      firstLab: field.object('初检机构', Body, { en: 'First laboratory' }),
      shelfLifeUntil: optional(field.date('保质期至', { en: 'Shelf life ends on' })),
      acceptedOn: optional(field.date('受理日期', { en: 'Accepted on' })),
      rejection: optional(field.choice('不予复检情形', rejections, { en: 'Why no retest' })),
      rejectionNote: optional(field.longText('说明', { en: 'Account', max: 2000 })),
      selection: optional(field.object('随机确定', selectionShape, { en: 'How the body was drawn' })),
      retestLab: optional(field.object('复检机构', Body, { en: 'Retest body' })),
      selectedOn: optional(field.date('确定复检机构日期', { en: 'Body drawn on' })),
      extensionReason: optional(field.longText('延长理由', { en: 'Why it was extended', max: 2000 })),
      declined: field.list('不能承担的机构', LeftOut, { en: 'Bodies that could not' }),
      retestFee: optional(field.money('复检费用（含递送）', { en: 'Fee, delivery included' })),
      feePaidOn: optional(field.date('预付日期', { en: 'Paid on' })),
      transferredOn: optional(field.date('移交备份样品日期', { en: 'Back-up sample handed over on' })),
      transferHow: optional(field.text('递送方式（双方商定）', { en: 'How, as agreed with the applicant' })),
      receivedOn: optional(field.date('复检机构收样日期', { en: 'Received on' })),
      spareState: optional(field.text('备份样品状态', { en: 'State of the back-up sample', max: 500 })),
      agreedRetestOn: optional(field.date('约定的复检期限', { en: 'Retest agreed by' })),
      retestReport: optional(field.text('复检报告编号', { en: 'Retest report' })),
      retestConclusion: optional(field.choice('复检结论', conclusions, { en: 'Conclusion after retest' })),
      retestedOn: optional(field.date('复检结论日期', { en: 'Retested on' })),
      finalFailedItems: optional(field.list('复检后不合格项目', FailedItem, { en: 'Failed after retest' })),
      feeBearer: optional(
        field.choice(
          '复检费用承担',
          { applicant: { zh: '复检申请人', en: 'Applicant' }, organiser: { zh: '实施抽检的部门', en: 'Organiser' } },
          { en: 'Who bears the fee' },
        ),
      ),
      outcome: optional(
        field.choice(
          '结果',
          {
            stands: { zh: '维持初检结论', en: 'First conclusion stands' },
            overturned: { zh: '改变初检结论', en: 'Overturned' },
          },
          { en: 'Outcome' },
        ),
      ),
      toldOn: optional(field.date('通知申请人日期', { en: 'Told on' })),
      toldHow: optional(field.text('通知方式', { en: 'Told how' })),
    },
    title: (row) => `${row.applicant.name} · ${row.sampleName}`,
    subject: (row) => (row.applicant.id ? { id: row.applicant.id, name: row.applicant.name } : null),
    words: (row) => [row.applicant.code, row.retestReport],
    purpose: {
      zh: '食品生产经营者对不合格结论申请的复检：受理、随机确定机构、移交备份样品、复检、通知。',
      en: 'A retest asked for on a failing food: accepted, a body drawn, the back-up sample handed over, retested, told.',
    },
  },
);
export type FoodRetestRow = RecordRow<typeof FoodRetest>;
