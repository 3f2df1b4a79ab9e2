import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shippedAliases, shippedCategories, shippedLimits } from '../../../../data/limits/index.ts';
import { createLibrary, judgeByLimit, type ReadingOptions } from './library.ts';

/**
 * Failures that authorities really published (2014 to 2020), judged again against the library. The files stay outside the project; no
 * name of a firm is read, and nothing but counts leaves this test. They are recorded in the README of this domain.
 */
const folder = new URL('../../../../../shared/data/food_sampling/', import.meta.url).pathname;
const library = createLibrary(shippedLimits(), shippedCategories(), shippedAliases());

/** The files quote nothing but whole cells; a cell in quotes may hold commas. */
function rowsOf(file: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
  const split = (line: string): string[] =>
    [...line.matchAll(/(?:"((?:[^"]|"")*)"|([^",]*))(?:,|$)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const names = split(header!);
  return lines.map((line) => Object.fromEntries(split(line).map((cell, at) => [names[at], cell.trim()])));
}

const isoDay = (written: string): string | null => {
  const match = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(written);
  return match ? `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}` : null;
};

interface Columns {
  product: string;
  parameter: string;
  result: string;
  day: string;
}

/** One answer a row: `fails`, `conforms`, `not-judged`, or the code of the refusal. */
function answers(file: string, columns: Columns, unit: string | null, options: ReadingOptions): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rowsOf(file)) {
    const found = library.find({
      category: row[columns.product]!,
      parameter: row[columns.parameter]!,
      producedOn: isoDay(row[columns.day]!),
      sampledOn: null,
    });
    const judged = 'code' in found ? found : judgeByLimit(found, row[columns.result]!, unit, options);
    if ('verdict' in judged) expect(judged.clause).toContain((found as { limit: { standard: string } }).limit.standard);
    else expect(judged.zh.length).toBeGreaterThan(5);
    const answer = 'verdict' in judged ? judged.verdict : judged.code;
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
  console.info(`${file}: ${rows} rows, ${JSON.stringify(sorted(counts))}`);
  return counts;
}

const pesticide: Columns = { product: '抽检产品', parameter: '残留农药', result: '检验结果', day: '生产日期' };
const veterinary: Columns = { product: '产品', parameter: '不合格项', result: '检验结果', day: '生产/批号' };
const sorted = (counts: Map<string, number>) => Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]));

if (!existsSync(folder)) console.info('Published failures are not at hand (../shared/data); their test is skipped.');

describe.skipIf(!existsSync(folder))('failures that authorities published', () => {
  it('are refused without a unit, row by row, when neither file nor mapping states one', () => {
    const counts = answers('pesticide_nonconforming.csv', pesticide, null, { slashDecimal: true });
    expect(counts.has('fails')).toBe(false);
    expect(counts.get('unit-missing')).toBe(608);
  });

  it('are judged with their clause or refused with their reason: pesticides, the mapping states mg/kg', () => {
    expect(sorted(answers('pesticide_nonconforming.csv', pesticide, 'mg/kg', {}))).toEqual({
      fails: 588,
      'parameter-without-limit': 78,
      'category-unknown': 60,
      'no-limit-for-category': 32,
      conforms: 20,
      'limit-not-in-force': 4,
    });
  });

  it('are judged with their clause or refused with their reason: veterinary drugs, 7/68 read as 7.68', () => {
    const asWritten = answers('vetdrug_nonconforming.csv', veterinary, null, { resultIsSum: true });
    expect(asWritten.get('slash-for-decimal-point')).toBeGreaterThan(20);
    const mended = answers('vetdrug_nonconforming.csv', veterinary, null, { slashDecimal: true, resultIsSum: true });
    expect(sorted(mended)).toEqual({
      fails: 147,
      'unit-missing': 4,
      'category-unknown': 3,
      'no-limit-for-category': 2,
      'assessment-for-number': 2,
      'result-not-understood': 2,
      'parameter-without-limit': 1,
    });
  });

  it('are refused, all 2,387, where the notice names substances in English and gives no figure', () => {
    const columns = { product: 'food', parameter: 'analyte', result: 'result', day: 'date' };
    const counts = answers('vetdrug_events_en.csv', columns, null, {});
    expect(sorted(counts)).toEqual({ 'parameter-without-limit': 2387 });
  });
});
