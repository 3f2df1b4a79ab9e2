import { computeDeadline } from '@hengjian/calendar';
import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { publicNoticeRule } from '../clocks.ts';
import { type OrderRow, orderKinds, ways } from './entity.ts';

const { 'public-notice': _publicNotice, ...usualWays } = ways;

export const Service = z.strictObject({
  way: field.choice('送达方式', usualWays, { en: 'Way of service' }),
  servedOn: field.date('送达日期', {
    en: 'Served on',
    help: {
      zh: '送达回证、回执上注明的日期；电子送达为到达特定系统的日期。',
      en: 'The day on the receipt; the day of arrival where electronic.',
    },
  }),
  receivedBy: optional(field.text('签收人', { en: 'Signed for by' })),
  witness: optional(
    field.text('见证人', {
      en: 'Witness',
      help: { zh: '没有见证人的，上传留置过程的照片或者录像。', en: 'Without one, upload photographs or a film.' },
    }),
  ),
  waybill: optional(field.text('邮政特快专递（EMS）单号', { en: 'EMS number' })),
  means: optional(field.text('电子送达的方式和号码', { en: 'Electronic means', max: 200 })),
});
type Service = z.infer<typeof Service>;

/** What stands against a claim of service (order 2 arts 82, 83); `confirmed`: the signed confirmation of address is held. */
export function refuseService(
  service: Service & { addressConfirmedOn?: string | null | undefined },
  known: { issuedOn: string; today: string; confirmed: boolean },
): true | Refusal {
  const { way, servedOn } = service;
  if (servedOn > known.today)
    return refuse(
      'served-in-future',
      '送达日期不能晚于今天。',
      'It cannot have been served in the future.',
      'servedOn',
    );
  if (servedOn < known.issuedOn)
    return refuse(
      'served-before-issued',
      '送达日期早于文书制作日期。',
      'It was served before it was issued.',
      'servedOn',
    );
  if ((way === 'direct' || way === 'entrusted') && !service.receivedBy)
    return refuse('receiver-missing', '请填写在送达回证上签收的人。', 'Say who signed the receipt.', 'receivedBy');
  if (way === 'left' && !service.witness)
    return refuse(
      'witness-missing',
      '留置送达须有见证人；没有见证人的，用“留置送达（拍照、录像）”登记。',
      'Leaving it needs a witness; without one it is recorded with photographs or a film.',
      'witness',
    );
  if (way === 'mail' && !service.waybill)
    return refuse('waybill-missing', '邮寄送达须填写邮政特快专递单号。', 'Mail needs its EMS number.', 'waybill');
  if (way !== 'electronic') return true;
  if (!known.confirmed || !service.addressConfirmedOn || service.addressConfirmedOn > servedOn)
    return refuse(
      'address-not-confirmed',
      '没有当事人签署的送达地址确认书，短信、邮件只是通知，不是送达；请用其他方式送达。',
      'Without a signed confirmation of the address a message is a notice, not service; serve it another way.',
      'addressConfirmedOn',
    );
  return (
    Boolean(service.means) ||
    refuse('means-missing', '请填写电子送达的方式和号码。', 'Say by which means and number.', 'means')
  );
}

export async function checkServe(row: OrderRow, input: Service, act: Act): Promise<true | Refusal> {
  const [confirmation] = await act.sql.query(
    `select 1 from kernel.document where record = $1 and kind = 'addressConfirmation'`,
    [row.id],
  );
  const known = { issuedOn: row.issuedOn!, today: act.occurredOn, confirmed: confirmation !== undefined };
  return refuseService({ ...input, addressConfirmedOn: row.addressConfirmedOn }, known);
}

/** A stop of sale that reached its addressee may be shown to the public, citing its number (practice W13). */
export async function served(row: OrderRow, act: Act): Promise<void> {
  if (row.kind !== 'stop-sale') return;
  const [loop] = await act.sql.query<{ task: string | null; region: string | null; batches: string }>(
    `select task, region, concat_ws(' ', trademark, model, batch) as batches from handling.loop where id = $1`,
    [row.loop],
  );
  await act.create('handling.block-entry', 'open', {
    task: loop?.task,
    loop: row.loop,
    source: 'stop-sale-order',
    citedOrder: row.id,
    subjectId: row.subjectId,
    subjectName: row.subjectName,
    subjectCode: row.subjectCode,
    productName: row.productName,
    region: loop?.region,
    batches: loop?.batches || row.productName,
    ground: row.ground.slice(0, 2000),
  });
}

export async function serve(row: OrderRow, input: Service, act: Act): Promise<void> {
  await served({ ...row, ...input } as OrderRow, act);
}

export const Confirmation = z.strictObject({
  addressConfirmedOn: field.date('送达地址确认书日期', { en: 'Address confirmed on' }),
  address: field.text('确认的送达地址', { en: 'Address confirmed', max: 300 }),
  means: optional(field.text('确认的电子送达方式和号码', { en: 'Electronic means confirmed', max: 200 })),
});

