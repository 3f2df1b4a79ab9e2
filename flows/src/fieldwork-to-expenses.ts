import { dayInChina, flow } from '@hengjian/kernel';
import { priceOf } from '@hengjian/sampling';
import { Decimal } from 'decimal.js';

interface Worked {
  regime: string;
  channel: string | null;
  enterprise_name: string;
  payee: string | null;
  purchase: string | null;
  unit_price: string | null;
  test_quantity: number | null;
  spare_quantity: number | null;
  order_price: string | null;
  shop: string | null;
  product: string;
  sampling_body: { id: string; name: string };
  lab: { id: string; name: string };
}

type Spent = { kind: string; payee: string; payeeBody?: string; amount: string; basis: string };

/** The sample itself: the order online, the marked price of what was bought, food with its back-up sample (order 18 arts 22, 27; order 15 art. 12). */
function purchasesOf(task: Worked): Spent[] {
  if (task.channel === 'online' && task.order_price)
    return [
      { kind: 'purchase', payee: task.shop ?? task.enterprise_name, amount: task.order_price, basis: '网络订单金额' },
    ];
  const payee = task.payee ?? task.enterprise_name;
  const price = task.unit_price ?? '0';
  const priced = (kind: string, quantity: number): Spent => ({
    kind,
    payee,
    amount: new Decimal(price).times(quantity).toFixed(2),
    basis: `标价 ${price} 元 × ${quantity}`,
  });
  const spent = task.purchase === 'not-harmed' ? [] : [priced('purchase', task.test_quantity ?? 0)];
  return task.regime === 'food' ? [...spent, priced('spare-purchase', task.spare_quantity ?? 0)] : spent;
}

/**
 * A sample taken → what it cost and what the sampling costs; a report → what the test costs. Prices are those of the agreement, else of
 * the catalogue of the day; where neither has one, nothing is guessed and the oversight says so (practice M7).
 */
export const fieldworkToExpenses = flow({
  name: 'fieldwork-to-expenses',
  on: ['sample', 'report'].map((action) => ({ entity: 'sampling.task', action })),
  sends: [{ entity: 'sampling.expense', action: 'incur' }],
  owner: 'organiser',
  decide: async ({ record, action, office, occurredAt }, sql) => {
    const [task] = await sql.query<Worked>(
      `select regime, channel, enterprise_name, payee, purchase, unit_price::text, test_quantity, spare_quantity, order_price::text,
         online_order ->> 'shop' as shop, product, sampling_body, lab from sampling.task t where id = $1
         and ($2 = 'sample' or not exists (select from sampling.expense e where e.task = t.id and e.kind = 'testing' and e.state <> 'voided'))`,
      [record, action],
    );
    if (task === undefined) return [];
    const day = dayInChina(occurredAt);
    const [body, kind] =
      action === 'sample' ? [task.sampling_body, 'sampling' as const] : [task.lab, 'testing' as const];
    const price = await priceOf(sql, { office, body: body.id, kind, product: task.product, day });
    const work: Spent[] = price === undefined ? [] : [{ kind, payee: body.name, payeeBody: body.id, ...price }];
    const spent = action === 'sample' ? [...purchasesOf(task), ...work] : work;
    return spent
      .filter(({ amount }) => new Decimal(amount).gt(0))
      .map((input) => ({
        entity: 'sampling.expense',
        action: 'incur',
        office,
        parent: record,
        input: { ...input, task: record, bearer: 'organiser', incurredOn: day },
      }));
  },
});
