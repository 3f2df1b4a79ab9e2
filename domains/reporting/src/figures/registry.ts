import type { Label } from '@hengjian/kernel';

/** What a figure may be broken down by. */
export const dimensions = {
  city: { zh: '市（州）', en: 'City' },
  county: { zh: '县（市、区）', en: 'County' },
  product: { zh: '产品', en: 'Product' },
  size: { zh: '企业规模', en: 'Size of the firm' },
  kind: { zh: '抽查类型', en: 'Kind of sampling' },
  selection: { zh: '确定方式', en: 'How chosen' },
  channel: { zh: '抽样渠道', en: 'Where sampled' },
  organiser: { zh: '组织机关', en: 'Organiser' },
  scheme: { zh: '抽查方案', en: 'Scheme' },
  item: { zh: '检验项目', en: 'Item' },
  month: { zh: '月份', en: 'Month' },
  source: { zh: '不合格来源', en: 'Source of the failure' },
} as const;
export type Dimension = keyof typeof dimensions;

const place: readonly Dimension[] = [
  'city',
  'county',
  'product',
  'size',
  'kind',
  'selection',
  'channel',
  'organiser',
  'scheme',
  'month',
];

/** One published figure as data: what it says in words, and what is counted. The SQL names the row `f`. */
export interface FigureSpec {
  label: Label;
  definition: Label;
  /** A rate has a denominator and an interval, a count has neither. */
  unit: 'percent' | 'batches' | 'firms';
  /** Rows that are counted: tasks of sampling, firms of the directory, loops of result handling. */
  source: 'sampling' | 'directory' | 'loop';
  /** Day by which a row belongs to a period, in words and as a column. */
  period: { label: Label; column: string };
  /** Rows that the figure speaks of. */
  base: string;
  numerator: string;
  denominator: string | null;
  by: readonly Dimension[];
  /** Whether the figure could be taken for an estimate of a market, so that the way of drawing is told beside it. */
  estimates: boolean;
}

const concluded = {
  label: { zh: '结论生效日期', en: 'day on which the conclusion became final' },
  column: 'concluded_on',
};
const final = `f.state = 'concluded' and f.conclusion in ('conforms', 'fails')`;

