import { Problem } from '@hengjian/kernel';
import type { FrozenFigure, FrozenLine, ReportRow } from '@hengjian/reporting';
import ExcelJS from 'exceljs';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readBoundaries } from '../boundaries/store.ts';
import type { Server } from './app.ts';
import { parse } from './records.ts';

const columns = [
  ['部分', 16],
  ['指标', 24],
  ['分组代码', 14],
  ['分组', 24],
  ['分子', 10],
  ['分母', 10],
  ['数值', 12],
  ['95% 下限 Wilson', 14],
  ['95% 上限 Wilson', 14],
  ['95% 下限 精确', 14],
  ['95% 上限 精确', 14],
  ['批次过少', 10],
  ['抽取方式', 12],
  ['查询条件', 40],
  ['校验值', 70],
] as const;

const number = (value: string | null | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

const rowOf = (title: string, figure: FrozenFigure, line: FrozenLine) => [
  title,
  figure.label,
  line.group ?? '',
  line.name,
  line.numerator,
  line.denominator ?? null,
  number(line.value),
  number(line.lower),
  number(line.upper),
  number(line.exactLower),
  number(line.exactUpper),
  line.small ? '是' : '',
  line.basis ?? '',
  JSON.stringify(figure.parameters),
  figure.hash,
];

/** A report as a workbook: every number on a line of its own with what was asked and its hash, definitions on a second sheet. */
async function workbookOf({
  name,
  digest,
  asOf,
  sections,
}: Pick<ReportRow, 'name' | 'digest' | 'asOf' | 'sections'>): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('数据');
  sheet.columns = columns.map(([header, width]) => ({ header, width }));
  for (const { title, figures } of sections)
    for (const figure of figures) for (const line of figure.lines) sheet.addRow(rowOf(title, figure, line));
  sheet.getRow(1).font = { bold: true };
  sheet.views = [{ state: 'frozen', ySplit: 1 }];
  const words = book.addWorksheet('口径');
  words.columns = [{ width: 24 }, { width: 100 }];
  words.addRows([
    ['报告', name],
    ['数据时点', asOf],
    ['全文校验值', digest],
  ]);
  const told = new Set<string>();
  for (const { label, definition, note } of sections.flatMap(({ figures }) => figures)) {
    if (!told.has(label)) words.addRow([label, definition]);
    if (note && !told.has(note)) words.addRow(['代表性', note]);
    told.add(label).add(note ?? '');
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** What pages of figures need besides queries: the lines of maps, and reports as workbooks. */
export function reportingRoutes(app: FastifyInstance, { platform, actor, readLog }: Server): void {
  app.get('/api/boundaries/:province', async (request, reply) => {
    await actor(request);
    const { province } = parse(z.object({ province: z.string().regex(/^\d{2}0000$/) }), request.params);
    const text = await readBoundaries(platform.folder, province);
    if (text === undefined)
      throw new Problem(
        404,
        'boundaries-missing',
        '本系统还没有导入这个省的行政区域界线。',
        'The boundaries of this province have not been imported into this installation.',
      );
    return reply.type('application/json; charset=utf-8').header('cache-control', 'private, max-age=86400').send(text);
  });
  app.get('/api/reports/:id.xlsx', async (request, reply) => {
    const who = await actor(request);
    const { id } = parse(z.object({ id: z.uuid() }), request.params);
    const [row] = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query<Pick<ReportRow, 'name' | 'digest' | 'asOf' | 'sections'>>(
        'select name, digest, as_of as "asOf", sections from reporting.report where id = $1',
        [id],
      ),
    );
    if (row === undefined)
      throw new Problem(
        404,
        'not-found',
        '没有这份报告，或者您无权查看。',
        'There is no such report, or you may not see it.',
      );
    readLog.note(who, id, 'reporting.report', 'export');
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${row.name}.xlsx`)}`)
      .send(await workbookOf(row));
  });
}
