import { createHash } from 'node:crypto';
import { type Actor, execute, type Kernel, notFound, Problem, type Refusal } from '@hengjian/kernel';
import type { FileSource } from '@hengjian/subjects';
import type { Mapping } from '../bench/entity.ts';
import type { Line } from './entity.ts';
import { type FileFormat, type ReadRow, readResultFile } from './read-file.ts';

export interface ResultFile {
  worksheet: string;
  /** Name of a mapping that the bench has saved. */
  mapping: string;
  source: FileSource;
  format: FileFormat;
  fileName: string;
  /** Reads and judges, and writes nothing. */
  preview: boolean;
  /** Idempotency key of whoever sends it; without one the key is made of sheet, mapping and content. */
  key?: string;
}

export interface ResultFileReport {
  hash: string;
  mapping: string;
  good: number;
  bad: number;
  rows: ReadRow[];
  /** False in a preview, and whenever a row is bad: nothing is half imported. */
  imported: boolean;
  /** The same file had been imported before; nothing was written again. */
  replayed: boolean;
}

/**
 * Imports a file of results into a worksheet, whole or not at all: while a single row has a fault the report names each, and nothing is
 * written. The command's id is the sender's key, or made from sheet, mapping and file, so that sending it twice enters it once; the same
 * key with other content is refused.
 * @throws Problem when sheet or mapping is unknown, the file cannot be read, or the entry is refused
 */
export async function importResults(kernel: Kernel, actor: Actor, file: ResultFile): Promise<ResultFileReport> {
  const { mapping, lines, revisions } = await kernel.database.transaction('hengjian_app', actor.claim, async (sql) => {
    const [sheet] = await sql.query<{ lines: Line[]; mappings: Mapping[] | null }>(
      `select w.lines, b.mappings from laboratory.worksheet w left join laboratory.bench b on b.id = w.bench where w.id = $1`,
      [file.worksheet],
    );
    if (sheet === undefined) throw notFound();
    const cells = await sql.query<{ line: number; attempt: number; revision: number }>(
      'select line, attempt, revision from laboratory.result where record = $1',
      [file.worksheet],
    );
    const current = cells.filter(({ line, attempt }) => sheet.lines[line]?.attempt === attempt);
    return {
      mapping: sheet.mappings?.find(({ name }) => name === file.mapping),
      lines: sheet.lines,
      revisions: new Map(current.map(({ line, revision }) => [line, revision])),
    };
  });
  if (mapping === undefined)
    throw new Problem(
      422,
      'mapping-unknown',
      `没有名为“${file.mapping}”的导入对应。`,
      `There is no mapping called ${file.mapping}.`,
    );
  const read = await readResultFile(file.source, file.format, mapping, lines, revisions);
  if ('code' in read) throw asProblem(read);
  const { hash, good, bad, rows, entries } = read;
  const report = { hash, mapping: mapping.name, good, bad, rows, imported: false, replayed: false };
  if (file.preview || bad > 0 || good === 0) return report;
  const id = file.key ?? commandId(file.worksheet, mapping, hash);
  const taken = await kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
    sql.query('select 1 from laboratory.import where record = $1 and file_hash = $2', [file.worksheet, hash]),
  );
  if (taken.length > 0) return { ...report, imported: true, replayed: true };
  const { replayed } = await execute(kernel, actor, {
    id,
    entity: 'laboratory.worksheet',
    action: 'enter',
    record: file.worksheet,
    input: {
      results: entries,
      file: { hash, name: file.fileName, mapping: mapping.name, slashDecimal: mapping.slashDecimal },
    },
  });
  return { ...report, imported: true, replayed };
}

const asProblem = ({ code, zh, en, path }: Refusal): Problem =>
  new Problem(422, code, zh, en, path === undefined ? [] : [{ path, code, zh, en }]);

/** A UUID (version 8) of what is imported where and by which mapping. */
function commandId(worksheet: string, mapping: Mapping, hash: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([worksheet, mapping, hash]))
    .digest('hex');
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
