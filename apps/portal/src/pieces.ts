import { day, dayWithWeekday } from './dates.ts';
import { drawKind, labelOfKind } from './kinds.ts';
import { chinese, type Label, tell, type View } from './language.ts';
import { html, type Markup } from './markup.ts';
import type { PublicEntry } from './public-record.ts';

type Text = string | number | Markup | null | undefined | false;

/** `act`: something is wrong and must be read; `warn`: mind this; `good` and `link`: as they say. */
export function notice(tone: 'act' | 'warn' | 'good' | 'link', ...paragraphs: Text[]): Markup {
  return html`<div class="notice ${tone}">${paragraphs.filter(Boolean).map((text) => html`<p>${text}</p>`)}</div>`;
}

/** Names and values; a value that is absent leaves its row out. */
export function facts(rows: readonly (readonly [string, Text])[]): Markup {
  const told = rows.filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '');
  return html`<dl class="facts">${told.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function section(id: string, title: Text, ...content: Text[]): Markup {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;
}

/** What stands of an entry: nothing special, corrected by another, or withdrawn. */
export function standing(entry: PublicEntry): 'valid' | 'corrected' | 'withdrawn' {
  if (entry.withdrawnAt === null) return 'valid';
  return entry.replacedBy === null ? 'withdrawn' : 'corrected';
}

const standings: Record<'corrected' | 'withdrawn', Label> = {
  corrected: { zh: '已被新版替代', en: 'Replaced' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
};

/** A draw goes from stage to stage: the stages before were not wrong, only earlier. */
const isEarlierStage = (entry: PublicEntry): boolean => entry.kind === drawKind && standing(entry) === 'corrected';

export function standingChip(view: View, entry: PublicEntry): Markup | null {
  const now = standing(entry);
  if (now === 'valid') return null;
  const label = isEarlierStage(entry) ? { zh: '前一阶段', en: 'Earlier stage' } : standings[now];
  return html`<span class="chip ${now}">${tell(view, label)}</span>`;
}

/** Where an entry is read. */
export const addressOf = (entry: Pick<PublicEntry, 'id'>): string => `/records/${encodeURIComponent(entry.id)}`;

/** Newest first, each with its day, kind, office, and whether it still stands. `more` adds a line of its own. */
export function entryList(
  view: View,
  entries: readonly PublicEntry[],
  { kind = true, more = () => null }: { kind?: boolean; more?: (entry: PublicEntry) => Text } = {},
): Markup {
  const rows = entries.map((entry) => {
    const gone = standing(entry) === 'withdrawn';
    return html`<li><time datetime="${day(entry.publishedAt)}">${day(entry.publishedAt)}</time><div>
<p class="entry-title"><a href="${addressOf(entry)}">${gone ? html`<s>${tell(view, entry.title)}</s>` : tell(view, entry.title)}</a> ${standingChip(view, entry)}</p>
<p class="soft small dotted">${kind && html`<span>${tell(view, labelOfKind(entry.kind))}</span>`}<span>${tell(view, entry.office)}</span></p>${more(entry)}</div></li>`;
  });
  return html`<ol class="entries">${rows}</ol>`;
}

/** The head of an entry's page: what it is, its title, who published it and when, and whether it still stands. */
export function entryHead(view: View, entry: PublicEntry, region: Text, kind: Text): Markup {
  const { say } = view;
  return html`<header class="head"><p class="kind">${kind} ${standingChip(view, entry)}</p>
