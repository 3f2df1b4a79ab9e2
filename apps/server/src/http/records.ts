import { type Actor, Problem } from '@hengjian/kernel';
import {
  countRecords,
  describeFor,
  type ListInput,
  listInput,
  listRecords,
  type RecordView,
  readInbox,
  readRecord,
  searchRecords,
} from '@hengjian/reading';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Server } from './app.ts';
import { sendTable, tableInput } from './table.ts';

const exportLimit = 20_000;

/** Reading: declarations, lists, record pages, inbox, search; each under the caller's claim. */
export function recordRoutes(app: FastifyInstance, server: Server): void {
  const { platform, actor, readLog } = server;
  const asActor = <T>(who: Actor, work: Parameters<typeof platform.database.transaction<T>>[2]): Promise<T> =>
    platform.database.transaction('hengjian_app', who.claim, work);

  app.get('/api/declarations', async (request) => {
    const who = await actor(request);
    const { roles } = platform.register;
    return {
      entities: describeFor(platform.register, who),
      roles,
      offices: [...platform.offices.values()].map(({ code, parent, kind, label, region }) => ({
        code,
        parent,
        kind,
        label,
        region,
      })),
    };
  });
  app.get('/api/records', async (request) => {
    const who = await actor(request);
    const input = parse(listInput, request.query);
    return asActor(who, async (sql) => {
      const page = await listRecords(platform, who, sql, input);
      return { ...page, total: null };
    });
  });
  app.get('/api/counts/:entity', async (request) => {
    const who = await actor(request);
    const { entity } = parse(z.object({ entity: z.string().max(80) }), request.params);
    return asActor(who, (sql) => countRecords(platform, sql, entity));
  });
  for (const format of ['csv', 'xlsx'] as const)
    app.get(`/api/records.${format}`, async (request, reply) => {
      const who = await actor(request);
      const input = parse(listInput, request.query);
      const shown = parse(tableInput, request.query);
      const entity = describeFor(platform.register, who).find(({ name }) => name === input.entity);
      // Columns that are declared fields are carried without being named twice.
      if (entity !== undefined && shown.columns !== undefined && input.fields === undefined)
        input.fields = shown.columns.filter((name) => entity.list.offered.includes(name)).join(',');
      const rows = await asActor(who, (sql) => everything(server, who, sql, input));
      for (const row of rows) readLog.note(who, row.id, row.entity, 'export');
      return sendTable(reply, format, { rows, entity, offices: platform.offices, ...shown });
    });
  app.get('/api/inbox', async (request) => {
    const who = await actor(request);
    return asActor(who, (sql) => readInbox(platform, who, sql));
  });
  app.get('/api/search', async (request) => {
    const who = await actor(request);
    const { q } = parse(z.object({ q: z.string().min(1).max(200) }), request.query);
    return { groups: await asActor(who, (sql) => searchRecords(platform, sql, q)) };
  });
  app.get('/api/records/:id', async (request) => {
    const who = await actor(request);
    const { id } = parse(z.object({ id: z.uuid() }), request.params);
    const { reveal, purpose } = parse(
      z.object({ reveal: z.string().max(400).optional(), purpose: z.string().max(400).optional() }),
      request.query,
    );
    if (reveal !== undefined && (purpose ?? '').trim() === '')
      throw new Problem(
        422,
        'purpose-needed',
        '查看个人信息须说明用途。',
        'Say for what purpose the personal information is needed.',
      );
    const page = await asActor(who, (sql) => readRecord(platform, who, sql, id, reveal?.split(',') ?? []));
    readLog.note(who, id, page.entity, reveal === undefined ? 'open' : 'reveal', purpose);
    return page;
  });
}

async function everything(
  server: Server,
  who: Actor,
  sql: Parameters<typeof listRecords>[2],
  input: ListInput,
): Promise<RecordView[]> {
  const rows: RecordView[] = [];
  let cursor = input.cursor;
  do {
    const page = await listRecords(server.platform, who, sql, {
      ...input,
      limit: 1000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    rows.push(...page.rows);
    if (rows.length > exportLimit)
      throw new Problem(
        422,
        'export-too-large',
        `一次最多导出 ${exportLimit} 行，请缩小范围。`,
        `At most ${exportLimit} rows at once; please narrow the list.`,
      );
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

/** Whether some text in a value cannot be stored or hashed: it holds a NUL or half of a surrogate pair. */
function holdsUnwritableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, held]) => holdsUnwritableText(key) || holdsUnwritableText(held));
}

/** Parses what came with a request; a fault is the visitor's and is named by its path. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  if (holdsUnwritableText(value))
    throw new Problem(
      400,
      'unwritable-text',
      '内容中有不能保存的字符。',
      'The content holds characters that cannot be stored.',
    );
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  throw new Problem(
    400,
    'bad-request',
    '请求中的内容有误。',
    'Something in the request is wrong.',
    parsed.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      code: issue.code,
      zh: '此项有误。',
      en: issue.message,
    })),
  );
}
