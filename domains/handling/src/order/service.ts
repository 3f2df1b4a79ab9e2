import { Service, serviceClauses, serviceSteps } from '@hengjian/correspondence';
import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { handlers } from '../clauses.ts';
import { type OrderRow, orderKinds } from './entity.ts';

/** A stop of sale that reached its addressee may be shown to the public, citing its number (practice W13). */
async function reached(row: OrderRow, act: Act): Promise<Partial<OrderRow>> {
  if (row.kind !== 'stop-sale') return {};
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
  return {};
}

/** How an order reaches its addressee; the confirmation of his address is a document of the record. */
export const orderSteps = serviceSteps<OrderRow>({
  by: handlers,
  made: 'issued',
  returned: 'returned',
  publicised: 'publicised',
  served: 'served',
  basis: `${serviceClauses.ways}；${serviceClauses.confirmedAddress}`,
  form: Service,
  issuedOn: (row) => row.issuedOn!,
  name: (row) => orderKinds[row.kind].zh,
  addressee: (row) => ({ name: row.subjectName, code: row.subjectCode }),
  reached,
});

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
  number: optional(
    field.text('号码或者地址', {
      en: 'Number or address',
      personal: { zh: '发送提醒', en: 'to send the message' },
      help: {
        zh: '填写的，由发件箱发出；不填写的，只登记已经提醒。',
        en: 'When given, the outbox sends it; without it the reminder is only noted.',
      },
    }),
  ),
});

/** A message is counted as what it is: a notice that starts no term. */
export const sendMessage = (row: OrderRow): Partial<OrderRow> => ({
  messages: row.messages + 1,
  means: row.means ?? null,
});

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
