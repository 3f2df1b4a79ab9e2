import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { type Actor, dayInChina, execute, type Kernel, Problem } from '@hengjian/kernel';
import { v5 as uuidFrom } from 'uuid';
import { findHeader, headerMissing, type MappedHeader, type Mapping } from './columns.ts';
import { csvRows, type SheetRow } from './csv.ts';
import { Import } from './entity.ts';
import { type FileSource, type OpenFile, openLedger } from './file.ts';
import { type ImportReport, startReport } from './report.ts';
import { type Run, takeRows } from './take-rows.ts';
import { xlsxRows } from './xlsx.ts';

/** Entities that an import has entered and amended so far. */
export interface Written {
  added: number;
  amended: number;
}

export interface ImportOptions {
  format: 'csv' | 'xlsx';
  /** Where the file comes from, in words; the same words next time, so that changes of the source are told from ours. */
  source?: string;
  fileName?: string;
  /** Day on which the file was true, `YYYY-MM-DD`; today when it is not said. */
  asOf?: string;
  /** Headings that the file has for its columns, where they differ from those known. */
  mapping?: Mapping;
  /** `total` is the number of lines of a CSV file, null for a workbook; `written` is what a later attempt needs to count right. */
  onProgress?: (done: number, total: number | null, written: Written) => void;
  /** Rows that are compared and written together. */
  rowsAtOnce?: number;
  /** The job that imports: every attempt of it is the same import, and `written` what earlier attempts had written. */
  job?: { id: string; written: Partial<Written> };
  /** Ends the import between two steps with the signal's reason; a Problem makes it abandoned, anything else leaves it open. */
  signal?: AbortSignal;
  /** Most rows of the report. */
  most?: number;
}

/** Rows that are compared and written together: large enough for COPY, small enough to let others in between. */
const chunk = 4_000;
const headerWithin = 10;

/**
 * Imports a ledger of enterprises. Every good row is entered or compared with what is held, whatever the rows around it; a bad row is
 * reported with its reasons. Rows are written in whole chunks, each in one transaction, so nothing is ever half written, and a file
 * that was interrupted or comes again adds only what is missing: the same values are left alone, changed ones become amendments
 * true since the day of the file.
 * @throws Problem when the file cannot be read, has no header, or another import is running
 */
export async function importEnterprises(
  kernel: Kernel,
  actor: Actor,
  source: FileSource,
  options: ImportOptions,
): Promise<ImportReport> {
  const today = dayInChina(kernel.now());
  const asOf = options.asOf ?? today;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf) || asOf > today)
    throw new Problem(
      422,
      'as-of-wrong',
      '资料日期应为不晚于今天的日期。',
      'The day of the file must be a day up to today.',
    );
  const named = options.source ?? '文件导入';
  const fileName = options.fileName ?? (typeof source === 'string' ? basename(source) : null);
  const file = await openLedger(source, options.format);
  try {
    const { header, width, rows } = await openRows(file, options);
    options.signal?.throwIfAborted();
    const begun = await execute(kernel, actor, {
      id: options.job === undefined ? randomUUID() : commandOf(options.job.id, 'begin'),
      entity: Import.name,
      action: 'begin',
      input: { source: named, fileName, contentHash: file.contentHash, asOf },
    });
    const report = startReport(header, options.most ?? 5_000);
    for (const heading of header.ignored)
      report.remark(1, 'column-ignored', `“${heading}”列没有导入。`, `The column "${heading}" was not taken.`);
    const run: Run = {
      kernel,
      actor,
      report,
      record: begun.record,
      today,
      header,
      width,
      known: { byCode: new Map(), byName: new Map(), elsewhere: new Map(), met: new Map(), source: named, asOf },
      reason: `导入：${named}（${asOf}）${fileName ?? ''}`,
      tally: { total: 0, bad: 0, added: 0, amended: 0, unchanged: 0, issues: 0 },
    };
    try {
      const lines = options.format === 'csv' ? Math.max(file.lines - 1, 0) : null;
      const { added: addedBefore = 0, amended: amendedBefore = 0 } = options.job?.written ?? {};
      for await (const part of inChunks(rows, options.rowsAtOnce ?? chunk)) {
        options.signal?.throwIfAborted();
        await takeRows(run, part);
        const { total, added, amended } = run.tally;
        const written = { added: Math.max(added, addedBefore), amended: Math.max(amended, amendedBefore) };
        options.onProgress?.(total, lines === null ? null : Math.max(lines, total), written);
      }
      options.signal?.throwIfAborted();
      // What an earlier attempt had written was met again as unchanged.
      run.tally.added += addedBefore;
      run.tally.amended += amendedBefore;
      run.tally.unchanged -= addedBefore + amendedBefore;
      return await finish(run, options.job?.id);
    } catch (error) {
      // A job whose process stumbled goes on later; what nobody goes on with is abandoned.
      if (options.job === undefined || error instanceof Problem) await abandon(kernel, actor, begun.record);
      throw error;
    }
  } finally {
    await file.close();
  }
}

