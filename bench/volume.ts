import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, actorOf, dayInChina, type Transaction } from '@hengjian/kernel';
import { listInput, listRecords, readInbox, readRecord, searchRecords } from '@hengjian/reading';
import { seedDemonstration } from '../apps/server/src/demonstration/seed.ts';
import { type Volume, volumes } from '../apps/server/src/demonstration/volume.ts';
import { migrationFolders, openPlatform, type Platform } from '../apps/server/src/platform.ts';
import { cities, counties, numberedFirm, province } from '../data/demonstration/volume.ts';
import { connectOwner, openCluster } from './cluster.ts';
import { numberedUuid } from './measure.ts';
import { type Cell, CLIENTS, measureCell, summary } from './reading.ts';

type Page = (sql: Transaction, actor: Actor) => Promise<unknown>;

interface Named {
  case: string;
  /** Roles that open the page, and from where: province, city or county; `firm` is the one with the most records. */
  readers: Record<string, string>;
  page: (platform: Platform, held: Held) => Page;
}

/** What the pages are opened for. */
interface Held {
  scheme: string;
  task: string;
  firm: string;
  firmName: string;
}

const officers = { province: 'organiser', city: 'organiser', county: 'organiser' };
const list = (name: string, input: Record<string, string>, readers: Record<string, string> = officers): Named => ({
  case: `list ${name}`,
  readers,
  page: (platform) => (sql, actor) => listRecords(platform, actor, sql, listInput.parse(input)),
});
const asked = (
  name: string,
  query: string,
  input: (held: Held) => Record<string, string>,
  readers: Record<string, string> = officers,
): Named => ({
  case: name,
  readers,
  page: (platform, held) => {
    const found = platform.register.queries.get(query)!;
    const parsed = found.input.parse(input(held)) as Record<string, unknown>;
    return (sql, actor) =>
      found.answer(parsed, { actor, sql, kernel: platform, today: dayInChina(platform.now()) } as never);
  },
});
const figure = (name: string, input: Record<string, string>): Named =>
  asked(`figure ${name}`, 'reporting.figure', () => input, officers);

/** Every list with a province's volume, and every page that counts or collects over it. */
const pages: Named[] = [
  list('everything', {}, { ...officers, firm: 'enterprise-agent' }),
  ...['subjects.enterprise', 'sampling.task', 'handling.loop'].flatMap((entity) => [
    list(`${entity} newest`, { entity }),
    list(`${entity} by due`, { entity, sort: 'due' }),
    list(`${entity} common word`, { entity, q: '电线电缆' }),
  ]),
  list('sampling.task in state', { entity: 'sampling.task', state: 'not-sampled' }),
  list('laboratory.sample', { entity: 'laboratory.sample' }, { province: 'auditor' }),
  list('laboratory.sample by number', { entity: 'laboratory.sample', q: 'W02' }, { province: 'auditor' }),
  {
    case: 'inbox',
    readers: officers,
    page: (platform) => (sql, actor) => readInbox(platform, actor, sql),
  },
  {
    case: 'search',
    readers: officers,
    page:
      (platform, { firmName }) =>
      (sql) =>
        searchRecords(platform, sql, firmName.slice(3, 9)),
  },
  {
    case: 'page of a task',
    readers: { province: 'organiser' },
    page:
      (platform, { task }) =>
      (sql, actor) =>
        readRecord(platform, actor, sql, task, []),
  },
  asked('enterprise archive', 'subjects.archive', ({ firm }) => ({ enterprise: firm }), {
    province: 'organiser',
    firm: 'enterprise-agent',
  }),
  figure('pass rate', { figure: 'pass-rate' }),
  figure('pass rate by city', { figure: 'pass-rate', by: 'city' }),
  figure('pass rate by county', { figure: 'pass-rate', by: 'county', region: '430100' }),
  figure('pass rate by product of a year', {
    figure: 'pass-rate',
    by: 'product',
    from: '2024-01-01',
    until: '2024-12-31',
  }),
  figure('pass rate by size', { figure: 'pass-rate', by: 'size', from: '2024-03-01', until: '2024-03-31' }),
  figure('failing items of a month', {
    figure: 'item-failure-rate',
    by: 'item',
    from: '2024-04-01',
    until: '2024-04-30',
  }),
  figure('completion by product', { figure: 'sampling-completion', by: 'product' }),
  figure('closure', { figure: 'closure-rate', by: 'city' }),
  asked('campaigns', 'reporting.campaigns', () => ({})),
  asked('loops of a campaign', 'reporting.campaign-loops', ({ scheme }) => ({ scheme })),
  asked('progress of a campaign', 'sampling.campaign-progress', ({ scheme }) => ({ scheme })),
  asked('oversight of a campaign', 'sampling.campaign-oversight', ({ scheme }) => ({ scheme })),
  asked('open loops', 'handling.open-loops', () => ({})),
  asked('closures', 'handling.closures', () => ({}), { province: 'organiser' }),
  asked('ledger of failures', 'handling.ledger', () => ({})),
  asked('published rates', 'reporting.published-rates', () => ({}), { province: 'organiser' }),
];

