import type { PenaltyDecision } from '../bodies/penalty.ts';
import { chinese, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import { facts } from '../pieces.ts';

/** A penalty decision as everybody reads it: the summary of order 45, then the text, persons masked, and how long it stays. */
export function penaltyBody(view: View, decision: PenaltyDecision): Markup {
  const { say } = view;
  const code = decision.partyCode;
  return html`${facts([
    [say('决定书文号', 'Decision'), chinese(view, decision.decisionNumber)],
    [say('当事人', 'Party'), chinese(view, decision.partyName)],
    [say('统一社会信用代码', 'Credit code'), code && html`<a href="/enterprises/${code}"><code>${code}</code></a>`],
    [say('违法行为类型', 'Violation'), chinese(view, decision.violation)],
    [say('行政处罚内容', 'Penalty'), chinese(view, decision.penalty)],
    [say('作出处罚的机关', 'Authority'), chinese(view, decision.authority)],
    [say('决定日期', 'Decided on'), decision.decidedOn],
    [
      say('公示期限', 'Public'),
      decision.until &&
        say(
          `${decision.publishedOn} 至 ${decision.until}，期满自动下架`,
          `${decision.publishedOn} to ${decision.until}; it is taken down by itself`,
        ),
    ],
    [
      say('可申请信用修复', 'Repair may be asked for'),
      decision.repairFrom && say(`${decision.repairFrom} 之后`, `after ${decision.repairFrom}`),
    ],
  ])}
<h2>${say('决定书（个人信息、商业秘密已隐去）', 'The decision, without personal data and business secrets')}</h2>
<div class="text">${decision.text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => html`<p>${chinese(view, line)}</p>`)}</div>`;
}
