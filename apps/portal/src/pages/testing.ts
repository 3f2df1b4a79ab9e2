import { z } from 'zod';
import { address, chinese, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { addressOf, notice, section, table } from '../pieces.ts';
import type { Site } from '../site.ts';

const Offers = z.array(
  z.object({
    entry: z.string(),
    name: z.string(),
    region: z.string(),
    address: z.string().nullable(),
    certificateNumber: z.string().nullable(),
    validUntil: z.string().nullable(),
    kind: z.string(),
    kindName: z.string().nullable(),
    parameter: z.string(),
    method: z.string(),
    limitation: z.string().nullable(),
    quantification: z.string().nullable(),
    quantificationUnit: z.string().nullable(),
    price: z.string().nullable(),
    days: z.number().nullable(),
  }),
);
const Instruments = z.array(
  z.object({
    body: z.string(),
    region: z.string(),
    name: z.string(),
    model: z.string().nullable(),
    calibratedUntil: z.string().nullable(),
    hoursOfThirtyDays: z.string().nullable(),
    useRate: z.number().nullable(),
  }),
);

/** So many lines are shown; who finds more narrows the search. */
const shown = 100;

/** 检验检测资源共享: who tests what, where, by which method, at which price and how soon; and which instruments are open to others. */
export async function testingPage(site: Site, view: View): Promise<Page> {
  const { say, query } = view;
  const words = query.q?.trim().slice(0, 100) ?? '';
  const region = /^\d{6}$/.test(query.region ?? '') ? query.region! : '';
  const order = query.order === 'days' ? 'days' : 'price';
  const offers =
    words === ''
      ? []
      : Offers.parse(await site.ask('institutions.who-can-test', { words, order, ...(region && { region }) }));
  const instrument = query.instrument?.trim().slice(0, 100) ?? '';
  const instruments = Instruments.parse(
    await site.ask('institutions.shared-instruments', { ...(instrument && { words: instrument }) }),
  );
  return {
    title: say('检验检测资源', 'Testing'),
    description: say(
      '谁能检、在哪里、用什么方法、多少钱、多久。',
      'Who can test what, where, by which method, at which price and how soon.',
    ),
    canonical: '/testing',
    body: html`<header class="head"><h1>${say('谁能检', 'Who can test it')}</h1><p class="lead">${say('取得资质认定的检验检测机构公布的能力。价格和周期由机构申报，以机构答复为准。', 'What accredited testing bodies have published. Price and days are the body’s own statement; its answer prevails.')}</p></header>
${searchForm(site, view, { words, region, order })}
${words !== '' && found(site, view, offers)}
${section('instruments', say('共享仪器', 'Shared instruments'), instrumentForm(view), instrumentTable(site, view, instruments))}`,
  };
}

function searchForm(
  site: Site,
  view: View,
  { words, region, order }: { words: string; region: string; order: string },
): Markup {
  const { say } = view;
  const option = (value: string, name: string | Markup, chosen: boolean): Markup =>
    html`<option value="${value}"${chosen && html` selected`}>${name}</option>`;
  const regions = ['430000', '350000', ...(region === '' ? [] : [region])].flatMap((code) => {
    const label = site.regionName(code);
    return label === undefined ? [] : [{ code, label }];
  });
  const choices = [...new Map(regions.map((one) => [one.code, one])).values()];
  return html`<form action="/testing" class="filters" role="search"><div class="field grow"><label for="q">${say('产品类别、检验项目或方法标准', 'Product, item or method')}</label><input id="q" name="q" type="search" value="${words}" maxlength="100" autocomplete="off"></div><div class="field"><label for="region">${say('地区', 'Region')}</label><select id="region" name="region">${option('', say('全部', 'All'), region === '')}${choices.map(({ code, label }) => option(code, view.language === 'zh' ? label.zh : label.en, code === region))}</select></div><div class="field"><label for="order">${say('排序', 'Order')}</label><select id="order" name="order">${option('price', say('价格', 'Price'), order === 'price')}${option('days', say('周期', 'Days'), order === 'days')}</select></div><div class="actions"><button class="primary">${say('查询', 'Search')}</button></div></form>`;
}

function found(site: Site, view: View, offers: z.infer<typeof Offers>): Markup {
  const { say } = view;
  const title = say('查到的能力', 'What was found');
  if (offers.length === 0)
    return section(
      'offers',
      title,
      notice(
        'link',
        html`<strong>${say('没有机构公布这项能力。', 'No body has published this ability.')}</strong>`,
        say(
          '换一个写法试试：只写项目名称或标准编号，不写年号。',
          'Try other words: the name of the item alone, or the standard without its year.',
        ),
      ),
    );
  const rows = offers.slice(0, shown).map((offer) => {
    const region = site.regionName(offer.region) ?? site.regionName(`${offer.region.slice(0, 4)}00`);
    const ask = address('/console/request-test', {
      entry: offer.entry,
      kind: offer.kind,
      parameter: offer.parameter,
      method: offer.method,
    });
    return [
      html`<a href="${addressOf({ id: offer.entry })}">${chinese(view, offer.name)}</a><br><span class="soft small">${region && tell(view, region)} · CMA ${offer.certificateNumber}</span>`,
      html`${chinese(view, offer.kindName ?? offer.kind)} · ${chinese(view, offer.parameter)}<br><span class="soft small">${chinese(view, offer.method)}${offer.limitation && html` · ${chinese(view, offer.limitation)}`}</span>`,
      offer.quantification &&
        html`${offer.quantification} ${offer.quantificationUnit === '1' ? '' : offer.quantificationUnit}`,
      offer.price && html`${offer.price} ${say('元', 'yuan')}`,
      offer.days !== null && html`${offer.days} ${say('天', 'days')}`,
      html`<a href="${ask}">${say('申请检验', 'Ask for a test')}<span class="visually-hidden">：${chinese(view, offer.name)} ${chinese(view, offer.parameter)}</span></a>`,
    ];
  });
  return section(
    'offers',
    title,
    table(
      title,
      [
        { name: say('机构', 'Body'), wide: true },
        { name: say('项目 · 方法', 'Item · method'), wide: true },
        { name: say('定量限', 'Limit of quantification') },
        { name: say('价格', 'Price'), numeric: true },
        { name: say('周期', 'Days'), numeric: true },
        { name: say('办理', 'Next') },
      ],
      rows,
    ),
    offers.length > shown &&
      html`<p class="soft">${say(`只列出前 ${shown} 项，请再写具体些。`, `Only the first ${shown} are listed; narrow the search.`)}</p>`,
  );
}

function instrumentForm(view: View): Markup {
  const { say, query } = view;
  return html`<form action="/testing" class="filters inner" role="search"><div class="field grow"><label for="instrument">${say('仪器名称或型号', 'Name or model')}</label><input id="instrument" name="instrument" type="search" value="${query.instrument ?? ''}" maxlength="100" autocomplete="off"></div><div class="actions"><button>${say('查询', 'Search')}</button></div></form>`;
}

function instrumentTable(site: Site, view: View, instruments: z.infer<typeof Instruments>): Markup {
  const { say } = view;
  if (instruments.length === 0)
    return html`<p class="soft">${say('没有机构公布可以共享的这类仪器。', 'No body has opened such an instrument to others.')}</p>`;
  const title = say('共享仪器', 'Shared instruments');
  return html`${table(
    title,
    [
      { name: say('仪器', 'Instrument'), wide: true },
      { name: say('机构', 'Body'), wide: true },
      { name: say('校准有效期至', 'Calibrated until') },
      { name: say('近 30 天使用率', 'Use in 30 days'), numeric: true },
    ],
    instruments.slice(0, shown).map((one) => {
      const region = site.regionName(one.region);
      return [
        html`${chinese(view, one.name)} <span class="soft small">${one.model}</span>`,
        html`${chinese(view, one.body)} <span class="soft small">${region && tell(view, region)}</span>`,
        one.calibratedUntil ?? say('无有效校准', 'not calibrated'),
        one.useRate === null ? null : html`${one.useRate} %`,
      ];
    }),
  )}<p class="soft small">${say('使用率 = 近 30 天使用小时 ÷ 240 小时（每天 8 小时），是本平台的约定。', 'Use = hours of the last 30 days over 240 h (eight a day): a convention of this platform.')}</p>`;
}
