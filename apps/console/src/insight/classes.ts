/** Classes of a choropleth: few, fixed for a kind of figure, and none for what is too small to be compared. */
import { roundTicks } from '../kit/scale.ts';
import type { Figured, Unit } from './shapes.ts';

export type Classed = { kind: 'none' } | { kind: 'small' } | { kind: 'class'; index: number };
export type Classes = { breaks: number[]; of: (line: Figured | undefined) => Classed };

/** Where rates are usually high the upper classes are narrow; the same breaks every month, so that two maps can be compared. */
const high = [0, 0.6, 0.8, 0.9, 0.95, 1];
const even = [0, 0.2, 0.4, 0.6, 0.8, 1];
const usuallyHigh = new Set(['pass-rate', 'sampling-completion', 'on-time-rate', 'closure-rate']);

/** Breaks of a figure: fixed for rates, round and equal for counts. A count of few is a count; a rate of few is hatched. */
export function classesOf(figure: string, unit: Unit, lines: readonly Figured[]): Classes {
  const counted = Math.max(4, ...lines.map(({ value }) => Number(value ?? 0)));
  const breaks = unit === 'percent' ? (usuallyHigh.has(figure) ? high : even) : roundTicks(counted, 4);
  const last = breaks.length - 2;
  return {
    breaks,
    of: (line) => {
      if (line === undefined || line.value === null) return { kind: 'none' };
      if (line.small) return { kind: 'small' };
      const value = Number(line.value);
      const index = breaks.findIndex((least, at) => at > 0 && value < least) - 1;
      return { kind: 'class', index: index < 0 ? last : Math.min(index, last) };
    },
  };
}
