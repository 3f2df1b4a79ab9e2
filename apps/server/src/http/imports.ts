import { randomUUID } from 'node:crypto';
import { Problem } from '@hengjian/kernel';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ledgers } from '../jobs/import-ledgers.ts';
import type { Server } from './app.ts';
import { isOfficeFile, isText, safeName } from './file-kinds.ts';
import { parse } from './records.ts';

const importLimit = 200 * 1024 * 1024;

/** Kinds of file that can be taken, and by whom; how is the job's affair. */
const imports: Record<string, { roles: readonly string[]; zh: string; en: string }> = {
  'subjects.enterprise': {
    roles: ['data-steward'],
    zh: '导入经营主体由主体库管理岗位办理。',
    en: 'Enterprises are imported by the data steward.',
  },
  'people.duty': {
    roles: ['section-chief', 'bureau-head'],
    zh: '值班表由处（科）长或者局领导导入。',
    en: 'Duty rosters are imported by section chiefs and heads.',
  },
  'kernel.grant': {
    roles: ['system-administrator'],
    zh: '任职名单由系统管理员导入。',
    en: 'Rosters of posts are imported by the system administrator.',
  },
  'inspections.checklist': {
    roles: ['planner', 'organiser', 'inspector'],
    zh: '检查表（XLSForm）由计划管理、组织或者执法检查岗位导入。',
    en: 'Checklists (XLSForm) are imported by planners, organisers and inspectors.',
  },
  'sampling.outside-failure': {
    roles: ['organiser', 'result-handler'],
    zh: '外来不合格台账由组织抽查或者结果处理岗位导入。',
    en: 'Ledgers of failures are imported by organisers and result handlers.',
  },
  'sampling.task': {
    roles: ['organiser'],
    zh: '在办抽样任务台账由组织抽查岗位导入。',
    en: 'Ledgers of open tasks are imported by organisers.',
  },
  'handling.loop': {
    roles: ['organiser', 'result-handler'],
    zh: '在办结果处理台账由结果处理岗位导入。',
    en: 'Ledgers of open matters are imported by result handlers.',
  },
};

/** Files that are taken in the background; each is a job that can be left and found again. */
export function importRoutes(app: FastifyInstance, { platform, actor, jobs, limits }: Server): void {
  app.get('/api/imports', async (request) => {
    const who = await actor(request);
    return {
      kinds: Object.entries(imports)
        .filter(([, { roles }]) => roles.includes(who.role))
        .map(([kind]) => ({
          kind,
          label: platform.register.lifecycles.get(kind)!.entity.label,
          previews: kind in ledgers,
        })),
    };
  });
  app.post(
    '/api/imports/:kind',
    { bodyLimit: importLimit, config: { rateLimit: limits.imports } },
    async (request, reply) => {
      const who = await actor(request);
      const { kind } = parse(z.object({ kind: z.string().max(80) }), request.params);
      const wanted = imports[kind];
      if (wanted === undefined) throw new Problem(404, 'unknown-import', '没有这种导入。', 'There is no such import.');
      if (!wanted.roles.includes(who.role)) throw new Problem(403, 'not-your-role', wanted.zh, wanted.en);
      const { preview } = parse(z.object({ preview: z.enum(['1']).optional() }), request.query);
      if (preview !== undefined && !(kind in ledgers))
        throw new Problem(422, 'no-preview', '这种导入没有预检。', 'This import has no preview.');
      const file = await request.file({ limits: { fileSize: importLimit, files: 1 } });
      if (file === undefined) throw new Problem(400, 'no-file', '没有收到文件。', 'No file arrived.');
      const format = /\.csv$/i.test(file.filename) ? 'csv' : /\.xlsx$/i.test(file.filename) ? 'xlsx' : undefined;
      if (format === undefined)
        throw new Problem(
          415,
          'file-kind-refused',
          '只能导入 CSV 或 XLSX 文件。',
          'Only CSV and XLSX files can be imported.',
        );
      const content = await file.toBuffer();
      if (format === 'csv' ? !isText(content) : !isOfficeFile(content, 'xl/workbook.xml'))
        throw new Problem(
          415,
          'file-kind-refused',
          '文件内容与扩展名不符，或者含有宏。',
          'The content is not what the name says, or holds macros.',
        );
      const { sha256 } = await platform.files.put(content);
      const job = randomUUID();
      await platform.database.transaction('hengjian_app', who.claim, (sql) =>
        sql.query(
          `insert into desk.job (id, kind, person, label_zh, label_en, state, payload, created_at) values ($1, $2, $3, $4, $5, 'queued', $6, $7)`,
          [
            job,
            kind,
            who.person,
            `${preview === undefined ? '导入' : '预检'} ${safeName(file.filename).slice(-120)}`,
            `${preview === undefined ? 'Import' : 'Preview'} of ${safeName(file.filename).slice(-120)}`,
            JSON.stringify({
              ...{ name: safeName(file.filename), format, sha256, grant: who.grant },
              ...(preview === undefined ? {} : { preview: true }),
            }),
            platform.now().toISOString(),
          ],
        ),
      );
      jobs.poke();
      return reply.code(202).send({ job });
    },
  );

  app.get('/api/jobs', async (request) => {
    const who = await actor(request);
    const jobs = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query(
        'select id, kind, label_zh, label_en, state, done, total, created_at, finished_at from desk.job order by created_at desc limit 50',
      ),
    );
    return { jobs: jobs.map(({ label_zh, label_en, ...job }) => ({ ...job, label: { zh: label_zh, en: label_en } })) };
  });
  app.get('/api/jobs/:id', async (request) => {
    const who = await actor(request);
    const { id } = parse(z.object({ id: z.uuid() }), request.params);
    const [job] = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query(
        'select id, kind, label_zh, label_en, state, done, total, report, created_at, finished_at from desk.job where id = $1',
        [id],
      ),
    );
    if (job === undefined) throw new Problem(404, 'not-found', '没有这项任务。', 'There is no such job.');
    const { label_zh, label_en, ...rest } = job;
    return {
      ...rest,
      done: Number(job.done),
      total: job.total === null ? null : Number(job.total),
      label: { zh: label_zh, en: label_en },
    };
  });

  app.post('/api/jobs/:id/cancel', async (request, reply) => {
    const who = await actor(request);
    const { id } = parse(z.object({ id: z.uuid() }), request.params);
    const asked = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query(
        `update desk.job set cancel_asked_at = coalesce(cancel_asked_at, $2) where id = $1 and state in ('queued', 'running') returning id`,
        [id, platform.now().toISOString()],
      ),
    );
    if (asked.length === 0)
      throw new Problem(
        409,
        'not-under-way',
        '没有这项任务，或者它已经结束。',
        'There is no such job, or it has ended already.',
      );
    jobs.poke();
    return reply.code(202).send({ job: id });
  });
}
