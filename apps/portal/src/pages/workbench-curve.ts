import { type CurveBlock, roundTicks } from '@hengjian/workbench';
import { tell, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';

const WIDTH = 400;
const HEIGHT = 264;
const LEFT = 56;
const RIGHT = 16;
const TOP = 16;
const BOTTOM = 52;

/** The curve as a picture that needs no script; the table beside it says the same to those who do not see it. */
export function curveFigure(view: View, block: CurveBlock, id: string): Markup {
  const ticks = roundTicks(block.points.at(-1)?.x ?? 0, 4);
  const end = ticks.at(-1) || 1;
  const x = (value: number): string => (LEFT + (value / end) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const y = (value: number): string => (TOP + (1 - value) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const percent = (tick: number): string => `${Number((100 * tick).toPrecision(6))} %`;
  const path = block.points.map((point, index) => `${index === 0 ? 'M' : 'L'}${x(point.x)} ${y(point.y)}`).join('');
  const across = [0, 0.25, 0.5, 0.75, 1].map(
    (tick) =>
      html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${LEFT - 8}" y="${Number(y(tick)) + 4}" text-anchor="end">${percent(tick)}</text>`,
  );
  const along = ticks.map(
    (tick) =>
      html`<line class="axis" x1="${x(tick)}" x2="${x(tick)}" y1="${y(0)}" y2="${Number(y(0)) + 5}"/><text x="${x(tick)}" y="${Number(y(0)) + 20}" text-anchor="middle">${percent(tick)}</text>`,
  );
  const marks = block.marks
    .filter((mark) => mark.x <= end)
    .map((mark) => {
      const right = Number(x(mark.x)) < WIDTH * 0.5;
      return html`<circle class="point" cx="${x(mark.x)}" cy="${y(mark.y)}" r="4"/><text class="note" x="${Number(x(mark.x)) + (right ? 10 : -10)}" y="${Number(y(mark.y)) - 8}" text-anchor="${right ? 'start' : 'end'}">${tell(view, mark.label)}</text>`;
    });
  return html`<figure class="curve"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}">${across}${along}<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(0)}" y2="${y(0)}"/><path class="line" d="${path}"/>${marks}<text class="note" x="${WIDTH - RIGHT}" y="${HEIGHT - 8}" text-anchor="end">${tell(view, block.xLabel)}</text></svg></figure>`;
}
