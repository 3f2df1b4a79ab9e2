import type { Answer, Block, Text, WorkedStep } from '@hengjian/workbench';
import { words } from '@hengjian/workbench';
import { chinese, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import { facts, notice } from '../pieces.ts';
import { curveFigure } from './workbench-curve.ts';

const tones = {
  plain: { name: 'link', sign: '' },
  good: { name: 'good', sign: '✓ ' },
  bad: { name: 'act', sign: '✗ ' },
  open: { name: 'warn', sign: '○ ' },
} as const;

function text(view: View, words: Text): string | Markup {
  return typeof words === 'string' ? chinese(view, words) : tell(view, words);
}

/** What was found, first in one sentence and then with everything that leads to it. */
export function answerMarkup(view: View, answer: Answer): Markup {
  const { name, sign } = tones[answer.tone];
  return html`<section class="stack" aria-labelledby="answer-title"><h2 id="answer-title" class="visually-hidden" tabindex="-1">${tell(view, words.result)}</h2>
<div class="notice ${name} headline"><p><strong>${sign}${tell(view, answer.headline)}</strong></p></div>
${answer.blocks.map((block, index) => blockMarkup(view, block, index))}
<p class="actions screen-only"><button type="button" hidden data-copy data-copied="${view.language === 'zh' ? words.copied.zh : words.copied.en}">${tell(view, words.copy)}</button><button type="button" hidden data-print>${tell(view, words.print)}</button></p></section>`;
}

function blockMarkup(view: View, block: Block, index: number): Markup {
  const id = `part-${index}`;
  switch (block.kind) {
    case 'facts': {
      const rows = block.rows.map(
        ({ name, value, note }) =>
          [
            view.language === 'zh' ? name.zh : name.en,
            html`${text(view, value)}${note !== undefined && html` <span class="soft small">${tell(view, note)}</span>`}`,
          ] as const,
      );
      return html`<section${block.title !== undefined && html` aria-labelledby="${id}"`}>${block.title !== undefined && html`<h3 id="${id}">${tell(view, block.title)}</h3>`}${facts(rows)}</section>`;
    }
    case 'table':
      return html`<section aria-labelledby="${id}"><h3 id="${id}">${tell(view, block.title)}</h3>${tableMarkup(view, block)}</section>`;
    case 'curve':
      return html`<section aria-labelledby="${id}"><h3 id="${id}">${tell(view, block.title)}</h3><p class="soft small">${tell(view, block.about)}</p><div class="bench-curve">${curveFigure(view, block, id)}${tableMarkup(view, block.table)}</div></section>`;
    case 'steps':
      return html`<section aria-labelledby="${id}"><h3 id="${id}">${tell(view, block.title)}</h3><ol class="bench-steps">${block.steps.map((step) => stepMarkup(view, step))}</ol></section>`;
    case 'notice':
      return notice(block.tone, tell(view, block.text));
    case 'marked':
      return html`<section aria-labelledby="${id}"><h3 id="${id}">${tell(view, block.title)}</h3>${markedMarkup(view, block)}</section>`;
  }
}

/** Columns of numbers stay a table on a phone too: they are read down, not across. */
function tableMarkup(view: View, block: Extract<Block, { kind: 'table' }>): Markup {
  const kindOf = (index: number): Markup | null =>
    block.columns[index]?.numeric === true ? html` class="numeric"` : null;
  const head = block.columns.map(({ name }, index) => html`<th scope="col"${kindOf(index)}>${tell(view, name)}</th>`);
  const rows = block.rows.map((cells) => {
    const told = cells.map((cell, index) =>
      index === 0
        ? html`<th scope="row"${kindOf(index)}>${text(view, cell)}</th>`
        : html`<td${kindOf(index)}>${text(view, cell)}</td>`,
    );
    return html`<tr>${told}</tr>`;
  });
  return html`<table class="bench-table"><caption class="visually-hidden">${tell(view, block.title)}</caption><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}

function stepMarkup(view: View, step: WorkedStep): Markup {
  const { when, weight } = step;
  return html`<li${weight !== undefined && html` class="${weight}"`}>${when !== undefined && html`<span class="when">${when}</span>`}<span>${text(view, step.text)}</span></li>`;
}

/** A number character by character; a wrong one is boxed and carries its place. */
function markedMarkup(view: View, { text: written, wrong }: Extract<Block, { kind: 'marked' }>): Markup {
  const characters = Array.from(written);
  const missing = wrong.filter((place) => place > characters.length);
  const boxes = characters.map((character, index) =>
    wrong.includes(index + 1)
      ? html`<mark title="${view.say(`第 ${index + 1} 位`, `character ${index + 1}`)}">${character === ' ' ? '␠' : character}</mark>`
      : character,
  );
  return html`<p class="marked"><code>${boxes}${missing.length > 0 && html`<mark title="${view.say('缺字', 'missing')}">_</mark>`}</code></p>`;
}
