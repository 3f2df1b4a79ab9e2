import { chinese, type Label, tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { facts, notice, section, table } from '../pieces.ts';
import type { Site } from '../site.ts';
import { missingPage } from './failure.ts';

interface Item extends Label {
  entity: string;
  type: string;
  scope: Label;
  duties: Label;
  basis: string;
  confidence: string;
}
interface Step extends Label {
  number: number;
  from: number[];
  to: number[];
  by: Label[];
  approval: Label[];
  basis: string;
  needs: Label[];
  papers: Label[];
  clocks: (Label & { turn: 'starts' | 'ends' | 'suspends' | 'resumes' | 'extends'; rule: Label; basis: string })[];
  apartFrom: Label[];
  lane: number | null;
}
interface Chart {
  states: (Label & { name: string; closed: boolean })[];
  steps: Step[];
  lanes: number;
}
type List = { edition: string; types: Record<string, Label>; items: (Item & { states: number; steps: number })[] };
type Power = Item & { typeLabel: Label; edition: string; law: string; chart: Chart };

/** The power list: what the authority may do to whom, what it owes, on which law. */
export async function powersPage(site: Site, view: View): Promise<Page> {
  const { say } = view;
  const list = (await site.ask('monitoring.powers', {})) as List;
  const rows = (list.items ?? []).map((item) => [
    html`<a href="/powers/${item.entity}">${tell(view, item)}</a>`,
    tell(view, list.types[item.type]!),
    tell(view, item.scope),
    tell(view, item.duties),
    chinese(view, item.basis),
  ]);
  return {
    title: say('权责清单', 'Power list'),
    description: say(
      '每项权力的依据、责任和办理流程图。',
      'Each power with its basis, its duties and the flow chart of its procedure.',
    ),
    body: html`<header class="head"><h1>${say('权责清单', 'Power list')}</h1><p class="lead">${say('流程图由平台实际运行的程序生成：谁可以办、凭什么条款、什么期限、什么文书，与平台所做的不会两样。', 'Flow charts are made of the procedures on which the platform itself runs: who may act, on which clause, in which time, with which papers. They cannot differ from what it does.')}</p></header>
${table(
  say('权责清单', 'Power list'),
  [
    { name: say('事项', 'Power') },
    { name: say('类别', 'Type') },
    { name: say('权力内容', 'What it is'), wide: true },
    { name: say('责任', 'What the authority owes'), wide: true },
    { name: say('依据', 'Basis') },
  ],
  rows,
)}
<p class="soft small dotted exports"><span>${say('清单版本', 'Edition')} ${list.edition}</span><span><a href="/api/public/queries/monitoring.powers">JSON</a></span></p>`,
  };
}

/** One power with its flow chart, for reading and for printing. */
export async function powerPage(site: Site, view: View, entity: string): Promise<Page> {
  const { say } = view;
  const found = (await site.ask('monitoring.power', { entity: entity.slice(0, 80) })) as Power | null;
  if (found === null || Array.isArray(found)) return missingPage(view);
  return {
    title: say(found.zh, found.en),
    body: html`<header class="head"><p class="kind"><a href="/powers">${say('权责清单', 'Power list')}</a> · ${tell(view, found.typeLabel)}</p><h1>${tell(view, found)}</h1></header>
${found.confidence === 'illustrative' && notice('warn', say('本项的文字为示例，待权力机关核定；流程图取自平台运行的程序。', 'The words of this item are illustrative until the authority confirms them; the chart is that of the running procedure.'))}
${facts([
  [say('权力内容', 'What it is'), tell(view, found.scope)],
  [say('责任', 'What the authority owes'), tell(view, found.duties)],
  [say('依据', 'Basis'), chinese(view, found.basis)],
  [say('程序版本', 'Edition of the procedure'), html`${found.edition} · ${chinese(view, found.law)}`],
])}
${section('chart', say('流程图', 'Flow chart'), html`<p class="soft">${say('方框为状态，自上而下为办理进度；编号为环节，见下表。', 'Boxes are states, in the order of progress; numbers are the steps of the table below.')}</p>`, chartPicture(view, found))}
${section('steps', say('环节', 'Steps'), stepTable(view, found.chart))}`,
  };
}

const row = 56;
const box = { width: 250, height: 32 };
const lane = 26;
const middle = (at: number): number => at * row + box.height / 2 + 2;

/** Steps that lead from a state to the next, told beside the arrow between them. */
const between = (steps: readonly Step[], at: number): Step[] =>
  steps.filter(({ lane: own, from, to }) => own === null && from.length === 1 && from[0] === at && to.includes(at + 1));

function badge(x: number, y: number, text: string): Markup {
  const width = 12 + text.length * 7;
  return html`<g class="chart-badge"><rect x="${x - width / 2}" y="${y - 9}" width="${width}" height="18" rx="9"/><text x="${x}" y="${y + 4}" text-anchor="middle">${text}</text></g>`;
}

function laneOf(step: Step): Markup {
  const own = step.lane ?? 0;
  const x = box.width + 34 + own * lane;
  const shift = ((own % 5) - 2) * 4;
  const rows = [...step.from, ...step.to];
  const [top, bottom] = [Math.min(...rows), Math.max(...rows)];
  const line = (at: number, out: boolean): Markup => {
    const y = middle(at) + shift;
    return out
      ? html`<path class="chart-line" d="M${box.width} ${y}H${x}"/><circle class="chart-dot" cx="${box.width}" cy="${y}" r="2.5"/>`
      : html`<path class="chart-line" marker-end="url(#chart-arrow)" d="M${x} ${y}H${box.width + 7}"/>`;
  };
  const at = top === bottom ? middle(top) + shift : middle(top) + shift + row / 2;
  return html`${top !== bottom && html`<path class="chart-line" d="M${x} ${middle(top) + shift}V${middle(bottom) + shift}"/>`}${step.from.map((place) => line(place, true))}${step.to.map((place) => line(place, false))}${badge(x, at, String(step.number))}`;
}

function chartPicture(view: View, { zh, en, chart }: Power): Markup {
  const { say } = view;
  const width = box.width + 34 + Math.max(1, chart.lanes) * lane;
  const height = chart.states.length * row + 4;
  const boxes = chart.states.map(
    (state, at) =>
      html`<rect x="1" y="${at * row + 2}" width="${box.width - 1}" height="${box.height}" rx="${state.closed ? 16 : 3}" class="chart-state${state.closed ? ' closed' : ''}"/><text x="${box.width / 2}" y="${middle(at) + 4.5}" text-anchor="middle">${say(state.zh, state.en)}</text>`,
  );
  const arrows = chart.states.map((_state, at) => {
    const steps = between(chart.steps, at);
    return steps.length === 0
      ? null
      : html`<path class="chart-line" marker-end="url(#chart-arrow)" d="M${box.width / 2} ${at * row + 2 + box.height}V${(at + 1) * row - 5}"/>${badge(box.width / 2 + 26, at * row + box.height + 13, steps.map(({ number }) => number).join(' '))}`;
  });
  const begins = chart.steps.filter(({ from }) => from.length === 0).map(({ number }) => number);
  const name = say(`${zh}流程图`, `Flow chart: ${en}`);
  return html`<div class="chart-frame" role="region" tabindex="0" aria-label="${name}"><svg class="flow-chart" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="chart-name"><title id="chart-name">${name}</title><defs><marker id="chart-arrow" viewBox="0 0 8 8" refX="2" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8Z"/></marker></defs>${boxes}${arrows}${chart.steps.filter((step) => step.lane !== null).map(laneOf)}</svg></div>
<p class="soft small">${say(`环节 ${begins.join('、')} 建立记录；圆角方框为终点。`, `Steps ${begins.join(', ')} begin the record; rounded boxes are ends.`)}</p>`;
}

const turns: Record<Step['clocks'][number]['turn'], Label> = {
  starts: { zh: '起算', en: 'starts' },
  ends: { zh: '终止', en: 'ends' },
  suspends: { zh: '暂停', en: 'suspends' },
  resumes: { zh: '恢复', en: 'resumes' },
  extends: { zh: '延长', en: 'extends' },
};

function stepTable(view: View, { states, steps }: Chart): Markup {
  const { say } = view;
  const named = (labels: readonly Label[]): string => labels.map((one) => say(one.zh, one.en)).join(say('、', ', '));
  const stateNames = (places: readonly number[]): string => named(places.map((at) => states[at]!));
  const rows = steps.map((step) => [
    html`<b class="nowrap">${step.number}</b>`,
    tell(view, step),
    html`${step.from.length === 0 ? say('（建立）', '(begins)') : stateNames(step.from)} → ${step.to.length === 0 ? say('不变', 'the same') : stateNames(step.to)}`,
    html`${named(step.by)}${step.approval.length > 0 && html`<br><span class="soft small">${say('签批：', 'Signed by: ')}${named(step.approval)}</span>`}${step.apartFrom.length > 0 && html`<br><span class="soft small">${say('不得由办理下列环节的人办理：', 'Not by whoever took: ')}${named(step.apartFrom)}</span>`}`,
    step.clocks.length > 0 &&
      html`${step.clocks.map(({ zh, en, turn, rule }) => html`<div>${tell(view, turns[turn])} ${say(zh, en)}${turn === 'starts' && html`<span class="soft small">${say('：', ': ')}${say(rule.zh, rule.en)}</span>`}</div>`)}`,
    html`${step.needs.length > 0 && html`<div>${say('需要：', 'Needs: ')}${named(step.needs)}</div>`}${step.papers.length > 0 && html`<div>${say('出具：', 'Makes: ')}${named(step.papers)}</div>`}`,
    chinese(view, step.basis),
  ]);
  return table(
    say('环节', 'Steps'),
    [
      { name: '№' },
      { name: say('环节', 'Step') },
      { name: say('状态', 'State') },
      { name: say('谁可以办', 'Who may act') },
      { name: say('期限', 'Terms') },
      { name: say('材料和文书', 'Papers') },
      { name: say('条款', 'Clause') },
    ],
    rows,
  );
}
