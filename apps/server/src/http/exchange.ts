import {
  counterparts,
  type FileFault,
  type Format,
  getCounterpart,
  keyOf,
  mediaTypes,
  type Packed,
  readList,
  readReceipt,
  renderPackage,
} from '@hengjian/exchange';
import { type Actor, dayInChina, execute, type Outcome, Problem } from '@hengjian/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { type Endpoints, enterExchangeJob } from '../jobs/exchange.ts';
import type { Server } from './app.ts';
import { isOfficeFile, isText, safeName } from './file-kinds.ts';
import { parse } from './records.ts';
import { enterUpload } from './uploads.ts';

const mostBytes = 20 * 1024 * 1024;
/** Faults of a file that are told; the rest is only counted. */
const mostFaults = 1_000;

type Held = Packed & { number: string | null };

/** Files of the exchange desk: a package as it is downloaded, receipts and lists as they come back; and what the API port is asked for. */
export function exchangeRoutes(app: FastifyInstance, server: Server, endpoints: Endpoints): void {
  const { platform, actor, readLog, jobs, limits } = server;
  const today = (): string => dayInChina(platform.now());
  const packageOf = async (who: Actor, id: string): Promise<Held> => {
    const [found] = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query<Held>(
        `select p.system, p.message, p.mapping, p.total, p.control, p.digest, p.lines, r.number
         from exchange.package p join kernel.record r on r.id = p.id where p.id = $1`,
        [id],
      ),
    );
    if (found === undefined)
      throw new Problem(
        404,
        'not-found',
        '没有这个报送包，或者您无权查看。',
        'There is no such package, or you may not see it.',
      );
    return found;
  };

  app.get('/api/exchange/packages/:id/file', async (request, reply) => {
    const who = await actor(request);
    const { id } = parse(z.object({ id: z.uuid() }), request.params);
    const { format } = parse(z.object({ format: z.enum(['csv', 'xlsx', 'json']).default('xlsx') }), request.query);
    const held = await packageOf(who, id);
    readLog.note(who, id, 'exchange.package', 'export');
    const content = await renderPackage(held, editionOf(held), format);
    const name = `${held.number ?? held.digest.slice(0, 12)}.${format}`;
    return reply
      .type(mediaTypes[format])
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .send(content);
  });

  app.post('/api/exchange/packages/:id/receipt', { bodyLimit: mostBytes }, async (request) => {
    const who = await actor(request);
    const { id } = parse(z.object({ id: z.uuid() }), request.params);
    const held = await packageOf(who, id);
    const file = await fileOf(request);
    const open = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query<{ id: string; version: number }>(
        `select id, version from exchange.dispatch where package = $1 and state = 'sent'`,
        [id],
      ),
    );
    const waiting = new Set(open.map(({ id: dispatch, version }) => keyOf(dispatch, version)));
    const answered = new Set(held.lines.map(({ key }) => key).filter((key) => !waiting.has(key)));
    const { rows, faults } = await readReceipt(file.content, file.format, editionOf(held), held, answered);
    if (faults.length > 0) throw refused('receipt-refused', '回执', 'receipt', faults);
    const outcome = await withFile(who, file, 'receipt', (documents) =>
      execute(platform, who, {
        id: uuid(),
        entity: 'exchange.package',
        action: 'takeReceipt',
        record: id,
        input: { rows },
        documents,
      }),
    );
    return { ...outcome, rows: rows.length };
  });

  app.post('/api/exchange/lists/:system', { bodyLimit: mostBytes }, async (request) => {
    const who = await actor(request);
    const { system } = parse(z.object({ system: z.string().max(60) }), request.params);
    const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
    const { since, until } = parse(z.object({ since: day, until: day }), request.query);
    const file = await fileOf(request);
    const { list, faults } = await readList(file.content, file.format, getCounterpart(system, today()));
    if (faults.length > 0) throw refused('list-refused', '清单', 'list', faults);
    return withFile(who, file, 'list', (documents) =>
      execute(platform, who, {
        id: uuid(),
        entity: 'exchange.reconciliation',
        action: 'reconcile',
        input: { system, since, until, origin: 'file', list },
        documents,
      }),
    );
  });

  app.post('/api/exchange/collect/:system', { config: { rateLimit: limits.imports } }, async (request, reply) => {
    const who = await actor(request);
    const { system } = parse(z.object({ system: z.string().max(60) }), request.params);
    if (!['organiser', 'result-handler'].includes(who.role))
      throw new Problem(
        403,
        'not-your-role',
        '接收对方下发的不合格信息由组织抽查或者结果处理岗位办理。',
        'Failures that are assigned are taken by organisers and result handlers.',
      );
    if (!endpoints.has(system))
      throw new Problem(
        422,
        'no-endpoint',
        '安装配置中没有这个系统的接口；请导入对方下发的台账文件。',
        'No API is configured for this system; import the ledger that it gives as a file.',
      );
    const job = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      enterExchangeJob(sql, 'collect', {
        system,
        person: who.person,
        at: platform.now(),
        today: today(),
        payload: { system, grant: who.grant },
      }),
    );
    jobs.poke();
    return reply.code(202).send({ job });
  });

  /** The file as an upload of this person, taken by the action or, when that refuses, forgotten again. */
  async function withFile(
    who: Actor,
    file: Taken,
    kind: string,
    act: (documents: { kind: string; upload: string }[]) => Promise<Outcome>,
  ): Promise<Outcome> {
    const { sha256, size } = await platform.files.put(file.content);
    const upload = uuid();
    const [type] = mediaTypes[file.format].split(';');
    await enterUpload(platform, who, { id: upload, name: file.name, type: type!, size, sha256 });
    try {
      const outcome = await act([{ kind, upload }]);
      server.changed.emit('changed');
      return outcome;
    } catch (error) {
      await platform.database.transaction('hengjian_app', who.claim, (sql) =>
        sql.query('delete from desk.upload where id = $1', [upload]),
      );
      throw error;
    }
  }
  /** The edition under which the package was made; another may be in force since. */
  const editionOf = ({ system, mapping }: Held) =>
    counterparts.find((one) => one.system === system && one.edition === mapping) ?? getCounterpart(system, today());
}

