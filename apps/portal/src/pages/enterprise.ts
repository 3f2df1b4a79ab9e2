import { parseCreditCode } from '@hengjian/identifiers';
import { type Batch, readBulletin } from '../bodies/bulletin.ts';
import { readDraw } from '../bodies/draw.ts';
import { day } from '../dates.ts';
import { bulletinKind, drawKind } from '../kinds.ts';
import { address, chinese, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { addressOf, code, entryList, facts, notice, paged, section, standing, standingChip, table } from '../pieces.ts';
import type { PublicEntryWithBody } from '../public-record.ts';
import type { Site } from '../site.ts';
import { failures, product } from './bulletin.ts';

/** So many of the latest entries about one firm are read for its results. */
const regarded = 60;
/** Results on one page. */
const shown = 40;

interface Result {
  entry: PublicEntryWithBody;
  batch: Batch;
  failed: boolean;
}

/** Everything public about one firm, or what is wrong with its code. */
export async function enterprisePage(site: Site, view: View, typed: string): Promise<Page> {
  const { say } = view;
  const checked = parseCreditCode(typed);
  if (!checked.ok) return wrongCode(view, typed, checked.problems);
  const { value } = checked;
  const listed = await site.reader.list({ subject: value.code, limit: regarded });
  const entries = (await Promise.all(listed.map(({ id }) => site.findEntry(id)))).filter(
    (entry) => entry !== undefined,
  );
  const results = entries.filter(({ kind }) => kind === bulletinKind).flatMap((entry) => resultsOf(entry, value.code));
  const name = nameOf(entries, results, value.code);
  const region = site.regionName(value.registrationRegion);
  return {
    title: name ?? value.code,
    body: html`<header class="head"><p class="kind">${say('企业公开信息', 'Public information about a firm')}</p><h1>${name === undefined ? code(value.code) : chinese(view, name)}</h1></header>
${facts([
  [say('统一社会信用代码', 'Credit code'), code(value.code)],
  [say('首次登记机关所在地', 'Where it was first registered'), region && tell(view, region)],
])}
${
  listed.length === 0
    ? nothing(view)
    : html`${section('results', say('抽查结果', 'Sampling results'), results.length > 0 ? resultsPart(view, value.code, results) : html`<p class="soft">${say('没有已公布的抽查结果。', 'No published sampling result.')}</p>`)}
${section('entries', say('有关的公开记录', 'Public records about it'), entryList(view, listed), listed.length === regarded && html`<p><a href="${address('/records', { subject: value.code })}">${say('全部记录', 'All records')}</a></p>`)}`
}
${notice('warn', say('抽查是按批次的：合格或不合格只说明所列批次，不说明企业的全部产品。', 'Sampling is by batch: a result speaks of the batches listed and not of all that a firm makes.'))}`,
  };
}

const isAbout = (batch: Batch, creditCode: string): boolean =>
  batch.enterpriseCode === creditCode || batch.producerCode === creditCode;

function resultsOf(entry: PublicEntryWithBody, creditCode: string): Result[] {
  const bulletin = readBulletin(entry.body);
  if (bulletin === undefined) return [];
  const pick = (batches: readonly Batch[], failed: boolean): Result[] =>
    batches.filter((batch) => isAbout(batch, creditCode)).map((batch) => ({ entry, batch, failed }));
  return [...pick(bulletin.failing, true), ...pick(bulletin.passing, false)];
}

/** The name under which the newest entry that still stands speaks of the firm. */
function nameOf(
  entries: readonly PublicEntryWithBody[],
  results: readonly Result[],
  creditCode: string,
): string | undefined {
  const drawn = entries
    .filter(({ kind }) => kind === drawKind)
    .flatMap(({ body }) => readDraw(body)?.opening?.leaves ?? [])
    .find(({ record }) => record.creditCode === creditCode);
  const told = results.find(({ entry }) => standing(entry) === 'valid') ?? results[0];
  if (told === undefined) return drawn?.record.name;
  const { enterprise, enterpriseCode, producer } = told.batch;
  return (enterpriseCode === creditCode ? enterprise : producer) ?? undefined;
}

/** What stands, by pages; beneath it what was corrected since, which no longer counts. */
function resultsPart(view: View, creditCode: string, results: readonly Result[]): Markup {
  const { say } = view;
  const stands = results.filter(({ entry }) => standing(entry) === 'valid');
  const former = results.filter(({ entry }) => standing(entry) !== 'valid');
  const { page, pager } = paged(view, stands, shown, view.query.page, (to) => address(view.path, { page: to }));
  return html`${stands.length > 0 ? resultTable(view, creditCode, say('抽查结果', 'Sampling results'), page) : html`<p class="soft">${say('没有现行有效的抽查结果。', 'No result that still stands.')}</p>`}
${pager}
${former.length > 0 && html`<details><summary>${say(`已被更正的结果（${former.length}），不再有效`, `Results corrected since (${former.length}); they no longer hold`)}</summary>${resultTable(view, creditCode, say('已被更正的结果', 'Results corrected since'), former.slice(0, shown))}</details>`}`;
}

function roleOf(view: View, { enterpriseCode, producerCode }: Batch, creditCode: string): string {
  const { say } = view;
  if (enterpriseCode === creditCode && producerCode === creditCode)
    return say('生产者、被抽样单位', 'producer, sampled');
  return producerCode === creditCode ? say('标称生产者', 'labelled producer') : say('被抽样单位', 'sampled at');
}

function resultTable(view: View, creditCode: string, caption: string, results: readonly Result[]): Markup {
  const { say } = view;
  const rows = results.map(({ entry, batch, failed }) => {
    const stands = standing(entry) === 'valid';
    const verdict = failed
      ? html`<span class="verdict bad">${say('不合格', 'Failed')}</span>`
      : html`<span class="verdict good">${say('未发现不合格', 'Nothing failed')}</span>`;
    return [
      html`<a class="nowrap" href="${addressOf(entry)}">${day(entry.publishedAt)}</a>`,
      product(view, batch),
      batch.batch && chinese(view, batch.batch),
      roleOf(view, batch, creditCode),
      html`${stands ? verdict : html`<s>${verdict}</s> ${standingChip(view, entry)}`}${batch.note !== null && html`<br><span class="remark">${chinese(view, batch.note)}</span>`}`,
      failed && failures(view, batch),
    ];
  });
  return table(
    caption,
    [
      { name: say('公布日期', 'Published') },
      { name: say('产品', 'Product') },
      { name: say('批号或生产日期', 'Batch or date') },
      { name: say('本企业是', 'As') },
      { name: say('结果', 'Result') },
      { name: say('不合格项目', 'Failed items'), wide: true },
    ],
    rows,
  );
}

function nothing(view: View): Markup {
  const { say } = view;
  return html`<div class="empty"><p><strong>${say('没有与这家企业有关的公开记录。', 'There is no public record about this firm.')}</strong></p><p>${say('这不说明它的产品合格，也不说明它被抽查过或者没有被抽查过。抽样前的名单、未生效的结论不公开。', 'That says neither that its products pass nor whether it was ever sampled. Lists before sampling and conclusions that are not final are not public.')}</p><p><a href="/records">${say('查公开记录', 'Look through the public records')}</a></p></div>`;
}

function wrongCode(
  view: View,
  typed: string,
  problems: readonly { position?: number; zh: string; en: string }[],
): Page {
  const { say } = view;
  const wrong = new Set(problems.map(({ position }) => position));
  const characters = Array.from(typed.toUpperCase())
    .slice(0, 40)
    .map((character, index) =>
      wrong.has(index + 1) ? html`<mark>${character}</mark>` : html`<span>${character}</span>`,
    );
  return {
    status: 404,
    title: say('统一社会信用代码有误', 'Not a valid credit code'),
    body: html`<header class="head"><h1>${say('统一社会信用代码有误', 'Not a valid credit code')}</h1></header>
<p class="code-strip" aria-hidden="true">${characters}</p>
<div class="notice act"><ul>${problems.map((problem) => html`<li>${say(problem.zh, problem.en)}</li>`)}</ul></div>
<p>${say('代码共 18 位，第 17 位和第 18 位由前面各位算出，抄错一位就对不上。请对照营业执照。', 'A code has 18 characters; the 17th and 18th are computed from those before, so that one slip shows. Please compare with the business licence.')}</p>
<form action="/records" role="search" class="filters"><div class="field grow"><label for="q">${say('重新输入', 'Type it again')}</label><input id="q" name="q" type="search" maxlength="100" value="${typed.slice(0, 40)}"></div><div class="actions"><button class="primary">${say('查询', 'Look up')}</button></div></form>`,
  };
}
