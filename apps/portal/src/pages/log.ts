import { moment } from '../dates.ts';
import type { View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { code, facts, grouped, section } from '../pieces.ts';
import type { LogHead } from '../public-record.ts';
import type { Site } from '../site.ts';
import { findHead } from './proof.ts';
import { dropZone } from './verifier.ts';

/** The signed head of the public log, and checks that the visitor's own browser makes. */
export async function logPage(site: Site, view: View): Promise<Page> {
  const { say } = view;
  const head = await findHead(site);
  return {
    title: say('公开日志', 'The public log'),
    script: 'verify-log',
    body: html`<header class="head"><h1>${say('公开日志', 'The public log')}</h1>
<p class="lead">${say('每一次操作都在日志里留下一个加盐的哈希。日志只能增加，不能改写；谁保存过以前的树头，谁就能查出任何改动。', 'Every act leaves a salted hash in the log. It only grows and is never rewritten; whoever keeps a former head can show any change.')}</p></header>
${head === undefined ? html`<p class="empty">${say('日志还没有内容。第一次操作封存后，这里出现签名的树头。', 'The log is empty. Its signed head appears here when the first act is sealed.')}</p>` : html`${current(site, view, head)}${inBrowser(site, view)}`}
${meaning(view)}`,
  };
}

/** When a signed note says it was signed; undefined when the line is missing. */
const timeOf = (note: string): string | undefined => /^time (\S+)$/m.exec(note)?.[1];

function current(site: Site, view: View, head: LogHead): Markup {
  const { say } = view;
  const time = timeOf(head.note);
  return section(
    'head',
    say('现在的树头', 'The present head'),
    facts([
      [say('条数', 'Entries'), grouped(head.size)],
      [say('根哈希', 'Root'), code(head.root)],
      [say('签名时间', 'Signed at'), time && moment(view, time)],
      [
        say('代次', 'Epoch'),
        html`${head.epoch} <span class="soft small">${say('每从备份恢复一次加一', 'one more with every restore from backup')}</span>`,
      ],
      [say('签名公钥', 'Signing key'), site.log.key && html`${site.log.key.name}<br>${code(site.log.key.publicKey)}`],
    ]),
    html`<details><summary>${say('签名原文', 'The signed note')}</summary><pre>${head.note}</pre></details>
<p><a href="/log/head.txt" download="hengjian-log-head-${head.size}.txt">${say('保存这个树头', 'Keep this head')}</a> <span class="soft small">${say('以后放回本页，就能知道这期间有没有改写。', 'Drop it here one day to see that nothing was rewritten meanwhile.')}</span></p>`,
  );
}

function inBrowser(site: Site, view: View): Markup {
  const { say } = view;
  const { key } = site.log;
  const leaf = /^\d{1,15}$/.test(view.query.leaf ?? '') ? view.query.leaf : '';
  return section(
    'inclusion',
    say('在您的浏览器里核对', 'Check in your browser'),
    html`<div class="panel" id="verify-log">
<noscript><p>${say('核对需要启用 JavaScript。也可以用程序核对：', 'Checking here needs JavaScript. Programs may read:')} <code>/api/public/log/head</code>, <code>/api/public/log/inclusion?leaf=&amp;size=</code>, <code>/api/public/log/consistency?from=&amp;to=</code></p></noscript>
<div data-live hidden class="stack">
<form class="filters inner" data-inclusion><div class="field"><label for="leaf">${say('第几条（从 0 起）', 'Entry number (from 0)')}</label><input id="leaf" name="leaf" inputmode="numeric" pattern="[0-9]{1,15}" value="${leaf}" required></div><div class="actions"><button class="primary">${say('核对这一条在日志里', 'Check that it is in the log')}</button></div></form>
${dropZone(view, 'proof-file', say('放入保存过的树头，或者一份证明文件', 'Drop a head that you kept, or a proof'), '.txt,.json,text/plain,application/json')}
<details><summary>${say('签名公钥', 'Signing key')}</summary><div class="stack"><p class="small">${say('下面是本站给出的公钥。要不依赖本站，请换成从政府公报等其他渠道得到的。', 'This is the key that this site gives. To do without trust in it, use one that you have from elsewhere, the official gazette say.')}</p>
<div class="field"><label for="key-name">${say('日志名称', 'Name of the log')}</label><input id="key-name" value="${key?.name}"></div><div class="field"><label for="key">${say('公钥（64 位十六进制）', 'Public key (64 hexadecimal digits)')}</label><input id="key" value="${key?.publicKey}" spellcheck="false" autocomplete="off"></div></div></details>
</div>
<div data-report role="status"></div></div>`,
  );
}

function meaning(view: View): Markup {
  const { say } = view;
  return section(
    'meaning',
    say('核对能说明什么，不能说明什么', 'What a check proves, and what it does not'),
    html`<ul class="dashes">
<li>${say('“在日志里”：这一条就在签名的树头所覆盖的位置上。', '“In the log”: the entry stands at its place under the signed head.')}</li>
<li>${say('“前后一致”：较早的树头是较晚的树头的前半部分，中间没有删改。', '“Consistent”: the earlier head is the beginning of the later one; nothing was removed or changed.')}</li>
<li>${say('日志不含姓名、企业和内容，只有加盐的哈希；有关机关可以单独公开某一项，由您核对。', 'The log names nobody and holds no content, only salted hashes; an office can open a single field for you to check.')}</li>
<li>${say('日志说明谁也没有事后改动，不说明当时写下的就是对的。', 'The log shows that nothing was changed afterwards, not that what was written was right.')}</li></ul>`,
  );
}
