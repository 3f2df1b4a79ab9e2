import { type Refusal, refuse } from '@hengjian/kernel';
import type { Item, Review } from './entity.ts';

/** Rules hold at least one item, and no item twice under the same method. */
export function checkItemsOf(items: readonly Item[]): true | Refusal {
  if (items.length === 0) return refuse('no-items', '实施细则没有检验项目。', 'The rules hold no item to test.', 'items');
  const seen = new Set<string>();
  for (const [index, { item, method }] of items.entries()) {
    const key = `${item}\n${method}`;
    if (seen.has(key))
      return refuse('item-twice', `检验项目“${item}”重复。`, `The item ${item} is listed twice.`, `items.${index}.item`);
    seen.add(key);
  }
  return true;
}

/** The last word of a capacity, if it has spoken. */
const lastOf = (reviews: readonly Review[], part: Review['part']): Review | undefined =>
  reviews.findLast((review) => review.part === part);

/** Joint review is done when the last word of both capacities is yes, and they are two persons. */
export function isJointlyReviewed(reviews: readonly Review[]): boolean {
  const supervision = lastOf(reviews, 'supervision');
  const testing = lastOf(reviews, 'testing');
  return supervision?.agrees === true && testing?.agrees === true && supervision.person !== testing.person;
}
