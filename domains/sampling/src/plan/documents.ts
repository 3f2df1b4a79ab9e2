import type { Paper } from '@hengjian/kernel';
import { type PlanRow, planKinds, regimes } from './entity.ts';
import { kindRule } from './kinds.ts';

/** 监督抽查年度计划: the plan as it was approved. */
export const planPaper = (row: PlanRow): Paper => ({
  template: 'sampling-plan',
  title: `${row.year}年度${planKinds[row.kind].zh}计划`,
  content: {
    name: row.name,
    year: row.year,
    kind: planKinds[row.kind].zh,
    items: row.items,
    batches: row.batches,
    budget: row.budget,
    duplicates: row.duplicates,
    governedBy: regimes[row.regime].zh,
    ground: row.ground ?? null,
    kindClause: kindRule(row.regime, row.kind).clause.zh,
    coverage: row.coverage,
  },
});

/** 备案报告: the letter with which the plan goes to the next higher authority (order 18 art. 11(2)). */
export const filingPaper = (row: PlanRow): Paper => ({
  template: 'sampling-plan-filing',
  title: `关于报送${row.year}年度${planKinds[row.kind].zh}计划备案的报告`,
  content: {
    name: row.name,
    year: row.year,
    filedWith: row.filedWith,
    filingNumber: row.filingNumber,
    filedUpward: row.filedUpward,
  },
});
