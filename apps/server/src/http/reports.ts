import { notFound } from '@hengjian/kernel';
import { reportFile } from '@hengjian/laboratory';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Server } from './app.ts';
import { parse } from './records.ts';

const asked = z.object({ sample: z.uuid(), form: z.enum(['json', 'xml', 'seal']) });

/**
 * A test report as files, for whoever may see its sample: the very bytes that its public hash and its seal are over, the same as a digital
 * certificate in XML, and the seal itself.
 */
export function reportRoutes(app: FastifyInstance, { platform, actor, readLog }: Server): void {
  app.get('/api/reports/:sample/:form', async (request, reply) => {
    const who = await actor(request);
    const { sample, form } = parse(asked, request.params);
    const file = await platform.database.transaction('hengjian_app', who.claim, (sql) => reportFile(sql, sample, form));
    if (file === undefined) throw notFound();
    readLog.note(who, sample, 'laboratory.sample', 'export');
    return reply
      .type(file.type)
      .header('cache-control', 'private, no-store')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      .send(file.content);
  });
}
