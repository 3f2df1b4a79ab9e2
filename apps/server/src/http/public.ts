import { type Actor, dayInChina, Problem, searchQuery, type Transaction } from '@hengjian/kernel';
import type { BulletinRate } from '@hengjian/portal';
import { consistencyProof, inclusionProof, toHex } from '@hengjian/transparency';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Server } from './app.ts';
import { parse } from './records.ts';
import { csvLine } from './table.ts';

/** One entry of the public record, as lists and feeds give it. */
export interface PublicEntry {
  id: string;
  kind: string;
  title: { zh: string; en: string };
  office: { code: string; zh: string; en: string };
  region: string;
  publishedAt: string;
  withdrawnAt: string | null;
  reason: string | null;
  replaces: string | null;
  replacedBy: string | null;
  body?: unknown;
}

/** Somebody who is not signed in: an actor with an empty claim. */
export const everybody: Actor = {
  person: '',
  name: '',
  kind: 'person',
  grant: null,
  role: 'public',
  office: null,
  organisation: null,
  actingFor: null,
  claim: { person: '', offices: [], entities: [], parties: [], writes: [] },
};

const listQuery = z.object({
  kind: z.string().max(80).optional(),
  q: z.string().max(100).optional(),
  region: z.string().max(12).optional(),
  subject: z.string().max(18).optional(),
  before: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

const columns = `id, kind, title_zh, title_en, office, office_zh, office_en, region, published_at, withdrawn_at, reason, replaces, replaced_by`;

/** Reads of the portal, in the public role: it has no grant but the public record and the log of hashes. */
export interface PublicReader {
  list(query: z.infer<typeof listQuery>): Promise<PublicEntry[]>;
  entry(id: string): Promise<PublicEntry & { body: unknown; event: string; sealed: number | null }>;
  /** Pass rates of the bulletins that stand, newest first; by product and year of publication. */
  rates(query: { product?: string; year?: string }): Promise<BulletinRate[]>;
  /** Public entries of the act that issued a paper with this SHA-256. */
  carrying(sha256: string): Promise<PublicEntry[]>;
  /** The answer of a query that is open to everybody. */
  ask(query: string, input: Record<string, unknown>): Promise<unknown>;
  /** Whether a sampling sheet with this digest was recorded, by which authority and when. */
  sheet(digest: string): Promise<{ office: { zh: string; en: string }; recordedOn: string } | undefined>;
}

/** The log of hashes, read in the public role. */
export interface PublicLog {
  head(): Promise<{ epoch: number; size: number; root: string; note: string }>;
  inclusion(leaf: number, size: number): Promise<{ leaf: number; size: number; hash: string; proof: string[] }>;
  consistency(from: number, to: number): Promise<{ from: number; to: number; proof: string[] }>;
  key: { name: string; publicKey: string };
}

/** Answers a public query in the public role. */
const askPublic =
  (platform: Server['platform']) =>
  async (name: string, input: unknown): Promise<unknown> => {
    const query = platform.register.queries.get(name);
    if (!query?.roles.includes('public'))
      throw new Problem(404, 'unknown-query', '没有这个公开查询。', 'There is no such public query.');
    const parsed = parse(query.input, input) as Record<string, unknown>;
    return platform.database.transaction('hengjian_public', null, (sql) =>
      query.answer(parsed, { actor: everybody, sql, kernel: platform, today: dayInChina(platform.now()) }),
    );
  };

export function createPublicReader(server: Pick<Server, 'platform'>): PublicReader {
  const { database } = server.platform;
  const ask = askPublic(server.platform);
  const asPublic = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
    database.transaction('hengjian_public', null, work);
  return {
    async list({ kind, q, region, subject, before, limit }) {
      const parameters: unknown[] = [];
      const bind = (value: unknown): string => `$${parameters.push(value)}`;
      const filters = ['true'];
      // Digests by which reports are checked are asked for, not read through.
      filters.push(kind === undefined ? `kind <> 'test-report-check'` : `kind = ${bind(kind)}`);
      if (region !== undefined)
        filters.push(`region like ${bind(`${region.replaceAll(/\D/g, '').replace(/(00)+$/, '')}%`)}`);
      if (subject !== undefined) filters.push(`subjects @> array[${bind(subject)}::text]`);
      if (before !== undefined) filters.push(`published_at < ${bind(before)}`);
      if (q !== undefined) {
        const words = searchQuery(q);
        if (words === null) return [];
        filters.push(`words @@ ${bind(words)}::tsquery`);
      }
      const rows = await asPublic((tx) =>
        tx.query(
          `select ${columns} from public_record.entry where ${filters.join(' and ')} order by published_at desc, id limit ${bind(limit)}`,
          parameters,
        ),
      );
      return rows.map(viewEntry);
    },
    async entry(id) {
      const [row] = await asPublic((tx) =>
        tx.query<Record<string, unknown>>(`select ${columns}, body, event from public_record.entry where id = $1`, [
          id,
        ]),
      );
      if (row === undefined)
        throw new Problem(404, 'not-found', '没有这条公开内容。', 'There is no such public entry.');
      const event = row.event as string;
      // Which leaf of the log it is: a number, read in the machine's role because events themselves are not public.
      const [sealed] = await database.transaction('hengjian_machine', null, (tx) =>
        tx.query<{ number: number | null }>('select number from kernel.event where id = $1', [event]),
      );
      const shown = row.withdrawn_at === null || row.replaced_by !== null;
      return { ...viewEntry(row), body: shown ? row.body : null, event, sealed: sealed?.number ?? null };
    },
    async rates(query) {
      return ((await ask('reporting.published-rates', query)) as { bulletins: BulletinRate[] }).bulletins;
    },
    async carrying(sha256) {
      const events = await database.transaction('hengjian_machine', null, (tx) =>
        tx.query<{ event: string }>(
          `select other.id as event from kernel.document d join kernel.event own on own.id = d.event
             join kernel.event other on other.command = own.command where d.sha256 = $1 limit 50`,
          [sha256],
        ),
      );
      if (events.length === 0) return [];
      const rows = await asPublic((tx) =>
        tx.query(`select ${columns} from public_record.entry where event = any($1) order by published_at desc`, [
          events.map(({ event }) => event),
        ]),
      );
      return rows.map(viewEntry);
    },
    async ask(name, input) {
      const { platform } = server;
      const query = platform.register.queries.get(name);
      if (!query?.roles.includes('public'))
        throw new Problem(404, 'unknown-query', '没有这个公开查询。', 'There is no such public query.');
      const parsed = parse(query.input, input) as Record<string, unknown>;
      return asPublic((sql) =>
        query.answer(parsed, { actor: everybody, sql, kernel: platform, today: dayInChina(platform.now()) }),
      );
    },
    async sheet(digest) {
      const [row] = await asPublic((tx) =>
        tx.query<{ office: string; recorded_on: string }>(
          'select office, recorded_on from sampling.sheet_standing($1)',
          [digest],
        ),
      );
      if (row === undefined) return undefined;
      const { office, recorded_on: recordedOn } = row;
      return { office: server.platform.offices.get(office)?.label ?? { zh: office, en: office }, recordedOn };
    },
  };
}

export function createPublicLog({ database, logKey }: Server['platform']): PublicLog {
  const asPublic = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
    database.transaction('hengjian_public', null, work);
  const node =
    (tx: Transaction) =>
    async (level: number, index: number): Promise<Uint8Array> => {
      const [row] = await tx.query<{ hash: Uint8Array }>(
        'select hash from kernel.log_node where level = $1 and index = $2',
        [level, index],
      );
      if (row === undefined) throw new Problem(404, 'no-such-leaf', '日志中没有这一条。', 'The log has no such leaf.');
      return new Uint8Array(row.hash);
    };
  return {
    key: logKey,
    async head() {
      const [head] = await asPublic((tx) =>
        tx.query<{ epoch: number; size: number; root: string; note: string }>(
          'select epoch, size, root, note from kernel.log_head order by epoch desc, size desc limit 1',
        ),
      );
      if (head === undefined) throw new Problem(404, 'log-empty', '日志还没有内容。', 'The log is empty.');
      return { ...head, size: Number(head.size) };
    },
    inclusion: (leaf, size) =>
      asPublic(async (tx) => {
        const read = node(tx);
        return {
          leaf,
          size,
          hash: toHex(await read(0, leaf)),
          proof: (await inclusionProof(leaf, size, read)).map(toHex),
        };
      }),
    consistency: (from, to) =>
      asPublic(async (tx) => ({ from, to, proof: (await consistencyProof(from, to, node(tx))).map(toHex) })),
  };
}

function viewEntry(row: Record<string, unknown>): PublicEntry {
  return {
    id: row.id as string,
    kind: row.kind as string,
    title: { zh: row.title_zh as string, en: row.title_en as string },
    office: { code: row.office as string, zh: row.office_zh as string, en: row.office_en as string },
    region: row.region as string,
    publishedAt: row.published_at as string,
    withdrawnAt: row.withdrawn_at as string | null,
    reason: row.reason as string | null,
    replaces: row.replaces as string | null,
    replacedBy: row.replaced_by as string | null,
  };
}

const rateColumns = [
  'bulletin',
  'title',
  'product',
  'office',
  'published',
  'city',
  'city_name',
  'passed',
  'n',
  'rate',
  'wilson_95_lower',
  'wilson_95_upper',
  'exact_95_lower',
  'exact_95_upper',
  'representative',
  'statement',
];

type Rate = BulletinRate['cities'][number] | BulletinRate;
const rateLine = (
  { entry, title, product, office, publishedOn }: BulletinRate,
  city: string,
  name: string,
  rate: Rate,
) => [
  entry,
  title,
  product,
  office,
  publishedOn,
  city,
  name,
  rate.passed,
  rate.n,
  rate.rate,
  rate.wilson?.lower ?? null,
  rate.wilson?.upper ?? null,
  rate.exact?.lower ?? null,
  rate.exact?.upper ?? null,
  String(rate.representative),
  rate.statement.zh,
];

/** The public record and the log, each list as JSON, CSV and feed; no sign-in. */
export function publicRoutes(app: FastifyInstance, server: Server): void {
  const { platform, configuration } = server;
  const reader = createPublicReader(server);

  app.get('/api/public/records', async (request) => ({ entries: await reader.list(parse(listQuery, request.query)) }));
  app.get('/api/public/records.csv', async (request, reply) => {
    const entries = await reader.list(parse(listQuery, request.query));
    const lines = entries.map((entry) => [
      entry.id,
      entry.kind,
      entry.title.zh,
      entry.office.zh,
      entry.region,
      entry.publishedAt,
      entry.withdrawnAt,
      entry.reason,
    ]);
    const text = [['id', 'kind', 'title', 'office', 'region', 'published', 'withdrawn', 'reason'], ...lines]
      .map(csvLine)
      .join('\r\n');
    return reply.type('text/csv; charset=utf-8').send(`\uFEFF${text}\r\n`);
  });
  app.get('/api/public/rates.csv', async (request, reply) => {
    const asked = parse(
      z.object({ product: z.string().max(100).optional(), year: z.string().max(4).optional() }),
      request.query,
    );
    const lines = (await reader.rates(asked as { product?: string; year?: string })).flatMap((bulletin) => [
      rateLine(bulletin, '', '', bulletin),
      ...bulletin.cities.map((city) => rateLine(bulletin, city.city, city.name, city)),
    ]);
    const text = [rateColumns, ...lines].map(csvLine).join('\r\n');
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="pass-rates.csv"')
      .send(`\uFEFF${text}\r\n`);
  });
  app.get('/api/public/records.atom', async (request, reply) => {
    const entries = await reader.list(parse(listQuery, request.query));
    return reply.type('application/atom+xml; charset=utf-8').send(atom(entries, configuration.baseUrl));
  });
  app.get('/api/public/records/:id', async (request) =>
    reader.entry(parse(z.object({ id: z.uuid() }), request.params).id),
  );

  const log = createPublicLog(platform);
  app.get('/api/public/log/head', async () => ({ ...(await log.head()), key: log.key }));
  const position = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
  app.get('/api/public/log/inclusion', async (request) => {
    const { leaf, size } = parse(z.object({ leaf: position, size: position }), request.query);
    if (leaf >= size)
      throw new Problem(400, 'no-such-leaf', '序号应小于日志条数。', 'The leaf must lie below the size.');
    return log.inclusion(leaf, size);
  });
  app.get('/api/public/log/consistency', async (request) => {
    const { from, to } = parse(z.object({ from: position, to: position }), request.query);
    if (from > to)
      throw new Problem(
        400,
        'sizes-reversed',
        '前一条数不能大于后一条数。',
        'The first size must not exceed the second.',
      );
    return log.consistency(from, to);
  });

  app.get('/api/public/draws/:draw/bundle', async (request) =>
    reader.ask('sampling.draw-bundle', parse(z.object({ draw: z.uuid() }), request.params)),
  );
  app.get('/api/public/queries/:name', async (request) =>
    reader.ask(
      parse(z.object({ name: z.string().max(80) }), request.params).name,
      request.query as Record<string, unknown>,
    ),
  );
}

function atom(entries: readonly PublicEntry[], baseUrl: string): string {
  const escaped = (text: string): string => text.replaceAll(/[<>&"']/g, (sign) => `&#${sign.codePointAt(0)};`);
  const items = entries.map(
    (entry) =>
      `<entry><id>urn:uuid:${entry.id}</id><title>${escaped(entry.title.zh)}</title><updated>${entry.withdrawnAt ?? entry.publishedAt}</updated><published>${entry.publishedAt}</published><category term="${escaped(entry.kind)}"/><link href="${escaped(`${baseUrl}/records/${entry.id}`)}"/><author><name>${escaped(entry.office.zh)}</name></author><summary>${escaped(entry.withdrawnAt === null ? entry.title.en : (entry.reason ?? ''))}</summary></entry>`,
  );
  const updated = entries[0]?.publishedAt ?? '1970-01-01T00:00:00Z';
  return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>${escaped(baseUrl)}/feed</id><title>衡鉴 公开记录</title><updated>${updated}</updated>${items.join('')}</feed>\n`;
}