/** Lists and report pages at a province's volume, beside nothing but the statements that each page runs. */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const cluster = await openCluster();
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-volume-'));
  try {
    const volume = quick ? volumes.county : volumes.hunan;
    const name = quick ? 'volume_small' : 'volume';
    const url = await cluster.kept(name, `${JSON.stringify(volume)} of ${digest()}`, (fresh) => fill(fresh, volume));
    const platform = await openPlatform({ folder, databaseUrl: url });
    const meter = await connectOwner(url);
    try {
      const held = await readHeld(platform);
      const cells: Cell[] = [];
      const wanted = process.env.BENCH_CASES;
      for (const page of pages.filter((one) => wanted === undefined || one.case.includes(wanted)))
        for (const [reader, role] of Object.entries(page.readers)) {
          const cell = await measure(platform, meter, page, reader, role, held);
          console.error(`${reader}, ${page.case}: ${cell.p95Milliseconds} ms (SQL ${cell.sqlP95Milliseconds} ms)`);
          cells.push(cell);
        }
      return { volume, ...summary(cells) };
    } finally {
      await meter.end();
      await platform.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await cluster.stop();
  }
}

/** The register is made anew when a table, the story or its volume was changed. */
function digest(): string {
  const hash = createHash('sha256');
  const stories = join(import.meta.dirname, '../apps/server/src/demonstration');
  for (const file of ['volume.ts', 'volume-rows.ts']) hash.update(readFileSync(join(stories, file)));
  for (const { path } of migrationFolders)
    for (const file of readdirSync(path).sort()) hash.update(readFileSync(join(path, file)));
  return hash.digest('hex').slice(0, 16);
}

async function fill(url: string, volume: Volume): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-volume-'));
  let clock: (() => Date) | undefined;
  const platform = await openPlatform({ folder, databaseUrl: url, now: () => clock?.() ?? new Date() });
  try {
    await seedDemonstration(platform, {
      say: () => undefined,
      setClock: (next) => {
        clock = next;
      },
      history: { volume, show: () => undefined },
    });
    await platform.settle();
    await platform.database.asOwner((tx) => tx.query('analyze'));
  } finally {
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readHeld(platform: Platform): Promise<Held> {
  const [row] = await platform.database.asOwner((tx) =>
    tx.query<{ scheme: string; task: string }>(`select scheme, id as task from sampling.task where id = $1`, [
      numberedUuid(7, 0),
    ]),
  );
  const { id, name } = numberedFirm(0);
  return { ...row!, firm: id, firmName: name };
}

/** Someone in that post, for each client: of the province, or of a city or county of his own. */
function actorFor(platform: Platform, reader: string, role: string, client: number): Actor {
  const office = reader === 'city' ? cities[client]! : reader === 'county' ? counties[client * 15]! : province;
  return actorOf(platform, {
    id: numberedUuid(1, client),
    person: numberedUuid(2, client),
    personName: '测速人员',
    role,
    office,
    organisation: reader === 'firm' ? numberedFirm(0).id : null,
    organisationName: reader === 'firm' ? numberedFirm(0).name : null,
    validUntil: null,
    actingForName: null,
  });
}

interface Statement {
  text: string;
  params: readonly unknown[] | undefined;
}

async function measure(
  platform: Platform,
  meter: Awaited<ReturnType<typeof connectOwner>>,
  named: Named,
  reader: string,
  role: string,
  held: Held,
): Promise<Cell> {
  const actors = Array.from({ length: CLIENTS }, (_, client) => actorFor(platform, reader, role, client));
  const page = named.page(platform, held);
  const under = <T>(client: number, work: (sql: Transaction) => Promise<T>): Promise<T> =>
    platform.database.transaction('hengjian_app', actors[client]!.claim, work);
  const scripts: Statement[][] = [];
  for (const [client, actor] of actors.entries()) {
    const script: Statement[] = [];
    await under(client, (sql) =>
      page(
        noting(sql, ({ text, params }) => script.push({ text, params })),
        actor,
      ),
    );
    scripts.push(script);
  }
  const counting = (work: (sql: Transaction, client: number) => Promise<unknown>) => async (client: number) => {
    const counts: string[] = [];
    await under(client, (sql) =>
      work(
        noting(sql, ({ rows }) => counts.push(String(rows))),
        client,
      ),
    );
    return counts;
  };
  return measureCell(
    { reader, case: named.case },
    meter,
    40,
    counting((sql, client) => page(sql, actors[client]!)),
    counting(async (sql, client) => {
      for (const { text, params } of scripts[client]!) await sql.query(text, params);
    }),
  );
}

/** The transaction with a look at each statement and how many rows it gave. */
function noting(sql: Transaction, note: (statement: Statement & { rows: number }) => void): Transaction {
  const noted: Transaction = {
    query: async <T>(text: string, params?: readonly unknown[]) => {
      const rows = await sql.query<T>(text, params);
      note({ text, params, rows: rows.length });
      return rows;
    },
    run: (query) => {
      const { sql: text, parameters } = query.compile();
      return noted.query(text, parameters);
    },
  };
  return noted;
}
