import type { Batch, Bulletin, Counts } from '../bodies/bulletin.ts';
import { address, chinese, type Label, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import { type Column, grouped, notice, paged, section, table } from '../pieces.ts';

/** Rows of an annex on one page; longer ones are paged, to stay light on an old phone. */
const shown = 40;

const channels: Record<string, Label> = {
  producer: { zh: '在生产企业抽取', en: 'taken at the producer' },
  seller: { zh: '在销售者处抽取', en: 'taken at the seller' },
  online: { zh: '网络购样', en: 'bought online' },
};

/** Tasks that ended without a conclusion, or have none yet. */
const unconcluded: readonly { name: keyof Counts; label: Label }[] = [
  { name: 'notSampled', label: { zh: '未抽到样', en: 'no sample found' } },
  { name: 'terminated', label: { zh: '终止抽样', en: 'sampling ended' } },
  { name: 'stopped', label: { zh: '终止检验', en: 'tests ended' } },
  { name: 'cancelled', label: { zh: '取消', en: 'cancelled' } },
  { name: 'voided', label: { zh: '结论撤销', en: 'conclusion void' } },
  { name: 'open', label: { zh: '尚未办结', en: 'still open' } },
];

const holds =
  (words: string) =>
  ({ enterprise, enterpriseCode, producer, producerCode, productName, trademark, model, batch }: Batch): boolean =>
    [enterprise, enterpriseCode, producer, producerCode, productName, trademark, model, batch].some((field) =>
      field?.toLowerCase().includes(words),
    );

/** What was found: counts, failing batches with their items, passing batches, and how to read it. */
export function bulletinBody(view: View, bulletin: Bulletin): Markup {
  const { say } = view;
  const words = view.query.find?.trim().toLowerCase() ?? '';
  const failing = bulletin.failing.filter(holds(words));
  const passing = bulletin.passing.filter(holds(words));
  return html`${summary(view, bulletin)}
${!bulletin.representative && notice('warn', say(bulletin.rateNote ?? '样本不具代表性，不合格率不代表总体质量。', 'These batches were not drawn in proportion to the market: the share that failed says nothing of all products.'))}
${notice('warn', say('合格只说明这些批次的所检项目符合要求，不是对产品全部质量的保证；没有列出的批次没有结论。', 'Passing means that the items tested conformed in these batches. It vouches for nothing else, and says nothing of batches not listed.'))}
${finder(view)}
${section('failing', html`${say('不合格批次', 'Failing batches')} <span class="count">${grouped(failing.length)}</span>`, failing.length > 0 ? annex(view, failing, 'failing') : html`<p class="soft">${words === '' ? say('没有不合格批次。', 'None.') : say('不合格批次中没有找到。', 'Not found among the failing batches.')}</p>`)}
${section('passing', html`${say('所检项目未发现不合格的批次', 'Batches with no failing item found')} <span class="count">${grouped(passing.length)}</span>`, passing.length > 0 ? annex(view, passing, 'passing') : html`<p class="soft">${words === '' ? say('没有列出。', 'None listed.') : say('合格批次中没有找到。', 'Not found among the passing batches.')}</p>`)}
${bulletin.failing.length > 0 && bought(view)}`;
}

function summary(view: View, { counts, productName, summary: told }: Bulletin): Markup {
  const { say } = view;
  const width = 640;
  const total = counts.conforming + counts.failing;
  const failed = counts.failing === 0 ? 0 : Math.max(3, Math.round((width * counts.failing) / total));
  const others = unconcluded
    .filter(({ name }) => counts[name] > 0)
    .map(({ name, label }) => `${say(label.zh, label.en)} ${grouped(counts[name])}`);
  return html`<div class="weigh"><p class="weigh-words">${say('抽查', 'Of')} <b>${grouped(total)}</b> ${say('批次', 'batches')}${productName !== null && html`${say('', ' of ')}${chinese(view, productName)}`}${say('，', ', ')}<b class="${counts.failing > 0 ? 'bad' : ''}">${grouped(counts.failing)}</b> ${say('批次不合格', 'failed')}${say('，', ', ')}<b>${grouped(counts.conforming)}</b> ${say('批次所检项目未发现不合格。', 'had no failing item.')}</p>
<svg class="weigh-bar" viewBox="0 0 ${width} 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="8" class="passed"/><rect width="${failed}" height="8" class="failed"/></svg>
${others.length > 0 && html`<p class="soft small">${say('另有任务没有结论：', 'Tasks without a conclusion: ')}${others.join(say('，', ', '))}${say('。', '.')}</p>`}
${told !== null && html`<p class="lines">${chinese(view, told)}</p>`}</div>`;
}

function finder(view: View): Markup {
  const { say } = view;
  return html`<form action="${view.path}" class="filters inner" role="search" aria-label="${say('在本公告中查找', 'Find in this bulletin')}"><div class="field grow"><label for="find">${say('在本公告中查找：企业、产品、型号或批号', 'Find in this bulletin: firm, product, model or batch')}</label><input id="find" name="find" type="search" maxlength="60" value="${view.query.find}"></div><div class="actions"><button>${say('查找', 'Find')}</button>${Boolean(view.query.find) && html`<a href="${view.path}">${say('显示全部', 'Show all')}</a>`}</div></form>`;
}

function annex(view: View, batches: readonly Batch[], name: 'failing' | 'passing'): Markup {
  const { say } = view;
  const at = (page: string): string =>
    `${address(view.path, { find: view.query.find, failing: view.query.failing, passing: view.query.passing, [name]: page })}#${name}`;
  const { page, pager } = paged(view, batches, shown, view.query[name], at);
  const rows = page.map((batch) => [
    product(view, batch),
    batch.batch === null ? null : chinese(view, batch.batch),
    firmLink(view, batch.producer, batch.producerCode),
    sampledAt(view, batch),
    ...(name === 'failing' ? [failures(view, batch)] : []),
  ]);
  const columns: Column[] = [
    { name: say('产品、型号', 'Product, model') },
    { name: say('批号或生产日期', 'Batch or date') },
    { name: say('标称生产者', 'Labelled producer') },
    { name: say('被抽样单位', 'Sampled at') },
    ...(name === 'failing' ? [{ name: say('不合格项目', 'Failed items'), wide: true }] : []),
  ];
  return html`${table(
    name === 'failing'
      ? say('不合格批次', 'Failing batches')
      : say('所检项目未发现不合格的批次', 'Batches with no failing item found'),
    columns,
    rows,
  )}
${pager}`;
}

/** Product with trademark and model. */
export function product(view: View, { productName, trademark, model }: Batch): Markup {
  const more = [trademark, model].filter((text) => text !== null).join(' ');
  return html`${productName !== null && chinese(view, productName)}${more !== '' && html`<br><span class="soft">${chinese(view, more)}</span>`}`;
}

function firmLink(view: View, name: string | null, creditCode: string | null): Markup | null {
  if (name === null && creditCode === null) return null;
  const told = chinese(view, name ?? creditCode ?? '');
  return creditCode === null
    ? html`${told}`
    : html`<a href="/enterprises/${encodeURIComponent(creditCode)}">${told}</a>`;
}

function sampledAt(view: View, { enterprise, enterpriseCode, channel, note }: Batch): Markup {
  const where = channel === null ? undefined : channels[channel];
  return html`${firmLink(view, enterprise, enterpriseCode)}${where !== undefined && html`<br><span class="soft">${tell(view, where)}</span>`}${note !== null && html`<br><span class="remark">${chinese(view, note)}</span>`}`;
}

/** Each failed item with what was measured and what is required. */
export function failures(view: View, { failedItems, seriousness, retested, laboratory }: Batch): Markup {
  const { say } = view;
  const withUnit = (value: string, unit: string | null): Markup =>
    html`${chinese(view, value)}${unit !== null && !value.includes(unit) && html` ${chinese(view, unit)}`}`;
  const rows = failedItems.map(
    ({ item, result, limit, unit }) =>
      html`<li><b>${chinese(view, item)}</b>${result !== null && html`<span>${say('实测', 'found')} <span class="bad">${withUnit(result, unit)}</span></span>`}${limit !== null && html`<span class="soft">${say('要求', 'required')} ${withUnit(limit, unit)}</span>`}</li>`,
  );
  const remarks = [
    seriousness === 'serious' ? say('严重不合格', 'serious') : null,
    retested ? say('经复检', 'retested') : null,
    laboratory,
  ].filter((text) => text !== null);
  return html`<ul class="failures">${rows}</ul>${remarks.length > 0 && html`<p class="soft small">${chinese(view, remarks.join(' · '))}</p>`}`;
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
