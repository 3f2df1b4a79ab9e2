import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { composeCreditCode } from '@hengjian/identifiers';
import { type Actor, execute } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { findDrift } from '@hengjian/reading';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  exportEnterprises,
  type ImportReport,
  importEnterprises,
  subjectsLifecycles,
  subjectsQueries,
} from '../index.ts';

const fixture = (name: string): string => new URL(`../../fixtures/${name}`, import.meta.url).pathname;
const registrations = fixture('registrations.csv');
const source = '省登记机关月度资料';
const real = new URL('../../../../../shared/data/enterprises', import.meta.url).pathname;

let kernel: TestKernel;
let steward: Actor;
let county: Actor;

const rowsOf = <T = Record<string, unknown>>(text: string, params: unknown[] = [], actor = steward): Promise<T[]> =>
  kernel.database.transaction('hengjian_app', actor.claim, (tx) => tx.query<T>(text, params));
const enterprise = async (name: string): Promise<Record<string, unknown>> =>
  (await rowsOf('select * from subjects.enterprise where name = $1', [name]))[0]!;
const said = (report: ImportReport, code: string): { row: number; column: string | null }[] =>
  report.rows.filter((one) => one.code === code).map(({ row, column }) => ({ row, column }));

beforeAll(async () => {
  kernel = await testKernel({
    lifecycles: [...subjectsLifecycles],
    queries: [...subjectsQueries],
    roles: Object.fromEntries(
      ['data-steward', 'sampler', 'enterprise-agent', 'complaint-desk', 'complaint-handler', 'report-verifier'].map(
        (role) => [role, { zh: role, en: role }],
      ),
    ),
    migrations: [{ name: 'subjects', path: new URL('../../migrations', import.meta.url).pathname }],
  });
  steward = await kernel.officer('孙库管', 'data-steward', '43');
  county = await kernel.officer('周县管', 'data-steward', '430102');
});
afterAll(() => kernel.close());