<h1>${tell(view, entry.title)}</h1>
<p class="soft dotted"><span>${tell(view, entry.office)}</span>${region !== null && html`<span>${region}</span>`}<span>${say('发布于', 'published')} <time datetime="${entry.publishedAt}">${dayWithWeekday(view, entry.publishedAt)}</time></span></p></header>
${standingNotice(view, entry)}`;
}

function standingNotice(view: View, entry: PublicEntry): Markup | null {
  const { say } = view;
  if (isEarlierStage(entry))
    return notice(
      'link',
      html`${say('这是较早的阶段。', 'This is an earlier stage.')} <a href="${addressOf({ id: entry.replacedBy ?? '' })}">${say('查看现在的阶段', 'See the stage it has reached')}</a>`,
    );
  const reason = entry.reason === null ? null : html`${say('理由：', 'Reason: ')}${chinese(view, entry.reason)}`;
  switch (standing(entry)) {
    case 'withdrawn':
      return notice(
        'act',
        html`<strong>${say('本条已撤回，不再有效。', 'This entry was withdrawn and no longer holds.')}</strong> ${say('撤回日期', 'Withdrawn on')} ${day(entry.withdrawnAt ?? '')}${say('。', '.')}`,
        reason,
      );
    case 'corrected':
      return notice(
        'warn',
        html`<strong>${say('本条已被新版替代。', 'This entry was replaced.')}</strong> <a href="${addressOf({ id: entry.replacedBy ?? '' })}">${say('查看现行版本', 'Read the version in force')}</a>${say('。下面是当时的内容。', '. What follows is what it said then.')}`,
        reason,
      );
    case 'valid':
      return entry.replaces === null || entry.kind === drawKind
        ? null
        : notice(
            'link',
            html`${say('本条替代了较早的版本。', 'This entry replaces an earlier one.')} <a href="${addressOf({ id: entry.replaces })}">${say('查看被替代的版本', 'Read the one it replaced')}</a>`,
          );
  }
}

/** `wide` columns get a third of the table. */
export interface Column {
  name: string;
  numeric?: boolean;
  wide?: boolean;
}

/** A table that becomes a list of labelled pairs on a narrow screen, and stays a table for screen readers. */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Text[])[]): Markup {
  const head = columns.map(
    ({ name, numeric, wide }) =>
      html`<th scope="col" role="columnheader"${numeric && html` class="numeric"`}${wide && html` class="third"`}>${name}</th>`,
  );
  const body = rows.map((cells) => {
    const told = cells.map((cell, index) => {
      const { name, numeric } = columns[index]!;
      const kind = numeric ? html` class="numeric"` : null;
      const empty = cell === null || cell === undefined || cell === false || cell === '';
      const content = empty ? null : html`<div>${cell}</div>`;
      return index === 0
        ? html`<th scope="row" role="rowheader" data-name="${name}"${kind}>${content}</th>`
        : html`<td role="cell" data-name="${name}"${kind}>${content}</td>`;
    });
    return html`<tr role="row">${told}</tr>`;
  });
  return html`<table role="table" class="sheet"><caption class="visually-hidden">${caption}</caption><thead role="rowgroup"><tr role="row">${head}</tr></thead><tbody role="rowgroup">${body}</tbody></table>`;
}

/**
 * One page of a list and the links to the others; `asked` is a number from 1, or `all`, which lists everything, for printing.
 * `at` gives the address of a page.
 */
export function paged<T>(
  view: View,
  items: readonly T[],
  length: number,
  asked: string | undefined,
  at: (page: string) => string,
): { page: readonly T[]; pager: Markup | null } {
  const { say } = view;
  const pages = Math.ceil(items.length / length);
  if (pages <= 1 || asked === 'all') return { page: items, pager: null };
  const number = Math.min(Math.max(1, Number.parseInt(asked ?? '1', 10) || 1), pages);
  const link = (to: number, rel: string, text: string): Markup =>
    html`<a rel="${rel}" href="${at(String(to))}">${text}</a>`;
  return {
    page: items.slice((number - 1) * length, number * length),
    pager: html`<div class="paging">${number > 1 && link(number - 1, 'prev', say('上一页', 'Previous'))}<span class="soft">${say(`第 ${number} 页，共 ${pages} 页`, `Page ${number} of ${pages}`)}</span>${number < pages && link(number + 1, 'next', say('下一页', 'Next'))}<a href="${at('all')}">${say('全部列出，便于打印', 'List all, for printing')}</a></div>`,
  };
}

/** A long code that may break anywhere. */
export const code = (text: string): Markup => html`<code>${text}</code>`;

/** Whole numbers with groups of three: 12,800. */
export const grouped = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
