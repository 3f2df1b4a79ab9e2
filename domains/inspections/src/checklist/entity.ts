import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';

export const severities = {
  minor: { zh: '一般', en: 'Minor' },
  major: { zh: '较重', en: 'Major' },
  critical: { zh: '严重', en: 'Critical' },
} as const;
export type Severity = keyof typeof severities;

export const outcomes = {
  met: { zh: '符合', en: 'Met' },
  'not-met': { zh: '不符合', en: 'Not met' },
  'not-applicable': { zh: '不适用', en: 'Not applicable' },
} as const;
export type OutcomeKind = keyof typeof outcomes;

const answerKinds = {
  choice: { zh: '选择', en: 'Choice' },
  number: { zh: '数值', en: 'Number' },
  text: { zh: '文字', en: 'Text' },
  date: { zh: '日期', en: 'Date' },
} as const;

const key = (zh: string, en: string) => field.text(zh, { en, max: 64, pattern: /^[A-Za-z_][A-Za-z0-9_.-]*$/ });

export const ItemField = z.object({
  key: key('编号', 'Key'),
  group: optional(field.text('分组', { en: 'Group', max: 100 })),
  text: field.text('检查内容', { en: 'What is checked', max: 500 }),
  textEn: optional(field.text('检查内容（英文）', { en: 'What is checked, in English', max: 500 })),
  clause: optional(field.text('依据条款', { en: 'Clause', max: 300 })),
  kind: field.choice('回答方式', answerKinds, { en: 'Kind of answer' }),
  choices: optional(
    field.list(
      '选项',
      z.object({
        value: field.text('值', { en: 'Value', max: 64 }),
        label: field.text('名称', { en: 'Label', max: 200 }),
        labelEn: optional(field.text('名称（英文）', { en: 'Label, in English', max: 200 })),
        outcome: field.choice('结论', outcomes, { en: 'Outcome' }),
      }),
      { en: 'Choices', max: 30 },
    ),
  ),
  least: optional(field.decimal('下限', { en: 'At least' })),
  most: optional(field.decimal('上限', { en: 'At most' })),
  severity: field.choice('不符合时', severities, { en: 'If not met' }),
  required: field.flag('必查', { en: 'Must be answered' }),
  photo: field.flag('须拍照', { en: 'Needs a photograph' }),
  hint: optional(field.text('提示', { en: 'Hint', max: 500 })),
  when: optional(
    field.object(
      '适用条件',
      {
        item: key('项目', 'Item'),
        is: field.flag('等于', { en: 'Is' }),
        value: field.text('值', { en: 'Value', max: 64 }),
      },
      { en: 'Only when' },
    ),
  ),
});
export type Item = z.infer<typeof ItemField>;

/** What was not taken over from a form, row by row. */
const ReportField = z.object({
  sheet: field.text('工作表', { en: 'Sheet', max: 40 }),
  row: field.integer('行', { en: 'Row' }),
  column: optional(field.text('列', { en: 'Column', max: 60 })),
  code: field.text('代码', { en: 'Code', max: 60 }),
  zh: field.text('说明', { en: 'In Chinese', max: 500 }),
  en: field.text('说明（英文）', { en: 'In English', max: 500 }),
  left: field.flag('该行未导入', { en: 'The row was left out' }),
});
export type ReportLine = z.infer<typeof ReportField>;

export const draftShape = {
  code: key('检查表编号', 'Code of the checklist'),
  name: field.text('检查表名称', { en: 'Name', max: 120, public: true }),
  matter: field.text('检查事项', {
    en: 'Matter',
    max: 120,
    public: true,
    help: { zh: '须在公布的行政检查事项清单内。', en: 'It stands in the published list of matters.' },
  }),
  items: field.list('检查项目', ItemField, { en: 'Items', max: 500 }),
  unread: optional(field.list('未能导入的内容', ReportField, { en: 'What could not be read', max: 2_000 })),
};

/** 检查表: a versioned template whose every item is bound to a clause; what was answered keeps the version that it answered. */
export const Checklist = entity(
  'inspections.checklist',
  { zh: '检查表', en: 'Checklist' },
  {
    fields: {
      ...draftShape,
      version: field.integer('版本', { en: 'Version', min: 1, public: true }),
      replaces: optional(field.reference('替代', 'inspections.checklist', { en: 'Replaces' })),
      reviewOpinion: optional(field.longText('审核意见', { en: 'Opinion of the review', max: 2000 })),
      publishedOn: optional(field.date('启用日期', { en: 'In force from', public: true })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
    },
    title: (row) => `${row.name} v${row.version}`,
    words: (row) => [row.matter, row.code],
    purpose: {
      zh: '检查表模板，可从 XLSForm 导入；每一项都要有条款，经他人审核后启用，改动就是新版本。',
      en: 'Templates of inspections, imported from XLSForm: each item with its clause, reviewed by another person, changed only by a new version.',
    },
  },
);
export type ChecklistRow = RecordRow<typeof Checklist>;
