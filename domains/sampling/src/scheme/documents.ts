import type { Paper } from '@hengjian/kernel';
import { designBases, type SchemeRow } from './entity.ts';
import type { Design } from './rules.ts';

/** 监督抽查方案: scope, division and schedule, with the design statement and its curve. */
export function schemePaper(row: SchemeRow): Paper {
  const design = row.design as unknown as Design;
  return {
    template: 'sampling-scheme',
    title: `${row.year}年${row.productName}产品质量监督抽查方案`,
    content: {
      name: row.name,
      year: row.year,
      product: row.productName,
      scope: row.scope,
      division: row.division,
      from: row.scheduleFrom,
      until: row.scheduleUntil,
      basis: designBases[row.designBasis].zh,
      n: design.n,
      c: design.c,
      clause: design.clause,
      curve: design.curve,
      power: design.power,
      statement: design.statement.zh,
      batches: row.batches,
      licensedProducers: row.coverage?.licensed ?? null,
      coverage: row.coverage?.share ? `${row.coverage.share}%` : null,
      costPerBatch: row.costPerBatch,
      cost: row.cost,
    },
  };
}
