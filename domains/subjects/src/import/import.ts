import { hash, randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { type Actor, dayInChina, execute, ingest, type Kernel, Problem } from '@hengjian/kernel';
import { v7 as uuid } from 'uuid';
import { Enterprise, type EnterpriseRow } from '../enterprise/entity.ts';
import { isSame } from '../enterprise/history.ts';
import { enterpriseColumns, holdersOf } from '../enterprise/reading.ts';
import { type Found, fileIssues } from '../quality/filing.ts';
import { sharedCode } from '../quality/rules.ts';
import { findHeader, headerMissing, type MappedHeader, type Mapping } from './columns.ts';
import { csvRows, type SheetRow } from './csv.ts';
import { Import } from './entity.ts';
import { type FileSource, type OpenFile, openFile } from './file.ts';
import { type Decision, decide, type Held, type Known, marksOf, remember } from './match.ts';
import { officeFinder } from './office.ts';
import { type ImportReport, type Report, startReport } from './report.ts';
import { type ReadRow, readRow } from './row.ts';
import { xlsxRows } from './xlsx.ts';

export interface ImportOptions {
  format: 'csv' | 'xlsx';
  /** Where the file comes from, in words; the same words next time, so that changes of the source are told from ours. */
  source?: string;
  fileName?: string;
  /** Day on which the file was true, `YYYY-MM-DD`; today when it is not said. */
  asOf?: string;
  /** Headings that the file has for its columns, where they differ from those known. */
  mapping?: Mapping;
  /** `total` is the number of lines of a CSV file, null for a workbook. */
  onProgress?: (done: number, total: number | null) => void;
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
  const file = await openFile(source);
  try {
    if (file.zipped !== (options.format === 'xlsx'))
      throw new Problem(
        422,
        'not-this-format',
        '文件内容与格式不符：XLSX请用Excel 2007以上版本另存，CSV请存为逗号分隔的文本。',
        'The file is not of the format that it claims: save a workbook as XLSX, text as CSV.',
      );
    const { header, width, rows } = await openRows(file, options);
    const begun = await execute(kernel, actor, {
      id: randomUUID(),
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
      known: { byCode: new Map(), byName: new Map(), elsewhere: new Map(), met: new Set(), source: named, asOf },
      reason: `导入：${named}（${asOf}）${fileName ?? ''}`,
      tally: { total: 0, bad: 0, added: 0, amended: 0, unchanged: 0, issues: 0 },
    };
    try {
      const lines = options.format === 'csv' ? Math.max(file.lines - 1, 0) : null;
      for await (const part of inChunks(rows)) {
        await take(run, part);
        options.onProgress?.(run.tally.total, lines === null ? null : Math.max(lines, run.tally.total));
      }
      return await finish(run);
    } catch (error) {
      await execute(kernel, actor, {
        id: randomUUID(),
        entity: Import.name,
        action: 'abandon',
        record: begun.record,
        input: {},
      }).catch(() => undefined);
      throw error;
    }
  } finally {
    await file.close();
  }
}

interface Run {
  kernel: Kernel;
  actor: Actor;
  report: Report;
  /** The record of the import. */
  record: string;
  today: string;
  header: MappedHeader;
  width: number;
  known: Known;
  reason: string;
  tally: { total: number; bad: number; added: number; amended: number; unchanged: number; issues: number };
}

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

async function* inChunks(rows: AsyncGenerator<SheetRow>): AsyncGenerator<SheetRow[]> {
  let held: SheetRow[] = [];
  for await (const row of rows) {
    held.push(row);
    if (held.length < chunk) continue;
    yield held;
    held = [];
  }
  if (held.length > 0) yield held;
}

/** Takes some rows: reads, compares, enters the new ones, amends the changed ones, opens issues. */
async function take(run: Run, sheet: readonly SheetRow[]): Promise<void> {
  const { report, tally, known, header, width } = run;
  const read: { row: number; read: ReadRow }[] = [];
  for (const one of sheet) {
    tally.total += 1;
    const result = readRow(one, header, width, known.asOf);
    if (!Array.isArray(result)) read.push({ row: one.row, read: result });
    else {
      tally.bad += 1;
      for (const error of result) report.error(one.row, error);
    }
  }
  await lookUp(
    run,
    read.map((one) => one.read),
  );
  const officeOf = officeFinder(run.kernel, run.actor);
  const entered: (Held & { recordedOn: string })[] = [];
  const found: Found[] = [];
  const changed: {
    row: number;
    read: ReadRow;
    held: Held;
    changes: Extract<Decision, { kind: 'changed' }>['changes'];
  }[] = [];
  for (const { row, read: one } of read) {
    const decision = decide(one, known);
    if (tell(run, row, one, decision)) for (const finding of one.findings) report.found(row, finding);
    if (decision.kind === 'elsewhere') continue;
    const held = decision.kind === 'new' ? newRow(one, officeOf, run) : decision.held;
    known.met.add(held.id);
    if (decision.kind === 'repeated' || decision.kind === 'ended') continue;
    if (decision.kind === 'new') {
      entered.push(held as (typeof entered)[number]);
      remember(known, held);
      if (decision.sharing.length > 0) found.push(...sharing(held, decision.sharing, row, report));
    }
    if (decision.kind === 'changed') changed.push({ row, read: one, held, changes: decision.changes });
    const about = one.findings.filter(
      ({ repaired, property }) =>
        !repaired && (decision.kind === 'changed' || property === null || isSame(held[property], one.facts[property])),
    );
    found.push(...about.map((finding): Found => ({ enterprise: held, finding })));
  }
  if (entered.length > 0)
    await ingest(run.kernel, run.actor, {
      entity: Enterprise.name,
      state: 'registered',
      office: (row) => row.office as string,
      rows: entered,
      contentHash: hash('sha256', `${run.record}/${tally.total}`, 'hex'),
    });
  tally.added += entered.length;
  for (const one of changed) await amendHeld(run, one);
  tally.issues += await fileIssues(run.kernel, run.actor, found, { foundIn: run.record, once: true });
}

/** Reads what the register holds under the codes and names of some rows. */
async function lookUp({ kernel, actor, known }: Run, rows: readonly ReadRow[]): Promise<void> {
  const codes = [...new Set(rows.flatMap(({ facts }) => facts.creditCode ?? []))];
  const names = [...new Set(rows.flatMap(({ facts }) => (facts.creditCode ? [] : facts.name)))];
  known.byCode.clear();
  known.byName.clear();
  known.elsewhere.clear();
  await kernel.database.transaction(
    'hengjian_app',
    actor.claim,
    async (sql) => {
      const held = await sql.query<EnterpriseRow>(
        `select ${enterpriseColumns} from subjects.enterprise where credit_code = any($1::text[]) or (credit_code is null and name = any($2::text[])) order by id`,
        [codes, names],
      );
      for (const row of held) remember(known, row);
      const visible = new Set(held.map(({ id }) => id));
      for (const holder of await holdersOf(sql, codes))
        if (!visible.has(holder.id))
          known.elsewhere.set(holder.creditCode, [...(known.elsewhere.get(holder.creditCode) ?? []), holder]);
    },
    'jobs',
  );
}

/** Reports what was decided; says whether the findings of the row are to be reported too. */
function tell({ report, tally, kernel }: Run, row: number, { facts }: ReadRow, decision: Decision): boolean {
  switch (decision.kind) {
    case 'new':
      return true;
    case 'changed':
      return true;
    case 'elsewhere': {
      tally.bad += 1;
      const office = kernel.offices.get(decision.holder.office)?.label ?? {
        zh: decision.holder.office,
        en: decision.holder.office,
      };
      report.error(row, {
        field: 'creditCode',
        code: 'held-elsewhere',
        value: facts.creditCode ?? null,
        zh: `这个代码的主体“${decision.holder.name}”由${office.zh}登记，您无权更改。`,
        en: `"${decision.holder.name}", which has this code, was entered at ${office.en}; you may not change it.`,
      });
      return false;
    }
    case 'repeated':
      if (!decision.differs) {
        tally.unchanged += 1;
        report.remark(
          row,
          'repeated-row',
          '与前面的一行相同，没有重复登记。',
          'The same as a row before; not entered twice.',
          'name',
          facts.name,
        );
        return false;
      }
      tally.bad += 1;
      report.error(row, {
        field: 'name',
        code: 'repeated-row-differs',
        zh: '与前面一行是同一主体，但内容不同；以先出现的一行为准。',
        en: 'The same entity as a row before, told differently; the first one stands.',
        value: facts.name,
      });
      return false;
    case 'older':
      report.remark(
        row,
        'older-than-held',
        `主体库中的资料（${decision.held.effectiveOn}起）比这份文件新，没有改动。`,
        `The register knows something newer (since ${decision.held.effectiveOn}); nothing was changed.`,
        'name',
        facts.name,
      );
      break;
    case 'ended':
      report.remark(
        row,
        'not-brought-back',
        '这个主体已经并入他户或者作废，没有重新登记。',
        'The entity was merged or made void; it was not entered again.',
        'name',
        facts.name,
      );
      break;
    case 'unchanged':
      break;
  }
  tally.unchanged += 1;
  return false;
}

function newRow(
  read: ReadRow,
  officeOf: (region: string | null) => string,
  { known, today }: Run,
): Held & { recordedOn: string } {
  return {
    ...read.facts,
    id: uuid(),
    office: officeOf(read.facts.region ?? null),
    state: 'registered',
    source: known.source,
    sourceKey: read.sourceKey,
    sourceMarks: marksOf(read),
    effectiveOn: known.asOf,
    recordedOn: today,
  };
}

function sharing(held: Held, others: readonly Held[], row: number, report: Report): Found[] {
  const finding = sharedCode(
    held.creditCode!,
    [held, ...others].map(({ name }) => name),
  );
  report.found(row, finding);
  return [held, ...others].map((enterprise) => ({ enterprise, finding }));
}

/** Amends one enterprise by its row; a refusal spoils this row alone. */
async function amendHeld(
  run: Run,
  { row, read, held, changes }: { row: number; read: ReadRow; held: Held; changes: object },
): Promise<void> {
  const { kernel, actor, known, report, tally, reason } = run;
  const input = { ...changes, effectiveOn: known.asOf, reason, source: known.source, sourceMarks: marksOf(read) };
  try {
    await execute(kernel, actor, {
      id: randomUUID(),
      entity: Enterprise.name,
      action: 'follow',
      record: held.id,
      input,
    });
    tally.amended += 1;
    for (const name of Object.keys(changes)) {
      const [before, now] = [held[name as keyof Held], read.facts[name as keyof typeof read.facts]];
      const shown = name === 'legalRepresentative' || name === 'contact' ? null : `${textOf(before)} → ${textOf(now)}`;
      report.remark(row, 'amended', '已按文件变更。', 'Amended as the file says.', name as never, shown);
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    tally.bad += 1;
    report.error(row, { field: null, code: error.code, zh: error.zh, en: error.en, value: read.facts.name });
  }
}

const textOf = (value: unknown): string =>
  (value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 45);

async function finish({ kernel, actor, record, report, tally }: Run): Promise<ImportReport> {
  const { total, bad, added, amended, unchanged, issues } = tally;
  await execute(kernel, actor, {
    id: randomUUID(),
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