export const checkConfirmation = (_row: OrderRow, input: z.infer<typeof Confirmation>, act: Act): true | Refusal =>
  input.addressConfirmedOn <= act.occurredOn ||
  refuse(
    'confirmed-in-future',
    '确认日期不能晚于今天。',
    'It cannot have been confirmed in the future.',
    'addressConfirmedOn',
  );

export const Message = z.strictObject({
  means: field.choice(
    '提醒方式',
    {
      sms: { zh: '短信', en: 'SMS' },
      email: { zh: '电子邮件', en: 'E-mail' },
      phone: { zh: '电话', en: 'Telephone' },
      chat: { zh: '即时通讯', en: 'Chat' },
    },
    { en: 'By' },
  ),
});

/** A message is counted as what it is: a notice that starts no term. */
export const sendMessage = (row: OrderRow): Partial<OrderRow> => ({
  messages: row.messages + 1,
  means: row.means ?? null,
});

export const Return = z.strictObject({
  returnedOn: field.date('退回日期', { en: 'Returned on' }),
  returnReason: field.text('退回原因', { en: 'Why it was returned', max: 500 }),
  waybill: field.text('邮政特快专递（EMS）单号', { en: 'EMS number' }),
});
type Return = z.infer<typeof Return>;

export const checkReturn = (row: OrderRow, input: Return, act: Act): true | Refusal =>
  (input.returnedOn <= act.occurredOn && input.returnedOn >= row.issuedOn!) ||
  refuse(
    'returned-on',
    '退回日期应在制作之后、今天之前。',
    'It came back after it was issued and not in the future.',
    'returnedOn',
  );

export const addressConfirmed =
  (wanted: boolean) =>
  (row: OrderRow): true | Refusal =>
    Boolean(row.addressConfirmedOn) === wanted ||
    (wanted
      ? refuse(
          'address-not-confirmed',
          '没有送达地址确认书，退回不是送达。',
          'No address was confirmed; its return is no service.',
        )
      : refuse(
          'address-confirmed',
          '当事人确认过地址，退回之日视为送达。',
          'The address was confirmed: the day of return counts as service.',
        ));

/** Mail that comes back from an address that the addressee confirmed counts as served on the day it came back (order 2 art. 83(2)). */
export async function deemServed(row: OrderRow, input: Return, act: Act): Promise<Partial<OrderRow>> {
  await served(row, act);
  return { way: 'mail', servedOn: input.returnedOn };
}

export const Left = z.strictObject({ servedOn: field.date('留置日期', { en: 'Left on' }) });

export const checkLeft = (row: OrderRow, input: z.infer<typeof Left>, act: Act): true | Refusal =>
  refuseService(
    { way: 'left', witness: '录像', servedOn: input.servedOn },
    { issuedOn: row.issuedOn!, today: act.occurredOn, confirmed: false },
  );

export async function leave(row: OrderRow, _input: unknown, act: Act): Promise<Partial<OrderRow>> {
  await served(row, act);
  return { way: 'left' };
}

/** An order is drafted on a loop that the drafter's own authority handles. */
export async function checkLoopHere(_row: OrderRow, input: { loop: string }, act: Act): Promise<true | Refusal> {
  const [loop] = await act.sql.query<{ office: string }>('select office from handling.loop where id = $1', [
    input.loop,
  ]);
  return (
    (loop !== undefined && act.actor.claim.writes.includes(loop.office)) ||
    refuse('loop-unknown', '没有这项结果处理，或者不由本机关处理。', 'There is no such loop at this authority.', 'loop')
  );
}

export const PublicNotice = z.strictObject({
  publicReason: field.longText('公告送达的原因和经过', {
    en: 'Why by public notice',
    max: 2000,
    help: {
      zh: '受送达人下落不明，或者其他方式无法送达。',
      en: 'The addressee is missing, or no other way was possible.',
    },
  }),
});

export const deemedServedOn = (publicisedOn: string, act: Act): string =>
  computeDeadline(publicNoticeRule, publicisedOn, act.calendar).dueOn!;

/** The notice says that a paper waits to be fetched; it does not say what the paper finds. */
export async function publicise(row: OrderRow, _input: unknown, act: Act): Promise<Partial<OrderRow>> {
  const office = authorityOf(act.offices, row.office);
  const entry = await act.publish({
    kind: 'service-by-notice',
    title: { zh: `送达公告：${row.subjectName}`, en: `Service by notice: ${row.subjectName}` },
    region: office.region,
    subjects: row.subjectCode ? [row.subjectCode] : [],
    body: {
      addressee: row.subjectName,
      paper: orderKinds[row.kind].zh,
      fetchAt: office.label.zh,
      publicisedOn: act.occurredOn,
      servedOn: deemedServedOn(act.occurredOn, act),
    },
    words: [row.subjectName],
  });
  return { entry, publicisedOn: act.occurredOn, way: 'public-notice' };
}

export async function servePublicly(row: OrderRow, _input: unknown, act: Act): Promise<Partial<OrderRow>> {
  await served(row, act);
  return { servedOn: deemedServedOn(row.publicisedOn!, act) };
}
