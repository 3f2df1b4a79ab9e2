import { z } from 'zod';
import { chinese, type Label, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import { facts } from '../pieces.ts';

const results: Record<string, Label> = {
  none: { zh: '未发现问题', en: 'No problem found' },
  corrected: { zh: '发现问题，已当场改正', en: 'Problem found, corrected on the spot' },
  ordered: { zh: '发现问题，已责令改正', en: 'Problem found, ordered to correct' },
  pending: { zh: '发现问题，待后续处理', en: 'Problem found, to be followed up' },
  closed: { zh: '未开展相关经营活动', en: 'No such business' },
  unreachable: { zh: '通过登记的住所无法联系', en: 'Not reachable at the registered place' },
  uncooperative: { zh: '不予配合情节严重', en: 'Seriously uncooperative' },
};

const Result = z.object({
  publicName: z.string(),
  enterpriseCode: z.string().nullish(),
  matters: z.array(z.string()),
  result: z.string(),
  recordedOn: z.string(),
});

/** Whom was visited for what, and the result; undefined where the content is another. */
function resultBody(view: View, body: unknown): Markup | undefined {
  const { say } = view;
  const { data } = Result.safeParse(body);
  if (data === undefined) return undefined;
  const known = results[data.result];
  return html`${facts([
    [say('检查对象', 'Firm'), chinese(view, data.publicName)],
    [say('统一社会信用代码', 'Credit code'), data.enterpriseCode ?? ''],
    [say('检查事项', 'Matters'), chinese(view, data.matters.join('、'))],
    [say('检查日期', 'Inspected on'), data.recordedOn],
    [say('检查结果', 'Result'), known === undefined ? data.result : say(known.zh, known.en)],
  ])}
<p class="soft">${say('企业对公示结果有异议的，可以向公示机关申请更正；负面信息在公示期满后撤下。', 'A firm may ask the authority to correct a result. Negative information is taken down when its term ends.')}</p>`;
}

const Plan = z.object({
  ground: z.string(),
  firstDay: z.string(),
  lastDay: z.string(),
  items: z.array(
    z.object({ matter: z.string(), basis: z.string(), scope: z.string(), firms: z.number(), cap: z.number() }),
  ),
});

function planBody(view: View, body: unknown): Markup | undefined {
  const { say } = view;
  const { data } = Plan.safeParse(body);
  if (data === undefined) return undefined;
  const rows = data.items.map(
    ({ matter, basis, scope, firms, cap }) =>
      html`<tr><td>${chinese(view, matter)}</td><td>${chinese(view, basis)}</td><td>${chinese(view, scope)}</td><td class="numeric">${String(firms)}</td><td class="numeric">${String(cap)}</td></tr>`,
  );
  return html`<p>${chinese(view, data.ground)}</p>
${facts([[say('期间', 'Period'), `${data.firstDay} – ${data.lastDay}`]])}
<div class="scroll" tabindex="0" role="region" aria-label="${say('检查事项', 'Matters')}"><table><thead><tr><th scope="col">${say('检查事项', 'Matter')}</th><th scope="col">${say('依据', 'Basis')}</th><th scope="col">${say('对象范围', 'Who is inspected')}</th><th scope="col">${say('户数', 'Firms')}</th><th scope="col">${say('同一企业年度上限', 'Cap for one firm a year')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

const Listing = z.object({ problem: z.string(), demands: z.string(), deadline: z.string(), listedOn: z.string() });

function listingBody(view: View, body: unknown): Markup | undefined {
  const { say } = view;
  const { data } = Listing.safeParse(body);
  return (
    data &&
    html`${facts([
      [say('挂牌问题', 'What is listed'), chinese(view, data.problem)],
      [say('挂牌日期', 'Listed on'), data.listedOn],
      [say('整治期限', 'Deadline'), data.deadline],
    ])}<p>${chinese(view, data.demands)}</p>`
  );
}

/** Entries of inspections by kind; undefined where the content is not what the kind promises. */
export function inspectionBody(view: View, kind: string, body: unknown): Markup | undefined {
  if (kind === 'inspection-result') return resultBody(view, body);
  if (kind === 'inspection-plan') return planBody(view, body);
  return kind === 'inspection-listing' ? listingBody(view, body) : undefined;
}
