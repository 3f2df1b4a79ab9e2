import { type Act, field, lifecycle, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { Enterprise, type EnterpriseRow, factsOf } from '../enterprise/entity.ts';
import { readEnterprise, readers } from '../enterprise/reading.ts';
import { QualityIssue, type QualityIssueRow } from './entity.ts';
import { canBeExamined, examine } from './rules.ts';

const report = z.strictObject({
  enterprise: field.reference('经营主体', Enterprise.name, { en: 'Business entity' }),
  property: optional(field.text('涉及项目', { en: 'Field' })),
  value: optional(field.text('所涉内容', { en: 'Value' })),
  problem: field.longText('问题', { en: 'Problem' }),
});
const resolve = z.strictObject({ evidence: field.longText('核实情况和依据', { en: 'Evidence', max: 2_000 }) });

/** 数据准确、标识规范: an issue ends with evidence that the entry is right now, or with the reason why it is none. */
export const qualityIssueLifecycle = lifecycle(QualityIssue, {
  editions: [
    { name: '2026', basis: '《组织机构统一社会信用代码管理办法》（市场监管总局令第112号）', inForce: '2000-01-01' },
  ],
  states: {
    found: { zh: '待核实', en: 'Found' },
    resolved: { zh: '已核实更正', en: 'Resolved', closed: true },
    dismissed: { zh: '已排除', en: 'Dismissed', closed: true },
  },
  readers,
  ingestible: ['found'],
  columns: ['rule', 'value', 'foundOn'],
  documents: { evidence: { zh: '核实材料', en: 'Evidence' } },
  actions: {
    report: on({
      label: { zh: '报告资料问题', en: 'Report an issue' },
      from: null,
      to: 'found',
      by: ['data-steward', 'planner', 'organiser', 'sampler', 'result-handler'],
      basis: '主体库管理制度：使用单位发现错误即报',
      input: report,
      run: async (_row: QualityIssueRow, input, act: Act) => ({
        enterpriseName: (await readEnterprise(act.sql, input.enterprise)).name,
        rule: 'reported-by-officer' as const,
        problemEnglish: input.problem,
        foundOn: act.today,
      }),
    }),
    resolve: on({
      label: { zh: '核实更正', en: 'Resolve' },
      from: 'found',
      to: 'resolved',
      by: ['data-steward'],
      basis: '主体库管理制度：凭依据销号',
      input: resolve,
      check: (row: QualityIssueRow, _input, act: Act) => isMended(row, act),
    }),
    dismiss: on({
      label: { zh: '排除', en: 'Dismiss' },
      from: 'found',
      to: 'dismissed',
      by: ['data-steward'],
      basis: '主体库管理制度：说明理由',
      input: z.strictObject({ evidence: field.longText('不作为问题的理由', { en: 'Why it is none', max: 2_000 }) }),
    }),
  },
});

/** Asks the rule again: an issue cannot be called resolved while the register still shows it. */
async function isMended(issue: QualityIssueRow, act: Act): Promise<true | Refusal> {
  if (!canBeExamined(issue.rule)) return true;
  const enterprise = await readEnterprise(act.sql, issue.enterprise);
  if (enterprise.state === 'merged' || enterprise.state === 'voided') return true;
  const still =
    issue.rule === 'credit-code-shared'
      ? await isShared(enterprise, act)
      : examine(factsOf(enterprise), act.today).some(({ rule }) => rule === issue.rule);
  return (
    !still ||
    refuse(
      'still-there',
      '主体资料中这个问题仍然存在，请先更正资料；确认无误的，请说明理由后排除。',
      'The register still shows this. Correct the entry first, or dismiss the issue with a reason.',
    )
  );
}

async function isShared({ creditCode }: EnterpriseRow, act: Act): Promise<boolean> {
  if (!creditCode) return false;
  return (await act.sql.query('select id from subjects.code_holders($1::text[])', [[creditCode]])).length > 1;
}
