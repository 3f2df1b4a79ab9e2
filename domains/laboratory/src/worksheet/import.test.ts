import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, distributed, type Laboratory, openLaboratory, procymidone } from '../laboratory-fixture.ts';
import { importResults, type ResultFile } from './import.ts';

let lab: Laboratory;
const mapping = {
  name: '气质联用仪',
  blindCode: 'Sample ID',
  item: 'Compound',
  result: 'Conc.',
  unitColumn: 'Unit',
  items: [
    { written: 'Procymidone', item: '腐霉利' },
    { written: 'Chlorpyrifos', item: '毒死蜱' },
  ],
  slashDecimal: false,
};
const heading = 'Sample ID,Compound,Conc.,Unit';
const bytes = (...lines: string[]) => new TextEncoder().encode(`${[heading, ...lines].join('\n')}\n`);
const take = (sheet: string, source: Uint8Array, more: Partial<ResultFile> = {}) =>
  importResults(lab.kernel, lab.tester, {
    worksheet: sheet,
    mapping: mapping.name,
    source,
    format: 'csv',
    fileName: 'run.csv',
    preview: false,
    ...more,
  });
const entered = (sheet: string) =>
  lab.kernel.database.asOwner((tx) =>
    tx.query(
      'select item, value, unit, verdict, revision, source from laboratory.result where record = $1 order by line',
      [sheet],
    ),
  );

beforeAll(async () => {
  lab = await openLaboratory();
  await lab.act(lab.quality, 'laboratory.bench', 'saveMapping', mapping, lab.bench);
  await lab.act(
    lab.quality,
    'laboratory.bench',
    'saveMapping',
    { ...mapping, name: '公告', slashDecimal: true },
    lab.bench,
  );
});
afterAll(() => lab.kernel.close());

