import { useId, useState } from 'react';
import { percent } from '../format.ts';
import { heightAt, type Point, roundTicks } from './scale.ts';
import { useWidth } from './width.ts';
import './chart.css';

export type Mark = Point & { label: string };

type Properties = {
  title: string;
  /** What one must know to read it: n, c, model, whether it is exact. */
  about: string;
  points: Point[];
  marks: Mark[];
  xLabel: string;
  yLabel: string;
  readLabel: string;
};

const height = 264;
const margin = { left: 52, right: 16, top: 12, bottom: 44 };

/**
 * A curve of probabilities over a share of nonconforming items, both 0–1 and written as per cent. A slider reads the
 * curve at any point; the caller puts the table beside it.
 */
export function LineChart({ title, about, points, marks, xLabel, yLabel, readLabel }: Properties) {
  const id = useId();
  const [frame, width] = useWidth<HTMLDivElement>();
  const xTicks = roundTicks(points.at(-1)?.x ?? 0, width < 480 ? 4 : 6);
  const xMaximum = xTicks.at(-1) || 1;
  const [read, setRead] = useState<number | null>(null);
  const innerWidth = Math.max(120, width - margin.left - margin.right);
  const innerHeight = height - margin.top - margin.bottom;
  const x = (value: number) => margin.left + (value / xMaximum) * innerWidth;
  const y = (value: number) => margin.top + (1 - value) * innerHeight;
  const path = points
    .map((point, index) => `${index === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`)
    .join('');
  const at = read ?? marks[0]?.x ?? xMaximum / 4;
  const value = heightAt(points, at);
  const tickText = (tick: number) => `${Number((tick * 100).toPrecision(6))} %`;
  return (
    <figure className="chart" aria-labelledby={`${id}-title`}>
      <figcaption>
        <h3 id={`${id}-title`}>{title}</h3>
        <p className="small soft">{about}</p>
      </figcaption>
      <div ref={frame}>
        {width > 0 && (
          <svg width={width} height={height} role="img" aria-labelledby={`${id}-title`}>
            <title>{title}</title>
            {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
              <g key={tick}>
                <line x1={margin.left} x2={margin.left + innerWidth} y1={y(tick)} y2={y(tick)} className="chart-grid" />
                <text x={margin.left - 8} y={y(tick) + 4} textAnchor="end">
                  {tickText(tick)}
                </text>
              </g>
            ))}
            {xTicks.map((tick) => (
              <g key={tick}>
                <line x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(0) + 5} className="chart-axis" />
                <text x={x(tick)} y={y(0) + 20} textAnchor="middle">
                  {tickText(tick)}
                </text>
              </g>
            ))}
            <line x1={margin.left} x2={margin.left + innerWidth} y1={y(0)} y2={y(0)} className="chart-axis" />
            <text x={margin.left + innerWidth} y={height - 6} textAnchor="end" className="chart-label">
              {xLabel}
            </text>
            <path d={path} className="chart-line" />
            {marks.map((mark) => {
              const left = x(mark.x) + 200 < margin.left + innerWidth;
              return (
                <g key={mark.label}>
                  <circle cx={x(mark.x)} cy={y(mark.y)} r={4} className="chart-mark" />
                  <text
                    x={x(mark.x) + (left ? 10 : -10)}
                    y={y(mark.y) - 8}
                    textAnchor={left ? 'start' : 'end'}
                    className="chart-note"
                  >
                    {mark.label}
                  </text>
                </g>
              );
            })}
            {read !== null && value !== undefined && (
              <g className="chart-read">
                <line x1={x(at)} x2={x(at)} y1={y(0)} y2={y(value)} />
                <line x1={margin.left} x2={x(at)} y1={y(value)} y2={y(value)} />
                <circle cx={x(at)} cy={y(value)} r={3} />
              </g>
            )}
          </svg>
        )}
      </div>
      <label className="chart-slider small">
        <span>{readLabel}</span>
        <input
          type="range"
          min={0}
          max={xMaximum}
          step={xMaximum / 200}
          value={at}
          aria-valuetext={`${percent(at, 1)}: ${yLabel} ${value === undefined ? '–' : percent(value, 1)}`}
          onChange={(event) => setRead(Number(event.target.value))}
        />
        <output>
          p = {percent(at, 1)} · {yLabel} {value === undefined ? '–' : percent(value, 1)}
        </output>
      </label>
    </figure>
  );
}
