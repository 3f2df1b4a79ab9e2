import type { Batch, Bulletin } from '../bodies/bulletin.ts';
import { address, chinese, type Label, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import { type Column, grouped, notice, section, table } from '../pieces.ts';

/** Rows of an annex on one page; longer ones are paged, to stay light on an old phone. */
const shown = 40;

const roles: Record<string, Label> = {
  producer: { zh: '在生产企业抽取', en: 'taken at the producer' },
  seller: { zh: '在销售者处抽取', en: 'taken at the seller' },
  shop: { zh: '在销售者处抽取', en: 'taken at the seller' },
  online: { zh: '网络抽样', en: 'bought online' },
  platform: { zh: '网络抽样', en: 'bought online' },
};

const holds =
  (words: string) =>
  (batch: Batch): boolean =>
    [batch.enterprise, batch.creditCode, batch.product, batch.model, batch.batch, batch.labelledProducer].some(
      (field) => field?.toLowerCase().includes(words),
    );

/** What was found: counts, failing batches with their items, passing batches, and how to read it. */
export function bulletinBody(view: View, bulletin: Bulletin): Markup {
  const { say } = view;
  const words = view.query.find?.trim().toLowerCase() ?? '';
  const failing = bulletin.failing.filter(holds(words));
  const passing = bulletin.passing.filter(holds(words));
  return html`${summary(view, bulletin)}
${notice('warn', say('合格只说明这些批次的所检项目符合要求，不是对产品全部质量的保证；没有列出的批次没有抽查。', 'Passing means that the items tested conformed in these batches. It vouches for nothing else; batches not listed were not sampled.'))}
${finder(view)}
${section('failing', html`${say('不合格批次', 'Failing batches')} <span class="count">${grouped(failing.length)}</span>`, failing.length > 0 ? annex(view, failing, 'failing') : html`<p class="soft">${words === '' ? say('没有不合格批次。', 'None.') : say('不合格批次中没有找到。', 'Not found among the failing batches.')}</p>`)}
${section('passing', html`${say('所检项目未发现不合格的批次', 'Batches with no failing item found')} <span class="count">${grouped(passing.length)}</span>`, passing.length > 0 ? annex(view, passing, 'passing') : html`<p class="soft">${words === '' ? say('没有列出。', 'None listed.') : say('合格批次中没有找到。', 'Not found among the passing batches.')}</p>`)}
${bulletin.failing.length > 0 && bought(view)}`;
}

function summary(view: View, { counts, period, product }: Bulletin): Markup {
  const { say } = view;
  const width = 640;
  const failed =
    counts.total === 0 ? 0 : Math.max(counts.fails > 0 ? 3 : 0, Math.round((width * counts.fails) / counts.total));
  return html`<div class="weigh"><p class="weigh-words">${say('抽查', 'Of')} <b>${grouped(counts.total)}</b> ${say('批次', 'batches')}${product !== null && html`${say('', ' of ')}${chinese(view, product)}`}${say('，', ', ')}<b class="${counts.fails > 0 ? 'bad' : ''}">${grouped(counts.fails)}</b> ${say('批次不合格', 'failed')}${say('，', ', ')}<b>${grouped(counts.conforms)}</b> ${say('批次所检项目未发现不合格。', 'had no failing item.')}</p>
<svg class="weigh-bar" viewBox="0 0 ${width} 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="8" class="passed"/><rect width="${failed}" height="8" class="failed"/></svg>
${period !== null && html`<p class="soft small">${say('抽样时间', 'Sampled')} ${chinese(view, period)}</p>`}</div>`;
}

function finder(view: View): Markup {
  const { say } = view;
  return html`<form action="${view.path}" class="filters inner" role="search" aria-label="${say('在本公告中查找', 'Find in this bulletin')}"><div class="field grow"><label for="find">${say('在本公告中查找：企业、产品、型号或批号', 'Find in this bulletin: firm, product, model or batch')}</label><input id="find" name="find" type="search" maxlength="60" value="${view.query.find}"></div><div class="actions"><button>${say('查找', 'Find')}</button>${Boolean(view.query.find) && html`<a href="${view.path}">${say('显示全部', 'Show all')}</a>`}</div></form>`;
}

function annex(view: View, batches: readonly Batch[], name: 'failing' | 'passing'): Markup {
  const { say } = view;
  const pages = Math.ceil(batches.length / shown);
  const page = Math.min(Math.max(1, Number.parseInt(view.query[name] ?? '1', 10) || 1), pages);
  const rows = batches
    .slice((page - 1) * shown, page * shown)
    .map((batch) => [
      html`${batch.product !== null && chinese(view, batch.product)}${batch.model !== null && html`<br><span class="soft">${chinese(view, batch.model)}</span>`}`,
      batch.batch === null ? null : html`<span class="batch">${chinese(view, batch.batch)}</span>`,
      batch.labelledProducer && chinese(view, batch.labelledProducer),
      firm(view, batch),
      ...(name === 'failing' ? [failures(view, batch)] : []),
    ]);
  const columns: Column[] = [
    { name: say('产品、型号', 'Product, model') },
    { name: say('批号或生产日期', 'Batch or date') },
    { name: say('标称生产者', 'Labelled producer') },
    { name: say('被抽样单位', 'Sampled at') },
    ...(name === 'failing' ? [{ name: say('不合格项目', 'Failed items'), wide: true }] : []),
  ];
  const at = (to: number): string =>
    `${address(view.path, { find: view.query.find, failing: view.query.failing, passing: view.query.passing, [name]: String(to) })}#${name}`;
  return html`${table(
    name === 'failing'
      ? say('不合格批次', 'Failing batches')
      : say('所检项目未发现不合格的批次', 'Batches with no failing item found'),
    columns,
    rows,
  )}
${pages > 1 && html`<nav class="paging" aria-label="${name === 'failing' ? say('不合格批次分页', 'Pages of failing batches') : say('合格批次分页', 'Pages of passing batches')}">${page > 1 && html`<a rel="prev" href="${at(page - 1)}">${say('上一页', 'Previous')}</a>`}<span class="soft">${say(`第 ${page} 页，共 ${pages} 页`, `Page ${page} of ${pages}`)}</span>${page < pages && html`<a rel="next" href="${at(page + 1)}">${say('下一页', 'Next')}</a>`}</nav>`}`;
}

function firm(view: View, { enterprise, creditCode, role, note }: Batch): Markup {
  const name = enterprise === null ? (creditCode ?? '') : chinese(view, enterprise);
  return html`${creditCode === null ? name : html`<a href="/enterprises/${creditCode}">${name}</a>`}${role !== null && html`<br><span class="soft">${roles[role] === undefined ? chinese(view, role) : tell(view, roles[role])}</span>`}${note !== null && html`<br><span class="remark">${chinese(view, note)}</span>`}`;
}

/** Each failed item with what was measured and what is required. */
export function failures(view: View, { items }: Batch): Markup {
  const { say } = view;
  const withUnit = (value: string, unit: string | null): Markup =>
    html`${chinese(view, value)}${unit !== null && !value.includes(unit) && html` ${chinese(view, unit)}`}`;
  const rows = items.map(
    ({ item, result, limit, unit }) =>
      html`<li><b>${chinese(view, item)}</b>${result !== null && html`<span>${say('实测', 'found')} <span class="bad">${withUnit(result, unit)}</span></span>`}${limit !== null && html`<span class="soft">${say('要求', 'required')} ${withUnit(limit, unit)}</span>`}</li>`,
  );
  return html`<ul class="failures">${rows}</ul>`;
}

function bought(view: View): Markup {
  const { say } = view;
  return section(
    'bought',
    say('买到了不合格批次怎么办', 'If you have bought a failing batch'),
    html`<ol class="steps">
<li>${say('先对批号或生产日期：只有列出的批次查出不合格。', 'Compare the batch number or date first: only the batches listed were found to fail.')}</li>
<li>${say('停止使用，尤其是涉及安全的项目；保留产品、包装和购买凭证。', 'Stop using it, above all when a safety item failed. Keep product, packaging and receipt.')}</li>
<li>${say('要求销售者退货、更换或者修理。', 'Ask the seller to take it back, replace or repair it.')}</li>
<li>${say('协商不成，可向全国12315平台投诉，或者依法仲裁、起诉。', 'If that fails, complain on the national platform 12315, or go to arbitration or court.')}</li></ol>`,
  );
}
