import type { ServiceByNotice } from '../bodies/service.ts';
import { chinese, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import { facts } from '../pieces.ts';

/** Who is asked to fetch which paper, where, and from when on it counts as served. It says nothing of what the paper says. */
export function serviceBody(
  view: View,
  { addressee, paper, fetchAt, publicisedOn, servedOn }: ServiceByNotice,
): Markup {
  const { say } = view;
  return html`${facts([
    [say('受送达人', 'Addressee'), chinese(view, addressee)],
    [say('文书', 'Paper'), chinese(view, paper)],
    [say('领取地点', 'To be fetched at'), fetchAt && chinese(view, fetchAt)],
    [say('公告日期', 'Notice of'), publicisedOn],
    [say('视为送达日期', 'Counts as served on'), servedOn],
  ])}
<p>${say('请受送达人在视为送达日期之前领取；逾期不领取，即视为送达，有关期限从那一天起算。', 'The addressee is asked to fetch it before that day. After it the paper counts as served, and its time limits run from then.')}</p>`;
}
