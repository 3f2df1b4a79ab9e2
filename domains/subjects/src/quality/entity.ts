import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { type Rule, rules } from './rules.ts';

export const QualityIssue = entity(
  'subjects.quality-issue',
  { zh: '资料质量问题', en: 'Quality issue' },
  {
    fields: {
      enterprise: field.reference('经营主体', 'subjects.enterprise', { en: 'Business entity' }),
      enterpriseName: field.text('主体名称', { en: 'Name' }),
      rule: field.choice('问题类别', rules, { en: 'Rule' }),
      property: optional(field.text('涉及项目', { en: 'Field' })),
      value: optional(field.text('所涉内容', { en: 'Value' })),
      problem: field.longText('问题', { en: 'Problem' }),
      problemEnglish: field.longText('问题（英文）', { en: 'Problem in English' }),
      foundOn: field.date('发现日', { en: 'Found on' }),
      foundIn: optional(field.reference('发现于导入', 'subjects.import', { en: 'Found in import' })),
      evidence: optional(field.longText('核实情况和依据', { en: 'Evidence' })),
    },
    title: (row) => `${row.enterpriseName}：${rules[row.rule as Rule].zh}`,
    subject: (row) => ({ id: row.enterprise, name: row.enterpriseName }),
    purpose: {
      zh: '主体资料中要核实的地方：由导入和规则发现，或由工作人员报告，核实后凭依据销号。',
      en: 'What has to be verified in the register: found by imports and rules or reported by officers, closed with evidence.',
    },
  },
);
export type QualityIssueRow = RecordRow<typeof QualityIssue>;
