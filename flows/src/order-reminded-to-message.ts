import { flow } from '@hengjian/kernel';

const channels = ['sms', 'email', 'chat'];

/** An officer reminds the addressee of an order that waits → the outbox sends it. It serves nothing and stops no clock. */
export const orderRemindedToMessage = flow({
  name: 'order-reminded-to-message',
  on: [{ entity: 'handling.order', action: 'message' }],
  sends: [{ entity: 'correspondence.message', action: 'queue' }],
  owner: 'result-handler',
  decide: async ({ id, record, entity, input }, sql) => {
    if (!channels.includes(input.means as string) || !input.number) return [];
    const [order] = await sql.query<{ name: string; number: string | null; title: string }>(
      `select o.subject_name as name, split_part(r.title, '：', 1) as title,
         (select d.number from kernel.document d where d.record = o.id and d.number is not null order by d.id desc limit 1) as number
       from handling.order o join kernel.record r on r.id = o.id where o.id = $1`,
      [record],
    );
    return [
      {
        entity: 'correspondence.message',
        action: 'queue',
        input: {
          key: `reminded/${id}`,
          occasion: 'paper-waits',
          channel: input.means,
          language: 'zh',
          addresseeName: order!.name,
          address: input.number,
          about: record,
          aboutEntity: entity,
          paper: order!.title,
          number: order!.number,
        },
      },
    ];
  },
});
