import type { Transaction } from '@hengjian/kernel';
import { buildFrame, type Frame, frameRoot, type HashProfile, randomSalt, sparseCells, toHex } from '@hengjian/transparency';
import { type Firm, type Placed, SMALLEST_CELL, type WeightReason } from './rules.ts';

/** What becomes public of a firm at the opening, and what its leaf commits to until then. */
export interface FirmRecord {
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
 * The firms that make or sell a product, as directory and register have them; one that was merged into another stands for it
 * once. Names in the directory that the register does not hold come apart.
 */
export async function readFirms(sql: Transaction, product: string): Promise<{ firms: Firm[]; unregistered: string[] }> {
  const rows = await sql.query<Firm & { registered: boolean }>(
    `select distinct on (coalesce(e.id, d.enterprise)) coalesce(e.id, d.enterprise) as enterprise, e.id is not null as registered,
       coalesce(e.name, d.enterprise_name) as name, e.credit_code as code, coalesce(e.region, '') as region, d.basis,
       d.checked_on as "checkedOn", d.past_failures as "pastFailures", d.credit_class as "creditClass"
     from sampling.directory d
       left join subjects.enterprise listed on listed.id = d.enterprise
       left join subjects.enterprise e on e.id = coalesce(listed.merged_into, listed.id)
     where d.product = $1 and d.state = 'making'
     order by coalesce(e.id, d.enterprise), d.past_failures desc, d.id`,
    [product],
  );
  return {
    firms: rows.filter(({ registered }) => registered).map(({ registered: _, ...firm }) => firm),
    unregistered: rows.filter(({ registered }) => !registered).map(({ name }) => name),
  };
}

export async function countDirectory(sql: Transaction, product: string, checkedSince: string): Promise<DirectoryCount> {
  const [row] = await sql.query<DirectoryCount>(
    `select count(*) filter (where state = 'making') as making, count(*) filter (where state = 'stopped') as stopped,
       count(*) filter (where state = 'moved') as moved, count(*) filter (where state = 'closed') as closed,
       min(checked_on) filter (where state = 'making') as oldest, max(checked_on) filter (where state = 'making') as newest,
       count(*) filter (where state = 'making' and checked_on < $2) as stale,
       count(*) filter (where state = 'making' and basis in ('licence', 'ccc')) as licensed
     from sampling.directory where product = $1`,
    [product, checkedSince],
  );
  return row!;
}

export const firmRecord = ({ code, name, region }: Pick<Firm, 'code' | 'name' | 'region'>): FirmRecord => ({
  creditCode: code,
  name,
  region,
});

/** Hides the placed firms behind salted leaves; `order[position]` is the index of the firm that has become that leaf. */
export function hideFirms(placed: readonly Placed[], hash: HashProfile): { frame: Frame; order: number[]; salts: Uint8Array[]; root: string } {
  const salts = placed.map(() => randomSalt());
  const { frame, order } = buildFrame(
    placed.map(({ firm, stratum, weight }, index) => ({ record: firmRecord(firm), salt: salts[index]!, stratum, weight })),
    hash,
  );
  if (sparseCells(frame, SMALLEST_CELL).length > 0) throw new Error('The arranged frame holds a cell smaller than allowed.');
  return { frame, order, salts, root: toHex(frameRoot(frame, { profile: hash })) };
}

/** Writes the sealed side of the frame in one statement. */
export async function storeFrame(
  sql: Transaction,
  draw: string,
  placed: readonly Placed[],
  { frame, order, salts }: ReturnType<typeof hideFirms>,
): Promise<void> {
  const inOrder = order.map((index) => placed[index]!);
  await sql.query(
    `insert into sampling.frame_entry (draw, position, leaf, salt, stratum, weight, reasons, enterprise, name, code, region)
     select $1, position - 1, decode(leaf, 'hex'), decode(salt, 'hex'), stratum, weight, reasons::jsonb, enterprise, name, code, region
     from unnest($2::text[], $3::text[], $4::integer[], $5::smallint[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::text[])
       with ordinality as f (leaf, salt, stratum, weight, reasons, enterprise, name, code, region, position)`,
    [
      draw,
      inOrder.map((_, position) => toHex(frame.leaves.subarray(position * 32, position * 32 + 32))),
      order.map((index) => toHex(salts[index]!)),
      inOrder.map(({ stratum }) => stratum),
      inOrder.map(({ weight }) => weight),
      inOrder.map(({ reasons }) => JSON.stringify(reasons satisfies WeightReason[])),
      inOrder.map(({ firm }) => firm.enterprise),
      inOrder.map(({ firm }) => firm.name),
      inOrder.map(({ firm }) => firm.code),
      inOrder.map(({ firm }) => firm.region),
    ],
  );
}
