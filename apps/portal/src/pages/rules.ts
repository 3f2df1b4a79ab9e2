import type { Rules } from '../bodies/rules.ts';
import { chinese, type Label, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import { facts, section, table } from '../pieces.ts';

const verdictRules: Record<string, Label> = {
  'any-item': {
    zh: '任一项目不合格，即判该批次不合格；A 类项目不合格的为严重不合格。',
    en: 'A batch fails when any item fails; failing an item of class A is serious.',
  },
  'class-counts': {
    zh: 'A 类 1 项、B 类 2 项，或者 B 类和 C 类合计 3 项不合格的，判该批次不合格。',
    en: 'A batch fails on one item of class A, two of class B, or three of classes B and C together.',
  },
};

const comparisons: Record<string, Label> = {
  rounded: { zh: '修约值比较', en: 'rounded value' },
  full: { zh: '全数值比较', en: 'full value' },
};

/** How a product is sampled, tested and judged. */
export function rulesBody(view: View, rules: Rules): Markup {
  const { say } = view;
  const known = (words: Record<string, Label>, key: string | null): string | Markup | null =>
    key === null
      ? null
      : words[key] === undefined
        ? html`<span class="lines">${chinese(view, key)}</span>`
        : tell(view, words[key]);
  const amount = (count: string | null): Markup | null =>
    count === null ? null : html`${count} ${rules.sampleUnit !== null && chinese(view, rules.sampleUnit)}`;
  const rows = rules.items.map(({ item, limit, unit, method, severity, judge }) => [
    chinese(view, item),
    html`${limit !== null && chinese(view, limit)}${unit !== null && html` ${chinese(view, unit)}`}`,
    method !== null && chinese(view, method),
    severity,
    known(comparisons, judge),
  ]);
  return html`${section(
    'sampling',
    say('怎么抽', 'How samples are taken'),
    rules.method !== null && html`<p class="lines">${chinese(view, rules.method)}</p>`,
    facts([
      [say('产品', 'Product'), rules.productName && chinese(view, rules.productName)],
      [say('版本', 'Version'), rules.version],
      [say('检验样品', 'Test sample'), amount(rules.testSample)],
      [say('备用样品', 'Spare sample'), amount(rules.spareSample)],
      [say('抽样基数至少', 'Least stock to sample from'), amount(rules.minimumStock)],
    ]),
  )}
${section('items', say('检什么', 'What is tested'), table(say('检验项目、要求和方法', 'Items, limits and methods'), [{ name: say('项目', 'Item') }, { name: say('要求', 'Limit') }, { name: say('方法', 'Method') }, { name: say('类别', 'Class') }, { name: say('数值比较', 'Comparison') }], rows))}
${section('verdict', say('怎么判', 'How it is judged'), html`<p>${known(verdictRules, rules.verdictRule)}</p>`, rules.retestDays !== null && html`<p>${say(`复检在 ${rules.retestDays} 日内完成。`, `A retest is done within ${rules.retestDays} days.`)}</p>`)}`;
}
