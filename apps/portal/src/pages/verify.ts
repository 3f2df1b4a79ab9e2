import type { View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { code, entryList, notice, section, standing } from '../pieces.ts';
import type { PublicEntry, SheetReceipt } from '../public-record.ts';
import type { Site } from '../site.ts';

/** The checksum as people type it: with spaces, in capitals, or as the whole address of the QR code. */
export function tidyChecksum(typed: string): string {
  return (typed.trim().split('/verify/').at(-1) ?? '').replaceAll(/[\s-]/g, '').toLowerCase();
}

export const isChecksum = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** Where a checksum is typed when there is no camera at hand. */
export function verifyPage(view: View): Page {
  const { say } = view;
  return {
    title: say('核验文书', 'Check a paper'),
    body: html`<header class="head"><h1>${say('核验文书', 'Check a paper')}</h1><p class="lead">${say('文书右上角的二维码带着它的校验码。用手机扫码就会打开本站的核验页；也可以在这里输入。', 'The code at the upper right of a paper carries its checksum. Scan it with a phone to open its page here, or type the checksum.')}</p></header>
${form(view, '')}<p><a href="/reports">${say('核验检验报告：按编号、核验码或者文件', 'Check a test report: by number and code, or by its file')}</a></p>${explanation(view)}`,
  };
}

/** What the checksum of a paper means, and whether a public entry carries it. It never tells of papers that are not public. */
export async function paperPage(site: Site, view: View, typed: string): Promise<Page> {
  const { say } = view;
  const sha256 = tidyChecksum(typed);
  const title = say('核验文书', 'Check a paper');
  if (!isChecksum(sha256))
    return {
      status: 404,
      title: say('校验码有误', 'Not a checksum'),
      body: html`<header class="head"><h1>${title}</h1></header>${malformed(view, sha256)}${form(view, typed.slice(0, 200))}${explanation(view)}`,
    };
  const receipt = await site.reader.sheet?.(sha256);
  if (receipt !== undefined) return sheetPage(view, sha256, receipt);
  const entries = (await site.reader.carrying?.(sha256)) ?? [];
  return {
    title,
    body: html`<header class="head"><h1>${title}</h1></header>
<div class="checksum"><p class="soft small">${say('校验码', 'Checksum')}</p><p class="code-block"><b>${sha256.slice(0, 16)}</b>${sha256.slice(16)}</p></div>
${answer(view, entries)}
${section('compare', say('请对照手里的纸', 'Compare with the paper in your hand'), html`<ol class="steps"><li>${say('页脚“版本”后的 16 位应当是', 'The 16 characters after 版本 at the foot should be')} ${code(sha256.slice(0, 16))}${say('。', '.')}</li><li>${say('二维码打开的网址应当是本站。', 'The code should have opened this very site.')}</li><li>${say('文号、日期、单位和内容应当与公开内容一致；复印件、照片可以被改动。', 'Number, date, office and content should agree with what is public; a copy or photograph can be altered.')}</li></ol>`)}
${form(view, '')}${explanation(view)}`,
  };
}

/** What a sampled firm reads that scanned the code on its sheet: that this very sheet was recorded. Nobody else holds the digest. */
function sheetPage(view: View, digest: string, { office, recordedOn }: SheetReceipt): Page {
  const { say } = view;
  const title = say('核验抽样单', 'Check a sampling sheet');
  return {
    title,
    body: html`<header class="head"><h1>${title}</h1></header>
<div class="checksum"><p class="soft small">${say('校验码', 'Checksum')}</p><p class="code-block"><b>${digest.slice(0, 16)}</b>${digest.slice(16)}</p></div>
${notice(
  'good',
  html`<strong>${say('有。这张抽样单已经登记，内容与签字时一致。', 'Yes. This very sheet was recorded, as it was signed.')}</strong>`,
  say(
    `登记机关：${office.zh}；登记日期：${recordedOn}。单子上改动一个字，校验码就不同。此后依法更正的，以更正并经您确认的抽样单为准。`,
    `Recorded by ${office.en} on ${recordedOn}. One changed character would give another checksum. If the sheet was corrected since, the correction that you confirmed counts.`,
  ),
)}
${section('compare', say('请对照手里的单子', 'Compare with the sheet in your hand'), html`<ol class="steps"><li>${say('单子上校验码的前 16 位应当是', 'Its checksum should begin with')} ${code(digest.slice(0, 16))}${say('。', '.')}</li><li>${say('二维码打开的网址应当是本站。', 'The code should have opened this very site.')}</li><li>${say('本页不显示企业和产品：抽查结果公布前，单子只有您和抽样机构持有。', 'This page names neither firm nor product: before results are published, only you and the sampling body hold the sheet.')}</li></ol>`)}
${form(view, '')}`,
  };
}

function answer(view: View, entries: readonly PublicEntry[]): Markup {
  const { say } = view;
  if (entries.length === 0)
    return notice(
      'link',
      html`<strong>${say('公开记录中没有这个校验码。', 'No public entry carries this checksum.')}</strong>`,
      say(
        '这不说明文书是假的：大多数文书只发给当事人，不向社会公开，本站既不确认也不否认。请向落款单位核实，电话用官方公布的，不要用文书上的。',
        'That does not make the paper false. Most papers go to the party alone and are not public; this site neither confirms nor denies them. Ask the office that signed it, by a telephone number that you have from elsewhere and not from the paper.',
      ),
    );
  const stands = entries.some((entry) => standing(entry) === 'valid');
  return html`${
    stands
      ? notice(
          'good',
          html`<strong>${say('有。这份文书对应下列公开内容。', 'Yes. This paper belongs to the public entry below.')}</strong>`,
        )
      : notice(
          'act',
          html`<strong>${say('有，但已经撤回或者被替代，不再有效。', 'Yes, but it was withdrawn or replaced and no longer holds.')}</strong>`,
        )
  }
${entryList(view, entries)}`;
}

function malformed(view: View, text: string): Markup {
  const { say } = view;
  const strange = [...new Set(text.replaceAll(/[0-9a-f]/g, ''))].slice(0, 8).join(' ');
  return notice(
    'act',
    html`<strong>${say('这不是文书的校验码。', 'This is not the checksum of a paper.')}</strong>`,
    text.length !== 64 &&
      say(`校验码有 64 位，这里是 ${text.length} 位。`, `A checksum has 64 characters; this has ${text.length}.`),
    strange !== '' &&
      html`${say('只含数字和 a 到 f；这里还有：', 'It holds digits and a to f alone; here there is also: ')}${code(strange)}`,
  );
}

function form(view: View, typed: string): Markup {
  const { say } = view;
  return html`<form action="/verify" class="filters" role="search"><div class="field grow"><label for="sha256">${say('校验码或二维码中的网址', 'Checksum, or the address in the code')}</label><input id="sha256" name="sha256" value="${typed}" maxlength="300" autocomplete="off" spellcheck="false"></div><div class="actions"><button class="primary">${say('核验', 'Check')}</button></div></form>`;
}

function explanation(view: View): Markup {
  const { say } = view;
  return section(
    'about',
    say('校验码是什么', 'What the checksum is'),
    html`<ul class="dashes">
<li>${say('它是文书内容的 SHA-256 哈希：内容改一个字，校验码就完全不同。它算的是内容，不是 PDF 文件。', 'It is the SHA-256 hash of what the paper says: change one character and it is another. It is of the content and not of the PDF file.')}</li>
<li>${say('从校验码推不出内容。', 'Nothing can be learnt from it about the content.')}</li>
<li>${say('有印章、签名的文书以印章、签名为准；二维码不能代替印章。', 'Seal and signature make a paper valid; a code does not replace a seal.')}</li></ul>`,
  );
}
