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
  due: string | null;
  openedAt: string;
  closed: boolean;
  closedOn: string | null;
}

/** Loops of one's offices; those passed on count below, those returned or overturned not at all. */
async function loopsIn(reader: Reader, office: string | null | undefined): Promise<Held[]> {
  const { sql, kernel } = reader;
  const rows = await sql.query<Held>(
    `select l.id, l.state, l.duty, l.source, l.office, l.subject_name as "subjectName", l.product_name as "productName", l.closing, r.due,
       r.opened_at as "openedAt", r.closed_at is not null as closed, l.closed_on as "closedOn"
     from handling.loop l join kernel.record r on r.id = l.id where l.state not in ('returned', 'annulled', 'passed-on')
     order by r.due nulls last, r.opened_at, l.id`,
  );
  return rows.filter((row) => !office || kernel.offices.get(row.office)?.place.includes(office));
}

const labelOf = (code: string, { kernel }: Reader): Label => kernel.offices.get(code)?.label ?? { zh: code, en: code };

interface Tally {
  total: number;
  open: number;
  overdue: number;
  unsigned: number;
  closed: number;
}

function tally(rows: readonly Held[], today: string): Tally {
  const open = rows.filter(({ closed }) => !closed);
  return {
    total: rows.length,
    open: open.length,
    overdue: open.filter(({ due }) => due !== null && due < today).length,
    unsigned: open.filter(({ state }) => state === 'sent').length,
    closed: rows.length - open.length,
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
    const held = await loopsIn(reader, office);
    const open = held.filter(({ closed }) => !closed);
    const sights = new Map(
      (
        await sightsOf(
          open.slice(0, most).map(({ id }) => id),
          reader,
        )
      ).map((sight) => [sight.id, sight]),
    );
    const annulments = await sql.query<{ office: string }>(
      `select office from handling.order where state in ('suspended', 'annulling')`,
    );
    const urgings = await sql.query<{ id: string; loops: string[]; state: string; deadline: string }>(
      `select id, loops, state, deadline from handling.urging where state <> 'closed'`,
    );
    const rows = open.slice(0, most).map((row) => ({
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
      ...tally(held, today),
      /** Orders suspended by a fallen conclusion and not annulled yet. */
      annulments: annulments.filter((row) => !office || reader.kernel.offices.get(row.office)?.place.includes(office))
        .length,
      offices: [...Map.groupBy(held, ({ office: code }) => code)]
        .map(([code, group]) => ({ code, label: labelOf(code, reader), ...tally(group, today) }))
        .sort((a, b) => b.overdue - a.overdue || b.unsigned - a.unsigned || b.open - a.open),
      rows,
      more: Math.max(open.length - most, 0),
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
    const closed = (await loopsIn(reader, office)).filter((row) => row.closed && (!source || row.source === source));
    const shown = closed.slice(-most);
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
        missing: missingProof(row.closing!, held),
      };
    });
    return { total: closed.length, rows, unproved: rows.filter(({ missing }) => missing.length > 0).length };
  },
});

/** One ledger of failures by where they come from: how many, how many closed, how many overdue (practice M1). */
export const ledger = query({
  name: 'handling.ledger',
  label: { zh: '不合格处理台账', en: 'Ledger of failures by source' },
  roles: overseers,
  input: z.object({ office: region }),
  answer: async ({ office }, reader) => {
    const held = await loopsIn(reader, office);
    return Object.entries(sources).map(([source, label]) => ({
      source,
      label: { ...label },
      ...tally(
        held.filter((row) => row.source === source),
        reader.today,
      ),
    }));
  },
});
