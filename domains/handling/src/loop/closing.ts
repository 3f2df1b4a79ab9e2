import { type Act, field, type Refusal } from '@hengjian/kernel';
import { z } from 'zod';
import type { LoopRow } from './entity.ts';
import { withdrawLeads } from './opening.ts';
import { checkFinished, checkResumptionTold, closingOf } from './rules.ts';

export const Closing = z.strictObject({ outcome: field.longText('办结情况', { en: 'Outcome', max: 4000 }) });
type Closing = z.infer<typeof Closing>;
export const FoodClosing = z.strictObject({
  causeOfFood: field.longText('不合格原因排查和风险控制', { en: 'Cause found and risk controlled', max: 4000 }),
  outcome: field.longText('核查处置情况', { en: 'What was done', max: 4000 }),
});

/** The receiving authority's answer to the hand-over is its outcome; written with the closure or not at all. */
async function answer(row: LoopRow, outcome: string, act: Act): Promise<void> {
  if (!row.handover) return;
  const [handover] = await act.sql.query<{ state: string }>('select state from kernel.handover where id = $1', [
    row.handover,
  ]);
  if (handover?.state === 'received')
    await act.perform('kernel.handover', row.handover, 'answer', { reply: outcome.slice(0, 2000) });
}

/** Orders end with the loop: carried out, or without anybody left to carry them out. */
async function endOrders(row: LoopRow, action: 'fulfil' | 'lapse', act: Act): Promise<void> {
  const states = action === 'fulfil' ? ['served'] : ['drafted', 'issued', 'returned', 'publicised', 'served'];
  const orders = await act.sql.query<{ id: string }>(
    'select id from handling.order where loop = $1 and state = any($2::text[]) order by id',
    [row.id, states],
  );
  for (const { id } of orders) await act.perform('handling.order', id, action, {});
}

const done = (closing: NonNullable<LoopRow['closing']>, act: Act): Partial<LoopRow> => ({
  closing,
  closedOn: act.occurredOn,
});

export async function checkClose(row: LoopRow, _input: Closing, act: Act): Promise<true | Refusal> {
  const told = await checkResumptionTold(row, act);
  return told === true ? checkFinished(row, act) : told;
}

export async function close(row: LoopRow, input: Closing, act: Act): Promise<Partial<LoopRow>> {
  await endOrders(row, 'fulfil', act);
  await answer(row, input.outcome, act);
  return done(closingOf(row), act);
}

export const checkNothingOpen = (row: LoopRow, _input: Closing, act: Act): Promise<true | Refusal> =>
  checkFinished(row, act);

export async function closeRevoked(row: LoopRow, input: Closing, act: Act): Promise<Partial<LoopRow>> {
  await endOrders(row, 'lapse', act);
  await answer(row, input.outcome, act);
  return done('revoked', act);
}

/** The firm is gone: what could not be served or tested any more ends with it. */
export async function closeCeased(row: LoopRow, input: Closing, act: Act): Promise<Partial<LoopRow>> {
  const open = await act.sql.query<{ id: string }>(
    `select id from handling.recheck where loop = $1 and state not in ('passed', 'failed', 'cancelled')`,
    [row.id],
  );
  for (const { id } of open) await act.perform('handling.recheck', id, 'cancel', { reason: '当事人终止。' });
  await endOrders(row, 'lapse', act);
  await answer(row, input.outcome, act);
  return done('ceased', act);
}

/** A firm that ceased ends orders and rechecks, never an undecided lead. */
export const checkCeased = (row: LoopRow, _input: Closing, act: Act): Promise<true | Refusal> =>
  checkFinished(row, act, ['order', 'recheck']);

export async function disposeFood(row: LoopRow, input: Closing, act: Act): Promise<Partial<LoopRow>> {
  await endOrders(row, 'fulfil', act);
  await answer(row, input.outcome, act);
  return done('disposed', act);
}

export async function verify(row: LoopRow, input: Closing, act: Act): Promise<Partial<LoopRow>> {
  await answer(row, input.outcome, act);
  return done('subordinate', act);
}

export const Overturn = z.strictObject({ reason: z.string().trim().min(1).max(2000) });

/**
 * The conclusion fell. Whatever rests on it stops in the same transaction: rechecks are cancelled, leads and reports withdrawn, the
 * announcement struck from the public record, orders not served annulled and served ones suspended until an officer annuls them with a
 * paper of their own (a verdict issues no orders, and takes none back).
 */
export async function overturn(
  row: LoopRow,
  { reason }: z.infer<typeof Overturn>,
  act: Act,
): Promise<Partial<LoopRow>> {
  const held = <T>(text: string): Promise<T[]> => act.sql.query<T>(text, [row.id]);
  for (const { id } of await held<{ id: string }>(
    `select id from handling.order where loop = $1 and state in ('drafted', 'issued', 'returned', 'publicised', 'served') order by id`,
  ))
    await act.perform('handling.order', id, 'suspend', { reason });
  for (const { id } of await held<{ id: string }>(
    `select id from handling.recheck where loop = $1 and state not in ('passed', 'failed', 'cancelled') order by id`,
  ))
    await act.perform('handling.recheck', id, 'cancel', { reason });
  for (const { id } of await held<{ id: string }>(
    `select id from handling.report_up where loop = $1 and state in ('sent', 'accepted') order by id`,
  ))
    await act.perform('handling.report-up', id, 'withdraw', { reason });
  for (const { id } of await held<{ id: string }>(
    `select id from handling.announcement where state in ('drafted', 'published') and rows @> jsonb_build_array(jsonb_build_object('loop', $1::text)) order by id`,
  ))
    await act.perform('handling.announcement', id, 'strike', { loop: row.id, reason });
  await withdrawLeads(row, act, reason);
  if (row.handover) {
    const [handover] = await act.sql.query<{ state: string }>('select state from kernel.handover where id = $1', [
      row.handover,
    ]);
    if (handover?.state === 'received') await act.perform('kernel.handover', row.handover, 'answer', { reply: reason });
  }
  return done('overturned', act);
}
