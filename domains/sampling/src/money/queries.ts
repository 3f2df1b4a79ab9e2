import { field, query, type Transaction } from '@hengjian/kernel';
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { pricesOn } from './catalogue.ts';
import { type Bearer, bearers, type ExpenseKind, expenseKinds, type Price, priceFor } from './kinds.ts';

const officers = ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'] as const;
const money = (amount: string | number | null | undefined): string => new Decimal(amount ?? 0).toFixed(2);

interface Sum {
  kind: ExpenseKind;
  bearer: Bearer;
  incurred: string;
  paid: string;
  n: number;
}

/** Money of one plan, or of one scheme of it: budget, schemes, incurred, paid, and what is left for the organiser. */
export async function moneyOf(sql: Transaction, by: { plan: string } | { scheme: string }) {
  const [column, id] = 'plan' in by ? ['plan', by.plan] : ['scheme', by.scheme];
  const [planned] = await sql.query<{ budget: string; schemes: string }>(
    column === 'plan'
      ? `select budget::text, (select coalesce(sum(cost), 0)::text from sampling.scheme where plan = $1 and state <> 'withdrawn') as schemes
         from sampling.plan where id = $1`
      : 'select cost::text as budget, cost::text as schemes from sampling.scheme where id = $1',
    [id],
  );
  if (planned === undefined) return null;
  const sums = await sql.query<Sum>(
    `select kind, bearer, count(*) as n, sum(amount)::text as incurred, coalesce(sum(amount) filter (where state in ('paid', 'settled')), 0)::text as paid
     from sampling.expense where ${column} = $1 and state <> 'voided' group by kind, bearer order by kind, bearer`,
    [id],
  );
  const unpaid = await sql.query<{ id: string; task: string; payee: string; amount: string; incurredOn: string }>(
    `select id, task, payee, amount::text, incurred_on as "incurredOn" from sampling.expense
     where ${column} = $1 and state = 'incurred' and kind in ('purchase', 'spare-purchase') order by incurred_on, id limit 200`,
    [id],
  );
  const unpriced = await sql.query<{ n: number }>(
    `select count(*) as n from sampling.task t join sampling.scheme s on s.id = t.scheme
     where ${column === 'plan' ? 's.plan' : 's.id'} = $1 and t.reported_on is not null
       and not exists (select from sampling.expense e where e.task = t.id and e.kind = 'testing' and e.state <> 'voided')`,
    [id],
  );
  const own = sums.filter(({ bearer }) => bearer === 'organiser');
  const total = own.reduce((sum, { incurred }) => sum.plus(incurred), new Decimal(0));
  const paid = own.reduce((sum, row) => sum.plus(row.paid), new Decimal(0));
  return {
    currency: 'CNY',
    budget: money(planned.budget),
    schemes: money(planned.schemes),
    incurred: money(total.toString()),
    paid: money(paid.toString()),
    left: new Decimal(planned.budget).minus(total).toFixed(2),
    overBudget: total.gt(planned.budget),
    byKind: sums.map(({ kind, bearer, incurred, paid: settled, n }) => ({
      kind,
      label: expenseKinds[kind],
      bearer,
      bearerLabel: bearers[bearer],
      n: Number(n),
      incurred: money(incurred),
      paid: money(settled),
    })),
    unpaidPurchases: unpaid.map((row) => ({ ...row, amount: money(row.amount) })),
    /** Reported tests for which no agreement and no catalogue had a price. */
    testsWithoutPrice: Number(unpriced[0]!.n),
  };
}

/** sampling.money-state: costs against budget, and the purchases that nobody has paid yet. */
export const moneyState = query({
  name: 'sampling.money-state',
  label: { zh: '抽查经费', en: 'Money of sampling' },
  roles: officers,
  input: z.object({ plan: field.reference('年度计划', 'sampling.plan', { en: 'Plan' }) }),
  answer: async ({ plan }, { sql }) => {
    const whole = await moneyOf(sql, { plan });
    if (whole === null) return null;
    const schemes = await sql.query<{ id: string; name: string; cost: string; incurred: string }>(
      `select s.id, s.name, s.cost::text, coalesce(sum(e.amount) filter (where e.state <> 'voided' and e.bearer = 'organiser'), 0)::text as incurred
       from sampling.scheme s left join sampling.expense e on e.scheme = s.id where s.plan = $1 and s.state <> 'withdrawn' group by s.id order by s.name`,
      [plan],
    );
    return {
      ...whole,
      variance: schemes.map(({ id, name, cost, incurred }) => ({
        scheme: id,
        name,
        planned: money(cost),
        incurred: money(incurred),
        difference: new Decimal(incurred).minus(cost).toFixed(2),
      })),
    };
  },
});

/** sampling.cost-estimate: what a batch of a product costs on a day by the catalogue in force, for the planner who fills in a scheme. */
export const costEstimate = query({
  name: 'sampling.cost-estimate',
  label: { zh: '成本核算', en: 'Cost of a batch' },
  roles: officers,
  input: z.object({
    product: z.string().min(1).max(40),
    day: z.iso.date().optional(),
    batches: z.coerce.number().int().min(1).default(1),
  }),
  answer: async ({ product, day, batches }, { sql, today, actor }) => {
    const version = actor.office === null ? undefined : await pricesOn(sql, actor.office, day ?? today);
    if (version === undefined) return null;
    const kinds: ExpenseKind[] = ['purchase', 'sampling', 'testing', 'carriage'];
    const lines = kinds.flatMap((kind) => {
      const price = priceFor(version.lines, kind, product);
      return price === undefined ? [] : [{ kind, label: expenseKinds[kind], amount: money(price.amount) }];
    });
    const perBatch = lines.reduce((sum, { amount }) => sum.plus(amount), new Decimal(0));
    return {
      catalogue: { id: version.id, name: version.name },
      lines,
      perBatch: perBatch.toFixed(2),
      total: perBatch.times(batches).toFixed(2),
      missing: kinds.filter((kind) => !lines.some((line) => line.kind === kind)).map((kind) => expenseKinds[kind]),
    };
  },
});

/** What an act in the field costs by agreement, else by the catalogue; undefined where neither has a price. For flows. */
export async function priceOf(
  sql: Transaction,
  wanted: { office: string; body: string; kind: ExpenseKind; product: string; day: string },
): Promise<{ amount: string; basis: string } | undefined> {
  const agreements = await sql.query<{ number: string; prices: Price[] }>(
    `select agreement_number as number, prices from sampling.entrustment
     where office = $1 and body ->> 'id' = $2 and state in ('inForce', 'ended') and valid_from <= $3 and valid_until >= $3 order by approved_on desc`,
    [wanted.office, wanted.body, wanted.day],
  );
  for (const { number, prices } of agreements) {
    const agreed = priceFor(prices, wanted.kind, wanted.product);
    if (agreed !== undefined) return { amount: money(agreed.amount), basis: `委托协议 ${number}` };
  }
  const version = await pricesOn(sql, wanted.office, wanted.day);
  const listed = version && priceFor(version.lines, wanted.kind, wanted.product);
  return listed && { amount: money(listed.amount), basis: version.name };
}
