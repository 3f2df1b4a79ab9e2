import { type Command, execute, Problem, rehearse, retryParked } from '@hengjian/kernel';
import { type RecordView, readRecord, viewRecords } from '@hengjian/reading';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { openDraft, sealCommand, sealDraft } from '../complaints/sealing.ts';
import { forgetGrants } from './actor.ts';
import type { Server } from './app.ts';
import { parse } from './records.ts';
import { keepUpload } from './uploads.ts';

const commandBody = z.object({
  id: z.uuid(),
  record: z.uuid().optional(),
  version: z.int().min(1).optional(),
  input: z.record(z.string(), z.unknown()).default({}),
  occurredAt: z.iso.datetime({ offset: true }).optional(),
  documents: z
    .array(z.object({ kind: z.string().max(80), upload: z.uuid() }))
    .max(50)
    .optional(),
  note: z.string().max(2000).optional(),
  office: z.string().max(40).optional(),
  parent: z.uuid().optional(),
});
const target = z.object({ entity: z.string().max(80), action: z.string().max(80) });

/** Actions of these give or end posts. */
const givesPosts: ReadonlySet<string> = new Set(['kernel.grant', 'people.leave', 'people.succession']);

const uploadLimit = 20 * 1024 * 1024;

/** Acting: commands, rehearsals, uploads, drafts, parked consequences. */
export function actionRoutes(app: FastifyInstance, server: Server): void {
  const { platform, actor, limits } = server;

  const commandOf = (request: { params: unknown; body: unknown }): Command => {
    const { entity, action } = parse(target, request.params);
    const body = parse(commandBody, request.body);
    const command = Object.fromEntries(
      Object.entries({ ...body, entity, action }).filter(([, value]) => value !== undefined),
    ) as unknown as Command;
    return sealCommand(platform, command);
  };
  app.post('/api/actions/:entity/:action', async (request, reply) => {
    const who = await actor(request);
    const command = commandOf(request);
    try {
      const outcome = await execute(platform, who, command);
      server.changed.emit('changed');
      if (givesPosts.has(command.entity)) forgetGrants();
      const ids = [outcome.record, ...outcome.created];
      const views = await platform.database.transaction('hengjian_app', who.claim, async (sql) =>
        viewRecords(platform, sql, await sql.query('select * from kernel.record where id = any($1)', [ids])),
      );
      const find = (id: string): RecordView | undefined => views.find((view) => view.id === id);
      const created = outcome.created
        .slice(0, 100)
        .map(find)
        .filter((view) => view !== undefined);
      return reply.code(command.record === undefined && !outcome.replayed ? 201 : 200).send({
        record: find(outcome.record) ?? { id: outcome.record },
        event: outcome.event,
        created,
        replayed: outcome.replayed,
        sheet: outcome.sheet,
      });
    } catch (error) {
      if (error instanceof Problem && error.code === 'version-conflict' && command.record !== undefined) {
        const id = command.record;
        error.more.current = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
          readRecord(platform, who, sql, id),
        );
      }
      throw error;
    }
  });
  app.post('/api/actions/:entity/:action/preview', async (request) => {
    const who = await actor(request);
    await rehearse(platform, who, commandOf(request));
    return { allowed: true, preview: {} };
  });

  app.post('/api/uploads', { config: { rateLimit: limits.uploads } }, async (request) => {
    const who = await actor(request);
    const file = await request.file({ limits: { fileSize: uploadLimit, files: 1 } });
    if (file === undefined) throw new Problem(400, 'no-file', '没有收到文件。', 'No file arrived.');
    return keepUpload(server, who, file.filename, await file.toBuffer());
  });

  const draftKey = z.object({ '*': z.string().min(1).max(200) });
  app.get('/api/drafts/*', async (request) => {
    const who = await actor(request);
    const key = parse(draftKey, request.params)['*'];
    const [row] = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query('select value, updated_at from desk.draft where key = $1', [key]),
    );
    return row === undefined ? { value: null } : { value: openDraft(platform, row.value), updatedAt: row.updated_at };
  });
  app.put('/api/drafts/*', async (request, reply) => {
    const who = await actor(request);
    const key = parse(draftKey, request.params)['*'];
    const { value } = parse(z.object({ value: z.json() }), request.body);
    await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query(
        `insert into desk.draft (person, key, value, updated_at) values ($1, $2, $3, $4)
         on conflict (person, key) do update set value = excluded.value, updated_at = excluded.updated_at`,
        [who.person, key, JSON.stringify(sealDraft(platform, key, value)), platform.now().toISOString()],
      ),
    );
    return reply.code(204).send();
  });
  app.delete('/api/drafts/*', async (request, reply) => {
    const who = await actor(request);
    const key = parse(draftKey, request.params)['*'];
    await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query('delete from desk.draft where key = $1', [key]),
    );
    return reply.code(204).send();
  });

  app.get('/api/parked', async (request) => {
    const who = await actor(request);
    const rows = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query(
        'select id, flow, event, office, owner_role, command, code, zh, en, since, tries from kernel.parked where resolved_at is null order by since limit 500',
      ),
    );
    return {
      parked: rows.map(({ zh, en, owner_role, ...row }) => ({
        ...row,
        reason: { zh, en },
        owner: platform.register.roles[owner_role as string] ?? owner_role,
      })),
    };
  });
  app.post('/api/parked/:id/retry', async (request, reply) => {
    const who = await actor(request);
    const { id } = parse(z.object({ id: z.uuid() }), request.params);
    const [row] = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query<{
        id: string;
        office: string;
        owner_role: string;
        command: Parameters<typeof retryParked>[1]['command'];
      }>('select id, office, owner_role, command from kernel.parked where id = $1 and resolved_at is null', [id]),
    );
    if (row === undefined)
      throw new Problem(404, 'not-found', '没有这条待处理事项。', 'There is no such parked consequence.');
    if (row.owner_role !== who.role)
      throw new Problem(403, 'not-your-role', '这条事项不由您的岗位处理。', 'This is not looked after by your post.');
    await retryParked(platform, row);
    return reply.code(204).send();
  });
}
