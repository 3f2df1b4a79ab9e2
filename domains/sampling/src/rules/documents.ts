import type { Paper } from '@hengjian/kernel';
import type { RulesRow } from './entity.ts';

/** 实施细则 as it is printed, with the joint review. */
export const rulesPaper = (row: RulesRow): Paper => ({
  template: 'sampling-rules',
  title: `${row.productName}产品质量监督抽查实施细则`,
  content: {
    product: row.productName,
    version: row.version,
    method: row.method,
    items: row.items,
    testSample: row.testSample,
    spareSample: row.spareSample,
    sampleUnit: row.sampleUnit,
    minimumStock: row.minimumStock,
    verdictRule: row.verdictRule,
    retestDays: row.retestDays,
    reviews: row.reviews.map(({ name, part, agrees, opinion, on }) => ({ name, part, agrees, opinion, on })),
  },
});
