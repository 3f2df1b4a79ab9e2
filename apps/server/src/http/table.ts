import type { Label, Office } from '@hengjian/kernel';
import type { EntityView, Pointed, RecordView } from '@hengjian/reading';
import ExcelJS from 'exceljs';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ancestors, findRegion } from '../../../../data/regions/index.ts';

/** What of a list goes into a file: the columns on the screen, in their order and in the reader's language. */
export const tableInput = z.object({
  columns: z
    .string()
    .max(2_000)
    .transform((text) => text.split(',').filter(Boolean))
    .optional(),
  language: z.enum(['zh', 'en']).default('zh'),
});

type Cell = string | number | null;

interface Table {
  rows: readonly RecordView[];
  entity: EntityView | undefined;
  offices: ReadonlyMap<string, Office>;
  columns?: string[] | undefined;
  language: 'zh' | 'en';
}

interface Column {
  title: string;
  cell: (row: RecordView) => Cell;
}

type Say = (label: Label) => string;
type FieldOf = EntityView['fields'][number];

const register: Record<string, { title: Label; cell: (row: RecordView, say: Say) => Cell }> = {
  number: { title: { zh: '编号', en: 'Number' }, cell: (row) => row.number },
  title: { title: { zh: '名称', en: 'Title' }, cell: (row) => row.title },
  entity: { title: { zh: '类别', en: 'Kind' }, cell: (row, say) => say(row.entityLabel) },
  state: { title: { zh: '状态', en: 'State' }, cell: (row, say) => say(row.stateLabel) },
  office: { title: { zh: '机关', en: 'Authority' }, cell: (row, say) => say(row.office.label) },
  subject: { title: { zh: '企业', en: 'Enterprise' }, cell: (row) => row.subject?.name ?? null },
  handler: { title: { zh: '经办人', en: 'Handled by' }, cell: (row) => row.handler?.name ?? null },
  due: { title: { zh: '期限', en: 'Due' }, cell: (row) => row.due },
  days: { title: { zh: '剩余工作日', en: 'Working days left' }, cell: (row) => row.workingDaysLeft },
  opened: { title: { zh: '登记时间', en: 'Opened' }, cell: (row) => row.opened },
  updated: { title: { zh: '更新时间', en: 'Updated' }, cell: (row) => row.updated },
  closed: { title: { zh: '办结时间', en: 'Closed' }, cell: (row) => row.closedAt },
};
const usual = [
  'number',
  'title',
  'entity',
  'state',
  'office',
  'subject',
  'handler',
  'due',
  'opened',
  'updated',
  'closed',
];

/** A region with the names above it below the province: 长沙市芙蓉区. */
function regionName(code: string): string {
  const region = findRegion(code);
  if (region === undefined) return code;
  const above = ancestors(region.code).slice(1);
  return [...above, region].map(({ name }) => name).join('');
}

/** A declared field as a person reads it; what is masked on the screen is masked in the file. */
function declaredCell(value: unknown, field: FieldOf, { offices }: Table, say: Say): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') {
    if ('masked' in value) return String(value.masked);
    if ('title' in value) return (value as Pointed).title;
    return null;
  }
  const choice = field.choices?.find((candidate) => candidate.value === value);
  if (choice !== undefined) return say(choice.label);
  if (typeof value === 'boolean') return say(value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' });
  if (typeof value === 'number') return value;
  if (field.type === 'region') return regionName(String(value));
  if (field.type === 'office')
    return offices.has(String(value)) ? say(offices.get(String(value))!.label) : String(value);
  return String(value);
}

function columnsOf(table: Table): Column[] {
  const say: Say = (label) => label[table.language] || label.zh;
  return (table.columns ?? usual).flatMap((name): Column[] => {
    const known = register[name];
    if (known !== undefined) return [{ title: say(known.title), cell: (row) => known.cell(row, say) }];
    const field = table.entity?.fields.find((candidate) => candidate.name === name);
    if (field === undefined) return [];
    const title = field.unit === undefined ? say(field.label) : `${say(field.label)} (${field.unit})`;
    return [{ title, cell: (row) => declaredCell(row.fields?.[name], field, table, say) }];
  });
}

/** Sends the rows as a file, with exactly the columns asked for. */
export async function sendTable(reply: FastifyReply, format: 'csv' | 'xlsx', table: Table): Promise<FastifyReply> {
  const columns = columnsOf(table);
  const header = columns.map(({ title }) => title);
  const cells = table.rows.map((row) => columns.map(({ cell }) => cell(row)));
  const name = table.entity?.name ?? 'records';
  reply.header('content-disposition', `attachment; filename="${name.replaceAll(/[^a-z0-9.-]/g, '_')}.${format}"`);
  if (format === 'csv')
    return reply.type('text/csv; charset=utf-8').send(`\uFEFF${[header, ...cells].map(csvLine).join('\r\n')}\r\n`);
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet(name.slice(0, 30).replaceAll(/[\\/?*[\]:]/g, '_'));
  sheet.addRow(header);
  sheet.getRow(1).font = { bold: true };
  for (const line of cells) sheet.addRow(line);
  return reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .send(Buffer.from(await book.xlsx.writeBuffer()));
}

/** One line of CSV; a cell that a spreadsheet would take for a formula is kept as text. */
export function csvLine(cells: readonly Cell[]): string {
  return cells
    .map((cell) => {
      const text = cell === null ? '' : String(cell);
      const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    })
    .join(',');
}
