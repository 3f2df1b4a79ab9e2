import type { Refusal } from '@hengjian/kernel';
import { refuse } from '@hengjian/kernel';
import { Decimal } from 'decimal.js';
import type { Duplicate, PlanItem, PlanKind, PlanLevel, Regime } from './entity.ts';
import { kindRule } from './kinds.ts';

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
  id: string;
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
            record: other.id,
          }),
        );
    });
}

/**
 * The superiors' products that bar the plan (产品质量法 art. 15(2)). Linked sampling is done together with the superior, follow-up and
 * emergencies answer to one failure or event (order 18 art. 8(3)), monitoring is no supervision sampling, and food has no such bar.
 */
export function barredBySuperior(regime: Regime, kind: PlanKind, duplicates: readonly Duplicate[]): Duplicate[] {
  return kindRule(regime, kind).superiorBars ? duplicates.filter(({ relation }) => relation === 'superior') : [];
}

/** A kind that is exempt from something says from what it draws that (order 18 art. 8(3); practice W5). */
export function checkGround(regime: Regime, kind: PlanKind, ground: string | null | undefined): true | Refusal {
  return (
    !kindRule(regime, kind).needsGround ||
    Boolean(ground) ||
    refuse(
      'ground-missing',
      '跟踪抽查、应急抽查和风险监测须写明开展依据：针对哪一不合格结果、突发事件或者风险信号。',
      'Follow-up, emergency and monitoring must name their ground: which failure, event or signal.',
      'ground',
    )
  );
}

/** Licensed producers that so many batches can reach, in percent of those known; null when none is known. */
export function reachableShare(licensed: number, batches: number, sampled: number): string | null {
  if (licensed === 0) return null;
  const reached = Math.min(licensed, sampled + batches);
  return new Decimal(reached).times(100).div(licensed).toDecimalPlaces(1).toString();
}
