/** Figures as the server answers them (reporting.figures, reporting.figure). */
import type { Label } from '../api.ts';

export type Unit = 'percent' | 'batches' | 'firms';
export type FigureInWords = { key: string; label: Label; definition: Label; unit: Unit; period: Label; by: string[] };
export type FigureList = { leastForColour: number; dimensions: Record<string, Label>; figures: FigureInWords[] };

type Limits = { lower: string; upper: string };
export type Figured = {
  group: string | null;
  label: Label;
  numerator: number;
  denominator: number | null;
  value: string | null;
  interval: { confidence: string; wilson: Limits; exact: Limits } | null;
  small: boolean;
  worth: { basis: string; representative: boolean; note: Label } | null;
};
export type FigureAnswer = {
  figure: string;
  label: Label;
  definition: Label;
  unit: Unit;
  period: Label;
  by: string | null;
  parameters: Record<string, string>;
  asOf: string;
  total: Figured;
  groups: Figured[];
  query: string;
  hash: string;
};

/** A rate as per cent with one place, a count as it is; a dash where nothing was counted. */
export function shown(line: Pick<Figured, 'value'>, unit: Unit): string {
  if (line.value === null) return '—';
  return unit === 'percent' ? `${(Number(line.value) * 100).toFixed(1)} %` : line.value;
}

export type Order = 'name' | 'value' | 'n';

/** Groups in the order that a reader asked for; what has no value comes last. */
export function sorted(groups: readonly Figured[], order: Order, down: boolean): Figured[] {
  const number = (line: Figured): number | null =>
    order === 'n' ? (line.denominator ?? line.numerator) : line.value === null ? null : Number(line.value);
  return [...groups].sort((a, b) => {
    if (order === 'name') return (down ? -1 : 1) * (a.group ?? '').localeCompare(b.group ?? '');
    const [x, y] = [number(a), number(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return (down ? y - x : x - y) || (a.group ?? '').localeCompare(b.group ?? '');
  });
}

const cellOf = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The table as CSV, with what was asked, the moment and the hash on top, so that the file can be doubted without this page. */
export function csvOf(answer: FigureAnswer, say: (label: Label) => string): string {
  const head = [
    [say(answer.label), say(answer.definition)],
    ['parameters', JSON.stringify(answer.parameters)],
    ['as of', answer.asOf],
    ['sha256', answer.hash],
    [],
    [
      'group',
      'name',
      'numerator',
      'denominator',
      'value',
      'wilson 95 lower',
      'wilson 95 upper',
      'exact 95 lower',
      'exact 95 upper',
      'small',
      'basis',
    ],
  ];
  const rows = [...answer.groups, answer.total].map((line) => [
    line.group ?? '',
    say(line.label),
    String(line.numerator),
    line.denominator === null ? '' : String(line.denominator),
    line.value ?? '',
    line.interval?.wilson.lower ?? '',
    line.interval?.wilson.upper ?? '',
    line.interval?.exact.lower ?? '',
    line.interval?.exact.upper ?? '',
    line.small ? '1' : '',
    line.worth?.basis ?? '',
  ]);
  return `\uFEFF${[...head, ...rows].map((cells) => cells.map(cellOf).join(',')).join('\r\n')}\r\n`;
}
