import { field, type Label, optional, query, type Reader } from '@hengjian/kernel';
import { z } from 'zod';
import { overseers } from '../clauses.ts';
import { sources } from '../fields.ts';
import { duties, type LoopRow } from '../loop/entity.ts';
import { type Evidence, type RecordSight, sightsOf } from './records.ts';

const most = 300;
const region = optional(
  field.office('机关', { en: 'Authority', help: { zh: '包括其下级。', en: 'With those below it.' } }),
);

interface Held
  extends Pick<LoopRow, 'id' | 'state' | 'duty' | 'source' | 'office' | 'subjectName' | 'productName' | 'closing'> {
  closedOn: string | null;
  importedFrom: string | null;
}

/** Loops that count: those passed on count below, those returned or overturned not at all. */
const counted = `l.state not in ('returned', 'annulled', 'passed-on')`;
const heldColumns = `l.id, l.state, l.duty, l.source, l.office, l.subject_name as "subjectName", l.product_name as "productName", l.closing,
  l.closed_on as "closedOn", l.imported_from as "importedFrom"`;

/** Codes of an authority and those below it; null for everything that is seen. */
const within = (office: string | null | undefined, { kernel }: Reader): string[] | null =>
  office ? [...kernel.offices.values()].flatMap(({ code, place }) => (place.includes(office) ? [code] : [])) : null;

const labelOf = (code: string, { kernel }: Reader): Label => kernel.offices.get(code)?.label ?? { zh: code, en: code };

interface Tally {
  total: number;
  open: number;
  overdue: number;
  unsigned: number;
  closed: number;
}
type Counted = Tally & { office: string; source: LoopRow['source'] };

/** Loops of one's offices, counted by office and source where they lie; closed ones can be many. */
function countLoops(reader: Reader, office: string | null | undefined): Promise<Counted[]> {
  return reader.sql.query<Counted>(
    `select l.office, l.source, count(*)::int as total, count(*) filter (where l.state <> 'closed')::int as open,
       count(*) filter (where l.state <> 'closed' and exists (select from kernel.record r where r.id = l.id and r.due < $1))::int as overdue,
       count(*) filter (where l.state = 'sent')::int as unsigned, count(*) filter (where l.state = 'closed')::int as closed
     from handling.loop l where ${counted} and ($2::text[] is null or l.office = any($2)) group by 1, 2`,
    [reader.today, within(office, reader)],
  );
}

function tally(rows: readonly Counted[]): Tally {
  const sum = (of: keyof Tally): number => rows.reduce((all, row) => all + row[of], 0);
  return {
    total: sum('total'),
    open: sum('open'),
    overdue: sum('overdue'),
    unsigned: sum('unsigned'),
    closed: sum('closed'),
  };
}

/** All open loops of a region: overdue first, hand-overs nobody signed for, and the rate of closure that plans want at 100 %. */
export const openLoops = query({
  name: 'handling.open-loops',
  label: { zh: '结果处理督办台', en: 'Open loops of a region' },
  roles: overseers,
  input: z.object({ office: region }),
  answer: async ({ office }, reader) => {
    const { today, sql } = reader;
    const held = await countLoops(reader, office);
    const open = await sql.query<Held>(
      `select ${heldColumns} from handling.loop l join kernel.record r on r.id = l.id
       where ${counted} and l.state <> 'closed' and ($1::text[] is null or l.office = any($1))
       order by r.due nulls last, r.opened_at, l.id limit ${most}`,
      [within(office, reader)],
    );
    const sights = new Map(
      (
        await sightsOf(
          open.map(({ id }) => id),
          reader,
        )
      ).map((sight) => [sight.id, sight]),
    );
    const counts = tally(held);
    const annulments = await sql.query<{ office: string }>(
      `select office from handling.order where state in ('suspended', 'annulling')`,
    );
    const urgings = await sql.query<{ id: string; loops: string[]; state: string; deadline: string }>(
      `select id, loops, state, deadline from handling.urging where state <> 'closed'`,
    );
    const rows = open.map((row) => ({
      duty: { ...duties[row.duty] },
      subject: row.subjectName,
      product: row.productName,
      source: { ...sources[row.source] },
      unsigned: row.state === 'sent',
      urged: urgings.find(({ loops }) => loops.includes(row.id)) ?? null,
      record: sights.get(row.id)!,
    }));
    return {
      today,
      ...counts,
      /** Orders suspended by a fallen conclusion and not annulled yet. */
      annulments: annulments.filter((row) => !office || reader.kernel.offices.get(row.office)?.place.includes(office))
        .length,
      offices: [...Map.groupBy(held, ({ office: code }) => code)]
        .map(([code, group]) => ({ code, label: labelOf(code, reader), ...tally(group) }))
        .sort((a, b) => b.overdue - a.overdue || b.unsigned - a.unsigned || b.open - a.open),
      rows,
      more: counts.open - rows.length,
    };
  },
});