describe('导入登记资料', () => {
  let first: ImportReport;

  it('好的行全部入库，坏的行逐条说明，互不影响', async () => {
    const progress: number[] = [];
    first = await importEnterprises(kernel, steward, registrations, {
      format: 'csv',
      source,
      asOf: '2026-03-01',
      onProgress: (done) => progress.push(done),
    });
    expect(first).toMatchObject({ total: 23, good: 20, bad: 3, added: 19, amended: 0, unchanged: 1 });
    expect(progress.at(-1)).toBe(23);
    expect(said(first, 'name-missing')).toEqual([{ row: 21, column: '企业名称' }]);
    expect(said(first, 'cells-mismatch')).toEqual([{ row: 22, column: null }]);
    expect(said(first, 'quote-not-closed')).toEqual([{ row: 23, column: null }]);
    expect(said(first, 'repeated-row')).toEqual([{ row: 20, column: '企业名称' }]);
    expect(await enterprise('岳阳汀兰茶业有限公司')).toMatchObject({
      region: '430602',
      capital_amount: '20000000',
      capital_currency: 'CNY',
    });
  });

  it('读懂各种写法，读不懂的不猜', async () => {
    expect(await enterprise('长沙市澄岚电线电缆有限公司')).toMatchObject({
      kind: 'company',
      region: '430102',
      office: '430102',
      capital_amount: '51180000',
      registered_on: '2003-04-18',
      effective_on: '2026-03-01',
    });
    expect(await enterprise('泉州市泽朗卫浴有限责任公司')).toMatchObject({
      capital_amount: '3000000',
      capital_currency: 'USD',
      region: '350502',
      office: '43',
    });
    expect(await enterprise('福建栩原鞋业有限公司')).toMatchObject({
      credit_code: '91350502YD0001083B',
      capital_amount: '15005000',
    });
    expect(await enterprise('湖南昭然农产品专业合作社')).toMatchObject({
      kind: 'cooperative',
      region: '430182',
      capital_amount: '630000',
      capital_currency: null,
    });
    expect(await enterprise('长沙市澄岚电线电缆有限公司开福门市部')).toMatchObject({
      kind: 'branch',
      region: '430105',
    });
    expect(await enterprise('长沙稷安肥料有限公司')).toMatchObject({
      registered_on: '2019-09-05',
      registered_capital: null,
    });
    expect(await enterprise('长沙望舒灯具有限公司')).toMatchObject({ region: '430111' });
    expect(await enterprise('禾聿国际贸易有限公司长沙代表处')).toMatchObject({ region: '310101', kind: 'other' });
    expect(await enterprise('衍澈检测设备有限公司')).toMatchObject({ region: null, registered_on: null });
    expect(await enterprise('刘家岭村豆腐作坊')).toMatchObject({ credit_code: null, region: '430621', kind: 'other' });
  });

  it('存疑的资料入库并列为资料质量问题，挂在主体名下', async () => {
    const issues = await rowsOf<{ enterprise_name: string; rule: string }>(
      'select enterprise_name, rule from subjects.quality_issue order by enterprise_name, rule',
    );
    expect(issues.map(({ enterprise_name, rule }) => `${enterprise_name} ${rule}`)).toEqual(
      [
        '泉州谧舟伞业有限公司 capital-unit-missing',
        '湖南屹澜化工有限公司 credit-code-wrong',
        '湖南沅熙食品有限公司 capital-unreadable',
        '禾聿国际贸易有限公司长沙代表处 region-contradicts',
        '衍澈检测设备有限公司 date-unreadable',
        '衍澈检测设备有限公司 region-not-found',
        '长沙钧陶家居用品有限公司 credit-code-shared',
        '长沙钧陶日用品有限公司 credit-code-shared',
      ].sort(),
    );
    expect(first.issues).toBe(8);
    expect(first.counts).toMatchObject({
      'control-characters': 2,
      'placeholder-text': 1,
      'date-format': 2,
      'credit-code-lower-case': 1,
    });
    const [record] = await rowsOf('select * from subjects.import');
    expect(record).toMatchObject({
      state: 'finished',
      added: 19,
      rejected: 3,
      issues: 8,
      file_name: 'registrations.csv',
    });
  });

  it('一次导入有登记行、检索词、第一个版本和封存的留痕', async () => {
    const [counted] =
      await rowsOf(`select (select count(*) from subjects.enterprise) as enterprises, (select count(*) from subjects.enterprise_version) as versions,
      (select count(*) from kernel.record where entity = 'subjects.enterprise' and next_roles = '{}') as registered`);
    expect(counted).toEqual({ enterprises: 19, versions: 19, registered: 19 });
    await kernel.sealer.seal();
    expect(await findDrift(kernel.register, kernel.database)).toEqual([]);
  });

  it('同一文件再导入一次，什么也不重复', async () => {
    const again = await importEnterprises(kernel, steward, Readable.from([readFileSync(registrations)]), {
      format: 'csv',
      source,
      asOf: '2026-03-01',
    });
    expect(again).toMatchObject({ total: 23, good: 20, bad: 3, added: 0, amended: 0, unchanged: 20, issues: 0 });
    expect(await rowsOf('select count(*) as n from subjects.quality_issue')).toEqual([{ n: 8 }]);
  });

  it('来源变了的内容成为变更并保留历史，工作人员更正过的不被旧文件改回', async () => {
    const { id } = await enterprise('长沙稷安肥料有限公司');
    await execute(kernel, steward, {
      id: randomUUID(),
      entity: 'subjects.enterprise',
      action: 'correct',
      record: id as string,
      input: { businessScope: '有机肥料制造', reason: '登记档案核对' },
    });
    kernel.at('2026-04-02T02:00:00Z');
    const text = readFileSync(registrations, 'utf8')
      .replace('长沙县㮾梨镇大元东路2号', '长沙县㮾梨街道大元东路20号')
      .replace('长沙钧陶家居用品', '长沙钧陶生活用品');
    const later = await importEnterprises(kernel, steward, Buffer.from(text), {
      format: 'csv',
      source,
      asOf: '2026-04-01',
      fileName: '四月.csv',
    });
    expect(later).toMatchObject({ added: 0, amended: 2, unchanged: 18, bad: 3 });
    expect(await enterprise('长沙稷安肥料有限公司')).toMatchObject({
      address: '长沙县㮾梨街道大元东路20号',
      business_scope: '有机肥料制造',
      effective_on: '2026-04-01',
    });
    expect(await enterprise('长沙钧陶生活用品有限公司')).toMatchObject({ aliases: ['长沙钧陶家居用品有限公司'] });
    const versions = await rowsOf(
      'select valid_from, valid_until, superseded_on, action from subjects.enterprise_version where enterprise = $1 order by id',
      [id],
    );
    expect(versions.filter(({ superseded_on }) => superseded_on === null)).toEqual([
      { valid_from: '2026-03-01', valid_until: '2026-04-01', superseded_on: null, action: 'follow' },
      { valid_from: '2026-04-01', valid_until: null, superseded_on: null, action: 'follow' },
    ]);
    const stale = await importEnterprises(kernel, steward, registrations, {
      format: 'csv',
      source,
      asOf: '2026-03-01',
    });
    expect(stale).toMatchObject({ added: 0, amended: 0, unchanged: 20 });
    expect(said(stale, 'older-than-held').map(({ row }) => row)).toEqual([12]);
  });
});

