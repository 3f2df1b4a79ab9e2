import { chinese, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';

/** Nested content beyond this depth is shown as JSON. */
const deepest = 4;
/** Rows of a list shown before the reader is sent to the JSON. */
const shown = 100;

/** Content of a kind that has no page of its own: names and values, nested lists indented. */
export function genericBody(view: View, value: unknown, depth = 0): Markup {
  if (value === null || value === undefined || value === '') return html`<span class="soft">—</span>`;
  if (typeof value === 'boolean') return html`${value ? view.say('是', 'yes') : view.say('否', 'no')}`;
  if (typeof value === 'string') return html`<span class="lines">${chinese(view, value)}</span>`;
  if (typeof value !== 'object') return html`${String(value)}`;
  if (depth >= deepest) return html`<code>${JSON.stringify(value)}</code>`;
  if (Array.isArray(value)) {
    const items = value.slice(0, shown).map((item: unknown) => html`<li>${genericBody(view, item, depth + 1)}</li>`);
    const rest = value.length - items.length;
    return html`<ol class="generic">${items}</ol>${rest > 0 && html`<p class="soft small">${view.say(`另有 ${rest} 项，见 JSON。`, `${rest} more in the JSON.`)}</p>`}`;
  }
  const rows = Object.entries(value).map(
    ([name, inner]) => html`<div><dt>${chinese(view, name)}</dt><dd>${genericBody(view, inner, depth + 1)}</dd></div>`,
  );
  return html`<dl class="facts">${rows}</dl>`;
}
