import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { findAuthorityOf, provinceOf } from '../authority.ts';
import type { FollowUpKind, FollowUpRow } from './entity.ts';
import { openingShape } from './entity.ts';

export const Opening = z.strictObject(openingShape);

export function checkOpening(_row: FollowUpRow, input: z.infer<typeof Opening>): true | Refusal {
  return (
    !input.task !== !input.outsideFailure ||
    refuse(
      'source-missing',
      '后处理事项应当出自一项抽样任务或者一条外来不合格。',
      'It comes from one task or one outside failure.',
      'task',
    )
  );
}

/** Says of an action which kinds it is for. */
export const onlyFor =
  (...kinds: FollowUpKind[]) =>
  (row: FollowUpRow): true | Refusal =>
    kinds.includes(row.kind) ||
    refuse('other-kind', '这类事项不适用此操作。', 'This is not how such a follow-up is handled.');

export const HandOver = z.strictObject({
  toOffice: optional(
    field.office('接收机关', {
      en: 'To',
      help: { zh: '不填的，移交所在地县级（或上一级）机关。', en: "Left out: the authority of the subject's region." },
    }),
  ),
  deadline: field.date('办理期限', { en: 'Deadline' }),
});

const receiverOf = (row: FollowUpRow, toOffice: string | null | undefined, act: Act): string | undefined =>
  toOffice ?? (row.region ? findAuthorityOf(act.offices, row.region)?.code : undefined);

export function checkHandOver(row: FollowUpRow, input: z.infer<typeof HandOver>, act: Act): true | Refusal {
  const receiver = receiverOf(row, input.toOffice, act);
  if (receiver === undefined || !act.offices.has(receiver))
    return refuse(
      'unknown-office',
      '找不到接收机关，请指定。',
      'No receiving authority was found; name one.',
      'toOffice',
    );
  return (
    input.deadline > act.occurredOn ||
    refuse('due-in-past', '办理期限应晚于今天。', 'The deadline must lie ahead.', 'deadline')
  );
}

/** Hands over the file: the receiving authority sees exactly this record from now on (practice W3). */
export async function handOver(
  row: FollowUpRow,
  input: z.infer<typeof HandOver>,
  act: Act,
): Promise<Partial<FollowUpRow>> {
  const toOffice = receiverOf(row, input.toOffice, act)!;
  const sent = await act.create('kernel.handover', 'send', {
    target: row.task ?? row.outsideFailure,
    toOffice,
    purpose: `${row.ground}。请依法处理并反馈。`,
    kind: 'transfer',
    deadline: input.deadline,
  });
  return { toOffice, handover: sent.id, sentOn: act.occurredOn };
}

/** Handled by the organiser's own authority: there is nobody to hand it to. */
export function checkHere(row: FollowUpRow, _input: unknown, act: Act): true | Refusal {
  const own = authorityOf(act.offices, row.office).code;
  const competent = row.region ? findAuthorityOf(act.offices, row.region)?.code : own;
  return (
    competent === own ||
    refuse('not-ours', '当事人所在地另有机关，请移交。', 'Another authority is competent; hand it over.')
  );
}

export const handleHere = (row: FollowUpRow, _input: unknown, act: Act): Partial<FollowUpRow> => ({
  sentOn: act.occurredOn,
  toOffice: row.office,
});

export const PeerNotification = z.strictObject({
  toOffice: field.office('通报的机关', {
    en: 'To',
    help: { zh: '已在本平台的外省机关；不在本平台的用“发函”。', en: 'A peer on this platform; by letter otherwise.' },
  }),
  deadline: optional(field.date('答复期限', { en: 'Answer by' })),
});

/** A peer is of another province; inside the province it is a hand-over (order 18 art. 44(2)). */
export function checkPeer(row: FollowUpRow, input: z.infer<typeof PeerNotification>, act: Act): true | Refusal {
  const peer = act.offices.get(input.toOffice);
  if (peer === undefined || provinceOf(peer.region) === provinceOf(act.offices.get(row.office)!.region))
    return refuse('not-a-peer', '请选择外省的机关。', 'Choose an authority of another province.', 'toOffice');
  return (
    !input.deadline ||
    input.deadline > act.occurredOn ||
    refuse('due-in-past', '办理期限应晚于今天。', 'The deadline must lie ahead.', 'deadline')
  );
}

