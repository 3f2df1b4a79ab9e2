import { type Act, field, type Refusal, refuse, type Transaction } from '@hengjian/kernel';
import { type DrawBundle, type DrawCommitment, openDraw } from '@hengjian/transparency';
import { z } from 'zod';
import { unvisitedTasks } from '../task/index.ts';
import type { DrawRow } from './entity.ts';
import { findBasis } from './preconditions.ts';
import { bundleOf, publishStage, readEntries } from './publication.ts';
import type { Stratum } from './rules.ts';
import { readSealed, sealedDraw } from './sealed.ts';

export const VoidInput = z.strictObject({ reason: field.longText('作废理由', { en: 'Reason', max: 2000 }) });

/** Names stay sealed until the last visit is over: an earlier opening would give notice (order 18 art. 14(2)(1)). */
export async function checkOpen(row: DrawRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const [seen] = await act.sql.query<{ n: number }>('select count(*) as n from sampling.task where draw = $1', [
    row.id,
  ]);
  if (Number(seen!.n) !== row.sizes.drawn + row.sizes.reserves)
    return refuse(
      'tasks-hidden',
      '您看不到本次抽取的全部任务，不能公开名单。',
      'You cannot see every task of this draw, so you cannot open it.',
    );
  const unvisited = await unvisitedTasks(act.sql, row.id);
  return (
    unvisited === 0 ||
    refuse(
      'visits-outstanding',
      `还有 ${unvisited} 项任务没有完成抽样；现在公开名单等于事先通知。`,
      `${unvisited} tasks are still to be visited; opening now would give notice.`,
    )
  );
}

/** How many reserves each stratum has called on, by its code. Only those are opened; the others were never concerned. */
export async function reservesCalled(
  sql: Transaction,
  row: Pick<DrawRow, 'id' | 'strata'>,
): Promise<Record<number, number>> {
  const rows = await sql.query<{ stratum: string; n: number }>(
    'select stratum, count(*) as n from sampling.task where draw = $1 and is_reserve and replaces is not null group by stratum',
    [row.id],
  );
  const called = new Map(rows.map(({ stratum, n }) => [stratum, Number(n)]));
  return Object.fromEntries((row.strata as unknown as Stratum[]).map(({ code, key }) => [code, called.get(key) ?? 0]));
}

/** The draw as the public record tells it; it was committed, so it is there. */
async function publicBundle(row: DrawRow, act: Act): Promise<DrawBundle> {
  const bundle = bundleOf(await readEntries(act.sql, row.id));
  if (bundle === undefined) throw new Error(`The draw ${row.id} has no public commitment.`);
  return bundle;
}

/** Opens names, salts and pairing of what was drawn and of the reserves called on. Exclusions stay sealed. */
export async function open(row: DrawRow, _input: unknown, act: Act): Promise<Partial<DrawRow>> {
  const basis = (await findBasis(row.scheme, row.rules, act))!;
  const bundle = await publicBundle(row, act);
  const opened = openDraw(bundle, sealedDraw(await readSealed(act.sql, row.id)), {
    reserves: await reservesCalled(act.sql, row),
  });
  const entry = await publishStage(row, act, {
    stage: 'opened',
    rules: basis.entry!,
    commitment: bundle.commitment,
    commitmentDigest: bundle.commitmentDigest,
    result: opened.result,
    opening: opened.opening,
  });
  return { openedOn: act.occurredOn, entry };
}

/** A committed draw that cannot be finished is void in public, with the reason; whoever repeats it must name it. */
export async function voidDraw(row: DrawRow, input: z.infer<typeof VoidInput>, act: Act): Promise<Partial<DrawRow>> {
  const basis = (await findBasis(row.scheme, row.rules, act))!;
  const entry = await publishStage(row, act, {
    stage: 'voided',
    rules: basis.entry!,
    commitment: row.commitment as unknown as DrawCommitment,
    commitmentDigest: row.commitmentDigest!,
    reason: input.reason,
  });
  return { entry };
}
