import { beaconOf, type Draw, readDraw } from '../bodies/draw.ts';
import { moment } from '../dates.ts';
import { stageLabels, stages } from '../draw-words.ts';
import { chinese, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import { code, facts, grouped, notice, section, table } from '../pieces.ts';
import type { PublicEntry, PublicEntryWithBody } from '../public-record.ts';
import type { Site } from '../site.ts';
import { verifierPanel } from './verifier.ts';

/** No draw has more stages than this; a chain that does not end is cut. */
const most = 6;

/** One stage of a draw with the ones published before it, oldest first. */
export async function historyOf(site: Site, entry: PublicEntryWithBody): Promise<{ entry: PublicEntry; draw: Draw }[]> {
  const history: { entry: PublicEntry; draw: Draw }[] = [];
  for (let at: PublicEntryWithBody | undefined = entry; at !== undefined && history.length < most; ) {
    const draw = readDraw(at.body);
    if (draw !== undefined) history.unshift({ entry: at, draw });
    at = at.replaces === null ? undefined : await site.findEntry(at.replaces);
  }
  return history;
}

/** A draw at one of its stages: what is fixed, what is drawn, who it was, and the verifier. */
export async function drawBody(site: Site, view: View, entry: PublicEntryWithBody, draw: Draw): Promise<Markup> {
  const { say } = view;
  const history = await historyOf(site, entry);
  return html`${draw.stage === 'voided' && notice('act', html`<strong>${say('本次抽取已作废，结果不作数。', 'This draw is void; its result does not count.')}</strong>`, draw.reason !== null && html`${say('理由：', 'Reason: ')}${chinese(view, draw.reason)}`)}
${stageMap(view, draw, history)}
<p><a class="button" href="#verify">${say('自己重算这次抽取', 'Compute this draw again')}</a></p>
${section('fixed', say('抽取前就定下的', 'Fixed before the draw'), fixed(view, draw))}
${section('strata', say('分层', 'Strata'), strata(view, draw))}
${draw.result !== null && section('drawn', say('抽中的编号', 'Leaves drawn'), html`<p>${say('编号是名单中加盐哈希的位置，按抽出的先后排列。', 'A leaf is a place in the list of salted hashes; they stand in the order in which they were drawn.')}</p>`, drawn(view, draw))}
${section('names', say('企业名称', 'Names'), names(site, view, draw))}
${verifierPanel(view, draw, site.log.key)}`;
}

function stageMap(view: View, draw: Draw, history: readonly { entry: PublicEntry; draw: Draw }[]): Markup {
  const { say } = view;
  const reached =
    draw.stage === 'voided'
      ? (history.findLast(({ draw: { stage } }) => stage !== 'voided')?.draw.stage ?? 'committed')
      : draw.stage;
  const last = stages.findIndex(({ stage }) => stage === reached);
  const rows = stages.map(({ stage, label, tells }, index) => {
    const published = history.find((past) => past.draw.stage === stage)?.entry;
    const current = index === last && draw.stage !== 'voided';
    return html`<li class="${index <= last ? 'done' : 'ahead'}"${current && html` aria-current="step"`}><p><b>${tell(view, label)}</b> <span class="soft small">${index > last ? say('未到', 'not yet') : published !== undefined && moment(view, published.publishedAt)}</span></p><p class="small">${tell(view, tells)}</p></li>`;
  });
  return html`<ol class="stages" aria-label="${say('阶段', 'Stages')}：${view.language === 'zh' ? stageLabels[draw.stage].zh : stageLabels[draw.stage].en}">${rows}</ol>`;
}

function fixed(view: View, draw: Draw): Markup {
  const { say } = view;
  const { commitment } = draw;
  const beacon = beaconOf(draw);
  return facts([
    [say('产品', 'Product'), draw.productName && chinese(view, draw.productName)],
    [
      say('实施细则', 'Detailed rules'),
      draw.rules && html`<a href="/records/${draw.rules}">${say('查看', 'Read them')}</a>`,
    ],
    [say('抽样框', 'Frame'), say(`${grouped(commitment.frame.size)} 家`, `${grouped(commitment.frame.size)} firms`)],
    [
      say('抽取、候补', 'Drawn, reserves'),
      say(
        `${grouped(draw.sizes.drawn)} 家，候补 ${grouped(draw.sizes.reserves)} 家`,
        `${grouped(draw.sizes.drawn)}, with ${grouped(draw.sizes.reserves)} reserves`,
      ),
    ],
    [say('承诺时间', 'Committed at'), moment(view, commitment.committedAt)],
    [
      say('公共随机数', 'Public random number'),
      beacon &&
        html`drand ${beacon.network} ${say(`第 ${beacon.round} 轮`, `round ${beacon.round}`)}${say('，', ', ')}${moment(view, beacon.at)}`,
    ],
    [
      say('各出一个秘密数', 'Parties with a secret'),
      commitment.parties.length > 0 &&
        html`${commitment.parties.map(({ name }, index) => html`${index > 0 && say('、', ', ')}${chinese(view, name)}`)}`,
    ],
    [
      say('抽样人员', 'Samplers'),
      commitment.samplers &&
        say(
          `${grouped(commitment.samplers.size)} 人中随机派出，每家两人${commitment.samplers.team === 'same-body' ? '，同一机构' : ''}`,
          `two to a firm, drawn at random from ${grouped(commitment.samplers.size)}${commitment.samplers.team === 'same-body' ? ', both of one body' : ''}`,
        ),
    ],
    [say('名单的根哈希', 'Root of the list'), code(commitment.frame.root)],
    [
      say('承诺摘要', 'Digest of the commitment'),
      html`${code(draw.commitmentDigest)}<br><span class="soft small">${say('抄下或截图：以后任何版本都必须有同一个摘要。', 'Note it down: every later version must carry the same digest.')}</span>`,
    ],
  ]);
}

function strata(view: View, draw: Draw): Markup {
  const { say } = view;
  const rows = draw.strata.map(({ label, size, sample, reserves, weightClasses }) => [
    chinese(view, label),
    grouped(size),
    grouped(sample),
    grouped(reserves),
    weightClasses.map((kind) => `${kind.weight} × ${grouped(kind.size)}`).join(say('，', ', ')),
  ]);
  return html`${table(say('每层的数量', 'Sizes of each stratum'), [{ name: say('层', 'Stratum') }, { name: say('企业', 'Firms'), numeric: true }, { name: say('抽取', 'Drawn'), numeric: true }, { name: say('候补', 'Reserves'), numeric: true }, { name: say('权重 × 企业数', 'Weight × firms') }], rows)}
<p class="soft small">${say('权重大的先抽中的机会大；权重的理由不公开。太小的层已合并，以免从数量认出企业。', 'A greater weight is likelier to be drawn; why a firm has it is not public. Strata too small to hide in were merged.')}</p>`;
}

function drawn(view: View, { result, strata: known }: Draw): Markup {
  const { say } = view;
  const rows = (result?.selection ?? []).map(({ stratum, drawn: positions, reserve }) => [
    chinese(view, known.find(({ code: own }) => own === stratum)?.label ?? String(stratum)),
    html`<span class="positions">${positions.join(' ')}</span>`,
    html`<span class="positions">${reserve.join(' ')}</span>`,
  ]);
  return table(
    say('每层抽中的编号', 'Leaves drawn in each stratum'),
    [
      { name: say('层', 'Stratum') },
      { name: say('抽中', 'Drawn') },
      { name: say('候补，按次序', 'Reserves, in order') },
    ],
    rows,
  );
}

function names(site: Site, view: View, { opening, opensWhen }: Draw): Markup {
  const { say } = view;
  if (opening === null)
    return notice('link', say('名称还没有公开。', 'The names are still closed.'), tell(view, opensWhen));
  const rows = [...opening.leaves]
    .sort((one, other) => one.index - other.index)
    .map(({ index, record: { name, creditCode, region } }) => {
      const place = region === null ? undefined : site.regionName(region);
      return [
        index,
        creditCode === null
          ? chinese(view, name)
          : html`<a href="/enterprises/${creditCode}">${chinese(view, name)}</a>`,
        creditCode && code(creditCode),
        place && tell(view, place),
      ];
    });
  return html`<p>${say('被抽中只说明被随机选中，与产品质量无关。', 'To be drawn says nothing about quality: it was chance.')}</p>${table(say('公开的企业', 'Firms opened'), [{ name: say('编号', 'Leaf') }, { name: say('名称', 'Name') }, { name: say('统一社会信用代码', 'Credit code') }, { name: say('地区', 'Region') }], rows)}`;
}
