import { beaconOf } from '../bodies/draw.ts';
import { day, moment } from '../dates.ts';
import { stageLabels } from '../draw-words.ts';
import { drawKind } from '../kinds.ts';
import { address, chinese, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { grouped, table } from '../pieces.ts';
import type { PublicEntry } from '../public-record.ts';
import type { Site } from '../site.ts';

const shown = 40;

/** Every draw at its present stage, newest first. */
export async function drawsPage(site: Site, view: View): Promise<Page> {
  const { say } = view;
  const before = validBefore(view.query.before);
  const found = await site.reader.list({ kind: drawKind, limit: shown + 1, ...(before && { before }) });
  const entries = found.slice(0, shown).filter(({ withdrawnAt }) => withdrawnAt === null);
  const oldest = found.length > shown ? found[shown - 1] : undefined;
  const rows = await Promise.all(entries.map((entry) => row(site, view, entry)));
  return {
    title: say('公开抽取', 'Draws'),
    feed: address('/api/public/records.atom', { kind: drawKind }),
    body: html`<header class="head"><h1>${say('公开抽取', 'Draws')}</h1>
<p class="lead">${say('抽查哪些企业不由人挑选。抽取前公布加盐的名单和规则；由事后才公布的公共随机数决定；现场工作结束后公开名称。三步都可以在您的浏览器里重算。', 'Nobody chooses who is sampled. The salted list and the rule are published first; a public random number that nobody knows yet decides; names open when the visits are over. Your browser can compute all of it again.')}</p></header>
${rows.length > 0 ? table(say('公开抽取', 'Draws'), [{ name: say('抽取', 'Draw') }, { name: say('阶段', 'Stage') }, { name: say('抽样框', 'Frame'), numeric: true }, { name: say('抽取', 'Drawn'), numeric: true }, { name: say('候补', 'Reserves'), numeric: true }, { name: say('日期', 'Date') }], rows) : html`<p class="empty">${say('还没有公布过抽取。第一次抽取的承诺公布后，会列在这里，连同预定的随机数轮次和时间。', 'No draw has been published. The first commitment will stand here with the round and time of its random number.')}</p>`}
${oldest !== undefined && html`<p class="paging"><a rel="next" href="${address('/draws', { before: oldest.publishedAt })}">${say('更早的抽取', 'Earlier draws')}</a></p>`}`,
  };
}

/** A page of a list begins before an instant; anything else is the first page. */
export const validBefore = (text: string | undefined): string | undefined =>
  text !== undefined && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
    ? text
    : undefined;

async function row(site: Site, view: View, entry: PublicEntry): Promise<(string | Markup)[]> {
  const outline = await site.outlineOf(entry);
  if (outline === undefined)
    return [
      html`<a href="/records/${entry.id}">${tell(view, entry.title)}</a>`,
      '',
      '',
      '',
      '',
      day(entry.publishedAt),
    ];
  const beacon = outline.stage === 'committed' ? beaconOf(outline) : null;
  return [
    html`<a href="/draws/${entry.id}">${tell(view, entry.title)}</a><br><span class="soft small">${tell(view, entry.office)}${outline.productName !== null && html` · ${chinese(view, outline.productName)}`}</span>`,
    html`${tell(view, stageLabels[outline.stage])}${beacon !== null && html`<br><span class="soft small">${moment(view, beacon.at)}</span>`}`,
    grouped(outline.sizes.frame),
    grouped(outline.sizes.drawn),
    grouped(outline.sizes.reserves),
    html`<span class="nowrap">${day(entry.publishedAt)}</span>`,
  ];
}
