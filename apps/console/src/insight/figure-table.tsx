import { useState } from 'react';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { type FigureAnswer, type Figured, type Order, shown, sorted } from './shapes.ts';

/** The interval of a rate as a bar on the whole from 0 to 100 per cent, with the rate as a tick. */
function IntervalBar({ line }: { line: Figured }) {
  if (line.interval === null || line.value === null) return null;
  const [low, high, at] = [line.interval.wilson.lower, line.interval.wilson.upper, line.value].map(
    (text) => Number(text) * 100,
  );
  return (
    <svg
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      className="interval-bar"
      data-small={line.small}
      aria-hidden="true"
    >
      <rect x="0" y="4.5" width="100" height="1" className="interval-ground" />
      <rect x={low} y="2" width={Math.max(0.5, high! - low!)} height="6" className="interval-band" />
      <rect x={Math.max(0, at! - 0.6)} y="0" width="1.2" height="10" className="interval-point" />
    </svg>
  );
}

const between = (limits: { lower: string; upper: string }): string =>
  `${(Number(limits.lower) * 100).toFixed(1)} – ${(Number(limits.upper) * 100).toFixed(1)} %`;

function Line({
  line,
  answer,
  rate,
  onChoose,
}: {
  line: Figured;
  answer: FigureAnswer;
  rate: boolean;
  onChoose: ((code: string) => void) | null;
}) {
  const { t, say } = useSpeech();
  const name = say(line.label);
  return (
    <tr data-small={line.small} className={line.group === null ? 'figure-total' : undefined}>
      <th scope="row">
        {onChoose && line.group !== null && line.group !== 'none' ? (
          <button type="button" className="link-button" onClick={() => onChoose(line.group!)}>
            {name}
          </button>
        ) : (
          name
        )}
      </th>
      <td className="numeric">
        {shown(line, answer.unit)}
        {line.small && line.value !== null && <span className="small soft figure-small">{t('figure.small')}</span>}
      </td>
      {rate && (
        <>
          <td className="numeric">{`${line.numerator} / ${line.denominator}`}</td>
          <td className="figure-interval">
            <IntervalBar line={line} />
            {line.interval && <span className="small nowrap">{between(line.interval.wilson)}</span>}
          </td>
          <td className="numeric small nowrap">{line.interval ? between(line.interval.exact) : '—'}</td>
        </>
      )}
    </tr>
  );
}

/** A figure by group: value, counts and both intervals; the same content as the map. */
export function FigureTable({
  answer,
  first,
  onChoose,
}: {
  answer: FigureAnswer;
  first: string;
  onChoose: ((code: string) => void) | null;
}) {
  const { t, say } = useSpeech();
  const [order, setOrder] = useState<{ by: Order; down: boolean }>({ by: 'name', down: false });
  const rate = answer.unit === 'percent';
  const head = (by: Order, text: string, numeric = true) => (
    <th
      scope="col"
      className={numeric ? 'numeric' : undefined}
      aria-sort={order.by !== by ? 'none' : order.down ? 'descending' : 'ascending'}
    >
      <button
        type="button"
        className="sort-button"
        onClick={() => setOrder({ by, down: order.by === by ? !order.down : by !== 'name' })}
      >
        {text}
        <Icon name="sort" />
      </button>
    </th>
  );
  return (
    <ScrollFrame label={say(answer.label)}>
      <table className="table figure-table">
        <caption className="visually-hidden">{say(answer.label)}</caption>
        <thead>
          <tr>
            {head('name', first, false)}
            {head('value', say(answer.label))}
            {rate && head('n', t('figure.counts'))}
            {rate && <th scope="col">{t('figure.wilson')}</th>}
            {rate && (
              <th scope="col" className="numeric">
                {t('figure.exact')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {sorted(answer.groups, order.by, order.down).map((line) => (
            <Line key={line.group} line={line} answer={answer} rate={rate} onChoose={onChoose} />
          ))}
          <Line line={answer.total} answer={answer} rate={rate} onChoose={null} />
        </tbody>
      </table>
    </ScrollFrame>
  );
}
