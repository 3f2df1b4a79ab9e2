import type { LogKey } from '@hengjian/transparency/verification';
import type { Draw } from '../bodies/draw.ts';
import { tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import { section } from '../pieces.ts';
import { drawSteps } from '../words/steps.ts';

/** The panel that a browser script brings to life: it fetches the draw's file and repeats every step on this machine. */
export function verifierPanel(view: View, { draw, commitmentDigest }: Draw, key: LogKey | undefined): Markup {
  const { say } = view;
  const bundle = `/api/public/draws/${encodeURIComponent(draw)}/bundle`;
  return section(
    'verify',
    say('自己重算', 'Compute it again'),
    html`<div class="panel" id="verify-draw" data-bundle="${bundle}" data-digest="${commitmentDigest}"${key !== undefined && html` data-log-name="${key.name}" data-log-key="${key.publicKey}"`}>
<p>${say('您的浏览器下载这次抽取的文件，在本机重做每一步，不依赖本站的判断。', 'Your browser downloads the file of this draw and repeats every step on your own machine, without trusting this site.')}</p>
<p class="row" data-live hidden><button type="button" class="primary" data-run>${say('下载并重算', 'Download and compute')}</button></p>
${dropZone(view, 'bundle-file', say('或者放入一个以前保存的抽取文件', 'Or drop a file of the draw that you kept'), '.json,application/json')}
<noscript><p>${say('重算需要启用 JavaScript；也可以下载文件，用任何按同一规范写成的程序核对。', 'Computing here needs JavaScript. You can also download the file and check it with any program written to the specification.')}</p></noscript>
<p><a href="${bundle}" download="draw-${draw}.json">${say('下载抽取文件（JSON）', 'Download the file of the draw (JSON)')}</a></p>
<div data-report role="status"></div>
<details><summary>${say('要核对哪些步骤', 'What is checked')}</summary><ol class="steps">${Object.values(drawSteps).map((label) => html`<li>${tell(view, label)}</li>`)}</ol></details>
</div>`,
  );
}

/** A file input that also takes a file dropped on it; hidden until its script runs. */
export function dropZone(view: View, id: string, label: string, accept: string): Markup {
  return html`<div class="drop" data-live hidden><label for="${id}">${label}</label><input type="file" id="${id}" accept="${accept}"><span class="soft small">${view.say('文件只在本机读取，不会上传。', 'The file is read on this machine only and not uploaded.')}</span></div>`;
}