interface Taken {
  content: Buffer;
  format: Format;
  name: string;
}

async function fileOf(request: FastifyRequest): Promise<Taken> {
  const file = await request.file({ limits: { fileSize: mostBytes, files: 1 } });
  if (file === undefined) throw new Problem(400, 'no-file', '没有收到文件。', 'No file arrived.');
  const format = (['csv', 'xlsx', 'json'] as const).find((name) => file.filename.toLowerCase().endsWith(`.${name}`));
  const content = await file.toBuffer();
  if (format === undefined || (format === 'xlsx' ? !isOfficeFile(content, 'xl/workbook.xml') : !isText(content)))
    throw new Problem(
      415,
      'file-kind-refused',
      '只能导入 CSV、XLSX 或 JSON 文件，内容须与扩展名相符。',
      'Only CSV, XLSX and JSON files are taken, and the content must be what the name says.',
    );
  return { content, format, name: safeName(file.filename) };
}

/** A file with faults is refused whole; each fault is told by row and column. */
function refused(code: string, zh: string, en: string, faults: readonly FileFault[]): Problem {
  return new Problem(
    422,
    code,
    `${zh}有${faults.length}处问题，没有导入任何内容。请更正后重新导入。`,
    `The ${en} has ${faults.length} faults; nothing was imported. Correct it and import it again.`,
    faults.slice(0, mostFaults).map(({ row, column, code: fault, zh: why, en: because }) => ({
      path: [row === null ? '' : String(row), column ?? ''].join('·'),
      code: fault,
      zh: row === null ? why : `第${row}行${column === null ? '' : `“${column}”`}：${why}`,
      en: row === null ? because : `Row ${row}${column === null ? '' : `, ${column}`}: ${because}`,
    })),
  );
}
