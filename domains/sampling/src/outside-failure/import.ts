import { type ClockRule, computeDeadline } from '@hengjian/calendar';
import { type Actor, dayInChina, execute, type Kernel, Problem } from '@hengjian/kernel';
import { csvRows, type FileSource, openLedger, type SheetRow, xlsxRows } from '@hengjian/subjects';
import { v7 as uuid } from 'uuid';
import type { sources } from './entity.ts';
import {
  type LedgerColumn,
  type LedgerEntry,
  type LedgerFault,
  ledgerColumns,
  readHeader,
  readRow,
  required,
} from './ledger.ts';

export interface LedgerOptions {
  format: 'csv' | 'xlsx';
  fileName: string;
  /** Where every failure of the file comes from, when the file has no such column. */
  source?: keyof typeof sources;
}

export interface LedgerReport {
  /** Failures of the file; several rows of one report are one. */
  total: number;
  good: number;
  bad: number;
  /** What could not be taken, and what was taken with a term that has run out already. */
  rows: (LedgerFault & { level: 'error' | 'warning' })[];
}

const headerWithin = 10;

/**
 * Takes a ledger of failures that others found (practice M1). Each report becomes one failure in the same loop as our own, with the file
 * as its document; a bad row stops no other, and a file that comes again registers nothing twice.
 * @throws Problem when the file cannot be read or has no header
 */
export async function importOutsideFailures(
  kernel: Kernel,
  actor: Actor,
  source: FileSource,
  content: Uint8Array,
  options: LedgerOptions,
): Promise<LedgerReport> {
  const file = await openLedger(source, options.format);
  try {
    const rows = options.format === 'csv' ? csvRows(file, () => 0) : xlsxRows(file, () => 0);
    const { entries, faults } = await readLedger(rows, options, dayInChina(kernel.now()));
    const stored = await kernel.files.put(content);
    let good = 0;
    const over: LedgerFault[] = [];
    for (const entry of entries) {
      const problem = await registerOne(kernel, actor, entry, { ...stored, ...options });
      if (problem === undefined) good += 1;
      else faults.push(...problem);
      if (problem === undefined) over.push(...runOut(kernel, entry));
    }
    const bad = new Set(faults.map(({ row }) => row)).size;
    const told = [
      ...faults.map((fault) => ({ ...fault, level: 'error' as const })),
      ...over.map((fault) => ({ ...fault, level: 'warning' as const })),
    ];
    return { total: good + bad, good, bad, rows: told };
  } finally {
    await file.close();
  }
}

/** Fifteen working days from the day a failure came in (order 2 art. 18): the lead that it opens counts from there. */
const leadRule: ClockRule = {
  kind: 'within',
  unit: 'working-day',
  amount: 15,
  basis: '《市场监督管理行政处罚程序规定》第十八条',
};

/** The clocks of what a ledger brings start at its days; one that has run out is said at once, and not found later. */
function runOut(kernel: Kernel, { row, input }: LedgerEntry): LedgerFault[] {
  const receivedOn = input.receivedOn as string;
  const { dueOn } = computeDeadline(leadRule, receivedOn, kernel.calendar);
  if (dueOn === null || dueOn >= dayInChina(kernel.now())) return [];
  return [
    {
      row,
      column: ledgerColumns.receivedOn[0],
      code: 'term-over',
      zh: `已登记；自收到之日（${receivedOn}）起十五个工作日的核查期限已于 ${dueOn} 届满。`,
      en: `Registered; its term of fifteen working days from ${receivedOn} ended on ${dueOn}.`,
      value: receivedOn,
    },
  ];
}

/** Rows behind the header, those of one report joined; what cannot be read is reported by row and column. */
async function readLedger(
  rows: AsyncGenerator<SheetRow>,
  options: LedgerOptions,
  today: string,
): Promise<{ entries: LedgerEntry[]; faults: LedgerFault[] }> {
  const entries = new Map<string, LedgerEntry>();
  const faults: LedgerFault[] = [];
  let header: Map<LedgerColumn, number> | undefined;
  let seen = 0;
  for await (const { row, cells, broken } of rows) {
    if (header === undefined) {
      seen += 1;
      if (seen > headerWithin) break;
      header = readHeader(cells);
      const missing = header === undefined ? [] : required.filter((column) => !header!.has(column));
      if (missing.length > 0)
        throw new Problem(
          422,
          'columns-missing',
          `表头缺少：${missing.map((column) => ledgerColumns[column][0]).join('、')}。`,
          `The header lacks: ${missing.map((column) => ledgerColumns[column].at(-1)).join(', ')}.`,
        );
      continue;
    }
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (broken) {
      faults.push({
        row,
        column: null,
        code: 'row-broken',
        zh: '引号不成对，这一行无法读取。',
        en: 'Quotation marks do not match.',
        value: null,
      });
      continue;
    }
    const get = (column: LedgerColumn): string => (cells[header!.get(column) ?? -1] ?? '').trim();
    const read = readRow({ row, get }, { today, ...(options.source ? { source: options.source } : {}) });
    if (Array.isArray(read)) {
      faults.push(...read);
      continue;
    }
    const key = `${read.organiser}|${read.reportNumber}`;
    const known = entries.get(key);
    if (known === undefined) entries.set(key, { row, input: read });
    else (known.input.failedItems as unknown[]).push(...(read.failedItems as unknown[]));
  }
  if (header === undefined)
    throw new Problem(
      422,
      'header-missing',
      '没有找到表头，至少应有“检验报告编号”和“被抽样单位”两列。',
      'No header was found; it must name the report number and the sampled firm.',
    );
  return { entries: [...entries.values()], faults };
}

async function registerOne(
  kernel: Kernel,
  actor: Actor,
  { row, input }: LedgerEntry,
  file: { sha256: string; size: number; fileName: string; format: 'csv' | 'xlsx' },
): Promise<LedgerFault[] | undefined> {
  const upload = uuid();
  const mediaType =
    file.format === 'csv' ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
    sql.query(
      'insert into desk.upload (id, person, name, media_type, size, sha256, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [upload, actor.person, file.fileName, mediaType, file.size, file.sha256, kernel.now().toISOString()],
    ),
  );
  try {
    await execute(kernel, actor, {
      id: uuid(),
      entity: 'sampling.outside-failure',
      action: 'registerFromLedger',
      input,
      documents: [{ kind: 'ledger', upload }],
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
      sql.query('delete from desk.upload where id = $1', [upload]),
    );
    const { code, zh, en } = error;
    const parts = error.errors.length > 0 ? error.errors : [{ path: '', code, zh, en }];
    return parts.map((part) => ({
      row,
      column: null,
      code: part.code,
      zh: part.zh,
      en: part.en,
      value: part.path || null,
    }));
  }
}
