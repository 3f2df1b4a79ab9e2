import { tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { facts, notice, section, table } from '../pieces.ts';
import type { KindInFull, KindOutline, Matters, Purpose } from './answers.ts';
import type { HallVisitor } from './port.ts';
import { appointmentStates, clockWords, levels, purposes, statuses, units } from './words.ts';

const first = ['new', 'change', 'renewal', 'reissue'] as const;

/** Guided questions: who asks, and for which activity. Every answer is a link, so that it can be sent to somebody. */
export function guidePage(
  view: View,
  kinds: readonly KindOutline[],
  visitor: HallVisitor | null,
  matters: Matters | null,
): Page {
  const { say } = view;
  const who = view.query.who === 'person' ? 'person' : view.query.who === 'firm' ? 'firm' : undefined;
  const shown = kinds.filter(({ subject }) => who === undefined || subject === who);
  const choice = (value: string, zh: string, en: string): Markup =>
    html`<li><a href="/hall?who=${value}"${who === value && html` aria-current="true"`}>${say(zh, en)}</a></li>`;
  return {
    title: say('办事大厅', 'Service hall'),
    description: say(
      '查需要什么许可、要交什么、多久能办，在线申请和查询。',
      'Find which licence you need, what to hand in and how long it takes; apply and follow it.',
    ),
    body: html`<header class="head"><h1>${say('办事大厅', 'Service hall')}</h1></header>
${visitor === null ? signInLine(view) : matters !== null && mattersPart(view, matters)}
${section(
  'guide',
  say('我需要办什么', 'What do I need'),
  html`<ul class="inline choices">${choice('firm', '我是企业（单位）', 'I am a firm or a body')}${choice('person', '我是个人', 'I am a person')}</ul>
<ol class="plain-list">${shown.map(
    (kind) =>
      html`<li><p><a href="/hall/kinds/${kind.code}">${tell(view, kind.question)}</a></p><p class="soft small dotted"><span>${tell(view, kind)}</span><span>${say('由', 'decided at ')}${tell(view, levels[kind.level]!)}${say('许可', ' level')}</span></p></li>`,
  )}</ol>`,
)}
${section(
  'follow',
  say('查办理结果', 'Look up a result'),
  html`<p><a href="/licences">${say('按名称、代码、证书编号查已颁发的许可；凭查询编号和密码查自己的申请', 'Licences by name, code or number; your own application by its number and secret')}</a></p>`,
)}`,
  };
}

export const signInLine = (view: View): Markup =>
  notice(
    'link',
    html`${view.say('在线申请、补正、预约和评价需要登录：', 'Applying, supplementing, booking and evaluating need a sign-in: ')}<a href="/console/sign-in?from=${encodeURIComponent(view.path)}">${view.say('企业经办人登录', 'sign in as an agent')}</a>`,
  );

function mattersPart(view: View, { account, applications, licences, appointments }: Matters): Markup {
  const { say } = view;
  if (account === null)
    return notice(
      'warn',
      say(
        '您的单位还没有办事账户。授权生效后会自动开立；也可以到窗口开立。',
        'There is no account yet. It is opened when your authority takes effect, or at a counter.',
      ),
    );
  return html`${section(
    'matters',
    say(`${account.name}的办件`, `Matters of ${account.name}`),
    applications.length === 0
      ? html`<p class="soft">${say('还没有申请。从下面选择要办的事项开始。', 'No application yet. Choose below what you need.')}</p>`
      : table(
          say('申请', 'Applications'),
          [
            { name: say('事项', 'Licence'), wide: true },
            { name: say('类型', 'Purpose') },
            { name: say('状态', 'State') },
            { name: say('期限', 'Due') },
            { name: say('受理机关', 'Office') },
          ],
          applications.map((one) => [
            html`<a href="/hall/applications/${one.id}">${tell(view, one.kindName)}</a>`,
            tell(view, purposes[one.purpose]!),
            tell(view, one.stateName),
            one.dueOn,
            one.officeName && tell(view, one.officeName),
          ]),
        ),
  )}
${
  licences.length > 0 &&
  section(
    'licences',
    say('持有的许可证', 'Licences held'),
    table(
      say('许可证', 'Licences'),
      [
        { name: say('证书编号', 'Number') },
        { name: say('事项', 'Licence') },
        { name: say('状态', 'State') },
        { name: say('有效期至', 'Valid until') },
        { name: say('延续申请截止', 'Renew by') },
      ],
      licences.map((one) => [
        html`<a href="/licences/${one.id}">${one.number}</a>`,
        html`<a href="/hall/kinds/${one.kind}?licence=${one.id}">${tell(view, one.kindName)}</a>`,
        tell(view, statuses[one.state] ?? { zh: one.state, en: one.state }),
        one.validUntil,
        one.renewBy !== null && one.renewBy < one.today
          ? html`<span class="bad">${one.renewBy}${say('（已过）', ' (past)')}</span>`
          : one.renewBy,
      ]),
    ),
  )
}
${section(
  'appointments',
  say('预约', 'Appointments'),
  appointments.length > 0 &&
    html`<ul class="plain-list">${appointments.map((one) => html`<li><p>${one.day} ${one.time} · ${say(`${one.counter} 号窗口`, `counter ${one.counter}`)} · ${one.matter}</p><p class="soft small">${one.officeName && tell(view, one.officeName)} · ${tell(view, appointmentStates[one.state]!)}</p>${one.state === 'booked' && html`<form method="post" action="/hall/appointments/${one.id}/cancel" enctype="multipart/form-data"><button>${say('取消预约', 'Cancel')}</button></form>`}</li>`)}</ul>`,
  html`<p><a href="/hall/appointments">${say('预约窗口', 'Book a counter')}</a></p>`,
)}`;
}

/** One licence as it must be posted up, and the form that begins an application. */
export function kindPage(view: View, kind: KindInFull, visitor: HallVisitor | null, matters: Matters | null): Page {
  const { say } = view;
  const unsure = [...kind.basis, ...kind.authority, ...kind.clocks].some(({ confidence }) => confidence !== 'sourced');
  return {
    title: say(kind.zh, kind.en),
    body: html`<header class="head"><p class="kind"><a href="/hall">${say('办事大厅', 'Service hall')}</a></p><h1>${tell(view, kind)}</h1></header>
${unsure && notice('warn', say('本页部分依据和期限待核实，以许可机关公布的为准。', 'Some clauses and terms of this page are yet to be verified; what the authority posts prevails.'))}
${facts([
  [say('依据', 'Basis'), kind.basis.map(({ text }) => text).join('；')],
  [
    say('许可机关', 'Authority'),
    html`${tell(view, levels[kind.authority[0]!.level]!)}${say('市场监督管理部门', ' authority for market regulation')}`,
  ],
  [
    say('收费', 'Fees'),
    kind.fees.length === 0
      ? say('不收费', 'None')
      : kind.fees.map((fee) => `${say(fee.item.zh, fee.item.en)} ${fee.amount} ${say('元', 'yuan')}`).join('；'),
  ],
  [
    say('有效期', 'Validity'),
    kind.validity === null
      ? say('长期', 'Without end')
      : `${kind.validity.amount} ${tell(view, units[kind.validity.unit]!) as string}`,
  ],
  [say('现场核查', 'Site check'), siteWords(view, kind)],
  [
    say('产品检验', 'Product test'),
    kind.test.kind === 'licensing-test'
      ? say('核查合格后，在企业自己选择的检验机构检验', 'After the site check, at a laboratory that the firm chooses')
      : kind.test.kind === 'trial-report'
        ? say('提交试制产品检验报告', 'A test report of the trial product')
        : say('不检验', 'None'),
  ],
  [
    say('告知承诺', 'On commitment'),
    kind.commitmentOpen
      ? say(`可以：先证后核（${kind.commitment!.basis}）`, 'Possible: granted first, checked later')
      : say('不适用', 'Not open'),
  ],
])}
${section('papers', say('要交什么', 'What to hand in'), papersPart(view, kind))}
${section('times', say('多久办好', 'How long it takes'), clocksPart(view, kind))}
${section('begin', say('开始申请', 'Begin'), visitor === null ? signInLine(view) : beginForm(view, kind, matters))}`,
  };
}

function siteWords(view: View, { siteCheck }: KindInFull): string {
  const { say } = view;
  if (siteCheck.when === 'none') return say('不核查', 'None');
  const [least, most] = siteCheck.team;
  const size = least === most ? String(least) : `${least}–${most}`;
  return say(
    `由随机抽取的 ${size} 人核查组核查，${siteCheck.pass} 分以上且关键项全部符合为合格`,
    `By a team of ${size} drawn at random; passed with ${siteCheck.pass} points and every critical item met`,
  );
}

function papersPart(view: View, { papersFor }: KindInFull): Markup {
  const { say } = view;
  const asked = (view.query.purpose ?? 'new') as Purpose;
  const purpose = first.includes(asked) ? asked : 'new';
  return html`<ul class="inline choices">${first.map((one) => html`<li><a href="?purpose=${one}"${one === purpose && html` aria-current="true"`}>${tell(view, purposes[one]!)}</a></li>`)}</ul>
<ul class="plain-list">${papersFor[purpose].map(
    (paper) =>
      html`<li><p>${tell(view, paper)}</p><p class="soft small">${paper.heldIn !== undefined ? say('平台已有，不用提交', 'The platform holds it; not to be handed in') : paper.condition === 'restricted' ? say('限制类产品才需要', 'For restricted products only') : say('申请人提交', 'From the applicant')}</p></li>`,
  )}</ul>`;
}

function clocksPart(view: View, { clocks }: KindInFull): Markup {
  const { say } = view;
  return table(
    say('期限', 'Terms'),
    [
      { name: say('环节', 'Step') },
      { name: say('期限', 'Term') },
      { name: say('可以延长', 'May be extended by') },
      { name: say('依据', 'Basis'), wide: true },
    ],
    clocks.map(({ name, amount, unit, extension, basis }) => [
      tell(view, clockWords[name]!),
      html`${amount} ${tell(view, units[unit]!)}`,
      extension && html`${extension.amount} ${tell(view, units[unit]!)}`,
      basis,
    ]),
  );
}

function beginForm(view: View, kind: KindInFull, matters: Matters | null): Markup {
  const { say } = view;
  if (matters?.account == null)
    return html`<p class="soft">${say('您的单位还没有办事账户。', 'There is no account yet.')}</p>`;
  const held = matters.licences.filter((one) => one.kind === kind.code);
  return html`<form method="post" action="/hall/kinds/${kind.code}/begin" enctype="multipart/form-data" class="stack hall-form">
<fieldset><legend>${say('申请类型', 'Purpose')}</legend>${first.map((one, place) => html`<label class="tick"><input type="radio" name="purpose" value="${one}"${place === 0 && html` checked`}>${tell(view, purposes[one]!)}</label>`)}</fieldset>
${
  held.length > 0 &&
  html`<div class="field"><label for="licence">${say('原许可证（变更、延续、补领时选择）', 'Licence held, unless this is the first')}</label><select id="licence" name="licence"><option value="">—</option>${held.map((one) => html`<option value="${one.id}"${one.id === view.query.licence && html` selected`}>${one.number}</option>`)}</select></div>
<div class="field"><label for="changeOf">${say('变更内容（变更时选择）', 'What changes, for a change')}</label><select id="changeOf" name="changeOf"><option value="">—</option><option value="name">${say('名称、住所等登记事项', 'Name or address')}</option><option value="conditions">${say('生产条件、工艺、地址', 'Conditions, process or place')}</option><option value="products">${say('增加产品（类别）', 'More products')}</option></select></div>
<div class="field"><label for="changedOn">${say('变化日期', 'Changed on')}</label><input id="changedOn" name="changedOn" type="date"></div>`
}
<fieldset><legend>${say('产品（类别）', 'Products')}</legend><div class="ticks">${kind.products.map((product) => html`<label class="tick"><input type="checkbox" name="products" value="${product.code}"${product.policy === 'banned' && html` disabled`}>${tell(view, product)}${product.policy === 'banned' && html` <span class="soft small">${say('产业政策禁止', 'banned')}</span>`}</label>`)}</div></fieldset>
${kind.commitmentOpen && html`<fieldset><legend>${say('程序', 'Track')}</legend><label class="tick"><input type="radio" name="track" value="ordinary" checked>${say('一般程序', 'Ordinary')}</label><label class="tick"><input type="radio" name="track" value="commitment">${say('告知承诺（先证后核）', 'On commitment')}</label></fieldset>`}
<div class="field"><label for="region">${say('生产经营地的区划代码（6 位）', 'Division code of the place, six digits')}</label><input id="region" name="region" inputmode="numeric" pattern="[0-9]{6}" maxlength="6" required></div>
<div class="field"><label for="address">${say('生产经营地址', 'Address')}</label><input id="address" name="address" maxlength="300" required></div>
<div class="actions"><button class="primary">${say('建立草稿', 'Make a draft')}</button></div></form>`;
}
