import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { pinyin } from 'pinyin-pro';
import { cities, counties, numberedFirm, province } from '../data/demonstration/volume.ts';
import { offices } from '../data/organisation/index.ts';
import { copyText } from '../kernel/src/ingest.ts';
import { wordsOf } from '../kernel/src/words.ts';
import { type Cluster, connectOwner } from './cluster.ts';
import { edition, procedures } from './declarations.ts';
import { numberedUuid, repeatable } from './measure.ts';
import { openBench } from './platform.ts';

/** How large the register is that lists and searches read. */
export interface Scale {
  enterprises: number;
  records: number;
}
export const full: Scale = { enterprises: 600_000, records: 1_000_000 };
export const small: Scale = { enterprises: 60_000, records: 100_000 };

/** A statement that takes longer is stopped and counts as this long. */
export const STATEMENT_SECONDS = 10;
const HANDLERS = 2_000;
const firstDay = Date.UTC(2021, 0, 1);
const span = 5 * 365 * 86_400_000;
const byOffice = new Map(offices().map(({ code, home }) => [code, home]));
const names = Object.keys(procedures);
const columns =
  'id, entity, home, office, number, title, state, subject, subject_name, handler, due, opened_at, updated_at, closed_at, version, edition, next_roles, parties, doors, words';

/** The firm with that number: the same in every run. */
export function firmOf(number: number): { id: string; name: string; code: string; county: string; initials: string } {
  const { id, name, parts, creditCode, county } = numberedFirm(number);
  return { id, name, code: creditCode, county, initials: initialsOf(parts) };
}

const known = new Map<string, string>();
/** Pinyin initials of the first 24 characters; each part is looked up once, as `wordsOf` would for the whole. */
function initialsOf(parts: readonly string[]): string {
  return parts
    .map((part) => {
      let initials = known.get(part);
      if (initials === undefined) {
        initials = pinyin(part, { pattern: 'first', toneType: 'none', type: 'array' }).join('');
        known.set(part, initials);
      }
      return initials;
    })
    .join('')
    .slice(0, 24);
}

/** What `wordsOf` gives for a firm's name and its codes, at a tenth of the cost. */
function cheapWords(name: string, initials: string, codes: readonly string[]): string[] {
  const words = new Set<string>();
  for (let at = 0; at < name.length; at += 1) {
    words.add(name[at]!);
    if (at + 1 < name.length) words.add(name.slice(at, at + 2));
  }
  words.add(`~${initials}`);
  for (const code of codes)
    for (const part of code.toLowerCase().match(/[\u3400-\u9fff]+|[0-9a-z]+/g) ?? [])
      if (/[0-9a-z]/.test(part)) words.add(part);
      else for (const word of hanWords(part)) words.add(word);
  return [...words];
}

const knownHan = new Map<string, string[]>();
function hanWords(part: string): string[] {
  let words = knownHan.get(part);
  if (words === undefined) {
    words = wordsOf([part]);
    knownHan.set(part, words);
  }
  return words;
}

/** The register of a province after five years: every firm, and procedures over firms of which some have many. */
export async function openCorpus(cluster: Cluster, quick: boolean): Promise<string> {
  const scale = quick ? small : full;
  const name = quick ? 'corpus_small' : 'corpus';
  const url = await cluster.kept(name, `${JSON.stringify(scale)} of ${digestOfFiles()}`, (fresh) => fill(fresh, scale));
  await cluster.set(name, 'statement_timeout', `${STATEMENT_SECONDS}s`);
  return url;
}

/** The corpus is made anew when the tables or this file were changed. */
function digestOfFiles(): string {
  const hash = createHash('sha256').update(readFileSync(import.meta.filename));
  for (const file of ['volume', 'numbered', 'words'])
    hash.update(readFileSync(join(import.meta.dirname, `../data/demonstration/${file}.ts`)));
  for (const folder of ['../kernel/migrations', 'migrations'])
    for (const file of readdirSync(join(import.meta.dirname, folder)).sort())
      hash.update(readFileSync(join(import.meta.dirname, folder, file)));
  return hash.digest('hex').slice(0, 16);
}