describe('a file of an instrument', () => {
  it('is previewed by the saved mapping and then imported as it was previewed', async () => {
    const { sheet, code } = await distributed(lab);
    const file = bytes(`${code},Procymidone,205,μg/kg`, `${code},Chlorpyrifos,<0.01,mg/kg`);
    const preview = await take(sheet, file, { preview: true });
    expect(preview).toMatchObject({
      good: 2,
      bad: 0,
      imported: false,
      rows: [
        { row: 2, verdict: 'fails' },
        { row: 3, verdict: 'conforms' },
      ],
    });
    expect(await entered(sheet)).toEqual([]);
    expect(await take(sheet, file)).toMatchObject({ rows: preview.rows, imported: true, replayed: false });
    expect(await entered(sheet)).toMatchObject([
      { item: '腐霉利', value: '205', unit: 'μg/kg', verdict: 'fails', source: `file:${preview.hash}` },
      { item: '毒死蜱', value: '<0.01', verdict: 'conforms' },
    ]);
  });

  it('names every bad row with its reason, and imports nothing while there is one', async () => {
    const { sheet, code } = await distributed(lab);
    const file = bytes(
      `${code},Procymidone,0.1,mg/kg`,
      `ZZZZZ-ZZZZZ,Procymidone,0.1,mg/kg`,
      `${code},Cadmium,0.1,mg/kg`,
      `${code},Chlorpyrifos,0.1,mg/L`,
      `${code},Procymidone,0.2,mg/kg`,
      `${code},Chlorpyrifos,7/68,mg/kg`,
      `"${code},Chlorpyrifos,1,mg/kg`,
    );
    const report = await take(sheet, file);
    expect(report).toMatchObject({ good: 1, bad: 6, imported: false });
    expect(report.rows.map(({ row, fault }) => [row, fault?.code ?? null])).toEqual([
      [2, null],
      [3, 'foreign-sample'],
      [4, 'parameter-not-asked'],
      [5, 'incompatible-units'],
      [6, 'cell-twice'],
      [7, 'slash-for-decimal-point'],
      [8, 'row-broken'],
    ]);
    expect(await entered(sheet)).toEqual([]);
  });

  it('sent twice is entered once, and a value corrected by hand since is not written over', async () => {
    const { sheet, code } = await distributed(lab);
    const file = bytes(`${code},Procymidone,0.1,mg/kg`);
    await take(sheet, file);
    const corrected = { results: [{ blindCode: code, item: '腐霉利', result: '0.11', seen: 1 }] };
    await lab.act(lab.tester, 'laboratory.worksheet', 'enter', corrected, sheet);
    expect(await take(sheet, file)).toMatchObject({ imported: true, replayed: true });
    expect(await entered(sheet)).toMatchObject([{ value: '0.11', revision: 2 }]);
  });

  it('bears the key of a laboratory system: the same again is nothing new, other content under it is refused', async () => {
    const { sheet, code } = await distributed(lab);
    const key = '0196f0f0-0000-7000-8000-00000000000a';
    const first = bytes(`${code},Procymidone,0.1,mg/kg`);
    expect(await take(sheet, first, { key })).toMatchObject({ imported: true, replayed: false });
    expect(await take(sheet, first, { key })).toMatchObject({ imported: true, replayed: true });
    expect(await codeOf(take(sheet, bytes(`${code},Chlorpyrifos,0.01,mg/kg`), { key }))).toBe('already-different');
    expect(await entered(sheet)).toHaveLength(1);
  });

  it('brings its uncertainty in a column of its own, for items whose rule asks for it', async () => {
    const named = { ...mapping, name: '带不确定度', uncertaintyColumn: 'U' };
    await lab.act(lab.quality, 'laboratory.bench', 'saveMapping', named, lab.bench);
    const guarded = { ...procymidone, decision: 'guarded-acceptance', guardRatio: '1' };
    const { sheet, code } = await distributed(lab, { items: [guarded] });
    const file = new TextEncoder().encode(`${heading},U\n${code},Procymidone,0.19,mg/kg,0.02\n`);
    expect(await take(sheet, file, { mapping: named.name })).toMatchObject({ imported: true });
    expect(await entered(sheet)).toMatchObject([{ value: '0.19±0.02', verdict: 'fails' }]);
  });

  it('may write decimals with a slash where its mapping says so', async () => {
    const { sheet, code } = await distributed(lab);
    expect(await take(sheet, bytes(`${code},Procymidone,7/68,μg/kg`), { mapping: '公告' })).toMatchObject({
      imported: true,
    });
    expect(await entered(sheet)).toMatchObject([{ value: '7/68', verdict: 'conforms' }]);
  });

  it('comes as workbook or JSON too', async () => {
    const { sheet, code } = await distributed(lab);
    const book = new ExcelJS.Workbook();
    book.addWorksheet('run').addRows([heading.split(','), [code, 'Procymidone', 0.1, 'mg/kg']]);
    const workbook = new Uint8Array(await book.xlsx.writeBuffer());
    expect(await take(sheet, workbook, { format: 'xlsx' })).toMatchObject({ good: 1, imported: true });
    const json = new TextEncoder().encode(
      JSON.stringify([{ 'Sample ID': code, Compound: 'Chlorpyrifos', 'Conc.': '0.01', Unit: 'mg/kg' }]),
    );
    expect(await take(sheet, json, { format: 'json' })).toMatchObject({ good: 1, imported: true });
    expect(await entered(sheet)).toHaveLength(2);
  });

  it('is refused when it is not what it claims, lacks a column, or names no saved mapping', async () => {
    const { sheet, code } = await distributed(lab);
    const file = bytes(`${code},Procymidone,0.1,mg/kg`);
    expect(await codeOf(take(sheet, file, { format: 'xlsx' }))).toBe('not-this-format');
    expect(await codeOf(take(sheet, file, { mapping: '没有' }))).toBe('mapping-unknown');
    expect(await codeOf(take(sheet, new TextEncoder().encode('甲,乙\n1,2\n')))).toBe('column-missing');
    expect(await codeOf(take(sheet, new TextEncoder().encode('{}'), { format: 'json' }))).toBe('json-unreadable');
    const stranger = await lab.kernel.agent('外人', 'laboratory-tester', '00000000-0000-4000-8000-000000000001');
    expect(
      await codeOf(
        importResults(lab.kernel, stranger, {
          worksheet: sheet,
          mapping: mapping.name,
          source: file,
          format: 'csv',
          fileName: 'x',
          preview: true,
        }),
      ),
    ).toBe('not-found');
  });
});
