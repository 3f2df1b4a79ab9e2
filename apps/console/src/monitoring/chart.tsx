import { useSpeech } from '../i18n/language.ts';
import type { Chart, ChartStep } from './shapes.ts';

const row = 56;
const box = { width: 250, height: 32 };
const lane = 26;
const middle = (at: number): number => at * row + box.height / 2 + 2;

function Badge({ x, y, text }: { x: number; y: number; text: string }) {
  const width = 12 + text.length * 7;
  return (
    <g className="flow-badge">
      <rect x={x - width / 2} y={y - 9} width={width} height="18" rx="9" />
      <text x={x} y={y + 4} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}

/** A step that does not simply lead to the next state: a line beside the states, from where it may be taken to where it leads. */
function Lane({ step, place }: { step: ChartStep; place: number }) {
  const x = box.width + 34 + place * lane;
  const shift = ((place % 5) - 2) * 4;
  const rows = [...step.from, ...step.to];
  const [top, bottom] = [Math.min(...rows), Math.max(...rows)];
  return (
    <g>
      {top !== bottom && <path className="flow-line" d={`M${x} ${middle(top) + shift}V${middle(bottom) + shift}`} />}
      {step.from.map((at) => (
        <g key={at}>
          <path className="flow-line" d={`M${box.width} ${middle(at) + shift}H${x}`} />
          <circle className="flow-dot" cx={box.width} cy={middle(at) + shift} r="2.5" />
        </g>
      ))}
      {step.to.map((at) => (
        <path
          key={at}
          className="flow-line"
          markerEnd="url(#flow-arrow)"
          d={`M${x} ${middle(at) + shift}H${box.width + 7}`}
        />
      ))}
      <Badge x={x} y={middle(top) + shift + (top === bottom ? 0 : row / 2)} text={String(step.number)} />
    </g>
  );
}

/** The flow chart of a procedure: states from top to bottom, steps by number. Everything it says stands in the table of steps as well. */
export function FlowChart({ name, chart }: { name: string; chart: Chart }) {
  const { say } = useSpeech();
  const width = box.width + 34 + Math.max(1, chart.lanes) * lane;
  const height = chart.states.length * row + 4;
  const onward = (at: number) =>
    chart.steps.filter(
      ({ lane: own, from, to }) => own === null && from.length === 1 && from[0] === at && to.includes(at + 1),
    );
  return (
    <svg
      className="flow-chart"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={name}
    >
      <defs>
        <marker id="flow-arrow" viewBox="0 0 8 8" refX="2" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 8 4 0 8Z" />
        </marker>
      </defs>
      {chart.states.map((state, at) => (
        <g key={state.name}>
          <rect
            className="flow-state"
            data-closed={state.closed}
            x="1"
            y={at * row + 2}
            width={box.width - 1}
            height={box.height}
            rx={state.closed ? 16 : 3}
          />
          <text x={box.width / 2} y={middle(at) + 4.5} textAnchor="middle">
            {say(state)}
          </text>
          {onward(at).length > 0 && (
            <>
              <path
                className="flow-line"
                markerEnd="url(#flow-arrow)"
                d={`M${box.width / 2} ${at * row + 2 + box.height}V${(at + 1) * row - 5}`}
              />
              <Badge
                x={box.width / 2 + 26}
                y={at * row + box.height + 13}
                text={onward(at)
                  .map(({ number }) => number)
                  .join(' ')}
              />
            </>
          )}
        </g>
      ))}
      {chart.steps.map((step) => step.lane !== null && <Lane key={step.number} step={step} place={step.lane} />)}
    </svg>
  );
}