async function fill(url: string, scale: Scale): Promise<void> {
  const platform = await openBench(url, 2);
  await platform.close();
  const owner = await connectOwner(url);
  try {
    const { rows: indexes } = await owner.query(
      `select indexdef, indexname from pg_indexes where schemaname = 'kernel' and tablename = 'record' and indexname <> 'record_pkey'`,
    );
    const defined = indexes as { indexdef: string; indexname: string }[];
    for (const { indexname } of defined) await owner.query(`drop index kernel.${indexname}`);
    await owner.query(
      `insert into kernel.person (id, name) select ('00000005-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '经办人' || n from generate_series(0, $1::int - 1) n`,
      [HANDLERS],
    );
    await load(owner, scale);
    for (const { indexdef } of defined) await owner.query(indexdef);
    await owner.query('vacuum (freeze, analyze) kernel.record');
    await owner.query('analyze');
  } finally {
    await owner.end();
  }
}

async function load(owner: pg.Client, scale: Scale): Promise<void> {
  const stream = owner.query(copyFrom(`copy kernel.record (${columns}) from stdin`));
  const finished = once(stream, 'finish');
  const random = repeatable(11);
  const total = scale.enterprises + scale.records;
  for (let at = 0; at < total; at += 2_000) {
    let text = '';
    for (let row = at; row < Math.min(at + 2_000, total); row += 1) {
      const values =
        row < scale.enterprises ? enterpriseRow(row, random) : recordRow(row - scale.enterprises, scale, random);
      text += `${values.map(copyText).join('\t')}\n`;
    }
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end();
  await finished;
}

function enterpriseRow(number: number, random: () => number): unknown[] {
  const { id, name, code, county, initials } = firmOf(number);
  const opened = firstDay + Math.floor(random() * span);
  const updated = opened + Math.floor(random() * (firstDay + span - opened));
  const closed = random() < 0.1;
  const words = cheapWords(name, initials, [code]);
  if (number < 200) compareWords(words, [name, code]);
  return [
    id,
    'bench.enterprise',
    byOffice.get(county),
    county,
    null,
    name,
    closed ? 'closed' : 'opened',
    id,
    name,
    null,
    null,
    instant(opened),
    instant(updated),
    closed ? instant(updated) : null,
    1 + Math.floor(random() * 4),
    edition,
    closed ? [] : ['organiser'],
    [`org:${id}`],
    [],
    tsvector(words),
  ];
}

function recordRow(number: number, scale: Scale, random: () => number): unknown[] {
  const firm = firmOf(Math.floor(random() ** 2 * scale.enterprises));
  const where = random();
  const office = where < 0.6 ? firm.county : where < 0.9 ? `${firm.county.slice(0, 4)}00` : province;
  const entity = names[Math.floor(random() ** 1.3 * names.length)]!;
  const opened = firstDay + Math.floor(((number + random()) / scale.records) * span);
  const age = firstDay + span - opened;
  const updated = opened + Math.floor(random() * Math.min(90 * 86_400_000, age));
  const open = random() < (age < 200 * 86_400_000 ? 0.6 : 0.02);
  const state = open ? (random() < 0.5 ? 'opened' : 'handled') : 'closed';
  const due =
    open && random() < 0.8 ? instant(opened + (20 + Math.floor(random() * 60)) * 86_400_000).slice(0, 10) : null;
  const official = `湘市监检〔${new Date(opened).getUTCFullYear()}〕${number}号`;
  const handler = numberedUuid(5, Math.floor(random() * HANDLERS));
  const words = cheapWords(firm.name, firm.initials, [official]);
  if (number < 200) compareWords(words, [firm.name, official]);
  return [
    numberedUuid(6, number),
    entity,
    byOffice.get(office),
    office,
    official,
    `${firm.name}`,
    state,
    firm.id,
    firm.name,
    handler,
    due,
    instant(opened),
    instant(updated),
    open ? null : instant(updated),
    1 + Math.floor(random() * 6),
    edition,
    open ? ['organiser'] : [],
    [`org:${firm.id}`],
    [],
    tsvector(words),
  ];
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
const tsvector = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');

function compareWords(words: readonly string[], texts: readonly string[]): void {
  const real = wordsOf(texts);
  if (words.toSorted().join() !== real.toSorted().join())
    throw new Error(
      `The corpus would be found by other words than the kernel's:\n${words.join(' ')}\n${real.join(' ')}`,
    );
}

/** Offices of readers in the corpus: the largest county and the middle one, and their city. */
export const readerOffices = { province, city: cities[0]!, county: counties[0]!, smallCounty: counties[60]! };
/** Number of the firm with the most records, and of an ordinary one. */
export const readerFirms = { large: 0, ordinary: 300_000 };
