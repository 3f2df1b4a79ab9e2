/**
 * Licensing at province scale on PostgreSQL: what the public looks up among 100,000 licences, 1,000 applicants who save their drafts at once, the
 * night in which due tasks are made, and electronic certificates signed and checked. Each beside the bare work it cannot do without.
 */
import { createHash, createPrivateKey, createPublicKey, randomUUID, sign, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PublicLicence } from '@hengjian/licensing';
import { licenceCredential, statusListCredential } from '../apps/server/src/credentials/credential.ts';
import { localSeal } from '../apps/server/src/credentials/seal.ts';
import { verifyLicence } from '../apps/server/src/credentials/verify.ts';
import { seedOffices } from '../apps/server/src/demonstration/organisation.ts';
import { openPlatform, type Platform } from '../apps/server/src/platform.ts';
import { type Actor, actorOf, execute, expireClocks, searchQuery } from '../kernel/src/index.ts';
import { openCluster } from './cluster.ts';
import { inClients, median, percentile, rounded, secondsOf } from './measure.ts';
import { plainPool } from './reading.ts';

const day = '2026-11-27';
const instant = new Date(`${day}T02:00:00Z`);
const office = '430000';

export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const cluster = await openCluster();
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-bench-licences-'));
  try {
    const url = await cluster.fresh('licences');
    const platform = await openPlatform({ folder, databaseUrl: url, now: () => instant });
    const plain = plainPool(url);
    try {
      await seedOffices(platform);
      const licences = quick ? 10_000 : 100_000;
      const fillSeconds = rounded(await secondsOf(() => fill(platform, licences)));
      return {
        licences,
        fillSeconds,
        search: await lookUp(platform, plain, licences, quick ? 400 : 4_000),
        drafts: await saveDrafts(platform, plain, quick ? 100 : 1_000),
        night: await night(platform, plain, licences),
        credentials: await credentials(folder, quick ? 500 : 5_000),
      };
    } finally {
      await plain.close();
      await platform.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await cluster.stop();
  }
}

/** An id that is the same in every run, in SQL. */
const id = (at: string) => `('0000aaaa-0000-8000-8000-' || lpad(to_hex(${at}), 12, '0'))::uuid`;
const nameOf = (n: number) => `湘${String(n).padStart(6, '0')}食品厂`;

/** Licences as their records, clocks and public entries would be: one in a hundred owes its self-report since yesterday. */
async function fill(platform: Platform, count: number): Promise<void> {
  await platform.database.asOwner(async (tx) => {
    await tx.query(`insert into kernel.record (id, entity, home, office, number, title, state, opened_at, updated_at, version, edition, next_roles, parties)
      select ${id('n')}, 'licensing.licence', 430, '${office}', null, 'SC' || lpad(n::text, 14, '0'), 'valid', '2024-01-02', '2024-01-02', 1, 'O16-2022', '{}',
        array['org:' || n] from generate_series(1, ${count}) n`);
    await tx.query(`insert into licensing.licence (id, home, office, parties, state, kind, number, application, organisation, holder_name, holder_code, products, region,
        address, issued_on, valid_from, valid_until, commitment, status_index, self_report_due)
      select r.id, 430, '${office}', r.parties, 'valid', 'industrial-product', r.title, r.id, r.id, '湘' || lpad(n::text, 6, '0') || '食品厂', null, '["P301"]', '430102',
        '试验路' || n, '2024-01-02', '2024-01-02', '2029-01-01', 'none', n, case when n % 100 = 0 then date '${day}' - 1 else date '2027-06-01' end
      from (select r.*, substr(title, 3)::bigint as n from kernel.record r where entity = 'licensing.licence') r`);
    await tx.query(`insert into kernel.clock (id, record, name, rule, basis, started_on, start_event, due_on, provisional, status, on_expiry)
      select gen_random_uuid(), l.id, c.name, '{"kind":"within","unit":"day","amount":0,"basis":"bench"}', 'bench', '2024-01-02', gen_random_uuid(),
        case c.name when 'validity' then l.valid_until else l.self_report_due end, false, 'running', c.expiry
      from licensing.licence l cross join (values ('validity', 'expire'), ('selfReport', 'missSelfReport')) c (name, expiry)`);
    await tx.query(`insert into public_record.entry (id, kind, record, event, title_zh, title_en, office, office_zh, office_en, region, subjects, body, published_at, words)
      select gen_random_uuid(), 'licence', l.id, gen_random_uuid(), '工业产品生产许可：' || l.holder_name, 'Licence', '${office}', '湖南省市场监督管理局', 'Hunan', l.region, '{}',
        jsonb_build_object('kind', l.kind, 'number', l.number, 'holder', l.holder_name, 'status', 'valid', 'validFrom', '2024-01-02', 'validUntil', '2029-01-01', 'issuedOn', '2024-01-02',
          'commitment', 'none', 'statusIndex', l.status_index, 'productNames', '[]'::jsonb, 'kindName', '{"zh":"工业产品生产许可","en":"Licence"}'::jsonb),
        now(), array_to_tsvector(array(select distinct unnest(array[l.number, l.holder_name] || regexp_split_to_array(l.holder_name, ''))))
      from licensing.licence l`);
    for (const table of ['kernel.record', 'kernel.clock', 'licensing.licence', 'public_record.entry'])
      await tx.query(`analyze ${table}`);
  });
}

