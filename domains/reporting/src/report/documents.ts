import type { Paper } from '@hengjian/kernel';
import { cycles, type FrozenFigure, type FrozenLine, type ReportRow } from './entity.ts';

const percent = (value: string | null | undefined): string => (value ? `${(Number(value) * 100).toFixed(1)}%` : '—');

function lineOf({ unit }: FrozenFigure, line: FrozenLine): string[] {
  if (unit !== 'percent') return [line.name, String(line.numerator)];
  return [
    `${line.name}${line.small ? '＊' : ''}`,
    `${line.numerator} / ${line.denominator ?? 0}`,
    percent(line.value),
    line.lower ? `${percent(line.lower)} – ${percent(line.upper)}` : '—',
    line.exactLower ? `${percent(line.exactLower)} – ${percent(line.exactUpper)}` : '—',
  ];
}

/** The report as it is printed and signed: every number with its n, its interval and its hash. */
export const reportPaper = (row: ReportRow): Paper => ({
  template: 'periodical-report',
  title: row.name,
  content: {
    facts: [
      ['种类', cycles[row.template].zh],
      ['期间', `${row.periodFrom} 至 ${row.periodUntil}`],
      ['数据时点', row.asOf],
      ['版次', String(row.edition)],
      ['更正理由', row.replaces ? (row.reason ?? null) : null],
      ['核对', `${row.checkedBy ?? ''} ${row.checkedOn ?? ''}`],
      ['全文校验值', row.digest],
    ],
    paragraphs: row.remarks ? [row.remarks] : [],
    tables: row.sections.flatMap(({ title, figures }) =>
      figures.map((figure) => ({
        caption: `${title} · ${figure.label}（校验值 ${figure.hash.slice(0, 16)}）`,
        columns:
          figure.unit === 'percent'
            ? ['分组', '分子 / 分母', '比率', '95 % 区间（Wilson）', '95 % 区间（精确）']
            : ['分组', '数量'],
        rows: figure.lines.map((line) => lineOf(figure, line)),
      })),
    ),
    closing: [
      '带“＊”的分组批次过少，不能用于比较高低。',
      ...new Set(row.sections.flatMap(({ figures }) => figures.flatMap(({ note }) => (note ? [note] : [])))),
    ].join(''),
  },
});
