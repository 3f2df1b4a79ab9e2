import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Actor, dayInChina, execute, Problem, type Query } from '@hengjian/kernel';
import { listInput, listRecords, readRecord, viewRecords } from '@hengjian/reading';
import { createReadLog } from '../../server/src/http/read-log.ts';
import type { Platform } from '../../server/src/platform.ts';
import type { Workplace } from './workplace.ts';

/** Works on the installation itself, under the claim of the actor: row security decides as it does for the server. */
export function localWorkplace(platform: Platform, actor: Actor): Workplace {
  const { database } = platform;
  const readLog = createReadLog(platform);
  const asActor = <T>(work: Parameters<typeof database.transaction<T>>[2]): Promise<T> =>
    database.transaction('hengjian_app', actor.claim, work);
  /** One process opens the embedded database at a time, so no server is there to seal and to carry consequences. */
  const settleAlone = async (): Promise<void> => {
    if (database.kind === 'pglite') await platform.settle();
  };
  return {
    async act(command) {
      const outcome = await execute(platform, actor, command);
      await settleAlone();
      const [shown] = await asActor(async (sql) =>
        viewRecords(platform, sql, await sql.query('select * from kernel.record where id = $1', [outcome.record])),
      );
      return { ...outcome, shown: shown ?? null };
    },
    async query(name, given) {
      const query = platform.register.queries.get(name);
      if (query === undefined || !query.roles.includes(actor.role)) throw unknownQuery();
      const input = parseParameters(query, given);
      return asActor((sql) => query.answer(input, { actor, sql, kernel: platform, today: dayInChina(platform.now()) }));
    },
    list: (input) => asActor((sql) => listRecords(platform, actor, sql, listInput.parse(input))),
    fields: async (record) => (await asActor((sql) => readRecord(platform, actor, sql, record))).fields,
    async import({ kind, path, format, source, asOf, preview }, onProgress) {
      const { ledgers } = await import('../../server/src/jobs/import-ledgers.ts');
      const take = ledgers[kind];
      if (take !== undefined) {
        const content = await readFile(path);
        const fileName = basename(path);
        const report = await take(platform, actor, content, content, { format, fileName, preview: preview === true });
        await settleAlone();
        return report;
      }
      if (preview === true) throw noPreview();
      if (kind !== 'subjects.enterprise') throw unknownImport();
      if (actor.role !== 'data-steward')
        throw new Problem(
          403,
          'not-your-role',
          '导入经营主体由主体库管理岗位办理。',
          'Enterprises are imported by the data steward.',
        );
      const { importEnterprises } = await import('@hengjian/subjects');
      const report = await importEnterprises(platform, actor, path, {
        format,
        onProgress,
        ...(source === undefined ? {} : { source }),
        ...(asOf === undefined ? {} : { asOf }),
      });
      await settleAlone();
      return report;
    },
    download: async () => null,
    async noteExport(rows, purpose) {
      for (const { id, entity } of rows) readLog.note(actor, id, entity, 'export', purpose);
      await readLog.flush();
    },
    async close() {
      await readLog.flush();
      await platform.stop();
    },
  };
}

/** @throws Problem 400 `bad-request` naming every wrong parameter */
export function parseParameters(query: Query, given: Record<string, string>): Record<string, unknown> {
  const parsed = query.input.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Problem(
    400,
    'bad-request',
    '查询参数有误。',
    'A parameter of the query is wrong.',
    parsed.error.issues.map(({ path, code, message }) => ({
      path: path.join('.'),
      code,
      zh: '此项有误。',
      en: message,
    })),
  );
}

export const unknownQuery = (): Problem =>
  new Problem(
    404,
    'unknown-query',
    '没有这个查询，或者您的岗位不能使用。',
    'There is no such query, or your post may not use it.',
  );
const noPreview = (): Problem => new Problem(422, 'no-preview', '这种导入没有预检。', 'This import has no preview.');
const unknownImport = (): Problem => new Problem(404, 'unknown-import', '没有这种导入。', 'There is no such import.');
