import { gradesOn } from '@hengjian/institutions';
import type { Act, Refusal } from '@hengjian/kernel';
import {
  type DrawBundle,
  type DrawCommitment,
  frameRowsOf,
  type Pairing,
  pairDrawn,
  resolveDraw,
} from '@hengjian/transparency';
import type { z } from 'zod';
import { entrustedFor } from '../money/entrustment.ts';
import { type AllotmentLine, allotmentOf } from './allotment.ts';
import { frameChanged } from './commit.ts';
import type { DrawRow } from './entity.ts';
import { type Basis, checkBasis, findBasis } from './preconditions.ts';
import { publishStage } from './publication.ts';
import { beaconOf, checkSources, type ResolveInput as Input } from './randomness.ts';
import { laboratoriesFor, type Stratum } from './rules.ts';
import { frameOf, isUnchanged, readSealed, type Sealed, sealedDraw } from './sealed.ts';

type ResolveInput = z.infer<typeof Input>;

const commitmentOf = (row: DrawRow): DrawCommitment => row.commitment as unknown as DrawCommitment;

/** Rules that were superseded after the commitment still govern this draw; a scheme that ended does not. */
export async function checkResolve(row: DrawRow, input: ResolveInput, act: Act): Promise<true | Refusal> {
  const sound = checkBasis(await findBasis(row.scheme, row.rules, act), row, ['published', 'superseded'], act.offices);
  return sound === true ? checkSources(commitmentOf(row), input) : sound;
}

/** Draws, pairs, and assigns one task for every leaf drawn and every reserve, in order. What is told names leaves only. */
export async function resolve(row: DrawRow, input: ResolveInput, act: Act): Promise<Partial<DrawRow>> {
  const basis = (await findBasis(row.scheme, row.rules, act))!;
  const sealed = await readSealed(act.sql, row.id);
  if (!isUnchanged(sealed.leaves, row.frameRoot, row.hash))
    throw act.problem(frameChanged.code, frameChanged.zh, frameChanged.en);
  const commitment = commitmentOf(row);
  const announced: DrawBundle = {
    format: 'hengjian-draw-bundle-v1',
    commitment,
    commitmentDigest: row.commitmentDigest!,
    frameRows: frameRowsOf(frameOf(sealed.leaves)),
    publication: null,
    result: null,
    opening: null,
  };
  const beacon = beaconOf(commitment, input);
  const drawn = resolveDraw(announced, { ...(beacon === null ? {} : { beacon }), secrets: input.secrets ?? [] });
  const allotment = await assignTasks(row, basis, sealed, drawn, pairDrawn(drawn, sealedDraw(sealed)), act);
  const entry = await publishStage(row, act, {
    stage: 'drawn',
    rules: basis.entry!,
    commitment,
    commitmentDigest: row.commitmentDigest!,
    result: drawn.result,
  });
  return {
    result: drawn.result as unknown as DrawRow['result'],
    allotment: allotment as unknown as DrawRow['allotment'],
    drawnOn: act.occurredOn,
    entry,
  };
}

/**
 * Gives each task to the laboratory that is furthest behind its share, in the order of the commitment among equals: where no shares
 * are agreed, in turn. Shares come from the agreements (practice M7), less what the grade of its work takes off (order 39 art. 20).
 */
function rotation(
  row: DrawRow,
  separate: boolean,
  lines: readonly AllotmentLine[],
): (stratum: string, body: string) => { id: string; name: string } {
  const of = new Map(lines.map((line) => [line.id, line]));
  return (stratum, body) => {
    const able = laboratoriesFor(row.labs ?? [], row.product, stratum, separate ? body : null);
    const load = ({ id }: { id: string }): number => (of.get(id)!.tasks + 1) / of.get(id)!.weight;
    const { id, name } = able.reduce((least, lab) => (load(lab) < load(least) ? lab : least));
    of.get(id)!.tasks += 1;
    return { id, name };
  };
}

/** What each laboratory that may be given tasks comes to: its agreed share and the grade in force on the day of the draw. */
async function shareTasks(row: DrawRow, act: Act): Promise<AllotmentLine[]> {
  const held = await entrustedFor(act, row.office, { work: 'testing', product: row.product, day: act.occurredOn });
  const shares = new Map(held.flatMap(({ body, share }) => (share ? [[body, share] as const] : [])));
  const all = (row.labs ?? []).filter(({ products }) => products.includes(row.product));
  const grades = await gradesOn(
    act.sql,
    all.map(({ id }) => id),
    act.occurredOn,
  );
  return allotmentOf(all, shares, grades);
}

async function assignTasks(
  row: DrawRow,
  basis: Basis,
  sealed: Sealed,
  { result }: DrawBundle,
  { pairs, impossible }: Pairing,
  act: Act,
): Promise<AllotmentLine[]> {
  if (impossible.length > 0)
    throw new Error('A leaf was drawn that nobody may visit, against the check of the commitment.');
  const pairOf = new Map(pairs.map(({ position, samplers }) => [position, samplers]));
  const keyOf = new Map((row.strata as unknown as Stratum[]).map(({ code, key }) => [code, key]));
  const lines = await shareTasks(row, act);
  const nextLaboratory = rotation(row, basis.separateBodies, lines);
  const planned = result!.selection.flatMap(({ stratum, drawn, reserve }) =>
    [...drawn, ...reserve].map((position, index) => ({
      stratum,
      position,
      sequence: index + 1,
      isReserve: index >= drawn.length,
    })),
  );
  // Firms drawn come before reserves, so that laboratories take the certain tasks in turn first
  for (const { stratum, position, sequence, isReserve } of planned.sort(
    (a, b) => Number(a.isReserve) - Number(b.isReserve),
  )) {
    const firm = sealed.leaves[position]!;
    const samplers = pairOf.get(position)!.map((index) => sealed.samplers[index]!);
    const body = samplers[0]!;
    const key = keyOf.get(stratum)!;
    await act.create('sampling.task', 'assign', {
      draw: row.id,
      scheme: row.scheme,
      rules: row.rules,
      sequence,
      stratum: key,
      reserveOf: null,
      isReserve,
      enterprise: firm.enterprise,
      enterpriseName: firm.name,
      enterpriseCode: firm.code,
      enterpriseRegion: firm.region,
      product: row.product,
      productName: row.productName,
      samplers: samplers.map(({ person, name }) => ({ person, name })),
      samplingBody: { id: body.organisation, name: body.organisationName },
      lab: nextLaboratory(key, body.organisation),
      dueOn: basis.scheduleUntil,
      leaf: firm.leaf,
    });
  }
  return lines;
}