type Proof = readonly [record: string, ...anyOf: string[]];
const served = ['receipt', 'returnedMail', 'posting', 'filming'] as const;
const ordered: Proof[] = [
  ['handling.order', 'rectificationOrder'],
  ['handling.order', ...served],
];
const passed: Proof[] = [
  ...ordered,
  ['handling.recheck', 'sheet'],
  ['handling.recheck', 'report'],
  ['handling.order', 'recheckNotice'],
  ['handling.referral', 'record'],
  ['handling.loop', 'closingReport'],
];

/** The papers without which each way of closing would not be believed. */
const proofs: Record<NonNullable<LoopRow['closing']>, readonly Proof[]> = {
  rechecked: passed,
  'second-recheck': [...passed, ['handling.loop', 'reportMaterial']],
  'after-suspension': [...passed, ['handling.loop', 'reportMaterial'], ['handling.referral', 'decision']],
  revoked: [
    ...ordered,
    ['handling.recheck', 'report'],
    ['handling.referral', 'decision'],
    ['handling.loop', 'closingReport'],
  ],
  ceased: [['handling.loop', 'ceasedProof']],
  disposed: [
    ['handling.loop', 'disposalReport'],
    ['handling.loop', 'rectificationProof'],
    ['handling.referral', 'record'],
  ],
  subordinate: [['handling.loop', 'verification']],
  overturned: [],
};

/** What a closed loop should be able to show, and does not. */
export function missingProof(closing: NonNullable<LoopRow['closing']>, records: readonly RecordSight[]): string[] {
  return proofs[closing]
    .filter(
      ([entity, ...anyOf]) =>
        !records.some((record) => record.entity === entity && record.evidence.some(({ kind }) => anyOf.includes(kind))),
    )
    .map(([entity, ...anyOf]) => `${entity}: ${anyOf.join(' | ')}`);
}

async function recordsOf(loops: readonly string[], reader: Reader): Promise<Map<string, RecordSight[]>> {
  const hanging = await reader.sql.query<{ id: string; loop: string }>(
    `select id, loop from handling.order where loop = any($1::uuid[]) union all select id, loop from handling.recheck where loop = any($1::uuid[])
     union all select id, loop from handling.referral where loop = any($1::uuid[])`,
    [loops],
  );
  const sights = new Map(
    (await sightsOf([...loops, ...hanging.map(({ id }) => id)], reader)).map((sight) => [sight.id, sight]),
  );
  return new Map(
    loops.map((loop) => [
      loop,
      [loop, ...hanging.filter((held) => held.loop === loop).map(({ id }) => id)].flatMap((id) => sights.get(id) ?? []),
    ]),
  );
}

/** Closed loops with the papers that prove each, and what is missing, which should be nothing. */
export const closures = query({
  name: 'handling.closures',
  label: { zh: '办结及销号材料', en: 'Closures and their proof' },
  roles: ['auditor', 'section-chief', 'bureau-head', 'organiser', 'planner'],
  input: z.object({ office: region, source: optional(field.choice('来源', sources, { en: 'Source' })) }),
  answer: async ({ office, source }, reader) => {
    const total = tally((await countLoops(reader, office)).filter((row) => !source || row.source === source)).closed;
    const shown = await reader.sql.query<Held>(
      `select ${heldColumns} from handling.loop l where l.state = 'closed' and ($1::text[] is null or l.office = any($1))
         and ($2::text is null or l.source = $2) order by l.closed_on desc, l.id limit ${most}`,
      [within(office, reader), source ?? null],
    );
    const records = await recordsOf(
      shown.map(({ id }) => id),
      reader,
    );
    const rows = shown.map((row) => {
      const held = records.get(row.id)!;
      const evidence: Evidence[] = held.flatMap((record) => record.evidence);
      return {
        id: row.id,
        subject: row.subjectName,
        product: row.productName,
        source: row.source,
        office: { code: row.office, label: labelOf(row.office, reader) },
        closing: row.closing,
        closedOn: row.closedOn,
        evidence,
        /** Closed before it came here: its proof lies in the ledger's own file. */
        importedFrom: row.importedFrom,
        missing: row.importedFrom === null ? missingProof(row.closing!, held) : [],
      };
    });
    return { total, rows, unproved: rows.filter(({ missing }) => missing.length > 0).length };
  },
});

/** One ledger of failures by where they come from: how many, how many closed, how many overdue (practice M1). */
export const ledger = query({
  name: 'handling.ledger',
  label: { zh: '不合格处理台账', en: 'Ledger of failures by source' },
  roles: overseers,
  input: z.object({ office: region }),
  answer: async ({ office }, reader) => {
    const held = await countLoops(reader, office);
    return Object.entries(sources).map(([source, label]) => ({
      source,
      label: { ...label },
      ...tally(held.filter((row) => row.source === source)),
    }));
  },
});
