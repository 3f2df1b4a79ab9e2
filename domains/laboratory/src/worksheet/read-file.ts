import { type Refusal, refuse } from '@hengjian/kernel';
import { csvRows, type FileSource, openFile, type SheetRow, xlsxRows } from '@hengjian/subjects';
import type { Mapping } from '../bench/entity.ts';
import type { Line } from './entity.ts';
import { type Entered, indexOf, judgeEntered } from './judging.ts';

export type FileFormat = 'csv' | 'xlsx' | 'json';

/** One row of a file as it would be entered, or why it cannot be. Rows count from 1, the heading included. */
export interface ReadRow {
  row: number;
  blindCode: string;
  item: string;
  result: string;
  unit: string | null;
  verdict: 'conforms' | 'fails' | 'not-judged' | null;
  fault: Refusal | null;
}

export interface ReadFile {
  hash: string;
  rows: ReadRow[];
  good: number;
  bad: number;
  entries: Entered[];
}

type Column = 'blindCode' | 'item' | 'result' | 'unitColumn' | 'uncertaintyColumn';
const columns: readonly Column[] = ['blindCode', 'item', 'result', 'unitColumn', 'uncertaintyColumn'];
const tidy = (heading: string): string => heading.normalize('NFKC').trim();

/**
 * Reads a file of an instrument or a laboratory system by a saved mapping and judges every row against the worksheet: the same
 * file and mapping always give the same answer, so that a preview is what an import does. A bad row is named with its reason.
 * @param revisions revision of each line of the sheet that holds a result, by its position
 */
export async function readResultFile(
  source: FileSource,
  format: FileFormat,
  mapping: Mapping,
  lines: readonly Line[],
  revisions: ReadonlyMap<number, number>,
): Promise<ReadFile | Refusal> {
  const file = await openFile(source);
  try {
    if ((format === 'xlsx') !== file.zipped)
      return refuse('not-this-format', '文件内容与格式不符。', 'The file is not of the format that it claims.', 'file');
    const rows =
      format === 'json'
        ? jsonRows(await textOf(file.read()))
        : await collect(format === 'csv' ? csvRows(file, () => 0) : xlsxRows(file, () => 0));
    if (!Array.isArray(rows)) return rows;
    const at = columnsOf(rows[0]?.cells ?? [], mapping);
    if ('code' in at) return at;
    return judgeRows(file.contentHash, rows.slice(1), at, mapping, lines, revisions);
  } finally {
    await file.close();
  }
}

function judgeRows(
  hash: string,
  rows: readonly SheetRow[],
  at: Readonly<Record<Column, number>>,
  mapping: Mapping,
  lines: readonly Line[],
  revisions: ReadonlyMap<number, number>,
): ReadFile {
  const index = indexOf(lines);
  const names = new Map(mapping.items.map(({ written, item }) => [tidy(written), item]));
  const met = new Map<number, number>();
  const read: ReadRow[] = [];
  const entries: Entered[] = [];
  for (const { row, cells, broken } of rows) {
    const cell = (column: Column): string => tidy(cells[at[column]] ?? '');
    const written = cell('item');
    const uncertainty = cell('uncertaintyColumn');
    const found = {
      row,
      blindCode: cell('blindCode').toUpperCase(),
      item: names.get(written) ?? written,
      result: uncertainty === '' ? cell('result') : `${cell('result')}±${uncertainty}`,
      unit: cell('unitColumn') || (mapping.unit ?? null),
    };
    const entered: Entered = { ...found, seen: 0 };
    const judged = broken
      ? refuse('row-broken', '引号不成对，无法识别这一行。', 'Its quotation marks do not match.', 'result')
      : judgeEntered(lines, index, entered, mapping.slashDecimal);
    if ('code' in judged) {
      read.push({ ...found, verdict: null, fault: judged });
      continue;
    }
    const twice = met.get(judged.line);
    if (twice !== undefined) {
      const fault = refuse(
        'cell-twice',
        `与第${twice}行是同一样品的同一项目。`,
        `The same cell as row ${twice}.`,
        'item',
      );
      read.push({ ...found, verdict: null, fault });
      continue;
    }
    met.set(judged.line, row);
    read.push({ ...found, verdict: judged.verdict.verdict, fault: null });
    const { blindCode, item, result, unit } = found;
    entries.push({ blindCode, item, result, unit, seen: revisions.get(judged.line) ?? 0 });
  }
  return { hash, rows: read, good: entries.length, bad: read.length - entries.length, entries };
}

function columnsOf(heading: readonly string[], mapping: Mapping): Record<Column, number> | Refusal {
  const known = heading.map(tidy);
  const at = {} as Record<Column, number>;
  for (const column of columns) {
    const named = mapping[column];
    at[column] = named ? known.indexOf(tidy(named)) : -1;
    if (named && at[column] === -1)
      return refuse(
        'column-missing',
        `文件没有“${named}”这一列；现有：${known.join('、')}。`,
        `The file has no column ${named}; it has: ${known.join(', ')}.`,
        'file',
      );
  }
  return at;
}

/** A list of objects as rows under a heading of all their names. */
function jsonRows(text: string): SheetRow[] | Refusal {
  const wrong = refuse('json-unreadable', 'JSON 应是对象的列表。', 'The JSON must be a list of objects.', 'file');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return wrong;
  }
  if (!Array.isArray(content) || content.some((item) => typeof item !== 'object' || item === null)) return wrong;
  const objects = content as Record<string, unknown>[];
  const heading = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const cellsOf = (object: Record<string, unknown>): string[] =>
    heading.map((name) => (object[name] === null || object[name] === undefined ? '' : String(object[name])));
  return [heading, ...objects.map(cellsOf)].map((cells, row) => ({ row: row + 1, cells, broken: false }));
}

async function collect(rows: AsyncGenerator<SheetRow>): Promise<SheetRow[] | Refusal> {
  const all: SheetRow[] = [];
  try {
    for await (const row of rows) all.push(row);
  } catch {
    return refuse('file-unreadable', '文件已损坏，无法读取。', 'The file is damaged.', 'file');
  }
  return all;
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}
