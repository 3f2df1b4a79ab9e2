import { randomUUID } from 'node:crypto';
import type { TestKernel } from '@hengjian/kernel/testing';
import type { Campaign } from './campaign-fixture.ts';

export const items = [
  { item: '导体电阻', method: 'GB/T 3048.4', limit: '≤7.41', unit: 'Ω', severity: 'A', judge: 'rounded' },
  { item: '绝缘厚度', method: 'GB/T 2951.11', limit: '≥0.7', unit: 'mm', severity: 'B', judge: 'rounded' },
  { item: '标志', method: 'GB/T 6995', limit: '应清晰、耐擦', unit: null, severity: 'C', judge: 'full' },
];

/** Plan, scheme and rules as their own domain leaves them, written by the owner: those lifecycles have their own tests. */
export async function prepare(
  kernel: TestKernel,
  kind: string,
  verdictRule: string,
  publishedOn: string | null,
  separate: boolean,
  regime = 'product',
  tested: readonly object[] = items,
): Promise<{ scheme: string; rules: string }> {
  const [plan, scheme, rules] = [randomUUID(), randomUUID(), randomUUID()];
  const record = [430, '43', '{}'];
  await kernel.database.asOwner(async (tx) => {
    await tx.query(
      `insert into sampling.plan (id, home, office, parties, state, year, name, kind, level, items, batches, budget, duplicates, subordinates, regime)
       values ($1, $2, $3, $4, 'inForce', 2026, '2026年计划', $5, 'provincial', '[]', 1, 1, '[]', '[]', $6)`,
      [plan, ...record, kind, regime],
    );
    await tx.query(
      `insert into sampling.scheme (id, home, office, parties, state, plan, year, name, product, product_name, scope, division, schedule_from,
         schedule_until, separate_bodies, design_basis, sample_size, acceptance, batches, visit_cost, unit_price, testing_fee, cost_per_batch, cost, budget)
       values ($1, $2, $3, $4, 'approved', $5, 2026, '电线电缆抽查方案', 'P201', '电线电缆', '全省', '省局', '2026-03-01', '2026-10-31', $6, 'fixed', 2, 0, 2, 1, 1, 1, 1, 1, 1)`,
      [scheme, ...record, plan, separate],
    );
    await tx.query(
      `insert into sampling.rules (id, home, office, parties, state, scheme, product, product_name, version, method, items, test_sample, spare_sample,
         sample_unit, minimum_stock, verdict_rule, reviews, published_on)
       values ($1, $2, $3, $4, 'published', $5, 'P201', '电线电缆', 1, '随机抽取', $6, 2, 2, '卷', 10, $7, '[]', $8)`,
      [rules, ...record, scheme, JSON.stringify(tested), verdictRule, publishedOn],
    );
  });
  return { scheme, rules };
}

/** A scheme with its rules, beside the campaign's own. */
export const anotherScheme = (
  campaign: Campaign,
  {
    kind = 'supervision',
    verdictRule = 'any-item',
    publishedOn = '2026-03-01' as string | null,
    separate = false,
    regime = 'product',
    tested = items as readonly object[],
  } = {},
): Promise<{ scheme: string; rules: string }> =>
  prepare(campaign.kernel, kind, verdictRule, publishedOn, separate, regime, tested);

/** Opens the campaign; another domain that the flows reach is put beside it. */
