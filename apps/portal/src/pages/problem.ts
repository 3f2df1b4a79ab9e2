import { tell, type View } from '../language.ts';
import { html } from '../markup.ts';
import type { Page } from '../page.ts';
import { code, section } from '../pieces.ts';
import { explanations } from '../words/problems.ts';
import { missingPage } from './failure.ts';

/** What a problem code of the interface means; the addresses in `type` of every refusal lead here. */
export function problemPage(view: View, problem: string): Page {
  if (!/^[a-z0-9-]{1,80}$/.test(problem)) return missingPage(view);
  const { say } = view;
  const known = Object.hasOwn(explanations, problem) ? explanations[problem] : undefined;
  return {
    title: say(`问题代码 ${problem}`, `Problem ${problem}`),
    body: html`<header class="head"><p class="kind">${say('问题代码', 'Problem code')}</p><h1>${code(problem)}</h1></header>
${
  known !== undefined
    ? html`${section('means', say('是什么意思', 'What it means'), html`<p>${tell(view, known.means)}</p>`)}${section('next', say('接下来怎么办', 'What to do next'), html`<p>${tell(view, known.next)}</p>`)}`
    : html`<p>${say('这个代码属于某一项业务。系统拒绝时同时给出一句话，说明为什么，以及怎样才能办；以那句话为准。', 'This code belongs to one procedure. With every refusal comes a sentence that says why, and what would help; that sentence counts.')}</p>`
}
<p class="soft">${say('拒绝时没有写入任何内容。', 'Nothing is written when something is refused.')}</p>`,
  };
}
