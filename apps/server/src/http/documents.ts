import { Problem } from '@hengjian/kernel';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { renderPaper } from '../papers/render.ts';
import { practiceMark } from '../practice.ts';
import type { Server } from './app.ts';
import { parse } from './records.ts';

/** Papers and uploaded files, reached through the record that they hang on and never by their hash. */
export function documentRoutes(app: FastifyInstance, { platform, actor, readLog, configuration }: Server): void {
  app.get('/api/documents/:id', async (request, reply) => {
    const who = await actor(request);
    const { id: asked } = parse(z.object({ id: z.string().max(40) }), request.params);
    const { id } = parse(z.object({ id: z.uuid() }), { id: asked.replace(/\.pdf$/, '') });
    const [row] = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query<{
        record: string;
        entity: string;
        title: string;
        number: string | null;
        sha256: string;
        name: string | null;
        media_type: string | null;
        template: string | null;
        content: Record<string, unknown> | null;
        created_at: string;
      }>(
        `select d.record, r.entity, d.title, d.number, d.sha256, d.name, d.media_type, d.template, d.content, d.created_at
         from kernel.document d join kernel.record r on r.id = d.record where d.id = $1`,
        [id],
      ),
    );
    if (row === undefined)
      throw new Problem(
        404,
        'not-found',
        '没有这份材料，或者您无权查看。',
        'There is no such document, or you may not see it.',
      );
    readLog.note(who, row.record, row.entity, 'print');
    reply.header('cache-control', 'private, no-store');
    if (row.template !== null && row.content !== null) {
      const pdf = await renderPaper({
        ...row,
        template: row.template,
        content: row.content,
        verifyAt: `${configuration.baseUrl}/verify/${row.sha256}`,
        ...(configuration.practice ? { across: practiceMark } : {}),
      });
      return reply
        .type('application/pdf')
        .header(
          'content-disposition',
          `inline; filename*=UTF-8''${encodeURIComponent(`${row.number ?? row.title}.pdf`)}`,
        )
        .send(pdf);
    }
    const content = await platform.files.get(row.sha256);
    const inline = row.media_type === 'application/pdf' || row.media_type?.startsWith('image/');
    return reply
      .type(row.media_type ?? 'application/octet-stream')
      .header(
        'content-disposition',
        `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(row.name ?? row.title)}`,
      )
      .send(Buffer.from(content));
  });
}
