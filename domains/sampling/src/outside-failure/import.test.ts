import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Campaign, openCampaign } from '../campaign-fixture.ts';
import { importOutsideFailures } from './import.ts';

let it2: Campaign;
beforeAll(async () => {
  it2 = await openCampaign();
});
afterAll(() => it2.kernel.close());

const head =
  '来源,任务来源,报告编号,结论生效日期,产品名称,不合格项目,标准值,检验结果,单位,被抽样单位名称,被抽样单位地址,标称生产企业名称,标称生产企业地址';
const take = (lines: string[], more: object = {}) => {
  const content = Buffer.from(['国家抽查不合格台账', head, ...lines].join('\n'));
  return importOutsideFailures(it2.kernel, it2.organiser, content, content, {
    format: 'csv',
    fileName: '台账.csv',
    ...more,
  });
};
const held = () =>
  it2.rows<{ report_number: string; failed_items: unknown[]; firm: { region: string }; ledger_row: number }>(
    it2.organiser,
    'select report_number, failed_items, firm, ledger_row from sampling.outside_failure order by report_number',
  );

describe('外来不合格台账的导入（M1）', () => {
  it('一份报告多行并为一条，好的登记、坏的逐行逐列说明，附原台账；再次导入不重复', async () => {
    const lines = [
      '国家,国家市场监督管理总局,GJ-1,2026/2/20,电线电缆,导体电阻,≤7.41,7.95,Ω,长沙某店,湖南省长沙市芙蓉区五一路1号,株洲某厂,430211',
      '国家,国家市场监督管理总局,GJ-1,2026/2/20,电线电缆,绝缘厚度,≥0.7,0.61,mm,长沙某店,湖南省长沙市芙蓉区五一路1号,株洲某厂,430211',
      '国家,国家市场监督管理总局,GJ-2,2026-02-20,电线电缆,导体电阻,≤7.41,7.95,Ω,某店,,,',
      '月球,国家市场监督管理总局,GJ-3,2026-02-20,电线电缆,导体电阻,≤7.41,7.95,Ω,某店,430102,,',
      '国家,国家市场监督管理总局,GJ-4,2026-12-20,电线电缆,导体电阻,≤7.41,7.95,Ω,某店,430102,,',
      '食品,省局食品抽检处,SP-1,,糕点,菌落总数,≤10000,52000,CFU/g,某食品店,430102,,',
    ];
    const report = await take(lines);
    expect(report).toMatchObject({ total: 5, good: 2, bad: 3 });
    expect(report.rows.map(({ row, column, code }) => [row, column, code])).toEqual([
      [5, '被抽样单位所在地', 'cell-empty'],
      [6, '来源', 'source-unknown'],
      [7, null, 'not-final'],
    ]);
    expect(await held()).toMatchObject([
      {
        report_number: 'GJ-1',
        firm: { region: '430102' },
        failed_items: [{ item: '导体电阻' }, { item: '绝缘厚度' }],
        ledger_row: 3,
      },
      { report_number: 'SP-1', ledger_row: 8 },
    ]);
    const papers = await it2.rows(
      it2.organiser,
      `select d.kind, d.name from kernel.document d where d.kind = 'ledger'`,
    );
    expect(papers).toEqual([
      { kind: 'ledger', name: '台账.csv' },
      { kind: 'ledger', name: '台账.csv' },
    ]);
    expect((await take(lines)).rows.filter(({ code }) => code === 'registered-already')).toHaveLength(2);
    expect(await held()).toHaveLength(2);
  });

  it('期限自台账的收到日期起算；导入时已经届满的，登记并当即说明', async () => {
    const content = Buffer.from(
      [
        `${head},收到日期`,
        '国家,总局,QX-1,2026-01-10,电线电缆,导体电阻,≤7.41,7.95,Ω,某店,430102,,,2026-01-12',
        '国家,总局,QX-2,2026-02-20,电线电缆,导体电阻,≤7.41,7.95,Ω,某店,430102,,,2026-02-25',
      ].join('\n'),
    );
    const report = await importOutsideFailures(it2.kernel, it2.organiser, content, content, {
      format: 'csv',
      fileName: '旧台账.csv',
    });
    expect(report).toMatchObject({ total: 2, good: 2, bad: 0 });
    expect(report.rows).toMatchObject([
      { row: 2, level: 'warning', code: 'term-over', value: '2026-01-12', zh: expect.stringContaining('2026-02-02') },
    ]);
  });

  it('导入的条目没有检验报告不能销号，补附后可以', async () => {
    const [row] = await it2.rows<{ id: string }>(
      it2.organiser,
      `select id from sampling.outside_failure where report_number = 'SP-1'`,
    );
    const act = (action: string, input: Record<string, unknown>, papers: string[]) =>
      it2.act(it2.organiser, 'sampling.outside-failure', action, input, row!.id, papers);
    await expect(act('writeOff', { outcome: '处理' }, ['proof'])).rejects.toMatchObject({ code: 'document-missing' });
    await act('attachReport', {}, ['report']);
    await expect(act('writeOff', { outcome: '处理' }, ['proof'])).rejects.toMatchObject({ code: 'follow-ups-open' });
  });

  it('读 XLSX；没有表头或者缺列的整份退回', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('台账');
    sheet.addRow(head.split(','));
    sheet.addRow([
      '市级',
      '长沙市市场监督管理局',
      'CS-1',
      new Date('2026-02-20'),
      '插座',
      '爬电距离',
      '≥3',
      '2',
      'mm',
      '某店',
      '430102',
      '',
      '',
    ]);
    const content = Buffer.from(await book.xlsx.writeBuffer());
    const options = { format: 'xlsx' as const, fileName: '台账.xlsx' };
    expect(await importOutsideFailures(it2.kernel, it2.organiser, content, content, options)).toMatchObject({
      good: 1,
      bad: 0,
    });
    const wrong = Buffer.from('名称,地址\n甲,乙');
    await expect(
      importOutsideFailures(it2.kernel, it2.organiser, wrong, wrong, { format: 'csv', fileName: 'x.csv' }),
    ).rejects.toMatchObject({ code: 'header-missing' });
    const lacking = Buffer.from('检验报告编号,被抽样单位\nA,B');
    await expect(
      importOutsideFailures(it2.kernel, it2.organiser, lacking, lacking, { format: 'csv', fileName: 'x.csv' }),
    ).rejects.toMatchObject({ code: 'columns-missing' });
    await expect(importOutsideFailures(it2.kernel, it2.organiser, lacking, lacking, options)).rejects.toMatchObject({
      code: 'not-this-format',
    });
  });
});
