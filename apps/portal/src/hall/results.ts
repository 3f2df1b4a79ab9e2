import { day } from '../dates.ts';
import { address, chinese, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { facts, notice, section, table } from '../pieces.ts';
import type { KindOutline, Outcome, PublicLicence } from './answers.ts';
import { statuses } from './words.ts';

const statusOf = (view: View, status: string) => tell(view, statuses[status] ?? { zh: status, en: status });
const standing = (view: View, licence: PublicLicence): Markup =>
  html`<span class="verdict ${licence.status === 'valid' ? 'good' : 'bad'}">${statusOf(view, licence.status)}</span>`;

/** Results of licensing for everybody, and of one's own application by number and secret. */
export function resultsPage(
  view: View,
  kinds: readonly KindOutline[],
  found: readonly PublicLicence[] | null,
  asked: { outcome: Outcome | null } | null,
): Page {
  const { say } = view;
  const { q = '', kind = '' } = view.query;
  return {
    title: say('许可结果', 'Licences'),
    body: html`<header class="head"><h1>${say('查许可结果', 'Look up licences')}</h1></header>
<form action="/licences" class="filters" role="search"><div class="field grow"><label for="q">${say('名称、统一社会信用代码或者证书编号', 'Name, credit code or number')}</label><input id="q" name="q" type="search" maxlength="100" value="${q}"></div>
<div class="field"><label for="kind">${say('事项', 'Licence')}</label><select id="kind" name="kind"><option value="">${say('全部', 'All')}</option>${kinds.map((one) => html`<option value="${one.code}"${one.code === kind && html` selected`}>${say(one.zh, one.en)}</option>`)}</select></div>
<div class="actions"><button class="primary">${say('查询', 'Look up')}</button></div></form>
${found !== null && (found.length === 0 ? html`<div class="empty"><p><strong>${say('没有查到已公开的许可。', 'No public licence was found.')}</strong></p><p>${say('不予许可的决定只告知申请人；个人姓名以部分隐去的形式公开。', 'Refusals are told to the applicant alone; names of persons are masked.')}</p></div>` : resultsTable(view, found))}
${section('outcome', say('查自己的申请', 'Your own application'), outcomeForm(view), asked !== null && outcomePart(view, asked.outcome))}
<p><a href="/licences/persons">${say('持证人员名册', 'Register of certified persons')}</a></p>
<p class="soft small dotted exports"><span>${say('开放数据：', 'Open data:')} <a href="${address('/api/public/queries/licensing.results', { words: q, kind })}">JSON</a></span></p>`,
  };
}

function resultsTable(view: View, found: readonly PublicLicence[]): Markup {
  const { say } = view;
  return table(
    say('许可证', 'Licences'),
    [
      { name: say('证书编号', 'Number') },
      { name: say('持证人', 'Holder'), wide: true },
      { name: say('事项', 'Licence') },
      { name: say('状态', 'State') },
      { name: say('有效期至', 'Valid until') },
    ],
    found.map((one) => [
      html`<a href="/licences/${one.licence}">${one.number}</a>`,
      chinese(view, one.holder),
      tell(view, one.kindName),
      standing(view, one),
      one.validUntil ?? say('长期', 'without end'),
    ]),
  );
}

function outcomeForm(view: View): Markup {
  const { say } = view;
  return html`<p>${say('查询编号和密码在收件凭据上。进度和不予许可的理由只凭密码告知。', 'Number and secret are on the receipt. Progress, and the reasons of a refusal, are told to whoever holds them.')}</p>
<form method="post" action="/licences/outcome" enctype="multipart/form-data" class="filters"><div class="field"><label for="number">${say('查询编号（16 位）', 'Number, 16 digits')}</label><input id="number" name="number" inputmode="numeric" maxlength="16" required></div>
<div class="field"><label for="secret">${say('查询密码（10 位）', 'Secret, 10 characters')}</label><input id="secret" name="secret" autocomplete="off" maxlength="10" required></div>
<div class="actions"><button>${say('查进度', 'Look up')}</button></div></form>`;
}

function outcomePart(view: View, outcome: Outcome | null): Markup {
  const { say } = view;
  if (outcome === null) return notice('act', say('编号或者密码不对。', 'The number or the secret is wrong.'));
  return html`${notice('link', html`${tell(view, outcome.kindName)}${say('：', ': ')}<b>${tell(view, outcome.stateName)}</b>${say('（', ' (')}${outcome.on}${say('）', ')')}`)}
${outcome.reason !== null && facts([[say('理由', 'Reasons'), chinese(view, outcome.reason)]])}`;
}

/** One licence as everybody reads it: where the QR of a certificate leads. */
export function licencePage(view: View, history: readonly PublicLicence[]): Page | undefined {
  const { say } = view;
  const now = history[0];
  if (now === undefined) return undefined;
  return {
    title: now.number,
    body: html`<header class="head"><p class="kind"><a href="/licences">${say('许可结果', 'Licences')}</a></p><h1>${now.number}</h1><p class="lead">${standing(view, now)}</p></header>
${now.status !== 'valid' && notice('act', say('本许可现在不能作为生产经营的依据。', 'This licence does not permit anything now.'))}
${now.commitment === 'unverified' && notice('warn', say('本许可凭书面承诺颁发，尚未核查。', 'Granted on a written commitment that has not been checked yet.'))}
${facts([
  [say('持证人', 'Holder'), chinese(view, now.holder)],
  [
    say('统一社会信用代码', 'Credit code'),
    now.holderCode && html`<a href="/enterprises/${now.holderCode}"><code>${now.holderCode}</code></a>`,
  ],
  [say('事项', 'Licence'), tell(view, now.kindName)],
  [say('许可范围', 'Scope'), now.productNames.map((one) => say(one.zh, one.en)).join(say('、', ', '))],
  [say('生产经营地址', 'Address'), now.address && chinese(view, now.address)],
  [say('颁发机关', 'Issued by'), chinese(view, now.office)],
  [say('颁发日期', 'Issued on'), now.issuedOn],
  [say('有效期', 'Validity'), `${now.validFrom} — ${now.validUntil ?? say('长期', 'without end')}`],
])}
${section(
  'companions',
  say('电子副本', 'Electronic companions'),
  html`<p class="inline"><a href="/api/public/licences/${now.licence}">JSON</a> <a href="/api/public/licences/${now.licence}/credential">${say('可验证凭证（W3C）', 'Verifiable credential (W3C)')}</a> <a href="/api/public/licences/keys">${say('公布的密钥', 'Published key')}</a></p>`,
  notice(
    'warn',
    say(
      '演示密钥签发；电子副本不是许可证件，以颁发机关的证件和本页状态为准。',
      'Signed by a demonstration key; these are companions and no licence. The certificate and the state on this page prevail.',
    ),
  ),
)}
${section(
  'history',
  say('公开历程', 'What was published'),
  html`<ol class="entries">${history.map((one) => html`<li><time datetime="${day(one.publishedAt)}">${day(one.publishedAt)}</time><div><p class="entry-title"><a href="/records/${one.entry}">${statusOf(view, one.status)}</a></p>${one.why && html`<p class="soft small">${say('其后：', 'Then: ')}${chinese(view, one.why)}</p>`}</div></li>`)}</ol>`,
)}`,
  };
}
