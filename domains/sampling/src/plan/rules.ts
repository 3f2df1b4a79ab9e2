import type { Refusal } from '@hengjian/kernel';
import { refuse } from '@hengjian/kernel';
import { Decimal } from 'decimal.js';
import type { Duplicate, PlanItem, PlanKind, PlanLevel } from './entity.ts';

const ORDER: readonly PlanLevel[] = ['national', 'provincial', 'city', 'county'];

/** Level of an organ by its region code (GB/T 2260): two, four or six significant digits. */
export function levelOfRegion(region: string): PlanLevel {
  if (/^\d{2}(?:0000)?$/.test(region)) return 'provincial';
  return /^\d{4}(?:00)?$/.test(region) ? 'city' : 'county';
}

/** Batches and yuan of all items; the sum of money is exact. */
export function totalsOf(items: readonly PlanItem[]): { batches: number; budget: string } {
  const budget = items.reduce((sum, item) => sum.plus(item.budget), new Decimal(0));
  return { batches: items.reduce((sum, item) => sum + item.batches, 0), budget: budget.toFixed(2) };
}

/** A plan names at least one product and each once. */
export function checkItems(items: readonly PlanItem[]): true | Refusal {
  if (items.length === 0) return refuse('plan-empty', '计划中没有产品。', 'The plan names no product.', 'items');
  const seen = new Set<string>();
  for (const [index, { product, productName }] of items.entries()) {
    if (seen.has(product))
      return refuse(
        'product-twice',
        `“${productName}”在计划中出现了两次。`,
        `${productName} is in the plan twice.`,
        `items.${index}.product`,
      );
    seen.add(product);
  }
  return true;
}

/** Another plan of the same year, as far as duplication goes. */
export interface OtherPlan {
  name: string;
  level: PlanLevel;
  issuer: string;
  products: readonly string[];
}

/** Products of the plan that other plans hold too, superiors first. */
export function duplicatesIn(items: readonly PlanItem[], level: PlanLevel, others: readonly OtherPlan[]): Duplicate[] {
  const own = ORDER.indexOf(level);
  return [...others]
    .sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level))
    .flatMap((other) => {
      const theirs = ORDER.indexOf(other.level);
      const relation = theirs < own ? 'superior' : theirs === own ? 'own' : 'subordinate';
      return items
        .filter(({ product }) => other.products.includes(product))
        .map(
          ({ product, productName }): Duplicate => ({
            product,
            productName,
            relation,
            plan: other.name,
            issuer: other.issuer,
          }),
        );
    });
}

/**
 * Whether a superior's product bars the plan (产品质量法 art. 15(2)). Linked sampling is done together with the superior,
 * follow-up and emergencies answer to one failure or event (order 18 art. 8(3)), and monitoring is no supervision sampling.
 */
export function barredBySuperior(kind: PlanKind, duplicates: readonly Duplicate[]): Duplicate[] {
  return kind === 'supervision' || kind === 'special'
    ? duplicates.filter(({ relation }) => relation === 'superior')
    : [];
}
