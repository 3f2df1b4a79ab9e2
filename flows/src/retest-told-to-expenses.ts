import { dayInChina, flow } from '@hengjian/kernel';
import { Decimal } from 'decimal.js';

interface Retested {
  task: string;
  fee: string | null;
  bearer: 'applicant' | 'organiser' | null;
  spare: string | null;
  lab: { id: string; name: string } | null;
  applicant: { name: string };
  conclusion: string | null;
}

/** A retest is told → its fee with who bears it, and what is owed for the spare sample (order 18 arts 37(3), 43; order 15 art. 36). */
export const retestToldToExpenses = flow({
  name: 'retest-told-to-expenses',
  on: [
    { entity: 'sampling.objection', action: 'tell' },
    { entity: 'sampling.food-retest', action: 'tell' },
  ],
  sends: [{ entity: 'sampling.expense', action: 'incur' }],
  owner: 'organiser',
  decide: async ({ record, entity, office, occurredAt }, sql) => {
    const [table, spare] =
      entity === 'sampling.objection'
        ? ['sampling.objection', 'spare_payment::text']
        : ['sampling.food_retest', 'null::text'];
    const [retest] = await sql.query<Retested>(
      `select task, retest_fee::text as fee, fee_bearer as bearer, ${spare} as spare, retest_lab as lab, applicant, retest_conclusion as conclusion
       from ${table} where id = $1`,
      [record],
    );
    if (retest === undefined || retest.conclusion === null) return [];
    const shared = { task: retest.task, incurredOn: dayInChina(occurredAt) };
    const incur = (input: Record<string, unknown>) => ({
      entity: 'sampling.expense',
      action: 'incur',
      office,
      parent: retest.task,
      input: { ...shared, ...input },
    });
    const due = (amount: string | null): amount is string => amount !== null && new Decimal(amount).gt(0);
    return [
      ...(due(retest.fee) && retest.bearer !== null
        ? [
            incur({
              kind: 'retest',
              bearer: retest.bearer,
              // What the applicant paid in advance goes back to him when the conclusion changed
              payee: retest.bearer === 'organiser' ? retest.applicant.name : retest.lab!.name,
              amount: retest.fee,
              basis:
                retest.bearer === 'organiser'
                  ? '复检改变初检结论，退还申请人预付的复检费'
                  : '复检维持初检结论，由申请人承担',
            }),
          ]
        : []),
      ...(due(retest.spare)
        ? [
            incur({
              kind: 'spare-purchase',
              bearer: 'organiser',
              payee: retest.applicant.name,
              amount: retest.spare,
              basis: '复检使用的备用样品（第三十七条第三款）',
            }),
          ]
        : []),
    ];
  },
});
