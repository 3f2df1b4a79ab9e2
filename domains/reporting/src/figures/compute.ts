import type { Label, Office, Transaction } from '@hengjian/kernel';
import { channels, firmSizes, planKinds, selections } from '@hengjian/sampling';
import { findRegion } from '../../../../data/regions/index.ts';
import { type Figured, figured, hashOf } from './answer.ts';
import { type Parameters, requireSense, statementOf, tidy } from './parameters.ts';
import type { Dimension, FigureKey, FigureSpec } from './registry.ts';
import { readBases, worthOf } from './worth.ts';

/** A figure, computed: its meaning, what was asked, all of it and each group, and the hash by which it is recognised. */
export interface FigureAnswer {
  figure: FigureKey;
  label: Label;
  definition: Label;
  unit: FigureSpec['unit'];
  period: Label;
  by: Dimension | null;
  parameters: Record<string, string>;
  /** Instant of the counting. */
  asOf: string;
  total: Figured;
  groups: Figured[];
  /** What was asked of the database; values stand in `parameters`. */
  query: string;
  hash: string;
}

interface Line {
  group: string | null;
  name: string | null;
  whole: boolean;
  numerator: number | string;
  denominator: number | string | null;
  targeted?: number | string;
  firstScheme?: string | null;
  lastScheme?: string | null;
}

const all: Label = { zh: '合计', en: 'All' };
const unsaid: Label = { zh: '未填写', en: 'Not entered' };

const spoken: Partial<Record<Dimension, Record<string, Label>>> = {
  size: { ...firmSizes, unknown: unsaid },
  kind: planKinds,
  selection: selections,
  channel: channels,
};

/** Names of the groups of a dimension; what has none keeps its code. */
async function readLabels(
  sql: Transaction,
  by: Dimension,
  lines: readonly Line[],
  offices: ReadonlyMap<string, Office>,
): Promise<(line: Line) => Label> {
  const schemes =
    by === 'scheme'
      ? await sql.query<{ id: string; name: string }>(
          'select id, name from sampling.scheme where id = any($1::uuid[])',
          [lines.flatMap(({ group }) => (group === null ? [] : [group]))],
        )
      : [];
  return ({ group, name }) => {
    const code = group!;
    const plain = { zh: code, en: code };
    if (code === 'none') return unsaid;
    if (by === 'city' || by === 'county') {
      const region = findRegion(code);
      return region === undefined ? plain : { zh: region.name, en: region.name };
    }
    if (by === 'organiser') return offices.get(code)?.label ?? plain;
    if (by === 'product' && name !== null) return { zh: name, en: name };
    if (by === 'scheme') {
      const found = schemes.find(({ id }) => id === code);
      return found === undefined ? plain : { zh: found.name, en: found.name };
    }
    return spoken[by]?.[code] ?? plain;
  };
}

/**
 * Computes a figure from the records that the caller may see.
 * @throws Problem 422 `period-backwards`, `dimension-unfit`
 */
export async function computeFigure(
  sql: Transaction,
  asked: Parameters,
  { now, offices }: { now: string; offices: ReadonlyMap<string, Office> },
): Promise<FigureAnswer> {
  const spec = requireSense(asked);
  const { text, values } = statementOf(asked);
  const lines = await sql.query<Line>(text, values);
  const parameters = tidy(asked);
  const drawn = lines.map((line) => ({
    n: Number(line.denominator ?? line.numerator),
    targeted: Number(line.targeted ?? 0),
    firstScheme: line.firstScheme ?? null,
    lastScheme: line.lastScheme ?? null,
  }));
  const basisOf = spec.estimates ? await readBases(sql, drawn) : null;
  const labelOf = asked.by
    ? await readLabels(
        sql,
        asked.by,
        lines.filter(({ whole }) => !whole),
        offices,
      )
    : () => all;
  const computed = lines.map((line, index) => ({
    whole: line.whole,
    line: figured(
      {
        group: line.whole ? null : line.group,
        label: line.whole ? all : labelOf(line),
        numerator: Number(line.numerator),
        denominator: line.denominator === null ? null : Number(line.denominator),
      },
      basisOf === null ? null : worthOf(basisOf(drawn[index]!)),
    ),
  }));
  const total = computed.find(({ whole }) => whole)!.line;
  const groups = computed
    .filter(({ whole }) => !whole)
    .map(({ line }) => line)
    .sort((a, b) => (a.group! < b.group! ? -1 : 1));
  return {
    figure: asked.figure,
    label: spec.label,
    definition: spec.definition,
    unit: spec.unit,
    period: spec.period.label,
    by: asked.by ?? null,
    parameters,
    asOf: now,
    total,
    groups,
    query: text,
    hash: hashOf(parameters, [total, ...groups]),
  };
}
