import type { Transaction } from '@hengjian/kernel';
import { type EnterpriseKind, publicName } from '@hengjian/subjects';
import {
  buildFrame,
  type Frame,
  frameRoot,
  type HashProfile,
  randomSalt,
  sparseCells,
  toHex,
} from '@hengjian/transparency';
import { type Firm, type Placed, SMALLEST_CELL, type WeightReason } from './rules.ts';

/**
 * What becomes public of a firm at the opening, and what its leaf commits to until then. `id` ties it to the register, so that
 * nobody can be exchanged for a namesake.
 */
export interface FirmRecord {
  readonly id: string;
  readonly creditCode: string | null;
  readonly name: string;
  readonly region: string;
}

/** How fresh the directory is for one product: firms by status, days of the last look. */
export interface DirectoryCount {
  making: number;
  stopped: number;
  moved: number;
  closed: number;
  oldest: string | null;
  newest: string | null;
  /** Firms making it that were last checked before the day asked for. */
  stale: number;
  licensed: number;
}

/**
 * One row for each firm of a product ($1) in certain roles ($2, null for all), by the freshest look at it that the reader may see; a firm that was merged into
 * another stands under that one, and failures found by any office count. The register is looked up firm by firm: a directory names some
 * thousands of the several hundred thousand that it holds.
 */
const freshest = `freshest as (
  select distinct on (coalesce(e.id, d.enterprise)) coalesce(e.id, d.enterprise) as enterprise, e.id is not null as registered,
    coalesce(e.name, d.enterprise_name) as name, e.kind, e.legal_representative, e.credit_code, coalesce(e.region, '') as region,
    d.state, d.basis, d.role, d.checked_on, d.credit_class,
    max(d.past_failures) over (partition by coalesce(e.id, d.enterprise)) as past_failures
  from sampling.directory d
    left join lateral (select id, merged_into from subjects.enterprise where id = d.enterprise limit 1) listed on true
    left join lateral (select * from subjects.enterprise where id = coalesce(listed.merged_into, listed.id) limit 1) e on true
  where d.product = $1 and ($2::text[] is null or d.role = any($2))
  order by coalesce(e.id, d.enterprise), d.checked_on desc, d.id)`;

/**
 * The firms that make or sell a product, as directory and register have them. Names in the directory that the register does not
 * hold come apart.
 */
export async function readFirms(
  sql: Transaction,
  product: string,
  roles: readonly string[] | null = null,
): Promise<{ firms: Firm[]; unregistered: string[] }> {
  const rows = await sql.query<
    Omit<Firm, 'publicName'> & { registered: boolean; kind: EnterpriseKind; legalRepresentative: string | null }
  >(
    `with ${freshest}
     select enterprise, registered, name, kind, legal_representative as "legalRepresentative", credit_code as code, region, basis, role,
       checked_on as "checkedOn", past_failures as "pastFailures", credit_class as "creditClass"
     from freshest where state = 'making' order by enterprise`,
    [product, roles],
  );
  return {
    firms: rows
      .filter(({ registered }) => registered)
      .map(({ registered: _, kind, legalRepresentative, ...firm }) => ({
        ...firm,
        publicName: publicName({ name: firm.name, kind, legalRepresentative }),
      })),
    unregistered: rows.filter(({ registered }) => !registered).map(({ name }) => name),
  };
}

export async function countDirectory(
  sql: Transaction,
  product: string,
  checkedSince: string,
  roles: readonly string[] | null = null,
): Promise<DirectoryCount> {
  const [row] = await sql.query<DirectoryCount>(
    `with ${freshest}
     select count(*) filter (where state = 'making') as making, count(*) filter (where state = 'stopped') as stopped,
       count(*) filter (where state = 'moved') as moved, count(*) filter (where state = 'closed') as closed,
       min(checked_on) filter (where state = 'making') as oldest, max(checked_on) filter (where state = 'making') as newest,
       count(*) filter (where state = 'making' and checked_on < $3) as stale,
       count(*) filter (where state = 'making' and basis in ('licence', 'ccc')) as licensed
     from freshest`,
    [product, roles, checkedSince],
  );
  return row!;
}

export const firmRecord = ({
  enterprise,
  code,
  publicName: name,
  region,
}: Pick<Firm, 'enterprise' | 'code' | 'publicName' | 'region'>): FirmRecord => ({
  id: enterprise,
  creditCode: code,
  name,
  region,
});

/** Hides the placed firms behind salted leaves; `order[position]` is the index of the firm that has become that leaf. */
export function hideFirms(
  placed: readonly Placed[],
  hash: HashProfile,
): { frame: Frame; order: number[]; salts: Uint8Array[]; root: string } {
  const salts = placed.map(() => randomSalt());
  const { frame, order } = buildFrame(
    placed.map(({ firm, stratum, weight }, index) => ({
      record: firmRecord(firm),
      salt: salts[index]!,
      stratum,
      weight,
    })),
    hash,
  );
  if (sparseCells(frame, SMALLEST_CELL).length > 0)
    throw new Error('The arranged frame holds a cell smaller than allowed.');
  return { frame, order, salts, root: toHex(frameRoot(frame, { profile: hash })) };
}

/** Where the sealed side of a draw lies: sampling and inspections have the same tables under their own names. */
export type SealedSchema = 'sampling' | 'inspections';

/** Writes the sealed side of the frame in one statement. */
export async function storeFrame(
  sql: Transaction,
  draw: string,
  placed: readonly Placed[],
  { frame, order, salts }: ReturnType<typeof hideFirms>,
  schema: SealedSchema = 'sampling',
): Promise<void> {
  const inOrder = order.map((index) => placed[index]!);
  await sql.query(
    `insert into ${schema}.frame_entry (draw, position, leaf, salt, stratum, weight, reasons, enterprise, name, public_name, code, region)
     select $1, position - 1, decode(leaf, 'hex'), decode(salt, 'hex'), stratum, weight, reasons::jsonb, enterprise, name, public_name, code, region
     from unnest($2::text[], $3::text[], $4::integer[], $5::smallint[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::text[], $11::text[])
       with ordinality as f (leaf, salt, stratum, weight, reasons, enterprise, name, public_name, code, region, position)`,
    [
      draw,
      inOrder.map((_, position) => toHex(frame.leaves.subarray(position * 32, position * 32 + 32))),
      order.map((index) => toHex(salts[index]!)),
      inOrder.map(({ stratum }) => stratum),
      inOrder.map(({ weight }) => weight),
      inOrder.map(({ reasons }) => JSON.stringify(reasons satisfies WeightReason[])),
      inOrder.map(({ firm }) => firm.enterprise),
      inOrder.map(({ firm }) => firm.name),
      inOrder.map(({ firm }) => firm.publicName),
      inOrder.map(({ firm }) => firm.code),
      inOrder.map(({ firm }) => firm.region),
    ],
  );
}
