import { beaconOf } from '../bodies/draw.ts';
import { moment } from '../dates.ts';
import { stageLabels } from '../draw-words.ts';
import { bulletinKind, drawKind } from '../kinds.ts';
import { chinese, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { addressOf, entryList, grouped, section } from '../pieces.ts';
import type { PublicEntry } from '../public-record.ts';
import type { Site } from '../site.ts';

const shown = 6;

/** Home: one box to look things up, what is new, what can be checked, and what this site does and does not show. */
export async function homePage(site: Site, view: View): Promise<Page> {
  const { say } = view;
  const [bulletins, stages] = await Promise.all([
    site.reader.list({ kind: bulletinKind, limit: shown }),
    site.reader.list({ kind: drawKind, limit: 40 }),
  ]);
  const draws = stages.filter(({ withdrawnAt }) => withdrawnAt === null).slice(0, shown);
  return {
    title: say('质量监督公开', 'Quality supervision, in public'),
    description: say(
      '查产品质量监督抽查公告、实施细则和公开抽取，自己核对结果。',
      'Look up supervision sampling: bulletins, detailed rules and draws, and check them yourself.',
    ),
    feed: '/api/public/records.atom',
    canonical: '/',
    body: html`${search(view)}
<div class="home">
<div>${section('bulletins', say('最新公告', 'Latest bulletins'), await latest(site, view, bulletins))}</div>
<div class="stack">${section('draws', say('公开抽取', 'Draws'), await drawList(site, view, draws))}
${section('check', say('自己核对', 'Check it yourself'), checks(view))}</div>
</div>
${scope(view)}`,
  };
}

function search(view: View): Markup {
  const { say } = view;
  return html`<div class="lookup"><h1>${say('查产品质量监督抽查结果', 'What quality supervision found')}</h1>
<form action="/records" role="search" class="lookup-form"><label for="q">${say('企业、产品、地区，或统一社会信用代码', 'A firm, a product, a region, or a credit code')}</label>
<div class="lookup-row"><input id="q" name="q" type="search" maxlength="100" autocomplete="off"><button class="primary">${say('查询', 'Look up')}</button></div></form></div>`;
}

async function latest(site: Site, view: View, bulletins: readonly PublicEntry[]): Promise<Markup> {
  const { say } = view;
  if (bulletins.length === 0)
    return html`<p class="soft">${say('还没有发布过公告。抽查结束、异议处理完毕后，由组织抽查的部门发布公告，列出合格和不合格的每一批次。', 'No bulletin has been published yet. When a sampling is over and objections are settled, its organiser publishes every batch, passing and failing.')}</p>`;
  const counts = new Map(
    await Promise.all(bulletins.map(async (entry) => [entry.id, await site.countsOf(entry)] as const)),
  );
  const more = (entry: PublicEntry): Markup | null => {
    const found = counts.get(entry.id);
    return found === undefined
      ? null
      : html`<p class="tally"><span>${say('抽查', 'sampled')} <b>${grouped(found.conforming + found.failing)}</b> ${say('批次', 'batches')}</span><span class="${found.failing > 0 ? 'bad' : 'good'}">${found.failing > 0 ? html`${say('不合格', 'failing')} <b>${grouped(found.failing)}</b> ${say('批次', '')}` : say('所检项目未发现不合格', 'no failing batch found')}</span></p>`;
  };
  return html`${entryList(view, bulletins, { kind: false, more })}<p><a href="/records?kind=${bulletinKind}">${say('全部公告', 'All bulletins')}</a></p>`;
}

async function drawList(site: Site, view: View, draws: readonly PublicEntry[]): Promise<Markup> {
  const { say } = view;
  if (draws.length === 0)
    return html`<p class="soft">${say('现在没有正在进行的抽取。抽取前会在这里公布承诺和开奖时间。', 'No draw is under way. Before one, its commitment and time are published here.')}</p>`;
  const rows = await Promise.all(
    draws.map(async (entry) => {
      const outline = await site.outlineOf(entry);
      const beacon = outline?.stage === 'committed' ? beaconOf(outline) : null;
      return html`<li><p><a href="${outline === undefined ? addressOf(entry) : `/draws/${entry.id}`}">${outline === undefined ? tell(view, entry.title) : chinese(view, outline.productName ?? entry.title.zh)}</a></p>
<p class="soft small">${outline !== undefined && html`${tell(view, stageLabels[outline.stage])} · ${say(`${grouped(outline.sizes.frame)} 家中抽 ${grouped(outline.sizes.drawn)} 家`, `${grouped(outline.sizes.drawn)} of ${grouped(outline.sizes.frame)} firms`)}`}${beacon !== null && html`<br>${say('抽取时间', 'Draw at')} ${moment(view, beacon.at)}`}</p></li>`;
    }),
  );
  return html`<ul class="plain-list">${rows}</ul><p><a href="/draws">${say('全部抽取', 'All draws')}</a></p>`;
}

function checks(view: View): Markup {
  const { say } = view;
  return html`<ul class="plain-list">
<li><p><a href="/verify">${say('核验一份文书', 'Check a paper')}</a></p><p class="soft small">${say('扫文书上的二维码，或输入它的校验码。', 'Scan the code on it, or type its checksum.')}</p></li>
<li><p><a href="/reports">${say('核验检验报告', 'Check a test report')}</a></p><p class="soft small">${say('按编号和核验码，或者用报告文件。', 'By number and check code, or by its file.')}</p></li>
<li><p><a href="/draws">${say('重算一次抽取', 'Compute a draw again')}</a></p><p class="soft small">${say('在您自己的浏览器里重做每一步。', 'Every step, in your own browser.')}</p></li>
<li><p><a href="/workbench">${say('算一算', 'Do the sums')}</a></p><p class="soft small">${say('抽样方案、结果判定、法定期限、编号核对，逐步写明依据。', 'Sampling plans, verdicts, deadlines and numbers, each step with its clause.')}</p></li>
<li><p><a href="/log">${say('核对公开日志', 'Check the public log')}</a></p><p class="soft small">${say('确认记录没有被悄悄改过。', 'See that nothing was quietly rewritten.')}</p></li></ul>`;
}

function scope(view: View): Markup {
  const { say } = view;
  return html`<section class="scope" aria-labelledby="scope"><h2 id="scope" class="visually-hidden">${say('公开范围', 'What is public')}</h2>
<div><h3>${say('这里有什么', 'What this site shows')}</h3><ul class="dashes">
<li>${say('抽查公告：每一批次合格或不合格、不合格项目的实测值和要求', 'Bulletins: every batch, passing or failing, with measured value and limit of each failed item')}</li>
<li>${say('实施细则：怎么抽、检什么、怎么判，抽样前公布', 'Detailed rules: how to sample, what to test, how to judge, published before the first sample')}</li>
<li>${say('公开抽取：承诺、随机数、结果，人人可重算', 'Draws: commitment, randomness, result, open to anybody to compute again')}</li>
<li>${say('更正和撤回，连同理由', 'Corrections and withdrawals, with their reasons')}</li></ul></div>
<div><h3>${say('这里没有什么，为什么', 'What it does not show, and why')}</h3><ul class="dashes">
<li>${say('抽样前的企业名单：提前知道就失去抽查的意义', 'Who is to be sampled: a warning would defeat the sampling')}</li>
<li>${say('未生效的检验结论：企业还有权提出异议', 'Conclusions that are not final: a firm may still object')}</li>
<li>${say('不予许可的决定和个人信息：只告知当事人', 'Refusals and personal data: told to the person concerned alone')}</li>
<li>${say('没有查到，不等于合格，也不等于被抽查过', 'Finding nothing here means neither that a thing passed nor that it was sampled')}</li></ul></div></section>`;
}
