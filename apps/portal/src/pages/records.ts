import { isCreditCode } from '@hengjian/identifiers';
import { kinds, labelOfKind } from '../kinds.ts';
import { address, chinese, type Label, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { entryList } from '../pieces.ts';
import type { PublicQuery } from '../public-record.ts';
import type { Site } from '../site.ts';
import { validBefore } from './draws.ts';

const shown = 30;
/** So many of the latest entries say for which regions there is something to choose. */
const regarded = 500;

/** Where a search goes that names one thing exactly: a credit code, a paper's checksum. Undefined for words. */
export function exactAddress(words: string | undefined): string | undefined {
  const text = words?.trim() ?? '';
  if (isCreditCode(text) || /^[0-9A-HJ-NPQRTUWXY]{18}$/i.test(text)) return `/enterprises/${text.toUpperCase()}`;
  if (/^[0-9a-f]{64}$/i.test(text)) return `/verify/${text.toLowerCase()}`;
  return undefined;
}

function queryOf({ query: { kind, q, region, subject, before } }: View): Omit<PublicQuery, 'limit'> {
  const words = q?.trim().slice(0, 100);
  const from = validBefore(before);
  return {
    ...(kind && { kind: kind.slice(0, 80) }),
    ...(words && { q: words }),
    ...(region && /^\d{2,12}$/.test(region) && { region }),
    ...(subject && isCreditCode(subject) && { subject }),
    ...(from && { before: from }),
  };
}

/** Regions for which something is public, each with the ones above it, in the order of their codes. */
async function regionsOf(site: Site, chosen: string | undefined): Promise<{ code: string; label: Label }[]> {
  const entries = await site.reader.list({ limit: regarded });
  const codes = new Set(
    entries.flatMap(({ region }) => [`${region.slice(0, 2)}0000`, `${region.slice(0, 4)}00`, region.slice(0, 6)]),
  );
  if (chosen !== undefined) codes.add(chosen);
  return [...codes].sort().flatMap((code) => {
    const label = site.regionName(code);
    return label === undefined ? [] : [{ code, label }];
  });
}

/** The public record as a list whose address holds its filters. */
export async function recordsPage(site: Site, view: View): Promise<Page> {
  const { say } = view;
  const query = queryOf(view);
  const { before, ...filters } = query;
  const [found, regions] = await Promise.all([
    site.reader.list({ ...query, limit: shown + 1 }),
    regionsOf(site, query.region),
  ]);
  const entries = found.slice(0, shown);
  const oldest = found.length > shown ? entries.at(-1) : undefined;
  const feed = address('/api/public/records.atom', filters);
  const title =
    query.q === undefined
      ? say('公开记录', 'Public records')
      : say(`“${query.q}”的公开记录`, `Public records: ${query.q}`);
  return {
    title,
    feed,
    body: html`<header class="head"><h1>${title}</h1></header>
${filterForm(view, query, regions)}
${entries.length > 0 ? entryList(view, entries) : emptyList(view, Object.keys(filters).length > 0)}
<div class="paging">${before !== undefined && html`<a href="${address('/records', filters)}">${say('回到最新', 'Back to the latest')}</a>`}${oldest !== undefined && html`<a rel="next" href="${address('/records', { ...filters, before: oldest.publishedAt })}">${say('更早的记录', 'Earlier records')}</a>`}</div>
<p class="soft small dotted exports"><span>${say('同一份清单：', 'The same list:')} <a href="${address('/api/public/records', query)}">JSON</a></span><span><a href="${address('/api/public/records.csv', query)}">CSV</a></span><span><a href="${feed}">${say('订阅（Atom）', 'Atom feed')}</a></span></p>`,
  };
}

function filterForm(
  view: View,
  { kind, q, region, subject }: Omit<PublicQuery, 'limit'>,
  regions: readonly { code: string; label: Label }[],
): Markup {
  const { say } = view;
  const option = (value: string, label: Label, chosen: boolean): Markup =>
    html`<option value="${value}"${chosen && html` selected`}>${view.language === 'zh' ? label.zh : label.en}</option>`;
  const unknown = kind !== undefined && !kinds.some((known) => known.kind === kind);
  const narrowed = kind !== undefined || q !== undefined || region !== undefined || subject !== undefined;
  return html`<form action="/records" class="filters" role="search">
<div class="field grow"><label for="q">${say('标题中的词：产品、抽查名称', 'Words of the title: product, campaign')}</label><input id="q" name="q" type="search" maxlength="100" value="${q}"></div>
<div class="field"><label for="kind">${say('类别', 'Kind')}</label><select id="kind" name="kind"><option value="">${say('全部类别', 'All kinds')}</option>${kinds.map((known) => option(known.kind, known.plural, known.kind === kind))}${unknown && html`<option value="${kind}" selected>${kind}</option>`}</select></div>
<div class="field"><label for="region">${say('地区', 'Region')}</label><select id="region" name="region"><option value="">${say('全部地区', 'All regions')}</option>${regions.map(({ code, label }) => option(code, label, code === region))}</select></div>
${subject !== undefined && html`<input type="hidden" name="subject" value="${subject}">`}
<div class="actions"><button class="primary">${say('筛选', 'Filter')}</button>${narrowed && html`<a href="/records">${say('清除', 'Clear')}</a>`}</div>
${subject !== undefined && html`<p class="soft small whole">${say('只列与', 'Only what is about')} <a href="/enterprises/${subject}"><code>${subject}</code></a> ${say('有关的记录', '')}</p>`}</form>`;
}

function emptyList(view: View, narrowed: boolean): Markup {
  const { say } = view;
  return narrowed
    ? html`<div class="empty"><p><strong>${say('没有符合条件的公开记录。', 'No public record meets these conditions.')}</strong></p><p>${say('换短一些的词，或放宽类别和地区。查一家企业，请输入它的 18 位统一社会信用代码。', 'Try a shorter word, or fewer conditions. To look up one firm, type its 18-character credit code.')}</p><p>${say('没有查到，不等于合格，也不等于被抽查过。', 'Finding nothing means neither that a thing passed nor that it was sampled.')}</p></div>`
    : html`<div class="empty"><p><strong>${say('还没有公开过任何内容。', 'Nothing has been published yet.')}</strong></p><p>${say('这里将依次出现：抽样前公布的实施细则、抽取的承诺和结果、抽查结束后的公告。可以先订阅。', 'What will appear here: detailed rules before sampling, the commitment and result of each draw, and the bulletin at the end. You can subscribe now.')}</p></div>`;
}

/** Region of an entry as a link to everything public of that region. */
export function regionLink(site: Site, view: View, region: string): Markup | null {
  const label = site.regionName(region);
  return label === undefined ? null : html`<a href="${address('/records', { region })}">${tell(view, label)}</a>`;
}

/** Kind of an entry as a link to all of its kind. */
export function kindLink(view: View, kind: string): Markup {
  return html`<a href="${address('/records', { kind })}">${tell(view, labelOfKind(kind))}</a>${!kinds.some((known) => known.kind === kind) && html` <code class="soft">${chinese(view, kind)}</code>`}`;
}
