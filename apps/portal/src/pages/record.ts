import { readBulletin } from '../bodies/bulletin.ts';
import { readDraw } from '../bodies/draw.ts';
import { readPenaltyDecision } from '../bodies/penalty.ts';
import { readRules } from '../bodies/rules.ts';
import { readServiceByNotice } from '../bodies/service.ts';
import { bodyKind, bulletinKind, drawKind, penaltyKind, reportKind, rulesKind, serviceKind } from '../kinds.ts';
import { tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { entryHead, notice, standing } from '../pieces.ts';
import type { PublicEntryWithBody } from '../public-record.ts';
import type { Site } from '../site.ts';
import { bulletinBody } from './bulletin.ts';
import { drawBody } from './draw.ts';
import { genericBody } from './generic.ts';
import { inspectionBody } from './inspection.ts';
import { penaltyBody } from './penalty.ts';
import { proofPanel } from './proof.ts';
import { kindLink, regionLink } from './records.ts';
import { reportBody } from './report-check.ts';
import { rulesBody } from './rules.ts';
import { serviceBody } from './service.ts';
import { testingBody } from './testing-body.ts';

/** One entry of the public record, laid out by its kind. */
export async function recordPage(site: Site, view: View, entry: PublicEntryWithBody): Promise<Page> {
  const { say } = view;
  const title = view.language === 'zh' ? entry.title.zh : entry.title.en;
  const draw = entry.kind === drawKind ? readDraw(entry.body) : undefined;
  const withdrawn = standing(entry) === 'withdrawn';
  return {
    title: withdrawn ? say(`已撤回：${title}`, `Withdrawn: ${title}`) : title,
    ...(draw && { script: 'verify-draw' as const, canonical: `/draws/${entry.id}` }),
    body: html`<article>${entryHead(view, entry, regionLink(site, view, entry.region), kindLink(view, entry.kind))}
${await contentOf(site, view, entry)}
${await proofPanel(site, view, entry)}</article>
<p class="back"><a href="${draw ? '/draws' : '/records'}">${draw ? say('全部抽取', 'All draws') : say('全部公开记录', 'All public records')}</a> · <a href="/api/public/records/${entry.id}">JSON</a></p>`,
  };
}

async function contentOf(site: Site, view: View, entry: PublicEntryWithBody): Promise<Markup> {
  const { say } = view;
  if (entry.body === null || entry.body === undefined)
    return notice(
      'link',
      say(
        '撤回后内容不再公布；本页保留是为了说明它曾经公开，以及为什么撤回。',
        'After the withdrawal the content is no longer shown. This page stays to say that it was public, and why it was withdrawn.',
      ),
    );
  if (entry.kind === reportKind) return reportBody(view, entry.body);
  if (entry.kind === bodyKind) return testingBody(view, entry.body) ?? genericBody(view, entry.body);
  if (entry.kind === bulletinKind) {
    const bulletin = readBulletin(entry.body);
    if (bulletin !== undefined) return bulletinBody(view, bulletin);
  }
  if (entry.kind === rulesKind) {
    const rules = readRules(entry.body);
    if (rules !== undefined) return rulesBody(view, rules);
  }
  if (entry.kind === serviceKind) {
    const service = readServiceByNotice(entry.body);
    if (service !== undefined) return serviceBody(view, service);
  }
  if (entry.kind === penaltyKind) {
    const decision = readPenaltyDecision(entry.body);
    if (decision !== undefined) return penaltyBody(view, decision);
  }
  if (entry.kind === drawKind) {
    const draw = readDraw(entry.body);
    if (draw !== undefined) return drawBody(site, view, entry, draw);
  }
  const inspection = inspectionBody(view, entry.kind, entry.body);
  if (inspection !== undefined) return inspection;
  return html`<p class="soft">${tell(view, { zh: '本站还没有这类内容的专门页面，下面按原样列出。', en: 'This site has no page made for this kind of content; it is listed as it is.' })}</p>${genericBody(view, entry.body)}`;
}