export async function notifyPeer(
  row: FollowUpRow,
  input: z.infer<typeof PeerNotification>,
  act: Act,
): Promise<Partial<FollowUpRow>> {
  const sent = await act.create('kernel.handover', 'send', {
    target: row.task ?? row.outsideFailure,
    toOffice: input.toOffice,
    purpose: `${row.ground}。现予通报，请依法处理并函复。`,
    kind: 'notification',
    deadline: input.deadline,
  });
  return { handover: sent.id, sentOn: act.occurredOn, recipient: act.offices.get(input.toOffice)!.label.zh };
}

export const Receipt = z.strictObject({ receiptOn: field.date('收到回执日期', { en: 'Receipt of' }) });

export const checkReceipt = (row: FollowUpRow, input: z.infer<typeof Receipt>, act: Act): true | Refusal =>
  (input.receiptOn >= row.sentOn! && input.receiptOn <= act.occurredOn) ||
  refuse(
    'receipt-on',
    '回执日期应在发函之后、今天之前。',
    'It came after the letter and not in the future.',
    'receiptOn',
  );

export const Letter = z.strictObject({
  recipient: field.text('收函机关', { en: 'To' }),
  deadline: optional(field.date('答复期限', { en: 'Answer by' })),
});

export const sendLetter = (_row: FollowUpRow, _input: unknown, act: Act): Partial<FollowUpRow> => ({
  sentOn: act.occurredOn,
});

export const Reply = z.strictObject({
  repliedOn: field.date('答复日期', { en: 'Answered on' }),
  reply: field.longText('答复内容', { en: 'Answer', max: 4000 }),
});

/** A hand-over is finished when the receiving authority has answered it. */
export async function checkFinish(row: FollowUpRow, input: z.infer<typeof Reply>, act: Act): Promise<true | Refusal> {
  if (input.repliedOn > act.occurredOn || input.repliedOn < row.sentOn!)
    return refuse(
      'replied-on',
      '答复日期应在移交之后、今天之前。',
      'It is answered after it was sent and not in the future.',
      'repliedOn',
    );
  if (!row.handover)
    return (
      row.kind !== 'peer-notification' ||
      Boolean(row.receiptOn) ||
      refuse('receipt-missing', '还没有登记通报函的回执。', 'The receipt of the letter is not recorded.')
    );
  const [handover] = await act.sql.query<{ state: string }>('select state from kernel.handover where id = $1', [
    row.handover,
  ]);
  return (
    handover?.state === 'answered' ||
    handover?.state === 'ended' ||
    refuse(
      'not-answered',
      '接收机关还没有在移交记录中答复。',
      'The receiving authority has not answered the hand-over.',
    )
  );
}

export const TakenBack = z.strictObject({ reason: field.longText('退回情况', { en: 'Why it came back', max: 2000 }) });

/** A hand-over that was returned is to be sent again, elsewhere. */
export async function checkReopen(row: FollowUpRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const [handover] = await act.sql.query<{ state: string }>('select state from kernel.handover where id = $1', [
    row.handover,
  ]);
  return (
    handover?.state === 'returned' ||
    refuse('not-returned', '接收机关没有退回。', 'The receiving authority has not returned it.')
  );
}

export const LeadDecision = z.strictObject({
  decision: field.choice(
    '核查结果',
    {
      filed: { zh: '立案', en: 'Case filed' },
      'not-filed': { zh: '不予立案', en: 'No case' },
      transferred: { zh: '移送有管辖权的机关', en: 'Passed to the competent authority' },
    },
    { en: 'Result' },
  ),
  decisionReason: field.longText('理由', { en: 'Reasons', max: 4000 }),
});

export const Entry = z.strictObject({
  effectiveOn: field.date('生效日期', { en: 'In force from' }),
  foreignNumber: optional(field.text('外部系统编号', { en: 'Number elsewhere' })),
  outcome: optional(field.longText('说明', { en: 'Remark', max: 4000 })),
});

export function checkEntry(row: FollowUpRow, input: z.infer<typeof Entry>): true | Refusal {
  return (
    input.effectiveOn >= row.startedOn ||
    refuse(
      'before-final',
      '生效日期早于结论生效日期。',
      'It cannot take effect before the conclusion is final.',
      'effectiveOn',
    )
  );
}

export const Lapse = z.strictObject({ outcome: field.longText('终止情况', { en: 'Why it ends', max: 4000 }) });
export const Reversal = z.strictObject({
  reason: field.longText('撤销理由', { en: 'Why it is taken back', max: 2000 }),
});
