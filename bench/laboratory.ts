/**
 * Verdicts per second over a million results, beside the bare comparison of two numbers; and reading 100,000 result rows of a file with
 * every check of an import, beside plainly parsing the same file. By turns in one process. Then report papers a second, and an entry grid
 * of 2,000 cells in a browser, each beside a bare one.
 */
import { judgeItem } from '../domains/laboratory/src/worksheet/judging.ts';
import { readResultFile } from '../domains/laboratory/src/worksheet/read-file.ts';
import { measureGrid } from './laboratory-grid.ts';
import { measureReports } from './laboratory-report.ts';
import { median, repeatable, rounded, secondsOf } from './measure.ts';

const item = {
  item: '腐霉利',
  method: 'GB 23200.113-2018',
  limit: '≤0.2',
  unit: 'mg/kg',
  severity: 'A',
  judge: 'full',
  clause: 'GB 2763-2021 4.1',
  quantification: '0.01',
  quantificationUnit: 'mg/kg',
} as const;
const mapping = {
  name: 'bench',
  blindCode: '盲样号',
  item: '项目',
  result: '结果',
  unitColumn: '单位',
  unit: null,
  items: [],
  slashDecimal: false,
};

const codeOf = (at: number): string =>
  `${String(at).padStart(10, '0').slice(0, 5)}-${String(at).padStart(10, '0').slice(5)}`;

export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const turns = quick ? 1 : 3;
  const many = quick ? 100_000 : 1_000_000;
  const rows = quick ? 10_000 : 100_000;
  const random = repeatable(11);
  const values = Array.from({ length: many }, () => (random() * 0.4).toFixed(3));
  const judged: number[] = [];
  const compared: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    let fails = 0;
    let plainly = 0;
    judged.push(
      await secondsOf(async () => {
        for (const value of values) if (judgeItem(item, value, null).verdict === 'fails') fails += 1;
      }),
    );
    compared.push(
      await secondsOf(async () => {
        for (const value of values) if (Number(value) > Number('0.2')) plainly += 1;
      }),
    );
    if (fails !== plainly) throw new Error(`The judge fails ${fails} results, the plain comparison ${plainly}.`);
  }

  const lines = Array.from({ length: rows }, (_, at) => ({
    ...item,
    sample: '',
    blindCode: codeOf(at),
    attempt: 1,
    repeatReason: null,
  }));
  const text = [
    '盲样号,项目,结果,单位',
    ...lines.map(({ blindCode }, at) => `${blindCode},腐霉利,${values[at]},mg/kg`),
  ].join('\n');
  const file = new TextEncoder().encode(`${text}\n`);
  const imported: number[] = [];
  const parsed: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    imported.push(
      await secondsOf(async () => {
        const read = await readResultFile(file, 'csv', mapping, lines, new Map());
        if ('code' in read || read.good !== rows) throw new Error('Not every row was read.');
      }),
    );
    parsed.push(
      await secondsOf(async () => {
        const cells = new TextDecoder()
          .decode(file)
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((line) => line.split(','));
        if (cells.length !== rows) throw new Error('Not every row was parsed.');
      }),
    );
  }
  return {
    verdicts: {
      results: many,
      perSecond: rounded(many / median(judged)),
      plainComparisonsPerSecond: rounded(many / median(compared)),
      ratio: rounded(median(judged) / median(compared)),
    },
    import: {
      rows,
      seconds: rounded(median(imported)),
      rowsPerSecond: rounded(rows / median(imported)),
      plainParsingSeconds: rounded(median(parsed)),
      ratio: rounded(median(imported) / median(parsed)),
    },
    reports: await measureReports({ quick }),
    grid: await measureGrid({ quick }),
  };
}