type Plain = ReturnType<typeof plainPool>;
const figures = (ours: readonly number[], theirs: readonly number[]) => ({
  p50Milliseconds: rounded(median(ours)),
  p95Milliseconds: rounded(percentile(ours, 0.95)),
  sqlP50Milliseconds: rounded(median(theirs)),
  sqlP95Milliseconds: rounded(percentile(theirs, 0.95)),
  ratio: rounded(median(theirs) / median(ours)),
});

/** The public query by number and by name under the public role, beside the owner's plain statement. */
async function lookUp(
  platform: Platform,
  plain: Plain,
  count: number,
  calls: number,
): Promise<Record<string, unknown>> {
  const query = platform.register.queries.get('licensing.results')!;
  const reader = { actor: null as never, kernel: platform, today: day };
  const ask = (words: string) =>
    platform.database.transaction('hengjian_public', null, (sql) =>
      query.answer({ words }, { ...reader, sql }),
    ) as Promise<unknown[]>;
  const bare = (words: string) =>
    plain.run({
      text: `select id, record, body, region, office_zh, published_at from public_record.entry where kind = 'licence' and withdrawn_at is null
        and (body->>'number' = $1 or subjects @> array[$1::text] or words @@ $2::tsquery) order by published_at desc limit 200`,
      values: [words, searchQuery(words)],
    });
  const result: Record<string, unknown> = {};
  for (const [name, of] of Object.entries({
    number: (n: number) => `SC${String(n).padStart(14, '0')}`,
    holder: nameOf,
  })) {
    const wanted = (call: number) => of(1 + ((call * 7_919) % count));
    const [mine, owners] = [await ask(wanted(1)), await bare(wanted(1))];
    if (mine.length === 0 || mine.length !== owners.length)
      throw new Error(`${name}: ${mine.length} found, the plain statement found ${owners.length}.`);
    const ours = await inClients(8, calls, (_client, call) => ask(wanted(call)), 20);
    const theirs = await inClients(8, calls, (_client, call) => bare(wanted(call)), 20);
    result[name] = figures(ours.latencies, theirs.latencies);
  }
  return result;
}

async function personAs(platform: Platform, role: string, organisation: string | null): Promise<Actor> {
  const person = randomUUID();
  await platform.database.asOwner((tx) =>
    tx.query('insert into kernel.person (id, name) values ($1, $2)', [person, '某']),
  );
  const organisationName = organisation === null ? null : '某厂';
  return actorOf(platform, {
    id: randomUUID(),
    person,
    personName: '某',
    role,
    office,
    organisation,
    organisationName,
    validUntil: null,
    actingForName: null,
  });
}

/** So many applicants save the form they are filling in at the same moment, each his own; beside one plain update each. */
async function saveDrafts(platform: Platform, plain: Plain, count: number): Promise<Record<string, unknown>> {
  const window = await personAs(platform, 'licence-window', null);
  const act = (actor: Actor, entity: string, action: string, input: Record<string, unknown>, record?: string) =>
    execute(platform, actor, { id: randomUUID(), entity, action, input, ...(record === undefined ? {} : { record }) });
  const drafts: { agent: Actor; draft: string }[] = [];
  await inClients(8, count, async () => {
    const organisation = randomUUID();
    const agent = await personAs(platform, 'enterprise-agent', organisation);
    const { record } = await act(window, 'licensing.account', 'open', { organisation, subject: 'firm', name: '某厂' });
    const asked = {
      kind: 'industrial-product',
      products: ['P301'],
      purpose: 'new',
      track: 'ordinary',
      region: '430102',
      address: '某路1号',
    };
    drafts.push({ agent, draft: (await act(agent, 'licensing.account', 'begin', asked, record)).created[0]! });
  });
  const answers = ['site', 'capacity', 'qualityOfficer', 'standard'].map((name) => ({ name, value: `填写${name}` }));
  const [{ version } = { version: '' }] = (await plain.run({
    text: 'select form_version as version from licensing.application limit 1',
    values: [],
  })) as { version: string }[];
  const ours: number[] = [];
  const seconds = await secondsOf(() =>
    Promise.all(
      drafts.map(async ({ agent, draft }) => {
        const begun = performance.now();
        await act(agent, 'licensing.application', 'saveDraft', { formVersion: version, answers }, draft);
        ours.push(performance.now() - begun);
      }),
    ),
  );
  const [{ saved } = { saved: 0 }] = (await plain.run({
    text: `select count(*)::int as saved from licensing.application where jsonb_array_length(answers) = 4`,
    values: [],
  })) as { saved: number }[];
  if (saved !== count) throw new Error(`${saved} drafts of ${count} were saved.`);
  const bareSeconds = await secondsOf(() =>
    Promise.all(
      drafts.map(({ draft }) =>
        plain.run({
          text: 'update licensing.application set answers = $2 where id = $1',
          values: [draft, JSON.stringify(answers)],
        }),
      ),
    ),
  );
  return {
    atOnce: count,
    seconds: rounded(seconds),
    perSecond: rounded(count / seconds),
    p95Milliseconds: rounded(percentile(ours, 0.95)),
    bareSeconds: rounded(bareSeconds),
    ratio: rounded(bareSeconds / seconds),
  };
}

