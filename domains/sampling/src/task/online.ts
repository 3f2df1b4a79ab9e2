import { type Act, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import type { TaskRow } from './entity.ts';
import { orderShape, parcelShape, shopPapersShape } from './sample-fields.ts';

export const Order = z.strictObject(orderShape);
export const Parcel = z.strictObject(parcelShape);
export const ShopPapers = z.strictObject(shopPapersShape);

/** Bought in the name of a consumer, from an account that is written down (order 18 arts 25, 26; order 15 art. 18). */
export function checkOrder(row: TaskRow, input: z.infer<typeof Order>, act: Act): true | Refusal {
  return (
    (input.orderedOn <= act.occurredOn && input.orderedOn >= (row.issuedOn ?? '')) ||
    refuse(
      'ordered-on',
      '下单日期应在监督抽查通知书之后、今天之前。',
      'It is ordered after the notice was issued and not in the future.',
      'orderedOn',
    )
  );
}

export const isParcelAwaited = (row: TaskRow): true | Refusal =>
  !row.parcelReceivedOn || refuse('parcel-opened', '拆封记录已经登记。', 'The parcel was opened already.');

export function checkParcel(row: TaskRow, input: z.infer<typeof Parcel>, act: Act): true | Refusal {
  return (
    (input.parcelReceivedOn <= act.occurredOn && input.parcelReceivedOn >= row.orderedOn!) ||
    refuse(
      'parcel-on',
      '收货日期应在下单之后、今天之前。',
      'It comes after the order and not in the future.',
      'parcelReceivedOn',
    )
  );
}

export const isBoughtOnline = (row: TaskRow): true | Refusal =>
  row.channel === 'online' ||
  refuse('not-online', '不是网络购样，文书当场出示。', 'It was not bought online; the papers were shown on the spot.');

/** The sheet, the notice and the authorisation go to the shop by mail (order 18 art. 28(2)). */
export function checkShopPapers(row: TaskRow, input: z.infer<typeof ShopPapers>, act: Act): true | Refusal {
  if (input.papersSentOn > act.occurredOn || input.papersSentOn < row.sampledOn!)
    return refuse(
      'papers-on',
      '文书寄送日期应在封样之后、今天之前。',
      'Papers follow the sealing and are not posted in the future.',
      'papersSentOn',
    );
  return (
    Boolean(input.platformToldOn) === Boolean(input.platformToldHow) ||
    refuse(
      'platform-told',
      '告知平台的日期和方式应一并填写。',
      'When and how the platform was told belong together.',
      'platformToldOn',
    )
  );
}