/** The figures, by key. A key is never given another meaning: a figure that changes is a new key. */
export const figures = {
  'pass-rate': {
    label: { zh: '批次合格率', en: 'Pass rate of batches' },
    definition: {
      zh: '最终结论为合格的批次数 ÷ 最终结论为合格或者不合格的批次数。以现行有效的最终结论为准，经复检、异议、复议或者判决改变的按改变后计；撤销结论的、未抽到样的、终止检验的不计入。',
      en: 'Batches whose final conclusion is "conforms", of those whose final conclusion is "conforms" or "fails". The conclusion that holds now counts; void conclusions, no sample and ended tests do not.',
    },
    unit: 'percent',
    source: 'sampling',
    period: concluded,
    base: final,
    numerator: `count(*) filter (where f.conclusion = 'conforms')`,
    denominator: 'count(*)',
    by: place,
    estimates: true,
  },
  'failed-batches': {
    label: { zh: '不合格批次', en: 'Failing batches' },
    definition: { zh: '现行最终结论为不合格的批次数。', en: 'Batches whose conclusion in force is "fails".' },
    unit: 'batches',
    source: 'sampling',
    period: concluded,
    base: final,
    numerator: `count(*) filter (where f.conclusion = 'fails')`,
    denominator: null,
    by: place,
    estimates: false,
  },
  'serious-share': {
    label: { zh: '严重不合格占比', en: 'Share of serious failures' },
    definition: {
      zh: '不合格程度为严重的批次数 ÷ 不合格批次数。',
      en: 'Batches that failed seriously, of the batches that failed.',
    },
    unit: 'percent',
    source: 'sampling',
    period: concluded,
    base: `f.state = 'concluded' and f.conclusion = 'fails'`,
    numerator: `count(*) filter (where f.seriousness = 'serious')`,
    denominator: 'count(*)',
    by: place,
    estimates: false,
  },
  'item-failure-rate': {
    label: { zh: '项目不合格率', en: 'Failure rate of items' },
    definition: {
      zh: '某检验项目不合格的批次数 ÷ 检验了该项目且有最终结论的批次数；最终结论为合格的，其项目计为合格。',
      en: 'Batches in which an item failed, of the batches with a final conclusion in which it was tested; a batch that conforms has no failed item.',
    },
    unit: 'percent',
    source: 'sampling',
    period: concluded,
    base: final,
    numerator: `count(*) filter (where f.conclusion = 'fails' and i.item = any(f.failed_items))`,
    denominator: 'count(*)',
    by: ['item'],
    estimates: true,
  },
  sampled: {
    label: { zh: '完成抽样批次', en: 'Batches sampled' },
    definition: { zh: '在期间内抽到样品的任务数。', en: 'Tasks for which a sample was taken in the period.' },
    unit: 'batches',
    source: 'sampling',
    period: { label: { zh: '抽样日期', en: 'day of sampling' }, column: 'sampled_on' },
    base: 'f.sampled_on is not null',
    numerator: 'count(*)',
    denominator: null,
    by: place,
    estimates: false,
  },
  'sampling-completion': {
    label: { zh: '抽样完成率', en: 'Completion of sampling' },
    definition: {
      zh: '期限落在期间内的任务中，已抽到样品的任务数 ÷ 任务数；未启用的候补不是任务。',
      en: 'Tasks with a sample, of the tasks that fall due in the period; reserves that were not called are no tasks.',
    },
    unit: 'percent',
    source: 'sampling',
    period: { label: { zh: '任务期限', en: 'day on which the task is due' }, column: 'due_on' },
    base: `f.state not in ('reserved', 'released')`,
    numerator: 'count(*) filter (where f.sampled_on is not null)',
    denominator: 'count(*)',
    by: place,
    estimates: false,
  },
  'on-time-rate': {
    label: { zh: '任务按期完成率', en: 'Tasks done in time' },
    definition: {
      zh: '期限落在期间内且已报送检验报告的任务中，不晚于任务期限报送的 ÷ 已报送的。',
      en: 'Of the tasks that fall due in the period and have a report, those reported on or before that day.',
    },
    unit: 'percent',
    source: 'sampling',
    period: { label: { zh: '任务期限', en: 'day on which the task is due' }, column: 'due_on' },
    base: 'f.reported_on is not null',
    numerator: 'count(*) filter (where f.reported_on <= f.due_on)',
    denominator: 'count(*)',
    by: place,
    estimates: false,
  },
  'no-sample-share': {
    label: { zh: '未抽到样占比', en: 'Share without a sample' },
    definition: {
      zh: '因停业、无货等法定情形未抽到样或者被拒绝的任务数 ÷ 任务数。',
      en: 'Tasks that ended without a sample on a lawful ground or by refusal, of all tasks.',
    },
    unit: 'percent',
    source: 'sampling',
    period: { label: { zh: '任务期限', en: 'day on which the task is due' }, column: 'due_on' },
    base: `f.state not in ('reserved', 'released')`,
    numerator: `count(*) filter (where f.state = 'not-sampled')`,
    denominator: 'count(*)',
    by: place,
    estimates: false,
  },
  'reserve-share': {
    label: { zh: '候补启用占比', en: 'Share of reserves called' },
    definition: {
      zh: '由候补递补的任务数 ÷ 任务数；每次递补的原因见督查页。',
      en: 'Tasks of reserves that were called, of all tasks; why each was called stands on the oversight page.',
    },
    unit: 'percent',
    source: 'sampling',
    period: { label: { zh: '任务期限', en: 'day on which the task is due' }, column: 'due_on' },
    base: `f.state not in ('reserved', 'released')`,
    numerator: 'count(*) filter (where f.called)',
    denominator: 'count(*)',
    by: place,
    estimates: false,
  },
  'directory-coverage': {
    label: { zh: '在产企业覆盖率', en: 'Coverage of makers' },
    definition: {
      zh: '名录中在产的企业（按产品计）中，期间内被抽到样品的 ÷ 名录中在产的。名录由各机关自行维护，以可见的为限。',
      en: 'Of the firms that the directory lists as making a product, those sampled for it in the period. Each office keeps its own directory; what may be seen counts.',
    },
    unit: 'percent',
    source: 'directory',
    period: { label: { zh: '抽样日期', en: 'day of sampling' }, column: '' },
    base: 'true',
    numerator: 'count(*) filter (where f.covered)',
    denominator: 'count(*)',
    by: ['product'],
    estimates: false,
  },
  'closure-rate': {
    label: { zh: '督办办结率', en: 'Supervised closure rate' },
    definition: {
      zh: '期间内移交的结果处理事项中，已凭证据办结的 ÷ 全部（退回、撤销和转下级的不重复计）。计划要求 100 %。',
      en: 'Of the loops of result handling opened in the period, those closed with their evidence; returned, annulled and passed-on ones are not counted twice. Plans ask for 100 %.',
    },
    unit: 'percent',
    source: 'loop',
    period: { label: { zh: '移交日期', en: 'day of the hand-over' }, column: 'opened_on' },
    base: `f.state not in ('returned', 'annulled', 'passed-on')`,
    numerator: 'count(*) filter (where f.closed_on is not null)',
    denominator: 'count(*)',
    by: ['city', 'county', 'organiser', 'source', 'month'],
    estimates: false,
  },
} as const satisfies Record<string, FigureSpec>;
export type FigureKey = keyof typeof figures;

export const figureKeys = Object.keys(figures) as [FigureKey, ...FigureKey[]];
export const dimensionKeys = Object.keys(dimensions) as [Dimension, ...Dimension[]];
export const figureOf = (key: FigureKey): FigureSpec => figures[key];
