import { createWriteStream } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '@hengjian/kernel';
import type { ListInput, RecordView } from '@hengjian/reading';
import type { Command as Program } from 'commander';
import { Option } from 'commander';
import { atWork, type Context, type WorkOptions, withWho } from '../context.ts';
import { UsageError } from '../failure.ts';
import { createProgress } from '../progress.ts';
import { recordCells, recordHeader } from '../record-table.ts';
import { formatTable, type Terminal } from '../terminal.ts';
import type { ImportOutcome, Workplace } from '../workplace.ts';
import { type FilterOptions, filtersOf, withFilters } from './work.ts';

/** `import` and `export`: files in, files out. */
export function addTransferCommands(program: Program, context: Context): void {
  addImport(program, context);
  addExport(program, context);
}

interface ImportOptions extends WorkOptions {
  source?: string;
  asOf?: string;
  strict?: boolean;
  preview?: boolean;
}

function addImport(program: Program, context: Context): void {
  const { terminal } = context;
  const { say } = terminal;
  withWho(program.command('import <kind> <file>'), terminal)
    .description(
      say(
        '导入 CSV 或 XLSX 文件，如 subjects.enterprise、sampling.task、handling.loop',
        'import a CSV or XLSX file, e.g. subjects.enterprise, sampling.task, handling.loop',
      ),
    )
    .option('--source <words>', say('资料来源', 'where the file comes from'))
    .option('--as-of <date>', say('资料日期，默认今天', 'the day on which the file was true; today'))
    .option('--preview', say('台账只逐行预检，不导入', 'ledgers: look at every row and take none'))
    .option('--strict', say('有任何一行未导入时返回 1', 'exit with 1 when any row was not taken'))
    .action(async (kind: string, path: string, options: ImportOptions) => {
      const format = extname(path).slice(1).toLowerCase();
      if (format !== 'csv' && format !== 'xlsx')
        throw new UsageError('只能导入 .csv 或 .xlsx 文件。', 'Only .csv and .xlsx files can be imported.');
      const progress = createProgress(terminal);
      const { source, asOf } = options;
      const outcome = await atWork(context, options, (workplace) =>
        workplace
          .import(
            {
              kind,
              path,
              format,
              ...(source === undefined ? {} : { source }),
              ...(asOf === undefined ? {} : { asOf }),
              ...(options.preview === true ? { preview: true } : {}),
            },
            (done, total) => progress.show(say('已读行数', 'rows read'), done, total),
          )
          .finally(() => progress.end()),
      );
      terminal.out(options.json ? `${JSON.stringify(outcome)}\n` : importReport(terminal, outcome));
      if (options.strict && outcome.bad > 0)
        throw new Problem(422, 'rows-refused', `${outcome.bad} 行没有导入。`, `${outcome.bad} rows were not taken.`);
    });
}

function importReport({ say }: Terminal, { good, bad, rows }: ImportOutcome): string {
  const summary = say(`导入 ${good} 行，未导入 ${bad} 行。`, `${good} rows taken, ${bad} not.`);
  if (rows.length === 0) return `${summary}\n`;
  const lines = rows.map((row) => [String(row.row), row.column ?? '', row.code, say(row.zh, row.en), row.value ?? '']);
  return `${summary}\n${formatTable([say('行', 'Row'), say('列', 'Column'), say('代码', 'Code'), say('说明', 'What'), say('原值', 'Value')], lines)}`;
}

interface ExportOptions extends FilterOptions {
  format: 'csv' | 'jsonl' | 'xlsx';
  output?: string;
  purpose?: string;
  fields?: boolean;
}

function addExport(program: Program, context: Context): void {
  const { terminal } = context;
  const { say } = terminal;
  withFilters(withWho(program.command('export <entity>'), terminal), terminal)
    .description(say('导出看得到的记录', 'export the records that may be seen'))
    .addOption(new Option('--format <format>', say('格式', 'format')).choices(['csv', 'jsonl', 'xlsx']).default('csv'))
    .option('-o, --output <file>', say('写入文件，默认标准输出', 'file to write; standard output'))
    .option('--purpose <words>', say('用途，记入查阅记录', 'for what purpose; goes into the record of readings'))
    .option(
      '--fields',
      say('（jsonl）带上各字段，个人信息按页面遮盖', '(jsonl) with all fields, personal ones masked as on the page'),
    )
    .action(async (entity: string, options: ExportOptions) => {
      if (options.format === 'xlsx' && options.output === undefined)
        throw new UsageError('导出 XLSX 请用 --output 指定文件。', 'Name a file by --output for XLSX.');
      const progress = createProgress(terminal);
      const count = await atWork(context, options, (workplace) =>
        exportRecords(terminal, workplace, entity, options, (done) =>
          progress.show(say('已导出', 'exported'), done, null),
        ),
      ).finally(() => progress.end());
      if (count !== null) terminal.err(`${say(`共 ${count} 行。`, `${count} rows.`)}\n`);
    });
}

async function exportRecords(
  terminal: Terminal,
  workplace: Workplace,
  entity: string,
  options: ExportOptions,
  onProgress: (done: number) => void,
): Promise<number | null> {
  const filters = filtersOf(entity, options);
  const { format, output } = options;
  if (format !== 'jsonl') {
    const made = await workplace.download(format, filters);
    if (made !== null) {
      if (output === undefined) terminal.out(Buffer.from(made).toString('utf8'));
      else await writeFile(output, made, { mode: 0o600 });
      return null;
    }
  }
  let done = 0;
  const pages = pagesOf(workplace, filters, async (rows) => {
    await workplace.noteExport(rows, options.purpose);
    done += rows.length;
    onProgress(done);
  });
  if (format === 'xlsx') await writeWorkbook(pages, entity, output!);
  else {
    const texts = format === 'csv' ? csvTexts(pages) : jsonTexts(pages, options.fields === true ? workplace : null);
    if (output === undefined) for await (const text of texts) terminal.out(text);
    else await pipeline(Readable.from(texts), createWriteStream(output, { mode: 0o600 }));
  }
  return done;
}

async function* pagesOf(
  workplace: Workplace,
  filters: Partial<ListInput>,
  note: (rows: readonly RecordView[]) => Promise<void>,
): AsyncGenerator<RecordView[]> {
  let cursor: string | null | undefined;
  do {
    const page = await workplace.list({ ...filters, limit: 1_000, ...(cursor ? { cursor } : {}) });
    await note(page.rows);
    yield page.rows;
    cursor = page.next;
  } while (cursor !== null);
}

async function* csvTexts(pages: AsyncIterable<RecordView[]>): AsyncGenerator<string> {
  const { csvLine } = await import('../../../server/src/http/table.ts');
  yield `\uFEFF${csvLine(recordHeader)}\r\n`;
  for await (const rows of pages)
    if (rows.length > 0) yield `${rows.map((row) => csvLine(recordCells(row))).join('\r\n')}\r\n`;
}

async function* jsonTexts(pages: AsyncIterable<RecordView[]>, workplace: Workplace | null): AsyncGenerator<string> {
  for await (const rows of pages)
    for (const row of rows)
      yield `${JSON.stringify(workplace === null ? row : { ...row, fields: await workplace.fields(row.id) })}\n`;
}

async function writeWorkbook(pages: AsyncIterable<RecordView[]>, name: string, output: string): Promise<void> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: output });
  const sheet = book.addWorksheet(name.slice(0, 30));
  sheet.addRow(recordHeader).commit();
  for await (const rows of pages) for (const row of rows) sheet.addRow(recordCells(row)).commit();
  sheet.commit();
  await book.commit();
  await chmod(output, 0o600);
}
