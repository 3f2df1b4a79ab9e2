import { type Refusal, refuse } from '@hengjian/kernel';
import { findVerdictRule } from '../task/items.ts';
import { checkDecision } from './decision.ts';
import type { Item, Review } from './entity.ts';

/** Rules hold at least one item, no item twice under the same method, and a verdict rule that can be applied as worded. */
export function checkContent({ items, verdictRule }: { items: readonly Item[]; verdictRule: string }): true | Refusal {
  if (items.length === 0)
    return refuse('no-items', '实施细则没有检验项目。', 'The rules hold no item to test.', 'items');
  const seen = new Set<string>();
  for (const [index, line] of items.entries()) {
    const { item, method } = line;
    const sound = checkDecision(line, `items.${index}`);
    if (sound !== true) return sound;
    const key = `${item}\n${method}`;
    if (seen.has(key))
      return refuse(
        'item-twice',
        `检验项目“${item}”重复。`,
        `The item ${item} is listed twice.`,
        `items.${index}.item`,
      );
    seen.add(key);
  }
  return (
    findVerdictRule(verdictRule) !== undefined ||
    refuse(
      'verdict-rule-unclear',
      '判定规则无法据以判定，请写明何种不合格即判产品不合格。',
      'The verdict rule cannot be applied as worded; say which failures fail the batch.',
      'verdictRule',
    )
  );
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
