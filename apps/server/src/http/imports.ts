import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, Problem } from '@hengjian/kernel';
import { importOutsideFailures } from '@hengjian/sampling';
import { importEnterprises } from '@hengjian/subjects';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Server } from './app.ts';
import { parse } from './records.ts';

const importLimit = 200 * 1024 * 1024;

/** A kind of file that can be taken: by whom, and how. */
interface Import {
  roles: readonly string[];
  zh: string;
  en: string;
  take: (
    platform: Server['platform'],
    who: Actor,
    path: string,
    content: Buffer,
    file: { format: 'csv' | 'xlsx'; name: string },
    onProgress: (done: number, total: number | null) => void,
  ) => Promise<{ good: number; bad: number; rows: readonly unknown[] }>;
}

const imports: Record<string, Import> = {
  'subjects.enterprise': {
    roles: ['data-steward'],
    zh: '导入经营主体由主体库管理岗位办理。',
    en: 'Enterprises are imported by the data steward.',
    take: (platform, who, path, _content, { format }, onProgress) =>
      importEnterprises(platform, who, path, { format, onProgress }),
  },
  'sampling.outside-failure': {
    roles: ['organiser', 'result-handler'],
    zh: '外来不合格台账由组织抽查或者结果处理岗位导入。',
    en: 'Ledgers of failures are imported by organisers and result handlers.',
    take: (platform, who, path, content, { format, name }) =>
      importOutsideFailures(platform, who, path, content, { format, fileName: name }),
  },
};

/** Files that are taken in the background; each is a job that can be left and found again. */
export function importRoutes(app: FastifyInstance, { platform, actor }: Server): void {
  app.post('/api/imports/:kind', { bodyLimit: importLimit }, async (request, reply) => {
    const who = await actor(request);
    const { kind } = parse(z.object({ kind: z.string().max(80) }), request.params);
    const wanted = imports[kind];
    if (wanted === undefined) throw new Problem(404, 'unknown-import', '没有这种导入。', 'There is no such import.');
    if (!wanted.roles.includes(who.role)) throw new Problem(403, 'not-your-role', wanted.zh, wanted.en);
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
    const job = randomUUID();
    await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query(
        `insert into desk.job (id, kind, person, label_zh, label_en, state, payload, created_at) values ($1, $2, $3, $4, $5, 'queued', $6, $7)`,
        [
          job,
          kind,
          who.person,
          `导入 ${file.filename.slice(-120)}`,
          `Import of ${file.filename.slice(-120)}`,
          JSON.stringify({ name: file.filename, format }),
          platform.now().toISOString(),
        ],
      ),
    );
    void runImport(platform, who, job, content, format, wanted, file.filename).catch((error: unknown) =>
      request.log.error({ err: error, job }, 'import failed'),
    );
    return reply.code(202).send({ job });
  });

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
}

async function runImport(
  platform: Server['platform'],
  who: Actor,
  job: string,
  content: Buffer,
  format: 'csv' | 'xlsx',
  wanted: Import,
  name: string,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hengjian-import-'));
  const path = join(folder, `file.${format}`);
  const report = (state: string, done: number, total: number | null, body: unknown): Promise<unknown> =>
    platform.database.transaction(
      'hengjian_machine',
      null,
      (sql) =>
        sql.query(
          'update desk.job set state = $2, done = $3, total = coalesce($4, total), report = $5, finished_at = $6 where id = $1',
          [job, state, done, total, JSON.stringify(body), state === 'running' ? null : platform.now().toISOString()],
        ),
      'jobs',
    );
  try {
    await writeFile(path, content);
    await report('running', 0, null, {});
    let told = 0;
    const result = await wanted.take(platform, who, path, content, { format, name }, (done, total) => {
      if (done - told < 1_000) return;
      told = done;
      void report('running', done, total ?? null, {});
    });
    await report('done', result.good, result.good + result.bad, { ...result, rows: result.rows.slice(0, 5_000) });
  } catch (error) {
    const problem =
      error instanceof Problem
        ? error
        : new Problem(
            500,
            'unexpected',
            '导入没有完成，没有写入任何内容。',
            'The import did not finish; nothing was written.',
          );
    await report('failed', 0, null, { code: problem.code, zh: problem.zh, en: problem.en });
    if (!(error instanceof Problem)) throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
