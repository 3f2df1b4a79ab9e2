import { Problem } from '@hengjian/kernel';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { packFile } from '../archives/package.ts';
import { practiceMark } from '../practice.ts';
import type { Server } from './app.ts';
import { parse } from './records.ts';

const keepers = ['section-chief', 'organiser', 'result-handler'];

/** The package of a filed archive file, for the office that keeps it. */
export function archiveRoutes(app: FastifyInstance, { platform, actor, configuration, readLog }: Server): void {
  app.get('/api/archives/:id/package.zip', async (request, reply) => {
    const who = await actor(request);
    const { id } = parse(z.object({ id: z.uuid() }), request.params);
    const { internal } = parse(z.object({ internal: z.enum(['0', '1']).default('0') }), request.query);
    if (!keepers.includes(who.role) || (internal === '1' && who.role !== 'section-chief'))
      throw new Problem(
        403,
        'not-your-role',
        '案卷由立卷机关打包；副卷只由处（科）长调取。',
        'The office that keeps a file packs it; its sub-volume is for the section chief.',
      );
    const { name, content } = await packFile(platform, who, id, {
      internal: internal === '1',
      baseUrl: configuration.baseUrl,
      across: configuration.practice ? practiceMark : null,
    });
    readLog.note(who, id, 'archives.file', 'export');
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .send(Buffer.from(content));
  });
}
