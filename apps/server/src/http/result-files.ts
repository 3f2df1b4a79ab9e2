import { Problem } from '@hengjian/kernel';
import { importResults } from '@hengjian/laboratory';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Server } from './app.ts';
import { parse } from './records.ts';

const mostBytes = 20 * 1024 * 1024;
/** Rows of a report that are listed; the counts are of all. */
const mostRows = 5_000;

const asked = z.object({
  mapping: z.string().min(1).max(60),
  preview: z.enum(['true', 'false']).default('true'),
});

/** Files of instruments and laboratory systems, read into a worksheet by a saved mapping: first seen, then taken whole or not at all. */
export function resultFileRoutes(app: FastifyInstance, { platform, actor }: Server): void {
  app.post('/api/worksheets/:worksheet/result-file', { bodyLimit: mostBytes }, async (request) => {
    const who = await actor(request);
    const { worksheet } = parse(z.object({ worksheet: z.uuid() }), request.params);
    const { mapping, preview } = parse(asked, request.query);
    const file = await request.file({ limits: { fileSize: mostBytes, files: 1 } });
    if (file === undefined) throw new Problem(400, 'no-file', '没有收到文件。', 'No file arrived.');
    const format = (['csv', 'xlsx', 'json'] as const).find((name) => file.filename.toLowerCase().endsWith(`.${name}`));
    if (format === undefined)
      throw new Problem(
        415,
        'file-kind-refused',
        '只能导入 CSV、XLSX 或 JSON 文件。',
        'Only CSV, XLSX and JSON files can be imported.',
      );
    const report = await importResults(platform, who, {
      worksheet,
      mapping,
      format,
      source: new Uint8Array(await file.toBuffer()),
      fileName: file.filename.slice(-300),
      preview: preview === 'true',
    });
    return { ...report, rows: report.rows.slice(0, mostRows) };
  });

  /** The same from a program: rows as JSON under a key that makes a repetition harmless. */
  app.post('/api/worksheets/:worksheet/results', { bodyLimit: mostBytes }, async (request) => {
    const who = await actor(request);
    const { worksheet } = parse(z.object({ worksheet: z.uuid() }), request.params);
    const { mapping, preview } = parse(asked, request.query);
    const { key } = parse(z.object({ key: z.uuid() }), { key: request.headers['idempotency-key'] });
    const rows = parse(z.array(z.record(z.string(), z.json())).max(100_000), request.body);
    const report = await importResults(platform, who, {
      worksheet,
      mapping,
      key,
      format: 'json',
      source: new TextEncoder().encode(JSON.stringify(rows)),
      fileName: `${key}.json`,
      preview: preview === 'true',
    });
    return { ...report, rows: report.rows.slice(0, mostRows) };
  });
}