/** The night: finding what fell due among all licences, and making a visit of each; beside the bare inserts of as many visits. */
async function night(platform: Platform, plain: Plain, count: number): Promise<Record<string, unknown>> {
  let made = 0;
  const seconds = await secondsOf(async () => {
    for (;;) {
      const { expired, refused } = await expireClocks(platform);
      if (refused.length > 0) throw refused[0]!.problem;
      made += expired;
      if (expired === 0) break;
    }
  });
  if (made !== Math.floor(count / 100)) throw new Error(`${made} tasks were made of ${Math.floor(count / 100)} due.`);
  const idleSeconds = await secondsOf(() => expireClocks(platform));
  await plain.run({ text: 'create table bench_visit (like licensing.visit including defaults)', values: [] });
  const bareSeconds = await secondsOf(() =>
    inClients(1, made, (_client, call) =>
      plain.run({ text: 'insert into bench_visit select * from licensing.visit offset $1 limit 1', values: [call] }),
    ),
  );
  return {
    due: made,
    seconds: rounded(seconds),
    tasksPerSecond: rounded(made / seconds),
    nothingDueMilliseconds: rounded(idleSeconds * 1000),
    bareSeconds: rounded(bareSeconds),
    ratio: rounded(bareSeconds / seconds),
  };
}

/** Credentials signed, and checked with key and status lists of the day; beside bare Ed25519 of the same bytes. */
async function credentials(folder: string, count: number): Promise<Record<string, unknown>> {
  const seal = localSeal(folder);
  const base = 'https://hengjian.example';
  const licence = (n: number): PublicLicence => ({
    entry: '0',
    licence: randomUUID(),
    kind: 'industrial-product',
    kindName: { zh: '工业产品生产许可', en: 'Licence' },
    number: `(湘)XK06-001-${String(n).padStart(5, '0')}`,
    holder: nameOf(n),
    holderCode: null,
    status: 'valid',
    exit: null,
    validFrom: '2026-01-02',
    validUntil: '2031-01-01',
    region: '430102',
    address: '某路',
    issuedOn: '2026-01-02',
    commitment: 'none',
    office: '湖南省市场监督管理局',
    productNames: [{ code: 'P301', zh: '电线电缆', en: 'Cables' }],
    publishedAt: instant.toISOString(),
    statusIndex: n,
  });
  const tokens: string[] = [];
  const issueSeconds = await secondsOf(async () => {
    for (let n = 0; n < count; n += 1) tokens.push(await seal.sign(licenceCredential(licence(n), base, true)));
  });
  const lists = await Promise.all(
    (['revocation', 'suspension'] as const).map((purpose) =>
      seal.sign(statusListCredential([{ index: 5, status: 'revoked' }], purpose, 0, instant, base, true)),
    ),
  );
  let sound = 0;
  const checked = Math.min(count, 500);
  const verifySeconds = await secondsOf(async () => {
    for (const token of tokens.slice(0, checked))
      if ((await verifyLicence(token, lists, seal.publicKey, instant)).valid) sound += 1;
  });
  if (sound !== checked - 1) throw new Error(`${sound} of ${checked} credentials were sound; one is revoked.`);
  const key = createPrivateKey({
    key: Buffer.concat([
      Buffer.from('302e020100300506032b657004220420', 'hex'),
      createHash('sha256').update('bench').digest(),
    ]),
    format: 'der',
    type: 'pkcs8',
  });
  const published = createPublicKey(key);
  const signatures: Buffer[] = [];
  const bytes = tokens.map((token) => Buffer.from(token.slice(0, token.lastIndexOf('.'))));
  const bareIssue = await secondsOf(async () => {
    for (const part of bytes) signatures.push(sign(null, part, key));
  });
  const bareVerify = await secondsOf(async () => {
    for (let n = 0; n < checked; n += 1)
      if (!verify(null, bytes[n]!, published, signatures[n]!)) throw new Error('A bare signature does not hold.');
  });
  return {
    issuedPerSecond: rounded(count / issueSeconds),
    bareSignaturesPerSecond: rounded(count / bareIssue),
    issueRatio: rounded(bareIssue / issueSeconds),
    verifiedPerSecond: rounded(checked / verifySeconds),
    bareChecksPerSecond: rounded(checked / bareVerify),
    verifyRatio: rounded(bareVerify / verifySeconds),
  };
}
