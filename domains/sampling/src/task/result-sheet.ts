import type { EnteredResult } from './results.ts';

/** A row of a sheet that cannot be taken, and why. */
export interface SheetFault {
  row: number;
  column: string;
  code: string;
  zh: string;
  en: string;
  value: string;
}

const headings: Record<string, 'task' | 'item' | 'result' | 'unit' | 'nd'> = {
  任务编号: 'task',
  task: 'task',
  检验项目: 'item',
  item: 'item',
  检验结果: 'result',
  result: 'result',
  单位: 'unit',
  unit: 'unit',
  未检出: 'nd',
  nd: 'nd',
};

/**
 * Reads results that a laboratory system exports as CSV: the columns 任务编号, 检验项目, 检验结果, and where wanted 单位 and 未检出
 * (是 or empty), one row an item. Returns the input of `enterResults` per task number, and every row that cannot be taken.
 */
export function readResultSheet(text: string): { tasks: Map<string, EnteredResult[]>; faults: SheetFault[] } {
  const [first = [], ...rows] = parseCsv(text.replace(/^\uFEFF/, ''));
  const columns = first.map((heading) => headings[heading.trim().toLowerCase()] ?? headings[heading.trim()]);
  const faults: SheetFault[] = [];
  const tasks = new Map<string, EnteredResult[]>();
  const missing = (['task', 'item', 'result'] as const).filter((name) => !columns.includes(name));
  if (missing.length > 0)
    return {
      tasks,
      faults: missing.map((column) => ({
        row: 1,
        column,
        code: 'column-missing',
        zh: '缺少这一列。',
        en: 'The column is missing.',
        value: '',
      })),
    };
  rows.forEach((cells, index) => {
    const row = index + 2;
    if (cells.every((cell) => cell.trim() === '')) return;
    const cell = (name: (typeof columns)[number]): string => cells[columns.indexOf(name)]?.trim() ?? '';
    const nd = ['是', '未检出', 'true', '1', 'nd'].includes(cell('nd').toLowerCase());
    for (const name of ['task', 'item', ...(nd ? [] : ['result'])] as const)
      if (cell(name as 'task') === '')
        faults.push({
          row,
          column: name,
          code: 'cell-empty',
          zh: '此格不能为空。',
          en: 'The cell is empty.',
          value: '',
        });
    if (faults.some((fault) => fault.row === row)) return;
    const entry = { item: cell('item'), result: cell('result') || null, unit: cell('unit') || null, nd };
    tasks.set(cell('task'), [...(tasks.get(cell('task')) ?? []), entry]);
  });
  return { tasks, faults };
}

/** RFC 4180: fields in double quotes may hold commas, line breaks and doubled quotes. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (end === '') break;
    rows.push([]);
  }
  return rows.at(-1)?.every((cell) => cell === '') ? rows.slice(0, -1) : rows;
}
