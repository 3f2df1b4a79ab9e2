import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { isBelow } from '@hengjian/people';
import { z } from 'zod';
import { type LoopRow, openingShape } from './entity.ts';

export const Opening = z.strictObject(openingShape);
type Opening = z.infer<typeof Opening>;

export function checkOpening(_row: LoopRow, input: Opening): true | Refusal {
  return (
    Boolean(input.task) !== Boolean(input.outsideFailure) ||
    refuse(
      'source-missing',
      '结果处理应当出自一项任务或者一条外来不合格。',
      'It comes from one task or one outside failure.',
    )
  );
}

/** Handed over: it waits to be signed for. Of the same authority: it is in hand at once, from the day on which it came in where a ledger says so. */
export async function open(row: LoopRow, input: Opening, act: Act): Promise<Partial<LoopRow> & { to: string }> {
  if (input.handover) return { failures: 0, to: 'sent' };
  const startedOn = input.receivedOn ?? act.occurredOn;
  await openLead({ ...row, ...input }, startedOn, act);
  return { failures: 0, signedOn: startedOn, to: 'in-hand' };
}

/** A failure that came to an authority is a lead: fifteen working days from when it came (order 2 art. 18; order 18 art. 51). */
export async function openLead(row: LoopRow, startedOn: string, act: Act): Promise<void> {
  await act.create('handling.referral', 'open', {
    loop: row.id,
    kind: 'penalty',
    subjectId: row.subjectId,
    subjectName: row.subjectName,
    subjectCode: row.subjectCode,
    productName: row.productName,
    ground: row.ground,
    startedOn,
  });
}

async function handoverState(row: LoopRow, act: Act): Promise<string | undefined> {
  if (!row.handover) return undefined;
  const [found] = await act.sql.query<{ state: string }>('select state from kernel.handover where id = $1', [
    row.handover,
  ]);
  return found?.state;
}

/** Signing for the loop signs for the hand-over; a hand-over that was signed for elsewhere is followed. */
export async function sign(row: LoopRow, _input: unknown, act: Act): Promise<Partial<LoopRow>> {
  if ((await handoverState(row, act)) === 'sent') await act.perform('kernel.handover', row.handover!, 'receive', {});
  await openLead(row, act.occurredOn, act);
  return { signedOn: act.occurredOn };
}

export const Return = z.strictObject({ reason: field.longText('退回理由', { en: 'Why it is returned', max: 2000 }) });

/** What was begun cannot be returned: an order stands or falls where it was issued. */
export async function checkReturn(row: LoopRow, _input: unknown, act: Act): Promise<true | Refusal> {
  if (!row.handover)
    return refuse('own-failure', '这是本机关自己的不合格，没有可以退回的机关。', 'It came from nobody else.');
  const [order] = await act.sql.query('select 1 from handling.order where loop = $1', [row.id]);
  return (
    order === undefined || refuse('begun', '已经制作文书，不能退回。', 'Orders were issued; it cannot be returned.')
  );
}

export async function returnIt(row: LoopRow, input: z.infer<typeof Return>, act: Act): Promise<Partial<LoopRow>> {
  const state = await handoverState(row, act);
  if (state === 'sent' || state === 'received')
    await act.perform('kernel.handover', row.handover!, 'returnIt', { reply: input.reason });
  await withdrawLeads(row, act, input.reason);
  return { closedOn: act.occurredOn };
}

export async function withdrawLeads(row: LoopRow, act: Act, reason: string): Promise<void> {
  const leads = await act.sql.query<{ id: string }>(
    `select id from handling.referral where loop = $1 and state in ('open', 'received') order by id`,
    [row.id],
  );
  for (const { id } of leads) await act.perform('handling.referral', id, 'withdraw', { reason });
}

export const PassOn = z.strictObject({
  passedTo: field.office('转办机关', { en: 'To' }),
  deadline: optional(field.date('办理期限', { en: 'Deadline' })),
});

export function checkPassOn(row: LoopRow, input: z.infer<typeof PassOn>, act: Act): true | Refusal {
  if (!isBelow(act.offices, input.passedTo, row.office))
    return refuse(
      'not-below',
      '只能转给本机关的下级机关；属于其他地方的，请退回移交机关。',
      'It passes to an authority below; what belongs elsewhere goes back to the sender.',
      'passedTo',
    );
  return (
    !input.deadline ||
    input.deadline > act.occurredOn ||
    refuse('due-in-past', '办理期限应晚于今天。', 'The deadline must lie ahead.', 'deadline')
  );
}

/** The lead goes down with the failure. */
export async function passOn(row: LoopRow, _input: unknown, act: Act): Promise<void> {
  await withdrawLeads(row, act, '连同不合格转办下级机关。');
}

export const TakenBack = z.strictObject({ reason: z.string().trim().min(1).max(2000) });
