import { randomUUID } from 'node:crypto';
import { chinese, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { facts, notice, section } from '../pieces.ts';
import type { VoiceCategory, VoiceFollowed, VoicePlace, VoiceTaken } from './port.ts';

type Kind = 'complaint' | 'report' | 'both';
const kinds: Record<Kind, { zh: string; en: string; whenZh: string; whenEn: string }> = {
  complaint: {
    zh: '我要投诉',
    en: 'I have a dispute',
    whenZh: '我买了东西或者接受了服务，和商家有纠纷，想退款、换货、赔偿。',
    whenEn: 'I bought something and want a refund, an exchange or compensation.',
  },
  report: {
    zh: '我要举报',
    en: 'I report an offence',
    whenZh: '我发现商家可能违法，想请部门查处；可以不留姓名。',
    whenEn: 'I saw what may be an offence and want it looked into; no name is needed.',
  },
  both: {
    zh: '既投诉又举报',
    en: 'Both',
    whenZh: '纠纷想解决，违法也想查处。两件事分别办理，各有编号。',
    whenEn: 'The dispute settled and the offence looked into: two matters with a number each.',
  },
};
const isKind = (text: string | undefined): text is Kind => text !== undefined && Object.hasOwn(kinds, text);

/** Which of the two it is, in plain words; every answer is a link. */
export function voicePage(view: View): Page {
  const { say } = view;
  return {
    title: say('投诉举报', 'Complain or report'),
    description: say('12315：投诉、举报和查询进度，不用登录。', 'Complain, report and follow, without signing in.'),
    body: html`<header class="head"><h1>${say('投诉举报', 'Complain or report')}</h1><p class="lead">${say('不用登录。提交后得到编号和密码，凭它们查进度。', 'No sign-in. You get a number and a secret, and follow the matter with them.')}</p></header>
${section('which', say('您想做什么', 'What do you want'), html`<ul class="plain-list">${Object.entries(kinds).map(([kind, one]) => html`<li><p><a href="/complaints/new?kind=${kind}">${say(one.zh, one.en)}</a></p><p class="soft">${say(one.whenZh, one.whenEn)}</p></li>`)}</ul>`)}
${section('follow', say('查进度', 'Follow a matter'), html`<p><a href="/complaints/follow">${say('凭编号和密码查询、撤回和评价', 'By number and secret: see, withdraw, rate')}</a></p>`)}
${section('know', say('先了解', 'Good to know'), html`<ul><li>${say('投诉：七个工作日内告知是否受理；受理后六十日内调解，双方同意才调解。', 'A complaint is accepted or not in seven working days and mediated within sixty days, if both agree.')}</li><li>${say('举报：您的姓名和电话加密封存，只有列名的核查人员能打开，每次都留下记录；不会告诉被举报人。', 'A report: your name and telephone are sealed. Named verifiers alone open them, each time on record; they are never told to whom you report.')}</li><li>${say('也可以拨打 12315。', 'You may also call 12315.')}</li></ul>`)}`,
  };
}

interface Filled {
  /** What was typed, when the form is shown again. */
  values: ReadonlyMap<string, string>;
  wrong: readonly string[];
}
const nothing: Filled = { values: new Map(), wrong: [] };

/** The form of one kind; shown again with what was typed when something is wrong. */
export function formPage(
  view: View,
  categories: readonly VoiceCategory[],
  places: readonly VoicePlace[],
  { values, wrong }: Filled = nothing,
): Page {
  const { say } = view;
  const asked = values.get('kind') ?? view.query.kind;
  const kind: Kind = isKind(asked) ? asked : 'complaint';
  const [disputes, offends] = [kind !== 'report', kind !== 'complaint'];
  const value = (name: string): string => values.get(name) ?? '';
  const bad = (name: string): Markup | false =>
    wrong.includes(name) && html` aria-invalid="true" aria-describedby="${name}-wrong"`;
  const fault = (name: string): Markup | false =>
    wrong.includes(name) &&
    html`<p class="bad small" id="${name}-wrong">${say('请填写或者更正此项。', 'Please fill this in or correct it.')}</p>`;
  const input = (name: string, zh: string, en: string, more: Markup = html``): Markup =>
    html`<div class="field"><label for="${name}">${say(zh, en)}</label><input id="${name}" name="${name}" value="${value(name)}"${bad(name)}${more}>${fault(name)}</div>`;
  const area = (name: string, zh: string, en: string, hint: string): Markup =>
    html`<div class="field"><label for="${name}">${say(zh, en)}</label><textarea id="${name}" name="${name}" rows="5" maxlength="8000" required${bad(name)}>${value(name)}</textarea><p class="soft small">${hint}</p>${fault(name)}</div>`;
  const tick = (name: string, zh: string, en: string): Markup =>
    html`<label class="tick"><input type="checkbox" name="${name}" value="yes"${value(name) === 'yes' && html` checked`}>${say(zh, en)}</label>`;
  const title = say(kinds[kind].zh, kinds[kind].en);
  return {
    title,
    ...(wrong.length > 0 ? { status: 422 } : {}),
    body: html`<header class="head"><p class="kind"><a href="/complaints">${say('投诉举报', 'Complain or report')}</a></p><h1>${title}</h1></header>
${wrong.length > 0 && html`<div role="alert">${notice('act', say('有几项需要更正，已填写的内容都在。', 'Some items need correcting; what you typed is still here.'))}</div>`}
<form method="post" action="/complaints/new" enctype="multipart/form-data" class="stack hall-form voice-form">
<input type="hidden" name="kind" value="${kind}"><input type="hidden" name="id" value="${value('id') || randomUUID()}">
<fieldset><legend>${say('关于谁', 'About whom')}</legend>
${input('subjectName', '商家名称（招牌、店名或者网店名）', 'Name of the trader, shop or online shop', html` required maxlength="200"`)}
<div class="field"><label for="region">${say('商家在哪里', 'Where it is')}</label><select id="region" name="region" required${bad('region')}><option value="">${say('请选择', 'Choose')}</option>${placeOptions(view, places, value('region'))}</select>${fault('region')}</div>
${input('address', '地址（知道就填）', 'Address, if you know it', html` maxlength="300"`)}
<div class="field"><label for="subjectKind">${say('是哪一种', 'What kind')}</label><select id="subjectKind" name="subjectKind">${option('trader', say('实体店、工厂等', 'Shop, factory'), value('subjectKind'))}${option('platform', say('网络平台本身', 'The platform itself'), value('subjectKind'))}${option('platform-merchant', say('平台上的网店', 'A shop on a platform'), value('subjectKind'))}</select></div>
${input('productName', '商品或者服务', 'Goods or service', html` maxlength="200"`)}
<div class="field"><label for="category">${say('类别（不清楚选“其他”）', 'Category')}</label><select id="category" name="category">${categories.map((one) => option(one.code, `${one.parent === null ? '' : '— '}${say(one.zh, one.en)}`, value('category') || 'other'))}</select></div></fieldset>
${
  disputes &&
  html`<fieldset><legend>${say('纠纷', 'The dispute')}</legend>
${area('matter', '发生了什么', 'What happened', say('时间、地点、经过、金额。请不要在这里写姓名和电话。', 'When, where, what and how much. Please leave names and telephones out here.'))}
${input('demand', '想要什么', 'What you ask for', html` required maxlength="2000"`)}
${input('amount', '涉及金额（元）', 'Amount, yuan', html` inputmode="decimal" maxlength="20"`)}
${input('knownOn', '什么时候知道的', 'Since when you know', html` type="date"`)}
<div class="ticks">${tick('consentMediation', '同意由市场监管部门调解（不同意就无法调解）', 'I agree to mediation; without it there is none')}${tick('consentEntrust', '同意委托消费者协会等调解', 'I agree that a consumer association mediates')}${tick('consentPublish', '同意依法公示投诉信息（不含姓名）', 'I agree to publication without my name')}</div></fieldset>`
}
${
  offends &&
  html`<fieldset><legend>${say('违法线索', 'The offence')}</legend>
${area('facts', '您看到了什么', 'What you saw', say('越具体越好：什么时间、什么地方、怎么做的、哪里能查到。', 'The more exact the better: when, where, how, and where it can be found.'))}
<div class="ticks">${tick('anonymous', '匿名举报（不留姓名和电话）', 'Anonymous: no name, no telephone')}${tick('insider', '我是单位内部人员', 'I work there')}${tick('wantsReward', '查实后申请奖励（凭编号和密码领取，不用姓名）', 'I ask for a reward, fetched with number and secret, without a name')}</div></fieldset>`
}
<fieldset><legend>${say('怎么联系您', 'How to reach you')}</legend>
<p class="soft small">${disputes ? say('投诉要求真实身份。姓名和电话加密封存，只有承办人凭理由查看。', 'A complaint needs your real identity. It is sealed; the handler alone opens it, with a reason.') : say('可以不填。填写的加密封存，只有列名的核查人员凭理由查看。', 'May be left empty. What you give is sealed; named verifiers alone open it, with a reason.')}</p>
${input('person.name', '姓名', 'Name', html` autocomplete="name" maxlength="60"${disputes && html` required`}`)}
${input('person.phone', '电话', 'Telephone', html` type="tel" autocomplete="tel" maxlength="30"${disputes && html` required`}`)}
${input('person.address', '通讯地址', 'Address', html` autocomplete="street-address" maxlength="300"`)}</fieldset>
<div class="actions"><button class="primary">${say('提交', 'Send')}</button></div></form>`,
  };
}

const option = (value: string, text: string, chosen: string): Markup =>
  html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`;

function placeOptions(view: View, places: readonly VoicePlace[], chosen: string): Markup[] {
  const groups = new Map<string, VoicePlace[]>();
  for (const place of places) {
    const within = place.within === null ? '' : view.say(place.within.zh, place.within.en);
    groups.set(within, [...(groups.get(within) ?? []), place]);
  }
  const short = (label: { zh: string; en: string }): string =>
    view.say(
      label.zh.replace(/市场监督管理局$/, ''),
      label.en.replace(/ (?:District )?Administration for Market Regulation$/, ''),
    );
  return [...groups].map(
    ([within, own]) =>
      html`<optgroup label="${within === '' ? view.say('省', 'Province') : within}">${own.map((place) => option(place.code, short(place.label), chosen))}</optgroup>`,
  );
}

/** What one gets: number and secret of each matter, shown once. */
export function takenPage(view: View, taken: readonly VoiceTaken[]): Page {
  const { say } = view;
  return {
    title: say('已收到', 'Received'),
    body: html`<header class="head"><h1>${say('已收到', 'Received')}</h1></header>
${notice('warn', say('请记下编号和密码：密码只显示这一次，我们不保存，也无法找回。', 'Write number and secret down: the secret is shown this once; we do not keep it and cannot find it again.'))}
${taken.map(({ kind, number, follow }) =>
  section(
    kind,
    kind === 'complaint' ? say('投诉', 'Complaint') : say('举报', 'Report'),
    facts([
      [say('登记编号', 'Registered as'), number],
      [say('查询编号', 'Query number'), html`<code>${follow.number}</code>`],
      [say('查询密码', 'Secret'), html`<code>${follow.secret}</code>`],
    ]),
    html`<p>${
      kind === 'complaint'
        ? say('七个工作日内告知是否受理。', 'You are told within seven working days whether it is accepted.')
        : say(
            '举报处理情况依法保密；法律规定告知结果的，在查询页告知。',
            'How a report is handled is confidential; where the law says to tell the result, it is told on the follow page.',
          )
    }</p>`,
  ),
)}
<p><a href="/complaints/follow">${say('查进度', 'Follow it')}</a></p>`,
  };
}

/** By number and secret: how it stands; a complaint can be withdrawn and rated. */
export function followPage(
  view: View,
  asked: { number: string; secret: string; found: VoiceFollowed | null; said?: { zh: string; en: string } } | null,
): Page {
  const { say } = view;
  return {
    title: say('查进度', 'Follow a matter'),
    body: html`<header class="head"><p class="kind"><a href="/complaints">${say('投诉举报', 'Complain or report')}</a></p><h1>${say('查进度', 'Follow a matter')}</h1></header>
<form method="post" action="/complaints/follow" enctype="multipart/form-data" class="filters"><div class="field"><label for="number">${say('查询编号（12 位数字）', 'Query number, 12 digits')}</label><input id="number" name="number" inputmode="numeric" maxlength="14" required></div>
<div class="field"><label for="secret">${say('查询密码（12 位）', 'Secret, 12 characters')}</label><input id="secret" name="secret" autocomplete="off" maxlength="20" required></div>
<div class="actions"><button class="primary">${say('查询', 'Look up')}</button></div></form>
${asked !== null && answer(view, asked)}`,
  };
}

function answer(view: View, { number, secret, found, said }: NonNullable<Parameters<typeof followPage>[1]>): Markup {
  const { say } = view;
  if (found === null)
    return html`<div role="alert">${notice('act', say('编号或者密码不对。', 'The number or the secret is wrong.'))}</div>`;
  const token = html`<input type="hidden" name="number" value="${number}"><input type="hidden" name="secret" value="${secret}">`;
  const complaint = found.kind === 'complaint';
  return html`${said !== undefined && html`<div role="status">${notice('good', say(said.zh, said.en))}</div>`}
${section(
  'state',
  complaint ? say('投诉', 'Complaint') : say('举报', 'Report'),
  facts([
    [say('状态', 'State'), html`<b>${tell(view, found.stateName)}</b>`],
    [say('收到日期', 'Received on'), found.receivedOn],
    [say('更新日期', 'Updated on'), found.toldOn],
    [say('机关', 'Authority'), found.office && tell(view, found.office)],
    [say('告知', 'Told'), found.text && chinese(view, found.text)],
  ]),
  !complaint &&
    html`<p class="soft">${say('举报处理情况依法保密，这里只显示收到和依法告知的内容。', 'How a report is handled is confidential; here stands its receipt and what the law says to tell.')}</p>`,
)}
${complaint && found.open && section('withdraw', say('撤回投诉', 'Withdraw'), html`<form method="post" action="/complaints/withdraw" enctype="multipart/form-data">${token}<button>${say('撤回这件投诉', 'Withdraw this complaint')}</button></form>`)}
${
  complaint &&
  !found.open &&
  section(
    'rate',
    say('评价', 'Rate'),
    html`<form method="post" action="/complaints/rate" enctype="multipart/form-data" class="stack hall-form">${token}<fieldset><legend>${say('对这次处理', 'How it was handled')}</legend><div class="ticks">${[5, 4, 3, 2, 1].map((stars) => html`<label class="tick"><input type="radio" name="stars" value="${stars}" required>${stars} ${say('分', stars === 1 ? 'star' : 'stars')}</label>`)}</div></fieldset>
<div class="field"><label for="remark">${say('想说的话（请不要写姓名和电话）', 'Remark, without names and telephones')}</label><textarea id="remark" name="remark" rows="3" maxlength="2000"></textarea></div><div class="actions"><button>${say('提交评价', 'Send')}</button></div></form>`,
  )
}`;
}