describe('代码后来才有、后来才对', () => {
  it('认得出是原来那一户，变更代码而不重复登记', async () => {
    const ledger = (rows: string): Buffer => Buffer.from(`名称,信用代码,地址\n${rows}\n`);
    const options = { format: 'csv', source: '代码补录' } as const;
    await importEnterprises(
      kernel,
      steward,
      ledger('长沙补码作坊,,长沙县一村\n长沙正码厂,91430102YD00099911,长沙县二村'),
      options,
    );
    const [right, other] = ['91430102YD0009990R', '91430102YD0009991P'].map((code) =>
      composeCreditCode('9', '1', '430102', code.slice(8, 16)),
    );
    const rows = `长沙补码作坊,${right},长沙县一村\n长沙正码厂,${other},长沙县二村`;
    const later = await importEnterprises(
      kernel,
      steward,
      ledger(`${rows}\n长沙补码作坊,${right},长沙县一村`),
      options,
    );
    expect(later).toMatchObject({ total: 3, added: 0, amended: 2, unchanged: 1, bad: 0 });
    expect(await enterprise('长沙补码作坊')).toMatchObject({ credit_code: right });
    expect(await enterprise('长沙正码厂')).toMatchObject({ credit_code: other });
    const uncoded = await importEnterprises(kernel, steward, ledger('长沙补码作坊,,长沙县一村'), options);
    expect(uncoded).toMatchObject({ added: 0, amended: 0, unchanged: 1 });
  });
});

