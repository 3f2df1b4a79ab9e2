import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTrialInstallation, runTold, type Said, type TrialInstallation } from './trial-installation.ts';

let trial: TrialInstallation;
const cli = (...args: string[]): Promise<Said> => runTold(args, { installation: trial.installation });
const application = (firmName: string): string =>
  JSON.stringify({ firm: randomUUID(), firmName, kind: 'scales', contact: '李四' });
const asWindow = ['--as', 'zhang@example.gov.cn'];

beforeAll(async () => {
  trial = await openTrialInstallation();
});
afterAll(async () => {
  await trial.close();
  rmSync(trial.folder, { recursive: true, force: true });
});

describe('act', () => {
  it('creates a record as a named person and prints its id', async () => {
    const done = await cli('act', 'trial.licence', 'apply', '--input', application('湘衡电线厂'), ...asWindow);
    expect(done).toMatchObject({ code: 0, err: expect.stringContaining('湘衡电线厂') });
    const accepted = await cli(
      'act',
      'trial.licence',
      'accept',
      done.out.trim(),
      '--as',
      trial.people.window,
      '--json',
    );
    expect(JSON.parse(accepted.out)).toMatchObject({
      record: done.out.trim(),
      replayed: false,
      shown: { stateLabel: { zh: '已受理' } },
    });
  });

  it('takes its input from a file and does a repeated command once', async () => {
    const file = join(trial.folder, 'input.json');
    writeFileSync(file, application('文件厂'));
    const id = randomUUID();
    const args = ['act', 'trial.licence', 'apply', '--input', `@${file}`, '--id', id, ...asWindow];
    const [first, second] = [await cli(...args), await cli(...args)];
    expect(second).toMatchObject({ code: 0, out: first.out, err: expect.stringContaining('没有重复办理') });
  });

  it('is refused with the sentence and code of the platform, in either language', async () => {
    const refused = await cli(
      'act',
      'trial.licence',
      'apply',
      '--input',
      application('湘'),
      '--as',
      trial.people.chief,
    );
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('[not-your-role]') });
    const wrong = await cli('act', 'trial.licence', 'apply', '--input', '{"firmName": 7}', ...asWindow, '--lang', 'en');
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('please correct each item. [invalid-input]');
    expect(wrong.err).toContain('input.firm: This is required.');
  });

  it('wants to know who acts, and under which of several posts', async () => {
    expect(await cli('act', 'trial.licence', 'apply')).toMatchObject({ code: 2, err: expect.stringContaining('--as') });
    expect(await cli('list', '--as', '无此人')).toMatchObject({
      code: 1,
      err: expect.stringContaining('[no-such-person]'),
    });
    expect(await cli('list', '--as', '王二')).toMatchObject({
      code: 1,
      err: expect.stringContaining('--role organiser --office 4301'),
    });
    expect(await cli('list', '--as', '王二', '--office', '4301')).toMatchObject({ code: 0 });
    expect(await cli('list', '--as', '王二', '--role', 'planner')).toMatchObject({
      code: 1,
      err: expect.stringContaining('[no-grant]'),
    });
  });

  it('says what is wrong with an input that is no JSON object', async () => {
    for (const input of ['[1]', '{', '7'])
      expect(await cli('act', 'trial.licence', 'apply', '--input', input, ...asWindow)).toMatchObject({
        code: 2,
        err: expect.stringContaining('JSON 对象'),
      });
  });
});

describe('query and list', () => {
  it('answer under the post of the person', async () => {
    const answer = await cli('query', 'trial.open-licences', '--param', 'state=submitted', ...asWindow);
    expect(JSON.parse(answer.out)).toEqual({ state: 'submitted', count: 1 });
    expect(await cli('query', 'trial.open-licences', '--param', 'state=submitted', '--as', '赵处长')).toMatchObject({
      code: 1,
      err: expect.stringContaining('[unknown-query]'),
    });
    expect(await cli('query', 'trial.open-licences', ...asWindow)).toMatchObject({
      code: 1,
      err: expect.stringContaining('state:'),
    });
  });

  it('answer everybody where they are public, and from the public record alone', async () => {
    const args = ['query', 'trial.public-entries', '--param', 'kind=licence', '--public'];
    expect(JSON.parse((await cli(...args)).out)).toEqual({ kind: 'licence', count: 0 });
    expect(await cli('query', 'trial.open-licences', '--param', 'state=submitted', '--public')).toMatchObject({
      code: 1,
    });
  });

  it('lists what a filter leaves, as a table or as JSON', async () => {
    const table = await cli('list', 'trial.licence', '--state', 'accepted', ...asWindow);
    expect(table.out.split('\n')[1]).toMatch(/湘衡电线厂·scales +已受理 +湖南省市场监督管理局/);
    const json = await cli('list', 'trial.licence', '--search', '文件厂', '--json', ...asWindow);
    expect(JSON.parse(json.out).rows).toHaveLength(1);
    expect(await cli('list', '--limit', 'viele', ...asWindow)).toMatchObject({ code: 2 });
  });
});

describe('export', () => {
  it('writes what is shown as CSV, JSON lines and a workbook, and notes for what', async () => {
    const csv = await cli('export', 'trial.licence', '--purpose', '季度统计', ...asWindow);
    expect(csv.out).toContain('编号,名称,类别');
    expect(csv.out.trim().split('\r\n')).toHaveLength(3);
    const lines = await cli('export', 'trial.licence', '--format', 'jsonl', '--fields', ...asWindow);
    const [first] = lines.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { fields: Record<string, unknown> });
    expect(first!.fields).toMatchObject({ kind: 'scales', contact: { masked: expect.stringContaining('李') } });
    const file = join(trial.folder, 'licences.xlsx');
    expect(await cli('export', 'trial.licence', '--format', 'xlsx', '-o', file, ...asWindow)).toMatchObject({
      code: 0,
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    expect(book.worksheets[0]!.rowCount).toBe(3);
    expect(statSync(file).mode & 0o077).toBe(0);
    const noted = await trial.platform.database.asOwner((tx) => tx.query('select how, purpose from desk.read_log'));
    expect(noted).toHaveLength(6);
    expect(noted).toContainEqual({ how: 'export', purpose: '季度统计' });
  });

  it('writes a file only where one is named', async () => {
    expect(await cli('export', 'trial.licence', '--format', 'xlsx', ...asWindow)).toMatchObject({ code: 2 });
    expect(await cli('export', 'trial.licence', '--format', 'pdf', ...asWindow)).toMatchObject({ code: 2 });
    const file = join(trial.folder, 'licences.csv');
    expect(await cli('export', 'trial.licence', '-o', file, ...asWindow)).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining('共 2 行'),
    });
    expect(readFileSync(file, 'utf8')).toContain('湘衡电线厂');
  });
});

describe('import', () => {
  it('refuses kinds and files that it does not know, and people whose task it is not', async () => {
    const file = join(trial.folder, 'firms.csv');
    writeFileSync(file, '企业名称\n湘衡电线厂\n');
    expect(await cli('import', 'subjects.enterprise', 'firms.docx', ...asWindow)).toMatchObject({ code: 2 });
    expect(await cli('import', 'trial.licence', file, ...asWindow)).toMatchObject({
      code: 1,
      err: expect.stringContaining('[unknown-import]'),
    });
    expect(await cli('import', 'subjects.enterprise', file, ...asWindow)).toMatchObject({
      code: 1,
      err: expect.stringContaining('[not-your-role]'),
    });
  });
});
