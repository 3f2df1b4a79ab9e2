import { type Flow, flow, type Transaction } from '@hengjian/kernel';

type SealedEvent = Parameters<Flow['decide']>[0];
const served = ['serve', 'leaveFilmed', 'deemServed', 'servePublicly'];

interface Told {
  organisation: string | null;
  name: string;
  number: string | null;
  due: string | null;
  paper: string;
}

/** Reads no name and no finding into the message: who opens it reads the paper itself. */
async function addresseeOf({ record, entity }: SealedEvent, sql: Transaction): Promise<Told | undefined> {
  const [table, clock, paper] =
    entity === 'sampling.notice'
      ? ['sampling.notice', 'objection', '检验结果告知书']
      : ['sampling.food_notice', 'request', '检验结果通知书'];
  const [row] = await sql.query<Omit<Told, 'paper'>>(
    `select n.addressee ->> 'id' as organisation, n.addressee ->> 'name' as name,
       (select d.number from kernel.document d where d.record = n.id and d.kind = 'notice' limit 1) as number,
       (select c.due_on from kernel.clock c where c.record = n.id and c.name = $2 and c.status = 'running' limit 1) as due
     from ${table} n where n.id = $1 and n.served_on is not null`,
    [record, clock],
  );
  return row && { ...row, paper };
}

/** A notice was served → its addressee finds a message in his inbox; it is a notice and starts nothing (order 2 art. 82(3)). */
export const paperServedToMessage = flow({
  name: 'paper-served-to-message',
  on: [
    ...[...served.filter((action) => action !== 'deemServed'), 'returnMail'].map((action) => ({
      entity: 'sampling.notice',
      action,
    })),
    ...served.map((action) => ({ entity: 'sampling.food-notice', action })),
  ],
  sends: [{ entity: 'correspondence.message', action: 'queue' }],
  owner: 'organiser',
  decide: async (event, sql) => {
    const told = await addresseeOf(event, sql);
    if (!told?.organisation) return [];
    return [
      {
        entity: 'correspondence.message',
        action: 'queue',
        input: {
          key: `served/${event.record}`,
          occasion: 'notice-served',
          channel: 'in-app',
          language: 'zh',
          addresseeName: told.name,
          reader: `org:${told.organisation}`,
          about: event.record,
          aboutEntity: event.entity,
          paper: told.paper,
          number: told.number,
          due: told.due,
        },
      },
    ];
  },
});
