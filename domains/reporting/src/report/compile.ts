import { createHash } from 'node:crypto';
import type { Office, Transaction } from '@hengjian/kernel';
import { canonicalJson } from '@hengjian/transparency';
import { type ReportCycle, reportTemplates } from '../../../../data/reports/index.ts';
import type { Figured } from '../figures/answer.ts';
import { computeFigure, type FigureAnswer } from '../figures/compute.ts';
import { Parameters } from '../figures/parameters.ts';
import type { FrozenFigure, FrozenLine, Section } from './entity.ts';
import type { Period } from './periods.ts';

interface Place {
  now: string;
  offices: ReadonlyMap<string, Office>;
}

const frozenLine = ({ group, label, numerator, denominator, value, interval, small, worth }: Figured): FrozenLine => ({
  group,
  name: label.zh,
  nameEn: label.en,
  numerator,
  denominator,
  value,
  lower: interval?.wilson.lower ?? null,
  upper: interval?.wilson.upper ?? null,
  exactLower: interval?.exact.lower ?? null,
  exactUpper: interval?.exact.upper ?? null,
  small,
  basis: worth?.basis ?? null,
});

const frozenFigure = (answer: FigureAnswer): FrozenFigure => ({
  figure: answer.figure,
  label: answer.label.zh,
  labelEn: answer.label.en,
  unit: answer.unit,
  definition: answer.definition.zh,
  definitionEn: answer.definition.en,
  parameters: answer.parameters,
  hash: answer.hash,
  note: answer.total.worth?.note.zh ?? null,
  noteEn: answer.total.worth?.note.en ?? null,
  lines: [...answer.groups, answer.total].map(frozenLine),
});

/** What stands in a report of an authority over a period: its template, counted now. */
export async function compileSections(
  sql: Transaction,
  asked: { template: ReportCycle; organiser: string } & Period,
  place: Place,
): Promise<Section[]> {
  const { template, organiser, from, until } = asked;
  const sections: Section[] = [];
  for (const { zh, en, figures } of reportTemplates()[template].sections) {
    const frozen: FrozenFigure[] = [];
    for (const wanted of figures)
      frozen.push(
        frozenFigure(await computeFigure(sql, Parameters.parse({ ...wanted, from, until, organiser }), place)),
      );
    sections.push({ title: zh, titleEn: en, figures: frozen });
  }
  return sections;
}

/** Hash of a whole report: of what was asked for each number and what came out. */
export const digestOf = (sections: readonly Section[]): string =>
  createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(sections.map(({ title, figures }) => ({ title, figures }))))))
    .digest('hex');

export interface Difference {
  figure: string;
  label: { zh: string; en: string };
  group: string | null;
  name: { zh: string; en: string };
  frozen: { numerator: number; denominator: number | null; value: string | null } | null;
  now: { numerator: number; denominator: number | null; value: string | null } | null;
}

const countsOf = (line: FrozenLine | undefined): Difference['frozen'] =>
  line === undefined
    ? null
    : { numerator: line.numerator, denominator: line.denominator ?? null, value: line.value ?? null };

/** Every line of a frozen figure that the records now answer otherwise; none where the hashes agree. Pure. */
export function differences(frozen: FrozenFigure, now: FrozenFigure): Difference[] {
  if (frozen.hash === now.hash) return [];
  const key = ({ group }: FrozenLine): string => group ?? '';
  const [former, today] = [frozen, now].map(({ lines }) => new Map(lines.map((line) => [key(line), line])));
  return [...new Set([...former!.keys(), ...today!.keys()])].flatMap((code) => {
    const [a, b] = [former!.get(code), today!.get(code)];
    const same =
      a?.numerator === b?.numerator && (a?.denominator ?? null) === (b?.denominator ?? null) && a?.basis === b?.basis;
    const line = (b ?? a)!;
    return same
      ? []
      : [
          {
            figure: frozen.figure,
            label: { zh: frozen.label, en: frozen.labelEn },
            group: line.group ?? null,
            name: { zh: line.name, en: line.nameEn },
            frozen: countsOf(a),
            now: countsOf(b),
          },
        ];
  });
}
