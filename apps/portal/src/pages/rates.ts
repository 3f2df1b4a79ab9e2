import { address, chinese, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { addressOf, grouped, notice, table } from '../pieces.ts';
import type { BulletinRate, PublishedRate } from '../public-record.ts';
import type { Site } from '../site.ts';

const percent = (value: string): string => `${(Number(value) * 100).toFixed(1)} %`;
const between = (limits: { lower: string; upper: string } | null): string =>
  limits === null ? '—' : `${(Number(limits.lower) * 100).toFixed(1)} – ${percent(limits.upper)}`;

/** The interval as a bar from 0 to 100 per cent, the rate as a tick on it. */
function bar({ rate, wilson }: PublishedRate): Markup | null {
  if (rate === null || wilson === null) return null;
  const [low, high, at] = [wilson.lower, wilson.upper, rate].map((text) => Number(text) * 200) as [
    number,
    number,
    number,
  ];
  return html`<svg class="rate-bar" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true"><rect width="200" height="1" y="4.5" class="ground"/><rect x="${low.toFixed(1)}" y="2" width="${Math.max(1, high - low).toFixed(1)}" height="6" class="band"/><rect x="${Math.max(0, at - 1).toFixed(1)}" width="2" height="10" class="point"/></svg>`;
}

const told = (rate: PublishedRate): (string | Markup | null)[] => [
  rate.rate === null ? '—' : percent(rate.rate),
  `${grouped(rate.passed)} / ${grouped(rate.n)}`,
  html`${bar(rate)}<span class="nowrap">${between(rate.wilson)}</span>`,
  html`<span class="nowrap">${between(rate.exact)}</span>`,
];

const columns = (view: View, first: string) => [
  { name: first },
  { name: view.say('合格率', 'Pass rate'), numeric: true },
  { name: view.say('合格 / 抽查批次', 'Passed / tested'), numeric: true },
  { name: view.say('95 % 区间（Wilson）', '95 % interval (Wilson)') },
  { name: view.say('95 % 区间（精确）', '95 % interval (exact)') },
];

function cities(view: View, bulletin: BulletinRate): Markup {
  const { say } = view;
  const rows = bulletin.cities.map((city) => [chinese(view, city.name), ...told(city)]);
  return html`<details><summary>${chinese(view, bulletin.title)}${say('：按市州', ': by city')}</summary>${table(`${bulletin.title} ${say('按市州', 'by city')}`, columns(view, say('市州', 'City')), rows)}</details>`;
}

function choice(view: View, name: string, label: string, options: readonly string[]): Markup {
  const chosen = view.query[name] ?? '';
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">${view.say('全部', 'All')}</option>${options.map((option) => html`<option value="${option}"${option === chosen && html` selected`}>${option}</option>`)}</select></div>`;
}

/** 抽查合格率: what published bulletins found, each with its n and interval, and as files. Nothing unpublished enters it. */
export async function ratesPage(site: Site, view: View): Promise<Page> {
  const { say } = view;
  const every = await site.reader.rates({});
  const [product, year] = [view.query.product?.slice(0, 100), view.query.year];
  const bulletins = every.filter(
    (one) => (!product || one.product === product) && (!year || one.publishedOn.startsWith(year)),
  );
  const rows = bulletins.map((one) => [
    html`<a href="${addressOf({ id: one.entry })}">${chinese(view, one.title)}</a><br><span class="soft small">${chinese(view, one.product)} · ${chinese(view, one.office)} · ${one.publishedOn}</span>${!one.representative && html`<br><span class="remark">${say('不代表市场总体', 'Not the market as a whole')}</span>`}`,
    ...told(one),
  ]);
  const file = address('/api/public/rates.csv', { product, year });
  return {
    title: say('抽查合格率', 'Pass rates'),
    canonical: '/rates',
    description: say(
      '已公布的监督抽查公告的合格率、样本量和置信区间。',
      'Pass rates of published bulletins, with n and intervals.',
    ),
    body: html`<header class="head"><h1>${say('抽查合格率', 'Pass rates')}</h1>
<p class="lead">${say('只用已经公布的公告计算，每个数都有批次数和区间，可以下载自己重算。抽到的批次少，区间就宽：区间重叠的两个合格率不能说谁高谁低。', 'Computed from published bulletins alone. Every rate has its number of batches and its interval, and the data can be downloaded to compute it again. Few batches make wide intervals: of two rates whose intervals overlap, neither can be called the better.')}</p></header>
<form action="/rates" class="filters" role="search">${choice(view, 'product', say('产品', 'Product'), [...new Set(every.map((one) => one.product))].sort())}${choice(view, 'year', say('公布年份', 'Year'), [...new Set(every.map((one) => one.publishedOn.slice(0, 4)))].sort().reverse())}<div class="actions"><button>${say('查看', 'Show')}</button></div></form>
${notice('warn', say('监督抽查常常按风险选取企业和产品，合格率只说明被抽查的批次；各次抽查的抽样框不同，不能相加成“总合格率”。', 'Supervision sampling often selects by risk: a rate speaks of the batches tested. Campaigns have different frames and are never added up into one rate.'))}
${rows.length > 0 ? table(say('抽查合格率', 'Pass rates'), columns(view, say('公告', 'Bulletin')), rows) : html`<p class="empty">${say('没有符合条件的公告。', 'No bulletin fits.')}</p>`}
${bulletins.filter(({ cities: parts }) => parts.length > 1).map((one) => cities(view, one))}
<p class="soft">${say('下载：', 'Download: ')}<a href="${file}">CSV</a> · <a href="${address('/api/public/queries/reporting.published-rates', { product, year })}">JSON</a></p>`,
  };
}