const abandon = async (kernel: Kernel, actor: Actor, record: string): Promise<void> => {
  await execute(kernel, actor, {
    id: randomUUID(),
    entity: Import.name,
    action: 'abandon',
    record,
    input: {},
  }).catch(() => undefined);
};

/** Abandons the import of a job that nobody goes on with. */
export async function abandonImport(kernel: Kernel, actor: Actor, job: string): Promise<void> {
  const [begun] = await kernel.database.transaction(
    'hengjian_app',
    actor.claim,
    (sql) =>
      sql.query<{ record: string }>('select record from kernel.event where command = $1', [commandOf(job, 'begin')]),
    'jobs',
  );
  if (begun !== undefined) await abandon(kernel, actor, begun.record);
}

/** Commands of a job are the same in each of its attempts. */
const commandOf = (job: string, step: string): string => uuidFrom(`subjects.import/${step}`, job);

/** Finds the header and gives the rows behind it. */
async function openRows(
  file: OpenFile,
  { format, mapping }: ImportOptions,
): Promise<{ header: MappedHeader; width: number; rows: AsyncGenerator<SheetRow> }> {
  let width = 0;
  const rows = format === 'csv' ? csvRows(file, () => width) : xlsxRows(file, () => width);
  try {
    for (let seen = 0; seen < headerWithin; seen += 1) {
      const next = await rows.next();
      if (next.done) break;
      const header = findHeader(next.value.cells, mapping);
      if (header === undefined) continue;
      width = next.value.cells.length;
      return { header, width, rows };
    }
  } catch (cause) {
    throw Object.assign(
      new Problem(
        422,
        'file-unreadable',
        '文件已损坏或者不是有效的表格，无法读取。',
        'The file is damaged or no valid table.',
      ),
      { cause },
    );
  }
  throw headerMissing();
}

async function* inChunks(rows: AsyncGenerator<SheetRow>, most: number): AsyncGenerator<SheetRow[]> {
  let held: SheetRow[] = [];
  for await (const row of rows) {
    held.push(row);
    if (held.length < most) continue;
    yield held;
    held = [];
  }
  if (held.length > 0) yield held;
}

async function finish({ kernel, actor, record, report, tally }: Run, job?: string): Promise<ImportReport> {
  const { total, bad, added, amended, unchanged, issues } = tally;
  await execute(kernel, actor, {
    id: job === undefined ? randomUUID() : commandOf(job, 'finish'),
    entity: Import.name,
    action: 'finish',
    record,
    input: {
      total,
      added,
      amended,
      unchanged,
      rejected: bad,
      issues,
      counts: report.counts,
      rows: report.rows.slice(0, 1_000) as never,
    },
  });
  return {
    import: record,
    total,
    good: total - bad,
    bad,
    added,
    amended,
    unchanged,
    issues,
    counts: report.counts,
    rows: report.rows,
    unlisted: report.unlisted(),
  };
}