describe('导入县里的台账', () => {
  it('GB 18030、表头前有标题、列名不同、电话已脱敏，都能读', async () => {
    const report = await importEnterprises(kernel, county, fixture('county-ledger-gb18030.csv'), {
      format: 'csv',
      source: '芙蓉区台账',
      asOf: '2026-04-02',
    });
    expect(report).toMatchObject({ total: 4, bad: 2, added: 1, amended: 1 });
    expect(said(report, 'status-unknown')).toEqual([{ row: 7, column: '生产状态' }]);
    expect(said(report, 'held-elsewhere')).toEqual([{ row: 5, column: '信用代码' }]);
    expect(await enterprise('长沙市澄岚电线电缆有限公司')).toMatchObject({
      status: 'suspended',
      address: '长沙市芙蓉区东屯渡街道望龙路15号',
      contact: '13900000000',
    });
    expect(await enterprise('㮾梨老街酱菜坊')).toMatchObject({
      status: 'moved',
      office: '430102',
      region: '430121',
      credit_code: null,
    });
  });

  it('列名不认识的，说明对应关系后就能导入；没有表头的整个文件拒收', async () => {
    const ledger = Buffer.from('户名,代号\n长沙对应关系试验厂,\n');
    await expect(importEnterprises(kernel, county, ledger, { format: 'csv' })).rejects.toMatchObject({
      code: 'header-missing',
    });
    const report = await importEnterprises(kernel, county, ledger, {
      format: 'csv',
      mapping: { 户名: 'name', 代号: 'creditCode' },
    });
    expect(report).toMatchObject({ good: 1, added: 1 });
    await expect(importEnterprises(kernel, county, ledger, { format: 'xlsx' })).rejects.toMatchObject({
      code: 'not-this-format',
    });
    expect(await rowsOf(`select state from subjects.import where state <> 'finished'`)).toEqual([]);
  });

  it('XLSX：日期单元格、富文本、空行、公式都按内容读', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('名单');
    sheet.addRow(['名单']);
    sheet.addRow(['名称', 'Unified social credit code', '成立日期', '注册资本', '地址']);
    sheet.addRow([
      { richText: [{ text: '长沙' }, { text: '霁月纸业有限公司' }] },
      '',
      new Date('2015-06-07T00:00:00Z'),
      '300万元人民币',
      '长沙市雨花区1号',
    ]);
    sheet.addRow([]);
    sheet.addRow([
      '长沙公式试验厂',
      '',
      { formula: 'DATE(2016,1,2)', result: new Date('2016-01-02T00:00:00Z') },
      20,
      '长沙市雨花区2号',
      '',
      '表外备注',
    ]);
    const report = await importEnterprises(kernel, steward, Buffer.from(await workbook.xlsx.writeBuffer()), {
      format: 'xlsx',
      source: '名单',
    });
    expect(report).toMatchObject({ total: 2, good: 2, bad: 0, added: 2 });
    expect(await enterprise('长沙霁月纸业有限公司')).toMatchObject({
      registered_on: '2015-06-07',
      capital_amount: '3000000',
      region: '430111',
    });
    expect(await enterprise('长沙公式试验厂')).toMatchObject({ registered_on: '2016-01-02' });
    expect(said(report, 'capital-unit-missing')).toEqual([{ row: 5, column: '注册资本' }]);
  });

  it('损坏的工作簿拒收，没有岗位的人不能导入', async () => {
    await expect(
      importEnterprises(kernel, steward, Buffer.from('PK\u0003\u0004坏的'), { format: 'xlsx' }),
    ).rejects.toMatchObject({ status: 422 });
    const sampler = await kernel.officer('吴抽样', 'sampler', '430102');
    await expect(importEnterprises(kernel, sampler, registrations, { format: 'csv' })).rejects.toMatchObject({
      code: 'not-your-role',
    });
  });
});

describe('导出', () => {
  const text = async (actor: Actor, options = {}): Promise<string> => {
    let all = '';
    for await (const part of exportEnterprises(kernel, actor, options)) all += part;
    return all;
  };

  it('恰好是看得见的各户，个人信息脱敏', async () => {
    const [all, own] = [await text(steward), await text(county)];
    expect(own).toContain('长沙市澄岚电线电缆有限公司');
    expect(own).not.toContain('岳阳汀兰茶业有限公司');
    expect(all).toContain('岳阳汀兰茶业有限公司');
    expect(all).toContain('139****0000');
    expect(all).not.toContain('13900000000');
    expect(await text(steward, { region: '350000' })).not.toContain('长沙市澄岚');
    const fujian = await kernel.officer('陈闽管', 'data-steward', '35');
    expect((await text(fujian)).trimEnd().split('\r\n')).toHaveLength(1);
  });

  it('导出的文件原样导入，没有一户改变', async () => {
    const report = await importEnterprises(kernel, steward, Buffer.from(await text(steward)), {
      format: 'csv',
      source: '本库导出',
    });
    expect(report).toMatchObject({ bad: 0, added: 0, amended: 0 });
    expect(report.total).toBe(report.unchanged);
  });
});

describe('真实登记资料', () => {
  it.skipIf(!existsSync(real))(
    '湖南8,387户连同原有缺陷全部入库；两省28,829户由抽查全流程的测试导入（资料不在时跳过）',
    { timeout: 600_000 },
    async () => {
      kernel.at('2026-05-06T02:00:00Z');
      const { total, bad, added, counts } = await importEnterprises(
        kernel,
        steward,
        `${real}/registrations_hunan_1978_1999.csv`,
        { format: 'csv', source: '公示登记资料' },
      );
      expect({ total, bad, added }).toEqual({ total: 8_387, bad: 0, added: 8_387 });
      expect(counts).toEqual({ 'column-ignored': 1, 'region-contradicts': 2 });
      const [places] =
        await rowsOf(`select count(*) as total, count(*) filter (where region not like '%00') as counties, count(capital_amount) as capitals,
      count(registered_capital) as written from subjects.enterprise where source = '公示登记资料'`);
      expect(places).toEqual({ total: 8_387, counties: 7_377, capitals: 5_530, written: 5_530 });
    },
  );
});
